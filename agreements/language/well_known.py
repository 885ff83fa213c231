"""Instruments whose names are near each other and that are not one: the North Atlantic Treaty and the NATO SOFA.

`data/well_known.csv` has the names of each and the day it was signed, by which the agreement that is held is told. A
protocol or a supplement to one of them is another instrument.
"""

import csv
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache

from agreements.resources import data

_TO_ANOTHER = re.compile(  # before a name: what is meant is a protocol or a supplement to that instrument
    r"\b(?:protocols?|supplement\w*|annex|arrangements?|agreements?|notes)\W+(?:agreement )?"
    r"(?:to|of|under|implementing|supplementing|amending|concerning) (?:supplement |implement |amend )?(?:the )?"
    r"(?:agreement (?:between|among) )?$",
    re.IGNORECASE,
)


_ADDED = re.compile(r"\b(?:additional|further|supplement\w*|amend\w*|accession)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class WellKnown:
    """An instrument that is named: characters `start` to `end`, its usual `title`, the day it was `signed` (ISO)."""

    title: str
    signed: str
    start: int
    end: int

    def is_that(self, titles: Iterable[str], signed: Collection[str]) -> bool:
        """Return whether an agreement of these `titles`, `signed` on these days, is this instrument.

        Neither may contradict; a title that does not name it needs the day, and names no protocol or supplement.
        """
        if signed and not any(self.signed.startswith(day) for day in signed):
            return False
        named = {found.title for title in titles if (found := well_known_in(title))}
        if named:
            return self.title in named
        return bool(signed) and not any(_ADDED.search(title) for title in titles)


def well_known_in(text: str) -> WellKnown | None:
    """Return the first instrument of the table that `text` names; None for none and for what only belongs to one."""
    every = [
        WellKnown(title, signed, *found.span()) for title, signed, names in _table() if (found := names.search(text))
    ]
    first = min(every, key=lambda each: (each.start, -each.end), default=None)
    if first is None:
        return None
    return None if _TO_ANOTHER.search(text[: first.start]) else first


@cache
def _table() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    with data("well_known.csv").open(encoding="utf-8", newline="") as rows:
        return tuple(
            (row["title"], row["signed"], re.compile(rf"\b(?:{row['names']})\b", re.IGNORECASE))
            for row in csv.DictReader(rows)
        )
