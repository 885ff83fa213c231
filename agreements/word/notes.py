"""Footnotes and endnotes of two Word files: which answers which, and those that come into the first with new words."""

from collections.abc import Callable

from lxml import etree

from agreements.comparing.matching import match
from agreements.ooxml import walk
from agreements.ooxml.package import Package
from agreements.ooxml.schema import local, name
from agreements.ooxml.xml import make
from agreements.word.atoms import bare
from agreements.word.blocks import BlockElement

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
        self._known = {(local(there), there.get(name("id"), "")): here.get(name("id"), "") for here, there in pairs}

    def own(self, reference: etree._Element) -> str:
        """Return what a reference of the first file is compared by."""
        return f"{local(reference)} {reference.get(name('id'), '')}"

    def other(self, reference: etree._Element) -> str:
        """Return what a reference of the second file is compared by: the same where their notes answer each other."""
        kind, identifier = local(reference).removesuffix("Reference"), reference.get(name("id"), "")
        return f"{local(reference)} {self._known.get((kind, identifier), f'new {identifier}')}"

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
        used = [int(n) for each in root if (n := each.get(name("id"), "")).lstrip("-").isdigit()]
        made.set(name("id"), str(max([0, *used]) + 1))
        found = (child for child, _ in walk.blocks(note) if child.tag in (name("p"), name("tbl")))
        made.extend(self._inserted(child) for child in found)
        root.append(made)
        reference.set(name("id"), made.get(name("id"), ""))
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
