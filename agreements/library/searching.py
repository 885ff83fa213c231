"""The verb `search`. On this path nothing is imported but the engine and the query language."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from agreements.isodates import earlier
from agreements.library.indexing import index_of, refresh_index
from agreements.library.repositories import open_repository
from agreements.lineage.ledger import ledger_of
from agreements.repository import Facts
from agreements.search import DEFAULT, Filters, Hit, Results
from agreements.search import search as search_index
from agreements.search.as_of import search_as_of, told
from agreements.search.results import NotHeld
from agreements.search.unheld import matching

if TYPE_CHECKING:
    from agreements.citation import Style
    from agreements.repository import Repository
    from agreements.search.engine import Sort
    from agreements.search.meaning import Meaning


def search(
    folder: Path,
    query: str,
    *,
    family: Sequence[str] = (),
    party: Sequence[str] = (),
    topic: Sequence[str] = (),
    since: str | None = None,
    until: str | None = None,
    status: Sequence[str] = (),
    by: Literal["paragraph", "article"] = "paragraph",
    bilateral: bool = False,
    multilateral: bool = False,
    specimens: bool = False,
    drafts: bool = False,
    limit: int = 10,
    offset: int = 0,
    sort: "Sort" = "relevance",
    as_of: str | None = None,
    style: "Style" = "formal",
    mode: Literal["lexical", "hybrid"] = "lexical",
    engine: str | None = None,
    tell: Callable[[str], None] | None = None,
) -> Results:
    """Return the provisions of the repository in `folder` that answer `query` (Lucene syntax or plain words).

    From `family` to `drafts`: see `search.Filters`. `as_of` (a date) gives the text as it stood then, of agreements
    signed by then to which the parties then belonged; `style` is that of the citations; `mode` hybrid also finds what
    is near in meaning. What is missing of the index, or was never read for meaning, is made first: `tell` gets a line
    then. Raises `RepositoryError` when there is no repository, `QueryError` for an impossible option, `NotFoundError`
    for an unknown engine or a missing encoder; query text itself is never refused.
    """
    filters = Filters(
        family=tuple(family),
        party=tuple(party),
        topic=tuple(topic),
        since=since or "",
        until=until or "",
        status=tuple(status),
        bilateral=None if bilateral == multilateral else bilateral,
        specimens=specimens,
        drafts=drafts,
    )
    asked = _Asked(open_repository(folder), query, by, sort, engine or DEFAULT, mode, tell)
    results = asked.answer(filters, limit=limit, offset=offset, as_of=as_of or "")
    return results if style == "formal" else replace(results, hits=_cited(asked.repository, results.hits, style))


@dataclass(frozen=True, slots=True)
class _Asked:
    """A query and how it is asked, apart from what hits must be."""

    repository: "Repository"
    query: str
    by: str
    sort: "Sort"
    engine: str
    mode: str
    tell: Callable[[str], None] | None

    def answer(self, filters: Filters, *, limit: int, offset: int, as_of: str) -> Results:
        """Return what the index gives, with what later instruments did to it, and what is known by its facts only."""
        index = index_of(self.repository, self.engine)
        fingerprint = self.repository.fingerprint()
        if index.is_stale(fingerprint):
            refresh_index(self.repository.root, engine=self.engine, tell=self.tell)
        meaning = _meaning(self.repository, self.engine, self.tell) if self.mode == "hybrid" else None
        ledger = ledger_of(self.repository, fingerprint)

        def ask(filters: Filters, limit: int, offset: int) -> Results:
            return search_index(
                index.folder, self.query, filters, limit=limit, offset=offset, by=self.by, sort=self.sort,
                engine=self.engine, meaning=meaning,
            )  # fmt: skip

        if as_of:
            results = search_as_of(self.repository, ledger, ask, filters, day=as_of, limit=limit, offset=offset)
            filters = replace(filters, until=earlier(filters.until, as_of))
        else:
            results = told(ask(filters, limit, offset), ledger)
        return replace(results, not_held=[_not_held(facts) for facts in matching(ledger.unheld, self.query, filters)])


def _cited(repository: "Repository", hits: Sequence[Hit], style: "Style") -> list[Hit]:
    from agreements.citation import cite
    from agreements.reference import Reference

    held = {agreement: repository.get(agreement) for agreement in {hit.agreement for hit in hits}}
    places = [Reference.parse(hit.ref) for hit in hits]
    return [
        replace(hit, citation=cite(held[at.agreement], at.path, at.language, style=style))
        for hit, at in zip(hits, places, strict=True)
    ]


def _meaning(repository: "Repository", engine: str, tell: Callable[[str], None] | None) -> "Meaning":
    from agreements.library.meaning import RepositoryMeaning

    meaning = RepositoryMeaning(repository, engine)
    meaning.complete(tell)
    return meaning


def _not_held(facts: Facts) -> NotHeld:
    title = facts.title or facts.short_title
    return NotHeld(facts.id, title, facts.family, list(facts.parties), list(facts.signed), facts.status)
