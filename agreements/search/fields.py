"""The fields of the index, the names by which a query calls them, and one row of the index.

Engines know only these names; what goes into them is decided in `rows.py`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Literal

SCHEMA_VERSION = "6"
"""Goes up whenever the fields or what they hold change; an index made by another version is rebuilt."""

UnitLevel = Literal["paragraph", "article"]
LEVELS: tuple[UnitLevel, ...] = ("paragraph", "article")
"""The sizes in which results come, each an index of its own: numbered paragraphs, or whole articles."""

TEXT_FIELDS = ("text", "heading", "context", "title", "parties")
"""Analysed words with their positions: the provision, its heading, its article and outer headings, the
agreement's title, the names of the parties."""

WORD_FIELDS = ("words", "compounds")
"""Words without positions: those of the provision as written (for `word*`, `word~`, did-you-mean), and its
hyphenated compounds."""

KEYWORD_FIELDS = (
    "agreement", "family", "party", "topic", "core", "status", "form", "language", "standing", "authority",
    "scope", "decade", "wording",
)  # fmt: skip
"""Values taken as they are, any number for each provision; `wording` is that of `wording_of`."""

FACETS = ("family", "party", "topic", "decade", "status")
"""The keyword fields that results count."""

SIGNED = "signed"
"""The days of signing as numbers (19510619), any number for each provision."""

LATEST = "latest"
"""The last day of signing as one number, 0 when none is known: what sorting by date looks at."""

QUERY_FIELDS = {
    "text": "text", "heading": "heading", "headings": "heading", "article": "context", "title": "title",
    "family": "family", "party": "party", "parties": "party", "state": "party", "country": "party",
    "topic": "topic", "topics": "topic", "signed": "signed", "date": "signed", "year": "signed",
    "id": "agreement", "agreement": "agreement", "status": "status", "lang": "language",
    "language": "language", "form": "form", "standing": "standing", "authority": "authority",
}  # fmt: skip
"""The name in a query -> the field."""


@dataclass(slots=True)
class IndexRow:
    """One provision as an engine takes it: analysed words, keywords, days, and what a hit shows (JSON)."""

    texts: dict[str, str]
    words: dict[str, str]
    keywords: dict[str, tuple[str, ...]]
    signed: tuple[int, ...]
    latest: int
    payload: bytes


def lines(text: str, starts: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield where the words of each line of a unit's text begin and end: `starts` stands after its number."""
    for start in starts:
        end = text.find("\n", start)
        yield start, len(text) if end < 0 else end


def wording_of(heading: str, text: str) -> str:
    """Return the key of these words: provisions with the same words have the same, and one vector of meaning."""
    return blake2b(f"{heading}\n{text}".encode(), digest_size=8).hexdigest()
