"""Asking the index: query and filters in, hits with snippets, counts and explanations out."""

import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, cast

from agreements.errors import QueryError, RepositoryError
from agreements.search.asking import is_asked, is_clause_sought
from agreements.search.clauses import Clause, KeywordClause
from agreements.search.elsewhere import is_of_another_tongue
from agreements.search.engine import DEFAULT, REMOTE, IndexReader, RankedRows, Sort
from agreements.search.expand import expand
from agreements.search.fields import FACETS, LEVELS
from agreements.search.filters import Filters, beside, conditions, precedents
from agreements.search.fresh import Tell, readable_index, refresh
from agreements.search.highlight import Highlighter
from agreements.search.index import Index
from agreements.search.lucene import ReadQuery, read, with_words
from agreements.search.meaning import Meaning, Nearby
from agreements.search.naming import Catalog
from agreements.search.order import in_order, sense_asked
from agreements.search.placing import ahead_of, found_places, held_in, titled
from agreements.search.ranking import BESIDE, Ahead, enough, most_words, plan, weightiest
from agreements.search.repair import asked_level, without_lone_quote
from agreements.search.results import Hit, Results, shown_of
from agreements.search.suggest import corrected, is_about, suggestion
from agreements.search.themes import expressions_said, is_question, themed, topics_sought
from agreements.search.tree import Node, describe
from agreements.search.understanding import EVERYTHING, Understanding, understand

if TYPE_CHECKING:
    from agreements.repository import Repository

T = TypeVar("T")
FEW = 40
"""While fewer hits than this have enough of the bare words, hits with fewer of them are taken in."""


_TRIES = 3
_ANOTHER_TONGUE = (
    "The query seems not to be in English: it finds texts that have its very words, and whether a clause on it is held "
    "in English is not told. Ask in English too."
)
_JUDGED = 10  # hits by which it is told whether any is about the question
_ALL = 100_000_000


class HeldUnit(NamedTuple):
    """A provision as the index holds it: its words, its fine topics, and its `kind` where all under it is in it too."""

    text: str
    kind: str
    topics: list[str]


class Searcher:
    """An open index. Use it as a context manager, or close it."""

    def __init__(self, folder: Path, engine: str = DEFAULT, *, behind: str = "") -> None:
        self._index = Index(folder, engine)
        self._readers: dict[str, IndexReader] = {}
        self._kept: dict[str, Any] = {}
        self._units: tuple[str, dict[str, HeldUnit]] = ("", {})
        self.behind = behind
        """The line that says that the index is not in step with the files, and why; empty where it is."""

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
        self._kept.clear()
        self._units = ("", {})

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
        catalog: Catalog | None = None,
        off: Sequence[str] = (),
    ) -> Results:
        """Return the provisions that answer `query`, at most `limit` of them from `offset` on.

        `in:article` in the query goes before `by`. With `meaning` bare words also find what is near in meaning.
        `catalog` are the agreements that a query may name, `off` what is not read into it (`understanding`).
        Raises `QueryError` for an option with an impossible value; query text itself is never refused.
        """
        began = time.perf_counter()
        level = asked_level(query)[1]
        reader = self.reader(level or by)
        if limit < 0 or offset < 0:
            raise QueryError("The number of results and their offset are 0 or more.")
        filters = filters or Filters()
        notes: list[str] = []
        held = list(conditions(filters, reader, notes))
        page = _Page(limit, offset, sort)
        understood = understand(query, catalog or Catalog(tuple), held_in(reader), off=off)
        understanding = found_places(titled(understood, reader), reader, held)
        reading, node, asked, slips = _understood(understanding, reader, held, page)
        if (
            not asked.found.total and not offset and understanding.first
        ):  # what was read into it hides what its words say
            bare = replace(understanding, rest=query, first=(), beside="")
            again = _understood(bare, reader, held, page)
            if again[2].found.total:
                understanding, (reading, node, asked, slips) = bare, again
        found, clause = asked.found, asked.clause
        if meaning:
            best = reader.search(plan(node, held, slack=asked.slack), limit=1).rows
            node = Nearby(meaning, reader, best[0][0] if best else 0.0).added(node, held)
            clause = plan(node, held, slack=asked.slack, ahead=asked.ahead)
            found = page.of(reader, clause, asked.sense)
        others = beside(filters, reader, clause)
        hits = list(hits_of(found.rows, Highlighter(node)))
        judged = not (meaning or offset or any(place.ref for place in understanding.places))
        held_on, unknown = (
            is_about(node, hits[:_JUDGED], reader, clause_on=is_clause_sought(query)) if judged else (True, ())
        )
        if not held_on and is_of_another_tongue(query):
            held_on, notes = True, [*notes, _ANOTHER_TONGUE]
        return Results(
            query=query,
            read_as=_read_as(node, reading.tree, asked.needed, understanding) + (f"; in one {level}" if level else ""),
            total=found.total - sum(others.values()),
            beside=others,
            took_ms=round((time.perf_counter() - began) * 1000, 2),
            hits=hits,
            facets=reader.facets(precedents(filters, reader, clause), FACETS),
            suggestion=None
            if understanding.places or (_is_answered(node, asked.found.total) and not slips)
            else suggestion(query, node, reader, slips),
            notes=[*filter(None, [self.behind]), *understanding.notes, *reading.notes, *notes],
            understanding=understanding,
            is_about=held_on and bool(found.total),
            unknown=unknown if not held_on else (),
        )

    def reader(self, level: str) -> IndexReader:
        """Return the open index of one level; raises `QueryError` for a level that there is not."""
        if level not in LEVELS:
            raise QueryError(f"Results come by {' or '.join(LEVELS)}, not by {level!r}.")
        if level not in self._readers:
            self._readers[level] = self._index.open(level)
        return self._readers[level]

    def units_of(self, agreement: str) -> dict[str, HeldUnit]:
        """Return by path the provisions of `agreement` that the index holds; those asked for last are kept."""
        kept = self._units
        if kept[0] != agreement:
            kept = self._units = agreement, self._read_units(agreement)
        return kept[1]

    def _read_units(self, agreement: str) -> dict[str, HeldUnit]:
        asked = KeywordClause("agreement", agreement)
        found: dict[str, HeldUnit] = {}
        for level in LEVELS:
            for _, payload in self.reader(level).search(asked, limit=_ALL).rows:
                row = json.loads(payload)
                if row["kind"] or row["path"] not in found:
                    found[row["path"]] = HeldUnit(row["text"], row["kind"], row["topics"])
        return found

    def kept(self, name: str, make: Callable[[], T]) -> T:
        """Return what `make` returns, the same as long as this index is open."""
        if name not in self._kept:
            self._kept[name] = make()
        return cast(T, self._kept[name])

    def opened(self) -> "Searcher":
        """Return this searcher with every level of files opened; raises `RepositoryError` where one is damaged."""
        for level in LEVELS if self._index.engine_name not in REMOTE else ():
            self.reader(level)
        return self


@contextmanager
def searching(
    repository: "Repository", engine: str | None = None, *, fingerprint: str = "", tell: Tell | None = None
) -> Iterator[Searcher]:
    """Yield a searcher of the index of `repository`, brought in step first; closed after, or kept by one held open.

    One that cannot be read is made anew. What cannot be brought in step answers as it is, and the searcher says so
    (`behind`). `fingerprint` is that of the repository, where it is known already. Raises as `fresh.readable_index`.
    """
    name = engine or DEFAULT
    index, behind = readable_index(repository, name, fingerprint=fingerprint, tell=tell)

    def opened() -> Searcher:
        for _ in range(_TRIES):  # a program that makes it anew may have put the next one in its place meanwhile
            with suppress(RepositoryError):
                return Searcher(index.folder, name, behind=behind).opened()
        if tell:
            tell("The search index cannot be read and is made anew.")
        refresh(repository, name, rebuild=True)
        return Searcher(readable_index(repository, name)[0].folder, name).opened()

    if repository.is_held_open and not behind:
        yield repository.once(f"searcher {name}", opened)
        return
    with opened() as searcher:
        yield searcher


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

    def of(self, reader: IndexReader, clause: Clause, sense: str) -> RankedRows:
        """Return the rows of this page; by relevance, in order by the `sense` that is asked too."""
        if self.sort == "relevance":
            return in_order(reader, clause, self.limit, self.offset, sense)
        return reader.search(clause, limit=self.limit, offset=self.offset, sort=self.sort)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was asked, with how many words fewer than enough; the page found; how many words were enough, 0 for all.

    `ahead` is what comes first, `sense` that of the bare words.
    """

    clause: Clause
    slack: int
    found: RankedRows
    needed: int
    ahead: Ahead
    sense: str


def _understood(
    understanding: Understanding, reader: IndexReader, held: Sequence[Clause], page: _Page
) -> tuple[ReadQuery, Node, _Asked, Mapping[str, str]]:
    """Return how a query was read, what it finds, and the words that were typed for others.

    A phrase that was never closed and is nowhere becomes words.
    """
    query = understanding.rest or understanding.query
    if is_asked(understanding.query):  # its mark is no sign of the query language
        query = query.rstrip("?")
    readings = [read(query)]
    if (unquoted := without_lone_quote(query)) is not None:
        plain = read(unquoted)
        note = "A quotation mark had no partner, and the words after it stand nowhere side by side: it was left out."
        readings.append(replace(plain, notes=(note, *plain.notes)))
    ahead = ahead_of(understanding, reader)
    is_cited = any(place.ref for place in understanding.places)
    for reading in readings:
        main = weightiest(reading.tree, partial(reader.frequency, "text"))
        main, slips = corrected(main, reader)
        if understanding.rest and not is_cited:  # words beside a citation are those of a name
            is_plain = EVERYTHING in understanding.off
            main = themed(main, asked=is_asked(understanding.query), plain=is_plain)
        node = expand(with_words(main, understanding.beside if understanding.rest else "", BESIDE), reader)
        asked = _ask(reader, node, held, page, ahead)
        if asked.found.total:
            break
    notes = tuple(f"{typed!r} was read as {meant!r}, which the texts have." for typed, meant in slips.items())
    read_as = corrected(reading.tree, reader)[0] if slips else reading.tree
    return replace(reading, tree=read_as, notes=(*reading.notes, *notes)), node, asked, slips


def _is_answered(node: Node, total: int) -> bool:
    """Whether so many hits leave nothing to suggest: a question has words that no treaty has, keywords do not."""
    return total >= FEW and is_question(node)


def _ask(reader: IndexReader, node: Node, held: Sequence[Clause], page: _Page, ahead: Ahead) -> _Asked:
    """Ask for enough of the bare words, and for one fewer while too little is found."""
    words = most_words(node)
    sense = "" if ahead.places else sense_asked(node)
    clause = plan(node, held, ahead=ahead)
    found = page.of(reader, clause, sense)
    low, high = 0, 0 if ahead.places or found.total >= FEW else enough(words) - 1
    while low < high:  # fewer words never find less: the least slack that finds enough is looked for by halves
        slack = (low + high) // 2
        if reader.search(plan(node, held, slack=slack), limit=0).total >= FEW:
            high = slack
        else:
            low = slack + 1
    if low:
        clause = plan(node, held, slack=low, ahead=ahead)
        found = page.of(reader, clause, sense)
    return _Asked(clause, low, found, max(1, enough(words) - low) if words > 1 else 0, ahead, sense)


def _read_as(node: Node, asked: Node, needed: int, understanding: Understanding) -> str:
    enough_words = f" (at least {needed} of the words)" if needed else ""
    about = topics_sought(node)
    said, read_into = expressions_said(node), understanding.words()
    return (
        describe(asked)
        + enough_words
        + (f"; {said}" if said else "")
        + (f"; about {' or '.join(about)}" if about else "")
        + (f"; {read_into}" if read_into else "")
    )


def hits_of(rows: Iterable[tuple[float, bytes]], highlighter: Highlighter) -> Iterator[Hit]:
    """Yield the hits that rows of an index (score and payload) stand for."""
    for score, payload in rows:
        row = json.loads(payload)
        snippet, highlights = highlighter.snippet(row["text"], row["starts"], row["breaks"])
        yield Hit(score=round(score, 4), snippet=snippet, highlights=highlights, **shown_of(row))
