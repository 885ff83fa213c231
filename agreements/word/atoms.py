"""A Word paragraph as a sequence of atoms that can be compared: words, signs, fields, objects, each with its runs.

What has no width (bookmarks, comment marks, others' deletions) keeps its place between the atoms.
"""

from collections.abc import Callable, Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import groupby

from lxml import etree

from agreements.comparing.tokens import tokens
from agreements.ooxml import revisions
from agreements.ooxml.schema import name
from agreements.ooxml.xml import make

_SHELLS = frozenset(name(tag) for tag in ("hyperlink", "smartTag", "sdt", "customXml", "dir", "bdo")) | revisions.ADDING
_WITHOUT_WIDTH = frozenset(name(tag) for tag in ("commentReference", "annotationRef", "lastRenderedPageBreak"))
_OBJECTS = frozenset(name(tag) for tag in ("drawing", "pict", "object"))
_NOTES = frozenset(name(tag) for tag in ("footnoteReference", "endnoteReference"))
_PLAIN = frozenset(name(tag) for tag in ("tab", "br"))
_AROUND_PLAIN = frozenset(name(tag) for tag in ("pPr", "bookmarkStart", "bookmarkEnd", "proofErr"))
_SHELL_PROPERTIES = frozenset(name(tag) for tag in ("sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr"))
# Blank for a comparison, and no characters of any text: XML cannot hold them.
_TAB, _BREAK = "\x1c", "\x1d"
_BLANKS = {name("tab"): _TAB, name("ptab"): _TAB, name("br"): _BREAK, name("cr"): _BREAK}
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_SAID = {name("tab"): "\t", name("ptab"): "\t", name("br"): "\n", name("cr"): "\n", name("noBreakHyphen"): "\u2011"}

Naming = Callable[[str], str]
Noting = Callable[[etree._Element], str]
Shells = tuple[etree._Element, ...]


@dataclass(slots=True)
class Atom:
    """The smallest thing that is kept, deleted or inserted.

    `key` is what it is compared by. Either it is `piece`, a child of the run `source`, or whole `runs` that belong
    together (a field from its beginning to its end, of which `result` shows). `shells` are the hyperlinks and other
    containers around it, outermost first.
    """

    key: str
    source: etree._Element | None = None
    piece: etree._Element | str | None = None
    runs: tuple[etree._Element, ...] = ()
    result: tuple[int, int] = (0, 0)
    shells: Shells = ()

    @property
    def said(self) -> str:
        """The characters that a reader sees."""
        if isinstance(self.piece, str):
            return self.piece
        if self.piece is not None:
            return _SAID.get(self.piece.tag, "")
        return "".join(t.text or "" for run in self.runs[slice(*self.result)] for t in run.iter(name("t")))

    @property
    def is_field(self) -> bool:
        """Whether it is a field."""
        return self.key.startswith("\x02")


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


def content(paragraph: etree._Element, naming: Naming | None = None, noting: Noting | None = None) -> Content:
    """Return the content of `paragraph`.

    `naming` turns bookmark names in its fields into those of another file, `noting` says what a reference to a note is
    compared by.
    """
    reader = _Reader(naming or (lambda bookmark: bookmark), noting)
    reader.over(paragraph, ())
    reader.close()
    return reader.found


class _Reader:
    def __init__(self, naming: Naming, noting: Noting | None) -> None:
        self.found = Content()
        self._naming = naming
        self._noting = noting
        self._field: list[etree._Element] = []  # the runs of the field that is open
        self._depth = 0
        self._shells: Shells = ()

    def over(self, element: etree._Element, shells: Shells) -> None:
        """Read the children of a paragraph or shell."""
        for child in element:
            tag = child.tag
            if tag == name("r"):
                self._run(child, shells)
            elif self._depth and tag in revisions.MARKS:  # another's change inside a field: it stays whole
                self._field_run(child, [c.get(name("fldCharType")) for c in child.iter(name("fldChar"))], shells)
            elif self._depth and tag not in _SHELLS:  # a bookmark inside a field: it stands after it from now on
                self.found.between.append((len(self.found.atoms) + 1, shells, child))
            elif tag == name("fldSimple"):
                self._simple_field(child, shells)
            elif tag == name("sdtContent"):
                self.over(child, shells)
            elif tag in _SHELLS:
                self.over(child, (*shells, child))
            elif isinstance(tag, str) and tag.startswith(_MATH):
                self._add(Atom(f"\x03math:{''.join(str(t) for t in child.itertext())}", runs=(child,), shells=shells))
            elif tag not in (name("pPr"), *_SHELL_PROPERTIES):
                self.found.between.append((len(self.found.atoms), shells, child))

    def close(self) -> None:
        """Give back the runs of a field that begins here and ends in a later paragraph, each as it is."""
        for run in self._field:
            self.found.between.append((len(self.found.atoms), self._shells, run))
        self._field = []

    def _add(self, atom: Atom) -> None:
        self.found.atoms.append(atom)

    def _run(self, run: etree._Element, shells: Shells) -> None:
        kinds = [c.get(name("fldCharType")) for c in run if c.tag == name("fldChar")]
        if self._depth or kinds:
            self._field_run(run, kinds, shells)
            return
        for child in run:
            tag = child.tag
            if tag == name("rPr"):
                continue
            if tag == name("t"):
                for token in tokens(child.text or ""):
                    self._add(Atom(token, run, token, shells=shells))
            elif tag in _WITHOUT_WIDTH:
                alone = make("r", *(deepcopy(c) for c in run if c.tag == name("rPr")), deepcopy(child))
                self.found.between.append((len(self.found.atoms), shells, alone))
            else:
                noted = self._noting if tag in _NOTES else None
                key = f"\x03{noted(child)}" if noted else _key(child)
                self._add(Atom(key, run, child, shells=shells))

    def _field_run(self, run: etree._Element, kinds: Iterable[str | None], shells: Shells) -> None:
        if not self._depth:
            self._shells = shells
        self._field.append(run)
        for kind in kinds:
            self._depth += {"begin": 1, "end": -1}.get(kind or "", 0)
        if self._depth <= 0:
            self._depth = 0
            self._add(self._field_atom(tuple(self._field), self._shells))
            self._field = []

    def _field_atom(self, runs: tuple[etree._Element, ...], shells: Shells) -> Atom:
        code = "".join(t.text or "" for run in runs for t in run.iter(name("instrText"))).split()
        if len(code) > 1 and code[0].upper() in ("REF", "PAGEREF", "NOTEREF"):
            code[1] = self._naming(code[1])
        edges = [
            i for i, run in enumerate(runs) for c in run.iter(name("fldChar"))
            if c.get(name("fldCharType")) == "separate"
        ]  # fmt: skip
        simple = len(edges) == 1 and not any(run.find(name("t")) is not None for run in runs[: edges[0] + 1])
        result = (edges[0] + 1, len(runs) - 1) if simple else (0, 0)
        shown = "" if simple else "".join(t.text or "" for run in runs for t in run.iter(name("t")))
        return Atom(f"\x02{' '.join(code)}\x02{shown}", runs=runs, result=result, shells=shells)

    def _simple_field(self, element: etree._Element, shells: Shells) -> None:
        """Read a `w:fldSimple` as the runs of the same field written out, which deletions can hold."""
        code = make("instrText")
        code.text = element.get(name("instr"), "")
        code.set(_SPACE, "preserve")
        marks = [make("r", make("fldChar", fldCharType=kind)) for kind in ("begin", "separate", "end")]
        inner = [deepcopy(run) for run in element.iter(name("r"))]
        runs = (marks[0], make("r", code), marks[1], *inner, marks[2])
        self._add(self._field_atom(runs, shells))


def plain_text(paragraph: etree._Element) -> str | None:
    """Return what `paragraph` says where it holds nothing but words, tabs and line breaks; else None."""
    found: list[str] = []
    for child in paragraph:
        if child.tag == name("r"):
            for piece in child:
                if piece.tag == name("t"):
                    found.append(piece.text or "")
                elif piece.tag in _PLAIN and not piece.attrib:
                    found.append(_SAID[piece.tag])
                elif piece.tag != name("rPr"):
                    return None
        elif child.tag not in _AROUND_PLAIN:
            return None
    return "".join(found)


def _key(element: etree._Element) -> str:
    if element.tag in _BLANKS and element.get(name("type"), "textWrapping") == "textWrapping":
        return _BLANKS[element.tag]
    if element.tag == name("noBreakHyphen"):
        return "\u2011"
    if element.tag in _OBJECTS:
        return f"\x03{etree.QName(element).localname}"
    facts = sorted((key, value) for key, value in element.attrib.items() if key != name("id"))
    return f"\x03{etree.QName(element).localname}{facts}"


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
