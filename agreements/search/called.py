"""What people call partners beside the names that treaties print: `Korea`, `UAE`, `the Gulf States`.

`data/called.csv` has short names and abbreviations, `data/regions.csv` groups of States. A query may mean another State
or group than these say: what is read into it is shown, puts nothing out of sight, and can be taken off.
"""

import csv
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from agreements.resources import data

_ABBREVIATED = 4  # letters at most
_STATES = r"(?:states|countries|nations|partners|monarchies|neighbours)"
_BEFORE = r"(?<![\w-])(?<!north )(?<!south )(?<!new )"


class Called(NamedTuple):
    """A State or a region that a query names so: its characters, and its code or id."""

    start: int
    end: int
    value: str


class Region(NamedTuple):
    """A group of States: what it is called, and their codes."""

    label: str
    codes: tuple[str, ...]


def states_called(query: str) -> Iterator[Called]:
    """Yield the States that `query` calls by a short name; an abbreviation counts in capitals only."""
    names, pattern = _states()
    for found in pattern.finditer(query):
        if len(found.group()) > _ABBREVIATED or found.group().isupper():
            yield Called(*found.span(), names[found.group().casefold()])


def regions_called(query: str) -> Iterator[Called]:
    """Yield the regions whose States `query` names as partners, by their ids.

    `African States`, `agreements with Africa`; `islands in the Caribbean` are a place.
    """
    ids, pattern = _regions()
    for found in pattern.finditer(query):
        name = found["alone"] or found["states"] or found["with"]
        yield Called(*found.span(), ids[name.casefold()])


@cache
def regions() -> Mapping[str, Region]:
    """Return the regions of the table by their ids."""
    return {row["region"]: Region(row["label"], tuple(row["codes"].split("|"))) for row in _rows("regions.csv")}


def code_called(name: str) -> str | None:
    """Return the code of the State that is called `name`, None where none is."""
    return _states()[0].get(name.casefold())


@cache
def _states() -> tuple[Mapping[str, str], re.Pattern[str]]:
    names = {name.casefold(): row["code"] for row in _rows("called.csv") for name in row["names"].split("|")}
    return names, re.compile(rf"{_BEFORE}(?:{_either(names)})(?![\w-])", re.IGNORECASE)


@cache
def _regions() -> tuple[Mapping[str, str], re.Pattern[str]]:
    rows = _rows("regions.csv")
    names, alone = (
        {name.casefold(): row["region"] for row in rows for name in row[column].split("|") if name}
        for column in ("names", "alone")
    )
    of_states = rf"(?P<states>{_either(names)})[\s-](?:member\s)?{_STATES}"
    pattern = rf"{_BEFORE}(?:{of_states}|(?P<alone>{_either(alone)})|(?<=\bwith\s)(?:the\s)?(?P<with>{_either(names)}))"
    return names | alone, re.compile(rf"{pattern}(?![\w-])", re.IGNORECASE)


def _either(names: Mapping[str, str]) -> str:
    return "|".join(map(re.escape, sorted(names, key=len, reverse=True)))


def _rows(name: str) -> list[dict[str, str]]:
    with data(name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
