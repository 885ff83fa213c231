"""Dates as treaties write them: `19 June 1951`, `June 19, 1951`, `this nineteenth day of June, 1951`, in words."""

import re
from dataclasses import dataclass
from datetime import date

from agreements.languages import numerals
from agreements.parsing.phrases import contains

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            *("january|jan", "february|feb", "march|mar", "april|apr", "may", "june|jun", "july|jul", "august|aug"),
            *("september|sept|sep", "october|oct", "november|nov", "december|dec"),
        ),
        1,
    )
    for name in names.split("|")
}
_STEMS = tuple(dict.fromkeys(name[:3] for name in MONTHS))
_FIGURES = re.compile(r"\d{4}")
_OF_YEARS = ("thousand", "hundred")  # one of them is in every year in words
_ROMAN_MONTHS = "I|II|III|IV|V|VI|VII|VIII|IX|X|XI|XII"
_B = r"[\s\u00a0]*+"
_DAY = rf"(?P<day>\d{{1,2}}|(?:{numerals.SPELLED})(?:[ -](?:{numerals.SPELLED}))?)(?:st|nd|rd|th)?"
_NAMES = numerals.by_first_letter(MONTHS)
_MONTH = rf"(?P<month>{_NAMES})\.?"
_COUNT = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty"
    r"|sixty|seventy|eighty|ninety|hundred|thousand|and)"
)
_YEAR = rf"(?P<year>\d{{4}}|(?:{_COUNT}[\s-]+){{2,8}}{_COUNT}\b)"
_BEFORE_YEAR = r"[,.\s\u00a0]*(?:(?:of|in) )?(?:(?:the|this) )?(?:year )?(?:of our Lord )?"
_PATTERNS = (
    re.compile(
        rf"\b{_DAY}{_B}(?:day{_B}of{_B}|of{_B})?(?:the month of )?{_MONTH}(?:{_BEFORE_YEAR}{_YEAR})(?![\d])",
        re.IGNORECASE,
    ),
    re.compile(rf"\b{_MONTH}{_B}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?{_B},?{_B}(?P<year>\d{{4}})(?!\d)", re.IGNORECASE),
    re.compile(rf"\b(?P<day>\d{{1,2}})[-./](?P<month>{_ROMAN_MONTHS})[-./](?P<year>\d{{4}})\b"),
)
_SHARED_YEAR = re.compile(
    rf"\b(?P<day>\d{{1,2}}){_B}(?P<month>{_NAMES}){_B}(?:/|and|to){_B}$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Dated:
    """A date found in a text: ISO 8601, and the characters it was read from."""

    iso: str
    start: int
    end: int


def find(text: str) -> list[Dated]:
    """Return the full dates that stand in `text`, in order; impossible ones (31 June) are left out."""
    found: dict[int, Dated] = {}
    for pattern in _PATTERNS if _may_hold_one(text) else _PATTERNS[2:]:
        for match in pattern.finditer(text):
            dated = _dated(match["year"], match["month"], match["day"], match.start(), match.end())
            if dated and not any(d.start < dated.end and dated.start < d.end for d in found.values()):
                found[dated.start] = dated
                shared = _SHARED_YEAR.search(text, max(0, dated.start - 30), dated.start)
                if shared and (
                    first := _dated(match["year"], shared["month"], shared["day"], shared.start(), dated.end)
                ):
                    found[first.start] = first
    return [found[start] for start in sorted(found)]


def _may_hold_one(text: str) -> bool:
    """Whether the name of a month and a year, in figures or in words, stand anywhere in `text`: a first look."""
    low = text.lower()
    return contains(low, _STEMS) and (_FIGURES.search(low) is not None or contains(low, _OF_YEARS))


def _dated(year: str, month: str, day: str, start: int, end: int) -> Dated | None:
    years = int(year) if year.isdigit() else spelled_year(year)
    months = MONTHS.get(month.lower().rstrip(".")) or numerals.roman(month)
    days = int(day) if day.isdigit() else numerals.spelled(day)
    if not (years and months and days and 1500 <= years <= 2100):
        return None
    try:
        return Dated(date(years, months, days).isoformat(), start, end)
    except ValueError:
        return None


def spelled_year(text: str) -> int | None:
    """Return the year that words write: `one thousand nine hundred and fifty-nine`, `nineteen hundred fifty-four`."""
    total = current = 0
    for word in re.split(r"[\s-]+", text.lower()):
        if word == "and":
            continue
        if word == "thousand":
            total, current = total + (current or 1) * 1000, 0
        elif word == "hundred":
            total, current = total + (current or 1) * 100, 0
        elif (value := numerals.spelled(word)) is not None:
            current += value
        else:
            return None
    total += current
    return total if 1500 <= total <= 2100 else None
