"""The verb `doctor`: the health of a repository, what a person should look at first coming first."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from agreements.platform import StrPath, as_path

if TYPE_CHECKING:
    from agreements.intake.health import Health


def doctor(
    folder: StrPath,
    ids: Sequence[str] = (),
    *,
    repair: bool = False,
    progress: Callable[[int, int, str], None] | None = None,
) -> "Health":
    """Look over the files of the repository in `folder`, and run the quality gates; or over the agreements `ids` of it.

    Changes nothing, unless `repair` asks to mend first what can be mended without loss: `mended` then says what was.
    Raises `RepositoryError` when there is no repository, or another process writes one that is to be repaired,
    `NotFoundError` for an unknown id.
    """
    folder = as_path(folder)
    from agreements.intake.health import examine, mend
    from agreements.negotiation.store import Negotiations
    from agreements.repository import open_repository

    repository = open_repository(folder)
    negotiations = Negotiations(repository)
    mended = mend(repository, negotiations.damages()) if repair else None
    others = () if ids else (damage.finding for damage in negotiations.damages())
    health = examine(repository, ids, others=others, progress=progress)
    return health if mended is None else replace(health, mended=mended)
