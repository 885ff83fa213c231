"""Precedents of a change: the texts that say its words, and what is told of them.

Of words that came, the texts that have them; of words that went, the texts that keep them; of a provision that came or
went whole, the provisions most like it. Where nothing has enough of it, that is said, with how much was searched.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from agreements import states
from agreements.comparing import DiffSegment
from agreements.display import shown_short

if TYPE_CHECKING:
    from agreements.search.phrases import PhrasePrecedent
    from agreements.search.precedents import PrecedentSearch

SoughtChange = Literal["inserted", "deleted", "provision"]

_US = "USA"  # whose desk this is: a text with the other side is the better precedent
_ROOM = 60  # characters of a phrase that are quoted
_AROUND = 100  # characters of the sentence shown before and after the words found


@shown_short
@dataclass(frozen=True, slots=True)
class SoughtPrecedents:
    """What was looked for of a change, and the precedents found.

    `words` are those that came or went, empty for a whole provision; `provisions` is how many were searched, `parties`
    the codes of the Parties whose text is reviewed.
    """

    change: SoughtChange
    words: str
    found: "tuple[PhrasePrecedent, ...]"
    provisions: int
    parties: tuple[str, ...] = ()

    @property
    def head(self) -> str:
        """What was looked for, in words."""
        if self.change == "provision":
            return "nearest to the provision"
        words = self.words if len(self.words) <= _ROOM else f"{self.words[: _ROOM - 4].rstrip()} ..."
        return f"texts that {'say' if self.change == 'inserted' else 'keep'} “{words}”"

    def lines(self) -> Iterator[tuple[str, str]]:
        """Yield a reference (empty where nothing was found), and what is said of it: date, status, Parties, words."""
        for each in self.found:
            hit = each.hit
            status = "status not established" if hit.status == "unknown" else hit.said_status().replace("-", " ")
            value = f"other value: {each.other_value}" if each.other_value else ""
            near = f"near, {each.lacks}" if each.missing else ""
            told = (part for part in (*hit.signed[:1], status, self.parties_words(each), value, near) if part)
            yield hit.ref, f"({', '.join(told)}): “{_sentence(each)}”"
        if not self.found:
            yield "", f"none found by the program in {self.provisions:,} provisions"

    def parties_words(self, found: "PhrasePrecedent") -> str:
        """Return in words which of the Parties the text binds, beside the United States; empty where none."""
        shared = [code for code in self.parties if code in found.hit.parties]
        if len(shared) > 1 and len(shared) == len(self.parties):
            return "between the same Parties"
        others = [states.name_of(code) for code in shared if code != _US]
        return f"also with {' and '.join(others)}" if others else ""

    def as_json(self) -> dict[str, Any]:
        """Return `{change, words, found, provisions}`, `found` a count."""
        return {"change": self.change, "words": self.words, "found": len(self.found), "provisions": self.provisions}

    def rows(self) -> Iterator[dict[str, Any]]:
        """Yield the precedents as rows of JSON."""
        for each in self.found:
            hit = each.hit
            row = {"ref": hit.ref, "citation": hit.citation, "status": hit.said_status(), "score": round(hit.score, 3)}
            yield row | {
                "for": self.words,
                "sentence": hit.snippet,
                "highlights": [list(pair) for pair in hit.highlights],
                "other_value": each.other_value,
                "missing": list(each.missing),
                "parties": hit.parties,
                "shared": self.parties_words(each),
                "text": hit.text,
            }


def citations(sought: Iterable[SoughtPrecedents]) -> dict[str, str]:
    """Return the full citation of every precedent among `sought` by its reference, each once."""
    return {each.hit.ref: each.hit.citation for one in sought for each in one.found}


def precedents_of(
    search: "PrecedentSearch",
    pieces: Sequence[DiffSegment],
    *,
    topics: Sequence[str],
    kind: str,
    parties: Iterable[str] = (),
) -> tuple[SoughtPrecedents, ...]:
    """Return the precedents of the changes among `pieces`, which lead from our words of a provision to theirs.

    `topics` and `kind` are those of the provision, `parties` the codes of those who negotiate.
    """
    from agreements.comparing.phrases import phrases_of
    from agreements.search.phrases import PhrasePrecedent

    codes = tuple(code for code in parties if code)
    partners = [code for code in codes if code != _US]
    if all(piece.kind != "equal" for piece in pieces):
        words = [piece.text for piece in pieces if piece.kind == pieces[-1].kind]  # theirs, where they have any
        found = search.nearest("".join(words).strip(), topics, kind)
        return (SoughtPrecedents("provision", "", tuple(map(PhrasePrecedent, found)), search.provisions, codes),)
    return tuple(
        SoughtPrecedents(
            each.change, each.phrase.words, search.of_phrase(each.phrase, topics, partners), search.provisions, codes
        )
        for each in phrases_of(pieces)
    )


def _sentence(found: "PhrasePrecedent") -> str:
    """Return the sentence found, cut far from the words that were looked for."""
    text, marks = found.hit.snippet, found.hit.highlights
    if not marks:
        marks = [(0, 0)]
    first, last = max(0, marks[0][0] - _AROUND), min(len(text), marks[-1][1] + _AROUND)
    begin = text.find(" ", first) + 1 if first else 0
    end = text.rfind(" ", 0, last) if last < len(text) else len(text)
    return f"{'... ' if begin else ''}{' '.join(text[begin:end].split())}{' ...' if end < len(text) else ''}"
