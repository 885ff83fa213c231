"""How fast the index is asked, against its peers, in one run over the same provisions.

usage: python benchmarks/query.py DATA [--provisions N] [--treaties N] [--by paragraph|article] [--rounds N]
       [--whoosh PART] [--processor] [--show]

DATA is a file of records (`.jsonl` or `.jsonl.gz` with id, title, text); its first treaties are repeated with edits up
to so many provisions. Ours: ten hits with highlights, citations and facets. Peers: bare tantivy (its English stemmer,
ten stored texts and the same facets), SQLite FTS5 (porter, ten snippets), whoosh (ten highlights and the facets; slow
to fill, so it gets one provision of PART, and its time is not scaled up). Every query is asked of all in turn, round
after round, so that other work on the machine slows all alike; whoosh comes last, because what it leaves in the memory
slows whoever comes after it. Peers are spared the stop words that ours leaves out. `--processor` takes the time of the
processor in place of the clock's. Prints medians and 95th percentiles and what part of a peer's median ours is; then
the memory of a process that asks.
"""

import argparse
import gc
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

import peers
from world import Plain, agreements, paragraphs, plain, prepared, repeated

from agreements.search import Index, Searcher
from agreements.search.analysis import STOP_WORDS
from agreements.search.batch import PreparedRows

QUERIES = (
    "claims", "customs duties", "criminal jurisdiction", "entry into force notification", "taxation of income",
    "employment of local labour", "settlement of disputes by arbitration", "diplomatic channels", "extradition",
    "privileges and immunities", "protection of investments", "transfer of property", '"entry into force"',
    '"shall not be subject to"', '"competent authorities"',
)  # fmt: skip
_MEMORY = """
import sys
from pathlib import Path
from agreements.search import Searcher
searcher = Searcher(Path(sys.argv[1]))
for query in sys.argv[2:]:
    searcher.search(query)
for line in Path("/proc/self/smaps_rollup").read_text().splitlines():
    if line.startswith(("Rss", "Anonymous")):
        print(int(line.split()[1]) // 1024)
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--provisions", type=int, default=200_000)
    parser.add_argument("--treaties", type=int, default=240, help="so many are read, then repeated")
    parser.add_argument("--by", default="paragraph", choices=["paragraph", "article"])
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--whoosh", type=int, default=20, metavar="PART", help="one provision of so many for whoosh")
    parser.add_argument("--processor", action="store_true", help="time of the processor: for a busy machine")
    parser.add_argument("--show", action="store_true", help="one line for each query")
    options = parser.parse_args()
    rows = prepared(list(agreements(options.data, options.treaties)))
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        asked = _filled(Path(folder), rows, options.provisions, options.by, options.whoosh)
        gc.freeze()  # a process that only asks does not hold what was read above
        clock = time.process_time if options.processor else time.perf_counter
        last = {name: asked.pop(name) for name in list(asked) if name.startswith("whoosh")}
        taken = _taken(asked, options.rounds, clock) | _taken(last, 1, clock)
        if options.show:
            _show(taken)
        _report(taken)
        _memory(Path(folder) / "ours")


def _filled(root: Path, rows: dict[str, PreparedRows], provisions: int, by: str, part: int) -> dict[str, peers.Ask]:
    """Return what asks each program, all filled with the same provisions."""

    def told(name: str, fill: Callable[[], object]) -> None:
        began = time.perf_counter()
        fill()
        print(f"{name} filled in {time.perf_counter() - began:.0f} s", flush=True)

    def each() -> Iterator[Plain]:
        return (plain(row) for _, own in repeated(rows, provisions) for row in paragraphs(own))

    told("ours", lambda: _fill_ours(root / "ours", rows, provisions))
    told("tantivy", lambda: peers.fill_tantivy(root / "tantivy", each()))
    told("sqlite", lambda: peers.fill_sqlite(root / "fts.db", each()))
    told("whoosh", lambda: peers.fill_whoosh(root / "whoosh", islice(each(), 0, None, part)))
    searcher = Searcher(root / "ours")
    return {
        "ours": lambda query: searcher.search(query, by=by),
        "tantivy": peers.ask_tantivy(root / "tantivy"),
        "sqlite fts5": peers.ask_sqlite(root / "fts.db"),
        f"whoosh (1/{part})": peers.ask_whoosh(root / "whoosh"),
    }


def _fill_ours(folder: Path, rows: dict[str, PreparedRows], provisions: int) -> None:
    count = 0
    with Index(folder).building() as batch:
        for name, own in repeated(rows, provisions):
            batch.put_prepared(name, own)
            count += sum(1 for _ in paragraphs(own))
    print(f"{count} provisions")


def _taken(
    asked: Mapping[str, peers.Ask], rounds: int, clock: Callable[[], float]
) -> dict[str, dict[str, list[float]]]:
    """Return the milliseconds of each program for each query; the first round only warms up."""
    taken: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for number in range(rounds + 1):
        for query in QUERIES:
            for name, ask in asked.items():
                wanted = query if name == "ours" else _weighty(query)
                began = clock()
                ask(wanted)
                if number:
                    taken[name][query].append((clock() - began) * 1000)
    return taken


def _weighty(query: str) -> str:
    """Return `query` without the stop words outside phrases."""
    return query if query.startswith('"') else " ".join(w for w in query.split() if w not in STOP_WORDS)


def _show(taken: Mapping[str, Mapping[str, Sequence[float]]]) -> None:
    for query in QUERIES:
        medians = "  ".join(f"{name} {statistics.median(own[query]):.2f}" for name, own in taken.items())
        print(f"{query:36} {medians}")


def _report(taken: Mapping[str, Mapping[str, Sequence[float]]]) -> None:
    ours = 0.0
    for name, own in taken.items():
        times = sorted(t for row in own.values() for t in row)
        median, p95 = statistics.median(times), times[int(len(times) * 0.95)]
        ours = ours or median
        ratio = "" if name == "ours" else f"   ours takes {ours / median:.3f} of its median"
        print(f"{name:14} median {median:8.2f} ms  p95 {p95:8.2f} ms{ratio}")


def _memory(folder: Path) -> None:
    command = [sys.executable, "-c", _MEMORY, str(folder), *QUERIES]
    resident, private = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    print(f"a process that asked all of it: {private} MB of its own, {resident} MB resident with the index's pages")


if __name__ == "__main__":
    main()
