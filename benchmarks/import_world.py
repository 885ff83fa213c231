"""How fast real treaties are imported: read, parsed, stored and indexed.

usage: python benchmarks/import_world.py DATA [--jobs N]

DATA is a file of records (`.jsonl` or `.jsonl.gz` with id, title, text) or a folder of treaties. Prints treaties a
second by the clock, and by the seconds that the processors worked (what the clock would show on cores that nobody
else uses), the size of what was made, the memory of this process and of its largest helper (Linux only), and how long
a search takes as a fresh process over the result (median of nine).
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
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
        with Helpers() as helpers:
            report = import_files(repository, [options.data], jobs=options.jobs)
        seconds = time.perf_counter() - began
        print(report.summary())
        count = len(report.imported)
        print(f"{count / seconds:.1f} treaties a second ({seconds:.1f} s in all)")
        print(_worked(count, time.process_time(), helpers))
        own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{_megabytes(repository):.0f} MB on disk, {own:.0f} MB in memory here, {helpers.most()} in a helper")
        print(f"search as a fresh process: median {_fresh(repository) * 1000:.0f} ms")


def _megabytes(folder: Path) -> float:
    return sum(f.stat().st_size for f in folder.rglob("*") if f.is_file()) / 1e6


def _worked(count: int, here: float, helpers: "Helpers") -> str:
    cores = os.cpu_count() or 1
    total = here + sum(helpers.seconds.values())
    each = 1000 * total / max(count, 1)
    return (
        f"{here:.1f} s of a processor here, {total - here:.1f} s in helpers: {each:.1f} ms a treaty, "
        f"{cores * 1000 / each:.0f} a second on {cores} free cores"
    )


class Helpers(threading.Thread):
    """Watches the processes below this one: seconds of a processor and peak of memory (MB) of each, by process id.

    They are asked while they live, because those of a fork server are not counted with the children of this process.
    """

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.seconds: dict[int, float] = {}
        self.peaks: dict[int, float] = {}
        self._over = threading.Event()

    def __enter__(self) -> "Helpers":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self.join()

    def run(self) -> None:
        """Look again and again until the block ends."""
        tick = os.sysconf("SC_CLK_TCK")
        while not self._over.wait(0.2):
            parents = {int(p.name): fields for p in Path("/proc").glob("[0-9]*") if (fields := _stat(p))}
            for pid, fields in parents.items():
                if pid != os.getpid() and _is_below(pid, parents):
                    self.seconds[pid] = (int(fields[11]) + int(fields[12])) / tick
                    self.peaks[pid] = max(self.peaks.get(pid, 0.0), _peak(pid))

    def most(self) -> str:
        """Return the memory of the largest helper."""
        return f"{max(self.peaks.values()):.0f} MB" if self.peaks else "unknown memory"


def _stat(process: Path) -> list[str]:
    """Return the fields of a process from its state on, [] where it is gone."""
    try:
        return (process / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return []


def _is_below(pid: int, parents: dict[int, list[str]]) -> bool:
    while pid in parents:
        if pid == os.getpid():
            return True
        pid = int(parents[pid][1])
    return False


def _peak(pid: int) -> float:
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM")), 0.0)


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
