"""The nearest precedents of the repository for words: one index opened for many questions."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from agreements.library.indexing import index_of, refresh_index
from agreements.library.repositories import open_repository
from agreements.search import DEFAULT, Searcher
from agreements.search.precedents import Nearest, precedents_in


@contextmanager
def nearest(
    folder: Path, without: Sequence[str] = (), *, tell: Callable[[str], None] | None = None
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
        yield precedents_in(searcher, without)
