"""The default engine: tantivy, through its Python package. The only module that knows it."""

import json
import os
import re
import stat
import struct
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import permutations
from pathlib import Path
from zlib import crc32

import tantivy
from tantivy import FieldType, Occur, Order, Query

from agreements.errors import IndexWriteError
from agreements.platform import is_full, why_not
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
from agreements.search.fields import FACETS, KEYWORD_FIELDS, LATEST, SIGNED, TEXT_FIELDS, WORD_FIELDS, IndexRow

_HEAP = 128_000_000  # bytes of the one writer thread
_MOST_VALUES = 2000
_TAIL, _MAGIC = struct.Struct("<II"), 1337  # length of what stands before, and what says that it does
_PARTS = frozenset((".fast", ".fieldnorm", ".idx", ".pos", ".store", ".term"))  # the files of every segment
_LONGEST_UNORDERED = 4  # words: every order of them is asked for


class Tantivy:
    """Writes and opens tantivy indexes."""

    name = "tantivy"

    def version(self) -> str:
        """Return the versions of tantivy and of its index format."""
        return str(getattr(tantivy, "__version__"))  # noqa: B009 (its type stubs leave it out)

    @contextmanager
    def writing(self, folder: Path) -> Iterator["TantivyWriter"]:
        """Open `folder` for one batch; see `Engine`."""
        folder.mkdir(parents=True, exist_ok=True)
        with _told(folder):
            index = tantivy.Index(_schema(), path=str(folder))
            writer = index.writer(_HEAP, 1)
        try:
            yield TantivyWriter(writer, folder)
            with _told(folder):
                writer.commit()
        except BaseException:
            with suppress(ValueError):  # a writer whose disk is full has ended: what was committed before stands
                writer.rollback()
            raise
        finally:
            with _told(folder):
                writer.wait_merging_threads()
        _let_others_read(folder)

    def open(self, folder: Path) -> "TantivyReader":
        """Open the index in `folder`; see `Engine`."""
        return TantivyReader(folder)

    def damage(self, folder: Path) -> str:
        """Compare every file of the segments in `folder` with the sum at its end; see `Summed`."""
        listed = json.loads((folder / "meta.json").read_bytes())["segments"]
        segments = [str(segment["segment_id"]).replace("-", "") for segment in listed]
        parts = {segment: sorted(folder.glob(f"{segment}.*")) for segment in segments}
        lost = [f"{segment}{each}" for segment, paths in parts.items() for each in _PARTS - {p.suffix for p in paths}]
        if lost:
            return f"missing: {', '.join(sorted(lost))}"
        stands = {path.name: _is_as_written(path) for paths in parts.values() for path in paths}
        if stands and not any(stands.values()):
            raise ValueError("no file ends with a sum of the known form")
        broken = sorted(name for name, whole in stands.items() if not whole)
        return f"not as it was written: {', '.join(broken)}" if broken else ""


def _is_as_written(path: Path) -> bool:
    """Whether the sum that tantivy wrote at the end of a file (`{"crc": ...}`, its length, 1337) is that of it."""
    content = memoryview(path.read_bytes())
    if len(content) < _TAIL.size:
        return False
    length, magic = _TAIL.unpack_from(content, len(content) - _TAIL.size)
    ends = len(content) - _TAIL.size - length
    if magic != _MAGIC or ends < 0:
        return False
    try:
        said = json.loads(bytes(content[ends : len(content) - _TAIL.size]))["crc"]
    except (ValueError, KeyError, TypeError):
        return False
    return bool(said == crc32(content[:ends]))


class TantivyWriter:
    """One batch: a fresh writer, so that nothing of an earlier batch stays behind on the disk."""

    def __init__(self, writer: tantivy.IndexWriter, folder: Path) -> None:
        self._writer = writer
        self._folder = folder

    def drop(self, agreement: str) -> None:
        """Remove the rows of `agreement`; raises `IndexWriteError`."""
        with _told(self._folder):
            self._writer.delete_documents_by_term("agreement", agreement)

    def add(self, row: IndexRow) -> None:
        """Add `row`; raises `IndexWriteError`."""
        document = _document(row)
        with _told(self._folder):
            self._writer.add_document(document)


class TantivyReader:
    """A snapshot of a tantivy index."""

    def __init__(self, folder: Path) -> None:
        index = tantivy.Index.open(str(folder))
        self._schema = index.schema
        self._searcher = index.searcher()

    def search(self, clause: Clause, *, limit: int, offset: int = 0, sort: Sort = "relevance") -> RankedRows:
        """Return the rows that match `clause`; see `Reader`."""
        if not limit and isinstance(clause, Every):
            return RankedRows(self._searcher.num_docs, [])
        query = self._compiled(clause)
        limit = min(limit, self._searcher.num_docs)  # room is made for as many as are asked for
        if not limit:
            return RankedRows(_count(self._searcher.search(query, 1)), [])
        if sort == "date":
            found = self._searcher.search(query, limit, offset=offset, order_by_field=LATEST, order=Order.Desc)
        else:
            found = self._searcher.search(query, limit, offset=offset)
        rows = [(0.0 if sort == "date" else float(score), self._payload(address)) for score, address in found.hits]
        return RankedRows(_count(found), rows)

    def facets(self, clause: Clause, fields: Iterable[str]) -> dict[str, dict[str, int]]:
        """Return how many matching rows have each value; see `Reader`."""
        wanted = {f: {"terms": {"field": f, "size": _MOST_VALUES}} for f in fields}
        counted = self._searcher.aggregate(self._compiled(clause), wanted)
        return {
            field: {bucket["key"]: int(bucket["doc_count"]) for bucket in counted[field]["buckets"]} for field in wanted
        }

    def frequency(self, field: str, term: str) -> int:
        """Return in how many rows `term` stands in `field`."""
        return self._searcher.doc_freq(field, term)

    def vocabulary(self, field: str, prefix: str, limit: int | None = None) -> list[tuple[str, int]]:
        """Return the terms of `field` that begin with `prefix`, the most frequent first."""
        return self._searcher.terms_with_prefix(field, prefix, limit=limit)

    def close(self) -> None:
        """Let go of files."""
        del self._searcher

    def _payload(self, address: tantivy.DocAddress) -> bytes:
        return bytes(self._searcher.doc(address).get_first("payload") or b"{}")

    def _compiled(self, clause: Clause) -> Query:  # noqa: PLR0911 (one branch for each kind of clause)
        schema = self._schema
        match clause:
            case TermClause(field=field, term=term):
                return Query.term_query(schema, field, term, "position")
            case Near():
                return self._near(clause)
            case Like(field=field, pattern=pattern):
                return Query.regex_query(schema, field, _regex(pattern))
            case Close(field=field, word=word, distance=distance):
                return Query.fuzzy_term_query(schema, field, word, distance, transposition_cost_one=False)
            case KeywordClause(field=field, value=value):
                return Query.const_score_query(Query.term_query(schema, field, value, "basic"), 0.0)
            case Between(field=field, first=first, last=last):
                return Query.const_score_query(Query.range_query(schema, field, FieldType.Integer, first, last), 0.0)
            case Every():
                return Query.const_score_query(Query.all_query(), 0.0)
            case Bool():
                return self._bool(clause)
            case Weighed(clause=inner, weight=weight):
                compiled = self._compiled(inner)
                if weight == 0:
                    return Query.const_score_query(compiled, 0.0)
                return Query.boost_query(compiled, weight)
            case Flat(clause=inner, score=score):
                return Query.const_score_query(self._compiled(inner), score)

    def _near(self, near: Near) -> Query:
        unordered = near.slop and not near.ordered and len(near.terms) <= _LONGEST_UNORDERED
        orders = sorted(set(permutations(near.terms))) if unordered else [near.terms]
        # tantivy counts words out of order as further apart: asked for in every order, the window is exact
        phrases = [Query.phrase_query(self._schema, near.field, list(order), near.slop) for order in orders]
        return phrases[0] if len(phrases) == 1 else Query.disjunction_max_query(phrases)

    def _bool(self, clause: Bool) -> Query:
        parts = [(Occur.Must, self._compiled(c)) for c in clause.must]
        parts += [(Occur.Should, self._compiled(c)) for c in clause.should]
        parts += [(Occur.MustNot, self._compiled(c)) for c in clause.never]
        return Query.boolean_query(parts, clause.at_least if clause.should else None)


class _told:  # noqa: N801 - a block, quicker than one made of a generator: it stands around every row
    """A block in which what tantivy says in its own words is raised as an `IndexWriteError` that says why.

    It gives everything as a `ValueError`; a thread of it that died is known by its disk.
    """

    __slots__ = ("_folder",)

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __enter__(self) -> None:
        return

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        panicked = type(error).__name__ == "PanicException"  # of its bindings, which do not hand out the class
        if error is None or not (panicked or isinstance(error, (ValueError, OSError))):
            return
        words = str(error)
        if "LockBusy" in words:
            raise IndexWriteError(
                "another program is writing it", hint="Try again when it has finished.", busy=True
            ) from error
        raise IndexWriteError(_why(words, self._folder)) from error


def _why(words: str, folder: Path) -> str:
    """Return in few words what tantivy's own `words` come to."""
    if number := re.search(r"os error (\d+)|code: (\d+)", words):
        return why_not(OSError(int(number[1] or number[2]), os.strerror(int(number[1] or number[2]))))
    return "disk full" if is_full(folder) else " ".join(words.split())[:160].rstrip(".")


def _let_others_read(folder: Path) -> None:
    """Give the files of the index the rights of their folder: tantivy keeps two of them from everybody else."""
    if sys.platform != "win32":
        rights = stat.S_IMODE(folder.stat().st_mode) & 0o666
        for file in folder.glob("*.json"):
            with suppress(OSError):  # of another user, who has done so
                file.chmod(rights)


def _count(found: tantivy.SearchResult) -> int:
    return int(getattr(found, "count"))  # noqa: B009 (its type stubs leave it out)


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for field in TEXT_FIELDS:
        builder.add_text_field(field, tokenizer_name="whitespace", index_option="position")
    for field in WORD_FIELDS:
        builder.add_text_field(field, tokenizer_name="whitespace", index_option="basic")
    for field in KEYWORD_FIELDS:
        builder.add_text_field(field, tokenizer_name="raw", index_option="basic", fast=field in FACETS)
    builder.add_integer_field(SIGNED, indexed=True)
    builder.add_integer_field(LATEST, fast=True)
    builder.add_bytes_field("payload", stored=True)
    return builder.build()


def _document(row: IndexRow) -> tantivy.Document:
    document = tantivy.Document()
    add: Callable[[str, str], None] = document.add_text
    for field, text in row.texts.items():
        add(field, text)
    for field, text in row.words.items():
        add(field, text)
    for field, values in row.keywords.items():
        for value in values:
            add(field, value)
    for day in row.signed:
        document.add_integer(SIGNED, day)
    document.add_integer(LATEST, row.latest)
    document.add_bytes("payload", row.payload)
    return document


def _regex(pattern: str) -> str:
    return "".join({"*": ".*", "?": "."}.get(c) or re.escape(c) for c in pattern)
