"""Hits as of a day: what later instruments did is said with every hit and, for a day, put into its text."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from agreements.isodates import a_day, earlier
from agreements.lineage.ledger import Ledger, in_effect, touches
from agreements.search.filters import Filters
from agreements.search.highlight import Highlighter
from agreements.search.lucene import read
from agreements.search.results import Hit, Results
from agreements.search.values import keyword

if TYPE_CHECKING:
    from agreements.repository import Repository
    from agreements.search.units import Unit

Ask = Callable[[Filters, int, int], Results]
"""Asks the index: filters, limit, offset."""

_MOST = 1000  # hits in changed agreements that are looked at
_REWRITING = ("replaced", "deleted")
_NAMED = 5  # references named in a note


def told(results: Results, ledger: Ledger) -> Results:
    """Return `results` with what later instruments did to each hit."""
    if not ledger.changes:
        return results
    return replace(results, hits=[_told(hit, ledger) for hit in results.hits])


def search_as_of(
    repository: "Repository", ledger: Ledger, ask: Ask, filters: Filters, *, day: str, limit: int, offset: int
) -> Results:
    """Return what answers as of `day` (ISO, may stop at year or month).

    Only agreements signed by then to which the parties asked for belonged then; provisions replaced by then in their
    new words, where they still answer; deleted ones not at all. Raises `QueryError` when `day` is no date.
    """
    day = a_day(day)
    parties = [keyword("party", party) for party in filters.party]
    until = earlier(filters.until, day)
    filters = replace(filters, until=until, without=(*filters.without, *ledger.outside(parties, day)))
    rewritten = _Rewritten(repository, ledger, day)
    changed = rewritten.hits(ask, filters)
    gone = {ref for ref, hit in changed.items() if hit is None}
    if gone:
        results = ask(filters, offset + limit + len(gone), 0)
        kept = [hit for hit in results.hits if hit.ref not in gone][offset : offset + limit]
    else:
        results = ask(filters, limit, offset)
        kept = results.hits
    shown = [_told(_as_changed(hit, changed), ledger) for hit in kept]
    notes = [*results.notes, *rewritten.notes, *([_left_out(gone, day)] if gone else [])]
    left = [rewritten.old[ref] for ref in gone]
    return replace(
        results, hits=shown, total=results.total - len(gone), facets=_without(results.facets, left), notes=notes
    )


class _Rewritten:
    """The hits that an instrument replaced or deleted by a day: None for one that no longer answers."""

    def __init__(self, repository: "Repository", ledger: Ledger, day: str) -> None:
        self._repository = repository
        self._ledger = ledger
        self._day = day
        self._units: dict[str, dict[str, Unit]] = {}
        self.notes: list[str] = []
        self.old: dict[str, Hit] = {}

    def hits(self, ask: Ask, filters: Filters) -> dict[str, Hit | None]:
        """Return the changed hits among those that `ask` finds, by reference."""
        affected = [a for a in self._ledger.changes if self._is_rewritten(a, "")]
        if filters.agreement:
            affected = [a for a in affected if a in filters.agreement]
        if not affected:
            return {}
        results = ask(replace(filters, agreement=tuple(affected)), _MOST, 0)
        found = [hit for hit in results.hits if self._is_rewritten(hit.agreement, hit.path)]
        self.old = {hit.ref: hit for hit in found}
        return {hit.ref: self._now(hit, _highlighter(results.query)) for hit in found}

    def _is_rewritten(self, agreement: str, path: str) -> bool:
        return any(
            c.action in _REWRITING and c.path and touches(c.path, path) and in_effect(c, self._day)
            for c in self._ledger.of(agreement)
        )

    def _now(self, hit: Hit, highlighter: Highlighter) -> Hit | None:
        unit = self._units_of(hit.agreement).get(hit.ref)
        if unit is None:
            return None
        snippet, highlights = highlighter.snippet(unit.text, unit.starts, unit.breaks)
        if hit.highlights and not highlights:
            return None
        return replace(hit, text=unit.text, snippet=snippet, highlights=highlights)

    def _units_of(self, agreement: str) -> "dict[str, Unit]":
        if agreement not in self._units:
            from agreements.lineage.consolidation import stood
            from agreements.search.units import units_of

            then = stood(self._repository, self._ledger, agreement, self._day)
            self.notes += [note for note in then.notes if note not in self.notes]
            self._units[agreement] = {unit.ref: unit for unit in units_of(then.agreement)}
        return self._units[agreement]


def _highlighter(query: str) -> Highlighter:
    return Highlighter(read(query).tree)


def _told(hit: Hit, ledger: Ledger) -> Hit:
    changes = ledger.of(hit.agreement, hit.path)
    return replace(hit, changes=changes) if changes else hit


def _as_changed(hit: Hit, changed: Mapping[str, Hit | None]) -> Hit:
    now = changed.get(hit.ref)
    return replace(now, score=hit.score) if now else hit


def _left_out(gone: set[str], day: str) -> str:
    named = ", ".join(sorted(gone)[:_NAMED]) + (" and others" if len(gone) > _NAMED else "")
    return f"Left out, because they had been deleted or no longer read so in {day}: {named}."


def _without(facets: dict[str, dict[str, int]], left: list[Hit]) -> dict[str, dict[str, int]]:
    """Return `facets` without what the hits in `left` add to them."""
    out = {}
    for field, counts in facets.items():
        lost = Counter(value for hit in left for value in _values(hit, field))
        out[field] = {value: n - lost[value] for value, n in counts.items() if n > lost[value]}
    return out


def _values(hit: Hit, field: str) -> set[str]:
    match field:
        case "party":
            return set(hit.parties)
        case "topic":
            return set(hit.topics)
        case "decade":
            return {f"{date[:3]}0s" for date in hit.signed}
    return {str(getattr(hit, field))}
