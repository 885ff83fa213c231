"""Pictures drawn by the server: days on a line of years, the words of a clause as bars. A table says the same."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

_WIDTH = 1000  # units of a picture
_EDGE = 12
_STEPS = (1, 2, 5, 10, 20, 50)  # years between two marks of the scale
_MOST_MARKS = 11
BAR_HEIGHT = 34
"""Units of a row with a bar."""
_BARS_BEGIN = 250


@dataclass(frozen=True, slots=True)
class YearScale:
    """A line of years from `first` to `last`, drawn across a picture."""

    first: float
    last: float

    @classmethod
    def of(cls, days: Iterable[str], today: date) -> "YearScale":
        """Return a scale on which all `days` (ISO, may stop at year or month) and today stand."""
        years = [_year(day) for day in (*days, today.isoformat()) if day]
        return cls(float(int(min(years))), float(int(max(years)) + 1))

    def at(self, day: str) -> float:
        """Return where `day` stands, in units from the left."""
        share = (_year(day) - self.first) / max(self.last - self.first, 1.0)
        return round(_EDGE + share * (_WIDTH - 2 * _EDGE), 1)

    def marks(self) -> Sequence[tuple[int, float]]:
        """Return the years that are written below, each with its place."""
        span = int(self.last - self.first)
        step = next((step for step in _STEPS if span / step <= _MOST_MARKS), _STEPS[-1])
        begin = -(-int(self.first) // step) * step
        return [(year, self.at(str(year))) for year in range(begin, int(self.last) + 1, step)]


def _year(day: str) -> float:
    """Return an ISO date as a year and the part of it that is over; one that stops early stands at its beginning."""
    year, month, number = (*(int(part) for part in day.split("-")[:3]), 1, 1)[:3]
    return year + (month - 1) / 12 + (number - 1) / 372


@dataclass(frozen=True, slots=True)
class WordPiece:
    """The `count` words of a clause that stand since text `number`, which is of `side`, and where they are drawn."""

    number: int
    side: str
    count: int
    at: float
    width: float


@dataclass(frozen=True, slots=True)
class WordBar:
    """The words of a clause in one text: its pieces from left to right, and how many stand since each of all texts."""

    text: Any
    words: int
    top: int
    pieces: tuple[WordPiece, ...]
    counts: tuple[int, ...]


def word_bars(texts: Sequence[Any]) -> list[WordBar]:
    """Return a bar for each text of a clause's history, as long as the clause has words there."""
    unit = (_WIDTH - _EDGE - _BARS_BEGIN) / max(1, *(each.words for each in texts))
    sides = {each.text.number: each.text.side for each in texts}
    bars = []
    for row, each in enumerate(texts):
        at, pieces = float(_BARS_BEGIN), []
        for number, count in each.since:
            pieces.append(WordPiece(number, sides.get(number, "joint"), count, round(at, 1), round(count * unit, 1)))
            at += count * unit
        counts = tuple(dict(each.since).get(number, 0) for number in sides)
        bars.append(WordBar(each.text, each.words, row * BAR_HEIGHT, tuple(pieces), counts))
    return bars
