"""Checks of facts about treaties and statutes that a text cites: dates, places, numbers, held against a table.

The table is `data/cited_facts.csv`. Each row has its source; what it does not hold is said to be unverified, never
wrong.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from agreements.checks.passages import is_english
from agreements.findings import Finding, info, warning
from agreements.language import dates
from agreements.language.laws import laws
from agreements.model import Agreement
from agreements.reference import Place, places
from agreements.resources import data

_DONE = re.compile(
    r"\s{0,2}[,(]?\s{0,2}(?:which was |was )?"
    r"(?:(?:done|signed|concluded|adopted|opened for signature|dated|made)\b|of\b)(?P<rest>[^;()]{0,90})"
)
_OTHER = re.compile(r"\b(?:Protocol|Agreement|accession|amend\w+|Convention|Treaty|Additional|force)\b")
_PLACE = re.compile(r"^\s*(?:at|in) (?P<place>[A-Z][\w.]+(?: [A-Z][\w.]+)?)")
_NAMED = re.compile(
    r"\b[A-Z]\w+ (?:Convention|Treaty|Agreement) (?:on|concerning|regarding|relating to) [A-Z][\w ]{4,80}?"
    r"(?:,? (?:of|done at \w+,? (?:on )?|signed at \w+,? (?:on )?) ?)(?=\d|[A-Z])"
)
_CHAPTER = re.compile(
    r"\b[Cc]hapter (?P<number>\d+) of [Tt]itle (?P<title>\d+)\b(?:,? (?:of the )?United States Code)?"
)
_MAY_CITE = re.compile(r"Convention|Treaty|NATO|Protocol|Partnership|U\.? ?S\.? ?C|[Tt]itle \d|United States Code")
_SECTION = re.compile(r"\d+[a-z]{0,2}")


@dataclass(frozen=True, slots=True)
class CitedFact:
    """A fact about an instrument: a treaty by its name with date and place, or a section of a code by its number.

    `unverified` names the fields that rest on general knowledge.
    """

    kind: str
    names: re.Pattern[str] | None
    title: str
    number: str
    date: str
    place: str
    about: str
    source: str
    unverified: tuple[str, ...] = ()

    def doubt(self, *fields: str) -> str:
        """Return what to add where any of `fields` is not verified; empty where all are."""
        shaky = [field for field in fields if field in self.unverified]
        return f"; its {' and '.join(shaky)} {'are' if len(shaky) > 1 else 'is'} not verified" if shaky else ""


@cache
def cited_facts() -> tuple[CitedFact, ...]:
    """Return the facts of the data file."""
    with data("cited_facts.csv").open(encoding="utf-8", newline="") as file:
        rows = [*csv.DictReader(file)]
    return tuple(
        CitedFact(
            kind=row["kind"],
            names=re.compile(row["names"]) if row["names"] else None,
            title=row["title"],
            number=row["number"],
            date=row["date"],
            place=row["place"],
            about=row["about"],
            source=row["source"],
            unverified=tuple(row["unverified"].split()),
        )
        for row in rows
    )


def facts(agreement: Agreement) -> Iterator[Finding]:
    """Say where a treaty or statute is cited with a date, a place or a number that the table has otherwise."""
    for place in places(agreement):
        if is_english(place) and _MAY_CITE.search(place.provision.text):
            yield from _of_treaties(place)
            yield from _of_days(place)
            yield from _of_laws(place)


def _of_treaties(place: Place) -> Iterator[Finding]:
    text = place.provision.text
    for fact in cited_facts():
        for found in fact.names.finditer(text) if fact.names else ():
            done = _DONE.match(text, found.end())
            said = dates.find(done["rest"])[:1] if done else []
            if not done or not said or _OTHER.search(done["rest"][: said[0].start]):
                continue
            where = _PLACE.match(done["rest"][: said[0].start])
            wrong, fields = [], []
            if said[0].iso != fact.date:
                wrong.append(f"its date is {fact.date}, not {said[0].iso}")
                fields.append("date")
            if where and fact.place and where["place"] != fact.place:
                wrong.append(f"its place is {fact.place}, not {where['place']}")
                fields.append("place")
            if wrong:
                message = f"“{found.group()}”: {' and '.join(wrong)}. Source: {fact.source}{fact.doubt(*fields)}."
                yield warning("cited-facts", place.path, message, "Cite it as the source has it.")


def _of_days(place: Place) -> Iterator[Finding]:
    """Yield treaties of a name that the table lacks, with the day and the kind of one that it has."""
    text = place.provision.text
    for found in _NAMED.finditer(text):
        said = next(iter(dates.find(text[found.end() : found.end() + 40])), None)
        for fact in cited_facts() if said and said.start == 0 else ():
            alike = fact.names and fact.kind == "treaty" and said and said.iso == fact.date
            if alike and fact.names and not fact.names.search(found.group()) and fact.place in found.group():
                message = f"“{found.group().strip()}”: the one of that day is on {fact.about}. Source: {fact.source}"
                fix = "Cite the treaty that is meant."
                yield info("cited-facts", place.path, f"{message}; that there is no other is not verified.", fix)


def _of_laws(place: Place) -> Iterator[Finding]:
    text = place.provision.text
    cited = [(law.title, law.number, "usc", text[law.start : law.end]) for law in laws(text) if law.kind == "usc"]
    cited += [(f["title"], f["number"], "chapter", f.group()) for f in _CHAPTER.finditer(text)]
    for title, number, kind, words in cited:
        section = _SECTION.match(number)
        known = [fact for fact in cited_facts() if fact.kind == kind and section and fact.number == section.group()]
        if section is None or any(fact.title == title for fact in known):
            continue
        if known:
            one = known[0]
            message = (
                f"“{words}”: {section.group()} is known here in title {one.title} ({one.about}). Source: {one.source}"
            )
            message += f"{one.doubt('number', 'about')}; that title {title} has none such is not verified."
            yield warning("cited-facts", place.path, message, "Check the title and the number.")
        else:
            message = f"“{words}” is not in the table of statutes that this program holds: not verified."
            yield info("cited-facts", place.path, message, "Check the title, the number and what it says.")
