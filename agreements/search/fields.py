"""The fields of the index, the names by which a query calls them, and one row of the index.

Engines know only these names; what goes into them is decided in `rows.py`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Literal

from agreements.language.numbers import roman

SCHEMA_VERSION = "15"
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
    "scope", "decade", "wording", "place", "surety",
)  # fmt: skip
"""Values taken as they are, any number for each provision; `wording` is of `wording_of`, `place` of `place_key`,
`surety` of `surety_key`."""

FACETS = ("family", "party", "topic", "decade", "status")
"""The keyword fields that results count."""

SIGNED = "signed"
"""The days of signing as numbers (19510619), any number for each provision."""

LATEST = "latest"
"""The last day of signing as one number, 0 when none is known: what sorting by date looks at."""

QUERY_FIELDS = {
    "text": "text", "heading": "heading", "headings": "heading", "article": "context", "title": "title",
    "family": "family", "party": "party", "parties": "party", "partner": "party", "state": "party", "country": "party",
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


ANY_DOCUMENT = "*"
"""What stands for the name of a document before the key of a place that may be in any of those beside the main one."""


def place_key(numbers: Sequence[str], document: str = "") -> str:
    """Return the key of a place by its numbers, outermost first, in a `document` beside the main one.

    However it is printed, a place has one key: Article VII, paragraph 3 (a) and Art. 7(3)(a) are `7.3.a`. A place has
    one for its article and one for its section, and so may be found by either.
    """
    joined = ".".join(_plain_number(number, first=not at) for at, number in enumerate(numbers))
    return f"{document}/{joined}" if document else joined


def _plain_number(number: str, *, first: bool) -> str:
    """Return a number in one writing; only the first may be Roman: `(i)` under a paragraph may be a letter."""
    plain = number.strip(" .()[]").lower()
    value = roman(plain) if first else None
    return str(value) if value is not None else plain


SURETIES = (0.35, 0.45, 0.55, 0.65, 0.75, 0.85, 0.93)
"""The confidences that part the grades in which a provision is about a topic: 0 below the first, and so on."""


def surety_key(topic: str, confidence: float) -> str:
    """Return the key that says in which grade a provision is about `topic`: `weapons_carriage/2`."""
    return f"{topic}/{sum(confidence >= least for least in SURETIES)}"


def wording_of(heading: str, text: str) -> str:
    """Return the key of these words: provisions with the same words have the same, and one vector of meaning."""
    return blake2b(f"{heading}\n{text}".encode(), digest_size=8).hexdigest()
