"""Word files (`.docx`) to blocks, with automatic numbers, tables, notes and a word on every tracked change."""

import re
from collections import Counter
from collections.abc import Iterator

from lxml import etree

from agreements.findings import Finding, info, warning
from agreements.ooxml.numbering import ListCounter, Numbered
from agreements.ooxml.package import Package
from agreements.ooxml.styles import COLUMN_HEADING, DRAFTING_NOTE, MEANINGS
from agreements.reading.blocks import BlockKind, Reading
from agreements.reading.characters import canonical
from agreements.reading.gathering import Gathering, struck_out
from agreements.reading.markup import Runs
from agreements.reading.source import Source
from agreements.reading.tables import holds_data, is_parallel
from agreements.reading.word_runs import Dropped, Paragraph, RunReader, is_deleted_mark
from agreements.reading.word_styles import Styles, W

_WRAPPERS = frozenset(
    W + tag for tag in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag", "body", "txbxContent")
)
_HEAD_NUMBER = re.compile(r"[^\W\d_]{3,}[ \u00a0]")  # `Article VII`, its heading in the next paragraph
_NAMED = 3  # lines of a table of contents that a finding names
_DC_TITLE = "{http://purl.org/dc/elements/1.1/}title"


def read(source: Source) -> Reading:
    """Return the blocks of a Word file.

    Raises `UnreadableError` when it is damaged, protected, beyond a limit or holds no words.
    """
    package = Package.of(source.name, source.data)
    story = _Story(package)
    root = package.part(package.main)
    body = None if root is None else root.find(f"{W}body")
    if body is not None:
        story.over(body)
    story.finish()
    story.gathering.findings += story.findings(source.name)
    core = package.properties()
    title = "" if core is None else canonical(core.findtext(f".//{_DC_TITLE}") or "")
    return story.gathering.reading(source.name, source.sha256, edges=_edges(package, story.styles), title=title)


def _edges(package: Package, styles: Styles) -> tuple[str, ...]:
    """Return the paragraphs of all headers and footers, where markings stand."""
    roots = (package.part(path) for kind in ("header", "footer") for path in package.related.get(kind, []))
    paragraphs = (p for root in roots if root is not None for p in root.iter(f"{W}p"))
    return tuple(dict.fromkeys(text for p in paragraphs if (text := _edge(p, styles))))


def _edge(paragraph: etree._Element, styles: Styles) -> str:
    """Return all words of a paragraph of a header or footer, shown as struck out where every one of them is."""
    style = styles.of_paragraph(paragraph)
    runs = [(run, "".join(t.text or "" for t in run.iter(f"{W}t"))) for run in paragraph.iter(f"{W}r")]
    text = canonical("".join(t.text or "" for t in paragraph.iter(f"{W}t")))
    struck = all(styles.of_run(run, style).struck for run, words in runs if words.strip())
    return struck_out(text) if struck else text


class _Story:
    """Reads the body of a document, each note after the paragraph that refers to it."""

    def __init__(self, package: Package) -> None:
        self._package = package
        styles = package.first("styles")
        self.styles = Styles(styles)
        self._numbering = ListCounter(package.first("numbering"), styles)
        self._dropped = Dropped()
        self._runs = RunReader(self.styles, self._dropped)
        self._pending: Paragraph | None = None  # words whose paragraph end was deleted
        self._stored: dict[str, dict[str, etree._Element]] = {}  # the notes of each kind by their identifiers
        self._counted: Counter[str] = Counter()
        self._numbered: dict[etree._Element, Numbered | None] = {}
        self._contents: list[str] = []
        self._parts_left_out = 0
        self._drafting_notes = 0
        self.gathering = Gathering()

    def over(self, container: etree._Element) -> None:
        """Read the paragraphs and tables of `container` in reading order."""
        for element in container:
            if element.tag == f"{W}p":
                self._paragraph(element)
            elif element.tag == f"{W}tbl":
                self._table(element)
            elif element.tag in _WRAPPERS:
                self.over(element)
            elif element.tag in (f"{W}del", f"{W}moveFrom"):
                self._dropped.change(element, canonical(" ".join(_texts(element))))
            elif element.tag == f"{W}altChunk":
                self._parts_left_out += 1

    def _paragraph(self, element: etree._Element) -> None:
        paragraph = self._pending or Paragraph()
        self._runs.read(element, paragraph)
        if is_deleted_mark(element):
            self._pending = paragraph
            return
        self._pending = None
        self._add(element, paragraph)
        self._notes()
        boxes, self._dropped.boxes = self._dropped.boxes, []
        for box in boxes:
            self.over(box)

    def _add(self, element: etree._Element, paragraph: Paragraph) -> None:
        text = paragraph.runs.line()[0]
        style = self.styles.name(self.styles.of_paragraph(element))
        if style.lower().startswith("toc ") and text:
            self._contents.append(text)
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

    def _table(self, table: etree._Element) -> None:
        rows = [list(_cells(row)) for row in table.iter(f"{W}tr") if next(row.iterancestors(f"{W}tbl")) is table]
        texts = [[canonical(" ".join(_texts(cell))) for cell in row] for row in rows]
        nested = table.find(f".//{W}tbl") is not None
        if rows and len(rows[0]) == 2 and all(self._heads_column(cell) for cell in rows[0]):
            self._languages(rows)
            return
        if not nested and is_parallel(texts):
            self._parallel(rows)
            return
        if nested or not holds_data(texts):
            for row in rows:
                for cell in row:
                    self.over(cell)
            return
        for row in rows:
            self._row(row)

    def _parallel(self, rows: list[list[etree._Element]]) -> None:
        """Read one text in two languages column by column; automatic numbers go on from row to row as Word counts."""
        paragraphs = [paragraph for row in rows for cell in row for paragraph in cell.iter(f"{W}p")]
        self._numbered.update((paragraph, self._numbering.number(paragraph)) for paragraph in paragraphs)
        for first in (True, False):
            for row in rows:
                for cell in row[:1] if first else row[1:]:
                    self.over(cell)

    def _heads_column(self, cell: etree._Element) -> bool:
        first = cell.find(f"{W}p")
        return first is not None and self.styles.name(self.styles.of_paragraph(first)) == COLUMN_HEADING

    def _languages(self, rows: list[list[etree._Element]]) -> None:
        """Read a table of our own with a language in each column, which its heads name."""
        paragraphs = [paragraph for row in rows for cell in row for paragraph in cell.iter(f"{W}p")]
        self._numbered.update((paragraph, self._numbering.number(paragraph)) for paragraph in paragraphs)
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
            paragraph = Paragraph()
            for element in cell.iter(f"{W}p"):
                self._runs.read(element, paragraph)
                paragraph.runs.add(" ")
            if text := paragraph.runs.line()[0]:
                words.append(text)
                bold.append(paragraph.is_bold)
        runs = Runs()
        runs.add(" | ".join(words))
        self.gathering.add(runs, kind="table", bold=bool(bold) and all(bold), style="table")
        self._notes()

    def finish(self) -> None:
        """Add what waited for the end of its paragraph."""
        if self._pending is not None:
            pending, self._pending = self._pending, None
            self.gathering.add(pending.runs)
        self._notes()

    def _notes(self) -> None:
        """Read the notes that the paragraph just added refers to, as footnote blocks numbered as shown."""
        for kind, identifier in self._dropped.notes:
            if kind not in self._stored:
                root = self._package.first(f"{kind}s")
                found = () if root is None else root.iter(W + kind)
                self._stored[kind] = {note.get(f"{W}id", ""): note for note in found}
            self._counted[kind] += 1
            if (note := self._stored[kind].get(identifier)) is not None:
                self._note(note, str(self._counted[kind]))
        self._dropped.notes.clear()

    def _note(self, note: etree._Element, number: str) -> None:
        paragraph = Paragraph()
        for element in note.iter(f"{W}p"):
            if self.styles.name(self.styles.of_paragraph(element)) == DRAFTING_NOTE:
                self._drafting_notes += 1
                return
            self._runs.read(element, paragraph)
            paragraph.runs.add(" ")
        self.gathering.add(paragraph.runs, kind="footnote", number=number, style="footnote")

    def findings(self, name: str) -> Iterator[Finding]:
        """Yield what a person should know: tracked changes by author and day, and everything left out."""
        for change, words in self._dropped.changes.items():
            who = " ".join(x for x in (f"by {change.author}" if change.author else "", change.day) if x)
            did = "left out" if change.kind == "deleted" else "read as part of the text"
            text = " / ".join(w for w in words if w)
            if text:
                message = f"Tracked change {who}: words {change.kind}, {did}: {text}"
                yield warning(f"tracked-{change.kind}", name, message, "Settle the tracked changes in Word.")
        if hidden := canonical("".join(self._dropped.hidden)):
            yield warning("hidden-text", name, f"Hidden text left out: {hidden}", "Look at it in Word.")
        if self._contents:
            first, count = " / ".join(self._contents[:_NAMED]), len(self._contents)
            more = f" ... ({count} lines)" if count > _NAMED else ""
            yield info("contents", name, f"Table of contents left out: {first}{more}")
        if self._drafting_notes:
            yield info("drafting-notes", name, f"{self._drafting_notes} drafting notes of a working copy left out.")
        if self._parts_left_out:
            message = f"{self._parts_left_out} embedded documents are not read."
            yield warning("embedded", name, message, "Open the file in Word, save it again, and read that.")


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    for cell in row.iter(f"{W}tc"):
        if next(cell.iterancestors(f"{W}tr")) is row:
            yield cell


def _texts(element: etree._Element) -> Iterator[str]:
    for paragraph in element.iter(f"{W}p"):
        yield "".join(t.text or "" for t in paragraph.iter(f"{W}t"))
