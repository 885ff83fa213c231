"""From a unit to a row of the index: what is analysed into which field, and what a hit carries."""

from collections.abc import Iterable, Iterator
from typing import Any

from pydantic_core import to_json

from agreements.isodates import first_day, last_day
from agreements.search.analysis import Analysed, analyse, analyse_short
from agreements.search.fields import IndexRow, UnitLevel, lines, surety_key, wording_of
from agreements.search.results import Hit, shown_of
from agreements.search.senses import sense_of
from agreements.search.units import SharedFields, Unit


def rows_of(units: Iterable[Unit]) -> Iterator[tuple[tuple[UnitLevel, ...], IndexRow]]:
    """Yield a row for each of the units of one agreement, with the levels to which it belongs.

    The numbers of subparagraphs are not indexed: they would stand between the words of a phrase. A line that is
    in several units (in a paragraph, and in the article that holds it) is analysed once.
    """
    known: dict[str, Analysed] = {}
    agreement: _Agreement | None = None
    for unit in units:
        agreement = agreement or _Agreement(unit.facts)
        analysed: list[Analysed] = []
        for start, end in lines(unit.text, unit.starts):
            line = unit.text[start:end]
            if line not in known:
                known[line] = analyse(line)
            analysed.append(known[line])
        yield unit.levels, agreement.row(unit, analysed)


class _Agreement:
    """What the rows of one agreement share, worked out once."""

    def __init__(self, facts: SharedFields) -> None:
        self._texts = {
            "title": analyse_short(facts.title or facts.agreement).terms,  # one without a title is called by its id
            "parties": analyse_short(". ".join(facts.party_names)).terms,
        }
        self._days = sorted({day for date in facts.signed for day in (first_day(date), last_day(date))})
        self._keywords = {
            "agreement": (facts.agreement,),
            "family": (facts.family,),
            "party": tuple(facts.parties),
            "status": (facts.status,),
            "form": (facts.form,) if facts.form else (),
            "standing": (facts.standing,),
            "authority": (facts.authority,),
            "scope": ("multilateral" if facts.multilateral else "bilateral",),
            "decade": tuple(sorted({f"{date[:3]}0s" for date in facts.signed})),
        }

    def row(self, unit: Unit, analysed: list[Analysed]) -> IndexRow:
        heading = analyse_short(unit.heading)
        around = analyse_short(". ".join([unit.article, *unit.outer]))
        held = [heading, *analysed]
        return IndexRow(
            texts=self._texts
            | {
                "text": " ".join([line.terms for line in analysed]),
                "heading": heading.terms,
                "context": around.terms,
            },
            words={
                "words": _once(line.words for line in held),
                "compounds": _once(line.compounds for line in held),
            },
            keywords=self._keywords
            | {
                "topic": tuple(unit.topics),
                "core": tuple(unit.cores),
                "language": (unit.language,),
                "wording": (wording_of(unit.heading, unit.text),),
                "place": tuple(unit.keys),
                "surety": tuple(surety_key(topic, surety) for topic, surety in unit.topics.items()),
            },
            signed=tuple(self._days),
            latest=max(self._days, default=0),
            payload=_payload(unit, sense_of(" ".join([heading.terms, *(line.terms for line in analysed)]).split())),
        )


def _once(word_lines: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(" ".join(word_lines).split()))


def hit_of(unit: Unit) -> Hit:
    """Return a unit as a hit that nobody searched for: the whole text, nothing in it marked."""
    return Hit(score=0.0, snippet=unit.text, highlights=[], **shown_of(_shown(unit)))


def _payload(unit: Unit, sense: str) -> bytes:
    """Return what a hit shows, as JSON, its sense first (`results.sense_in`): read back into `results.Hit`."""
    return to_json({"sense": sense} | _shown(unit))


def _shown(unit: Unit) -> dict[str, Any]:
    facts = unit.facts
    return {
        "ref": unit.ref,
        "agreement": facts.agreement,
        "path": unit.path,
        "heading": unit.heading,
        "article": unit.article,
        "citation": unit.citation,
        "text": unit.text,
        "starts": unit.starts,
        "breaks": unit.breaks,
        "topics": list(unit.topics),
        "title": facts.title,
        "family": facts.family,
        "parties": facts.parties,
        "signed": facts.signed,
        "status": facts.status,
        "standing": facts.standing,
        "authority": facts.authority,
        "language": unit.language,
        "kind": unit.kind,
        "unconfirmed": facts.unconfirmed,
    }
