"""What one changed agreement costs the index, and whether the index grows by it.

usage: python benchmarks/updates.py DATA [--provisions N] [--treaties N] [--updates N] [--engine E]

DATA is a file of records (`.jsonl` or `.jsonl.gz` with id, title, text); its first treaties are repeated with edits up
to so many provisions. One agreement is then changed again and again, each time with other words; prints the time of a
change by the clock and by the processor, and the size of the index beside that of one built anew of the same texts.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from world import agreements, prepared, repeated

from agreements.search import DEFAULT, Index
from agreements.search.batch import PreparedRows


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--provisions", type=int, default=200_000)
    parser.add_argument("--treaties", type=int, default=240, help="so many are read, then repeated")
    parser.add_argument("--updates", type=int, default=1000)
    parser.add_argument("--engine", default=DEFAULT)
    options = parser.parse_args()
    rows = prepared(list(agreements(options.data, options.treaties)))
    by_size = sorted(rows, key=lambda name: len(rows[name]))
    changed = f"{by_size[len(by_size) // 2]}-0"  # of middling size
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        index = Index(Path(folder, "updated"), options.engine)
        count = _build(index, repeated(rows, options.provisions))
        print(f"{count} provisions, {_size(index) / 1e6:.1f} MB", flush=True)
        own = next(own for name, own in repeated(rows, options.provisions) if name == changed)
        _change(index, changed, own, options.updates)
        fresh = Index(Path(folder, "fresh"), options.engine)
        last = _edited(own, options.updates)
        _build(fresh, ((n, last if n == changed else r) for n, r in repeated(rows, options.provisions)))
        ratio = _size(index) / _size(fresh)
        print(f"after {options.updates} changes: {_size(index) / 1e6:.1f} MB, {ratio:.3f} of an index built anew")


def _change(index: Index, name: str, own: PreparedRows, times: int) -> None:
    """Change the agreement `name` so many times, and print what it took."""
    clock, processor = [], []
    for number in range(1, times + 1):
        edited = _edited(own, number)
        began, worked = time.perf_counter(), time.process_time()
        with index.updating() as batch:
            batch.put_prepared(name, edited)
            batch.fingerprint = str(number)
        clock.append(time.perf_counter() - began)
        processor.append(time.process_time() - worked)
    p95 = sorted(clock)[int(len(clock) * 0.95)]
    print(
        f"one agreement of {len(own)} provisions changed: median {statistics.median(clock):.3f} s, p95 {p95:.3f} s, "
        f"longest {max(clock):.3f} s; {statistics.median(processor):.3f} s of the processor",
        flush=True,
    )


def _build(index: Index, all_rows: Iterable[tuple[str, PreparedRows]]) -> int:
    with index.building() as batch:
        for name, rows in all_rows:
            batch.put_prepared(name, rows)
        batch.fingerprint = "built"
    return batch.provisions


def _edited(own: PreparedRows, number: int) -> PreparedRows:
    """Return rows with a word more in every provision."""
    word = f" change{number}"
    return [(levels, replace(row, texts=row.texts | {"text": row.texts["text"] + word})) for levels, row in own]


def _size(index: Index) -> int:
    return sum(file.stat().st_size for file in index.folder.rglob("*") if file.is_file())


if __name__ == "__main__":
    main()
