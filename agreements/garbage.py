"""How often Python looks for garbage while many documents are read.

A reading makes a great many small objects that live until it is stored, and hardly any cycles: looking through them
as often as Python does by default takes a seventh of the time of an import and finds nothing.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_THRESHOLDS = (100_000, 20, 20)  # new objects before a collection; collections of the young before one of the older


def collect_rarely() -> None:
    """Collect rarely from now on, and never look at what exists already: for a process that only reads."""
    gc.freeze()
    gc.set_threshold(*_THRESHOLDS)


@contextmanager
def collecting_rarely() -> Iterator[None]:
    """Collect rarely inside the block, and as before after it: for the process of a caller."""
    before = gc.get_threshold()
    gc.set_threshold(*_THRESHOLDS)
    try:
        yield
    finally:
        gc.set_threshold(*before)
