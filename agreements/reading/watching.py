"""Saying how far the reading of one file is, where that takes long: recognition takes seconds for every page."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Watch = Callable[[str, int, int], None]
"""Is told the name of the file, the number of the page just recognised, and that of the last one to be."""

_watch: ContextVar[Watch | None] = ContextVar("watch", default=None)


@contextmanager
def watched(watch: Watch | None) -> Iterator[None]:
    """Let `watch` be told inside the block how far each file is; None tells nobody."""
    token = _watch.set(watch)
    try:
        yield
    finally:
        _watch.reset(token)


def tell(name: str, done: int, total: int) -> None:
    """Say that of the file `name` page `done` is recognised, the last of which will be page `total`."""
    if watch := _watch.get():
        watch(name, done, total)
