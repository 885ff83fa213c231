"""How fast documents are read: PDF against bare text extraction by pypdfium2, plain text in megabytes a second.

usage: python benchmarks/reading.py FIXTURES [--collection TREATIES.jsonl.gz] [--rounds N] [--pages N]

FIXTURES is a folder with `*.txt`, one-column `*.pdf` and two-language `*.pdf2.pdf` files; `*.scan.pdf` are left out.
A collection gives more plain text. Every row is the median of rounds that take turns with the bare extraction in
the same process, so that a machine that slows down slows both. Seconds are of the processor (user and system) and of
the clock. One long file of N pages, put together from the one-column files, is read in a process of its own, whose
peak of memory is printed.
"""

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pypdfium2

from agreements.garbage import collecting_rarely
from agreements.intake.files import ParsedFile, parse_file
from agreements.parsing import parse
from agreements.reading import read, read_text, records

Work = Callable[[], object]
_RECORDS = 150  # of a collection
_MEGA = 1e6


def main() -> None:
    options = _options()
    if options.long:
        _long(options.fixtures)
        return
    kinds = {"one column": _one_column(options.fixtures), "two languages": sorted(options.fixtures.glob("*.pdf2.pdf"))}
    print("PDF               pages   bare/s   read/s  parsed/s  share read  parsed   clock")
    for name, files in kinds.items():
        _print_pages(name, files, options.rounds)
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        path = Path(folder) / "long.pdf"
        _put_together(kinds["one column"], path, options.pages)
        _print_pages(f"{options.pages} pages", [path], max(1, options.rounds // 3))
        command = [sys.executable, __file__, str(path), "--long"]
        print(subprocess.run(command, check=True, capture_output=True, text=True).stdout, end="")
    texts = [path.read_text(encoding="utf-8") for path in sorted(options.fixtures.glob("*.txt"))]
    print("\nplain text           MB  read MB/s  parsed MB/s   clock")
    _print_text("one to a file", texts, options.rounds)
    if options.collection:
        found = [r.text for r, _ in zip(records(options.collection), range(_RECORDS), strict=False) if r.text]
        _print_text("a collection", found, max(1, options.rounds // 3))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("fixtures", type=Path)
    parser.add_argument("--collection", type=Path, default=None)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--pages", type=int, default=500)
    parser.add_argument("--long", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def _one_column(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.glob("*.pdf")) if "." not in path.stem]


def _put_together(files: Sequence[Path], target: Path, pages: int) -> None:
    """Write a PDF of `pages` pages to `target`, those of `files` again and again."""
    whole = pypdfium2.PdfDocument.new()
    while len(whole) < pages:
        for path in files:
            part = pypdfium2.PdfDocument(path)
            whole.import_pages(part, list(range(len(part)))[: pages - len(whole)] or [0])
            part.close()
    whole.save(target)
    whole.close()


# ---------------------------------------------------------------------- what is timed


def _bare(files: Sequence[Path]) -> int:
    """Return the number of pages, after their text was taken out by pypdfium2 and nothing else was done."""
    pages = 0
    for path in files:
        document = pypdfium2.PdfDocument(path)
        for page in document:
            text_page = page.get_textpage()
            text_page.get_text_range()
            text_page.close()
            page.close()
            pages += 1
        document.close()
    return pages


def _parsed(path: Path) -> ParsedFile:
    return parse_file(path)


def _print_pages(name: str, files: Sequence[Path], rounds: int) -> None:
    pages = _bare(files)
    bare, taken, parsed = _turns(
        rounds, lambda: _bare(files), lambda: [read(f) for f in files], lambda: [_parsed(f) for f in files]
    )
    read_share, parsed_share, clock = (
        statistics.median(a[at] / b[at] for a, b in zip(bare, other, strict=True))
        for other, at in ((taken, 0), (parsed, 0), (parsed, 1))
    )
    speeds = (pages / statistics.median(cpu for cpu, _ in times) for times in (bare, taken, parsed))
    print(f"{name:<16}{pages:>7}" + "{:>9.0f}{:>9.0f}{:>10.0f}".format(*speeds), end="")
    print(f"{read_share:>12.2f}{parsed_share:>8.2f}{clock:>8.2f}")


def _print_text(name: str, texts: Sequence[str], rounds: int) -> None:
    size = sum(len(text.encode()) for text in texts) / _MEGA
    with collecting_rarely():  # as an import does
        taken, parsed = _turns(
            rounds,
            lambda: [read_text(text) for text in texts],
            lambda: [parse(read_text(text), id="bench") for text in texts],
        )
    read_speed, parsed_speed = (size / statistics.median(cpu for cpu, _ in times) for times in (taken, parsed))
    clock = size / statistics.median(wall for _, wall in parsed)
    print(f"{name:<16}{size:>7.2f}{read_speed:>11.1f}{parsed_speed:>13.1f}{clock:>8.1f}")


def _turns(rounds: int, *works: Work) -> tuple[list[tuple[float, float]], ...]:
    """Return processor and clock seconds of each of `works` in every round, after one round that is not counted."""
    for work in works:
        work()
    rows = [[_seconds(work) for work in works] for _ in range(rounds)]
    return tuple(list(column) for column in zip(*rows, strict=True))


def _seconds(work: Work) -> tuple[float, float]:
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    return time.process_time() - cpu, time.perf_counter() - wall


def _long(path: Path) -> None:
    began = time.perf_counter()
    _parsed(path)
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"the long file in a fresh process: {seconds:.1f} s, at most {peak:.0f} MB in memory")


if __name__ == "__main__":
    main()
