"""Words of one family that have different stems: who asks for `notification` also wants what is notified.

The families are in `data/word_families.csv`, one to a row. Only the words of a query are widened, never what the
index holds, and what was asked for counts more.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

from agreements.resources import data
from agreements.search.analysis import stem

_SAME_START = 3  # words with one stem begin alike: only those that do need to be stemmed


def kin(word: str) -> tuple[str, ...]:
    """Return the terms of the other words of the families of the folded `word`."""
    own = stem(word)
    alike = (row for known, row in _families().get(word[:_SAME_START], ()) if known == word or stem(known) == own)
    return tuple(dict.fromkeys(term for row in alike for term in map(stem, row) if term != own))


@cache
def _families() -> Mapping[str, Sequence[tuple[str, tuple[str, ...]]]]:
    """Return by their first letters the words of the list, each with the words of its family."""
    out: dict[str, list[tuple[str, tuple[str, ...]]]] = defaultdict(list)
    with data("word_families.csv").open(encoding="utf-8") as lines:
        for row in [tuple(line.split()) for line in lines][1:]:
            for word in row:
                out[word[:_SAME_START]].append((word, row))
    return out
