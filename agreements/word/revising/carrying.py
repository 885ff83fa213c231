"""What the second file brings into the first: styles, lists and bookmarks, under names that are free there."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from copy import deepcopy

from lxml import etree

from agreements.findings import Finding, warning
from agreements.ooxml import revisions
from agreements.ooxml.numerals import whole
from agreements.ooxml.package import Package
from agreements.ooxml.schema import insert, name
from agreements.ooxml.stylesheet import look_of
from agreements.ooxml.xml import make

_REFERRING = re.compile(r"((?<!\s)\s*+(?:REF|PAGEREF|NOTEREF)\s+)(\S+)", re.IGNORECASE)
_LINKS = ("basedOn", "next", "link")
_DOUBLES = ("stylesWithEffects", "stylesWithtEffects")  # the styles once more, for Word 2010, which so misspelt one
_OBJECTS = frozenset(("drawing", "pict", "object", "AlternateContent"))
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_NAMING = "{urn:schemas-microsoft-com:office:office}relid"
_VML = "{urn:schemas-microsoft-com:vml}"
_NAMING_SHAPES = ("type", "ShapeID")  # of a shape: its kind; of an embedded object: its shape
_DRAWING_ID = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_OF_COMMENTS = tuple(map(name, ("commentRangeStart", "commentRangeEnd", "commentReference")))
_LOST_NOTES = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}


class Carrier:
    """Knows how the names of the second file (`b`) read in the first (`a`), and brings over what is missing there.

    `take_id` gives ids that nothing in the first file has. `lost` counts what could not be brought over, by sort.
    `bring_note` brings over the note of a reference and says whether it could.
    """

    bring_note: Callable[[etree._Element], bool] | None = None

    def __init__(self, a: Package, b: Package, take_id: Callable[[], int]) -> None:
        self._a, self._b = a, b
        self.place = (a.main, b.main)
        self._brought: dict[str, str] = {}
        self._links: dict[etree._Element, etree._Element] = {}
        self._take_id = take_id
        doubles = [root for kind in _DOUBLES if (root := a.first(kind)) is not None]
        self._styles = _Styles(a.first("styles"), b.first("styles"), self._list, doubles)
        self._numbering = _Numbering(a, b.first("numbering"))
        self._bookmarks: dict[str, str] = {}
        self._fresh: dict[int, list[tuple[etree._Element, etree._Element]]] = {}
        roots = list(a.stories().values())
        self._taken = {e.get(name("name"), "") for root in roots for e in root.iter(name("bookmarkStart"))}
        codes = (t.text or "" for root in b.stories().values() for t in root.iter(name("instrText")))
        simple = (e.get(name("instr"), "") for root in b.stories().values() for e in root.iter(name("fldSimple")))
        self._wanted = {found[2] for code in (*codes, *simple) for found in [_REFERRING.match(code)] if found}
        self.lost: Counter[str] = Counter()

    # ------------------------------------------------------------------ learning

    def learn(self, pairs: Iterable[tuple[etree._Element, etree._Element]]) -> None:
        """Take from paragraphs that answer each other (`a`, `b`) which lists and bookmarks are the same."""
        for a, b in pairs:
            self._numbering.vote(a, b)
            if not self._wanted:  # nothing in the second file refers to a bookmark
                continue
            own = [e.get(name("name"), "") for e in a.iter(name("bookmarkStart"))]
            for index, label in enumerate(self._referred(b)):
                if label not in self._bookmarks:
                    same = label if label in own else ""
                    self._bookmarks[label] = same or (own[min(index, len(own) - 1)] if own else self._mark(a, label))

    def expect(self, paragraph: etree._Element) -> None:
        """Choose names for the bookmarks of a `paragraph` that only the second file has."""
        for label in self._referred(paragraph):
            if label not in self._bookmarks:
                start, end = self._bookmark(label)
                self._bookmarks[label] = start.get(name("name"), "")
                self._fresh.setdefault(id(paragraph), []).append((start, end))

    def _referred(self, paragraph: etree._Element) -> list[str]:
        if not self._wanted:
            return []
        labels = (e.get(name("name"), "") for e in paragraph.iter(name("bookmarkStart")))
        return [label for label in labels if label in self._wanted]

    def _mark(self, paragraph: etree._Element, label: str) -> str:
        start, end = self._bookmark(label)
        _enclose(paragraph, start, end)
        return str(start.get(name("name"), ""))

    def _bookmark(self, label: str) -> tuple[etree._Element, etree._Element]:
        stem, count = label.rstrip("0123456789"), 1
        fresh = label
        while fresh in self._taken:
            fresh = f"{stem}{len(self._taken) + count}"
            count += 1
        self._taken.add(fresh)
        identifier = self._take_id()
        start = make("bookmarkStart", id=identifier)
        start.set(name("name"), fresh)
        return start, make("bookmarkEnd", id=identifier)

    # ------------------------------------------------------------------ carrying over

    def naming(self, label: str) -> str:
        """Return the name in the first file of the bookmark `label` of the second."""
        return self._bookmarks.get(label, label)

    def properties(self, paragraph: etree._Element) -> etree._Element:
        """Return the properties (`w:pPr`) of a paragraph of the second file as the first one says them."""
        found = make("pPr")
        own = paragraph.find(name("pPr"))
        for child in () if own is None else own:
            if child.tag in (name("sectPr"), name("pPrChange")):
                continue
            copy = deepcopy(child)
            if copy.tag == name("rPr"):
                self._fit_look(copy)
            found.append(copy)
        self._fit_names(found)
        return found

    def _fit_names(self, own: etree._Element) -> None:
        if (style := own.find(name("pStyle"))) is not None:
            style.set(name("val"), self._styles.carried(style.get(name("val"), "")))
        if (number := own.find(f"{name('numPr')}/{name('numId')}")) is not None:
            number.set(name("val"), self._list(number.get(name("val"), "")))

    def _list(self, identifier: str) -> str:
        return self._numbering.carried(identifier)

    def _fit_look(self, look: etree._Element) -> None:
        for change in [c for c in look if c.tag in revisions.CHANGES]:
            look.remove(change)
        if (style := look.find(name("rStyle"))) is not None:
            style.set(name("val"), self._styles.carried(style.get(name("val"), "")))

    def run(self, run: etree._Element) -> etree._Element | None:
        """Return a run of the second file made fit for the first, None where nothing of it can be carried over."""
        for child in list(run):
            sort = etree.QName(child).localname
            what = None if sort not in _OBJECTS or self._bring_object(child) else "pictures or other objects"
            if sort in _LOST_NOTES and not (self.bring_note and self.bring_note(child)):
                what = _LOST_NOTES[sort]
            if what:
                self.lost[what] += 1
                run.remove(child)
        if all(child.tag == name("rPr") for child in run):
            return None
        for mark in list(
            run.iter(name("bookmarkStart"), name("bookmarkEnd"))
        ):  # in a formula; the first file has its own
            revisions.holder(mark).remove(mark)
        for look in run.iter(name("rPr")):
            self._fit_look(look)
        for code in run.iter(name("instrText")):
            code.text = _REFERRING.sub(lambda m: m[1] + self.naming(m[2]), code.text or "", count=1)
        return run

    def _bring_object(self, element: etree._Element) -> bool:
        """Bring what a picture or other object names into the first file; return whether all of it was there."""
        for each in list(element.iter(etree.Element)):
            for key, value in list(each.attrib.items()):
                if value and (str(key).startswith(_R) or key == _NAMING):
                    fresh = self._relate(str(value))
                    if not fresh:
                        return False
                    each.set(key, fresh)
            if each.tag == _DRAWING_ID:
                each.set("id", str(self._take_id()))
        self._name_shapes(element)
        for own in list(element.iter(name("pPr"))):
            revisions.holder(own).replace(own, self.properties(revisions.holder(own)))
        return True

    def _name_shapes(self, element: etree._Element) -> None:
        """Give shapes of the old form (VML) names of their own: those of the first file may have the same."""
        fresh: dict[str, str] = {}
        for shape in element.iter(f"{_VML}*"):
            if own := shape.get("id", ""):
                fresh[own] = f"{own}_{self._take_id()}"
                shape.set("id", fresh[own])
        for each in element.iter(etree.Element) if fresh else ():
            for key in _NAMING_SHAPES:
                sign, bare = each.get(key, "")[:1], each.get(key, "").removeprefix("#")
                if bare in fresh:
                    each.set(key, ("#" if sign == "#" else "") + fresh[bare])

    def _relate(self, identifier: str) -> str:
        """Return the id by which the part of the first file that is worked on names what that of the second does."""
        here, there = self.place
        relation, sort = self._b.relationship(identifier, of=there), self._b.sort_of(identifier, of=there)
        if relation is None:
            return ""
        if relation.external:
            return self._a.relate(here, sort, relation.target, external=True)
        if relation.target not in self._brought:
            self._brought[relation.target] = self._a.bring(self._b, relation.target)
        target = self._brought[relation.target]
        return self._a.relate(here, sort, target) if target else ""

    def link(self, of: etree._Element) -> etree._Element | None:
        """Return a hyperlink of the second file, without words, as the first one says it; None where it cannot."""
        if of not in self._links:
            copy = make("hyperlink")
            for key, value in of.attrib.items():
                copy.set(key, value)
            if label := of.get(name("anchor"), ""):
                copy.set(name("anchor"), self.naming(label))
            if identifier := of.get(f"{_R}id", ""):
                fresh = self._relate(identifier)
                if not fresh:
                    return None
                copy.set(f"{_R}id", fresh)
            self._links[of] = copy
        return self._links[of]

    def look(self, of: etree._Element) -> etree._Element:
        """Return the properties of a table, row or cell of the second file as the first one says them."""
        copy = deepcopy(of)
        for change in [c for c in copy if c.tag in revisions.CHANGES]:
            copy.remove(change)
        if (style := copy.find(name("tblStyle"))) is not None:
            style.set(name("val"), self._styles.carried(style.get(name("val"), "")))
        return copy

    def paragraph(self, of: etree._Element) -> etree._Element:
        """Return a new paragraph without words that has the properties of the paragraph `of` of the second file."""
        return make("p", self.properties(of))

    def copied(self, of: etree._Element) -> etree._Element:
        """Return a copy of a paragraph, row or table of the second file as the first one says it; `of` stays as it is.

        A bookmark whose name the first file has is left out, as are comments.
        """
        made = deepcopy(of)
        taken = {e.get(name("name")) for r in self._a.stories().values() for e in r.iter(name("bookmarkStart"))}
        dropped = [e for e in made.iter(name("bookmarkStart")) if e.get(name("name")) in taken]
        gone = {e.get(name("id")) for e in dropped}
        dropped += [e for e in made.iter(name("bookmarkEnd")) if e.get(name("id")) in gone]
        dropped += made.iter(*_OF_COMMENTS)
        for mark in dropped:
            revisions.holder(mark).remove(mark)
        for own in list(made.iter(name("pPr"))):
            revisions.holder(own).replace(own, self.properties(revisions.holder(own)))
        for run in list(made.iter(name("r"))):
            if self.run(run) is None:
                revisions.holder(run).remove(run)
        for link in list(made.iter(name("hyperlink"))):
            self._fit_link(link)
        for style in made.iter(name("tblStyle")):
            style.set(name("val"), self._styles.carried(style.get(name("val"), "")))
        return made

    def _fit_link(self, link: etree._Element) -> None:
        fit = self.link(link)
        if fit is None:
            self.lost["links"] += 1
            link.attrib.pop(f"{_R}id")
            return
        for key, value in fit.attrib.items():
            link.set(key, value)

    def enclose(self, paragraph: etree._Element, of: etree._Element) -> None:
        """Put the bookmarks that were chosen for `of` around the words of the new `paragraph`."""
        for start, end in self._fresh.get(id(of), ()):
            _enclose(paragraph, start, end)

    def findings(self, file_name: str) -> list[Finding]:
        """Return what a person should know about that which could not be brought over."""
        return [
            warning(
                "not-carried", file_name, f"{count} {what} of this file are not in the redline.", "Add them in Word."
            )
            for what, count in sorted(self.lost.items())
        ]


def _enclose(paragraph: etree._Element, start: etree._Element, end: etree._Element) -> None:
    paragraph.insert(1 if paragraph.find(name("pPr")) is not None else 0, start)
    paragraph.append(end)


class _Styles:
    """The styles of both files, by name: ids differ between languages and programs."""

    def __init__(
        self,
        a: etree._Element | None,
        b: etree._Element | None,
        carried_list: Callable[[str], str],
        doubles: Sequence[etree._Element],
    ) -> None:
        self._root = a
        self._doubles = doubles
        self._list = carried_list
        self._theirs = {} if b is None else {s.get(name("styleId"), ""): s for s in b.iter(name("style"))}
        own = [] if a is None else list(a.iter(name("style")))
        self._by_name = {_style_name(s): s.get(name("styleId"), "") for s in own}
        self._ids = set(self._by_name.values())
        self._carried: dict[str, str] = {}

    def carried(self, identifier: str) -> str:
        """Return the id in the first file of the style `identifier` of the second, which is copied where missing."""
        if identifier in self._carried or identifier not in self._theirs or self._root is None:
            return self._carried.get(identifier, identifier)
        style = self._theirs[identifier]
        if (known := self._by_name.get(_style_name(style))) is not None:
            self._carried[identifier] = known
            return known
        fresh = identifier
        while fresh in self._ids:
            fresh += "x"
        self._ids.add(fresh)
        self._carried[identifier] = fresh
        self._copy(style, fresh)
        return fresh

    def _copy(self, style: etree._Element, fresh: str) -> None:
        copy = deepcopy(style)
        copy.set(name("styleId"), fresh)
        if name("default") in copy.attrib:
            del copy.attrib[name("default")]
        for link in _LINKS:
            if (found := copy.find(name(link))) is not None:
                found.set(name("val"), self.carried(found.get(name("val"), "")))
        if (number := copy.find(f"{name('pPr')}/{name('numPr')}/{name('numId')}")) is not None:
            number.set(name("val"), self._list(number.get(name("val"), "")))
        if self._root is not None:
            self._root.append(copy)
        for double in self._doubles:
            double.append(deepcopy(copy))


def _style_name(style: etree._Element) -> tuple[str, str]:
    found = style.find(name("name"))
    label = style.get(name("styleId"), "") if found is None else found.get(name("val"), "")
    return style.get(name("type"), "paragraph"), label.casefold()


def _list_of(paragraph: etree._Element) -> etree._Element | None:
    """Return what names the list of a paragraph in itself, None where nothing does."""
    own = look_of(paragraph)
    numbered = None if own is None else next(own.iterchildren(_NUMBERED), None)
    return None if numbered is None else next(numbered.iterchildren(_NUMBER_ID), None)


_NUMBERED, _NUMBER_ID = name("numPr"), name("numId")
_NUM, _ABSTRACT, _IDENTITY = name("num"), name("abstractNum"), name("nsid")
_PRINTED = tuple(map(name, ("start", "numFmt", "lvlText", "lvlRestart")))


def _definition(root: etree._Element | None, identifier: str) -> tuple[str, ...] | None:
    """Return the identity that Word gave the list `identifier` and how its levels print; None for one that restarts."""
    if root is None:
        return None
    num = next((n for n in root.iter(_NUM) if n.get(name("numId")) == identifier), None)
    link = None if num is None or num.find(name("lvlOverride")) is not None else num.find(name("abstractNumId"))
    if link is None:
        return None
    wanted = link.get(name("val"))
    abstract = next((a for a in root.iter(_ABSTRACT) if a.get(name("abstractNumId")) == wanted), None)
    identity = None if abstract is None else abstract.find(_IDENTITY)
    if abstract is None or identity is None:
        return None
    return identity.get(name("val"), ""), *(e.get(name("val"), "") for e in abstract.iter(*_PRINTED))


class _Numbering:
    """The lists of both files. A list of the second goes on in that of the first which its neighbours belong to."""

    def __init__(self, a: Package, b: etree._Element | None) -> None:
        self._package = a
        self._root = a.first("numbering")
        self._theirs = b
        self._votes: Counter[tuple[str, str]] = Counter()
        self._carried: dict[str, str] = {}
        self._styles: dict[str, etree._Element] | None = None

    def vote(self, a: etree._Element, b: etree._Element) -> None:
        """Note that paragraphs of two lists answer each other."""
        here, there = (_list_of(paragraph) for paragraph in (a, b))
        if there is None:
            return
        own = self._of_style(a) if here is None else here.get(name("val"), "")
        if own:  # another program writes out the list that a style names
            self._votes.update([(there.get(name("val"), ""), own)])

    def _of_style(self, paragraph: etree._Element) -> str:
        """Return the list that the style of a paragraph of the first file names, or one that it is based on."""
        if self._styles is None:
            root = self._package.first("styles")
            found = () if root is None else root.iter(name("style"))
            self._styles = {each.get(name("styleId"), ""): each for each in found}
        own = look_of(paragraph)
        named = None if own is None else own.find(name("pStyle"))
        style, seen = "" if named is None else named.get(name("val"), ""), set[str]()
        while style in self._styles and style not in seen:
            seen.add(style)
            element = self._styles[style]
            if (number := element.find(f"{name('pPr')}/{name('numPr')}/{name('numId')}")) is not None:
                return str(number.get(name("val"), ""))
            based = element.find(name("basedOn"))
            style = "" if based is None else based.get(name("val"), "")
        return ""

    def carried(self, identifier: str) -> str:
        """Return the id in the first file of the list `identifier` of the second, which is copied where missing."""
        if identifier not in self._carried:
            voted = [(count, here) for (there, here), count in self._votes.items() if there == identifier]
            self._carried[identifier] = max(voted)[1] if voted else self._same(identifier) or self._copy(identifier)
        return self._carried[identifier]

    def _same(self, identifier: str) -> str:
        """Return the id of the same list in the first file: one that came from the same hand and prints the same."""
        wanted = _definition(self._theirs, identifier)
        own = [] if wanted is None or self._root is None else [n.get(name("numId"), "") for n in self._root.iter(_NUM)]
        found = [each for each in own if _definition(self._root, each) == wanted]
        return identifier if identifier in found else next(iter(found), "")

    def _copy(self, identifier: str) -> str:
        if self._theirs is None or identifier == "0":
            return "0"
        nums = {n.get(name("numId")): n for n in self._theirs.iter(name("num"))}
        abstracts = {n.get(name("abstractNumId")): n for n in self._theirs.iter(name("abstractNum"))}
        num = deepcopy(nums.get(identifier))
        link = None if num is None else num.find(name("abstractNumId"))
        abstract = None if link is None else deepcopy(abstracts.get(link.get(name("val"))))
        if num is None or link is None or abstract is None:
            return "0"
        if self._root is None:  # the first file has no lists yet
            self._root = make("numbering")
            self._package.add("numbering", self._root)
        for tied in list(abstract.iter(name("pStyle"), name("styleLink"), name("numStyleLink"))):
            revisions.holder(tied).remove(tied)
        link.set(name("val"), self._fresh("abstractNum", "abstractNumId"))
        abstract.set(name("abstractNumId"), link.get(name("val"), ""))
        num.set(name("numId"), self._fresh("num", "numId"))
        insert(self._root, abstract)
        insert(self._root, num)
        return str(num.get(name("numId"), ""))

    def _fresh(self, tag: str, attribute: str) -> str:
        used = [] if self._root is None else [e.get(name(attribute), "0") for e in self._root.iter(name(tag))]
        return str(max(map(whole, used), default=0) + 1)
