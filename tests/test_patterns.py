"""No pattern of the package takes more than linear time over strings derived from its own parse tree.

A hostile file needs one line for a pattern that tries again and again; so each pattern is pumped: what one of its
repeats matches is written again and again, and over twice the length the time may double, not more.
"""

import re
from itertools import islice

import pytest

from tests.pumping import Used, patterns, pumped, seconds

LENGTH = 1200  # characters
PUMPS = 50  # strings for each pattern
FEW = (24, 30, 40, 80, 300)  # characters: what takes long over these is exponential
UNSEEN = 0.001  # CPU seconds: what takes less over twice LENGTH is not measured further
GROWTH = 3.4  # a line doubles, a square takes four times

# Patterns that grow faster over such strings, each with the bound on what it is given and where the bound stands.
BOUNDED = {
    "agreements.search.analysis._TOKEN": "signs at the end of a text are looked at again; texts are stored as lines",
}


def _worst(used: Used) -> tuple[float, str] | None:
    """Return the growth and the string of the worst pumping of a pattern that is worse than linear, else None."""
    for before, piece, end in islice(pumped(used.pattern), PUMPS):
        shorter, longer = (before + piece * (size // len(piece) + 1) + end for size in (LENGTH, 2 * LENGTH))
        for few in FEW:
            if seconds(used.pattern, used.methods, longer[:few]) > UNSEEN * 10:
                return 99.0, longer[:few]  # do not try thousands
        if seconds(used.pattern, used.methods, longer) < UNSEEN:
            continue
        growth = _growth(used, shorter, longer, times=1)
        if growth > GROWTH and (growth := _growth(used, shorter, longer, times=7)) > GROWTH:
            return growth, longer[:60]
    return None


def _growth(used: Used, shorter: str, longer: str, *, times: int) -> float:
    """Return how many times longer the longer string takes; the least of `times`, as others use the processor too."""
    least = [min(seconds(used.pattern, used.methods, text) for _ in range(times)) for text in (longer, shorter)]
    return least[0] / least[1]


USED = patterns()


def test_patterns_are_found() -> None:
    assert len(USED) > 300


@pytest.mark.parametrize("used", USED, ids=lambda used: used.place)
def test_a_pattern_takes_linear_time(used: Used) -> None:
    if used.place in BOUNDED:
        pytest.skip(BOUNDED[used.place])
    worst = _worst(used) and _worst(used) and _worst(used)  # others may have taken the processor, even twice
    assert worst is None, f"{used.place} grows {worst[0]:.1f} times over {worst[1]!r}"


def test_a_square_is_seen() -> None:
    square = Used("here", re.compile(r"a+b"), frozenset({"search"}))
    assert _worst(square) is not None


def test_an_exponential_is_seen() -> None:
    assert _worst(Used("here", re.compile(r"(?:a?a){1,30}b"), frozenset({"match"}))) is not None
