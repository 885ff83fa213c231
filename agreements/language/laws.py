"""Statutes, regulations and treaty series named in a text: `10 U.S.C. 2341-2350`, `22 CFR 181.2(a)`, `TIAS 12930`.

Only what the text prints is read; a number is never made up. Treaties by their titles are `language.treaties`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

LawKind = Literal["usc", "cfr", "public-law", "statutes", "executive-order", "tias", "ust", "unts", "lnts", "eas"]
"""What a citation leads to: a code, a law, or a series in which treaties are printed."""

_B = r"[\s\u00a0]?"
_SECTION = r"(?:§§?|[Ss]ec(?:tion|\.)s?)"
_NUMBERS = (
    r"(?P<number>\d[\w.]*(?:\(\w{1,4}\)){0,5}"
    r"(?:(?:[\s\u00a0]?[-–][\s\u00a0]?|,? (?:and|to|through) |, )\d[\w.]*(?:\(\w{1,4}\)){0,5}){0,6}"
    r"(?:[\s\u00a0]et[\s\u00a0]seq\.?)?)(?<![.])"
)
_PATTERNS: tuple[tuple[LawKind, re.Pattern[str]], ...] = (
    ("usc", re.compile(rf"\b(?P<title>\d{{1,2}}) U\.?{_B}S\.?{_B}C\.?(?:A\.)? ?(?:{_SECTION} ?)?{_NUMBERS}")),
    ("usc", re.compile(rf"\b[Tt]itle (?P<title>\d{{1,2}}),? (?:of the )?United States Code,? {_SECTION} ?{_NUMBERS}")),
    ("usc", re.compile(rf"{_SECTION} ?{_NUMBERS} of [Tt]itle (?P<title>\d{{1,2}}),? (?:of the )?United States Code\b")),
    ("cfr", re.compile(rf"\b(?P<title>\d{{1,2}}) C\.?{_B}F\.?{_B}R\.? ?(?:{_SECTION} ?|[Pp]arts? )?{_NUMBERS}")),
    ("public-law", re.compile(r"\b(?:Public Law|Pub\. ?L\.|P\.L\.)(?: No\.)? ?"
                              r"(?P<title>\d{2,3})[-–](?P<number>\d{1,4})\b")),
    ("statutes", re.compile(r"\b(?P<title>\d{1,3}) Stat\. (?P<number>\d{1,5})\b")),
    ("executive-order", re.compile(r"\b(?:Executive Order|Exec\. Order|E\.O\.)(?: No\.)? ?(?P<number>\d{4,5})\b")),
    ("tias", re.compile(r"\b(?:T\.?I\.?A\.?S\.?|Treaties and Other International Acts Series)(?: No\.)?,? ?"
                        r"(?P<number>\d{2}[-–]\d{3,4}(?:\.\d{1,2})?|\d{4,5})\b")),
    ("ust", re.compile(r"\b(?P<title>\d{1,2}) U\.?S\.?T\.? (?P<number>\d{1,5})\b")),
    ("unts", re.compile(r"\b(?P<title>\d{1,4}) U\.?N\.?T\.?S\.? (?P<number>\d{1,4})\b")),
    ("unts", re.compile(r"\bUnited Nations Treaty Series,? [Vv]ol(?:ume|\.) (?P<title>\d{1,4}),? "
                        r"(?:p(?:age|\.)|No\.) (?P<number>\d{1,5})\b")),
    ("lnts", re.compile(r"\b(?P<title>\d{1,3}) L\.?N\.?T\.?S\.? (?P<number>\d{1,4})\b")),
    ("eas", re.compile(r"\b(?:E\.?A\.?S\.?|Executive Agreement Series)(?: No\.)? ?(?P<number>\d{1,3})\b")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CitedLaw:
    """A statute, regulation or treaty series named from character `start` to `end`.

    `title` is the volume, title or Congress before the number (empty where there is none), `number` the sections,
    page or number as printed.
    """

    start: int
    end: int
    kind: LawKind
    title: str
    number: str


def laws(text: str) -> Iterator[CitedLaw]:
    """Yield the statutes, regulations and series that `text` cites by number, in order."""
    found: dict[int, CitedLaw] = {}
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            groups = match.groupdict()
            found.setdefault(
                match.start(), CitedLaw(match.start(), match.end(), kind, groups.get("title") or "", groups["number"])
            )
    yield from (found[start] for start in sorted(found))
