"""A Word paragraph as a sequence of atoms that can be compared: words, signs, fields, objects, each with its runs.

What has no width (bookmarks, comment marks, others' deletions) keeps its place between the atoms.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import groupby

from lxml import etree

from agreements.comparing.tokens import tokens
from agreements.ooxml import revisions, walk
from agreements.ooxml.fields import form_shown
from agreements.ooxml.schema import local, name
from agreements.ooxml.walk import Inline
from agreements.ooxml.xml import make
from agreements.word.revising.objects import Objects

_SHELLS = (
    frozenset(name(tag) for tag in ("hyperlink", "smartTag", "sdt", "customXml", "dir", "bdo"))
    | revisions.ADDING
    | {walk.ALTERNATE}
)
_WITHOUT_WIDTH = frozenset(name(tag) for tag in ("commentReference", "annotationRef", "lastRenderedPageBreak"))
_RUN, _TEXT, _RUN_LOOK = (name(tag) for tag in ("r", "t", "rPr"))
_AROUND_PLAIN = frozenset(name(tag) for tag in ("pPr", "bookmarkStart", "bookmarkEnd", "proofErr"))
_SHELL_PROPERTIES = frozenset(name(tag) for tag in ("sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr"))
# Blank for a comparison, and no characters of any text: XML cannot hold them.
_TAB, _BREAK = "\x1c", "\x1d"
_BLANKS = {name("tab"): _TAB, name("ptab"): _TAB, name("br"): _BREAK, name("cr"): _BREAK}
_LINK = "\x1e"  # between the key of a word and the address that it leads to
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_PLAIN_SAID = {name("tab"): "\t", name("br"): "\n"}
_NO_SIGNS = tuple(
    f"\x03{tag}["
    for tag in (
        "footnoteRef",
        "endnoteRef",
        "separator",
        "continuationSeparator",
        "softHyphen",
        "br",
        "cr",
        "annotationRef",
    )
)
"""How keys begin of what is no word and nothing to compare: where pages and lines end, the sign before a note."""
REFERRING = ("REF", "PAGEREF", "NOTEREF")

Naming = Callable[[str], str]
Noting = Callable[[etree._Element], str]
Shells = tuple[etree._Element, ...]


@dataclass(slots=True)
class Atom:
    """The smallest thing that is kept, deleted or inserted.

    `key` is what it is compared by, `said` the characters that a reader sees, `label` what is said of it where it has
    none. Either it is `piece`, a child of the run `source`, or whole `runs` that belong together (a field from its
    beginning to its end, of which `result` shows). `shells` are the hyperlinks and other containers around it,
    outermost first.
    """

    key: str
    source: etree._Element | None = None
    piece: etree._Element | str | None = None
    runs: tuple[etree._Element, ...] = ()
    result: tuple[int, int] = (0, 0)
    shells: Shells = ()
    said: str = ""
    label: str = ""

    @property
    def is_field(self) -> bool:
        """Whether it is a field."""
        return self.key.startswith("\x02")

    @property
    def address(self) -> str:
        """Where a link around it leads outside the file, empty for nowhere."""
        return self.key.partition(_LINK)[2]


@dataclass(slots=True)
class Content:
    """A paragraph's atoms, and what stands between them: (index of the atom after it, shells, element)."""

    atoms: list[Atom] = field(default_factory=list)
    between: list[tuple[int, Shells, etree._Element]] = field(default_factory=list)

    @property
    def keys(self) -> list[str]:
        """What the atoms are compared by."""
        return [atom.key for atom in self.atoms]

    @property
    def said(self) -> str:
        """The text as a reader sees it."""
        return "".join(atom.said for atom in self.atoms)

    @property
    def signs(self) -> list[str]:
        """What is compared of it beside its words: objects, symbols, formulas, instructions of fields, addresses."""
        found = [key for key in self.keys if key.startswith(("\x02", "\x03")) and not key.startswith(_NO_SIGNS)]
        links = (atom.address for atom in self.atoms)
        return [_without_result(key) for key in found] + [link for link, _ in groupby(links) if link]

    @property
    def labelled(self) -> str:
        """The text with what has no words named in brackets where it stands."""
        found: list[str] = []
        for link, group in groupby(self.atoms, key=lambda atom: atom.address):
            found += [atom.said or atom.label for atom in group]
            found += [f" [link to {link}] "] if link else []
        return "".join(found)


def _without_result(key: str) -> str:
    """Return the key of a field without what it shows, which Word computes, and without names that Word gives."""
    if not key.startswith("\x02"):
        return key
    code = key.split("\x02")[1].split()
    if len(code) > 1 and code[0].upper() in REFERRING and code[1].startswith("_"):
        code[1] = "_"
    return f"\x02{' '.join(code)}"


@dataclass(frozen=True, slots=True)
class Context:
    """How a file is looked at where it is compared with another.

    `naming` turns bookmark names in its fields into those of the other file, `noting` says what a reference to a note
    is compared by, `objects` knows what its pictures, links and other objects are.
    """

    naming: Naming | None = None
    noting: Noting | None = None
    objects: Objects | None = None


def content(paragraph: etree._Element, context: Context | None = None) -> Content:
    """Return the content of `paragraph`, as it is looked at in `context`."""
    reader = _Reader(context or Context())
    reader.over(paragraph)
    return reader.found


class _Reader:
    def __init__(self, context: Context) -> None:
        self.found = Content()
        self._context = context
        self._field: list[etree._Element] = []  # the runs of the field that is open
        self._depth = 0
        self._shells: Shells = ()
        self._taken: set[etree._Element] = set()  # wrappers that were taken whole
        self._loose: set[etree._Element] = set()

    def over(self, paragraph: etree._Element) -> None:
        """Read a paragraph."""
        found = list(walk.inlines(paragraph))
        self._loose = walk.loose_field_marks(found)
        for _, group in groupby(found, key=lambda each: each.element if each.run is None else each.run):
            unit = list(group)
            if self._taken.isdisjoint(unit[0].around):
                self._unit(unit)

    def _unit(self, unit: Sequence[Inline]) -> None:
        """Read what stands in one run, or one thing between the runs."""
        first = unit[0]
        shells = tuple(each for each in first.around if each.tag in _SHELLS)
        removed = next((each for each in first.around if each.tag in revisions.REMOVING), None)
        if self._depth and (whole := self._whole(first)) is not None:
            self._taken.add(whole)
            self._field_run(whole, _marks(whole), shells)
        elif removed is not None:
            self._taken.add(removed)
            outer = first.around[: first.around.index(removed)]
            self._put_between(tuple(each for each in outer if each.tag in _SHELLS), removed)
        elif first.kind == "simple-field":
            self._taken.add(first.element)
            self._simple_field(first.element, shells)
        elif first.run is not None:
            self._run(first.run, unit, shells)
        elif first.kind == "formula" and not self._depth:
            self._formula(first, shells)
        else:  # a bookmark inside a field stands after it from now on
            self._put_between(shells, first.element, 1 if self._depth else 0)

    def _whole(self, first: Inline) -> etree._Element | None:
        """Return what stays whole inside a field: another's change, a field, a formula."""
        inside = (each for each in first.around if each.tag in revisions.MARKS and each not in self._shells)
        if (change := next(inside, None)) is not None:
            return change
        return first.element if first.kind in ("simple-field", "formula") else None

    def _put_between(self, shells: Shells, element: etree._Element, after: int = 0) -> None:
        self.found.between.append((len(self.found.atoms) + after, shells, element))

    def _add(self, atom: Atom) -> None:
        self.found.atoms.append(atom)

    def _formula(self, each: Inline, shells: Shells) -> None:
        key = f"\x03math:{_structure(each.element)}"
        self._add(Atom(key, runs=(each.element,), shells=shells, said=each.text, label="[formula]"))

    def _run(self, run: etree._Element, unit: Sequence[Inline], shells: Shells) -> None:
        kinds = [each.element for each in unit if each.kind == "field" and each.element not in self._loose]
        if self._depth or kinds:
            self._field_run(run, kinds, shells)
            return
        link = self._link(shells)
        for _, group in groupby(unit, key=lambda each: each.child):
            pieces = list(group)
            if pieces[0].child.tag == name("t"):
                for token in tokens(pieces[0].text):
                    self._add(Atom(token + link, run, token, shells=shells, said=token))
            elif pieces[0].child.tag in _WITHOUT_WIDTH:
                alone = make("r", *(deepcopy(c) for c in run if c.tag == name("rPr")), deepcopy(pieces[0].child))
                self._put_between(shells, alone)
            else:
                said = "".join(each.text for each in pieces)
                key, label = "".join(map(self._key, pieces)), "".join(map(self._label, pieces))
                self._add(Atom(key + link, run, pieces[0].child, shells=shells, said=said, label=label))

    def _link(self, shells: Shells) -> str:
        """Return where the innermost link of `shells` leads, after the sign that parts it from a word; or nothing."""
        objects = self._context.objects
        around = next((each for each in reversed(shells) if each.tag == name("hyperlink")), None)
        if around is None or objects is None:
            return ""
        address = objects.address(around)
        return f"{_LINK}{address}" if address else ""

    def _key(self, each: Inline) -> str:
        element = each.element
        noted = self._context.noting if each.kind == "note" else None
        if noted:
            return f"\x03{noted(element)}"
        if each.kind == "object":
            objects = self._context.objects
            return f"\x03{objects.key(element) if objects else local(element)}"
        return _OF_KIND[each.kind](element) if each.kind in _OF_KIND else _key(element)

    def _label(self, each: Inline) -> str:
        objects = self._context.objects
        if each.kind == "object":
            return f"[{objects.label(each.element)}]" if objects else f"[{local(each.element)}]"
        if each.kind == "note":
            return f"[{local(each.element).removesuffix('Reference')}]"
        return f"[field{each.element.text or ''}]" if each.kind == "code" else ""

    def _field_run(self, run: etree._Element, marks: Iterable[etree._Element], shells: Shells) -> None:
        if not self._depth:
            self._shells = shells
        self._field.append(run)
        for mark in marks:
            self._depth += {"begin": 1, "end": -1}.get(mark.get(name("fldCharType")) or "", 0)
        if self._depth <= 0:
            self._depth = 0
            self._add(self._field_atom(tuple(self._field), self._shells))
            self._field = []

    def _field_atom(self, runs: tuple[etree._Element, ...], shells: Shells) -> Atom:
        code = "".join(t.text or "" for run in runs for t in run.iter(name("instrText"))).split()
        if len(code) > 1 and code[0].upper() in REFERRING and self._context.naming:
            code[1] = self._context.naming(code[1])
        edges = [
            i for i, run in enumerate(runs) for c in run.iter(name("fldChar"))
            if c.get(name("fldCharType")) == "separate"
        ]  # fmt: skip
        simple = len(edges) == 1 and not any(run.find(name("t")) is not None for run in runs[: edges[0] + 1])
        result = (edges[0] + 1, len(runs) - 1) if simple else (0, 0)
        shown = "" if simple else "".join(map(_words, runs))
        said = "".join(map(_words, runs[slice(*result)])) if simple else _result_of(runs)
        chosen = "".join(form_shown(mark) for run in runs for mark in _marks(run)) if simple else ""
        label = f"[field {' '.join(code)}]"
        key = f"\x02{' '.join(code)}\x02{chosen}{shown}"
        return Atom(key, runs=runs, result=result, shells=shells, said=chosen + said, label=label)

    def _simple_field(self, element: etree._Element, shells: Shells) -> None:
        """Read a `w:fldSimple` as the runs of the same field written out, which deletions can hold."""
        code = make("instrText")
        code.text = element.get(name("instr"), "")
        code.set(_SPACE, "preserve")
        marks = [make("r", make("fldChar", fldCharType=kind)) for kind in ("begin", "separate", "end")]
        inner = [deepcopy(run) for run in element.iter(name("r"))]
        runs = (marks[0], make("r", code), marks[1], *inner, marks[2])
        self._add(self._field_atom(runs, shells))


_OF_KIND: dict[str, Callable[[etree._Element], str]] = {
    "field": lambda element: f"\x03field {element.get(name('fldCharType'), '')}",
    "code": lambda element: f"\x03code {' '.join((element.text or '').split())}",
    "ruby": lambda element: f"\x03ruby {' '.join(str(text) for text in element.itertext())}",
    "text": lambda element: f"\x03{element.text or ''}",  # of an alternative inside a run, which stays whole
    "deleted": lambda element: f"\x03{element.text or ''}",
}


def _marks(element: etree._Element) -> list[etree._Element]:
    return list(element.iter(name("fldChar")))


def _words(unit: etree._Element) -> str:
    """Return the words of a run of a field, or of another's change in it."""
    if unit.tag == name("r"):
        return "".join(each.text for each in walk.of_run(unit) if each.kind != "deleted")
    return walk.formula_text(unit) if unit.tag in walk.FORMULAS else walk.said(unit, deleted=False)


def _result_of(runs: Sequence[etree._Element]) -> str:
    """Return what a field with others inside it shows: the words in no instruction."""
    state = walk.FieldState()
    holder = etree.Element(name("p"))
    holder.extend(deepcopy(run) for run in runs)
    return "".join(each.text for each in walk.inlines(holder) if not walk.is_removed(each) and state.shows(each))


def _structure(element: etree._Element) -> str:
    """Return what a formula is compared by: its letters and how they stand to each other, not how they look."""
    tag = local(element)
    if tag.endswith("Pr"):
        found = ((local(e), key, str(value)) for e in element for key, value in e.attrib.items())
        chosen = sorted(f"{what}={value}" for what, key, value in found if str(key).endswith("}val"))
        return f"[{','.join(chosen)}]" if chosen else ""
    if element.tag in revisions.REMOVING:
        return ""
    inner = "".join(_structure(child) for child in element)
    return (
        f"{element.text or ''}"
        if tag == "t"
        else inner
        if tag == "r" or element.tag in revisions.ADDING
        else f"{tag}({inner})"
    )


def plain_text(paragraph: etree._Element) -> str | None:
    """Return what `paragraph` says where it holds nothing but words, tabs and line breaks; else None."""
    found: list[str] = []
    for child in paragraph:
        tag = child.tag
        if tag == _RUN:
            for piece in child:
                tag = piece.tag
                if tag == _TEXT:
                    found.append(piece.text or "")
                elif tag in _PLAIN_SAID and not piece.attrib:
                    found.append(_PLAIN_SAID[tag])
                elif tag != _RUN_LOOK:
                    return None
        elif tag not in _AROUND_PLAIN:
            return None
    return "".join(found)


def _key(element: etree._Element) -> str:
    if element.tag in _BLANKS and element.get(name("type"), "textWrapping") == "textWrapping":
        return _BLANKS[element.tag]
    if element.tag == name("noBreakHyphen"):
        return "\u2011"
    facts = sorted((str(key), str(value)) for key, value in element.attrib.items() if key != name("id"))
    return f"\x03{local(element)}{facts}"


def bare(element: etree._Element) -> etree._Element:
    """Return a copy of `element` with its attributes and without its children."""
    copy = deepcopy(element)
    for child in list(copy):
        copy.remove(child)
    return copy


def shell(around: etree._Element) -> tuple[etree._Element, etree._Element]:
    """Return a copy of a container without its content, and the element of the copy that takes content."""
    copy = bare(around)
    for child in around:
        if child.tag in _SHELL_PROPERTIES:
            copy.append(deepcopy(child))
    if around.tag == walk.ALTERNATE:  # the form for older programs would go on saying the old words
        branch = walk.shown(around)
        if branch is not None:
            copy.append(bare(branch))
            return copy, copy[0]
    if around.tag != name("sdt"):
        return copy, copy
    inner = etree.SubElement(copy, name("sdtContent"))
    return copy, inner


def runs_of(atoms: Iterable[Atom]) -> Iterator[etree._Element]:
    """Yield new runs that hold `atoms`; those of one run become one run again."""
    for source, group in groupby(atoms, key=lambda atom: atom.source):
        if source is None:
            yield from (deepcopy(run) for atom in group for run in atom.runs)
            continue
        made = make("r", *(deepcopy(c) for c in source if c.tag == name("rPr")))
        for is_text, pieces in groupby((atom.piece for atom in group), key=lambda piece: isinstance(piece, str)):
            if is_text:
                text = make("t")
                text.set(_SPACE, "preserve")
                text.text = "".join(piece for piece in pieces if isinstance(piece, str))
                made.append(text)
            else:
                made.extend(deepcopy(p) for p in pieces if p is not None and not isinstance(p, str))
        yield made
