"""A Word file that is one wide table: landscape, its head repeated on every page, words struck out and put in marked.

Deleted and inserted words are looks here (struck red, underlined blue), not tracked changes: the file is a paper about
texts and no text.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import docx
from lxml import etree

from agreements.ooxml import styles
from agreements.ooxml.package import repacked
from agreements.ooxml.schema import name
from agreements.ooxml.xml import Properties, XmlValue, make, paragraph, properties, run
from agreements.word import frame
from agreements.word.base import BASE
from agreements.word.options import PaperSize, WordOptions

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
) -> bytes:
    """Return a Word file: `title`, the `lines` under it, and a table of `rows` under `head`.

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
    body += [table(head, widths, rows), frame.closing_paragraph()]
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
    own = [make("trPr", make("cantSplit"), make("tblHeader"))] if head else []
    return make("tr", *own, *(_cell(cell, width, head=head) for cell, width in zip(cells, widths, strict=True)))


def _cell(cell: TableCell, width: int, *, head: bool) -> etree._Element:
    own: dict[str, XmlValue] = {"tcW": {"w": width, "type": "dxa"}}
    if head:
        own["shd"] = {"val": "clear", "color": "auto", "fill": "E7E6E6"}
    return make("tc", properties("tcPr", own), *(paragraph(_GAP, _runs(line)) for line in cell or [[]]))


def _runs(line: TableLine) -> list[etree._Element]:
    return runs(line, _SIZE)


def runs(line: TableLine, look: Properties) -> list[etree._Element]:
    """Return the runs of `line`, each with its own look over `look`."""
    return [run(span.text, {**look, **_LOOKS[span.look]}, breaks=True) for span in line if span.text]
