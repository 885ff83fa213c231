"""What surrounds the words of a Word file: paper, header and footer, properties, lists, line spacing."""

from collections.abc import Sequence
from datetime import UTC, datetime

from docx.document import Document as WordFile
from lxml import etree

from agreements.errors import AgreementsError
from agreements.ooxml import styles
from agreements.ooxml.fields import page_number
from agreements.ooxml.lists import abstract_list, list_instance
from agreements.ooxml.schema import name
from agreements.ooxml.xml import Properties, XmlValue, clean, make, paragraph, properties, run
from agreements.word.writing.numbering import NumberingPlan
from agreements.word.writing.options import PaperSize, Spacing, WordOptions

_SIZES: dict[PaperSize, tuple[int, int]] = {"letter": (12240, 15840), "a4": (11906, 16838)}
_LINES: dict[Spacing, int] = {"single": 240, "one-and-a-half": 360, "double": 480}
_MARGIN = 1440  # an inch, in twentieths of a point
_WIDE = 3600  # the right margin of a negotiating copy, two and a half inches
_EDGE = 720
_LINE = 360
_LONGEST_PROPERTY = 255


def text_width(options: WordOptions) -> int:
    """Return the width between the margins, in twentieths of a point."""
    return _SIZES[options.paper][0] - _MARGIN - _right_margin(options)


def _right_margin(options: WordOptions) -> int:
    return _WIDE if options.layout == "negotiating" else _MARGIN


def set_page(file: WordFile, options: WordOptions) -> None:
    """Set paper size and margins of one inch; a negotiating copy has room to write and numbered lines."""
    width, height = _SIZES[options.paper]
    margins = dict.fromkeys(("top", "bottom", "left"), _MARGIN)
    values: dict[str, XmlValue] = {
        "pgSz": {"w": width, "h": height},
        "pgMar": {**margins, "right": _right_margin(options), "header": _EDGE, "footer": _EDGE, "gutter": 0},
        "cols": {"space": 720},
    }
    if options.layout == "negotiating":
        values["lnNumType"] = {"countBy": 1, "distance": _LINE, "restart": "newPage"}
    new = properties("sectPr", values)
    old = file.element.body.sectPr
    for child in list(old):
        old.remove(child)
    old.extend(list(new))


def set_header_and_footer(file: WordFile, marking: str, status: Sequence[str], banner: str = "") -> None:
    """Put the marking at the top and bottom of every page, the lines of `status` under it, and the page number.

    Marking and draft status are lines of their own: no program should read the two as one marking. The `banner` of a
    working copy stands at the top and bottom too.
    """
    status = [*status, banner]
    section = file.sections[0]
    top = [(styles.MARKING, marking), *((styles.DRAFT_LINE, line) for line in status)]
    shown = [(style, text) for style, text in top if text]
    if shown:
        lines = [_line(style, [run(text)]) for style, text in shown[:-1]]
        last, text = shown[-1]
        _fill(section.header._element, [*lines, _line(last, [run(text)], after=_LINE)])
    page = _line(styles.PAGE_NUMBER, [run("Page "), *page_number()], before=_LINE)
    below = [(styles.DRAFT_LINE, banner), (styles.MARKING, marking)]
    _fill(section.footer._element, [page, *(_line(style, [run(text)]) for style, text in below if text)])


def _line(style: str, content: list[etree._Element], **gap: int) -> etree._Element:
    spacing: Properties = {"spacing": gap} if gap else {}
    return paragraph({"pStyle": styles.style_id(style), **spacing}, content)


def _fill(part: etree._Element, lines: list[etree._Element]) -> None:
    for child in list(part):
        part.remove(child)
    part.extend(lines)


def set_properties(file: WordFile, title: str, options: WordOptions, language: str = "") -> None:
    """Set title and `language`, for screen readers, and the date of the draft; nobody's name, no program, no path.

    Raises `AgreementsError` for a date that is none.
    """
    own = file.core_properties
    own.title = clean(title)[:_LONGEST_PROPERTY]
    if language:
        own.language = language
    if options.date:
        year, month, day = (*options.date.split("-"), "1", "1")[:3]
        try:
            own.created = own.modified = datetime(int(year), int(month), int(day), tzinfo=UTC)
        except ValueError as error:
            raise AgreementsError(f"{options.date!r} is no date.", hint="Write it as 2026-11-22.") from error


def set_lists(file: WordFile, plan: NumberingPlan) -> None:
    """Write the lists of `plan`, the first tied to the styles."""
    part = file.part.numbering_part.element
    for child in list(part):
        part.remove(child)
    part.extend(abstract_list(each.identifier, each.levels(), tied=each.identifier == 1) for each in plan.lists)
    part.extend(list_instance(each.identifier) for each in plan.lists)


def set_spacing(file: WordFile, options: WordOptions) -> None:
    """Set the line spacing of all styles; a negotiating copy has at least one and a half lines."""
    spacing: Spacing = options.spacing
    if options.layout == "negotiating" and spacing == "single":
        spacing = "one-and-a-half"
    for element in file.styles.element.iter(name("docDefaults")):
        for line in element.iter(name("spacing")):
            line.set(name("line"), str(_LINES[spacing]))


def closing_paragraph() -> etree._Element:
    """Return the small empty paragraph that Word wants after a table at the end of a file."""
    size = {"sz": 2, "szCs": 2}
    spacing: dict[str, str | int] = {"before": 0, "after": 0, "line": 20, "lineRule": "exact"}
    return paragraph({"spacing": spacing, "rPr": properties("rPr", size)}, [make("r", properties("rPr", size))])
