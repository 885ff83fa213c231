"""The search index of a repository, fresh: where it lies, keeping it in step with the files, making it anew.

Beside the index stands a list of what it was made of (`.cache/indexed-<engine>.json`), so that after a hand edit, or
an import that was killed, only the agreements that changed are indexed again.
"""

import json
import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from agreements.findings import Finding
from agreements.garbage import collecting_rarely
from agreements.platform import replace_file
from agreements.registry import ENGINES
from agreements.repository import Repository, fingerprint_of, forget_rows
from agreements.search.engine import DEFAULT, REMOTE, remote_engine
from agreements.search.index import Index

if TYPE_CHECKING:
    from agreements.model import Agreement
    from agreements.search.batch import Batch, PreparedRows

Tell = Callable[[str], None]
_OFTEN = 20.0  # seconds of an import whose indexing a kill may cost
_MANY = 100  # agreements from which on starting processes pays
_TOGETHER = 8  # agreements to a task
_MOST = 0.5  # when more than this share of the agreements changed, a new index is quicker and smaller


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What became of an index: its engine, whether it was built anew, how many provisions were put into it."""

    engine: str
    rebuilt: bool
    provisions: int


def index_of(repository: Repository, engine: str | None = None) -> Index:
    """Return the index of `repository` made by `engine` (default: tantivy); raises `NotFoundError` when unknown."""
    name = engine or DEFAULT
    return Index(_folder(repository, name), name)


def _folder(repository: Repository, engine: str) -> Path:
    return repository.root / ".cache" / f"index-{engine}"


def fresh_index(
    repository: Repository, engine: str | None = None, *, fingerprint: str = "", tell: Tell | None = None
) -> Index:
    """Return the index of `repository`, brought in step with the files first where it is not; raises as `refresh`.

    `fingerprint` is that of the repository, where it is known already.
    """
    index = index_of(repository, engine)
    if index.is_stale(fingerprint or repository.fingerprint()):
        refresh(repository, engine, tell=tell)
    return index


def refresh(
    repository: Repository, engine: str | None = None, *, rebuild: bool = False, tell: Tell | None = None
) -> IndexReport:
    """Bring the index of `repository` in step with its files, or make it anew (`rebuild`), with all that is derived.

    `tell` gets a line when there is something to do. Raises `NotFoundError` for an unknown engine, `RepositoryError`
    when another process writes the index.
    """
    engine = engine or DEFAULT
    index = index_of(repository, engine)
    if rebuild:
        forget_rows(repository)
    now = repository.stamps()  # what changes while the index is written makes it stale again
    if not rebuild and not index.is_stale(fingerprint_of(now)):
        return IndexReport(engine, rebuilt=False, provisions=0)
    before = None if rebuild else _indexed(repository, engine, index)
    changed = now.keys() if before is None else {i for i in now if before.get(i) != now[i]}
    anew = before is None or len(changed) > _MOST * len(before)
    if tell and now:
        what = "Building the search index" if anew else f"Indexing {len(changed)} agreements that changed"
        tell(f"{what} from the files ...")
    with collecting_rarely(), index.building() if anew else index.updating() as batch:
        batch.fingerprint = fingerprint_of(now)
        for agreement_id in () if anew else [*(before or {}).keys() - now.keys(), *sorted(changed)]:
            batch.drop(agreement_id)
        for agreement_id, rows in rows_of_all(repository, sorted(now if anew else changed)):
            batch.put_prepared(agreement_id, rows)
    _note(repository, engine, now)
    return IndexReport(engine, rebuilt=anew, provisions=batch.provisions)


def rows_for(agreement: "Agreement") -> "PreparedRows":
    """Return what `agreement` is in the index, with the topics of its provisions; pure, for any process."""
    from agreements.classifying import topics_by_path
    from agreements.search.batch import prepare

    return prepare(agreement, topics_by_path(agreement))


def forget_elsewhere(repository: Repository, agreement_id: str) -> None:
    """Take an agreement out of what engines keep of `repository` on servers, for good.

    Raises `RepositoryError` when a server that may hold it cannot be asked.
    """
    added = (name for name in ENGINES.others if _folder(repository, name).is_dir())  # else it was never used here
    for name in (*REMOTE, *added):
        root = _folder(repository, name)
        if (remote := remote_engine(name)) and remote.is_elsewhere(root):
            remote.forget(root, agreement_id)


def forget(repository: Repository, agreement_id: str) -> None:
    """Take an agreement that is gone from `repository` out of every index of it."""
    for engine in (name for name in ENGINES if _folder(repository, name).is_dir()):
        index = index_of(repository, engine)
        if index.is_usable():
            with index.updating() as batch:
                batch.drop(agreement_id)
                stamps = repository.stamps()
                batch.fingerprint = fingerprint_of(stamps)
            _note(repository, engine, stamps)


class Updates:
    """Puts agreements into the index while they are imported; the index is in step when the block ends well.

    What the repository held before is brought in step first. `checkpoint` makes what was put so far last.
    """

    def __init__(self, repository: Repository, *, tell: Tell | None = None) -> None:
        self._repository = repository
        self._tell = tell
        self._context: AbstractContextManager[Batch] | None = None
        self._batch: Batch | None = None
        self._since = 0.0

    def __enter__(self) -> "Updates":
        refresh(self._repository, DEFAULT, tell=self._tell)
        self._open()
        return self

    def put(self, agreement_id: str, rows: "PreparedRows") -> None:
        """Put the `rows` of an agreement into the index in place of what was held of it."""
        if self._batch is None:
            raise RuntimeError("Updates is used as a context manager")
        self._batch.put_prepared(agreement_id, rows)

    def checkpoint(self) -> None:
        """Make what was put so far last, at most every few seconds; all of it must be in the repository's files."""
        if time.monotonic() - self._since > _OFTEN:
            self._close(None, None, None)
            self._open()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool | None:
        return self._close(kind, error, trace)

    def _open(self) -> None:
        self._context = index_of(self._repository).updating()
        self._batch = self._context.__enter__()
        self._since = time.monotonic()

    def _close(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool | None:
        context, batch = self._context, self._batch
        self._context = self._batch = None
        if context is None or batch is None:
            return None
        stamps = self._repository.stamps()
        batch.fingerprint = fingerprint_of(stamps)
        swallowed = context.__exit__(kind, error, trace)
        if kind is None:
            _note(self._repository, DEFAULT, stamps)
        return swallowed


# ---------------------------------------------------------------------- what the index was made of


def _indexed(repository: Repository, engine: str, index: Index) -> Mapping[str, str] | None:
    """Return the stamps of the agreements that the index holds; None where that is not certain."""
    stamp = index.stamp()
    try:
        row = json.loads(_list_of(repository, engine).read_bytes())
        certain = stamp is not None and index.is_usable() and stamp.fingerprint == row["fingerprint"]
        return {str(k): str(v) for k, v in row["stamps"].items()} if certain else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _note(repository: Repository, engine: str, stamps: Mapping[str, str]) -> None:
    content = json.dumps({"fingerprint": fingerprint_of(stamps), "stamps": dict(stamps)}, separators=(",", ":"))
    replace_file(_list_of(repository, engine), content.encode())


def _list_of(repository: Repository, engine: str) -> Path:
    return repository.root / ".cache" / f"indexed-{engine}.json"


# ---------------------------------------------------------------------- many rows, by all cores


def rows_of_all(repository: Repository, ids: Sequence[str]) -> Iterator[tuple[str, "PreparedRows"]]:
    """Yield id and rows of those of the agreements `ids` whose text is held, in order.

    Many are worked out in several processes; what is damaged is left out, as it is from a listing.
    """
    cores = os.cpu_count() or 1
    if len(ids) < _MANY or cores == 1:
        yield from _rows(repository, ids)
        return
    from agreements.processes import spread

    remaining = iter(ids)
    tasks = iter(lambda: [str(repository.root), *islice(remaining, _TOGETHER)], [str(repository.root)])
    for rows in spread(_task, tasks, cores):
        yield from rows


def _task(named: Sequence[str]) -> "list[tuple[str, PreparedRows]]":
    """Return ids and rows of the agreements that stand after the folder of the repository; runs in any process."""
    return list(_rows(Repository(Path(named[0])), named[1:]))


def _rows(repository: Repository, ids: Sequence[str]) -> Iterator[tuple[str, "PreparedRows"]]:
    for agreement in repository.each(ids):
        if not isinstance(agreement, Finding) and agreement.text_held:
            yield agreement.id, rows_for(agreement)
