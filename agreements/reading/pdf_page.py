"""One page of a PDF: its characters in the order of the file, cut into pieces of line with their places."""

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from agreements.reading.characters import canonical

_BROKEN = "\x02\ufffe"  # pdfium's signs for a hyphen that it takes to break a word at a line end
_PIECE = re.compile(r"[^\r\n\x02\ufffe]+[\x02\ufffe]?")
_BOLD_WEIGHT = 600
_NAME_LENGTH = 64


@dataclass(slots=True)
class Piece:
    """Characters that stand on one line. `first` and `last` are their indices on the page, places are points.

    `column` is 0 for pieces across the whole page, else 1, 2 from the left.
    """

    text: str
    first: int
    last: int
    top: float
    left: float
    right: float
    size: float
    bold: bool
    column: int = 0


class Boxes:
    """Places of single characters on a page as it is shown, whatever its rotation."""

    def __init__(self, page: Any, text_page: Any) -> None:
        self._raw = text_page.raw
        self._box = pdfium.FS_RECTF()
        self._rotation = page.get_rotation()
        self.width, self.height = page.get_size()
        self._name = ctypes.create_string_buffer(_NAME_LENGTH)
        self._flags = ctypes.c_int()

    def __call__(self, index: int) -> tuple[float, float, float, float]:
        """Return left, top, right, bottom of a character in points from the top left corner."""
        box = self._box
        pdfium.FPDFText_GetLooseCharBox(self._raw, index, box)
        left, bottom, right, top = box.left, box.bottom, box.right, box.top
        if self._rotation == 90:
            return bottom, left, top, right
        if self._rotation == 180:
            return self.width - right, bottom, self.width - left, top
        if self._rotation == 270:
            return self.width - top, self.height - right, self.width - bottom, self.height - left
        return left, self.height - top, right, self.height - bottom

    def is_bold(self, index: int) -> bool:
        """Return whether a character is bold, by the weight or the name of its font."""
        if pdfium.FPDFText_GetFontWeight(self._raw, index) >= _BOLD_WEIGHT:
            return True
        size = pdfium.FPDFText_GetFontInfo(self._raw, index, self._name, _NAME_LENGTH, self._flags)
        return 0 < size <= _NAME_LENGTH and b"bold" in self._name.value.lower()


def pieces_of(page: Any, text_page: Any) -> list[Piece]:
    """Return the pieces of `page` in the order of the file."""
    boxes = Boxes(page, text_page)
    return [piece for first, last, raw in _stretches(text_page) if (piece := _piece(boxes, first, last, raw))]


def _stretches(text_page: Any) -> Iterator[tuple[int, int, str]]:
    """Yield first and last index and the characters of each stretch up to a line end."""
    count = text_page.count_chars()
    if count <= 0:
        return
    text = text_page.get_text_range()
    if len(text) != count:  # characters that pdfium leaves out of the text would shift the indices
        raw = text_page.raw
        text = "".join(_character(pdfium.FPDFText_GetUnicode(raw, index)) for index in range(count))
    for found in _PIECE.finditer(text):
        raw_text = found.group()
        lead = len(raw_text) - len(raw_text.lstrip())
        solid = raw_text.strip()
        if solid:
            first = found.start() + lead
            yield first, first + len(solid) - 1, solid


def _character(code: int) -> str:
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\x03"


def _piece(boxes: Boxes, first: int, last: int, raw: str) -> Piece | None:
    text = canonical(raw[:-1] + "-" if raw[-1] in _BROKEN else raw)
    if not text:
        return None
    left, top, _, bottom = boxes(first)
    right = boxes(last)[2]
    bold = boxes.is_bold(first) and boxes.is_bold(last)
    return Piece(text, first, last, top, left, max(right, left + 1), max(bottom - top, 1.0), bold)
