"""A provision's words as runs: emphasis, open brackets, fields, and stretches written from right to left."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from lxml import etree

from agreements.model import Mark
from agreements.ooxml.fields import field, number_reference, text_reference
from agreements.ooxml.xml import Properties, XmlValue, run
from agreements.word.references import Link

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
