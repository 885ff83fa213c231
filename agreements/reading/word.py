"""Word files (`.docx` and its kin) to blocks, with automatic numbers, tables, notes and a word on every tracked change.

The words are those of the final text: insertions kept, deletions, hidden text and instructions of fields dropped.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from textwrap import shorten

from lxml import etree

from agreements.errors import UnreadableError
from agreements.findings import Finding, info, warning
from agreements.ooxml import walk
from agreements.ooxml.graphics import Graphic, graphics_in
from agreements.ooxml.numbering import ListCounter, Numbered
from agreements.ooxml.package import Package
from agreements.ooxml.revisions import CHANGES, MARKS, REMOVING
from agreements.ooxml.schema import local
from agreements.ooxml.styles import COLUMN_HEADING, DRAFTING_NOTE, MEANINGS
from agreements.ooxml.stylesheet import RunLook, Stylesheet, W, look_of
from agreements.ooxml.symbols import character
from agreements.ooxml.unseen import is_faint
from agreements.reading.blocks import BlockKind, Reading
from agreements.reading.characters import canonical
from agreements.reading.contents import stale_contents
from agreements.reading.gathering import Gathering, struck_out
from agreements.reading.markup import Runs
from agreements.reading.source import SourceFile
from agreements.reading.tables import holds_data, is_parallel, reading_order
from agreements.reading.word_parts import pieces_of_package

_HEAD_NUMBER = re.compile(r"[^\W\d_]{3,}[ \u00a0]")  # `Article VII`, its heading in the next paragraph
_PRIVATE = re.compile("[\uf020-\uf0ff]")  # signs of symbol fonts, written as letters
_NAMED = 3  # lines of a table of contents that a finding names
_BESIDE, _SHOWN = 60, 400  # characters of the paragraph that a graphic stands in, and of its own words
_DC_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_TEXT_PATH = "{urn:schemas-microsoft-com:vml}textpath"
_BLANK = ("tab", "break")


def read(source: SourceFile) -> Reading:
    """Return the blocks of a Word file.

    Raises `UnreadableError` when it is damaged, protected, beyond a limit or holds no words.
    """
    package = Package.looked_at(source.name, source.data)
    story = _Story(package)
    story.over(package.body())
    story.finish()
    story.count_bodies(package.part(package.main))
    story.gathering.findings += story.findings(source.name)
    if story.shows_graphics_alone:
        message = f"{source.name} holds no words but those that its charts and diagrams show."
        raise UnreadableError(message, hint="Look at it in Word.")
    core = package.properties()
    title = "" if core is None else canonical(core.findtext(f".//{_DC_TITLE}") or "")
    return story.gathering.reading(
        source.name,
        source.sha256,
        edges=_edges(package, story.styles),
        title=title,
        asides=tuple(pieces_of_package(package, story.styles)),
    )


def _edges(package: Package, styles: Stylesheet) -> tuple[str, ...]:
    """Return the paragraphs of all headers and footers, where markings stand, and the words of watermarks there."""
    found: list[str] = []
    for kind in ("header", "footer"):
        for root in map(package.part, package.related.get(kind, [])):
            if root is not None:
                found += [_edge(paragraph, styles) for paragraph in walk.paragraphs(root)]
                found += [canonical(path.get("string", "")) for path in root.iter(_TEXT_PATH)]
    return tuple(dict.fromkeys(text for text in found if text))


def _edge(paragraph: etree._Element, styles: Stylesheet) -> str:
    """Return all words of a paragraph of a header or footer, shown as struck out where every one of them is."""
    style = styles.of_paragraph(paragraph)
    found = [each for each in walk.inlines(paragraph) if not walk.is_removed(each)]
    text = canonical("".join(" " if each.kind in _BLANK else each.text for each in found))
    runs = (each.run for each in found if each.text.strip() and each.run is not None)
    return struck_out(text) if all(styles.of_run(run, style).struck for run in runs) else text


@dataclass(frozen=True, slots=True)
class _Change:
    """A tracked change: its kind, `deleted` or `inserted`, its author and day."""

    kind: str
    author: str = ""
    day: str = ""

    @classmethod
    def of(cls, element: etree._Element) -> "_Change":
        kind = "deleted" if element.tag in REMOVING else "inserted"
        return cls(kind, element.get(f"{W}author", ""), element.get(f"{W}date", "")[:10])


@dataclass(slots=True)
class _Paragraph:
    """The words of one paragraph (`runs`), and whether all of them are bold, and all of them struck out."""

    runs: Runs = field(default_factory=Runs)
    bold: list[bool] = field(default_factory=list)
    struck: list[bool] = field(default_factory=list)

    @property
    def is_bold(self) -> bool:
        """Whether there are words and all are bold."""
        return bool(self.bold) and all(self.bold)

    @property
    def is_struck(self) -> bool:
        """Whether there are words and all are struck out."""
        return bool(self.struck) and all(self.struck)


class _Story:
    """Reads the body of a document, each note after the paragraph that refers to it."""

    def __init__(self, package: Package) -> None:
        self._package = package
        styles = package.first("styles")
        self.styles = Stylesheet(styles)
        self._numbering = ListCounter(package.first("numbering"), styles)
        self._fields = walk.FieldState()
        self._pending: _Paragraph | None = None  # words whose paragraph end was deleted
        self._stored: dict[str, dict[str, etree._Element]] = {}  # the notes of each kind by their identifiers
        self._counted: Counter[str] = Counter()
        self._numbered: dict[etree._Element, Numbered | None] = {}
        self._contents: list[str] = []
        self._contents_lines: list[str] = []  # without the line over them
        self._drafting_notes = 0
        self._changes: dict[_Change, list[str]] = {}
        self._hidden: list[str] = []
        self._faint: list[str] = []
        self._references: list[tuple[str, str]] = []  # kind and id of notes, as they are referred to
        self._boxes: list[etree._Element] = []  # text boxes met, read after their paragraph
        self._left_out: Counter[str] = Counter()
        self._graphics: list[tuple[Graphic, _Paragraph, str]] = []  # each with its paragraph, and the words before that
        self.gathering = Gathering()

    def over(self, container: etree._Element) -> None:
        """Read the paragraphs and tables of `container` in reading order."""
        for element, around in walk.blocks(container):
            if any(each.tag in REMOVING for each in around):
                self._note_change(around, [canonical(" ".join(_texts(element, deleted=True)))])
            elif element.tag == f"{W}p":
                self._paragraph(element)
            elif element.tag == f"{W}tbl":
                self._table(element)
            elif element.tag in walk.FORMULAS:
                formula = Runs()
                formula.add(walk.formula_text(element))
                self.gathering.add(formula)
            else:
                self._left_out[local(element)] += 1

    def _note_change(self, around: Iterable[etree._Element], words: list[str]) -> None:
        for element in around:
            if element.tag in MARKS:
                self._changes.setdefault(_Change.of(element), []).extend(words)

    # ------------------------------------------------------------------ paragraphs

    def _paragraph(self, element: etree._Element) -> None:
        paragraph = self._pending or _Paragraph()
        self._read(element, paragraph)
        if is_deleted_mark(element):
            self._pending = paragraph
            return
        self._pending = None
        self._add(element, paragraph)
        self._after()

    def _after(self) -> None:
        """Read what a paragraph or row just added refers to: notes, and the boxes beside it."""
        self._notes()
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            self.over(box)

    def _read(self, element: etree._Element, into: _Paragraph) -> None:
        """Add the words of the paragraph `element` to `into`."""
        style = self.styles.of_paragraph(element)
        changed: dict[etree._Element, list[str]] = {}
        looks: dict[etree._Element, RunLook] = {}
        for each in walk.inlines(element):
            for around in each.around:
                if around.tag in MARKS:
                    changed.setdefault(around, []).append(each.text)
            if walk.is_removed(each):
                if not any(around.tag in REMOVING for around in each.around):
                    self._changes.setdefault(_Change("deleted"), []).append(each.text)
            elif self._fields.shows(each) or each.kind in ("note", "object"):
                self._inline(each, into, self._look(each.run, style, looks))
        for change, words in changed.items():
            self._note_change([change], [canonical("".join(words))])

    def _look(self, run: etree._Element | None, style: str, known: dict[etree._Element, RunLook]) -> RunLook:
        if run is None:
            return RunLook()
        if run not in known:
            known[run] = self.styles.of_run(run, style)
        return known[run]

    def _inline(self, each: walk.Inline, into: _Paragraph, look: RunLook) -> None:
        if each.kind == "note":
            self._references.append((local(each.element).removesuffix("Reference"), each.element.get(f"{W}id", "")))
        elif each.kind == "object":
            self._boxes += walk.boxes(each.element)
            last = self.gathering.blocks[-1].text if self.gathering.blocks else ""
            self._graphics += [(graphic, into, last) for graphic in graphics_in(self._package, each.element)]
        elif each.kind == "unknown":
            self._left_out[local(each.element)] += 1
        elif text := _text(each):
            if look.hidden:
                self._hidden.append(text)
                return
            if each.run is not None and is_faint(each.run):
                self._faint.append(text)
            into.runs.add(text, emphasis=look.italic, struck=look.struck)
            if each.kind == "formula":
                return
            if canonical(text):
                into.bold.append(look.bold)
                into.struck.append(look.struck)

    def _add(self, element: etree._Element, paragraph: _Paragraph) -> None:
        text = paragraph.runs.line()[0]
        style = self.styles.name(self.styles.of_paragraph(element))
        if style.lower().startswith("toc ") and text:
            self._contents.append(text)
            self._contents_lines += [text] if style.lower() != "toc heading" else []
            return
        counted = element in self._numbered  # Word counts and numbers empty paragraphs too
        numbered = self._numbered.pop(element) if counted else self._numbering.number(element)
        if numbered and not text and not (style in MEANINGS or _HEAD_NUMBER.match(numbered.text)):
            numbered = None
        level = self.styles.head_level(element)
        kind: BlockKind = "heading" if level else "paragraph"
        if numbered and not level:
            kind, level = "list", numbered.level
        self.gathering.add(
            paragraph.runs,
            kind=kind,
            number=(numbered.text or None) if numbered else None,
            level=level,
            centred=self.styles.is_centred(element),
            bold=paragraph.is_bold,
            style=style,
            anchors=tuple(start.get(f"{W}name", "") for start in element.iter(f"{W}bookmarkStart")),
            struck=paragraph.is_struck,
        )

    # ------------------------------------------------------------------ tables

    def _table(self, table: etree._Element) -> None:
        rows = [walk.cells(row) for row in self._rows(table)]
        texts = [[canonical(" ".join(_texts(cell))) for cell in row] for row in rows]
        nested = table.find(f".//{W}tbl") is not None
        if rows and len(rows[0]) == 2 and all(self._heads_column(cell) for cell in rows[0]):
            self._languages(rows)
            return
        if not nested and is_parallel(texts):
            self._parallel(rows)
            return
        if nested or not holds_data(texts):
            around, self.gathering.beside = self.gathering.beside, max(map(len, rows), default=0) > 1
            for at, column in reading_order(texts):
                self.over(rows[at][column])
            self.gathering.beside = around
            return
        for row in rows:
            self._row(row)

    def _rows(self, table: etree._Element) -> Iterator[etree._Element]:
        """Yield the rows of a table without those that a tracked change took out."""
        for row in walk.rows(table):
            marks = [each for each in row.iterfind(f"{W}trPr/*") if each.tag in CHANGES]
            if any(each.tag in REMOVING for each in marks):
                self._note_change(marks, [canonical(" ".join(_texts(row, deleted=True)))])
            else:
                yield row

    def _parallel(self, rows: list[list[etree._Element]]) -> None:
        """Read one text in two languages column by column; automatic numbers go on from row to row as Word counts."""
        self._number(rows)
        for first in (True, False):
            for row in rows:
                for cell in row[:1] if first else row[1:]:
                    self.over(cell)

    def _number(self, rows: list[list[etree._Element]]) -> None:
        paragraphs = [paragraph for row in rows for cell in row for paragraph in walk.paragraphs(cell)]
        self._numbered.update((paragraph, self._numbering.number(paragraph)) for paragraph in paragraphs)

    def _heads_column(self, cell: etree._Element) -> bool:
        first = next(walk.paragraphs(cell), None)
        return first is not None and self.styles.name(self.styles.of_paragraph(first)) == COLUMN_HEADING

    def _languages(self, rows: list[list[etree._Element]]) -> None:
        """Read a table of our own with a language in each column, which its heads name."""
        self._number(rows)
        for column in (0, 1):
            tag = rows[0][column].find(f".//{W}lang")
            self.gathering.language = "" if tag is None else tag.get(f"{W}val", "")
            for row in rows[1:]:
                for cell in row[column : column + 1]:
                    self.over(cell)
        self.gathering.language = ""

    def _row(self, cells: list[etree._Element]) -> None:
        words: list[str] = []
        bold: list[bool] = []
        for cell in cells:
            paragraph = _Paragraph()
            for element in _outside_boxes(cell):
                self._read(element, paragraph)
                paragraph.runs.add(" ")
            if text := paragraph.runs.line()[0]:
                words.append(text)
                bold.append(paragraph.is_bold)
        runs = Runs()
        runs.add(" | ".join(words))
        self.gathering.add(runs, kind="table", bold=bool(bold) and all(bold), style="table")
        self._after()

    # ------------------------------------------------------------------ notes, and the end

    def finish(self) -> None:
        """Add what waited for the end of its paragraph."""
        if self._pending is not None:
            pending, self._pending = self._pending, None
            self.gathering.add(pending.runs)
        self._after()

    def _notes(self) -> None:
        """Read the notes that the paragraph just added refers to, as footnote blocks numbered as shown."""
        references, self._references = self._references, []
        for kind, identifier in references:
            if kind not in self._stored:
                root = self._package.first(f"{kind}s")
                found = () if root is None else root.iter(W + kind)
                self._stored[kind] = {note.get(f"{W}id", ""): note for note in found}
            self._counted[kind] += 1
            if (note := self._stored[kind].get(identifier)) is not None:
                self._note(note, str(self._counted[kind]))

    def _note(self, note: etree._Element, number: str) -> None:
        paragraph = _Paragraph()
        for element in _outside_boxes(note):
            if self.styles.name(self.styles.of_paragraph(element)) == DRAFTING_NOTE:
                self._drafting_notes += 1
                return
            self._read(element, paragraph)
            paragraph.runs.add(" ")
        self.gathering.add(paragraph.runs, kind="footnote", number=number, style="footnote")

    # ------------------------------------------------------------------ findings

    @property
    def shows_graphics_alone(self) -> bool:
        """Whether there are words in graphics and nowhere else."""
        return bool(self._graphics) and not any(block.text for block in self.gathering.blocks)

    def count_bodies(self, root: etree._Element | None) -> None:
        """Count the bodies after the first one as left out: Word shows one."""
        self._left_out["body"] += 0 if root is None else max(len(root.findall(f"{W}body")) - 1, 0)

    def findings(self, name: str) -> Iterator[Finding]:
        """Yield what a person should know: tracked changes by author and day, and everything left out."""
        for change, words in self._changes.items():
            who = " ".join(x for x in (f"by {change.author}" if change.author else "", change.day) if x)
            did = "left out" if change.kind == "deleted" else "read as part of the text"
            text = " / ".join(w for w in words if w)
            if text:
                message = f"Tracked change {who}: words {change.kind}, {did}: {text}"
                yield warning(f"tracked-{change.kind}", name, message, "Settle the tracked changes in Word.")
        if hidden := canonical("".join(self._hidden)):
            yield warning("hidden-text", name, f"Hidden text left out: {hidden}", "Look at it in Word.")
        if faint := canonical("".join(self._faint)):
            message = f"Words that no reader of the page sees, faint or tiny, stand in the text: {faint}"
            yield warning("faint-words", name, message, "Look at them in Word.")
        if self._contents:
            first, count = " / ".join(self._contents[:_NAMED]), len(self._contents)
            more = f" ... ({count} lines)" if count > _NAMED else ""
            yield info("contents", name, f"Table of contents left out: {first}{more}")
            yield from stale_contents(self._contents_lines, self.gathering.blocks, name)
        if self._drafting_notes:
            yield info("drafting-notes", name, f"{self._drafting_notes} drafting notes of a working copy left out.")
        yield from self._of_graphics(name)
        yield from self._what_was_left_out(name)

    def _of_graphics(self, name: str) -> Iterator[Finding]:
        """Yield a warning for each graphic with words, which are no part of the text, with where it stands."""
        for graphic, paragraph, before in self._graphics:
            beside = paragraph.runs.line()[0]
            where = f" {'in' if beside else 'after'} “{shorten(beside or before, _BESIDE, placeholder=' ...')}”"
            where = where if beside or before else ""
            said = shorten("; ".join(graphic.words), _SHOWN, placeholder=" ...")
            message = f"A {graphic.kind}{where} shows words that are not read as part of the text: {said}"
            yield warning("graphic", name, message, "Look at it in Word.")

    def _what_was_left_out(self, name: str) -> Iterator[Finding]:
        for what, count in sorted((+self._left_out).items()):
            if what == "altChunk":
                message = f"{count} embedded documents are not read."
                yield warning("embedded", name, message, "Open the file in Word, save it again, and read that.")
            else:
                message = f"The element {what} is not known here, and what it holds is not read ({count})."
                yield warning("unknown-element", name, message, "Look at it in Word.")


def _text(each: walk.Inline) -> str:
    """Return the characters of `each` for one line of text."""
    if each.kind in _BLANK:
        return " "
    if each.kind == "hyphen":
        return "-"
    if each.kind == "text" and each.run is not None and _PRIVATE.search(each.text):
        fonts = each.run.find(f"{W}rPr/{W}rFonts")
        font = "" if fonts is None else fonts.get(f"{W}ascii", fonts.get(f"{W}hAnsi", ""))
        return _PRIVATE.sub(lambda sign: character(font, ord(sign[0])), each.text) if font else each.text
    return each.text


def _texts(element: etree._Element, *, deleted: bool = False) -> Iterator[str]:
    for paragraph in walk.paragraphs(element):
        yield walk.said(paragraph, deleted=deleted)


def _outside_boxes(container: etree._Element) -> Iterator[etree._Element]:
    """Yield the paragraphs of a cell or note, without those of boxes that float beside them."""
    for paragraph in walk.paragraphs(container):
        box = next(paragraph.iterancestors(walk.BOX), None)
        if box is None or container in box.iterdescendants(container.tag):
            yield paragraph


def is_deleted_mark(paragraph: etree._Element) -> bool:
    """Return whether the end of the paragraph is deleted, so that its words run on into the next one."""
    own = look_of(paragraph)
    mark = None if own is None else own.find(f"{W}rPr")
    return mark is not None and any(child.tag in REMOVING for child in mark)
