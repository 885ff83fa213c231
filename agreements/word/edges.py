"""Headers, footers and notes of two Word files: which answers which."""

from collections.abc import Iterator

from lxml import etree

from agreements.comparing.matching import match
from agreements.findings import Finding, warning
from agreements.ooxml.schema import name
from agreements.word.blocks import Block
from agreements.word.parts import Parts

_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_KINDS = ("headerReference", "footerReference")
Pairing = tuple[etree._Element, etree._Element]


def edges(a: Parts, b: Parts) -> Iterator[Pairing]:
    """Yield the headers and footers that both files have at the same place: section by section, by their type."""
    left, right = _references(a), _references(b)
    seen: set[str] = set()
    for place, path in left.items():
        if place in right and path not in seen:
            here, there = a.tree(path), b.tree(right[place])
            seen.add(path)
            if here is not None and there is not None:
                yield here, there


def unpaired(a: Parts, b: Parts, names: tuple[str, str]) -> Iterator[Finding]:
    """Yield a finding for each header or footer that only one of the files has; the redline leaves these alone."""
    left, right = _references(a), _references(b)
    for own, other, file_name in ((left, right, names[0]), (right, left, names[1])):
        for _, kind, sort in sorted(own.keys() - other.keys()):
            what = kind.removesuffix("Reference")
            message = f"Only this file has a {what} ({sort}); the redline leaves the {what} of {names[0]} as it is."
            yield warning("edge-left", file_name, message, "Compare it by eye.")


def notes(a: Parts, b: Parts) -> Iterator[Pairing]:
    """Yield the footnotes and endnotes that answer each other, by their words; the reference itself is in the text."""
    for kind in ("footnote", "endnote"):
        left, right = _notes(a, kind), _notes(b, kind)
        for i, j in match([x.item for x in left], [x.item for x in right]).in_order:
            yield left[i].element, right[j].element


def _notes(parts: Parts, kind: str) -> list[Block]:
    """Return the notes that the body refers to, in the order of the references."""
    root = parts.first(f"{kind}s")
    stored = {} if root is None else {note.get(name("id"), ""): note for note in root.iter(name(kind))}
    wanted = (reference.get(name("id"), "") for reference in parts.body().iter(name(f"{kind}Reference")))
    return [Block(stored[identifier]) for identifier in dict.fromkeys(wanted) if identifier in stored]


def _references(parts: Parts) -> dict[tuple[int, str, str], str]:
    """Return the paths of headers and footers by (section, kind, type)."""
    found: dict[tuple[int, str, str], str] = {}
    for section, own in enumerate(parts.body().iter(name("sectPr"))):
        for reference in own:
            kind = etree.QName(reference).localname
            if kind in _KINDS and (path := parts.related(reference.get(_ID, ""))):
                found[section, kind, reference.get(name("type"), "default")] = path
    return found
