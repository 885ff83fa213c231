"""One way of reading for two files: what differs only because they were read in two ways is no difference.

A Word file of ours is read by its styles. As soon as another hand has added a paragraph, a copy of it is read by its
words and layout, which may see some provisions otherwise.
"""

from collections.abc import Sequence
from dataclasses import replace

from agreements.comparing import Pair, align
from agreements.model import Agreement
from agreements.parsing import Parsed, parse
from agreements.reading.blocks import Reading


def read_as_foreign(reading: Reading, *, id: str) -> Parsed:
    """Return the agreement that `reading` holds, its styles not taken for ours; raises as `parse`."""
    if reading.blocks:
        *others, last = reading.blocks
        reading = replace(reading, blocks=(*others, replace(last, style="Normal")))
    return parse(reading, id=id)


def apart(a: Agreement, b: Agreement) -> int:
    """Return how many provisions moved, came or went between two texts."""
    return strange(align(a, b))


def strange(pairs: Sequence[Pair]) -> int:
    """Return how many of `pairs` moved, came or went."""
    return sum(pair.change not in ("same", "renumbered", "changed") for pair in pairs)
