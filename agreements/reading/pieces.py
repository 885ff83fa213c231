"""Pieces of a printed line with their places on the page, from the text layer of a PDF or from recognition."""

from dataclasses import dataclass, replace
from typing import Protocol

from agreements.reading.characters import canonical

_BROKEN = "\x02\ufffe"  # pdfium's signs for a hyphen that it takes to break a word at a line end


class Places(Protocol):
    """Where single characters of a page stand, by their index on the page."""

    def __call__(self, index: int, /) -> tuple[float, float, float, float]:
        """Return left, top, right, bottom in points from the top left corner."""
        ...


@dataclass(slots=True)
class LineFragment:
    """Characters that stand on one line: `raw` as on the page, `text` as one canonical line.

    `first` is the index of the first character on the page, places are points. `column` is 0 for pieces across the
    whole page, else 1, 2 from the left. `raised` are the places in `text` of signs that may be marks of footnotes.
    """

    text: str
    raw: str
    first: int
    top: float
    left: float
    right: float
    size: float
    bold: bool
    column: int = 0
    raised: tuple[tuple[int, int], ...] = ()

    def cut(self, start: int, end: int, *, left: float | None = None, right: float | None = None) -> "LineFragment":
        """Return the piece of the raw characters `start` to `end`, with its new edge."""
        raw = self.raw[start:end]
        raised = tuple((a - start, b - start) for a, b in self.raised if start <= a and b <= end)
        return replace(
            self,
            text=words(raw),
            raw=raw,
            first=self.first + start,
            left=self.left if left is None else left,
            right=self.right if right is None else right,
            raised=raised if self.text == self.raw else (),
        )

    def beside(self, other: "LineFragment") -> "LineFragment":
        """Return the line that this piece and another one on the same line make."""
        one, two = (self, other) if self.left <= other.left else (other, self)
        return replace(
            one,
            text=f"{one.text} {two.text}",
            top=min(one.top, two.top),
            right=max(one.right, two.right),
            size=max(one.size, two.size),
            bold=one.bold and two.bold,
            raised=(*one.raised, *((a + len(one.text) + 1, b + len(one.text) + 1) for a, b in two.raised)),
        )


def words(raw: str) -> str:
    """Return the characters of a piece as one canonical line, a hyphen at its end as a hyphen."""
    if "  " not in raw and raw.isprintable() and raw[-1:] not in _BROKEN:  # most pieces, and quicker to see
        return raw.strip()
    return canonical(raw[:-1] + "-" if raw[-1:] in _BROKEN and raw else raw)
