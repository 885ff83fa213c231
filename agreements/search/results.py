"""What a search gives back: hits that quote the original, counts, and how the query was read."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from agreements.display import shown_short
from agreements.lineage.ledger import LaterEffect
from agreements.search.understanding import Understanding

OF_ROWS = ("starts", "breaks", "kind", "sense")
"""What a row of the index keeps beside what a hit shows: where lines begin and break, its level, its sense."""


def shown_of(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return of a row of the index, read back, what a hit shows: the fields of `Hit` that come from there."""
    return {name: value for name, value in row.items() if name not in OF_ROWS}


def sense_in(payload: bytes) -> str:
    """Return the sense of the row with this `payload`: its first value, read without the rest, which is far longer."""
    return payload.split(b'"', 4)[3].decode("ascii")


@shown_short
@dataclass(frozen=True, slots=True)
class Hit:
    """One provision found.

    `text` is the provision with all under it in its stored words; `snippet` is a piece of it, letter for letter,
    and `highlights` are the characters of the snippet (start, end exclusive) that answer the query. `changes` say
    what later instruments did to it; `text` is as it stood before them, or on the day that was asked for. `unconfirmed`
    names the facts of its agreement that rest on general knowledge alone (`status`).
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
    changes: list[LaterEffect] = field(default_factory=list)
    unconfirmed: list[str] = field(default_factory=list)

    def said_status(self) -> str:
        """Return the status in words, with `unconfirmed` where it rests on general knowledge alone."""
        return f"{self.status} (unconfirmed)" if "status" in self.unconfirmed else self.status


@dataclass(frozen=True, slots=True)
class NotHeld:
    """An agreement that fits by its facts and whose text is not held."""

    id: str
    title: str
    family: str
    parties: list[str]
    signed: list[str]
    status: str


@dataclass(frozen=True, slots=True)
class SearchCoverage:
    """What an answer covers: how many agreements have a text here, of how many only facts are known, as of when.

    `as_of` is the latest day (ISO) for which a status is told, empty where none is. Where filters were set, `fitting`
    is how many of the texts fit them; `undated` and `unnamed` are those that no filter of days or of parties can place,
    since their day of signature or their parties are not known: they were left out.
    """

    texts: int
    facts_only: int
    as_of: str = ""
    fitting: int | None = None
    undated: int = 0
    unnamed: int = 0

    def words(self) -> str:
        """Return it as a sentence."""
        day = f"Status as of {self.as_of} at the latest." if self.as_of else "No status is dated."
        known = f"; {self.facts_only} more are known by their facts only" if self.facts_only else ""
        held = f"{self.texts} agreement{'s' if self.texts != 1 else ''} with text"
        if self.fitting is not None:
            held = f"{self.fitting} of {held}, those that the filters keep"
        gaps = (
            (self.undated, "whose day of signature is not known"),
            (self.unnamed, "whose parties are not all known"),
        )
        if left := " and ".join(f"{count} {why}" for count, why in gaps if count):
            held += f"; left out: {left}"
        return f"Searched: {held}{known}. What is unpublished is not covered. {day}"


@shown_short
@dataclass(frozen=True, slots=True)
class Results:
    """The answer to a query: `total` provisions match, `hits` are those asked for, `facets` count over all.

    Only precedents are counted; `beside` says how many specimens, drafts and rejected texts (by standing) match too.
    `read_as` is the query as it was understood, `notes` sentences for a person, `suggestion` a query with words
    that the index has, None when there is nothing to suggest. `not_held` are agreements known by their facts only.
    `coverage` is what was searched, None where only an index is known. `understanding` is what was read into the query
    besides its words, None where nothing reads (as in `similar`). `is_about` is False where, as far as words tell, no
    provision is about the question: the hits, where there are any, are only the nearest; `unknown` are its words that
    no text has.
    """

    query: str
    read_as: str
    total: int
    took_ms: float
    hits: list[Hit]
    facets: dict[str, dict[str, int]]
    suggestion: str | None = None
    notes: list[str] = field(default_factory=list)
    not_held: list[NotHeld] = field(default_factory=list)
    beside: dict[str, int] = field(default_factory=dict)
    understanding: Understanding | None = None
    coverage: SearchCoverage | None = None
    is_about: bool = True
    unknown: tuple[str, ...] = ()

    def noting(self, sentence: str) -> "Results":
        """Return this answer with one more sentence for a person, where it is not empty."""
        return replace(self, notes=[*self.notes, sentence]) if sentence else self

    def says_no(self) -> str:
        """Return that no clause is held, and by which words; empty where hits may be about the question."""
        if self.is_about or not self.hits:
            return ""
        words = ", ".join(self.unknown)
        many = "s" if len(self.unknown) > 1 else ""
        basis = f": no text held has the word{many} {words}" if words else ""
        return f"No clause on this is held, as far as words tell{basis}."

    def as_json(self) -> dict[str, Any]:
        """Return the results as the JSON contract of `search` has them."""
        return asdict(self) | {"understanding": self.understanding.as_json() if self.understanding else None}
