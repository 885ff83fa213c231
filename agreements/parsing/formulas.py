"""The formulas of treaties as prints and recognition give them: `IN WITNFSS WHERE0F` is still a closing.

Only long formulas are compared so: a few letters of a short one may be those of other words.
"""

from collections.abc import Iterable

from rapidfuzz.distance import Levenshtein

_SHARE = 6  # one letter in so many may be misread


def opens_like(text: str, formulas: Iterable[str]) -> bool:
    """Return whether `text` opens with one of `formulas` (in small letters), but for a few misread letters."""
    start = text.lstrip('*_“" ')
    return not start[:1].islower() and any(_alike(start[: len(formula)], formula) for formula in formulas)


def ends_like(text: str, formulas: Iterable[str]) -> bool:
    """Return whether `text` ends with one of `formulas` (in small letters), but for a few misread letters."""
    end = text.rstrip("*_ :.")
    return any(_alike(end[-len(formula) :], formula) for formula in formulas)


def _alike(text: str, formula: str) -> bool:
    most = len(formula) // _SHARE
    return len(text) >= len(formula) - most and Levenshtein.distance(text.lower(), formula, score_cutoff=most) <= most
