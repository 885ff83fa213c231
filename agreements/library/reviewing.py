"""The verb `review`: their file against ours, with the positions of a negotiation and precedents of the repository."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from agreements.reviewing.review import Review


def review(
    ours: Path,
    theirs: Path,
    *,
    negotiation: str = "",
    repository: Path | None = None,
    precedents: bool = True,
    tell: Callable[[str], None] | None = None,
) -> "Review":
    """Return what the Word file `theirs` changes in the Word file `ours` that was sent, clause by clause.

    `repository` is where `precedents` of their wording are looked for (None: they are not), and where the `negotiation`
    is kept whose positions their words are held against. Raises `NoCommonAncestorError` when theirs was not made from
    ours, `UnreadableError` for what is no Word file, `NotFoundError` for a negotiation that is not known, and
    `RepositoryError` for a repository that cannot be searched.
    """
    from agreements.errors import RepositoryError
    from agreements.library.nearest import nearest
    from agreements.library.negotiate import negotiations_in
    from agreements.reviewing.review import review as reviewed

    if negotiation and repository is None:
        raise RepositoryError(f"No repository was named that keeps {negotiation}.", hint="Name one with --repo.")
    kept = negotiations_in(repository) if negotiation and repository else None
    positions, marking = (kept.positions(negotiation), kept.marking(negotiation)) if kept else (None, "")
    found = partial(nearest, repository, tell=tell) if repository and precedents else None
    return reviewed(ours, theirs, positions=positions, marking=marking, precedents=found)
