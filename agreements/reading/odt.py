"""OpenDocument texts (`.odt`) to blocks, with automatic numbers, tables and notes (OASIS OpenDocument 1.3, part 3).

The words are those of the final text: what a tracked change took out, and hidden words, are left out and told.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from lxml import etree

from agreements.errors import UnreadableError
from agreements.findings import Finding, info, warning
from agreements.marking import PlacedText, entries, label_pieces
from agreements.ooxml.numerals import whole
from agreements.reading.archives import OpenArchive, open_archive
from agreements.reading.blocks import BlockKind, Reading
from agreements.reading.characters import canonical
from agreements.reading.contents import stale_contents
from agreements.reading.gathering import Gathering
from agreements.reading.markup import Runs
from agreements.reading.source import SourceFile
from agreements.reading.tables import holds_data, reading_order

_NS = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_OFFICE, _TEXT, _STYLE, _TABLE, _DRAW = (_NS % each for each in ("office", "text", "style", "table", "drawing"))
_FO = _NS % "xsl-fo-compatible"
_ALTERNATIVES = tuple(f"{_NS % 'svg-compatible'}{each}" for each in ("title", "desc"))
_META = _NS % "meta"
_DC = "{http://purl.org/dc/elements/1.1/}"
_BLANKS = frozenset((f"{_TEXT}s", f"{_TEXT}tab", f"{_TEXT}line-break"))
_NO_TEXT = frozenset(
    (f"{_TEXT}note", f"{_OFFICE}annotation", f"{_TEXT}ruby-text", f"{_TEXT}tracked-changes", f"{_TEXT}sequence-decls")
)
_INDEXES = frozenset(f"{_TEXT}{each}" for each in ("table-of-content", "alphabetical-index", "illustration-index"))
_NUMERALS = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
             (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip
_LARGEST_LETTER, _LARGEST_ROMAN = 780, 3999  # beyond these a list is in figures
_LABELS = frozenset(("name", "display-name", "string-value", "href", "title"))
_DEEPEST_HEAD = 10  # OpenDocument 1.3, 19.844
_OUTLINE = "\0outline"  # the list that headings count in
_DEEPEST = 200  # elements in each other that are gone through


def read(source: SourceFile) -> Reading:
    """Return the blocks of an OpenDocument text.

    Raises `UnreadableError` when it is damaged, protected, beyond a limit or holds no words.
    """
    archive = open_archive(source.name, source.data)
    manifest = archive.tree("META-INF/manifest.xml")
    if manifest is not None and any(each.tag.endswith("}encryption-data") for each in manifest.iter(etree.Element)):
        message = f"{source.name} is protected by a password."
        raise UnreadableError(message, hint="Remove the password and try again.")
    content = archive.tree("content.xml")
    body = None if content is None else content.find(f"{_OFFICE}body/{_OFFICE}text")
    if content is None or body is None:
        message = f"{source.name} is no OpenDocument text (a table, a drawing or slides)."
        raise UnreadableError(message, hint="Save the text of the agreement as .odt or .docx.")
    beside = archive.tree("styles.xml")
    story = _Story(_Styles([root for root in (beside, content) if root is not None]))
    story.over(body)
    story.gathering.findings += story.findings(source.name)
    title, facts = _properties(archive)
    edges = tuple(dict.fromkeys(_edges(beside)))
    asides = (*facts, *story.asides(content), *_held(archive), *(() if beside is None else _labels(beside)))
    return story.gathering.reading(source.name, source.sha256, edges=edges, title=title, asides=asides)


def _properties(archive: OpenArchive) -> tuple[str, list[PlacedText]]:
    meta = archive.tree("meta.xml")
    if meta is None:
        return "", []
    words = [p for each in meta.iter(etree.Element) for p in entries(each.text or "", "the properties of the file")]
    named = (each.get(f"{_META}name", "") for each in meta.iter(f"{_META}user-defined"))
    words += [p for name in named for p in entries(name, "the properties of the file")]
    return canonical(meta.findtext(f".//{_DC}title") or ""), words


def _labels(root: etree._Element) -> Iterator[PlacedText]:
    """Yield what names of sections, marks, styles and variables say, what these hold, and what links lead to."""
    met: set[str] = set()
    for element in root.iter(etree.Element):
        for key, given in element.attrib.items():
            attribute, value = str(key).rpartition("}")[2], str(given)
            if attribute not in _LABELS or value in met:
                continue
            met.add(value)
            if attribute in ("string-value", "title"):
                yield from entries(value, "the value of a variable or the title of a link")
            else:
                yield from label_pieces(value, "a name or an address")


def _held(archive: OpenArchive) -> Iterator[PlacedText]:
    """Yield the words of the documents that stand in the document."""
    for name in archive.zip.namelist():
        if name.endswith("/content.xml") and (root := archive.tree(name)) is not None:
            yield from (PlacedText(canonical(str(w)), "a file in the file", "aside") for w in root.itertext())


def _words(element: etree._Element, between: str = " ") -> str:
    return between.join(str(words) for words in element.itertext())


def _edges(beside: etree._Element | None) -> Iterator[str]:
    """Yield the paragraphs of headers and footers."""
    for master in beside.iter(f"{_STYLE}master-page") if beside is not None else ():
        for paragraph in master.iter(f"{_TEXT}p", f"{_TEXT}h"):
            if words := canonical(_words(paragraph, "")):
                yield words


# ---------------------------------------------------------------------- looks and numbers


@dataclass(frozen=True, slots=True)
class _Look:
    """How a style shows words; None where it does not say."""

    bold: bool | None = None
    italic: bool | None = None
    struck: bool | None = None
    hidden: bool | None = None
    centred: bool | None = None

    def over(self, below: "_Look") -> "_Look":
        """Return this look, and that of `below` where it says nothing."""
        own = ((getattr(self, each), getattr(below, each)) for each in self.__slots__)
        return _Look(*(other if mine is None else mine for mine, other in own))


@dataclass
class _Styles:
    """The styles of a document by their names, and its lists."""

    roots: list[etree._Element]
    _known: dict[str, _Look] = field(default_factory=dict)

    def look(self, name: str, _depth: int = 0) -> _Look:
        """Return the look of a style with that of its parents."""
        if name not in self._known:
            style = self._elements.get(name)
            if style is None or _depth > 20:
                return _Look()
            parent = self.look(style.get(f"{_STYLE}parent-style-name", ""), _depth + 1)
            self._known[name] = _own_look(style).over(parent)
        return self._known[name]

    def list_name(self, paragraph_style: str) -> str:
        """Return the list that a paragraph style belongs to."""
        style = self._elements.get(paragraph_style)
        return "" if style is None else style.get(f"{_STYLE}list-style-name", "")

    def level(self, list_name: str, depth: int) -> etree._Element | None:
        """Return how a list counts at `depth` (0 outermost)."""
        found = self._lists.get(list_name)
        wanted = str(depth + 1)
        levels = () if found is None else found
        return next((each for each in levels if each.get(f"{_TEXT}level") == wanted), None)

    @cached_property
    def _elements(self) -> dict[str, etree._Element]:
        return {s.get(f"{_STYLE}name", ""): s for root in self.roots for s in root.iter(f"{_STYLE}style")}

    @cached_property
    def _lists(self) -> dict[str, etree._Element]:
        lists = {s.get(f"{_STYLE}name", ""): s for root in self.roots for s in root.iter(f"{_TEXT}list-style")}
        lists.update((_OUTLINE, s) for root in self.roots for s in root.iter(f"{_TEXT}outline-style"))
        return lists


def _own_look(style: etree._Element) -> _Look:
    words = style.find(f"{_STYLE}text-properties")
    paragraph = style.find(f"{_STYLE}paragraph-properties")
    text: Mapping[str, str] = {} if words is None else {str(key): str(value) for key, value in words.attrib.items()}
    weight, slant = text.get(f"{_FO}font-weight"), text.get(f"{_FO}font-style")
    line, shown = text.get(f"{_STYLE}text-line-through-style"), text.get(f"{_TEXT}display")
    aligned = None if paragraph is None else paragraph.get(f"{_FO}text-align")
    return _Look(
        bold=None if weight is None else weight in ("bold", "600", "700", "800", "900"),
        italic=None if slant is None else slant in ("italic", "oblique"),
        struck=None if line is None else line != "none",
        hidden=None if shown is None else shown == "none",
        centred=None if aligned is None else aligned == "center",
    )


@dataclass(slots=True)
class _Counter:
    """Counts the items of lists, each list by its name, as the program that shows them does."""

    styles: _Styles
    _at: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def restart(self, name: str, depth: int) -> None:
        """Begin again at `depth` of a list."""
        del self._at[name][depth:]

    def next(self, name: str, depth: int, start: str | None = None) -> str:
        """Return the number of the next item at `depth` of the list `name`, empty where it shows a sign or nothing."""
        level = self.styles.level(name, depth)
        at = self._at[name]
        del at[depth + 1 :]
        while len(at) <= depth:
            at.append(self._first(name, len(at)) - (len(at) == depth))
        at[depth] = whole(start, at[depth] + 1)
        if level is None or not level.get(f"{_STYLE}num-format"):
            return ""
        shown = max(1, whole(level.get(f"{_TEXT}display-levels"), 1))
        parts = [self._part(name, each, at[each]) for each in range(max(0, depth - shown + 1), depth + 1)]
        return level.get(f"{_STYLE}num-prefix", "") + ".".join(parts) + level.get(f"{_STYLE}num-suffix", "")

    def _first(self, name: str, depth: int) -> int:
        level = self.styles.level(name, depth)
        start = "1" if level is None else level.get(f"{_TEXT}start-value", "1")
        return whole(start, 1)

    def _part(self, name: str, depth: int, number: int) -> str:
        level = self.styles.level(name, depth)
        return _numeral(number, "1" if level is None else level.get(f"{_STYLE}num-format", ""))


def _numeral(number: int, form: str) -> str:
    if form in ("a", "A") and number <= _LARGEST_LETTER:
        letter = chr(ord(form) + (number - 1) % 26)
        return letter * ((number - 1) // 26 + 1)
    if form not in ("i", "I") or number > _LARGEST_ROMAN:
        return str(number)
    out = ""
    for value, sign in _NUMERALS:
        out += sign * (number // value)
        number %= value
    return out if form == "I" else out.lower()


# ---------------------------------------------------------------------- the words


@dataclass(slots=True)
class _Paragraph:
    runs: Runs = field(default_factory=Runs)
    looks: list[_Look] = field(default_factory=list)
    notes: list[etree._Element] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)


class _Story:
    """Reads the body, each note and text box after the paragraph that it belongs to."""

    def __init__(self, styles: _Styles) -> None:
        self._styles = styles
        self._counter = _Counter(styles)
        self._hidden: list[str] = []
        self._indexes = 0
        self._contents: list[str] = []
        self._changes: Counter[tuple[str, str, str]] = Counter()
        self.gathering = Gathering()

    def over(self, container: etree._Element, depth: int = 0) -> None:
        """Read the paragraphs, lists and tables of `container` in reading order."""
        if depth > _DEEPEST:
            raise UnreadableError(f"It is refused: more than {_DEEPEST} elements stand in each other.")
        for element in container.iterchildren(etree.Element):
            if element.tag == f"{_TEXT}tracked-changes":
                self._changed(element)
            elif element.tag in (f"{_TEXT}p", f"{_TEXT}h"):
                self._paragraph(element)
            elif element.tag == f"{_TEXT}list":
                self._list(element, "", 0)
            elif element.tag == f"{_TABLE}table":
                self._table(element, depth)
            elif element.tag in _INDEXES:
                self._indexes += 1
                if element.tag == f"{_TEXT}table-of-content":
                    lines = element.iterfind(f"{_TEXT}index-body/{_TEXT}p")
                    self._contents += filter(None, (canonical(_words(line)) for line in lines))
            elif element.tag == f"{_TEXT}section" and element.get(f"{_TEXT}display") == "none":
                self._hidden.append(canonical(_words(element)))
            elif element.tag not in _NO_TEXT:
                self.over(element, depth + 1)

    def _changed(self, changes: etree._Element) -> None:
        for region in changes.iterchildren(etree.Element):
            for change in region.iterchildren(etree.Element):
                info_of = change.find(f"{_OFFICE}change-info")
                who = "" if info_of is None else info_of.findtext(f"{_DC}creator") or ""
                day = "" if info_of is None else (info_of.findtext(f"{_DC}date") or "")[:10]
                self._changes[etree.QName(change).localname, who, day] += 1

    def _list(self, element: etree._Element, name: str, depth: int) -> None:
        first = element.find(f".//{_TEXT}p")
        styled = "" if first is None else self._styles.list_name(first.get(f"{_TEXT}style-name", ""))
        own = element.get(f"{_TEXT}style-name") or name or styled
        if element.get(f"{_TEXT}continue-numbering") != "true" and not element.get(f"{_TEXT}continue-list"):
            self._counter.restart(own, depth)
        for item in element.iterchildren(etree.Element):
            number: str | None = None
            if item.tag == f"{_TEXT}list-item" and any(each.tag != f"{_TEXT}list" for each in item):
                number = self._counter.next(own, depth, item.get(f"{_TEXT}start-value"))
            for each in item.iterchildren(etree.Element):
                if each.tag == f"{_TEXT}list":
                    self._list(each, own, depth + 1)
                elif each.tag in (f"{_TEXT}p", f"{_TEXT}h"):
                    self._paragraph(each, number, depth, listed=True)
                    number = None

    def _paragraph(
        self, element: etree._Element, number: str | None = None, depth: int = 0, *, listed: bool = False
    ) -> None:
        paragraph = _Paragraph()
        look = self._styles.look(element.get(f"{_TEXT}style-name", ""))
        self._read(element, look, paragraph)
        kind: BlockKind = "list" if listed and number else "paragraph"
        level = depth
        if element.tag == f"{_TEXT}h":
            kind, level = "heading", min(max(1, whole(element.get(f"{_TEXT}outline-level"), 1)), _DEEPEST_HEAD)
            if not listed and element.get(f"{_TEXT}is-list-header") != "true":
                number = self._counter.next(_OUTLINE, level - 1)
        worded = paragraph.looks
        self.gathering.add(
            paragraph.runs,
            kind=kind,
            number=number or None,
            level=level,
            centred=bool(look.centred),
            bold=bool(worded) and all(each.bold for each in worded),
            style=element.get(f"{_TEXT}style-name", ""),
            struck=bool(worded) and all(each.struck for each in worded),
        )
        for note in paragraph.notes:
            self._note(note)
        for box in paragraph.boxes:
            self.over(box)

    def _read(self, element: etree._Element, look: _Look, into: _Paragraph, depth: int = 0) -> None:
        """Add the words of `element` to `into`."""
        if depth > _DEEPEST:
            raise UnreadableError(f"It is refused: more than {_DEEPEST} elements stand in each other.")
        self._say(element.text, look, into)
        for child in element.iterchildren(etree.Element):
            if child.tag in _BLANKS:
                into.runs.add(" ")
            elif child.tag == f"{_TEXT}note":
                into.notes.append(child)
            elif child.tag == f"{_DRAW}text-box":
                into.boxes.append(child)
            elif child.tag in (f"{_TEXT}hidden-text", f"{_TEXT}hidden-paragraph"):
                self._hidden.append(canonical(child.get(f"{_TEXT}string-value", "") + _words(child, "")))
            elif child.tag == f"{_TEXT}span":
                self._read(child, self._styles.look(child.get(f"{_TEXT}style-name", "")).over(look), into, depth + 1)
            elif child.tag not in _NO_TEXT and child.tag not in _ALTERNATIVES:
                self._read(child, look, into, depth + 1)
            self._say(child.tail, look, into)

    def _say(self, words: str | None, look: _Look, into: _Paragraph) -> None:
        if not words:
            return
        if look.hidden:
            self._hidden.append(canonical(words))
            return
        into.runs.add(words, emphasis=bool(look.italic))
        if canonical(words):
            into.looks.append(look)

    def _note(self, note: etree._Element) -> None:
        paragraph = _Paragraph()
        for element in note.iter(f"{_TEXT}p", f"{_TEXT}h"):
            self._read(element, self._styles.look(element.get(f"{_TEXT}style-name", "")), paragraph)
            paragraph.runs.add(" ")
        number = canonical(note.findtext(f"{_TEXT}note-citation") or "")
        self.gathering.add(paragraph.runs, kind="footnote", number=number or None, style="footnote")

    def _table(self, table: etree._Element, depth: int) -> None:
        rows = [
            list(row.iterchildren(f"{_TABLE}table-cell"))
            for row in table.iter(f"{_TABLE}table-row")
            if next(row.iterancestors(f"{_TABLE}table"), None) is table
        ]
        texts = [[canonical(_words(cell)) for cell in row] for row in rows]
        if table.find(f".//{_TABLE}table") is not None or not holds_data(texts):
            around, self.gathering.beside = self.gathering.beside, max(map(len, rows), default=0) > 1
            for at, column in reading_order(texts):
                self.over(rows[at][column], depth + 1)
            self.gathering.beside = around
            return
        for row in rows:
            self._row(row)

    def _row(self, cells: list[etree._Element]) -> None:
        words: list[str] = []
        notes: list[etree._Element] = []
        for cell in cells:
            paragraph = _Paragraph()
            for element in cell.iter(f"{_TEXT}p", f"{_TEXT}h"):
                self._read(element, self._styles.look(element.get(f"{_TEXT}style-name", "")), paragraph)
                paragraph.runs.add(" ")
            notes += paragraph.notes
            if text := paragraph.runs.line()[0]:
                words.append(text)
        runs = Runs()
        runs.add(" | ".join(words))
        self.gathering.add(runs, kind="table", style="table")
        for note in notes:
            self._note(note)

    # ------------------------------------------------------------------ what is no text

    def asides(self, content: etree._Element) -> Iterator[PlacedText]:
        """Yield the words of the file that are no part of its text, for the gate."""
        for element in content.iter(f"{_OFFICE}annotation"):
            yield from entries(_words(element), "a comment")
            for said in element.iterchildren(etree.Element):
                yield from entries(_words(said, ""), "a comment")
        for element in content.iter(f"{_TEXT}ruby-text"):
            yield PlacedText(canonical(_words(element, "")), "words above others", "aside")
        yield from _labels(content)
        for element in content.iter(f"{_TEXT}deletion"):
            yield from (PlacedText(canonical(str(w)), "deleted words", "aside") for w in element.itertext())
        for element in content.iter(*_ALTERNATIVES):
            yield from entries(element.text or "", "an alternative text")
        for element in content.iter(*_INDEXES):
            yield from (PlacedText(canonical(str(w)), "a table of contents", "aside") for w in element.itertext())
        yield from (PlacedText(words, "hidden words", "aside") for words in self._hidden if words)

    def findings(self, name: str) -> Iterator[Finding]:
        """Yield what a person should know: tracked changes, and what was left out."""
        for (kind, who, day), count in self._changes.items():
            by = " ".join(each for each in (f"by {who}" if who else "", day) if each)
            if kind == "deletion":
                message = f"{count} tracked changes {by}: words deleted, left out."
                yield warning("tracked-deleted", name, message, "Settle the tracked changes.")
            elif kind == "insertion":
                message = f"{count} tracked changes {by}: words inserted, read as part of the text."
                yield warning("tracked-inserted", name, message, "Settle the tracked changes.")
        if hidden := canonical(" ".join(self._hidden)):
            yield warning("hidden-text", name, f"Hidden text left out: {hidden}", "Look at it in the program.")
        if self._indexes:
            yield info("contents", name, f"{self._indexes} tables of contents or indexes left out.")
        if self._contents:
            yield from stale_contents(self._contents, self.gathering.blocks, name)
