"""How deep a numbered paragraph stands, decided by the sequence of numbers around it."""

from collections.abc import Sequence
from dataclasses import dataclass

from agreements.parsing.markers import BARE, Marker


@dataclass(slots=True)
class _List:
    """A list that is open: its typography, its system of counting and the last number seen."""

    shape: str
    system: str
    last: int


class OpenLists:
    """The lists open at one place of a text, outermost first."""

    def __init__(self) -> None:
        self._open: list[_List] = []

    def place(self, marker: Marker, following: Sequence[Marker]) -> int | None:
        """Return the depth of `marker` (0 outermost) and remember it, or None where it is no number of a list.

        `following` are the markers after it in the same article: they tell `(i)` the ninth letter from `(i)` one.
        """
        going_on = self._continued(marker)
        starting = [system for system, value in marker.readings if value == 1]
        if marker.parts > 1:
            return self._place_compound(marker)
        if going_on is not None and starting and _starts_roman(marker, following, self._open[going_on].system):
            going_on = None
        if going_on is not None:
            del self._open[going_on + 1 :]
            self._open[going_on].last += 1
            return going_on
        if starting:
            return self._start(marker, starting[0] if len(starting) == 1 else _system(marker, following), 1, following)
        return self._out_of_sequence(marker, following)

    def open_below(self, marker: Marker) -> int:
        """Open a list with `marker` below all open ones, whatever its value, and return its depth."""
        self._open.append(_List(marker.shape, *marker.readings[0]))
        return len(self._open) - 1

    def continues(self, marker: Marker) -> bool:
        """Return whether `marker` is the next number of a list that is open."""
        return self._continued(marker) is not None

    def _continued(self, marker: Marker) -> int | None:
        """The innermost open list that `marker` is the next number of."""
        for depth in range(len(self._open) - 1, -1, -1):
            here = self._open[depth]
            if here.shape == marker.shape and (here.system, here.last + 1) in marker.readings:
                return depth
        return None

    def _start(self, marker: Marker, system: str, value: int, following: Sequence[Marker]) -> int | None:
        if marker.shape == BARE and not any(f.shape == BARE and f.readings[0][1] == value + 1 for f in following):
            return None  # a bare number is one of a list only where the list goes on
        same = [d for d, here in enumerate(self._open) if here.shape == marker.shape and here.system == system]
        if same:
            del self._open[same[-1] :]
        self._open.append(_List(marker.shape, system, value))
        return len(self._open) - 1

    def _out_of_sequence(self, marker: Marker, following: Sequence[Marker]) -> int | None:
        for depth in range(len(self._open) - 1, -1, -1):
            here = self._open[depth]
            for system, value in marker.readings:
                if here.shape == marker.shape and here.system == system and here.last < value <= here.last + 5:
                    del self._open[depth + 1 :]
                    here.last = value
                    return depth
        system, value = marker.readings[0]
        goes_on = any(f.shape == marker.shape and (system, value + 1) in f.readings for f in following)
        if (system == "digit" and value <= 60 and marker.shape != BARE) or goes_on:
            return self._start(marker, system, value, following)
        return None

    def _place_compound(self, marker: Marker) -> int:
        """A compound number stands as deep as it has parts, below the list whose numbers it continues."""
        base = 0
        for depth, here in enumerate(self._open):
            if here.system == "compound" and here.shape == marker.shape:
                base = depth
                break
            if here.system == "compound" and here.shape.count("n") > marker.parts:
                base = depth
                break
            base = depth + 1
        del self._open[base:]
        self._open.append(_List(marker.shape, "compound", marker.readings[0][1]))
        return base


def _starts_roman(marker: Marker, following: Sequence[Marker], going_on: str) -> bool:
    """Whether a marker that could go on a lettered list starts a Roman one instead: `(i)` before `(ii)`."""
    if going_on == "roman":
        return False
    follower = next((f for f in following if f.shape == marker.shape), None)
    return follower is not None and ("roman", 2) in follower.readings


def _system(marker: Marker, following: Sequence[Marker]) -> str:
    follower = next((f for f in following if f.shape == marker.shape), None)
    return next((s for s, v in marker.readings if follower and (s, v + 1) in follower.readings), marker.readings[0][0])
