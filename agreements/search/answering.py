"""A question to a repository: its index made fresh, asked, and what later instruments did said with every hit.

On this path nothing is imported but the engine and the query language.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from agreements.isodates import FIRST, LAST, days, earlier, first_day, last_day
from agreements.lineage.ledger import ledger_of
from agreements.repository import Facts, left_out
from agreements.search import tree
from agreements.search.analysis import fold
from agreements.search.as_of import search_as_of, told
from agreements.search.engine import DEFAULT
from agreements.search.filters import PRECEDENT, Filters
from agreements.search.fresh import Tell
from agreements.search.lucene import read
from agreements.search.naming import Catalog
from agreements.search.placing import not_apart
from agreements.search.results import Hit, NotHeld, Results, SearchCoverage
from agreements.search.searching import searching
from agreements.search.values import keyword
from agreements.states import find_in, may_bind, party_key

if TYPE_CHECKING:
    from agreements.citation import Style
    from agreements.repository import Repository
    from agreements.search.engine import Sort
    from agreements.search.meaning import Meaning


_BY_DATE = "Sorted by the day of signature, the latest first."


def answer(
    repository: "Repository",
    query: str,
    filters: Filters,
    *,
    by: str = "paragraph",
    limit: int = 10,
    offset: int = 0,
    sort: "Sort" = "relevance",
    as_of: str = "",
    style: "Style" = "formal",
    mode: str = "lexical",
    engine: str = DEFAULT,
    off: Sequence[str] = (),
    tell: Tell | None = None,
) -> Results:
    """Return the provisions of `repository` that answer `query`, with what later instruments did to them.

    And what is known by its facts only. An index that is not in step is brought in step first; see `library.search`.
    """
    asked = _Asked(repository, query, by, sort, engine, mode, tuple(off), tell)
    results = asked.answer(filters, limit=limit, offset=offset, as_of=as_of)
    return results if style == "formal" else replace(results, hits=_cited(repository, results.hits, style))


@dataclass(frozen=True, slots=True)
class _Asked:
    """A query and how it is asked, apart from what hits must be."""

    repository: "Repository"
    query: str
    by: str
    sort: "Sort"
    engine: str
    mode: str
    off: tuple[str, ...]
    tell: Tell | None

    def answer(self, filters: Filters, *, limit: int, offset: int, as_of: str) -> Results:
        """Return what the index gives, with what later instruments did to it, and what is known by its facts only."""
        fingerprint = self.repository.fingerprint()
        with searching(self.repository, self.engine, fingerprint=fingerprint, tell=self.tell) as searcher:
            meaning = _meaning(self.repository, self.engine, self.tell) if self.mode == "hybrid" else None
            ledger = ledger_of(self.repository, fingerprint)
            catalog = self.repository.once("catalog", lambda: Catalog(self.repository.list))

            def ask(filters: Filters, limit: int, offset: int) -> Results:
                return searcher.search(
                    self.query,
                    filters,
                    limit=limit,
                    offset=offset,
                    by=self.by,
                    sort=self.sort,
                    meaning=meaning,
                    catalog=catalog,
                    off=self.off,
                )

            if as_of:
                results = search_as_of(self.repository, ledger, ask, filters, day=as_of, limit=limit, offset=offset)
                filters = replace(filters, until=earlier(filters.until, as_of))
            else:
                results = _at_items(self.repository, told(ask(filters, limit, offset), ledger))
        covered = SearchCoverage(ledger.texts, len(ledger.unheld), ledger.as_of)
        by_date = _BY_DATE if self.sort == "date" and results.hits else ""
        return replace(
            results.noting(left_out(ledger.unread)).noting(by_date),
            coverage=_covered(self.repository, covered, filters),
            not_held=[_not_held(facts) for facts in _matching(ledger.unheld, self.query, filters)],
        )


def _covered(repository: "Repository", whole: SearchCoverage, filters: Filters) -> SearchCoverage:
    """Return `whole` with how many agreements `filters` keep, and how many they cannot place, where any are set."""
    is_dated = bool(filters.since or filters.until)
    if not whole.texts or not (_of_facts(filters) or filters.without or filters.bilateral is not None):
        return whole
    rows = [facts for facts in repository.list() if facts.text_held and facts.standing == PRECEDENT]
    any_day, any_party = replace(filters, since="", until=""), replace(filters, party=())
    return replace(
        whole,
        fitting=sum(_fits(facts, filters) for facts in rows),
        undated=sum(not facts.signed and _fits(facts, any_day) for facts in rows) if is_dated else 0,
        unnamed=sum(_may_be_with(facts, filters) and _fits(facts, any_party) for facts in rows) if filters.party else 0,
    )


def _of_facts(filters: Filters) -> bool:
    return any((filters.family, filters.party, filters.status, filters.since, filters.until, filters.agreement))


def _may_be_with(facts: Facts, filters: Filters) -> bool:
    """Whether an agreement may be with all parties that are asked for, though its facts do not name each."""
    keys, asked = {*map(party_key, facts.parties)}, {keyword("party", value) for value in filters.party}
    return not asked <= keys and all(code in keys or may_bind(facts.parties, code) for code in asked)


def _cited(repository: "Repository", hits: Sequence[Hit], style: "Style") -> list[Hit]:
    from agreements.citation import cite
    from agreements.reference import Reference

    wanted = {hit.agreement for hit in hits}  # of an index that is behind, some may be gone
    held = {agreement: repository.get(agreement) for agreement in wanted if repository.holds(agreement)}
    places = [Reference.parse(hit.ref) for hit in hits]
    return [
        replace(hit, citation=cite(held[at.agreement], at.path, at.language, style=style))
        if at.agreement in held
        else hit
        for hit, at in zip(hits, places, strict=True)
    ]


def _at_items(repository: "Repository", results: Results) -> Results:
    """Return `results` with the item in place of the paragraph that holds it, where the query asked for the item."""
    narrow = [place for place in (results.understanding.places if results.understanding else ()) if place.narrow]
    hits, notes = list(results.hits), list(results.notes)
    for place in narrow:
        at = next((at for at, hit in enumerate(hits) if hit.ref == place.ref), None)
        if at is not None and (item := _item(repository, hits[at], place.narrow)):
            hits[at] = item
            notes = [note for note in notes if note != not_apart(place)]
    return replace(results, hits=hits, notes=notes) if narrow else results


def _item(repository: "Repository", hit: Hit, key: str) -> Hit | None:
    from agreements.citation import cite
    from agreements.search.units import place_below, unit_text

    if not repository.holds(hit.agreement):
        return None
    agreement = repository.get(hit.agreement)
    found = place_below(agreement, hit.path, key)
    if found is None:
        return None
    words = unit_text(found.provision)
    path, _, language = found.path.partition("@")
    citation = cite(agreement, path, language)
    ref = f"{hit.agreement}#{found.path}"
    return replace(hit, ref=ref, path=found.path, citation=citation, text=words, snippet=words, highlights=[])


def _meaning(repository: "Repository", engine: str, tell: Tell | None) -> "Meaning":
    from agreements.search.embeddings import RepositoryMeaning

    def opened() -> RepositoryMeaning:
        meaning = RepositoryMeaning(repository, engine)
        meaning.complete(tell)
        return meaning

    return repository.once(f"meaning {engine}", opened)


def _not_held(facts: Facts) -> NotHeld:
    title = facts.title or facts.short_title
    return NotHeld(facts.id, title, facts.family, list(facts.parties), list(facts.signed), facts.status)


# ---------------------------------------------------------------------- what is known by its facts only


def _matching(unheld: Sequence[Facts], query: str, filters: Filters) -> list[Facts]:
    """Return those of `unheld` that fit the filters and what `query` says of facts, the latest signed first.

    When neither filters nor fields say anything of facts, those of the States and organisations that it names.
    """
    if not unheld:
        return []
    node = read(query).tree
    asked = _of_facts(filters)
    named = {found.code for found in find_in(query)}
    kept = []
    for facts in unheld:
        said = _said(node, facts)
        wanted = named <= {*map(party_key, facts.parties)} if named and said is None else asked or said is not None
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
        and parties <= {*map(party_key, facts.parties)}
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
        "party": tuple(map(party_key, facts.parties)),
        "family": (facts.family,), "status": (facts.status,), "form": (facts.form,),
        "agreement": (facts.id,), "standing": (facts.standing,),
    }  # fmt: skip
    return held.get(field)


def _signed(facts: Facts, first: int, last: int) -> bool:
    return any(first_day(date) <= last and last_day(date) >= first for date in facts.signed)


def _bound(date: str, end: int, otherwise: int) -> int:
    found = days(date) if date else None
    return found[end] if found else otherwise
