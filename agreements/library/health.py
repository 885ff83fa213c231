"""The verb `doctor`: the health of a repository, what a person should look at first coming first."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from agreements.platform import StrPath, as_path

if TYPE_CHECKING:
    from agreements.intake.health import Health
    from agreements.repository import Damage, Repository


def doctor(
    folder: StrPath,
    ids: Sequence[str] = (),
    *,
    repair: bool = False,
    progress: Callable[[int, int, str], None] | None = None,
) -> "Health":
    """Look over the files of the repository in `folder`, and run the quality gates; or over the agreements `ids` of it.

    Changes nothing, unless `repair` asks to mend first what can be mended without loss: `mended` then says what was.
    At a desk held open the same is said again as long as no file of the repository has moved: its size, its times, its
    rights and its number on the disk are the same. `read_at` says when all was read. Raises `RepositoryError` when
    there is no repository, or another process writes one that is to be repaired,
    `NotFoundError` for an unknown id.
    """
    folder = as_path(folder)
    from agreements.intake.health import examine, mend
    from agreements.repository import one_question, open_repository, who_asks

    repository = open_repository(folder)

    def looked_over() -> "Health":
        with one_question(folder) as asked:
            others = () if ids else (damage.finding for damage in _of_negotiations(asked))
            return examine(asked, ids, others=others, progress=progress)

    if repair:
        mended = mend(repository, _of_negotiations(repository))
        return replace(looked_over(), mended=mended)
    return repository.while_unmoved("doctor", (tuple(ids), who_asks()), looked_over)


def _of_negotiations(repository: "Repository") -> "Iterator[Damage]":
    """Yield what is broken in negotiations; where there is nothing of any, what reads them is not loaded."""
    from agreements.library.negotiate import has_negotiations

    if has_negotiations(repository):
        from agreements.negotiation.store import Negotiations

        yield from Negotiations(repository).damages()
