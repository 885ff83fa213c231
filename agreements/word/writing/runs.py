"""A provision's words as runs: emphasis, open brackets, fields, and stretches written from right to left."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from lxml import etree

from agreements.model import Agreement, Mark
from agreements.ooxml.fields import field, number_reference, text_reference
from agreements.ooxml.xml import Properties, XmlValue, run
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
    words = "[ \u00a0]".join(map(re.escape, re.split("[ \u00a0]", anchor.value)))
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


_RIGHT_TO_LEFT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_STRETCH = re.compile(f"([{_RIGHT_TO_LEFT}]+(?:[ \u00a0]+[{_RIGHT_TO_LEFT}]+)*)")
_LOOKS: dict[str, Properties] = {"emphasis": {"i": True, "iCs": True}, "bracket": {"b": True, "bCs": True}}


def words(
    text: str, marks: Sequence[Mark] = (), links: Sequence[Link] = (), look: Properties | None = None
) -> list[etree._Element]:
    """Return the runs of `text`: its `marks` as formatting, its `links` as fields, all over the properties `look`."""
    content: list[etree._Element] = []
    at = 0
    for link in links:
        content += _plain(text, at, link.start, marks, look)
        make = text_reference if link.anchor.is_document else number_reference
        result = _plain(text, link.start, link.end, marks, look)
        content += field(make(link.anchor.bookmark), result, look)
        at = link.end
    return content + list(_plain(text, at, len(text), marks, look))


def _plain(text: str, start: int, end: int, marks: Sequence[Mark], look: Properties | None) -> Iterator[etree._Element]:
    shown = [m for m in marks if m.kind in _LOOKS]
    cuts = {start, end, *(at for m in shown for at in (m.start, m.end) if start < at < end)}
    edges = sorted(cuts)
    for left, right in pairwise(edges):
        own: dict[str, XmlValue] = dict(look or {})
        for mark in shown:
            if mark.start <= left and right <= mark.end:
                own.update(_LOOKS[mark.kind])
        yield from _by_direction(text[left:right], own)


def _by_direction(text: str, look: Properties) -> Iterator[etree._Element]:
    """Yield runs of `text`, those of right-to-left letters marked so that Word orders and shapes them."""
    for index, piece in enumerate(_STRETCH.split(text)):
        if piece:
            yield run(piece, {**look, "rtl": True} if index % 2 else look)
