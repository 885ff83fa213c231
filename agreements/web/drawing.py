"""Pictures drawn by the server: where on a line of years a day stands. What they show stands in a table too."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

_WIDTH = 1000  # units of a picture
_EDGE = 12
_STEPS = (1, 2, 5, 10, 20, 50)  # years between two marks of the scale
_MOST_MARKS = 11


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
