"""Headers and footers of two Word files: which answers which, and those that only one of them has."""

from collections.abc import Iterator

from lxml import etree

from agreements.findings import Finding, warning
from agreements.ooxml.package import Package
from agreements.ooxml.schema import insert, name
from agreements.ooxml.xml import make

_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_KINDS = {"headerReference": "hdr", "footerReference": "ftr"}
HeaderPair = tuple[etree._Element, etree._Element]
HeaderPlace = tuple[int, str, str]
"""Section, kind of reference, and type (default, first, even)."""


def edges(a: Package, b: Package) -> Iterator[HeaderPair]:
    """Yield the headers and footers that both files have at the same place: section by section, by their type."""
    left, right = references(a), references(b)
    seen: set[str] = set()
    for place, path in left.items():
        if place in right and path not in seen:
            here, there = a.part(path), b.part(right[place])
            seen.add(path)
            if here is not None and there is not None:
                yield here, there


def lone_edges(a: Package, b: Package) -> Iterator[HeaderPair]:
    """Yield each header and footer that only one of the files has with an empty one: what only `b` has is made in `a`.

    Those of the first page or of even pages are told apart only where both files do so.
    """
    left, right = references(a), references(b)
    paired = {path for place, path in left.items() if place in right}
    for place in sorted((left.keys() ^ right.keys()) - _left_alone(a, b, left, right)):
        if place in left and left[place] not in paired:
            here = a.part(left[place])
            if here is not None:
                paired.add(left[place])
                yield here, etree.Element(here.tag)
        elif place in right:
            there = b.part(right[place])
            if there is not None:
                yield _made(a, place), there


def _made(parts: Package, place: HeaderPlace) -> etree._Element:
    """Return a new and empty header or footer of `parts` at `place`."""
    section, kind, sort = place
    root = make(_KINDS[kind])
    reference = make(kind, type=sort)
    reference.set(_ID, parts.add(kind.removesuffix("Reference"), root))
    insert(_sections(parts)[section], reference)
    return root


def unpaired(a: Package, b: Package, names: tuple[str, str]) -> Iterator[Finding]:
    """Yield a finding for each header or footer that the redline leaves alone, as only one file has such a place."""
    left, right = references(a), references(b)
    alone = _left_alone(a, b, left, right)
    for own, file_name in ((left, names[0]), (right, names[1])):
        for _, kind, sort in sorted(own.keys() & alone):
            what = kind.removesuffix("Reference")
            message = f"Only this file has a {what} ({sort}); the redline leaves the {what} of {names[0]} as it is."
            yield warning("edge-left", file_name, message, "Compare it by eye.")


def _left_alone(
    a: Package, b: Package, left: dict[HeaderPlace, str], right: dict[HeaderPlace, str]
) -> set[HeaderPlace]:
    """Return the places that only one file can have: its sections, or its pages that are told apart."""
    sections = min(len(_sections(a)), len(_sections(b)))
    return {
        (section, kind, sort)
        for section, kind, sort in left.keys() ^ right.keys()
        if section >= sections or not (_told_apart(a, section, sort) and _told_apart(b, section, sort))
    }


def _told_apart(parts: Package, section: int, sort: str) -> bool:
    """Whether pages of this `sort` have headers of their own in a section."""
    if sort == "first":
        return _sections(parts)[section].find(name("titlePg")) is not None
    settings = parts.first("settings")
    even = settings is not None and settings.find(name("evenAndOddHeaders")) is not None
    return sort == "default" or even


def _sections(parts: Package) -> list[etree._Element]:
    return [e for e in parts.body().iter(name("sectPr")) if e.getparent() is not None and not _is_old(e)]


def _is_old(section: etree._Element) -> bool:
    """Whether it is what a section was before a tracked change."""
    return next(section.iterancestors(name("sectPrChange")), None) is not None


def references(parts: Package) -> dict[HeaderPlace, str]:
    """Return the paths of headers and footers by place; a section without one has that of the section before."""
    found: dict[HeaderPlace, str] = {}
    for section, own in enumerate(_sections(parts)):
        found |= {(section, kind, sort): path for (at, kind, sort), path in found.items() if at == section - 1}
        for reference in own:
            kind = etree.QName(reference).localname
            if kind in _KINDS and (path := parts.target(reference.get(_ID, ""))):
                found[section, kind, reference.get(name("type"), "default")] = path
    return found
