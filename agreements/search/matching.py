"""Comparing single words: patterns with `*` and `?`, regular expressions, the number of edits between two words."""

import re
from functools import lru_cache


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile("".join({"*": ".*", "?": "."}.get(c) or re.escape(c) for c in pattern))


def matches_pattern(word: str, pattern: str) -> bool:
    """Whether the whole of `word` fits `pattern`, in which `*` stands for any characters and `?` for one."""
    return _compiled(pattern).fullmatch(word) is not None


_QUANTIFIED_GROUP = re.compile(r"\)[*+?{]")
_QUANTIFIERS = re.compile(r"[*+]|\{\d*,\d*\}")
_MOST_QUANTIFIERS = 3


def why_no_expression(pattern: str) -> str | None:
    """Return why `pattern` is no regular expression that words are compared with, None where it is one.

    What repeats a group that repeats, or repeats too often, could take for ever.
    """
    try:
        re.compile(pattern)
    except re.error as problem:
        return f"{problem.msg} at character {(problem.pos or 0) + 1}"
    if re.search(r"\\[0-9]|\(\?", pattern):
        return "back references and look-around are not known here"
    for end in _QUANTIFIED_GROUP.finditer(pattern):
        if _QUANTIFIERS.search(_group_before(pattern, end.start())) and pattern[end.start() + 1] != "?":
            return "it repeats a group that repeats"
    if len(_QUANTIFIERS.findall(pattern)) > _MOST_QUANTIFIERS:
        return f"it repeats more than {_MOST_QUANTIFIERS} times"
    return None


def _group_before(pattern: str, end: int) -> str:
    depth = 0
    for at in range(end, -1, -1):
        depth += (pattern[at] == ")") - (pattern[at] == "(")
        if depth == 0:
            return pattern[at + 1 : end]
    return pattern[:end]


def expression(pattern: str) -> re.Pattern[str]:
    """Return a regular expression that `why_no_expression` lets through, compiled."""
    return re.compile(pattern)


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
