"""How fast an index is built, against its peers, in one run over the same provisions.

usage: python benchmarks/build.py DATA [--treaties N] [--rounds N] [--without-whoosh]

DATA is a file of records (`.jsonl` or `.jsonl.gz` with id, title, text). Three things are timed, in turn, each as many
times as there are rounds, and the best time counts:

    indexing alone   rows that stand ready are put into our index of paragraphs
    bare tantivy     the same provisions as plain texts, the same text fields and facets, one writer thread
    from files       `index --rebuild` of a repository: files read, topics found, words analysed, both levels written

and once whoosh (one field, a twentieth of the provisions). Rates are provisions a second by the clock and by the time
of the processor, which other work on the machine does not touch. From files all cores are used.
"""

import argparse
import shutil
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import peers
from world import agreements, paragraphs, plain, prepared, records

from agreements.library import import_files, refresh_index
from agreements.search.engine import DEFAULT, engine
from agreements.search.fields import IndexRow

PART_OF_WHOOSH = 20


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--treaties", type=int, default=240)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--without-whoosh", action="store_true")
    options = parser.parse_args()
    found = list(agreements(options.data, options.treaties))
    rows = [row for own in prepared(found).values() for row in paragraphs(own)]
    plains = [plain(row) for row in rows]
    print(f"{len(rows)} provisions of {len(found)} agreements")
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        root = Path(folder)
        repository = _repository(root, options.data, options.treaties)
        timed = {
            "bare tantivy": lambda at: peers.fill_tantivy(at, plains),
            "indexing alone": lambda at: _fill(at, rows),
            "from files": lambda at: refresh_index(repository, rebuild=True),
        }
        rates = {name: _best(run, root / name, options.rounds, len(rows)) for name, run in timed.items()}
        if not options.without_whoosh:
            part = plains[::PART_OF_WHOOSH]
            rates["whoosh"] = _best(lambda at: peers.fill_whoosh(at, part), root / "whoosh", 1, len(part))
        _report(rates)


def _repository(root: Path, data: Path, treaties: int) -> Path:
    """Import the first treaties of `data`, without the time that it takes."""
    texts = root / "texts"
    texts.mkdir()
    for name, text in records(data, treaties):
        (texts / f"{name}.txt").write_text(text, encoding="utf-8")
    import_files(root / "repository", [texts])
    return root / "repository"


def _fill(folder: Path, rows: Sequence[IndexRow]) -> None:
    with engine(DEFAULT).writing(folder) as writer:
        for row in rows:
            writer.add(row)


def _best(run: Callable[[Path], object], folder: Path, rounds: int, count: int) -> tuple[float, float]:
    """Return the provisions a second by the clock and by the processor, in the best of the rounds."""
    best_clock = best_processor = float("inf")
    for _ in range(rounds):
        shutil.rmtree(folder, ignore_errors=True)
        clock, processor = time.perf_counter(), time.process_time()
        run(folder)
        best_clock = min(best_clock, time.perf_counter() - clock)
        best_processor = min(best_processor, time.process_time() - processor)
    return count / best_clock, count / best_processor


def _report(rates: Mapping[str, tuple[float, float]]) -> None:
    bare_clock, bare_processor = rates["bare tantivy"]
    for name, (clock, processor) in rates.items():
        print(
            f"{name:15} {clock:8.0f} a second, {clock / bare_clock:.3f} of bare tantivy's rate; "
            f"{processor:8.0f} a second of the processor, {processor / bare_processor:.3f}"
        )


if __name__ == "__main__":
    main()
