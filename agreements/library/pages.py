"""Telling a person now and then how far the recognition of a scanned file is."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager

from agreements.reading.watching import watched

_SELDOM = 5.0  # seconds between two lines


def telling_pages(tell: Callable[[str], None] | None) -> AbstractContextManager[None]:
    """Return a block in which `tell` gets a line every few seconds: `scan.pdf: page 12 of 300 recognised`."""
    last = time.monotonic()

    def watch(name: str, done: int, total: int) -> None:
        nonlocal last
        if tell and time.monotonic() - last >= _SELDOM:
            last = time.monotonic()
            tell(f"{name}: page {done:,} of {total:,} recognised")

    return watched(watch if tell else None)
