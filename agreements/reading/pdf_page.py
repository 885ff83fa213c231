"""One page of a PDF: its characters in the order of the file, cut into pieces of line with their places."""

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

import pypdfium2.raw as pdfium

from agreements.reading.pieces import LineFragment, words

_PIECE = re.compile(r"[^\r\n\x02\ufffe]+[\x02\ufffe]?")
_SIGN = re.compile(r"[\d*†‡]")
_MARK = re.compile(r"(?<!^)(?<![\d(/-])(?<!\d[.,:])(?:\d{1,3}|\*{1,4}|[†‡])(?![\w*])")  # of a footnote
_SMALL = 0.85  # of the size of the type of the line
_BOLD_WEIGHT = 600
_NAME_LENGTH = 64
# Asked for every line of every page: looked up once.
_loose_box, _origin, _matrix = pdfium.FPDFText_GetLooseCharBox, pdfium.FPDFText_GetCharOrigin, pdfium.FPDFText_GetMatrix
_weight, _font, _font_size = pdfium.FPDFText_GetFontWeight, pdfium.FPDFText_GetFontInfo, pdfium.FPDFText_GetFontSize
_angle = pdfium.FPDFText_GetCharAngle
_DIAGONAL = 0.1  # radians that a character may be turned from the edges of the page; scans are a little askew
_DECIMALS = 3  # of a point, to which boxes of one size of type are equally high
_SAMPLES = 8  # characters of a page that are asked for their direction


class Boxes:
    """Places of single characters on a page, turned so that its lines run from left to right."""

    def __init__(self, page: Any, text_page: Any) -> None:
        self._raw = text_page.raw
        self._box = pdfium.FS_RECTF()
        self._left, self._bottom, self._right, self._top = page.get_mediabox()
        self._turn = 0
        self._name = ctypes.create_string_buffer(_NAME_LENGTH)
        self._flags = ctypes.c_int()
        self._bold: dict[bytes, bool] = {}  # by the names of fonts
        self._type: dict[tuple[bytes, float], tuple[float, float]] = {}  # size and foot, see `type_of`
        self._matrix = pdfium.FS_MATRIX()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()

    def turn_by(self, indices: Sequence[int]) -> None:
        """Take the direction of most of the characters at `indices` for that of the page."""
        angles = (_angle(self._raw, index) for index in indices)
        turns = Counter(round(angle / (math.pi / 2)) % 4 for angle in angles if angle >= 0)
        self._turn = turns.most_common(1)[0][0] if turns else 0

    def is_diagonal(self, index: int) -> bool:
        """Return whether a character runs across the page, as those of a stamp do."""
        angle = _angle(self._raw, index)
        return bool(angle > 0 and abs((angle + math.pi / 4) % (math.pi / 2) - math.pi / 4) > _DIAGONAL)

    def __call__(self, index: int) -> tuple[float, float, float, float]:
        """Return left, top, right, bottom of a character in points from the top left corner."""
        box = self._box
        _loose_box(self._raw, index, box)
        left, right = box.left - self._left, box.right - self._left
        top, bottom = self._top - box.top, self._top - box.bottom
        if not self._turn:
            return left, top, right, bottom
        width, height = self._right - self._left, self._top - self._bottom
        if self._turn == 1:  # pdfium measures angles clockwise: the lines run down the page
            return top, width - right, bottom, width - left
        if self._turn == 2:
            return width - right, height - bottom, width - left, height - top
        return height - bottom, left, height - top, right

    def size(self, index: int) -> float:
        """Return the size of the type of a character in points, 0 where the file does not say."""
        matrix = self._matrix
        if not _matrix(self._raw, index, matrix):
            return 0.0
        return abs(float(_font_size(self._raw, index)) * math.hypot(matrix.c, matrix.d))

    def foot(self, index: int) -> float:
        """Return how far below the top of the page the line runs that a character stands on, in points."""
        _origin(self._raw, index, self._x, self._y)
        if not self._turn:
            return float(self._top - self._y.value)
        across, down = self._x.value - self._left, self._top - self._y.value
        if self._turn == 1:
            return float(self._right - self._left - across)
        if self._turn == 2:
            return float(self._top - self._bottom - down)
        return float(across)

    def font(self, index: int) -> bytes:
        """Return the name of the font of a character, empty where the file gives none or one that is too long."""
        size = _font(self._raw, index, self._name, _NAME_LENGTH, self._flags)
        return self._name.value if 0 < size <= _NAME_LENGTH else b""

    def type_of(self, index: int, font: bytes, top: float, bottom: float) -> tuple[float, float]:
        """Return `size` and `foot` of a character in `font` whose box runs from `top` to `bottom`.

        pdfium makes the box of the font and the size of the type alone, so that boxes of one font and height have
        one size and stand equally far above their line: both are asked for once. On turned pages they are not.
        """
        key = font, round(bottom - top, _DECIMALS)
        known = self._type.get(key)
        if known is None:
            size, foot = self.size(index), self.foot(index)
            if font and not self._turn and bottom > top:
                self._type[key] = size, foot - bottom
            return size, foot
        return known[0], bottom + known[1]

    def is_bold(self, index: int, name: bytes) -> bool:
        """Return whether a character in the font `name` is bold, by the weight or the name of the font."""
        bold = self._bold.get(name)
        if bold is None:
            bold = b"bold" in name.lower() or _weight(self._raw, index) >= _BOLD_WEIGHT
            if name:
                self._bold[name] = bold
        return bold


def pieces_of(page: Any, text_page: Any) -> tuple[list[LineFragment], Boxes, list[str]]:
    """Return the pieces of `page` in the order of the file, the places of its characters, and its diagonal stamps."""
    boxes = Boxes(page, text_page)
    stretches = []
    stamps: list[str] = []
    for first, last, raw in _stretches(text_page):
        if not (boxes.is_diagonal(first) or boxes.is_diagonal(last)):
            stretches.append((first, last, raw))
            continue
        straight, stamp = _apart(boxes, first, raw)
        stretches += straight
        stamps += [stamp] if stamp else []
    boxes.turn_by([first for first, _, _ in stretches[:: max(1, len(stretches) // _SAMPLES)]])
    return [piece for first, last, raw in stretches if (piece := _piece(boxes, first, last, raw))], boxes, stamps


def _apart(boxes: Boxes, first: int, raw: str) -> tuple[list[tuple[int, int, str]], str]:
    """Return the straight parts of a stretch with their places, and its diagonal characters."""
    runs = [
        (diagonal, list(run)) for diagonal, run in groupby(range(len(raw)), lambda at: boxes.is_diagonal(first + at))
    ]
    straight = []
    for at in (run for diagonal, run in runs if not diagonal):
        words = raw[at[0] : at[-1] + 1]
        solid = words.strip()
        if solid:
            start = first + at[0] + len(words) - len(words.lstrip())
            straight.append((start, start + len(solid) - 1, solid))
    return straight, "".join(raw[run[0] : run[-1] + 1] for diagonal, run in runs if diagonal).strip()


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
        solid = raw_text.strip()
        if solid:
            first = found.start()
            if len(solid) != len(raw_text):
                first += len(raw_text) - len(raw_text.lstrip())
            yield first, first + len(solid) - 1, solid


def _character(code: int) -> str:
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\x03"


def _piece(boxes: Boxes, first: int, last: int, raw: str) -> LineFragment | None:
    text = words(raw)
    if not text:
        return None
    left, top, _, bottom = boxes(first)
    right = boxes(last)[2]
    font = boxes.font(first)
    bold = boxes.is_bold(first, font) and boxes.is_bold(last, boxes.font(last))
    size, foot = boxes.type_of(first, font, top, bottom)
    if size < 1.0:
        size, foot = max(bottom - top, 1.0), bottom
    raised = tuple(_raised(boxes, first, raw, size)) if text == raw and _SIGN.search(raw) else ()
    return LineFragment(text, raw, first, foot - size, left, max(right, left + 1), size, bold, raised=raised)


def _raised(boxes: Boxes, first: int, raw: str, size: float) -> Iterator[tuple[int, int]]:
    """Yield the places of numbers and signs in `raw` that are set smaller than the words before them."""
    for found in _MARK.finditer(raw):
        if 0 < boxes.size(first + found.start()) < _SMALL * size:
            yield found.span()
