"""One line merged three ways: as it was assembled, as it was edited, as it is assembled now."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from agreements.comparing.tokens import tokens
from agreements.comparing.words import Edit, edits


@dataclass(frozen=True, slots=True)
class WovenStretch:
    """Characters `start` to `end` of the text as edited, or of the one assembled now."""

    edited: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class LineEdit:
    """Characters of the text as assembled, `start` to `end`, and those of the edited one that stand in their place."""

    start: int
    end: int
    edited_start: int
    edited_end: int


def word_edits(base: str, edited: str) -> list[LineEdit]:
    """Return what was edited, in order."""
    before, after = _starts(base), _starts(edited)
    return [LineEdit(before[e.a0], before[e.a1], after[e.b0], after[e.b1]) for e in _edits(base, edited)]


def weave(
    base: str, edited: str, new: str, passed_over: Callable[[LineEdit], bool] = lambda _: False
) -> tuple[WovenStretch, ...] | None:
    """Return the stretches that make up `new` with the edits in it, None where both changed the same words.

    An edit that the new text makes too is made once; one that is `passed_over` is not made.
    """
    theirs = _edits(base, new)
    told = dict(zip(_edits(base, edited), word_edits(base, edited), strict=True))
    here, there = tokens(edited), tokens(new)
    done = {(e.a0, e.a1, tuple(there[e.b0 : e.b1])) for e in theirs}
    ours = [
        e for e, word in told.items() if (e.a0, e.a1, tuple(here[e.b0 : e.b1])) not in done and not passed_over(word)
    ]
    if any(_meet(one, other) for one in ours for other in theirs):
        return None
    found: list[WovenStretch] = []
    starts, at = _starts(new), 0
    for edit in ours:
        begin = edit.a0 + sum((t.b1 - t.b0) - (t.a1 - t.a0) for t in theirs if t.a1 <= edit.a0)
        found.append(WovenStretch(False, at, starts[begin]))  # noqa: FBT003
        found.append(WovenStretch(True, told[edit].edited_start, told[edit].edited_end))  # noqa: FBT003
        at = starts[begin + edit.a1 - edit.a0]
    found.append(WovenStretch(False, at, len(new)))  # noqa: FBT003
    return tuple(stretch for stretch in found if stretch.start < stretch.end)


def woven(stretches: Sequence[WovenStretch], edited: str, new: str) -> str:
    """Return the words of `stretches`."""
    return "".join((edited if s.edited else new)[s.start : s.end] for s in stretches)


def _edits(base: str, edited: str) -> list[Edit]:
    return edits(tokens(base), tokens(edited))


def _meet(one: Edit, other: Edit) -> bool:
    """Whether two edits change the same words, or words that touch."""
    return one.a0 <= other.a1 and other.a0 <= one.a1


def _starts(text: str) -> list[int]:
    """Return where each token of `text` begins, and at last where the text ends."""
    found = [0]
    for token in tokens(text):
        found.append(found[-1] + len(token))
    return found
