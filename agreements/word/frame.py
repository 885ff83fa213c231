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
from agreements.ooxml.xml import Properties, clean, make, paragraph, properties, run
from agreements.word.numbers import Plan
from agreements.word.options import Paper, Spacing, WordOptions

_SIZES: dict[Paper, tuple[int, int]] = {"letter": (12240, 15840), "a4": (11906, 16838)}
_LINES: dict[Spacing, int] = {"single": 240, "one-and-a-half": 360, "double": 480}
_MARGIN = 1440  # an inch, in twentieths of a point
_EDGE = 720
_LINE = 360
_LONGEST_PROPERTY = 255


def text_width(paper: Paper) -> int:
    """Return the width between the margins, in twentieths of a point."""
    return _SIZES[paper][0] - 2 * _MARGIN


def set_page(file: WordFile, paper: Paper) -> None:
    """Set paper size and margins of one inch."""
    width, height = _SIZES[paper]
    margins = dict.fromkeys(("top", "right", "bottom", "left"), _MARGIN)
    new = properties(
        "sectPr",
        {
            "pgSz": {"w": width, "h": height},
            "pgMar": {**margins, "header": _EDGE, "footer": _EDGE, "gutter": 0},
            "cols": {"space": 720},
        },
    )
    old = file.element.body.sectPr
    for child in list(old):
        old.remove(child)
    old.extend(list(new))


def set_header_and_footer(file: WordFile, marking: str, status: Sequence[str]) -> None:
    """Put the marking at the top and bottom of every page, the lines of `status` under it, and the page number.

    Marking and draft status are lines of their own: no program should read the two as one marking.
    """
    section = file.sections[0]
    top = [(styles.MARKING, marking), *((styles.DRAFT_LINE, line) for line in status)]
    shown = [(style, text) for style, text in top if text]
    if shown:
        lines = [_line(style, [run(text)]) for style, text in shown[:-1]]
        last, text = shown[-1]
        _fill(section.header._element, [*lines, _line(last, [run(text)], after=_LINE)])
    page = _line(styles.PAGE_NUMBER, [run("Page "), *page_number()], before=_LINE)
    _fill(section.footer._element, [page, *([_line(styles.MARKING, [run(marking)])] if marking else [])])


def _line(style: str, content: list[etree._Element], **gap: int) -> etree._Element:
    spacing: Properties = {"spacing": gap} if gap else {}
    return paragraph({"pStyle": styles.style_id(style), **spacing}, content)


def _fill(part: etree._Element, lines: list[etree._Element]) -> None:
    for child in list(part):
        part.remove(child)
    part.extend(lines)


def set_properties(file: WordFile, title: str, options: WordOptions) -> None:
    """Set the title, for screen readers, and the date of the draft; nobody's name, no program, no path.

    Raises `AgreementsError` for a date that is none.
    """
    own = file.core_properties
    own.title = clean(title)[:_LONGEST_PROPERTY]
    if options.date:
        year, month, day = (*options.date.split("-"), "1", "1")[:3]
        try:
            own.created = own.modified = datetime(int(year), int(month), int(day), tzinfo=UTC)
        except ValueError as error:
            raise AgreementsError(f"{options.date!r} is no date.", hint="Write it as 2026-11-22.") from error


def set_lists(file: WordFile, plan: Plan) -> None:
    """Write the lists of `plan`, the first tied to the styles."""
    part = file.part.numbering_part.element
    for child in list(part):
        part.remove(child)
    part.extend(abstract_list(each.identifier, each.levels(), tied=each.identifier == 1) for each in plan.lists)
    part.extend(list_instance(each.identifier) for each in plan.lists)


def set_spacing(file: WordFile, spacing: Spacing) -> None:
    """Set the line spacing of all styles."""
    for element in file.styles.element.iter(name("docDefaults")):
        for line in element.iter(name("spacing")):
            line.set(name("line"), str(_LINES[spacing]))


def closing_paragraph() -> etree._Element:
    """Return the small empty paragraph that Word wants after a table at the end of a file."""
    size = {"sz": 2, "szCs": 2}
    spacing: dict[str, str | int] = {"before": 0, "after": 0, "line": 20, "lineRule": "exact"}
    return paragraph({"spacing": spacing, "rPr": properties("rPr", size)}, [make("r", properties("rPr", size))])
