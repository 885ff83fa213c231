"""How near two texts are in sense, by vectors of words that the package carries: no model, no numpy.

A text has a vector of 64 small numbers, the sum of those of its words, a word counted by what the logarithm of its
number says. The vectors of words were learned (`benchmarks/word_senses.py`) so that these sums are as near to each
other as a sentence encoder says of the texts; `data/word_senses.bin` holds them:

    <number of words> <numbers of a word>\\n      ASCII
    <word>\\n ... for each word                   the terms of the analyser, sorted
    <numbers>                                    one signed byte each, word after word

Sums are made in whole numbers of many digits, a lane of four bytes for each of the 64: a provision costs some 20
microseconds, so that vectors are made with the index and stand in its rows.
"""

import math
import struct
from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from operator import mul

from agreements.resources import data

_LANE = 4
_ZERO = 128  # added to each number, so that lanes hold none below 0
_FINE = 8  # of what a word counts, in so many parts of one
_MOST = 10_000  # times that one word is counted: keeps a lane from running over into the next


class WordSenses:
    """The vectors of words as a file holds them; raises `ValueError` where it is of another form."""

    def __init__(self, content: bytes) -> None:
        head, _, rest = content.partition(b"\n")
        count, self.dimensions = map(int, head.split())
        *words, self._numbers = rest.split(b"\n", count)
        if len(words) != count or len(self._numbers) != count * self.dimensions:
            raise ValueError("the file of vectors of words is not whole")
        self._at = {word.decode("ascii"): at for at, word in enumerate(words)}
        self._lanes: dict[str, int] = {}

    def of(self, terms: Iterable[str]) -> bytes:
        """Return the vector of a text of these `terms`, a signed byte for each number; empty where none is known."""
        counts = Counter(term for term in terms if term in self._at)
        if not counts:
            return b""
        total = weights = 0
        for term, count in counts.items():
            weight = round(_FINE * (1 + math.log(min(count, _MOST))))
            total += weight * self._lane(term)
            weights += weight
        lanes = struct.unpack(f"<{self.dimensions}I", total.to_bytes(self.dimensions * _LANE, "little"))
        sums = [lane - weights * _ZERO for lane in lanes]
        longest = max(map(abs, sums)) or 1
        return bytes(round(each * 127 / longest) & 0xFF for each in sums)

    def _lane(self, term: str) -> int:
        held = self._lanes.get(term)
        if held is None:
            at = self._at[term] * self.dimensions
            spread = bytearray(self.dimensions * _LANE)
            spread[::_LANE] = bytes((byte + _ZERO) & 0xFF for byte in self._numbers[at : at + self.dimensions])
            held = self._lanes[term] = int.from_bytes(spread, "little")
        return held


@cache
def word_senses() -> WordSenses:
    """Return the vectors of words that the package carries."""
    return WordSenses(data("word_senses.bin").read_bytes())


def sense_of(terms: Iterable[str]) -> str:
    """Return the vector of a text of these `terms` as the index holds it; empty where no word is known."""
    return b64encode(word_senses().of(terms)).decode("ascii")


def nearness(sense: str, others: Sequence[str]) -> list[float]:
    """Return the cosine between a text with this `sense` and each of the `others`, 0 where one has none."""
    own = _numbers(sense)
    length = math.hypot(*own)
    out = []
    for other in others:
        its = _numbers(other)
        both = length * math.hypot(*its)
        out.append(sum(map(mul, own, its)) / both if both else 0.0)
    return out


def _numbers(sense: str) -> Sequence[int]:
    return memoryview(b64decode(sense)).cast("b")
