"""The words that a drawing shows and no paragraph holds: those of charts, of diagrams (SmartArt), of graphics.

They stand in parts of their own (ISO/IEC 29500-1, 21.2 and 21.4) or in the drawing, not in the text, so that one who
reads the paragraphs misses them. Words of text boxes are paragraphs and not told here.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from lxml import etree

from agreements.ooxml import walk
from agreements.ooxml.package import Package

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_CHART_VALUE = "{http://schemas.openxmlformats.org/drawingml/2006/chart}v"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_HIDING = (walk.CHOICE, walk.FALLBACK)

GraphicKind = Literal["chart", "diagram", "graphic"]
_SORTS: dict[str, GraphicKind] = {"chart": "chart", "chartEx": "chart", "diagramData": "diagram"}


@dataclass(frozen=True, slots=True)
class Graphic:
    """A graphic with words in it: what it is, and its words and figures, each once, in the order of the file."""

    kind: GraphicKind
    words: tuple[str, ...]


def graphics_in(package: Package, drawing: etree._Element) -> list[Graphic]:
    """Return the charts, diagrams and graphics with words that `drawing`, an element of a part of `package`, shows."""
    of = package.path_of(drawing)
    hidden = walk.hidden_branches(drawing)
    own: list[str] = []
    found: list[Graphic] = []
    for each in drawing.iter(etree.Element):
        if hidden and not hidden.isdisjoint(each.iterancestors(*_HIDING)):
            continue
        if each.tag == f"{_A}p":
            own.append(_said(each))
        for key, value in each.items():
            if str(key).startswith(_R):
                found += _named(package, of, str(value))
    words = _once(own)
    return [*([Graphic("graphic", words)] if words else []), *found]


def _named(package: Package, of: str, identifier: str) -> Iterator[Graphic]:
    """Yield the chart or diagram that the part at `of` names as `identifier`, if it is one and says anything."""
    relation = package.relationship(identifier, of=of)
    kind = None if relation is None or relation.external else _SORTS.get(relation.kind)
    root = package.part(relation.target) if relation and kind else None
    if kind is None or root is None:
        return
    said = (_said(each) if each.tag == f"{_A}p" else each.text or "" for each in root.iter(f"{_A}p", _CHART_VALUE))
    if words := _once(said):
        yield Graphic(kind, words)


def _said(paragraph: etree._Element) -> str:
    return "".join(each.text or "" for each in paragraph.iter(f"{_A}t"))


def _once(said: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words for each in said if (words := " ".join(each.split()))))
