"""What to look for, and where officially, when the facts of an agreement are held and its text is not."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from agreements.model import Agreement
from agreements.resources import data


@dataclass(frozen=True, slots=True)
class Wanted:
    """An agreement whose text is not held.

    `look_for` are its citation, title and date as to be typed into a catalogue; `where` are official addresses with
    what they are, the most promising first; `confidence` says how sure the facts are.
    """

    id: str
    title: str
    look_for: tuple[str, ...]
    where: tuple[str, ...]
    confidence: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Place:
    key: str
    name: str
    address: str


def wanted(agreement: Agreement) -> Wanted:
    """Return what to look for to complete `agreement`, and where."""
    cited = [c.text for c in agreement.citations]
    days = [" ".join(x for x in (s.place, s.date) if x) for s in agreement.signings]
    parties = (
        " - ".join(p.name or p.code for p in agreement.parties if p.name or p.code)
        if (len(agreement.parties) <= 4)
        else f"{len(agreement.parties)} parties"
    )
    look_for = (*cited, agreement.title, parties, *(f"signed {d}" for d in days if d))
    return Wanted(
        agreement.id,
        agreement.title,
        tuple(x for x in look_for if x),
        tuple(dict.fromkeys(_where(agreement))),
        agreement.confidence or "",
        agreement.status.note,
    )


def _where(agreement: Agreement) -> Iterator[str]:
    yield from (s.address for s in agreement.sources if s.address)
    for citation in agreement.citations:
        words = citation.text.split()
        for place in _places():
            if place.key in words:
                yield f"{place.name}: {place.address}"
    codes = [p.code for p in agreement.parties] if len(agreement.parties) <= 4 else []
    for place in _places():
        if place.key in codes:
            yield f"{place.name}: {place.address}"


@cache
def _places() -> tuple[_Place, ...]:
    with data("official_places.csv").open(encoding="utf-8", newline="") as rows:
        return tuple(_Place(r["key"], r["name"], r["address"]) for r in csv.DictReader(rows))
