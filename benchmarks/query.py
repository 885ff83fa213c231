"""How fast the index is built and asked, against its peers, in one run on the same provisions.

usage: python benchmarks/query.py DATA [--treaties N] [--provisions N] [--without-whoosh]

DATA is a file of records (`.jsonl` or `.jsonl.gz` with id, title, text). The provisions are those of our own cut;
`--provisions` repeats them with edits up to so many. Peers: tantivy as it comes (English stemmer, one field of text,
ten stored texts), SQLite FTS5 (porter, ten snippets), whoosh (stemming, ten highlights; a tenth of the provisions).
Ours: ten hits with highlights, facets, citation. Absolute figures move from machine to machine; ratios count.
"""

import argparse
import gzip
import json
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import tantivy
from whoosh import fields as whoosh_fields
from whoosh import index as whoosh_index
from whoosh.analysis import StemmingAnalyzer
from whoosh.qparser import OrGroup, QueryParser

from agreements.errors import AgreementsError
from agreements.model import Agreement
from agreements.parsing import parse
from agreements.reading import read_text
from agreements.search import Index, Searcher
from agreements.search.batch import Batch
from agreements.search.units import units_of

QUERIES = (
    "claims", "customs duties", "criminal jurisdiction", "entry into force notification", "taxation of income",
    "employment of local labour", "settlement of disputes by arbitration", "diplomatic channels", "extradition",
    "privileges and immunities", "protection of investments", "transfer of property",
)  # fmt: skip
PHRASES = ('"entry into force"', '"shall not be subject to"', '"competent authorities"')
Ask = Callable[[str], object]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--treaties", type=int, default=720)
    parser.add_argument("--provisions", type=int, default=0)
    parser.add_argument("--without-whoosh", action="store_true")
    options = parser.parse_args()
    agreements = list(_agreements(options.data, options.treaties))
    texts = [u.text for a in agreements for u in units_of(a) if "paragraph" in u.levels]
    times = max(1, -(-options.provisions // len(texts)))
    texts = [_edited(text, copy) for copy in range(times) for text in texts]
    print(f"{len(texts)} provisions, {sum(map(len, texts)) / 1e6:.1f} M characters\n")
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        root = Path(folder)
        _report("ours", *_ours(root / "ours", agreements, times))
        _report("tantivy", *_tantivy(root / "tantivy", texts))
        _report("sqlite fts5", *_sqlite(root / "fts.db", texts))
        if not options.without_whoosh:
            _report("whoosh (a tenth)", *_whoosh(root / "whoosh", texts[::10]))


_MEDIANS: dict[str, float] = {}


def _report(name: str, seconds: float, count: int, ask: Ask) -> None:
    """Print rate of building, median and p95 of asking, and how ours compares."""
    taken = []
    for query in (*QUERIES, *PHRASES):
        ask(query)
        for _ in range(3):
            began = time.perf_counter()
            ask(query)
            taken.append((time.perf_counter() - began) * 1000)
    median, p95 = statistics.median(taken), sorted(taken)[int(len(taken) * 0.95)]
    _MEDIANS[name] = median
    ratio = f"ours takes {_MEDIANS['ours'] / median:.2f} of its time" if name != "ours" else ""
    built = f"build {seconds:6.1f} s {count / seconds:8.0f}/s"
    print(f"{name:17} {built}   query median {median:7.2f} ms  p95 {p95:7.2f}  {ratio}")


def _agreements(data: Path, most: int) -> Iterator[Agreement]:
    opener = gzip.open if data.suffix == ".gz" else open
    with opener(data, "rt", encoding="utf-8") as lines:
        for line in islice(lines, most):
            record = json.loads(line)
            try:
                yield parse(read_text(record["text"], name=record["id"]), id=record["id"]).agreement
            except AgreementsError as error:
                print(f"{record['id']}: {error}")


def _edited(text: str, copy: int) -> str:
    return text if not copy else f"{text} edition{copy}"


def _ours(folder: Path, agreements: Sequence[Agreement], times: int) -> tuple[float, int, Ask]:
    index = Index(folder)
    began = time.perf_counter()
    with index.building() as batch:
        for copy in range(times):
            for agreement in agreements:
                _put(batch, agreement, copy)
        count = batch.provisions
    seconds = time.perf_counter() - began
    return seconds, count, Searcher(folder).search


def _put(batch: Batch, agreement: Agreement, copy: int) -> None:
    batch.put(agreement if not copy else agreement.model_copy(update={"id": f"{agreement.id}-{copy}"}))


def _tantivy(folder: Path, texts: Sequence[str]) -> tuple[float, int, Ask]:
    folder.mkdir()
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("text", stored=True, tokenizer_name="en_stem")
    index = tantivy.Index(builder.build(), path=str(folder))
    began = time.perf_counter()
    writer = index.writer(128_000_000, 1)
    for text in texts:
        writer.add_document(tantivy.Document(text=text))
    writer.commit()
    writer.wait_merging_threads()
    seconds = time.perf_counter() - began
    index.reload()
    searcher = index.searcher()

    def ask(query: str) -> object:
        found = searcher.search(index.parse_query(query, ["text"]), 10)
        return [searcher.doc(address).get_first("text") for _, address in found.hits]

    return seconds, len(texts), ask


def _sqlite(file: Path, texts: Sequence[str]) -> tuple[float, int, Ask]:
    database = sqlite3.connect(file)
    database.execute("create virtual table units using fts5(text, tokenize='porter unicode61')")
    began = time.perf_counter()
    with database:
        database.executemany("insert into units values (?)", ((text,) for text in texts))
    seconds = time.perf_counter() - began
    asked = "select snippet(units, 0, '[', ']', '...', 40) from units where units match ? order by rank limit 10"

    def ask(query: str) -> object:
        match = query if query.startswith('"') else " OR ".join(f'"{word}"' for word in query.split())
        return database.execute(asked, (match,)).fetchall()

    return seconds, len(texts), ask


def _whoosh(folder: Path, texts: Sequence[str]) -> tuple[float, int, Ask]:
    folder.mkdir()
    schema = whoosh_fields.Schema(text=whoosh_fields.TEXT(analyzer=StemmingAnalyzer(), stored=True))
    index = whoosh_index.create_in(folder, schema)
    began = time.perf_counter()
    writer = index.writer(limitmb=256)
    for text in texts:
        writer.add_document(text=text)
    writer.commit()
    seconds = time.perf_counter() - began
    searcher, parser = index.searcher(), QueryParser("text", schema, group=OrGroup)

    def ask(query: str) -> object:
        return [hit.highlights("text") for hit in searcher.search(parser.parse(query), limit=10)]

    return seconds, len(texts), ask


if __name__ == "__main__":
    main()
