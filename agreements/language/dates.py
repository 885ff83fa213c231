"""Dates as treaties write them: `19 June 1951`, `June 19, 1951`, `this nineteenth day of June, 1951`, in words.

Figures alone are a date where they can be read in one way only: `2004-05-03`, `3.5.2004`, `25/5/2004`, not `3/5/2004`.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from agreements.language import numbers

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
_OF_YEARS = ("thousand", "hundred", "nineteen")  # one of them is in every year in words
_ROMAN_MONTHS = "I|II|III|IV|V|VI|VII|VIII|IX|X|XI|XII"
_B = r"[\s\u00a0]*+"
_DAY = rf"(?P<day>\d{{1,2}}|(?:{numbers.SPELLED})(?:[ -](?:{numbers.SPELLED}))?)(?:st|nd|rd|th|d)?"
_ORDINAL_DAY = (
    r"(?:(?:twenty|thirty)[ -])?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)"
    r"|tenth|eleventh|twelfth|\w{3,5}teenth|twentieth|thirtieth"
)
_NAMES = numbers.by_first_letter(MONTHS)
_MONTH = rf"(?P<month>{_NAMES})\.?"
_COUNT = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty"
    r"|sixty|seventy|eighty|ninety|hundred|thousand|and)"
)
_YEAR = rf"(?P<year>\d{{4}}|(?:{_COUNT}[\s-]+){{2,8}}{_COUNT}\b)"
_BEFORE_YEAR = r"[,.\s\u00a0]*(?:(?:of|in) )?(?:(?:the|this) )?(?:year )?(?:of our Lord )?(?:A\.D\. )?"
_PATTERNS = (
    re.compile(
        rf"\b{_DAY}{_B}(?:day{_B}of{_B}|of{_B})?(?:the month of )?{_MONTH}(?:{_BEFORE_YEAR}{_YEAR})(?![\d])",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b{_MONTH}{_B}(?:the{_B})?(?:(?P<first>\d{{1,2}}){_B}(?:and|/){_B})?"
        rf"(?P<day>\d{{1,2}}|{_ORDINAL_DAY})(?:st|nd|rd|th)?{_B},?{_B}{_YEAR}(?!\d)",
        re.IGNORECASE,
    ),
    re.compile(rf"\b(?P<day>\d{{1,2}})-(?P<month>{_NAMES})-(?P<year>\d{{4}})\b", re.IGNORECASE),
    re.compile(rf"\b(?P<day>\d{{1,2}})[-./](?P<month>{_ROMAN_MONTHS})[-./](?P<year>\d{{4}})\b"),
    re.compile(r"(?<![\d./-])(?P<day>\d{1,2})\.[ \u00a0]?(?P<month>\d{1,2})\.[ \u00a0]?(?P<year>\d{4})(?![\d/-]|\.\d)"),
    re.compile(r"(?<![\d./-])(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?![\d/-])"),
    re.compile(r"(?<![\d./-])(?P<day>1[3-9]|2\d|3[01])/(?P<month>\d{1,2})/(?P<year>\d{4})(?![\d/-])"),
    re.compile(r"(?<![\d./-])(?P<month>\d{1,2})/(?P<day>1[3-9]|2\d|3[01])/(?P<year>\d{4})(?![\d/-])"),
)
_NAMED = 2  # patterns that a month by its name is part of, and whose search is long
_SHARED_YEAR = re.compile(
    rf"\b(?P<day>\d{{1,2}}){_B}(?P<month>{_NAMES}){_B}(?:/|and|to){_B}$",
    re.IGNORECASE,
)
_SHARED_YEAR_BEHIND = re.compile(  # `October 12 and November 15, 2004`
    rf"\b(?P<month>{_NAMES})\.?{_B}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?{_B},?{_B}(?:/|and|to){_B}$",
    re.IGNORECASE,
)
_SHARED_MONTH = re.compile(
    r"\b(?:on|dated|of)(?: the)? (?P<day>\d{1,2})(?:st|nd|rd|th)?(?: and(?: the)? |, | ?/ ?)$", re.IGNORECASE
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
    for pattern in _PATTERNS if _may_hold_one(text) else _PATTERNS[_NAMED:]:
        for match in pattern.finditer(text):
            start = match.start("day") if match.groupdict().get("first") else match.start()
            dated = _dated(match["year"], match["month"], match["day"], start, match.end())
            if dated and not any(d.start < dated.end and dated.start < d.end for d in found.values()):
                found[dated.start] = dated
                if first := _before(text, match, dated):
                    found[first.start] = first
    return [found[start] for start in sorted(found)]


def impossible(text: str) -> list[str]:
    """Return the words of `text` that write a day which no calendar has: `31 April 2027`."""
    if not _may_hold_one(text):
        return []
    every = (match for pattern in _PATTERNS[:_NAMED] for match in pattern.finditer(text))
    return [match.group() for match in every if _is_no_day(match["year"], match["month"], match["day"])]


def _is_no_day(year: str, month: str, day: str) -> bool:
    years, months, days = _values(year, month, day)
    if not (years and months and days and 1500 <= years <= 2100):
        return False
    return days > monthrange(years, months)[1]


def _before(text: str, match: re.Match[str], dated: Dated) -> Dated | None:
    """Return the date before `dated` that shares its year (`17 June/26 November 1992`) or its month."""
    start = max(0, dated.start - 30)
    if first := match.groupdict().get("first"):
        return _dated(match["year"], match["month"], first, match.start(), dated.end)
    if shared := _SHARED_YEAR.search(text, start, dated.start) or _SHARED_YEAR_BEHIND.search(text, start, dated.start):
        return _dated(match["year"], shared["month"], shared["day"], shared.start(), dated.end)
    if match["day"].isdigit() and (shared := _SHARED_MONTH.search(text, start, dated.start)):
        return _dated(match["year"], match["month"], shared["day"], shared.start("day"), dated.end)
    return None


def _may_hold_one(text: str) -> bool:
    """Whether the name of a month and a year, in figures or in words, stand anywhere in `text`: a first look."""
    low = text.lower()
    if not any(stem in low for stem in _STEMS):
        return False
    return _FIGURES.search(low) is not None or any(word in low for word in _OF_YEARS)


def _dated(year: str, month: str, day: str, start: int, end: int) -> Dated | None:
    years, months, days = _values(year, month, day)
    if not (years and months and days and 1500 <= years <= 2100):
        return None
    try:
        return Dated(date(years, months, days).isoformat(), start, end)
    except ValueError:
        return None


def _values(year: str, month: str, day: str) -> tuple[int | None, int | None, int | None]:
    years = int(year) if year.isdigit() else spelled_year(year)
    months = MONTHS.get(month.lower().rstrip(".")) or (int(month) if month.isdigit() else numbers.roman(month))
    return years, months, int(day) if day.isdigit() else numbers.spelled(day)


def spelled_year(text: str) -> int | None:
    """Return the year that words write: `one thousand nine hundred and fifty-nine`, `nineteen (hundred) fifty-four`."""
    year = numbers.spelled(text)
    if year is None:
        first, *rest = re.split(r"[\s-]+", text.lower(), maxsplit=1)
        century, within = numbers.spelled(first), numbers.spelled(rest[0]) if rest else None
        year = century * 100 + within if century and within and within < 100 else None
    return year if year and 1500 <= year <= 2100 else None
