"""What one changed agreement costs the index, and whether the index grows by it.

usage: python benchmarks/updates.py DATA [--provisions N] [--updates N] [--engine E]

DATA is a file of records (`.jsonl` or `.jsonl.gz` with id, title, text), repeated up to so many provisions. One
agreement is then changed again and again, each time with other words; prints the time of a change (median, 95th
percentile) and the size of the index beside that of one built anew of the same texts.
"""

import argparse
import gzip
import itertools
import json
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from agreements.model import Agreement
from agreements.parsing import parse
from agreements.reading import read_text
from agreements.search import DEFAULT, Index
from agreements.search.batch import prepare


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--provisions", type=int, default=20_000)
    parser.add_argument("--updates", type=int, default=1000)
    parser.add_argument("--engine", default=DEFAULT)
    options = parser.parse_args()
    agreements = list(_agreements(options.data, options.provisions))
    changed = agreements[len(agreements) // 2]
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        index = Index(Path(folder, "updated"), options.engine)
        count = _build(index, agreements)
        print(f"{len(agreements)} agreements, {count} provisions, {_size(index) / 1e6:.1f} MB")
        taken = []
        for number in range(1, options.updates + 1):
            edited = _edited(changed, number)
            began = time.perf_counter()
            with index.updating() as batch:
                batch.put(edited)
                batch.fingerprint = str(number)
            taken.append(time.perf_counter() - began)
        p95 = sorted(taken)[int(len(taken) * 0.95)]
        print(
            f"one agreement of {batch.provisions} provisions changed: median {statistics.median(taken):.3f} s, ", end=""
        )
        print(f"p95 {p95:.3f} s, longest {max(taken):.3f} s")
        fresh = Index(Path(folder, "fresh"), options.engine)
        _build(fresh, [edited if a is changed else a for a in agreements])
        ratio = _size(index) / _size(fresh)
        print(f"after {len(taken)} changes: {_size(index) / 1e6:.1f} MB, {ratio:.3f} of an index built anew")


def _agreements(data: Path, provisions: int) -> Iterator[Agreement]:
    """Yield the agreements of `data`, again and again under other ids, until they have so many provisions."""
    held: list[tuple[Agreement, int]] = []
    count = 0
    for agreement in _read(data):
        held.append((agreement, sum("paragraph" in levels for levels, _ in prepare(agreement))))
        count += held[-1][1]
        yield agreement
        if count >= provisions:
            return
    for copy, (agreement, own) in ((c, h) for c in itertools.count(1) for h in held):
        yield agreement.model_copy(update={"id": f"{agreement.id}-{copy}"})
        count += own
        if count >= provisions:
            return


def _read(data: Path) -> Iterator[Agreement]:
    opener = gzip.open if data.suffix == ".gz" else open
    with opener(data, "rt", encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            yield parse(read_text(record["text"], name=record["id"]), id=record["id"]).agreement


def _build(index: Index, agreements: Sequence[Agreement]) -> int:
    with index.building() as batch:
        for agreement in agreements:
            batch.put(agreement)
        batch.fingerprint = "built"
    return batch.provisions


def _edited(agreement: Agreement, number: int) -> Agreement:
    """Return `agreement` with a word more in every provision that has text."""
    return agreement.model_validate(_with_word(agreement.model_dump(), f"edition{number}"))


def _with_word(value: object, word: str) -> object:
    if isinstance(value, dict):
        return {k: f"{v} {word}" if k == "text" and v else _with_word(v, word) for k, v in value.items()}
    return [_with_word(v, word) for v in value] if isinstance(value, list | tuple) else value


def _size(index: Index) -> int:
    return sum(file.stat().st_size for file in index.folder.rglob("*") if file.is_file())


if __name__ == "__main__":
    main()
