"""The words of every part of a Word file with their places, for the gate that looks for markings.

It reads the raw XML of all parts: headers, footers, notes, comments, text boxes, watermarks, tracked deletions, hidden
text, fields, properties, labels, alternative text, data behind the text, building blocks, charts, the words of every
attribute (authors, names, tips, list entries), what links lead to, and files inside the file.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import cast

from lxml import etree

from agreements.marking import MARKING_FIELDS, PassageKind, PlacedText, label_pieces, name_pieces
from agreements.ooxml.package import MEBI, Package
from agreements.ooxml.stylesheet import Stylesheet, W

_TEXT = "the text"
_PARAGRAPH, _TABLE = f"{W}p", f"{W}tbl"
_TEXTPATH = "{urn:schemas-microsoft-com:vml}textpath"
_SIGNS = {"tab": "\t", "ptab": "\t", "br": " ", "cr": " ", "noBreakHyphen": "-", "softHyphen": "", "sym": " "}
_QUOTED = re.compile(r"[\"“]([^\"“”]{1,240})[\"”]")
_SPOKEN = ("descr", "title", "alt", "string", "alias", "tag")  # attributes and elements that hold words for people
_ROOTS: dict[str, tuple[str, PassageKind]] = {
    "hdr": ("a header", "edge"),
    "ftr": ("a footer", "edge"),
    "comments": ("a comment", "entry"),
    "footnotes": ("a footnote", "paragraph"),
    "endnotes": ("an endnote", "paragraph"),
    "glossaryDocument": ("a building block", "paragraph"),
}
_NO_WORDS = ("styles", "fonttable", "theme", "websettings", "[content_types]")
_STYLES = frozenset(f"{W}{name}" for name in ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link", "style"))
_PERSONS = frozenset(("author", "initials", "userId", "tooltip", "displayText", "name"))  # attributes that one types
_TYPED = frozenset(("helpText", "statusText", "default", "listEntry", "listItem", "lvlText", "docPr"))
_SHORTEST = 3  # characters of an attribute that may bear a marking
_HELD = (".docx", ".docm", ".xlsx", ".xlsm", ".pptx", ".zip")  # files that hold parts in XML
_PAGES = (".htm", ".html", ".mht", ".txt", ".rtf", ".vml", ".csv")
_WHOLE = ("p", "si", "is")  # what holds pieces of one text
_CONTROL = re.compile(r"\\(?:par|line|cell|row)\b ?|[{}]|\\[a-z]{1,20}(?:-?\d{1,10})? ?")
_LINE_ENDS = ("\\par", "\\line", "\\cell", "\\row", "{", "}")
_TAG = re.compile(r"<[^<>]*>")
_LARGEST = 64  # mebibytes of a part of such a file
_DEEPEST = 4  # files within files


def pieces_of_file(name: str, content: bytes) -> list[PlacedText]:
    """Return the words of all parts of the Word file `content`; raises `UnreadableError` as `Package.of`."""
    package = Package.of(name, content)
    pieces = list(pieces_of_package(package, Stylesheet(package.first("styles"))))
    own = [piece for piece in pieces if (piece.where, piece.kind) == (_TEXT, "paragraph")]
    return [*pieces, *(replace(piece, kind="edge") for piece in (*own[:1], *own[-1:]))]


def pieces_of_package(package: Package, styles: Stylesheet) -> Iterator[PlacedText]:
    """Yield the words of all parts of `package`; raises `UnreadableError` when a part does not read."""
    for path in package.paths():
        yield from name_pieces(path.rpartition("/")[2])
        file = path.rpartition("/")[2].lower()
        if file.endswith((*_HELD, *_PAGES)):
            yield from _held(file, package.data(path) or b"")
        if file == "styles.xml":
            yield from _style_names(package.part(path))
        if not file.endswith((".xml", ".psmdcp", ".rels")) or file.startswith(_NO_WORDS):
            continue
        root = package.part(path)
        if root is None:
            continue
        if str(root.tag).startswith(W):
            where, kind = _place(root, is_main=path == package.main)
            yield from _Part(where, kind, styles).pieces(root)
        else:
            yield from _data(root, path)


def _style_names(root: etree._Element | None) -> Iterator[PlacedText]:
    """Yield what the names of styles say; most are Word's own, and no words of a person."""
    for element in () if root is None else root.iter(f"{W}name", f"{W}aliases"):
        yield from label_pieces(element.get(f"{W}val", ""), "the name of a style")


def _place(root: etree._Element, *, is_main: bool) -> tuple[str, PassageKind]:
    if is_main:
        return _TEXT, "paragraph"
    return _ROOTS.get(str(root.tag).removeprefix(W), ("a part", "aside"))


@dataclass(slots=True)
class _Words:
    """The words of one paragraph: those that are shown, the deleted, the hidden, and whether all shown are struck."""

    shown: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    above: list[str] = field(default_factory=list)  # how signs are read, which stands in small type above them
    struck: list[bool] = field(default_factory=list)


@dataclass(slots=True)
class _Codes:
    """The codes of the fields of one part, which may run over several runs and paragraphs and stand in one another."""

    open: list[tuple[list[str], bool]] = field(default_factory=list)  # the code so far, and whether the result began
    done: list[str] = field(default_factory=list)

    def mark(self, sort: str) -> None:
        """Take a mark of a field (`begin`, `separate`, `end`)."""
        if sort == "begin":
            self.open.append(([], False))
        elif sort == "separate" and self.open:
            self._finish()
            self.open.append(([], True))
        elif sort == "end" and self.open:
            self._finish()

    def add(self, text: str) -> None:
        """Take words of a code; those outside of every field are one."""
        if self.open:
            self.open[-1][0].append(text)
        else:
            self.done.append(text)

    def shown(self, text: str) -> None:
        """Take words that are shown: in the result of a field they are part of a code around it."""
        around = next((code for code, is_result in reversed(self.open) if not is_result), None)
        if around is not None:
            around.append(text)

    def _finish(self) -> None:
        self.done.append("".join(self.open.pop()[0]))

    def taken(self, *, all_of_them: bool = False) -> Iterator[str]:
        """Yield the words of the codes that ended: what stands in quotation marks, and what follows the first word."""
        while all_of_them and self.open:
            self._finish()
        for code in self.done:
            yield from _QUOTED.findall(code)
            yield code.strip().partition(" ")[2].strip()
            yield from (word for word in code.split() if "//" in word)
        self.done.clear()


@dataclass(slots=True)
class _Part:
    """Goes through one part in WordprocessingML."""

    where: str
    kind: PassageKind
    styles: Stylesheet
    tables: dict[etree._Element, int] = field(default_factory=dict)  # the outermost, numbered from 1
    met: set[str] = field(default_factory=set)  # attributes that were handed over
    codes: _Codes = field(default_factory=_Codes)

    def pieces(self, root: etree._Element) -> Iterator[PlacedText]:
        """Yield the words of all paragraphs, and of attributes that hold words."""
        for element in root.iter(etree.Element):
            tag = element.tag
            if tag == _PARAGRAPH:
                yield from self._paragraph(element, self._table(element) if self.tables else 0)
            elif tag == _TABLE and next(element.iterancestors(_TABLE), None) is None:
                self.tables[element] = len(self.tables) + 1
            given = cast("list[tuple[str, str]]", element.items())
            if given or not tag.startswith(W):
                yield from self._spoken(element, tag.rpartition("}")[2], given)
        yield from self._codes(self.where, all_of_them=True)

    def _codes(self, where: str, *, all_of_them: bool = False) -> Iterator[PlacedText]:
        for words in filter(None, self.codes.taken(all_of_them=all_of_them)):
            yield PlacedText(words, f"{where}, the code of a field", "aside")

    def _table(self, element: etree._Element) -> int:
        """Return the number of the outermost table around `element`, 0 for none."""
        tables = list(element.iterancestors(_TABLE))
        return self.tables[tables[-1]] if tables else 0

    def _paragraph(self, paragraph: etree._Element, group: int) -> Iterator[PlacedText]:
        words = _Words()
        self._gather(paragraph, self.styles.of_paragraph(paragraph), words)
        where, kind = self._stands(paragraph, group)
        struck = bool(words.struck) and all(words.struck)
        said = ((words.shown, ""), (words.deleted, ", a tracked deletion"), (words.hidden, ", hidden text"))
        for text, of in (*said, (words.above, ", words above others")):
            whole = "".join(text).strip()
            if whole:
                yield PlacedText(whole, where + of, kind, struck and not of, group if kind == "cell" else 0)
        yield from self._codes(where)

    def _stands(self, paragraph: etree._Element, group: int) -> tuple[str, PassageKind]:
        if next(paragraph.iterancestors(f"{W}txbxContent"), None) is not None:
            return f"{self.where}, a text box", "edge"
        if group and self.kind == "paragraph":
            return f"{self.where}, table {group}", "cell"
        return self.where, self.kind

    def _gather(self, element: etree._Element, style: str, into: _Words) -> None:
        """Add the words below `element`, those of paragraphs inside it (text boxes) left to their own turn."""
        for child in element:
            tag = child.tag
            if tag == f"{W}p" or not isinstance(tag, str):
                continue
            if tag == f"{W}rt":
                into.above += [*map(str, child.itertext()), " "]
                continue
            if tag == f"{W}r":
                self._run(child, style, into)
            if tag == f"{W}fldSimple":
                self.codes.done.append(child.get(f"{W}instr", ""))
            if tag == f"{W}r" or (len(child) and tag != f"{W}pPr"):
                self._gather(child, style, into)

    def _run(self, run: etree._Element, style: str, into: _Words) -> None:
        look = self.styles.of_run(run, style)
        capitals = run.find(f"{W}rPr/{W}caps") is not None
        for child in run:
            name = str(child.tag).removeprefix(W)
            if name == "fldChar":
                self.codes.mark(child.get(f"{W}fldCharType", ""))
            elif name in ("instrText", "delInstrText"):
                self.codes.add(child.text or "")
            elif name == "delText":
                into.deleted.append(child.text or "")
            elif name == "t" or name in _SIGNS:
                text = (child.text or "") if name == "t" else _SIGNS[name]
                text = text.upper() if capitals else text
                self.codes.shown(text)
                (into.hidden if look.hidden else into.shown).append(text)
                if text.strip():
                    into.struck.append(look.struck)

    def _spoken(self, element: etree._Element, name: str, given: Sequence[tuple[str, str]]) -> Iterator[PlacedText]:
        """Yield the words that an element of that `name`, to which attributes were `given`, says of itself."""
        if element.tag == _TEXTPATH:
            yield PlacedText(element.get("string", ""), f"{self.where}, a watermark", "edge")
            return
        if name in ("alias", "tag", "docVar", "lid", "placeholder"):
            yield PlacedText(
                element.get(f"{W}val", ""), f"{self.where}, the name of a content control or variable", "entry"
            )
        if given and element.tag not in _STYLES:
            yield from self._attributes(name, given)
        if name == "t" and not str(element.tag).startswith(W):
            yield PlacedText(element.text or "", f"{self.where}, a drawing or formula", "aside")

    def _attributes(self, name: str, given: Sequence[tuple[str, str]]) -> Iterator[PlacedText]:
        for attribute, value in given:
            if attribute in _SPOKEN:
                yield PlacedText(value, f"{self.where}, alternative text", "entry")
            elif len(value) >= _SHORTEST and value not in self.met:
                self.met.add(value)
                own = attribute.rpartition("}")[2]
                typed = own in _PERSONS or name in _TYPED
                where = "the name of an author" if own in ("author", "initials") else "a name or an attribute"
                yield PlacedText(value, f"{self.where}, {where}", "entry" if typed else "aside")


def _held(name: str, content: bytes, depth: int = 0) -> Iterator[PlacedText]:
    """Yield the words of a file inside the file; one that does not open has none that can be read."""
    if name.endswith(_PAGES):
        text = content.decode("utf-8-sig", "replace")
        if name.endswith(".rtf"):
            text = _CONTROL.sub(lambda found: "\n" if found[0].startswith(_LINE_ENDS) else "", text)
        lines = (_TAG.sub(" ", line).strip() for line in text.splitlines())
        yield from (PlacedText(line, "a file in the file", "aside") for line in lines if line)
        return
    with suppress(zipfile.BadZipFile), zipfile.ZipFile(io.BytesIO(content)) as archive:
        for entry in archive.infolist():
            own = entry.filename.lower()
            if entry.file_size > MEBI * _LARGEST or depth >= _DEEPEST:
                continue
            with suppress(zipfile.BadZipFile, etree.XMLSyntaxError, OSError, zlib.error, RuntimeError, ValueError):
                if own.endswith((".xml", ".rels")):
                    parser = etree.XMLParser(resolve_entities=False, no_network=True)
                    root = etree.fromstring(archive.read(entry), parser)
                    yield from (replace(piece, where="a file in the file") for piece in _data(root, own))
                elif own.endswith((*_HELD, *_PAGES)):
                    yield from _held(own, archive.read(entry), depth + 1)


def _data(root: etree._Element, path: str) -> Iterator[PlacedText]:
    """Yield the words of a part that is no WordprocessingML: properties, labels, data, charts."""
    properties = path.startswith("docProps/") or path.endswith(".psmdcp")
    where = "the document properties" if properties else "a data part"
    if path.startswith("docMetadata/"):
        where = "a sensitivity label"
    for element in root.iter(etree.Element):
        name = str(element.tag).rpartition("}")[2]
        label = element.get("name", "") or name
        marks = label.rpartition("_")[2].lower() in MARKING_FIELDS
        whole = "".join(map(str, element.itertext())) if name in _WHOLE else element.text or ""
        for text in (whole, element.tail or ""):
            if text.strip():
                yield PlacedText(text.strip(), where, _data_kind(element, marks=marks, properties=properties))
        for attribute in element.attrib.values():
            if len(str(attribute)) > 1:
                yield PlacedText(str(attribute), where, "aside")
        if element.get("TargetMode") == "External":
            yield from label_pieces(element.get("Target", ""), "what a link leads to")


def _data_kind(element: etree._Element, *, marks: bool, properties: bool) -> PassageKind:
    parent = element.getparent()
    named = "" if parent is None else str(parent.get("name", ""))
    if marks or named.rpartition("_")[2].lower() in MARKING_FIELDS:
        return "marking"
    return "entry" if properties else "aside"
