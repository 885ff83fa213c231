"""Tables that show data, and tables that only lay out running text or signatures."""

import re
from collections.abc import Sequence

_LONG = 40  # words on average; cells with more hold running text
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
