"""The formulas of treaties as prints and recognition give them: `IN WITNFSS WHERE0F` is still a closing.

Only long formulas are compared so: a few letters of a short one may be those of other words.
"""

from functools import cache
from itertools import pairwise

from rapidfuzz.distance import Levenshtein

from agreements.parsing.phrases import any_of, contains

_SHARE = 6  # one letter in so many may be misread
_AGREED = any_of(
    r"\b(?:have|has|hereby)\s+agree(?:d)?\b[^.]{0,60}:?\s*$",
    r"\bas follows\s*+:?\s*+$",
    r"\b(?:have|has|hereby)\s+(?:\w+ ){0,3}?(?:reach(?:ed)?|come to|arrived? at|decided?|concluded?|confirm(?:ed)?"
    r"|adopt(?:ed)?|declared?|determined?|established?)\b[^.]{0,60}\bfollowing\b[^.]{0,60}:?\s*$",
)
_AGREED_WHOLE = (
    *("have agreed as follows", "have agreed the following", "hereby agree as follows"),
    *("have reached the following understanding", "have reached the following understandings"),
)
_LAST = 160  # characters within which the formula stands


def ends_agreed(text: str) -> bool:
    """Return whether `text` ends a preamble: `have agreed as follows`, `have reached the following understandings`."""
    return _AGREED.search(text[-_LAST:]) is not None or ends_like(text, _AGREED_WHOLE)


def opens_like(text: str, formulas: tuple[str, ...]) -> bool:
    """Return whether `text` opens with one of `formulas` (in small letters), but for a few misread letters."""
    start = text.lstrip('*_“" ')
    if start[:1].islower():
        return False
    start = start[: max(map(len, formulas))].lower()
    return contains(start, _traces(formulas)) and any(_alike(start[: len(formula)], formula) for formula in formulas)


def ends_like(text: str, formulas: tuple[str, ...]) -> bool:
    """Return whether `text` ends with one of `formulas` (in small letters), but for a few misread letters."""
    end = text.rstrip("*_ :.")[-max(map(len, formulas)) :].lower()
    return contains(end, _traces(formulas)) and any(_alike(end[-len(formula) :], formula) for formula in formulas)


def _alike(text: str, formula: str) -> bool:
    most = len(formula) // _SHARE
    return len(text) >= len(formula) - most and Levenshtein.distance(text, formula, score_cutoff=most) <= most


@cache
def _traces(formulas: tuple[str, ...]) -> tuple[str, ...]:
    """Return parts of which one is whole in every reading of `formulas`: one part more than letters can be misread."""
    found: dict[str, None] = {}
    for formula in formulas:
        parts = len(formula) // _SHARE + 1
        edges = [len(formula) * part // parts for part in range(parts + 1)]
        found |= dict.fromkeys(formula[a:b] for a, b in pairwise(edges))
    return tuple(found)
