"""What comes in: one file or many, read, parsed, judged and stored; edits by hand; the health of what is held.

`files` reads one file and stores nothing, `jobs` and `importing` read many by all cores and store them; `gates` are
what a text that was taken in has to pass, `health` asks them of a whole repository; `editing` is a text or facts
changed by hand; `tracked_changes` those of a Word file; `sources` what an agreement was read from; `specimens` our own
drafts that ship.
"""

__all__ = ["editing", "files", "gates", "health", "importing", "jobs", "sources", "specimens", "tracked_changes"]
