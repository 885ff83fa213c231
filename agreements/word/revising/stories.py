"""Notes, headers and footers of two Word files: which answers which, and those that only one of them has."""

from collections.abc import Callable, Iterator

from lxml import etree

from agreements.comparing.matching import match
from agreements.findings import Finding, warning
from agreements.ooxml import walk
from agreements.ooxml.numerals import whole
from agreements.ooxml.package import Package
from agreements.ooxml.schema import insert, local, name
from agreements.ooxml.xml import make
from agreements.word.revising.align import BlockElement
from agreements.word.revising.atoms import bare

KINDS = ("footnote", "endnote")
REFERENCES = frozenset(name(f"{kind}Reference") for kind in KINDS)

NotePair = tuple[etree._Element, etree._Element]


def notes(a: Package, b: Package) -> list[NotePair]:
    """Return the footnotes and endnotes that answer each other, by their words; the reference itself is in the text."""
    found: list[NotePair] = []
    for kind in KINDS:
        left, right = (_blocks(parts, kind) for parts in (a, b))
        pairs = match([x.item for x in left], [x.item for x in right]).in_order
        found += [(left[i].element, right[j].element) for i, j in pairs]
    return found


def _blocks(parts: Package, kind: str) -> list[BlockElement]:
    """Return the notes that the body refers to, in the order of the references."""
    stored = _stored(parts, kind)
    wanted = (reference.get(name("id"), "") for reference in parts.body().iter(name(f"{kind}Reference")))
    return [BlockElement(stored[identifier]) for identifier in dict.fromkeys(wanted) if identifier in stored]


def _stored(parts: Package, kind: str) -> dict[str, etree._Element]:
    root = parts.first(f"{kind}s")
    return {} if root is None else {note.get(name("id"), ""): note for note in root.iter(name(kind))}


class NoteCarrier:
    """Knows which note of the second file is which of the first, and brings the others in.

    `inserted` makes, from a paragraph or table of the second file, one of the first that is marked as inserted.
    """

    def __init__(
        self,
        a: Package,
        b: Package,
        pairs: list[NotePair],
        inserted: Callable[[etree._Element], etree._Element],
    ) -> None:
        self._a, self._b = a, b
        self._inserted = inserted
        self._held = tuple({kind: set(_stored(parts, kind)) for kind in KINDS} for parts in (a, b))
        self._known = {(local(there), there.get(name("id"), "")): here.get(name("id"), "") for here, there in pairs}

    def own(self, reference: etree._Element) -> str:
        """Return what a reference of the first file is compared by."""
        return f"{local(reference)} {self._named(0, reference)}"

    def other(self, reference: etree._Element) -> str:
        """Return what a reference of the second file is compared by: the same where their notes answer each other."""
        identifier = self._named(1, reference)
        key = local(reference).removesuffix("Reference"), identifier
        return f"{local(reference)} {self._known.get(key, f'new {identifier}') if identifier else ''}"

    def _named(self, side: int, reference: etree._Element) -> str:
        """Return the id of the note that a reference names, empty where there is none: all such are alike."""
        identifier = str(reference.get(name("id"), ""))
        return identifier if identifier in self._held[side][local(reference).removesuffix("Reference")] else ""

    def bring(self, reference: etree._Element) -> bool:
        """Copy the note of a reference that is new in the first file, and make it refer to the copy.

        Returns False where there is no such note.
        """
        kind = local(reference).removesuffix("Reference")
        note = _stored(self._b, kind).get(reference.get(name("id"), ""))
        if note is None:
            return False
        root = self._part(kind)
        made = bare(note)
        used = [whole(each.get(name("id"))) for each in root]
        made.set(name("id"), str(max([0, *used]) + 1))
        found = (child for child, _ in walk.blocks(note) if child.tag in (name("p"), name("tbl")))
        made.extend(self._inserted(child) for child in found)
        root.append(made)
        reference.set(name("id"), made.get(name("id"), ""))
        self._held[0][kind].add(made.get(name("id"), ""))
        return True

    def _part(self, kind: str) -> etree._Element:
        """Return the notes of `kind` of the first file, made with the separators of the second where it has none."""
        root = self._a.first(f"{kind}s")
        if root is None:
            root = make(f"{kind}s")
            theirs = self._b.first(f"{kind}s")
            for note in () if theirs is None else theirs:
                if note.get(name("type")):
                    copy = bare(note)
                    copy.append(make("p", make("r", make(_SEPARATORS.get(note.get(name("type"), ""), "separator")))))
                    root.append(copy)
            self._a.add(f"{kind}s", root)
        return root


_SEPARATORS = {"continuationSeparator": "continuationSeparator"}


def without_orphans(parts: Package, before: set[tuple[str, str]]) -> None:
    """Remove the notes that the body referred to (`before`) and no longer does."""
    gone = before - referred(parts)
    for kind, identifier in gone:
        note = _stored(parts, kind).get(identifier)
        if note is not None and (parent := note.getparent()) is not None:
            parent.remove(note)


def referred(parts: Package) -> set[tuple[str, str]]:
    """Return kind and id of every note that the body refers to."""
    found = parts.body().iter(*REFERENCES)
    return {(local(e).removesuffix("Reference"), e.get(name("id"), "")) for e in found}


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
    apart = left.keys() ^ right.keys()
    sections = min(len(_sections(a)), len(_sections(b))) if apart else 0
    return {
        (section, kind, sort)
        for section, kind, sort in apart
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
