"""Agreements known by their facts only: those that a search would have looked into if their text were held."""

from collections.abc import Sequence

from agreements.isodates import FIRST, LAST, days, first_day, last_day
from agreements.repository import Facts
from agreements.search import tree
from agreements.search.analysis import fold
from agreements.search.filters import Filters
from agreements.search.lucene import read
from agreements.search.values import keyword
from agreements.states import find_in


def matching(unheld: Sequence[Facts], query: str, filters: Filters) -> list[Facts]:
    """Return those of `unheld` that fit the filters and what `query` says of facts, the latest signed first.

    When neither filters nor fields say anything of facts, those of the States and organisations that it names.
    """
    if not unheld:
        return []
    node = read(query).tree
    asked = any((filters.family, filters.party, filters.status, filters.since, filters.until, filters.agreement))
    named = {found.code for found in find_in(query)}
    kept = []
    for facts in unheld:
        said = _said(node, facts)
        wanted = named <= set(facts.parties) if named and said is None else asked or said is not None
        if wanted and said is not False and _fits(facts, filters):
            kept.append(facts)
    return sorted(kept, key=lambda facts: (max(facts.signed, default=""), facts.id), reverse=True)


def _fits(facts: Facts, filters: Filters) -> bool:
    families = {keyword("family", value) for value in filters.family}
    parties = {keyword("party", value) for value in filters.party}
    statuses = {keyword("status", value) for value in filters.status}
    first, last = _bound(filters.since, 0, FIRST), _bound(filters.until, 1, LAST)
    return (
        (not families or facts.family in families)
        and parties <= set(facts.parties)
        and (not statuses or facts.status in statuses)
        and (not filters.agreement or facts.id in filters.agreement)
        and facts.id not in filters.without
        and (filters.bilateral is None or filters.bilateral == (len(facts.parties) <= 2))
        and (not (filters.since or filters.until) or _signed(facts, first, last))
    )


def _said(node: tree.Node, facts: Facts) -> bool | None:  # noqa: PLR0911 (one branch for each kind of node)
    """Return whether what `node` says of facts holds; None when it says nothing of them."""
    match node:
        case tree.Exact(field=field, value=value):
            values = _values(facts, field)
            return None if values is None else value in values
        case tree.Days(first=first, last=last):
            return _signed(facts, first, last)
        case tree.Within(field="title", node=tree.Word(surface=surface) | tree.Phrase(surface=surface)):
            return fold(surface) in fold(f"{facts.title} {facts.short_title}")
        case tree.Within(field="title") | tree.Boost() | tree.And() | tree.Some():
            return _all([_said(child, facts) for child in tree.children(node)])
        case tree.Or():
            said = [s for child in tree.children(node) if (s := _said(child, facts)) is not None]
            return any(said) if said else None
        case tree.Not(node=inner):
            inside = _said(inner, facts)
            return None if inside is None else not inside
    return None


def _all(said: Sequence[bool | None]) -> bool | None:
    known = [s for s in said if s is not None]
    return all(known) if known else None


def _values(facts: Facts, field: str) -> tuple[str, ...] | None:
    held = {
        "party": facts.parties, "family": (facts.family,), "status": (facts.status,), "form": (facts.form,),
        "agreement": (facts.id,), "standing": (facts.standing,),
    }  # fmt: skip
    return held.get(field)


def _signed(facts: Facts, first: int, last: int) -> bool:
    return any(first_day(date) <= last and last_day(date) >= first for date in facts.signed)


def _bound(date: str, end: int, otherwise: int) -> int:
    found = days(date) if date else None
    return found[end] if found else otherwise
