"""How fast real treaties are imported: read, parsed, stored and indexed.

usage: python benchmarks/import_world.py DATA [--jobs N]

DATA is a file of records (`.jsonl` or `.jsonl.gz` with id, title, text) or a folder of treaties. Prints treaties a
second, the size of what was made, the memory of this process and of its largest helper, and how long a search takes
as a fresh process over the result (median of nine).
"""

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from agreements.library import import_files

QUERIES = ("claims waiver", '"entry into force" AND notification', "who pays for damage to property?")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--jobs", type=int, default=None, help="processes that read (default: all cores)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        repository = Path(folder) / "repository"
        began = time.perf_counter()
        report = import_files(repository, [options.data], jobs=options.jobs)
        seconds = time.perf_counter() - began
        print(report.summary())
        print(f"{len(report.imported) / seconds:.1f} treaties a second ({seconds:.1f} s in all)")
        print(f"{_megabytes(repository):.0f} MB on disk, {_memory()}")
        print(f"search as a fresh process: median {_fresh(repository) * 1000:.0f} ms")


def _megabytes(folder: Path) -> float:
    return sum(f.stat().st_size for f in folder.rglob("*") if f.is_file()) / 1e6


def _memory() -> str:
    own, helper = (resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return f"{own:.0f} MB in memory here, {helper:.0f} MB in the largest helper"


def _fresh(repository: Path) -> float:
    times = []
    for query in QUERIES * 3:
        began = time.perf_counter()
        command = [sys.executable, "-m", "agreements", "--repo", str(repository), "--json", "search", query]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        times.append(time.perf_counter() - began)
    return statistics.median(times)


if __name__ == "__main__":
    main()
