"""The nearest precedents for words: agreements that were concluded, no drafts and no specimens."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager

from agreements.repository import Repository
from agreements.search.filters import PRECEDENT, Filters
from agreements.search.fresh import Tell
from agreements.search.results import Hit
from agreements.search.searching import Searcher, searching
from agreements.search.similar import similar

Nearest = Callable[[str, Sequence[str], str], tuple[Hit, ...]]
"""From words, their topics and the kind of their provision to the nearest precedents, the most alike first."""

OpenPrecedents = Callable[[Sequence[str]], AbstractContextManager[Nearest]]
"""From the agreements to leave out to an open search for precedents in the others."""

_SHOWN = 3
_LEAST = 4  # words from which there is something to look for
_SMALL = ("paragraph", "subparagraph", "item", "text")
_SURE = 1.0
_BEGINNING = 24  # words of a precedent that are shown


@contextmanager
def open_precedents(
    repository: Repository, without: Sequence[str] = (), *, tell: Tell | None = None
) -> Iterator[Nearest]:
    """Open the index of `repository` and give a function that finds precedents of words in it.

    Drafts and specimens are no precedents; the agreements `without` are left out. `tell` gets a line when the index is
    brought up to date. Raises `RepositoryError`.
    """
    with searching(repository, tell=tell) as searcher:
        if tell and searcher.behind:
            tell(searcher.behind)
        yield precedents_in(searcher, without)


def precedents_in(searcher: Searcher, without: Sequence[str] = ()) -> Nearest:
    """Return a function that finds precedents of words in an open index; the agreements `without` are left out."""

    def find(words: str, topics: Sequence[str], kind: str) -> tuple[Hit, ...]:
        if len(words.split()) < _LEAST:
            return ()
        about = [(topic, _SURE) for topic in topics]
        by = "paragraph" if kind in _SMALL else "article"
        found = similar(searcher, words, about, Filters(without=tuple(without)), limit=_SHOWN, by=by)
        return tuple(hit for hit in found.hits if hit.standing == PRECEDENT)

    return find


def precedent_words(hit: Hit) -> str:
    """Return when a precedent was signed, what its status is, and how it begins."""
    words = hit.text.split()
    begins = " ".join(words[:_BEGINNING]) + (" ..." if len(words) > _BEGINNING else "")
    return f"({', '.join([*hit.signed[:1], hit.status])}): {begins}"
