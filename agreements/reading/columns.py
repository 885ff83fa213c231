"""The reading order of a printed page: from the top down, column by column where it is set in two columns.

Columns are found by the white strip between them: many lines that begin at its right edge or end at its left, and
lines of both columns that the file holds as one piece are cut where their characters leave the strip free.
"""

from collections import Counter
from collections.abc import Sequence
from statistics import median

from agreements.reading.pieces import LineFragment, Places

_SAME_LINE = 0.5  # of the height of a line: closer baselines are one line
_MIDDLE = (0.3, 0.7)  # of the width of the text: where the strip between two columns can be
_FEWEST = 5  # lines in each column; fewer are signatures or a table
_SHARE = 0.2  # of the characters of the page that each column holds at least
_SAMPLE = 10
_ODD = 0.4  # of the lines that are sampled may leave no strip free
_STRIP = 6.0  # points: the narrowest strip between columns that printers leave
_APART = 1.5  # heights of a line: two signatures stand at least so far from each other
_SAME_WORDS = 2  # with which both open: `For the`, `Pour le`, `Por el`
_WIDE_GAP = 0.9  # of the height of a line: wider than the blanks of a justified line usually are


def in_reading_order(
    pieces: Sequence[LineFragment], boxes: Places, known: float | None = None
) -> tuple[list[LineFragment], float | None]:
    """Return the lines of a page, and where the strip between its columns is (points), None for one column.

    Lines across the page stay where they stand, between them the columns are read one after the other. `known` is
    the strip of the other pages, for a page that shows too little to find it.
    """
    strip = _strip(pieces, boxes) if known is None else known
    if strip is None:
        return _lines(pieces), None
    whole: list[LineFragment] = []
    columns: tuple[list[LineFragment], list[LineFragment]] = ([], [])
    for piece in pieces:
        beside = piece.right <= strip + 1 or piece.left >= strip - 1
        for part in (piece,) if beside else _parts(piece, boxes, strip):
            if part.right <= strip + 1:
                columns[0].append(part)
            elif part.left >= strip - 1:
                columns[1].append(part)
            else:
                whole.append(part)
    sizes = [sum(len(p.text) for p in group) for group in (*columns, whole)]
    if known is None:
        columnar = min(sizes[:2]) >= _SHARE * sum(sizes) and min(map(len, columns)) >= _FEWEST
    else:
        columnar = sizes[2] * 2 < sum(sizes)
    if not columnar:
        return _lines(pieces), None
    for number, column in enumerate(columns, 1):
        for piece in column:
            piece.column = number
    return _in_bands(_lines(whole), [_lines(column) for column in columns]), strip


def _in_bands(whole: Sequence[LineFragment], columns: Sequence[Sequence[LineFragment]]) -> list[LineFragment]:
    """Return the columns one after the other in each band that the lines across the page leave between them."""
    out: list[LineFragment] = []
    above = float("-inf")
    for line in (*whole, None):
        below = float("inf") if line is None else line.top
        for column in columns:
            out += [piece for piece in column if above <= piece.top < below]
        if line is not None:
            out.append(line)
            above = below
    return out


# ---------------------------------------------------------------------- the strip between columns


def _strip(pieces: Sequence[LineFragment], boxes: Places) -> float | None:
    """Return the middle of the white strip between two columns, None on a page of one column."""
    if len(pieces) < _FEWEST:
        return None
    left, right = min(p.left for p in pieces), max(p.right for p in pieces)
    low, high = (left + share * (right - left) for share in _MIDDLE)
    edge = _second_edge(pieces, low, high)
    if edge is not None:
        ends = [p.right for p in pieces if p.left < low and p.right < edge]
        nearest = sorted(ends)[-1 - len(ends) // 20] if ends else edge
        if len(ends) >= _FEWEST and edge - nearest > _STRIP / 2:
            return (edge + nearest) / 2
    across = [p for p in pieces if p.left < low and p.right > high]
    sample = across[:: max(1, len(across) // _SAMPLE)]
    gaps: list[tuple[float, float]] = []
    for seen, piece in enumerate(sample, 1):
        gap = _widest_gap(piece, boxes, low, high)
        gaps += [gap] if gap else []
        if seen - len(gaps) > _ODD * len(sample):
            return None
    if len(gaps) < _FEWEST:
        return None
    free_from, free_to = sorted(g[0] for g in gaps)[-1 - len(gaps) // 10], sorted(g[1] for g in gaps)[len(gaps) // 10]
    return median((a + b) / 2 for a, b in gaps) if free_to <= free_from else (free_from + free_to) / 2


def _second_edge(pieces: Sequence[LineFragment], low: float, high: float) -> float | None:
    """Return where the lines of a second column begin, if enough do at one place."""
    starts = Counter(round(p.left) for p in pieces if low < p.left < high and p.right > high)
    if not starts:
        return None
    edge, _ = max(starts.items(), key=lambda item: (item[1] + starts[item[0] - 1] + starts[item[0] + 1], -item[0]))
    near = sum(starts[edge + step] for step in (-1, 0, 1))
    return edge - 1.0 if near >= _FEWEST else None


def _widest_gap(piece: LineFragment, boxes: Places, low: float, high: float) -> tuple[float, float] | None:
    """Return the widest space between words of a line in the middle of the page, None where all are usual."""
    best: tuple[float, float] | None = None
    width = (piece.right - piece.left) / len(piece.raw)  # of a character, on the average
    for at in range(int((low - piece.left) / width), int((high - piece.left) / width)):
        if piece.raw[at] == " " and 0 < at < len(piece.raw) - 1:
            gap = boxes(piece.first + at - 1)[2], boxes(piece.first + at + 1)[0]
            if best is None or gap[1] - gap[0] > best[1] - best[0]:
                best = gap
    return best if best and best[1] - best[0] > _WIDE_GAP * piece.size else None


def _at(piece: LineFragment, boxes: Places, x: float) -> int:
    """Return the index of the first character of a piece that begins at `x` or after it."""
    low, high = 0, len(piece.raw)
    while low < high:
        middle = (low + high) // 2
        if boxes(piece.first + middle)[0] < x:
            low = middle + 1
        else:
            high = middle
    return low


def _parts(piece: LineFragment, boxes: Places, strip: float) -> tuple[LineFragment, ...]:
    """Return a piece that lies across the strip, or its two parts where it leaves the strip free."""
    at = _at(piece, boxes, strip - 1)
    before = len(piece.raw[:at].rstrip())
    while at < len(piece.raw) and piece.raw[at] == " ":
        at += 1
    if before in (0, at) or at >= len(piece.raw):
        return (piece,)
    ends, begins = boxes(piece.first + before - 1)[2], boxes(piece.first + at)[0]
    if begins - ends < max(_STRIP, _WIDE_GAP * piece.size) or not ends - 1 <= strip <= begins + 1:
        return (piece,)
    return piece.cut(0, before, right=ends), piece.cut(at, len(piece.raw), left=begins)


# ---------------------------------------------------------------------- lines


def _lines(pieces: Sequence[LineFragment]) -> list[LineFragment]:
    """Return `pieces` from the top down, those that stand on one line put together.

    Where two signatures stand side by side, the left one comes first, and then the right one.
    """
    rows: list[list[LineFragment]] = []
    for piece in sorted(pieces, key=lambda p: p.top + p.size):
        above = rows[-1][-1] if rows else None
        if above and abs(above.top + above.size - piece.top - piece.size) < _SAME_LINE * min(above.size, piece.size):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    out: list[LineFragment] = []
    at = 0
    while at < len(rows):
        left, right, end = _signatures(rows, at)
        if end > at:
            out += [*left, *right]
            at = end
        else:
            out.append(_put_together(rows[at]))
            at += 1
    return out


def _put_together(row: Sequence[LineFragment]) -> LineFragment:
    line = row[0]
    for piece in row[1:]:
        line = line.beside(piece)
    return line


def _signatures(rows: Sequence[Sequence[LineFragment]], at: int) -> tuple[list[LineFragment], list[LineFragment], int]:
    """Return both columns of signatures that begin side by side at the row `at`, and the row after them.

    They begin with the same words (`For the Government of`), far apart; the lines under them begin where they do.
    """
    columns: tuple[list[LineFragment], list[LineFragment]] = ([], [])
    for place, row in enumerate(rows[at:], at):
        pieces = sorted(row, key=lambda piece: piece.left)
        sides = [_side(piece, columns) for piece in pieces]
        if not columns[0]:
            if not _open_signatures(pieces):
                return [], [], at
            sides = [0, 1]
        if None in sides or len(set(sides)) < len(sides):
            return *columns, place
        for side, piece in zip(sides, pieces, strict=True):
            piece.column = (side or 0) + 1
            columns[side or 0].append(piece)
    return *columns, len(rows)


def _side(piece: LineFragment, columns: tuple[Sequence[LineFragment], Sequence[LineFragment]]) -> int | None:
    """Return which of two columns a piece stands in: under the beginning of the first line of one."""
    near = (n for n, column in enumerate(columns) if column and abs(piece.left - column[0].left) < piece.size)
    return next(near, None)


def _open_signatures(pieces: Sequence[LineFragment]) -> bool:
    if len(pieces) != 2 or pieces[1].left - pieces[0].right < _APART * pieces[0].size:
        return False
    one, other = (piece.text.casefold().split() for piece in pieces)
    return len(one) > 1 and one[:_SAME_WORDS] == other[:_SAME_WORDS] and one[0].isalpha()
