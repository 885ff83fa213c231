"""How often Python looks for garbage while many documents are read.

A reading makes a great many small objects that live until it is stored, and hardly any cycles: looking through them
as often as Python does by default takes a seventh of the time of an import and finds nothing.
"""

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

_THRESHOLDS = (100_000, 20, 20)  # new objects before a collection; collections of the young before one of the older


def collect_rarely() -> None:
    """Collect rarely from now on, and never look at what exists already: for a process that only reads."""
    gc.freeze()
    gc.set_threshold(*_THRESHOLDS)


@dataclass(slots=True)
class _Blocks:
    """How many blocks collect rarely now, in any thread, and how Python collected before the first of them."""

    count: int = 0
    before: tuple[int, int, int] = (0, 0, 0)


_blocks = _Blocks()
_counting = threading.Lock()


@contextmanager
def collecting_rarely() -> Iterator[None]:
    """Collect rarely inside the block, and as before after it: for the process of a caller.

    Python has one threshold for all threads: of blocks that overlap, the last to end puts back what the first found.
    """
    with _counting:
        if not _blocks.count:
            _blocks.before = gc.get_threshold()
            gc.set_threshold(*_THRESHOLDS)
        _blocks.count += 1
    try:
        yield
    finally:
        with _counting:
            _blocks.count -= 1
            if not _blocks.count:
                gc.set_threshold(*_blocks.before)
