"""The search index of a repository, fresh: where it lies, keeping it in step with the files, making it anew.

Beside the index stands a list of what it was made of (`.cache/indexed-<engine>.json`), so that after a hand edit, or
an import that was killed, only the agreements that changed are indexed again.
"""

import json
import os
import time
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, TypeVar

from agreements.errors import IndexWriteError
from agreements.findings import Finding
from agreements.garbage import collecting_rarely
from agreements.platform import replace_file, why_not
from agreements.registry import ENGINES
from agreements.repository import Repository, fingerprint_of, forget_rows
from agreements.search.engine import DEFAULT, REMOTE, remote_engine
from agreements.search.index import WAIT, Index

if TYPE_CHECKING:
    from agreements.model import Agreement
    from agreements.search.batch import Batch, PreparedRows

Tell = Callable[[str], None]
T = TypeVar("T")
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


def _folder(repository: Repository, engine: str, cache: Path | None = None) -> Path:
    """Return the folder of the index in `cache`; the note of what lies on a server is always beside the files."""
    return (repository.shared_cache if engine in REMOTE else cache or repository.cache) / f"index-{engine}"


def readable_index(
    repository: Repository, engine: str | None = None, *, fingerprint: str = "", tell: Tell | None = None
) -> tuple[Index, str]:
    """Return an index of `repository` to search in, and why it is not in step with the files, empty where it is.

    Who may write it, and has its lock, brings it in step first. Else one in the user's own cache folder is; else what
    there is answers. `fingerprint` is that of the repository, where it is known already. Raises `IndexWriteError` where
    there is none and none can be made, `NotFoundError` for an unknown engine.
    """
    name = engine or DEFAULT
    now = fingerprint or repository.fingerprint()
    refused: IndexWriteError | None = None
    standing: list[Index] = []
    for cache in repository.caches() if name not in REMOTE else (repository.shared_cache,):
        index = Index(_folder(repository, name, cache), name)
        if not index.is_stale(now):
            return index, ""
        standing += [index] if index.is_usable() else []
        try:
            _bring_in_step(repository, name, cache, tell=tell, wait=0.0 if standing else WAIT)
        except IndexWriteError as problem:
            refused = refused or problem
            if problem.busy:
                break
        else:
            return index, ""
    beside = Index(_folder(repository, name, repository.shared_cache), name)
    standing += [beside] if beside.is_usable() else []
    if standing:
        return standing[0], _behind(repository, standing[0], refused)
    raise refused or IndexWriteError("nothing was tried")


def _behind(repository: Repository, index: Index, refused: IndexWriteError | None) -> str:
    """Return the line that says that `index` is not in step, why, and by how many agreements."""
    now, before = repository.stamps(), _listed(index)
    count = sum(before.get(i) != now.get(i) for i in {*now, *before})
    what = f"{count} agreement{'s' if count > 1 else ''} changed since" if before else "what changed since is not known"
    why = refused.why if refused else "not known why"
    return f"This answer is from the index as it was before ({what}): it cannot be written now ({why})."


def is_in_step(repository: Repository, tell: Tell | None = None) -> bool:
    """Whether the index that answers has all that the files have, after it was brought in step if it could be."""
    return not readable_index(repository, tell=tell)[1]


def once_in_step(
    repository: Repository,
    name: str,
    key: Hashable,
    make: Callable[[], T],
    *,
    tell: Tell | None = None,
    most: int = 8,
) -> T:
    """Return what `make` makes of the index for `key`; a desk keeps it as `once_for` does, but never of an index that
    is behind the files: these stay as they are when it is brought in step.
    """
    if not repository.is_held_open or not is_in_step(repository, tell):
        return make()
    return repository.once_for(name, key, make, most=most)


def refresh(
    repository: Repository, engine: str | None = None, *, rebuild: bool = False, tell: Tell | None = None
) -> IndexReport:
    """Bring the index of `repository` in step with its files, or make it anew (`rebuild`), with all that is derived.

    `tell` gets a line when there is something to do. Raises `NotFoundError` for an unknown engine, `IndexWriteError`
    when the disk refuses or another process writes the index.
    """
    return _bring_in_step(repository, engine or DEFAULT, repository.cache, rebuild=rebuild, tell=tell)


def refresh_stored(repository: Repository, *, tell: Tell | None = None) -> None:
    """Bring the index in step after something was stored; where it cannot be, `tell` gets a line and no more happens.

    The next search tries again.
    """
    try:
        refresh(repository, tell=tell)
    except IndexWriteError as problem:
        if tell:
            tell(f"Stored, not indexed: {problem.why}. {problem.hint}")


def _bring_in_step(
    repository: Repository,
    engine: str,
    cache: Path,
    *,
    rebuild: bool = False,
    tell: Tell | None = None,
    wait: float = WAIT,
) -> IndexReport:
    index = Index(_folder(repository, engine, cache), engine)
    if rebuild:
        forget_rows(repository)
    now = repository.stamps()  # what changes while the index is written makes it stale again
    if not rebuild and _is_seeded(repository, engine, index, fingerprint_of(now), wait):
        return IndexReport(engine, rebuilt=False, provisions=0)
    before = None if rebuild else _indexed(index)
    changed = now.keys() if before is None else {i for i in now if before.get(i) != now[i]}
    anew = before is None or len(changed) > _MOST * len(before)
    if tell and now:
        what = "Building the search index" if anew else f"Indexing {len(changed)} agreements that changed"
        tell(f"{what} from the files ...")
    with collecting_rarely(), index.building(wait=wait) if anew else index.updating(wait=wait) as batch:
        batch.fingerprint = fingerprint_of(now)
        for agreement_id in () if anew else [*(before or {}).keys() - now.keys(), *sorted(changed)]:
            batch.drop(agreement_id)
        for agreement_id, rows in rows_of_all(repository, sorted(now if anew else changed)):
            batch.put_prepared(agreement_id, rows)
    _note(index, now)
    return IndexReport(engine, rebuilt=anew, provisions=batch.provisions)


def _is_seeded(repository: Repository, engine: str, index: Index, fingerprint: str, wait: float) -> bool:
    """Whether `index` is in step, if need be as a copy of the one beside the files, which may not be written here.

    An engine may want to write a lock to read: what lies on a disk that is read-only is copied even where it is in
    step.
    """
    beside = Index(_folder(repository, engine, repository.shared_cache), engine)
    elsewhere = beside.folder != index.folder and beside.is_usable()
    if elsewhere and (not index.is_usable() or (index.is_stale(fingerprint) and not beside.is_stale(fingerprint))):
        try:
            index.copy_of(beside, wait=wait)
            _note(index, _listed(beside))
        except IndexWriteError as problem:
            if problem.busy:
                raise
    return not index.is_stale(fingerprint)


def rows_for(agreement: "Agreement") -> "PreparedRows":
    """Return what `agreement` is in the index, with the topics of its provisions; pure, for any process."""
    from agreements.classifying import graded_topics
    from agreements.search.batch import prepare

    return prepare(agreement, graded_topics(agreement))


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
            _note(index, stamps)


class Updates:
    """Puts agreements into the index while they are imported; the index is in step when the block ends well.

    What the repository held before is brought in step first. `checkpoint` makes what was put so far last. A disk that
    refuses, or another program that writes the index, stops nothing: what is stored stays stored, and `problem` says
    why it is not indexed.
    """

    def __init__(self, repository: Repository, *, tell: Tell | None = None) -> None:
        self._repository = repository
        self._tell = tell
        self._context: AbstractContextManager[Batch] | None = None
        self._batch: Batch | None = None
        self._since = 0.0
        self.problem: IndexWriteError | None = None

    def __enter__(self) -> "Updates":
        with self._noting():
            refresh(self._repository, DEFAULT, tell=self._tell)
            self._open()
        return self

    def put(self, agreement_id: str, rows: "PreparedRows") -> None:
        """Put the `rows` of an agreement into the index in place of what was held of it."""
        if self.problem:
            return
        if self._batch is None:
            raise RuntimeError("Updates is used as a context manager")
        with self._noting():
            self._batch.put_prepared(agreement_id, rows)

    def give_up(self, problem: IndexWriteError) -> None:
        """Undo what was put since the last checkpoint and put nothing more, for the reason `problem`."""
        if not self.problem:
            with self._noting():
                raise problem

    def checkpoint(self) -> None:
        """Make what was put so far last, at most every few seconds; all of it must be in the repository's files."""
        if not self.problem and time.monotonic() - self._since > _OFTEN:
            with self._noting():
                self._close(None, None, None)
                self._open()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool | None:
        with self._noting():
            return self._close(kind, error, trace)
        return None

    @contextmanager
    def _noting(self) -> Iterator[None]:
        """A block whose `IndexWriteError` becomes the `problem`; what was begun is undone."""
        try:
            yield
        except IndexWriteError as problem:
            self.problem = problem
            with suppress(IndexWriteError):
                self._close(type(problem), problem, problem.__traceback__)

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
            _note(index_of(self._repository), stamps)
        return swallowed


# ---------------------------------------------------------------------- what the index was made of


def _indexed(index: Index) -> Mapping[str, str] | None:
    """Return the stamps of the agreements that the index holds; None where that is not certain."""
    stamp = index.stamp()
    listed = _listed(index)
    certain = stamp is not None and index.is_usable() and stamp.fingerprint == fingerprint_of(listed)
    return listed if certain and listed else None


def _listed(index: Index) -> Mapping[str, str]:
    """Return the stamps of the agreements that the list beside the index names; none where it cannot be read."""
    try:
        row = json.loads(_list_of(index).read_bytes())
        return {str(k): str(v) for k, v in row["stamps"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _note(index: Index, stamps: Mapping[str, str]) -> None:
    content = json.dumps({"fingerprint": fingerprint_of(stamps), "stamps": dict(stamps)}, separators=(",", ":"))
    try:
        replace_file(_list_of(index), content.encode())
    except OSError as problem:
        raise IndexWriteError(why_not(problem)) from problem


def _list_of(index: Index) -> Path:
    return index.folder.with_name(f"{index.folder.name.replace('index-', 'indexed-', 1)}.json")


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
