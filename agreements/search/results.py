"""What a search gives back: hits that quote the original, counts, and how the query was read."""

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Hit:
    """One provision found.

    `text` is the provision with all under it in its stored words; `snippet` is a piece of it, letter for letter,
    and `highlights` are the characters of the snippet (start, end exclusive) that answer the query.
    """

    ref: str
    agreement: str
    path: str
    heading: str
    article: str
    citation: str
    score: float
    text: str
    snippet: str
    highlights: list[tuple[int, int]]
    topics: list[str]
    title: str
    family: str
    parties: list[str]
    signed: list[str]
    status: str
    standing: str
    authority: str
    language: str


@dataclass(frozen=True, slots=True)
class Results:
    """The answer to a query: `total` provisions match, `hits` are those asked for, `facets` count over all.

    `read_as` is the query as it was understood, `notes` sentences for a person, `suggestion` a query with words
    that the index has, None when there is nothing to suggest.
    """

    query: str
    read_as: str
    total: int
    took_ms: float
    hits: list[Hit]
    facets: dict[str, dict[str, int]]
    suggestion: str | None = None
    notes: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Return the results as the JSON contract of `search` has them."""
        return asdict(self)
