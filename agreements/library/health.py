"""The verb `doctor`: the health of a repository, what a person should look at first coming first."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from agreements.platform import StrPath, as_path

if TYPE_CHECKING:
    from agreements.intake.health import Health


def doctor(
    folder: StrPath, ids: Sequence[str] = (), *, progress: Callable[[int, int, str], None] | None = None
) -> "Health":
    """Run the quality gates over the repository in `folder`, or over the agreements `ids` of it. Changes nothing.

    Raises `RepositoryError` when there is no repository, `NotFoundError` for an unknown id.
    """
    folder = as_path(folder)
    from agreements.intake.health import examine
    from agreements.negotiation.store import Negotiations
    from agreements.repository import open_repository

    repository = open_repository(folder)
    others = () if ids else Negotiations(repository).problems()
    return examine(repository, ids, others=others, progress=progress)
