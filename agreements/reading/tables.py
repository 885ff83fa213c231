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


def holds_data(rows: Sequence[Sequence[str]]) -> bool:
    """Return whether the cells of `rows` belong together row by row.

    Not in a table of one row or one column, one that frames running text, or one that sets signatures side by side.
    """
    cells = [cell for row in rows for cell in row if cell]
    if len(rows) < 2 or max((len(row) for row in rows), default=0) < 2 or not cells:
        return False
    if any(_SIGNATURE.match(cell) for cell in rows[0]):
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
