"""What a clause makes of its verb: a duty, a right, a future, advice, an intention, an effort; or its denial.

The words are `data/modality.csv`, the longest first: `shall have the right to` is a right, `shall` alone a duty. What
is denied (`language.negation`) turns a duty or a right into a prohibition, and `is required to` into a release.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from agreements.language.negation import denials
from agreements.language.numbers import by_first_letter
from agreements.language.sentences import Sentence
from agreements.resources import data

ModalKind = Literal["duty", "right", "future", "advice", "intention", "effort", "prohibition", "release"]
"""What a clause says of an act; `release`: it need not be done."""

_EFFORT = re.compile(
    r" (?:(?:use|make|exert) (?:its|their|the|all|every|best)\b.{0,20}?\befforts?|(?:endeavou?r|seek|strive|try) to)\b",
    re.IGNORECASE,
)
_NEED_NOT = re.compile(r"\bneed not\b", re.IGNORECASE)
_OWED = tuple(f"{verb} {rest}" for verb in ("is", "are") for rest in ("obliged to", "required to", "bound to"))


@dataclass(frozen=True, slots=True)
class Modal:
    """The words that bind or free a verb, from character `start` to `end`, and what they say of it."""

    start: int
    end: int
    kind: ModalKind
    words: str


def modals(clause: Sentence) -> Iterator[Modal]:
    """Yield the modal words of `clause`, in order, each with what it says, denials considered."""
    reach = denials(clause)
    for found in clause.finditer(_pattern()):
        low = " ".join(found.group().lower().replace(" not", "").split())
        kind = _kinds()[low]
        tail = found.end()
        if kind == "duty" and _EFFORT.match(clause.text, tail, clause.end):
            kind = "effort"
        denied = [d for d in reach if d.reaches(found.start()) or d.at == found.start()]
        if len(denied) % 2:
            kind = _denied(kind, low)
        yield Modal(found.start(), found.end(), kind, found.group())
    for found in clause.finditer(_NEED_NOT):
        yield Modal(found.start(), found.end(), "release", found.group())


def _denied(kind: ModalKind, words: str) -> ModalKind:
    if kind == "duty" and words in (*_OWED, "has to", "have to"):
        return "release"
    return "prohibition" if kind in ("duty", "right") else kind


@cache
def _kinds() -> dict[str, ModalKind]:
    with data("modality.csv").open(encoding="utf-8", newline="") as file:
        rows = [
            (words, cast("ModalKind", row["kind"])) for row in csv.DictReader(file) for words in row["words"].split("|")
        ]
    return dict(rows)


@cache
def _pattern() -> re.Pattern[str]:
    """Return a pattern for every entry of the table, `not` after the first word allowed (`shall not`, `is not to`)."""
    entries = sorted(_kinds(), key=len, reverse=True)
    return re.compile(rf"\b(?:{by_first_letter(_with_not(entry) for entry in entries)})\b", re.IGNORECASE)


def _with_not(entry: str) -> str:
    first, blank, rest = entry.partition(" ")
    return f"{first}(?: not)?{blank}{rest}"
