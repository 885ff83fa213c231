"""The nearest precedents of the repository for the words that the other side wants."""

from collections.abc import Callable, Iterable
from pathlib import Path

from agreements.library.indexing import index_of, refresh_index
from agreements.library.repositories import open_repository
from agreements.library.reviewing_clauses import Clause
from agreements.search import DEFAULT, Filters, Searcher
from agreements.search.similar import similar

_SHOWN = 3
_LEAST = 4  # words of theirs from which there is something to look for
_SMALL = ("paragraph", "subparagraph", "item", "text")
_SURE = 1.0
_STANDING = "agreement"  # a specimen or a draft is no precedent


def find_precedents(
    folder: Path, clauses: Iterable[Clause], own: str, *, tell: Callable[[str], None] | None = None
) -> None:
    """Write into each of `clauses` whose words they changed the nearest provisions of the repository in `folder`.

    Drafts and specimens are no precedents; the agreement `own` is left out. `tell` gets a line when the index is
    brought up to date. Raises `RepositoryError`.
    """
    repository = open_repository(folder)
    index = index_of(repository)
    if index.is_stale(repository.fingerprint()):
        refresh_index(folder, tell=tell)
    with Searcher(index.folder, DEFAULT) as searcher:
        for clause in clauses:
            words = clause.their_words.strip()
            if clause.provision is None or clause.change in ("same", "moved") or len(words.split()) < _LEAST:
                continue
            topics = [(topic, _SURE) for topic in clause.topics]
            by = "paragraph" if clause.provision.kind in _SMALL else "article"
            found = similar(searcher, words, topics, Filters(without=(own,)), limit=_SHOWN, by=by)
            clause.precedents = tuple(hit for hit in found.hits if hit.standing == _STANDING)
