"""From a unit to a row of the index: what is analysed into which field, and what a hit carries."""

import json
from collections.abc import Iterable, Iterator

from agreements.search.analysis import analyse
from agreements.search.fields import Row, first_day, last_day
from agreements.search.units import Facts, Unit


def rows_of(units: Iterable[Unit]) -> Iterator[Row]:
    """Yield one row for each unit; what an agreement's units share is analysed once."""
    facts: Facts | None = None
    title = parties = ""
    shared: dict[str, tuple[str, ...]] = {}
    for unit in units:
        if unit.facts is not facts:
            facts = unit.facts
            title, parties = analyse(facts.title).terms, analyse(" ".join(facts.party_names)).terms
            shared = _shared_keywords(facts)
        text = analyse(unit.text)
        heading = analyse(unit.heading)
        days = {day for date in unit.facts.signed for day in (first_day(date), last_day(date))}
        yield Row(
            texts={
                "text": text.terms,
                "heading": heading.terms,
                "context": analyse(". ".join([unit.article, *unit.outer])).terms,
                "title": title,
                "parties": parties,
            },
            words={
                "words": " ".join(sorted(text.words | heading.words)),
                "compounds": " ".join(sorted(text.compounds | heading.compounds)),
            },
            keywords=shared | {"topic": tuple(unit.topics), "core": tuple(unit.cores), "language": (unit.language,)},
            signed=tuple(sorted(days)),
            latest=max((last_day(date) for date in unit.facts.signed), default=0),
            payload=_payload(unit),
        )


def _shared_keywords(facts: Facts) -> dict[str, tuple[str, ...]]:
    return {
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


def _payload(unit: Unit) -> bytes:
    """Return what a hit shows, as JSON: read back by `results.Hit`."""
    facts = unit.facts
    shown = {
        "ref": unit.ref,
        "agreement": facts.agreement,
        "path": unit.path,
        "heading": unit.heading,
        "article": unit.article,
        "citation": unit.citation,
        "text": unit.text,
        "starts": unit.starts,
        "topics": unit.topics,
        "title": facts.title,
        "family": facts.family,
        "parties": facts.parties,
        "signed": facts.signed,
        "status": facts.status,
        "standing": facts.standing,
        "authority": facts.authority,
        "language": unit.language,
    }
    return json.dumps(shown, ensure_ascii=False).encode("utf-8")
