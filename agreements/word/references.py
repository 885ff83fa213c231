"""The words of a cross-reference that Word can compute: which characters become fields, to which paragraph.

`paragraph 2(a) of Article XII` holds three fields: `2`, `(a)` and `Article XII`, each the number of one paragraph
as Word shows it. What a field would not show letter for letter (`this Article`, `Articles XII and XIII`) stays
plain words, so that updating the fields never changes what the draft says except where a number has changed.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from agreements.model import Agreement, Mark
from agreements.reference import places

_LEADS = r"(?:paragraphs?|sub-?paragraphs?|points?|items?|sections?|clauses?|articles?)[ \u00a0]|[\d)]|\.(?=\w)"


@dataclass(frozen=True, slots=True)
class Anchor:
    """A paragraph that references can point to: its hidden bookmark and the number that Word shows there."""

    bookmark: str
    shown: str
    is_document: bool = False

    @property
    def value(self) -> str:
        """The text of a field that refers to the number: Word leaves closing full stops out."""
        return self.shown.rstrip(".")


@dataclass(frozen=True, slots=True)
class Link:
    """Characters `start` to `end` of a text that become a field to `anchor`."""

    start: int
    end: int
    anchor: Anchor


def chains(agreement: Agreement, anchors: Mapping[int, Sequence[Anchor]]) -> dict[str, tuple[Anchor, ...]]:
    """Return for each path of `agreement` the anchors from the outermost provision down to it.

    `anchors` holds, by index of the document, one anchor for each provision in reading order; paths of documents
    that are not written are left out.
    """
    found: dict[str, tuple[Anchor, ...]] = {}
    every_place = places(agreement)
    for number, document in enumerate(agreement.documents):
        above: list[Anchor] = []
        for index, place in enumerate(islice(every_place, sum(1 for _ in document.walk()))):
            if number in anchors:
                above[len(place.chain) - 1 :] = [anchors[number][index]]
                found.setdefault(place.path, tuple(above))
    return found


def links(text: str, mark: Mark, chain: Sequence[Anchor]) -> list[Link]:
    """Return the parts of `mark` over `text` that can be fields, in order; `chain` are the anchors of its target."""
    found: list[Link] = []
    taken: list[tuple[int, int]] = []
    for anchor in chain:
        span = _find(text, mark.start, mark.end, anchor, taken)
        if span:
            taken.append(span)
            found.append(Link(*span, anchor))
    return sorted(found, key=lambda link: link.start)


def _find(text: str, start: int, end: int, anchor: Anchor, taken: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """Return where the number of `anchor` stands between `start` and `end`, or None."""
    if not anchor.value:
        return None
    words = re.escape(anchor.value).replace("\u00a0", "[ \u00a0]")
    before = r"(?<!\w)" if anchor.value[0].isalnum() else ""
    after = r"(?!\w)" if anchor.value[-1].isalnum() else ""
    for match in re.compile(before + words + after).finditer(text, start, end):
        free = all(match.end() <= a or match.start() >= b for a, b in taken)
        if free and _stands_as_number(text, start, end, match.span()):
            return match.span()
    return None


def _stands_as_number(text: str, start: int, end: int, span: tuple[int, int]) -> bool:
    """Whether the characters are a number and no word of the sentence (`a`): bracketed, alone, or led by a noun."""
    first = text[span[0]]
    if first in "([" or " " in text[slice(*span)] or "\u00a0" in text[slice(*span)] or span == (start, end):
        return True
    return bool(re.search(rf"(?:{_LEADS})$", text[: span[0]], re.IGNORECASE))
