"""Lengths of time as treaties of other languages write them: `cinq (5) ans`, `sechs Monaten`, `пять лет`.

English, which has more ways than a pack can say, is `agreements.language.periods`.
"""

import re
from dataclasses import dataclass
from functools import cache

from agreements.language import periods
from agreements.languages import calendar
from agreements.languages.folding import folded
from agreements.languages.packs import languages

_UNITS = ("days", "weeks", "months", "years")
_BRACKET = r"(?:\s?\(\s?(?P<inner>[^()]{1,30}?)\s?\))?"
_AND = r"(?:\s(?:et|y|e|und|i|и)\s|[\s-]|und|\sو)?"


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time: `number` of `unit` (`days`, `weeks`, `months`, `years`)."""

    number: int
    unit: str


def length(words: str) -> Length | None:
    """Return the first length of time in `words`, in English or another language; None where none or two are read.

    Packs may not disagree, and a number that is printed twice, and not alike, is none.
    """
    if (found := periods.period(words)) and found.number is not None:
        return Length(found.number, found.unit)
    own = folded(words).text
    matches = ((code, _search(code).search(own)) for code in _codes())
    read = {each for code, match in matches if match and (each := of(match, code))}
    return read.pop() if len(read) == 1 else None


def pattern(code: str) -> str:
    """Return a pattern for one length of time in folded words of a language, without named groups."""
    return re.sub(r"\?P<\w+>", "?:", _pattern(code))


def at(text: str, start: int, code: str) -> Length | None:
    """Return the length of time that begins at the character `start` of folded `text`."""
    found = _search(code).search(text, start)
    return of(found, code) if found and found.start() == start else None


def of(match: re.Match[str], code: str) -> Length | None:
    """Return what a match of the pattern of a language stands for; None for a number printed twice, and not alike."""
    number, inner = _value(match["number"], code), match["inner"]
    unit = _units(code).get(match["unit"], "")
    if not number or not unit:
        return None
    if inner and (again := _value(inner, code)) is not None and again != number:
        return None
    return Length(number, unit)


@cache
def _codes() -> tuple[str, ...]:
    return tuple(code for code, pack in languages().items() if pack.lasting and pack.periods)


@cache
def _search(code: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){_pattern(code)}(?!\w)")


@cache
def _pattern(code: str) -> str:
    words = "|".join(sorted(map(re.escape, languages()[code].amounts()), key=len, reverse=True))
    units = "|".join(sorted(map(re.escape, _units(code)), key=len, reverse=True))
    number = rf"\d{{1,3}}|(?:{words})(?:{_AND}(?:{words})){{0,2}}"
    return rf"(?P<number>{number}){_BRACKET}[\s-]?(?P<unit>{units})(?!\w)"


@cache
def _units(code: str) -> dict[str, str]:
    table = languages()[code].periods
    return {folded(way).text: unit for unit in _UNITS for way in table.get(unit, ())}


def _value(words: str, code: str) -> int | None:
    bare = words.strip()
    return int(bare) if bare.isascii() and bare.isdigit() else calendar.spelled(bare, languages()[code])
