"""The search index of a repository: where it lies, keeping it in step with the files, making it anew."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from agreements.repository import Repository
from agreements.search import DEFAULT, ENGINES, Index

if TYPE_CHECKING:
    from agreements.model import Agreement
    from agreements.search.batch import Batch, Prepared

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What became of an index: its engine, whether it was built anew, how many provisions were put into it."""

    engine: str
    rebuilt: bool
    provisions: int


def index_of(repository: Repository, engine: str | None = None) -> Index:
    """Return the index of `repository` made by `engine` (default: tantivy); raises `NotFoundError` when unknown."""
    name = engine or DEFAULT
    return Index(repository.root / ".cache" / f"index-{name}", name)


def refresh_index(
    folder: Path, *, engine: str | None = None, rebuild: bool = False, tell: Tell | None = None
) -> IndexReport:
    """Bring the index of the repository in `folder` in step with its files, or make it anew.

    `tell` gets a line when it is built. Raises `NotFoundError` for an unknown engine, `RepositoryError` when there
    is no repository or another process writes the index.
    """
    from agreements.library.repositories import open_repository

    repository = open_repository(folder)
    index = index_of(repository, engine)
    if not rebuild and not index.is_stale(repository.fingerprint()):
        return IndexReport(engine or DEFAULT, rebuilt=False, provisions=0)
    if tell:
        tell("Building the search index from the files ...")
    with index.building() as batch:
        batch.fingerprint = repository.fingerprint()  # what changes while it is built makes it stale again
        for agreement in _held(repository):
            batch.put_prepared(agreement.id, rows_for(agreement))
    return IndexReport(engine or DEFAULT, rebuilt=True, provisions=batch.provisions)


def rows_for(agreement: "Agreement") -> "Prepared":
    """Return what `agreement` is in the index, with the topics of its provisions; pure, for any process."""
    from agreements.classifying import topics_by_path
    from agreements.search.batch import prepare

    return prepare(agreement, topics_by_path(agreement))


def forget(repository: Repository, agreement_id: str) -> None:
    """Take an agreement that is gone from `repository` out of every index of it."""
    for engine in ENGINES:
        index = index_of(repository, engine)
        if index.is_usable():
            with index.updating() as batch:
                batch.drop(agreement_id)
                batch.fingerprint = repository.fingerprint()


class Updates:
    """Puts agreements into the index while they are imported; the index is in step when the block ends well.

    An index that is missing, of another version or not in step is built from what the repository held before.
    """

    def __init__(self, repository: Repository, *, tell: Tell | None = None) -> None:
        self._repository = repository
        self._tell = tell
        self._context: AbstractContextManager[Batch] | None = None
        self._batch: Batch | None = None

    def __enter__(self) -> "Updates":
        index = index_of(self._repository)
        fresh = not index.is_stale(self._repository.fingerprint())
        self._context = index.updating() if fresh else index.building()
        self._batch = self._context.__enter__()
        if not fresh:
            for agreement in _held(self._repository):
                self._batch.put_prepared(agreement.id, rows_for(agreement))
        return self

    def add(self, agreement: "Agreement", rows: "Prepared | None" = None) -> None:
        """Put `agreement` into the index in place of what was held of it; `rows` are its own, made beforehand."""
        if self._batch is None:
            raise RuntimeError("Updates is used as a context manager")
        self._batch.put_prepared(agreement.id, rows or rows_for(agreement))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool | None:
        if self._context is None or self._batch is None:
            return None
        self._batch.fingerprint = self._repository.fingerprint()
        return self._context.__exit__(kind, error, trace)


def _held(repository: Repository) -> Iterator["Agreement"]:
    from agreements.findings import Finding

    for agreement in repository.each():
        if not isinstance(agreement, Finding) and agreement.text_held:
            yield agreement
