"""Asking the index: query and filters in, hits with snippets, counts and explanations out."""

import json
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from agreements.errors import QueryError
from agreements.search.clauses import Between, Bool, Clause, Every, Value, unscored
from agreements.search.engine import DEFAULT, Found, Reader, Sort
from agreements.search.expand import expand
from agreements.search.fields import FACETS, LEVELS, SIGNED
from agreements.search.highlight import Highlighter
from agreements.search.index import Index
from agreements.search.lucene import read
from agreements.search.meaning import Meaning, with_meaning
from agreements.search.ranking import enough, most_words, plan
from agreements.search.results import Hit, Results
from agreements.search.suggest import suggestion
from agreements.search.themes import themed, topics_sought
from agreements.search.tree import Node, describe
from agreements.search.values import FIRST, LAST, days, keyword

FEW = 40
"""While fewer hits than this have enough of the bare words, hits with fewer of them are taken in."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What hits must be besides answering the query.

    `family`, `status`, `language`, `agreement`: any of the values; `without`: none of these agreements; `party`
    (codes, names, aliases) and `topic` (fine or core ids): all of them. `since`, `until`: any signing, ISO dates that
    may stop at year or month.
    `bilateral`: True, False for multilateral, None for both. Specimens and drafts are left out unless asked for.
    """

    family: tuple[str, ...] = ()
    party: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    status: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    agreement: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    bilateral: bool | None = None
    specimens: bool = False
    drafts: bool = False


class Searcher:
    """An open index. Use it as a context manager, or close it."""

    def __init__(self, folder: Path, engine: str = DEFAULT) -> None:
        self._index = Index(folder, engine)
        self._readers: dict[str, Reader] = {}

    def __enter__(self) -> "Searcher":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the index."""
        for reader in self._readers.values():
            reader.close()
        self._readers.clear()

    def search(
        self,
        query: str,
        filters: Filters | None = None,
        *,
        limit: int = 10,
        offset: int = 0,
        by: str = "paragraph",
        sort: Sort = "relevance",
        meaning: Meaning | None = None,
    ) -> Results:
        """Return the provisions that answer `query`, at most `limit` of them from `offset` on.

        With `meaning` bare words also find what is near in meaning. Raises `QueryError` for an option with an
        impossible value; query text itself is never refused.
        """
        began = time.perf_counter()
        reader = self.reader(by)
        if limit < 0 or offset < 0:
            raise QueryError("The number of results and their offset are 0 or more.")
        reading = read(query)
        notes = list(reading.notes)
        node = expand(themed(reading.tree), reader)
        held = list(conditions(filters or Filters(), reader, notes))
        page = _Page(limit, offset, sort)
        asked = _ask(reader, node, held, page)
        found, clause = asked.found, asked.clause
        if meaning:
            best = reader.search(clause, limit=1).rows
            node = with_meaning(node, meaning, best=best[0][0] if best else 0.0)
            clause = plan(node, held, slack=asked.slack)
            found = page.of(reader, clause)
        return Results(
            query=query,
            read_as=_read_as(node, reading.tree, asked.needed),
            total=found.total,
            took_ms=round((time.perf_counter() - began) * 1000, 2),
            hits=list(hits_of(found.rows, Highlighter(node))),
            facets=reader.facets(unscored(clause), FACETS),
            suggestion=None if asked.found.total >= FEW else suggestion(query, node, reader),
            notes=notes,
        )

    def reader(self, level: str) -> Reader:
        """Return the open index of one level; raises `QueryError` for a level that there is not."""
        if level not in LEVELS:
            raise QueryError(f"Results come by {' or '.join(LEVELS)}, not by {level!r}.")
        if level not in self._readers:
            self._readers[level] = self._index.open(level)
        return self._readers[level]


def search(
    folder: Path,
    query: str,
    filters: Filters | None = None,
    *,
    limit: int = 10,
    offset: int = 0,
    by: str = "paragraph",
    sort: Sort = "relevance",
    engine: str = DEFAULT,
    meaning: Meaning | None = None,
) -> Results:
    """Search the index in `folder` once; see `Searcher.search`."""
    with Searcher(folder, engine) as searcher:
        return searcher.search(query, filters, limit=limit, offset=offset, by=by, sort=sort, meaning=meaning)


@dataclass(frozen=True, slots=True)
class _Page:
    limit: int
    offset: int
    sort: Sort

    def of(self, reader: Reader, clause: Clause) -> Found:
        return reader.search(clause, limit=self.limit, offset=self.offset, sort=self.sort)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was asked, with how many words fewer than enough; the page found; how many words were enough, 0 for all."""

    clause: Clause
    slack: int
    found: Found
    needed: int


def _ask(reader: Reader, node: Node, held: Sequence[Clause], page: _Page) -> _Asked:
    """Ask for enough of the bare words, and for one fewer while too little is found."""
    words = most_words(node)
    for slack in range(enough(words)):
        clause = plan(node, held, slack=slack)
        found = page.of(reader, clause)
        if found.total >= FEW:
            break
    return _Asked(clause, slack, found, max(1, enough(words) - slack) if words > 1 else 0)


def _read_as(node: Node, asked: Node, needed: int) -> str:
    enough_words = f" (at least {needed} of the words)" if needed else ""
    about = topics_sought(node)
    return describe(asked) + enough_words + (f"; about {' or '.join(about)}" if about else "")


def conditions(filters: Filters, reader: Reader, notes: list[str]) -> Iterator[Clause]:
    """Yield what `filters` asks of an index; `notes` get a sentence where nothing can be found by it."""
    for name in ("family", "status", "language", "agreement"):
        if values := getattr(filters, name):
            yield _any(name, [keyword(name, v) for v in values])
    if filters.without:
        yield Bool(must=(Every(),), never=tuple(Value("agreement", held) for held in filters.without))
    for party in filters.party:
        code = keyword("party", party)
        if not reader.frequency("party", code):
            notes.append(f"No agreement held here has the party {party!r}.")
        yield Value("party", code)
    for topic in filters.topic:
        value = keyword("topic", topic)
        yield Bool(should=(Value("topic", value), Value("core", value)), at_least=1)
    if filters.since or filters.until:
        yield Between(SIGNED, _day(filters.since, 0, FIRST), _day(filters.until, 1, LAST))
    if filters.bilateral is not None:
        yield Value("scope", "bilateral" if filters.bilateral else "multilateral")
    yield from _standing(filters, reader, notes)


def _standing(filters: Filters, reader: Reader, notes: list[str]) -> Iterator[Clause]:
    """Leave out what is no precedent, unless it was asked for or nothing else is held."""
    wanted = ["agreement"] + ["specimen"] * filters.specimens + ["draft", "rejected"] * filters.drafts
    if any(reader.frequency("standing", standing) for standing in wanted):
        yield _any("standing", wanted)
    elif reader.frequency("standing", "specimen"):
        notes.append("Only specimens are held here: these are invented texts, not precedents.")
        yield Value("standing", "specimen")
    else:
        yield _any("standing", wanted)


def _any(field: str, values: Sequence[str]) -> Clause:
    clauses = tuple(Value(field, value) for value in values)
    return clauses[0] if len(clauses) == 1 else Bool(should=clauses, at_least=1)


def _day(text: str, end: int, otherwise: int) -> int:
    if not text:
        return otherwise
    found = days(text)
    if found is None:
        raise QueryError(f"{text!r} is not a date.", hint="Write a year, a month or a day: 1951, 1951-06, 1951-06-19.")
    return found[end]


def hits_of(rows: Iterable[tuple[float, bytes]], highlighter: Highlighter) -> Iterator[Hit]:
    """Yield the hits that rows of an index (score and payload) stand for."""
    for score, payload in rows:
        shown = json.loads(payload)
        snippet, highlights = highlighter.snippet(shown["text"], shown.pop("starts"), shown.pop("breaks"))
        yield Hit(score=round(score, 4), snippet=snippet, highlights=highlights, **shown)
