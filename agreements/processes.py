"""Work spread over processes, which are not copies of this one and end with it."""

import multiprocessing
import os
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import forkserver
from multiprocessing.util import get_temp_dir
from typing import TypeVar

from agreements.garbage import collect_rarely

AHEAD = 16
"""Tasks waiting for each process: they last while results are used, and bound the memory."""
_LOADED = [
    "agreements.intake.jobs",
    "agreements.search.batch",
]  # what all work needs: loaded before processes are forked
_SAFE = "PYTHONSAFEPATH"  # of Python 3.11 and later
_SOCKET = 85  # of the some 100 characters that systems allow the name of a socket, what a folder may take
_In = TypeVar("_In")
_Out = TypeVar("_Out")


def spread(work: Callable[[_In], _Out], tasks: Iterable[_In], processes: int) -> Iterator[_Out]:
    """Yield what `work` makes of each task, in order, in so many processes; `work` is a function of a module.

    What a process that died had to do, and all after it, is done here. Raises what `work` raises.
    """
    waiting: deque[tuple[_In, Future[_Out] | None]] = deque()
    with start_pool(processes) as pool:
        for task in tasks:
            waiting.append((task, _given(pool, work, task)))
            if len(waiting) >= processes * AHEAD:
                yield _made(work, *waiting.popleft())
        while waiting:
            yield _made(work, *waiting.popleft())


def _given(pool: ProcessPoolExecutor, work: Callable[[_In], _Out], task: _In) -> "Future[_Out] | None":
    try:
        return submit(pool, work, task)
    except BrokenProcessPool:
        return None


def _made(work: Callable[[_In], _Out], task: _In, future: "Future[_Out] | None") -> _Out:
    try:
        return future.result() if future else work(task)
    except BrokenProcessPool:
        return work(task)


def end_pool(pool: ProcessPoolExecutor) -> None:
    """End the processes of `pool` at once; the executor itself has no way to do it before Python 3.14."""
    for process in list((pool._processes or {}).values()):
        process.kill()
    pool.shutdown(wait=True, cancel_futures=True)


def start_pool(count: int) -> ProcessPoolExecutor:
    """Return `count` processes that are not copies of this one: an index is open in it, with threads of its own."""
    context = multiprocessing.get_context("forkserver" if _has_server() else "spawn")
    if _has_server():
        context.set_forkserver_preload([__name__, *_LOADED])
        _start_server()
    return ProcessPoolExecutor(count, mp_context=context, initializer=_begin)


def _start_server() -> None:
    """Start what processes are forked from, so that it takes no module from the folder that the user stands in.

    Python would look there first: a folder `agreements` of treaties hid this package, and files are not to be run.
    """
    before = os.environ.get(_SAFE)
    os.environ[_SAFE] = "1"
    try:
        forkserver.ensure_running()
    finally:
        if before is None:
            del os.environ[_SAFE]
        else:
            os.environ[_SAFE] = before


def _has_server() -> bool:
    """Whether processes are forked from a server: not on Windows, nor where its socket would have too long a name."""
    return sys.platform != "win32" and len(get_temp_dir()) < _SOCKET


def _begin() -> None:
    collect_rarely()
    _end_with_parent()


def submit(pool: ProcessPoolExecutor, work: Callable[[_In], _Out], task: _In) -> Future[_Out]:
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
