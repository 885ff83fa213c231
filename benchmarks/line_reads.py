"""How often each line of a text is looked at for a head, a marker or an item while it is parsed; once is the aim.

usage: python benchmarks/line_reads.py FIXTURES

FIXTURES is a folder with `*.txt` and `*.html` files. For each function that runs such a pattern, the table gives its
calls, the different lines or blocks that it was called for, and how often it ran for each: a block that is cut or
replaced is a new one. A cached answer is no call.
"""

import argparse
import sys
from collections import Counter
from pathlib import Path
from types import CodeType, FrameType

from agreements.languages import head_words
from agreements.parsing import heads, markers, parse
from agreements.reading import read, wrapping

READS = {  # what runs a pattern over the start of a line, and the argument that holds the line
    "head of a block": (heads._read.__code__, "block"),
    "marker of a block": (markers._read.__code__, "block"),
    "marker of a text": (markers.marker_of.__code__, "text"),
    "words of a head": (head_words.__code__, "text"),
    "line that is a head": (wrapping.is_head.__wrapped__.__code__, "text"),
    "line that is an item": (wrapping.is_item.__wrapped__.__code__, "text"),
}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("fixtures", type=Path)
    folder = parser.parse_args().fixtures
    for suffix in ("txt", "html"):
        counts = counted([path for path in sorted(folder.glob(f"*.{suffix}")) if "." not in path.stem])
        print(f"{suffix:<22}  calls  lines  each  most")
        for name, found in counts.items():
            calls = sum(found.values())
            each = calls / max(1, len(found))
            print(f"{name:<22}{calls:>7}{len(found):>7}{each:>6.2f}{max(found.values(), default=0):>6}")


def counted(paths: list[Path]) -> dict[str, Counter[tuple[int, object]]]:
    """Return for each of `READS` how often it ran for each line of the files at `paths`."""
    names: dict[CodeType, tuple[str, str]] = {code: (name, argument) for name, (code, argument) in READS.items()}
    counts: dict[str, Counter[tuple[int, object]]] = {name: Counter() for name in READS}
    number = 0

    def seen(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code in names:
            name, argument = names[frame.f_code]
            line = frame.f_locals[argument]
            held = line if isinstance(line, str) else (line.start, line.number, line.text)
            counts[name][number, held] += 1

    for number, path in enumerate(paths):  # noqa: B007  (read by `seen`)
        sys.setprofile(seen)
        try:
            parse(read(path), id="counted")
        finally:
            sys.setprofile(None)
    return counts


if __name__ == "__main__":
    main()
