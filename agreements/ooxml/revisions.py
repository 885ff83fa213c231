"""Tracked changes in WordprocessingML (ISO/IEC 29500-1, 17.13.5): insertions, deletions, moves, old properties.

A change of words is an element around runs; that of a paragraph's end stands in the properties of its mark, that of a
table row in the properties of the row.
"""

from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Literal

from lxml import etree

from agreements.ooxml.numerals import whole
from agreements.ooxml.schema import insert, name
from agreements.ooxml.xml import make

RevisionTag = Literal["ins", "del", "moveFrom", "moveTo"]
KINDS: tuple[RevisionTag, ...] = ("ins", "del", "moveFrom", "moveTo")
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_PUT_IN_CONFLICT, _TAKEN_OUT_IN_CONFLICT = f"{_W14}conflictIns", f"{_W14}conflictDel"
ADDING: frozenset[str] = frozenset((*map(name, ("ins", "moveTo")), _PUT_IN_CONFLICT))
REMOVING: frozenset[str] = frozenset((*map(name, ("del", "moveFrom")), _TAKEN_OUT_IN_CONFLICT))
"""With the changes of words that Word keeps where two persons edited one place at once ([MS-DOCX], `conflictIns`)."""
DELETIONS = (name("del"), _TAKEN_OUT_IN_CONFLICT)
"""Those in which text bears the name of deleted text."""
CELLS = frozenset(name(tag) for tag in ("cellIns", "cellDel", "cellMerge"))
PROPERTY_CHANGES = frozenset(
    name(f"{tag}Change") for tag in ("pPr", "rPr", "tblPr", "trPr", "tcPr", "sectPr", "tblPrEx", "tblGrid", "numbering")
)
RANGES = frozenset(
    name(f"{tag}Range{end}")
    for tag in ("moveFrom", "moveTo", "customXmlIns", "customXmlDel", "customXmlMoveFrom", "customXmlMoveTo")
    for end in ("Start", "End")
) | frozenset(f"{_W14}customXmlConflict{kind}Range{end}" for kind in ("Ins", "Del") for end in ("Start", "End"))
CHANGES = ADDING | REMOVING | CELLS | PROPERTY_CHANGES

_DELETED = {name("t"): name("delText"), name("instrText"): name("delInstrText")}
_RESTORED = {new: old for old, new in _DELETED.items()}
_STAYS = frozenset(name(tag) for tag in ("rPr", "sectPr", "pPrChange"))
MARKS = ADDING | REMOVING


@dataclass(slots=True)
class Tracker:
    """Writes the changes of one author at one time, each under an id of its own from `next_id` on.

    `date` is `2026-11-22T00:00:00Z`.
    """

    author: str
    date: str
    next_id: int = 1

    def take_id(self) -> int:
        """Return an id that nothing in the file has."""
        self.next_id += 1
        return self.next_id - 1

    def _signed(self, tag: str, *children: etree._Element) -> etree._Element:
        return make(tag, *children, id=self.take_id(), author=self.author, date=self.date)

    def around(self, kind: RevisionTag, runs: Iterable[etree._Element]) -> etree._Element:
        """Return `runs` as a change of `kind`; they lose their place in any other tree."""
        wrapper = self._signed(kind, *runs)
        if kind == "del":
            rename(wrapper, deleted=True)
        return wrapper

    def within(self, parent: etree._Element, kind: RevisionTag) -> etree._Element:
        """Return a new change of `kind` at the end of `parent`; what a deletion is filled with is to be renamed."""
        made = etree.SubElement(parent, name(kind))
        for key, value in (("id", str(self.take_id())), ("author", self.author), ("date", self.date)):
            made.set(name(key), value)
        return made

    def mark(self, paragraph: etree._Element, kind: RevisionTag) -> None:
        """Say that the end of `paragraph` was inserted, deleted or moved."""
        own = child(paragraph, "pPr", first=True)
        look = own.find(name("rPr"))
        if look is None:
            look = make("rPr")
            insert(own, look)
        insert(look, self._signed(kind))

    def row(self, row: etree._Element, kind: RevisionTag) -> None:
        """Say that a table row was inserted or deleted."""
        look = row.find(name("trPr"))
        if look is None:
            look = make("trPr")
            after = row.find(name("tblPrEx"))
            row.insert(0 if after is None else row.index(after) + 1, look)
        if all(each.tag in CHANGES for each in look):
            look.insert(0, make("cantSplit", val="off"))  # the schema wants a property beside the change
        change = look.find(name("trPrChange"))
        look.insert(len(look) if change is None else look.index(change), self._signed(kind))

    def properties(self, paragraph: etree._Element, new: etree._Element) -> None:
        """Give `paragraph` the properties `new` (a `w:pPr`), the old ones kept as what they were before."""
        own = child(paragraph, "pPr", first=True)
        before = make("pPr", *(deepcopy(c) for c in own if c.tag not in _STAYS))
        for old in [c for c in own if c.tag not in _STAYS]:
            own.remove(old)
        for place, fresh in enumerate(deepcopy(c) for c in new if c.tag not in _STAYS):
            own.insert(place, fresh)
        if own.find(name("pPrChange")) is None:
            own.append(self._signed("pPrChange", before))

    def moved(self, kind: Literal["moveFrom", "moveTo"], label: str, blocks: Sequence[etree._Element]) -> None:
        """Put the markers of the move called `label` around `blocks`, which are siblings in order."""
        start = self._signed(f"{kind}RangeStart")
        start.set(name("name"), label)
        end = make(f"{kind}RangeEnd", id=start.get(name("id"), ""))
        blocks[0].addprevious(start)
        blocks[-1].addnext(end)


def holder(element: etree._Element) -> etree._Element:
    """Return what `element` stands in; raises `ValueError` when it stands in nothing."""
    found = element.getparent()
    if found is None:
        raise ValueError(f"{element.tag} stands in no tree")
    return found


def child(parent: etree._Element, tag: str, *, first: bool = False) -> etree._Element:
    """Return the child `tag` of `parent`, made (as its `first`, or last) where there is none."""
    found = parent.find(name(tag))
    if found is None:
        found = make(tag)
        parent.insert(0 if first else len(parent), found)
    return found


def rename(element: etree._Element, *, deleted: bool) -> None:
    """Give the text and field codes under `element` the names that they have in deletions, or elsewhere."""
    names = _DELETED if deleted else _RESTORED
    for each in list(element.iter(*names)):
        around = next(each.iterancestors(*DELETIONS), None)
        if deleted or around in (None, element):  # what another deleted inside stays deleted
            each.tag = names[each.tag]


def highest_id(roots: Iterable[etree._Element]) -> int:
    """Return the highest `w:id` in the trees of `roots`, 0 when there is none."""
    found = (each.get(name("id")) for root in roots for each in root.iter(etree.Element))
    return max((whole(value) for value in found if value), default=0)
