"""The reading order of a printed page: from the top down, column by column."""

from typing import Any

from agreements.reading.pdf_page import Piece

_SAME_LINE = 0.5  # of the height of a line: closer tops stand on one line


def in_reading_order(pieces: list[Piece], text_page: Any) -> list[Piece]:
    """Return the lines of a page from top to bottom."""
    return _lines(pieces)


def _lines(pieces: list[Piece]) -> list[Piece]:
    """Return `pieces` from the top down, those that stand on one line put together."""
    out: list[Piece] = []
    for piece in sorted(pieces, key=lambda p: p.top + p.size):
        above = out[-1] if out else None
        if above and abs(above.top + above.size - piece.top - piece.size) < _SAME_LINE * min(above.size, piece.size):
            out[-1] = _beside(above, piece)
        else:
            out.append(piece)
    return out


def _beside(one: Piece, other: Piece) -> Piece:
    """Return the line that two pieces make."""
    left, right = (one, other) if one.left <= other.left else (other, one)
    return Piece(
        f"{left.text} {right.text}",
        left.first,
        right.last,
        min(one.top, other.top),
        left.left,
        max(one.right, other.right),
        max(one.size, other.size),
        one.bold and other.bold,
        one.column,
    )
