"""Tables that show data, and tables that only lay out running text, signatures, or one text in two languages."""

import re
from collections import Counter
from collections.abc import Sequence

_LONG = 40  # words on average; cells with more hold running text
_PROSE = 50  # words that a column of a text has at least
_CELL = 6  # words of a cell of such a column on average; entries of a list have fewer
_UNEQUAL = 2.5  # times as many words as in the other column
_OFTEN = 12  # words that a column uses most
_SHARED = 0.34  # of these that two languages may share (names of the parties)
_SIGNATURE = re.compile(r"(?:for|on behalf of) (?:the )?\w|_{4,}", re.IGNORECASE)
_FOR = re.compile(r"(?:for|on behalf of|pour|por|per|für|pelo|pela|за|عن)\b", re.IGNORECASE)


def opens_signature(line: str) -> bool:
    """Whether `line` begins as the head of a signature block does: with the word for `for` in one of some languages."""
    return _FOR.match(line) is not None


def reading_order(rows: Sequence[Sequence[str]]) -> list[tuple[int, int]]:
    """Return the cells of a table that holds no data in reading order, as pairs of row and column.

    Row by row; but signature blocks beside each other, whose lines stand in rows of their own, are read one after the
    other: from a row in which every cell begins a block to the next such row, as far as rows have as many cells.
    """
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(rows):
        end = at + 1
        if begins := _beginning(rows[at]):
            while end < len(rows) and len(rows[end]) == len(rows[at]) and _beginning(rows[end]) != begins:
                end += 1
        found += [(row, column) for column in range(len(rows[at])) for row in range(at, end)]
        at = end
    return found


def _beginning(cells: Sequence[str]) -> str:
    """Return with what all filled cells of a row begin a signature block: its head or its rule; nothing where not."""
    filled = [cell for cell in cells if cell]
    if len(cells) < 2 or not filled:
        return ""
    if all(map(opens_signature, filled)):
        return "head"
    return "rule" if all(cell.startswith("____") for cell in filled) else ""


def holds_data(rows: Sequence[Sequence[str]]) -> bool:
    """Return whether the cells of `rows` belong together row by row.

    Not in a table of one row or one column, one that frames running text, or one that sets signatures side by side.
    """
    cells = [cell for row in rows for cell in row if cell]
    if len(rows) < 2 or max((len(row) for row in rows), default=0) < 2 or not cells:
        return False
    if any(_SIGNATURE.match(cell) for cell in rows[0]) or _beginning(rows[0]):
        return False
    return sum(len(cell.split()) for cell in cells) <= _LONG * len(cells)


def is_parallel(rows: Sequence[Sequence[str]]) -> bool:
    """Return whether `rows` set one text in two columns in two languages.

    Most rows have words in both cells, both columns hold much the same amount of prose, and the words that each uses
    most are others than those of its neighbour: in one language the small words are the same.
    """
    pairs = [(row[0], row[-1]) for row in rows if len(row) >= 2 and row[0] and row[-1] and not any(row[1:-1])]
    if not pairs or len(pairs) * 2 < sum(any(row) for row in rows):
        return False
    words = [" ".join(column).lower().split() for column in zip(*pairs, strict=True)]
    least, most = sorted(map(len, words))
    if least < max(_PROSE, _CELL * len(pairs)) or most > _UNEQUAL * least:
        return False
    often = [{word for word, _ in Counter(filter(str.isalpha, own)).most_common(_OFTEN)} for own in words]
    return len(often[0] & often[1]) <= _SHARED * _OFTEN
