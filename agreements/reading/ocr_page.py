"""A recognised page as pieces of line: turned upright, laid straight, measured in points as text layers are."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from statistics import median

from agreements.reading.ocr import OcrWord, Picture
from agreements.reading.pieces import LineFragment

_HANGING = frozenset("gjpqyQ,;()[]{}/|_$")  # letters that reach below the line they stand on
_LARGE = 1.4  # of the usual height of a line: type that is larger on purpose
_LONG = 5  # words of a line that shows how the page lies
_POINTS = 72


@dataclass(frozen=True, slots=True)
class _Placed:
    """A word upright and in points; `foot` is where the line it stands on runs."""

    text: str
    left: float
    right: float
    top: float
    foot: float


class WordPlaces:
    """Places of single characters, from the places of the words they stand in (a `Places`)."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._words: list[_Placed] = []
        self.length = 0

    def add(self, word: _Placed) -> None:
        """Add the characters of `word` and of the blank after it."""
        self._starts.append(self.length)
        self._words.append(word)
        self.length += len(word.text) + 1

    def __call__(self, index: int, /) -> tuple[float, float, float, float]:
        """Return left, top, right, bottom of a character in points."""
        at = bisect_right(self._starts, index) - 1
        word = self._words[at]
        step = (word.right - word.left) / len(word.text)
        left = word.left + min(index - self._starts[at], len(word.text)) * step
        return left, word.top, min(left + step, word.right), word.foot


def pieces_of(words: Sequence[OcrWord], picture: Picture) -> tuple[list[LineFragment], WordPlaces]:
    """Return the lines of a recognised page in the order of recognition, and the places of their characters."""
    upright = _upright(words, picture)
    slope = _slope(upright)
    scale = _POINTS / picture.dpi
    lines = [[_placed(word, slope, scale) for word in line] for line in _lines(upright)]
    heights = sorted(median(w.foot - w.top for w in line) for line in lines)
    usual = heights[len(heights) // 2] if heights else 1.0
    places = WordPlaces()
    return [_piece(line, usual, places) for line in lines], places


def _lines(words: Sequence[OcrWord]) -> list[list[OcrWord]]:
    return [list(line) for _, line in groupby(words, key=lambda word: word.line)]


def _piece(line: Sequence[_Placed], usual: float, places: WordPlaces) -> LineFragment:
    """Return the piece of one line. Its height is that of the page unless its type is clearly larger.

    The height of a word depends on its letters, and differences of type mean something to whoever joins the lines.
    """
    first = places.length
    for word in line:
        places.add(word)
    height = median(word.foot - word.top for word in line)
    size = height if height > _LARGE * usual else usual
    foot = median(word.foot for word in line)
    text = " ".join(word.text for word in line)
    return LineFragment(text, text, first, foot - size, line[0].left, line[-1].right, size, bold=False)


# ---------------------------------------------------------------------- how the page lies


def _upright(words: Sequence[OcrWord], picture: Picture) -> list[OcrWord]:
    """Return `words` as they stand on the page turned upright, by the direction in which its lines run."""
    right = down = 0
    for one, other in pairwise(words):
        if one.line == other.line:
            across, along = other.left + other.right - one.left - one.right, other.top + other.bottom
            along -= one.top + one.bottom
            if abs(across) >= abs(along):
                right += 1 if across > 0 else -1
            else:
                down += 1 if along > 0 else -1
    if abs(right) >= abs(down):
        return list(words) if right >= 0 else [_turned_over(word, picture) for word in words]
    width, height = picture.width, picture.height
    if down > 0:  # the lines run down the page
        return [replace(w, left=w.top, right=w.bottom, top=width - w.right, bottom=width - w.left) for w in words]
    return [replace(w, left=height - w.bottom, right=height - w.top, top=w.left, bottom=w.right) for w in words]


def _turned_over(word: OcrWord, picture: Picture) -> OcrWord:
    left, right = picture.width - word.right, picture.width - word.left
    return replace(word, left=left, right=right, top=picture.height - word.bottom, bottom=picture.height - word.top)


def _slope(words: Sequence[OcrWord]) -> float:
    """Return by how much the lines go down for each step to the right."""
    slopes = []
    for line in _lines(words):
        standing = [word for word in line if not _HANGING & set(word.text)]
        if len(standing) >= _LONG:
            first, last = standing[0], standing[-1]
            slopes.append((last.bottom - first.bottom) / max(1, last.left - first.left))
    return median(slopes) if slopes else 0.0


def _placed(word: OcrWord, slope: float, scale: float) -> _Placed:
    drop = slope * (word.left + word.right) / 2
    foot = word.bottom - drop
    if _HANGING & set(word.text):
        foot -= (word.bottom - word.top) * 0.22
    return _Placed(word.text, word.left * scale, word.right * scale, (word.top - drop) * scale, foot * scale)
