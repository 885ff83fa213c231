"""Plain text that keeps two printed columns side by side, as `pdftotext -layout` writes it: read column by column.

Each page is looked at by itself, because the columns stand elsewhere on each. They are believed where most lines
have words on both sides of one place, with blanks before it, and enough words for running text and no table.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from statistics import median

from agreements.reading.blocks import Line
from agreements.reading.wrapping import is_head

_SECOND = re.compile(r"(?<=\S) {2,}(?=\S)")
_FEWEST = 8  # lines with words in both columns
_FEWEST_HEADED = 4  # where two heads stand side by side
_SHARE = 0.5  # of the lines of a page have words in both columns
_MIDDLE = (0.25, 0.75)  # of the width of the page: where the second column begins
_GAP = "  "  # every gap between columns has it
_RUNNING = 22  # characters that lines of running text have in a column; cells of tables have fewer
_ALIGNED = 0.5  # of these lines begin their second column at one place


def in_reading_order(lines: Sequence[Line], text: str) -> list[Line]:
    """Return `lines` in reading order, those of two columns cut in two with their `column`."""
    out: list[Line] = []
    for _, group in groupby(lines, key=lambda line: line.page):
        page = list(group)
        second = _second_column(page, text)
        out += page if second is None else _by_column(page, text, second)
    return out


def _second_column(page: Sequence[Line], text: str) -> int | None:
    """Return how many characters from the left the second column begins, None on a page of one column."""
    if len(page) < _FEWEST_HEADED:
        return None
    width = max(_left(line) + line.end - line.start for line in page)
    low, high = (share * width for share in _MIDDLE)
    starts: Counter[int] = Counter()
    for line in page:
        if text.find(_GAP, line.start, line.end) < 0:  # most lines, and much faster
            continue
        places = (_left(line) + found.end() - line.start for found in _SECOND.finditer(text, line.start, line.end))
        starts.update(place for place in places if low < place < high)
    if not starts:
        return None
    second, aligned = max(starts.items(), key=lambda item: (item[1], -item[0]))
    parts = [cut for line in page if len(cut := _cut(line, text, second)) == 2]
    headed = any(is_head(first.text) and is_head(other.text) for first, other in parts)
    if len(parts) < max(_FEWEST_HEADED if headed else _FEWEST, _SHARE * len(page)) or aligned < _ALIGNED * len(parts):
        return None
    running = [cut for cut in parts if not (is_head(cut[0].text) or is_head(cut[1].text))] or parts
    sizes = [median(len(cut[side].text) for cut in running) for side in (0, 1)]
    return second if min(sizes) >= _RUNNING else None


def _by_column(page: Sequence[Line], text: str, second: int) -> list[Line]:
    """Return the first column and then the second of each band that lines across the page leave between them."""
    out: list[Line] = []
    columns: tuple[list[Line], list[Line]] = ([], [])
    for line in page:
        parts = _cut(line, text, second)
        for part in parts:
            if part.column:
                columns[part.column - 1].append(part)
        if not parts[0].column:
            out += [*columns[0], *columns[1], *parts]
            columns = ([], [])
    return [*out, *columns[0], *columns[1]]


def _cut(line: Line, text: str, second: int) -> tuple[Line, ...]:
    """Return the parts of `line` in the two columns, or the line itself where it goes across the page."""
    left = _left(line)
    if left >= second - 1:
        return (replace(line, left=float(left - second), column=2),)
    at = line.start + second - left
    if at >= line.end:
        return (replace(line, column=1),)
    if text[at - 2 : at] != "  ":
        return (line,)
    end = line.start + len(text[line.start : at].rstrip())
    start = line.end - len(text[at : line.end].lstrip())
    first = replace(line, text=_one_line(text[line.start : end]), end=end, column=1)
    other = replace(line, text=_one_line(text[start : line.end]), start=start, left=float(start - at), column=2)
    return first, other


def _left(line: Line) -> int:
    return int(line.left or 0)


def _one_line(text: str) -> str:
    return " ".join(text.split(" ")) if "  " not in text else " ".join(filter(None, text.split(" ")))
