"""Reading many texts in several processes. A process that dies, or does not end, costs the one file that it read."""

import multiprocessing
import os
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from types import TracebackType
from typing import TypeVar

from agreements.intake.garbage import collect_rarely
from agreements.library.jobs import Job, JobResult, read_one

_PATIENCE = 300.0  # seconds for any file, and for each megabyte of it: some ten pages of a scan
_PATIENCE_PER_MEGABYTE = 60.0
_In = TypeVar("_In")
_Out = TypeVar("_Out")
_AHEAD = 16  # jobs waiting for each process: they last while others are written, and bound the memory


def read_all(jobs: Iterable[Job], *, processes: int | None = None) -> Iterator[JobResult]:
    """Yield what each job gives, in order, reading in `processes` processes (default: one a core).

    Jobs are taken as they are needed, so the memory does not grow with their number.
    """
    count = processes or os.cpu_count() or 1
    if count == 1:
        yield from map(read_one, jobs)
        return
    with _Crew(count) as crew:
        for job in jobs:
            if crew.is_busy():
                yield crew.next()
            crew.take(job)
        while crew.waiting:
            yield crew.next()


def spread(work: Callable[[_In], _Out], tasks: Iterable[_In], processes: int) -> Iterator[_Out]:
    """Yield what `work` makes of each task, in order, in so many processes; `work` is a function of a module.

    What a process that died had to do, and all after it, is done here. Raises what `work` raises.
    """
    waiting: deque[tuple[_In, Future[_Out] | None]] = deque()
    with _pool(processes) as pool:
        for task in tasks:
            waiting.append((task, _given(pool, work, task)))
            if len(waiting) >= processes * _AHEAD:
                yield _made(work, *waiting.popleft())
        while waiting:
            yield _made(work, *waiting.popleft())


def _given(pool: ProcessPoolExecutor, work: Callable[[_In], _Out], task: _In) -> "Future[_Out] | None":
    try:
        return _submit(pool, work, task)
    except BrokenProcessPool:
        return None


def _made(work: Callable[[_In], _Out], task: _In, future: "Future[_Out] | None") -> _Out:
    try:
        return future.result() if future else work(task)
    except BrokenProcessPool:
        return work(task)


class _Crew:
    """The processes and what they were given, in order."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._pool: ProcessPoolExecutor | None = None
        self.waiting: deque[tuple[Job, Future[JobResult] | None]] = deque()

    def __enter__(self) -> "_Crew":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool and kind is None:
            self._pool.shutdown(wait=True, cancel_futures=True)
        elif self._pool:
            _end(self._pool)

    def is_busy(self) -> bool:
        """Whether enough is waiting."""
        return len(self.waiting) >= self._count * _AHEAD

    def take(self, job: Job) -> None:
        """Give `job` to the processes; None stands for a job that they will not read, because they died."""
        self._pool = self._pool or _pool(self._count)
        try:
            self.waiting.append((job, _submit(self._pool, read_one, job)))
        except BrokenProcessPool:
            self._bury()
            self.waiting.append((job, None))

    def next(self) -> JobResult:
        """Return what the first job that is waiting gave; jobs are begun in order, so it is being read by now."""
        job, future = self.waiting.popleft()
        if future is not None:
            try:
                return future.result(timeout=patience(job))
            except TimeoutError:
                self._begin_anew()
                return _too_long(job)
            except BrokenProcessPool:
                self._bury()
        return _read_alone(job)

    def _begin_anew(self) -> None:
        """End the processes, one of which would not end by itself, and give the jobs they had to new ones."""
        if self._pool:
            _end(self._pool)
        self._pool = None
        waiting, self.waiting = self.waiting, deque()
        for job, future in waiting:
            if future is None or _has_result(future):
                self.waiting.append((job, future))
            else:
                self.take(job)

    def _bury(self) -> None:
        """One of these jobs killed its process, and nobody knows which: what is not read is to be read alone."""
        self.waiting = deque((job, future if future and _has_result(future) else None) for job, future in self.waiting)
        if self._pool:
            self._pool.shutdown(wait=True, cancel_futures=True)
        self._pool = None


def patience(job: Job) -> float:
    """Return how many seconds a process may read `job`, by its size; recognition takes some seconds a page."""
    return _PATIENCE + _PATIENCE_PER_MEGABYTE * job.size() / 1e6


def _too_long(job: Job) -> JobResult:
    minutes = patience(job) / 60
    failure = f"{job.name}: reading it took longer than {minutes:.0f} minutes and was stopped; the others were read."
    return JobResult(job.name, failure=failure, code="too-slow")


def _end(pool: ProcessPoolExecutor) -> None:
    """End the processes of `pool` at once; the executor itself has no way to do it before Python 3.14."""
    for process in list((pool._processes or {}).values()):
        process.kill()
    pool.shutdown(wait=True, cancel_futures=True)


def _has_result(future: Future[JobResult]) -> bool:
    return future.done() and not future.cancelled() and future.exception() is None


def _read_alone(job: Job) -> JobResult:
    """Read one job in a process of its own, which it may kill."""
    with _pool(1) as pool:
        try:
            return _submit(pool, read_one, job).result(timeout=patience(job))
        except TimeoutError:
            _end(pool)
            return _too_long(job)
        except BrokenProcessPool:
            failure = f"{job.name}: the process that read it was ended by the system, perhaps for want of memory."
            return JobResult(job.name, failure=failure, code="killed")


def _pool(count: int) -> ProcessPoolExecutor:
    """Return processes that are not copies of this one: an index is open in it, with threads of its own."""
    context = multiprocessing.get_context("spawn" if sys.platform == "win32" else "forkserver")
    if sys.platform != "win32":
        context.set_forkserver_preload([__name__, "agreements.parsing", "agreements.search.batch"])
    return ProcessPoolExecutor(count, mp_context=context, initializer=_begin)


def _begin() -> None:
    collect_rarely()
    _end_with_parent()


def _submit(pool: ProcessPoolExecutor, work: Callable[[_In], _Out], task: _In) -> Future[_Out]:
    """Give `task` to `pool`, which may start a process for it.

    A new process would import the script that called this library, and run it again where it has no guard; nothing
    of that script is needed, so it is not named to the process.
    """
    script = sys.modules["__main__"]
    named: dict[str, object] = {key: vars(script)[key] for key in ("__file__", "__spec__") if key in vars(script)}
    try:
        script.__spec__ = None
        vars(script).pop("__file__", None)
        return pool.submit(work, task)
    finally:
        vars(script).update(named)


def _end_with_parent() -> None:
    """Let this process end when the one that started it is killed: it would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent:
        threading.Thread(target=_wait_for, args=(parent,), daemon=True).start()


def _wait_for(parent: "multiprocessing.process.BaseProcess") -> None:
    parent.join()
    os._exit(1)
