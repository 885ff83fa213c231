"""Comparing single words: patterns with `*` and `?`, and the number of edits between two words."""

import re
from functools import lru_cache


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile("".join({"*": ".*", "?": "."}.get(c) or re.escape(c) for c in pattern))


def matches_pattern(word: str, pattern: str) -> bool:
    """Whether the whole of `word` fits `pattern`, in which `*` stands for any characters and `?` for one."""
    return _compiled(pattern).fullmatch(word) is not None


def edits(a: str, b: str, most: int, *, swaps: bool = False) -> int:
    """Return how many letters must be put in, taken out or changed to make `b` of `a`; `most` + 1 for any more.

    With `swaps` two letters that changed places are one edit.
    """
    if abs(len(a) - len(b)) > most:
        return most + 1
    two_back: list[int] = []
    back = list(range(len(b) + 1))
    for i, letter in enumerate(a, 1):
        row = [i]
        for j, other in enumerate(b, 1):
            cost = min(back[j] + 1, row[-1] + 1, back[j - 1] + (letter != other))
            if swaps and i > 1 and j > 1 and letter == b[j - 2] and a[i - 2] == other:
                cost = min(cost, two_back[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
        two_back, back = back, row
    return back[-1]
