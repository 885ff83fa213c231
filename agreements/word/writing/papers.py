"""A Word file that is a paper of an office and no text of an agreement: memorandum, brief, transmittal, wide table.

It is made of blocks: headings, paragraphs, points, lines of a memorandum's head, tables, and an agreement's text that
is attached to it. Blanks to be filled in are highlighted. The same blocks give the same bytes.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

import docx
from lxml import etree

from agreements.citation import document_words
from agreements.model import Document, Provision
from agreements.ooxml import styles
from agreements.ooxml.package import repacked
from agreements.ooxml.schema import name
from agreements.ooxml.xml import Properties, XmlValue, make, paragraph, properties, run
from agreements.word.writing import frame
from agreements.word.writing.base import BASE
from agreements.word.writing.options import PaperSize, WordOptions

SpanLook = Literal["plain", "deleted", "inserted", "bold", "warning", "blank"]
_MARGIN = 720  # half an inch, in twentieths of a point
_SIZE: Properties = {"sz": 18, "szCs": 18}
_LOOKS: dict[SpanLook, Properties] = {
    "plain": {},
    "deleted": {"strike": True, "color": "B00000"},
    "inserted": {"u": "single", "color": "0000A0"},
    "bold": {"b": True, "bCs": True},
    "warning": {"b": True, "bCs": True, "color": "B00000"},
    "blank": {"highlight": "yellow"},
}
_LETTER = 110  # the width of a letter of a table's size, rather much, in twentieths of a point
_LINES = 24  # of a cell that surely stand on any page
_GAP: Properties = {"spacing": {"after": 60}, "jc": "left"}


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of words of one look."""

    text: str
    look: SpanLook = "plain"


TableLine = Sequence[Span]
TableCell = Sequence[TableLine]


def table_file(
    title: str,
    lines: Sequence[TableLine],
    head: Sequence[str],
    shares: Sequence[int],
    rows: Sequence[Sequence[TableCell]],
    *,
    marking: str = "",
    status: Sequence[str] = (),
    paper: PaperSize = "letter",
    below: Sequence[TableLine] = (),
) -> bytes:
    """Return a Word file: `title`, the `lines` under it, a table of `rows` under `head`, and lines `below` it.

    `shares` are the widths of the columns in proportion, `marking` stands at the top and bottom of every page and the
    lines of `status` under it. The same content gives the same bytes.
    """
    file = docx.Document(str(BASE))
    options = WordOptions(paper=paper)
    frame.set_page(file, options)
    width = _turn(file.element.body.sectPr)
    frame.set_header_and_footer(file, marking, status)
    frame.set_properties(file, title, options)
    widths = [width * share // sum(shares) for share in shares]
    body = [paragraph({"pStyle": styles.style_id(styles.TITLE)}, [run(title)])]
    body += [paragraph(_GAP, _runs(line)) for line in lines]
    body += [table(head, widths, rows), *(paragraph(_GAP, _runs(line)) for line in below), frame.closing_paragraph()]
    for element in body:
        file.element.body.sectPr.addprevious(element)
    out = io.BytesIO()
    file.save(out)
    return repacked(out.getvalue())


def _turn(section: etree._Element) -> int:
    """Turn the page on its side and return the width between its margins."""
    size, margins = section.find(name("pgSz")), section.find(name("pgMar"))
    if size is None or margins is None:
        raise ValueError("the section has no page")
    width, height = size.get(name("h"), ""), size.get(name("w"), "")
    for key, value in (("w", width), ("h", height), ("orient", "landscape")):
        size.set(name(key), value)
    for side in ("left", "right"):
        margins.set(name(side), str(_MARGIN))
    return int(width) - 2 * _MARGIN


def table(head: Sequence[str], widths: Sequence[int], rows: Sequence[Sequence[TableCell]]) -> etree._Element:
    """Return a table of `rows` under `head`, which repeats on every page; `widths` in twentieths of a point."""
    edges = (make(side, val="single", sz=4, space=0, color="808080") for side in _SIDES)
    own: dict[str, XmlValue] = {
        "tblW": {"w": sum(widths), "type": "dxa"},
        "tblBorders": make("tblBorders", *edges),
        "tblLayout": {"type": "fixed"},
    }
    grid = make("tblGrid", *(make("gridCol", w=width) for width in widths))
    titles = [[[Span(text, "bold")]] for text in head]
    return make(
        "tbl", properties("tblPr", own), grid, _row(titles, widths, head=True), *(_row(r, widths) for r in rows)
    )


_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


def _row(cells: Sequence[TableCell], widths: Sequence[int], *, head: bool = False) -> etree._Element:
    look = [make("cantSplit")] if head or _fits(cells, widths) else []
    look += [make("tblHeader")] if head else []
    own = [make("trPr", *look)] if look else []
    columns = _spanned(cells) if head else [1] * len(cells)
    made = (
        _cell(cell, sum(widths[at : at + span]), head=head, span=span)
        for at, (cell, span) in enumerate(zip(cells, columns, strict=True))
        if span
    )
    return make("tr", *own, *made)


def _spanned(head: Sequence[TableCell]) -> list[int]:
    """Return over how many columns each head stands: a head over the empty ones after it, which have no cell."""
    spans: list[int] = []
    for cell in head:
        named = any(span.text for line in cell for span in line)
        if named or not spans:
            spans.append(1)
        else:
            before = max(at for at, span in enumerate(spans) if span)
            spans[before] += 1
            spans.append(0)
    return spans


def _fits(cells: Sequence[TableCell], widths: Sequence[int]) -> bool:
    """Whether a row surely has room on one page, so that it stays whole; a row of much text goes on to the next."""
    return all(
        sum(1 + sum(len(span.text) for span in line) * _LETTER // width for line in cell) <= _LINES
        for cell, width in zip(cells, widths, strict=True)
    )


def _cell(cell: TableCell, width: int, *, head: bool, span: int = 1) -> etree._Element:
    own: dict[str, XmlValue] = {"tcW": {"w": width, "type": "dxa"}}
    if span > 1:
        own["gridSpan"] = span
    if head:
        own["shd"] = {"val": "clear", "color": "auto", "fill": "E7E6E6"}
    look: Properties = {**_GAP, "keepNext": True} if head else _GAP
    return make("tc", properties("tcPr", own), *(_line(line, look) for line in cell or [[]]))


def _line(line: TableLine, look: Properties) -> etree._Element:
    """Return a line of a cell; an empty one is no higher than one with words."""
    words = _runs(line)
    return paragraph(look if words else {**look, "rPr": properties("rPr", _SIZE)}, words)


def _runs(line: TableLine) -> list[etree._Element]:
    return runs(line, _SIZE)


def runs(line: TableLine, look: Properties) -> list[etree._Element]:
    """Return the runs of `line`, each with its own look over `look`."""
    return [run(span.text, {**look, **_LOOKS[span.look]}, breaks=True) for span in line if span.text]


ParagraphKind = Literal["title", "heading", "text", "point", "indented", "head", "page"]

_STEP = 360  # a level of indentation, in twentieths of a point
_HEAD = 1800  # where the words of a memorandum's head begin
_LEVELS: dict[str, int] = {"paragraph": 0, "subparagraph": 1, "item": 2}


@dataclass(frozen=True, slots=True)
class PaperParagraph:
    """A paragraph of a paper: its `kind` and its words. `head` is a line `TO:<tab>words`, `page` a new page."""

    kind: ParagraphKind
    line: TableLine = ()
    level: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its `head`, the widths of its columns in proportion, its rows."""

    head: Sequence[str]
    shares: Sequence[int]
    rows: Sequence[Sequence[TableCell]] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper: its blocks, the marking of every page, the lines under it, and the size of its letters in points."""

    title: str
    blocks: Sequence[PaperParagraph | Table]
    marking: str = ""
    status: Sequence[str] = ()
    size: int = 12
    date: str = ""
    options: WordOptions = field(default_factory=WordOptions)


def paper_file(paper: Paper) -> bytes:
    """Return the Word file of `paper`; raises `AgreementsError` for a date that is none."""
    file = docx.Document(str(BASE))
    frame.set_page(file, paper.options)
    frame.set_header_and_footer(file, paper.marking, list(paper.status))
    frame.set_properties(file, paper.title, WordOptions(date=paper.date))
    width = frame.text_width(paper.options)
    size = {"sz": paper.size * 2, "szCs": paper.size * 2}
    elements: list[etree._Element] = []
    new_page = False
    for block in paper.blocks:
        if isinstance(block, PaperParagraph) and block.kind == "page":
            new_page = True
        elif isinstance(block, PaperParagraph):
            elements.append(_paragraph(block, size, new_page=new_page))
            new_page = False
        else:
            widths = [width * share // sum(block.shares) for share in block.shares]
            elements += [table(block.head, widths, block.rows), _gap(size)]
    if paper.blocks and isinstance(paper.blocks[-1], Table):
        elements[-1] = frame.closing_paragraph()  # a blank line could take a page of its own
    for element in elements:
        file.element.body.sectPr.addprevious(element)
    out = io.BytesIO()
    file.save(out)
    return repacked(out.getvalue())


def attached(document: Document) -> Iterator[PaperParagraph]:
    """Yield the blocks of the text of `document` as it is attached to a paper, its numbers typed."""
    if head := ". ".join(x for x in (_named(document), document.title) if x):
        yield PaperParagraph("heading", [Span(head)], level=1)
    for provision in document.provisions:
        yield from _provision(provision, 0)


def _named(document: Document) -> str:
    """Return what a further document is called, `Annex A`; nothing where its title says so itself."""
    own = document_words(document)
    return "" if (document.title or "").casefold().startswith(own.casefold()) else own


def _provision(provision: Provision, level: int) -> Iterator[PaperParagraph]:
    if provision.kind in ("article", "section", "part", "chapter"):
        head = provision.labelled(provision.kind.capitalize())
        yield PaperParagraph("heading", [Span(f"{head}. {provision.heading}" if provision.heading else head)], level=2)
        number = ""
    else:
        number = f"{provision.number} " if provision.number else ""
        number += f"{provision.heading}. " if provision.heading and provision.text else provision.heading or ""
    level = _LEVELS.get(provision.kind, level)
    if number or provision.text:
        yield PaperParagraph("indented", [Span(number + provision.text)], level=level)
    below = level + (1 if provision.kind in _LEVELS else 0)
    for child in provision.children:
        yield from _provision(child, below)


def _paragraph(block: PaperParagraph, size: dict[str, int], *, new_page: bool) -> etree._Element:
    look: dict[str, XmlValue] = {**size}
    values: dict[str, XmlValue] = {"pStyle": styles.style_id(styles.BODY_TEXT), "jc": "left", "spacing": {"after": 120}}
    if block.kind == "title":
        values = {"pStyle": styles.style_id(styles.TITLE), "spacing": {"before": 0, "after": 200}}
    elif block.kind == "heading":
        values |= {"keepNext": True, "spacing": {"before": 160, "after": 80}}
        values |= {"jc": "center"} if block.level == 1 else {}
        look |= {"b": True, "bCs": True}
    elif block.kind == "point":
        left = _STEP * (block.level + 1)
        values |= {"ind": {"left": left, "hanging": _STEP}, "spacing": {"after": 60}, "tabs": _tab(left)}
    elif block.kind == "indented":
        values |= {"ind": {"left": _STEP * block.level}}
    elif block.kind == "head":
        values |= {"ind": {"left": _HEAD, "hanging": _HEAD}, "spacing": {"after": 60}, "tabs": _tab(_HEAD)}
    if new_page:
        values["pageBreakBefore"] = True
    line = [Span("•\t"), *block.line] if block.kind == "point" else block.line
    return paragraph(values, runs(line, {} if block.kind == "title" else look))


def _tab(at: int) -> etree._Element:
    return make("tabs", make("tab", val="left", pos=at))


def _gap(size: Properties) -> etree._Element:
    return paragraph({"pStyle": styles.style_id(styles.BODY_TEXT), "spacing": {"after": 60}}, runs([Span(" ")], size))
