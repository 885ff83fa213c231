"""What the pictures, links and other objects of a Word file are: by what they hold, whatever a file calls it.

A picture is its bytes, a chart or diagram the part that describes it, an embedded file its bytes, a link its address.
How large an object is drawn, and the words that stand for it, are no part of what it is.
"""

import hashlib

from lxml import etree

from agreements.ooxml import walk
from agreements.ooxml.graphics import graphics_in
from agreements.ooxml.package import Package, Relationship
from agreements.ooxml.schema import local, name

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_NAMING = "{urn:schemas-microsoft-com:office:office}relid"
_CROP = "srcRect"
_LABELS = {"image": "picture", "oleObject": "embedded object", "package": "embedded file", "chart": "chart"}
_DIAGRAM = "diagramData"
_LOOKS = frozenset(("diagramLayout", "diagramQuickStyle", "diagramColors", "hyperlink"))
_SIGNS = 8  # characters of a hash that name an object


class Objects:
    """The objects of one file, each with what it is compared by; its parts are read when asked for."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._hashes: dict[str, str] = {}

    def key(self, element: etree._Element) -> str:
        """Return what a drawing, a picture of the old form or an embedded object is compared by."""
        held = [self._what(relation) for relation in self._named(element)]
        crops = [",".join(map(str, sorted(e.attrib.items()))) for e in element.iter() if local(e) == _CROP and e.attrib]
        words = [text for e in element.iter() for text in _drawn(e)]
        shapes = [] if held else [e.get("prst", "") for e in element.iter() if local(e) == "prstGeom"]
        return f"object:{';'.join([*held, *crops, *words, *shapes])}"

    def label(self, element: etree._Element) -> str:
        """Return how an object is called where it is told of: its sort, the beginning of its hash, its words."""
        relations = self._named(element)
        if not relations:
            return "shape"
        first = next((r for r in relations if r.kind != "image"), relations[0])
        what = "diagram" if first.kind == _DIAGRAM else _LABELS.get(first.kind, first.kind or "object")
        words = [each for graphic in graphics_in(self._package, element) for each in graphic.words]
        said = f": {'; '.join(words)}" if words else ""
        return f"{what} {self._what(first).rpartition(':')[2][:_SIGNS]}{said}"

    def address(self, link: etree._Element) -> str:
        """Return where a `w:hyperlink` leads outside the file, or the bookmark that a person named; else nothing."""
        relation = self._relation(link.get(f"{_R}id", ""), link)
        anchor = link.get(name("anchor"), "")
        if relation is not None and relation.external:
            return f"{relation.target}#{anchor}" if anchor else relation.target
        return f"#{anchor}" if anchor and not anchor.startswith("_") else ""

    def _named(self, element: etree._Element) -> list[Relationship]:
        """Return the relationships that an object names in the form that Word shows."""
        hidden = walk.hidden_branches(element)
        found: list[Relationship] = []
        for each in element.iter(etree.Element):
            if hidden and not hidden.isdisjoint(each.iterancestors(walk.CHOICE, walk.FALLBACK)):
                continue
            if each.tag == walk.BOX or next(each.iterancestors(walk.BOX), element) is not element:
                continue
            for key, value in each.attrib.items():
                if str(key).startswith(_R) or key == _NAMING:
                    relation = self._relation(str(value), element) or Relationship(str(value), "missing", "")
                    found += [relation] if relation.kind not in _LOOKS else []
        return found

    def _relation(self, identifier: str, element: etree._Element) -> Relationship | None:
        return self._package.relationship(identifier, of=self._package.path_of(element)) if identifier else None

    def _what(self, relation: Relationship) -> str:
        if relation.external or not relation.target:
            return f"{relation.kind}:{relation.target}"
        if relation.target not in self._hashes:
            data = self._package.data(relation.target) or b""
            self._hashes[relation.target] = hashlib.sha256(data).hexdigest()
        return f"{relation.kind}:{self._hashes[relation.target]}"


def _drawn(element: etree._Element) -> list[str]:
    """Return the words that a graphic itself says, such as a watermark."""
    if local(element) == "textpath":
        return [element.get("string", "")]
    return [element.text or ""] if element.tag == "{http://schemas.openxmlformats.org/drawingml/2006/main}t" else []
