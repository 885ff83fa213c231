"""Where a value was read from."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words that a value was read from: offsets into `Reading.text`, and the path of the provision."""

    field: str
    path: str
    start: int
    end: int
    words: str
