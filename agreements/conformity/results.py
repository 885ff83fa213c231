"""What is found of two language texts, in three states: differs, not found to differ, not examined."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Literal

from agreements.display import shown_short

ConformitySubject = Literal[
    "documents", "articles", "paragraphs", "list items", "order", "numbering", "headings", "dates", "sums",
    "percentages", "periods", "numbers", "references", "defined terms", "names", "languages clause",
]  # fmt: skip


@shown_short
@dataclass(frozen=True, slots=True)
class LanguageDifference:
    """Something in which two language texts differ: what it is about, where it stands, and the words of each text.

    A side in which nothing answers has no words; `said` is the whole in a sentence.
    """

    subject: ConformitySubject
    a_place: str
    b_place: str
    a_words: str
    b_words: str
    said: str

    def as_json(self) -> dict[str, Any]:
        """Return `{verdict, subject, a, b, said}`."""
        sides = {
            "a": {"place": self.a_place, "words": self.a_words},
            "b": {"place": self.b_place, "words": self.b_words},
        }
        return {"verdict": "differs", "subject": self.subject, **sides, "said": self.said}


@shown_short
@dataclass
class Conformity:
    """What was found of two language texts: how they differ, what was compared and not found to, what was not examined.

    `pairs` are the provisions side by side, as (place, words) of each text. `a_language` and `b_language` are codes.
    """

    a_name: str
    b_name: str
    a_language: str
    b_language: str
    differs: list[LanguageDifference] = field(default_factory=list)
    compared: Counter[ConformitySubject] = field(default_factory=Counter)
    not_examined: list[tuple[str, str]] = field(default_factory=list)
    pairs: list[tuple[tuple[str, str], tuple[str, str]]] = field(default_factory=list)
    marking: str = ""
    files: list[str] = field(default_factory=list)

    @property
    def not_found_to_differ(self) -> dict[ConformitySubject, int]:
        """What was compared without a difference, and how often."""
        told = Counter(each.subject for each in self.differs)
        return {what: count for what, count in self.compared.items() if count and not told[what]}

    def as_json(self) -> dict[str, Any]:
        """Return the two texts, `differs`, `not_found_to_differ`, `not_examined` and the files written."""
        return {
            "a": {"name": self.a_name, "language": self.a_language},
            "b": {"name": self.b_name, "language": self.b_language},
            "differs": [each.as_json() for each in self.differs],
            "not_found_to_differ": [{"what": w, "compared": n} for w, n in self.not_found_to_differ.items()],
            "not_examined": [{"what": what, "why": why} for what, why in self.not_examined],
            "marking": self.marking,
            "files": self.files,
        }
