"""Precedents for words, of a provision or of a phrase: agreements that were concluded, no drafts and no specimens."""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import cached_property

from agreements.repository import Repository
from agreements.search.clauses import Bool
from agreements.search.filters import PRECEDENT, Filters, conditions
from agreements.search.fresh import Tell
from agreements.search.phrases import PhrasePrecedent, SoughtPhrase, find_phrase
from agreements.search.results import Hit
from agreements.search.searching import Searcher, searching
from agreements.search.similar import similar

OpenPrecedents = Callable[[Sequence[str]], AbstractContextManager["PrecedentSearch"]]
"""From the agreements to leave out to an open search for precedents in the others."""

_SHOWN = 3
_LEAST = 4  # words from which there is something to look for
_SMALL = ("paragraph", "subparagraph", "item", "text")
_SURE = 1.0
_BEGINNING = 24  # words of a precedent that are shown


class PrecedentSearch:
    """Finds precedents in an open index; the agreements `without` are left out, as are drafts and specimens."""

    def __init__(self, searcher: Searcher, without: Sequence[str] = ()) -> None:
        self._searcher = searcher
        self._filters = Filters(without=tuple(without))

    @cached_property
    def provisions(self) -> int:
        """How many provisions of precedents are searched."""
        held = Bool(must=tuple(conditions(self._filters, self._searcher.reader("paragraph"), [])))
        return self._searcher.reader("paragraph").search(held, limit=0).total

    def nearest(self, words: str, topics: Sequence[str], kind: str) -> tuple[Hit, ...]:
        """Return the provisions most like `words`, which stand in a provision of this `kind` about `topics`."""
        if len(words.split()) < _LEAST:
            return ()
        about = [(topic, _SURE) for topic in topics]
        by = "paragraph" if kind in _SMALL else "article"
        found = similar(self._searcher, words, about, self._filters, limit=_SHOWN, by=by)
        return tuple(hit for hit in found.hits if hit.standing == PRECEDENT)

    def of_phrase(
        self, phrase: SoughtPhrase, topics: Sequence[str], partners: Collection[str] = ()
    ) -> tuple[PhrasePrecedent, ...]:
        """Return the provisions that say `phrase`, from a clause about `topics`; see `find_phrase`."""
        return find_phrase(self._searcher, phrase, topics, self._filters, partners=partners, limit=_SHOWN)


@contextmanager
def open_precedents(
    repository: Repository, without: Sequence[str] = (), *, tell: Tell | None = None
) -> Iterator[PrecedentSearch]:
    """Open the index of `repository` and give a search for precedents in it.

    Drafts and specimens are no precedents; the agreements `without` are left out. `tell` gets a line when the index is
    brought up to date. Raises `RepositoryError`.
    """
    with searching(repository, tell=tell) as searcher:
        if tell and searcher.behind:
            tell(searcher.behind)
        yield PrecedentSearch(searcher, without)


def precedent_words(hit: Hit) -> str:
    """Return when a precedent was signed, what its status is, and how it begins."""
    words = hit.text.split()
    begins = " ".join(words[:_BEGINNING]) + (" ..." if len(words) > _BEGINNING else "")
    return f"({', '.join([*hit.signed[:1], hit.said_status()])}): {begins}"
