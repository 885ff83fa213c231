"""The nearest precedents of the repository for the words that the other side wants."""

from collections.abc import Callable, Iterable
from pathlib import Path

from agreements.library.nearest import nearest
from agreements.library.reviewing.clauses import Clause


def find_precedents(
    folder: Path, clauses: Iterable[Clause], own: str, *, tell: Callable[[str], None] | None = None
) -> None:
    """Write into each of `clauses` whose words they changed the nearest provisions of the repository in `folder`.

    The agreement `own` is left out. `tell` gets a line when the index is brought up to date. Raises `RepositoryError`.
    """
    with nearest(folder, without=(own,), tell=tell) as find:
        for clause in clauses:
            words = clause.their_words.strip()
            if clause.provision is not None and clause.change not in ("same", "moved") and words:
                clause.precedents = find(words, clause.topics, clause.provision.kind)
