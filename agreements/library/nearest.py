"""The nearest precedents of the repository for words: one index opened for many questions."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from agreements.library.indexing import index_of, refresh_index
from agreements.library.repositories import open_repository
from agreements.search import DEFAULT, Filters, Searcher
from agreements.search.results import Hit
from agreements.search.similar import similar

Nearest = Callable[[str, Sequence[str], str], tuple[Hit, ...]]
"""From words, their topics and the kind of their provision to the nearest precedents, the most alike first."""

_SHOWN = 3
_LEAST = 4  # words from which there is something to look for
_SMALL = ("paragraph", "subparagraph", "item", "text")
_SURE = 1.0
_STANDING = "agreement"  # a specimen or a draft is no precedent


@contextmanager
def nearest(
    folder: Path, *, without: Sequence[str] = (), tell: Callable[[str], None] | None = None
) -> Iterator[Nearest]:
    """Open the index of the repository in `folder` and give a function that finds precedents of words in it.

    Drafts and specimens are no precedents; the agreements `without` are left out. `tell` gets a line when the index is
    brought up to date. Raises `RepositoryError`.
    """
    repository = open_repository(folder)
    index = index_of(repository)
    if index.is_stale(repository.fingerprint()):
        refresh_index(folder, tell=tell)
    with Searcher(index.folder, DEFAULT) as searcher:

        def find(words: str, topics: Sequence[str], kind: str) -> tuple[Hit, ...]:
            if len(words.split()) < _LEAST:
                return ()
            about = [(topic, _SURE) for topic in topics]
            by = "paragraph" if kind in _SMALL else "article"
            found = similar(searcher, words, about, Filters(without=tuple(without)), limit=_SHOWN, by=by)
            return tuple(hit for hit in found.hits if hit.standing == _STANDING)

        yield find
