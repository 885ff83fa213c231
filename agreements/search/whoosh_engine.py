"""The engine in pure Python: whoosh. The only module that knows it.

Slower by far than the default, but it runs wherever Python does. Terms, patterns and ranges are whoosh's own
queries; how they combine (so many of several, words near each other in any order) is made here from its matchers,
so that a clause means the same as on every other engine.
"""

import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import reduce
from itertools import permutations
from pathlib import Path
from typing import Any

from agreements.errors import IndexWriteError
from agreements.search.clauses import (
    Between,
    Bool,
    Clause,
    Close,
    Every,
    Flat,
    KeywordClause,
    Like,
    Near,
    TermClause,
    Weighed,
)
from agreements.search.engine import RankedRows, Sort
from agreements.search.fields import KEYWORD_FIELDS, LATEST, SIGNED, TEXT_FIELDS, WORD_FIELDS, IndexRow

with warnings.catch_warnings():  # its source has escapes that newer Pythons warn of when it is first compiled
    warnings.simplefilter("ignore")
    import whoosh
    from whoosh import fields, index, matching, query
    from whoosh.analysis import RegexTokenizer

_MEMORY = 128  # megabytes of the writer
_MOST_REMOVED = 0.1  # of the rows
_LONGEST_UNORDERED = 4  # words: every order of them is tried
_NOTHING = 1e-9  # whoosh takes a score of 0 for none given, and gives 1
_SEPARATOR = "\x1f"


class Whoosh:
    """Writes and opens whoosh indexes."""

    name = "whoosh"

    def version(self) -> str:
        """Return the version of the whoosh package."""
        return str(whoosh.versionstring())

    @contextmanager
    def writing(self, folder: Path) -> Iterator["WhooshWriter"]:
        """Open `folder` for one batch; see `Engine`."""
        folder.mkdir(parents=True, exist_ok=True)
        opened = index.open_dir(folder) if index.exists_in(folder) else index.create_in(folder, _schema())
        try:
            writer = WhooshWriter(opened)
        except index.LockError as error:
            opened.close()
            raise IndexWriteError(
                "another program is writing it", hint="Try again when it has finished.", busy=True
            ) from error
        try:
            yield writer
            writer.end(keep=True)
        except BaseException:
            writer.end(keep=False)
            raise
        finally:
            opened.close()

    def open(self, folder: Path) -> "WhooshReader":
        """Open the index in `folder`; see `Engine`."""
        try:
            return WhooshReader(index.open_dir(folder))
        except index.IndexError as error:
            raise ValueError(str(error)) from error


class WhooshWriter:
    """One batch of changes."""

    def __init__(self, opened: Any) -> None:
        self._index = opened
        self._writer = opened.writer(limitmb=_MEMORY)
        self._added: set[str] = set()

    def drop(self, agreement: str) -> None:
        """Remove the rows of `agreement`."""
        if agreement in self._added:  # whoosh drops only what was there before the writer opened
            self.end(keep=True)
            self._writer = self._index.writer(limitmb=_MEMORY)
            self._added.clear()
        self._writer.delete_by_term("agreement", agreement)

    def add(self, row: IndexRow) -> None:
        """Add `row`."""
        self._added.update(row.keywords["agreement"])
        keywords = {field: _SEPARATOR.join(values) for field, values in row.keywords.items() if values}
        signed = {SIGNED: list(row.signed)} if row.signed else {}
        self._writer.add_document(
            **row.texts, **row.words, **keywords, **signed, **{LATEST: row.latest}, payload=row.payload
        )

    def end(self, *, keep: bool) -> None:
        """Commit or cancel what was done since the writer opened.

        What was removed stays on the disk until its segment is written anew: done when it is a share that shows.
        """
        if keep:
            reader = self._writer.reader()
            removed = reader.doc_count_all() - reader.doc_count()
            reader.close()
            self._writer.commit(optimize=removed > _MOST_REMOVED * self._index.doc_count())
        else:
            self._writer.cancel()


class WhooshReader:
    """A snapshot of a whoosh index."""

    def __init__(self, opened: Any) -> None:
        self._index = opened
        self._searcher = opened.searcher()

    def search(self, clause: Clause, *, limit: int, offset: int = 0, sort: Sort = "relevance") -> RankedRows:
        """Return the rows that match `clause`; see `Reader`."""
        asked = _compiled(clause)
        total = sum(1 for _ in self._searcher.docs_for_query(asked))
        if not limit or not total:
            return RankedRows(total, [])
        by_date = {"sortedby": LATEST, "reverse": True} if sort == "date" else {}
        found = self._searcher.search(asked, limit=limit + offset, optimize=False, **by_date)
        rows = [
            (0.0 if sort == "date" else float(hit.score), bytes(hit["payload"]))
            for hit in found[offset : offset + limit]
        ]
        return RankedRows(total, rows)

    def facets(self, clause: Clause, fields: Iterable[str]) -> dict[str, dict[str, int]]:
        """Return how many matching rows have each value; see `Reader`."""
        matching_rows = set(self._searcher.docs_for_query(_compiled(clause)))
        reader = self._searcher.reader()
        out: dict[str, dict[str, int]] = {}
        for field in fields:
            counts = {
                value.decode(): sum(1 for row in reader.postings(field, value).all_ids() if row in matching_rows)
                for value in reader.lexicon(field)
            }
            out[field] = dict(sorted(((v, n) for v, n in counts.items() if n), key=lambda x: (-x[1], x[0])))
        return out

    def frequency(self, field: str, term: str) -> int:
        """Return in how many rows `term` stands in `field`."""
        return int(self._searcher.reader().doc_frequency(field, term))

    def vocabulary(self, field: str, prefix: str, limit: int | None = None) -> list[tuple[str, int]]:
        """Return the terms of `field` that begin with `prefix`, the most frequent first."""
        reader = self._searcher.reader()
        terms = [(t.decode(), int(reader.doc_frequency(field, t))) for t in reader.expand_prefix(field, prefix)]
        return sorted(terms, key=lambda x: (-x[1], x[0]))[:limit]

    def close(self) -> None:
        """Let go of files."""
        self._searcher.close()
        self._index.close()


def _schema() -> Any:
    words = RegexTokenizer(r"\S+")
    values = RegexTokenizer(rf"[^{_SEPARATOR}]+")
    columns: dict[str, Any] = {name: fields.TEXT(analyzer=words, phrase=True) for name in TEXT_FIELDS}
    columns |= {name: fields.KEYWORD(analyzer=words) for name in WORD_FIELDS}
    columns |= {name: fields.KEYWORD(analyzer=values) for name in KEYWORD_FIELDS}
    columns |= {SIGNED: fields.NUMERIC(int), LATEST: fields.NUMERIC(int, sortable=True), "payload": fields.STORED}
    return fields.Schema(**columns)


class _Combined(query.Query):  # type: ignore[misc]  # whoosh has no types
    """A query whose matcher `make` puts together from those of `parts`, of which it can have as many as it needs.

    (Matchers are used up by walking through them, and not all of whoosh's can be copied.)
    """

    def __init__(self, parts: Sequence[Any], make: Callable[[Callable[[], list[Any]]], Any]) -> None:
        self.boost = 1.0
        self._parts = parts
        self._make = make

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        return self._make(lambda: [part.matcher(searcher, context) for part in self._parts])

    def estimate_size(self, reader: Any) -> int:
        return int(reader.doc_count_all())


def _compiled(clause: Clause) -> Any:  # noqa: C901, PLR0911 (one branch for each kind of clause)
    match clause:
        case TermClause(field=field, term=term):
            return query.Term(field, term)
        case Near(field=field, terms=terms, slop=0):
            return query.Phrase(field, list(terms))
        case Near(field=field, terms=terms):
            return _Combined([query.Term(field, term) for term in terms], lambda fresh: _near(fresh, clause))
        case Like(field=field, pattern=pattern):
            return query.Wildcard(field, pattern)
        case Close(field=field, word=word, distance=distance):
            return query.FuzzyTerm(field, word, maxdist=distance, prefixlength=0)
        case KeywordClause(field=field, value=value):
            return query.ConstantScoreQuery(query.Term(field, value), _NOTHING)
        case Between(field=field, first=first, last=last):
            return query.ConstantScoreQuery(query.NumericRange(field, first, last), _NOTHING)
        case Every():
            return query.ConstantScoreQuery(query.Every(), _NOTHING)
        case Weighed(clause=inner, weight=0.0):
            return query.ConstantScoreQuery(_compiled(inner), _NOTHING)
        case Weighed(clause=inner, weight=weight):
            return _Combined([_compiled(inner)], lambda fresh: matching.WrappingMatcher(fresh()[0], boost=weight))
        case Flat(clause=inner, score=score):
            return query.ConstantScoreQuery(_compiled(inner), score or _NOTHING)
        case Bool():
            return _bool(clause)


def _bool(clause: Bool) -> Any:
    groups = [clause.must, clause.should, clause.never]
    must, should = len(clause.must), len(clause.must) + len(clause.should)

    def make(fresh: Callable[[], list[Any]]) -> Any:
        parts = fresh()
        wanted = _any(parts[must:should])
        if clause.at_least > 1 and wanted.is_active():
            wanted = matching.FilterMatcher(wanted, _rows_with(fresh()[must:should], clause.at_least))
        if not must:
            found = wanted
        elif clause.at_least:
            found = _all([*parts[:must], wanted])
        else:
            found = _all(parts[:must])
            if found.is_active() and wanted.is_active():
                found = matching.AndMaybeMatcher(found, wanted)
        unwanted = _any(parts[should:])
        if found.is_active() and unwanted.is_active():
            found = matching.FilterMatcher(found, set(unwanted.all_ids()), exclude=True)
        return found

    return _Combined([_compiled(c) for group in groups for c in group], make)


def _all(parts: Sequence[Any]) -> Any:
    if not all(part.is_active() for part in parts):
        return matching.NullMatcher()
    return reduce(matching.IntersectionMatcher, parts)


def _any(parts: Sequence[Any]) -> Any:
    active = [part for part in parts if part.is_active()]
    return reduce(matching.UnionMatcher, active) if active else matching.NullMatcher()


def _rows_with(parts: Sequence[Any], at_least: int) -> set[int]:
    counts = Counter(row for part in parts if part.is_active() for row in part.all_ids())
    return {row for row, count in counts.items() if count >= at_least}


def _near(fresh: Callable[[], list[Any]], near: Near) -> Any:
    """Match rows in which the terms, one matcher for each, stand with at most `slop` others between them."""
    parts = fresh()
    together = _all(parts)
    if not together.is_active():
        return together
    places = [_positions(part) for part in fresh()]
    unordered = not near.ordered and len(parts) <= _LONGEST_UNORDERED
    rows = set.intersection(*(set(p) for p in places))
    kept = {
        row
        for row in rows
        if any(_in_order(order, near.slop) for order in _orders([p[row] for p in places], every=unordered))
    }
    return matching.FilterMatcher(together, kept)


def _positions(part: Any) -> dict[int, list[int]]:
    out: dict[int, list[int]] = {}
    while part.is_active():
        out[part.id()] = part.value_as("positions")
        part.next()
    return out


def _orders(places: Sequence[list[int]], *, every: bool) -> Iterable[Sequence[list[int]]]:
    return permutations(places) if every else [places]


def _in_order(places: Sequence[list[int]], slop: int) -> bool:
    """Whether one position of each can be chosen, each after the one before, with few others between."""
    for first in places[0]:
        last = first
        for following in places[1:]:
            last = next((p for p in following if p > last), -1)
            if last < 0:
                break
        if last >= 0 and last - first + 1 - len(places) <= slop:
            return True
    return False
