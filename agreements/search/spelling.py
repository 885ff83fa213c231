"""British and American spellings meet: every word has one form that stands for all its spellings.

The list of word beginnings and whole words is `data/spelling.csv`; three regular endings (`-ize`, `-ization`,
`-yze`) are rules. The forms chosen are for the index only and are never shown.
"""

import csv
import re
from functools import cache

from agreements.resources import data

_REGULAR = re.compile(r"iz(?=(?:e[drs]?|ers|ing|able|ations?|ational)$)|yz(?=(?:e[drs]?|ers|ing)$)")


@cache
def _variants() -> tuple[dict[str, str], dict[str, str], re.Pattern[str]]:
    """Return whole words, word beginnings and the pattern that finds a beginning, read once."""
    whole: dict[str, str] = {}
    start: dict[str, str] = {}
    with data("spelling.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            (whole if row["kind"] == "whole" else start)[row["british"]] = row["american"]
    longest_first = sorted(start, key=len, reverse=True)
    return whole, start, re.compile("|".join(map(re.escape, longest_first)))


def canonical(word: str) -> str:
    """Return the one spelling that stands for the lower-case `word` (`defence` and `defense` give `defense`)."""
    whole, start, beginnings = _variants()
    if word in whole:
        return whole[word]
    if found := beginnings.match(word):
        word = start[found.group()] + word[found.end() :]
    return _REGULAR.sub(lambda z: z.group().replace("z", "s"), word)


@cache
def other_openings() -> dict[str, tuple[str, ...]]:
    """Return by two letters those with which other spellings begin: `enquiry` makes `en` one of `in`."""
    whole, start, _ = _variants()
    out: dict[str, tuple[str, ...]] = {}
    for british, american in (*whole.items(), *start.items()):
        if british[:2] != american[:2]:
            out[american[:2]] = (*out.get(american[:2], ()), british[:2])
    return out
