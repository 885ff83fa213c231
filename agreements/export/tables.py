"""Tables as files: CSV and Excel that a spreadsheet opens rightly and that cannot run anything, HTML for reading."""

import csv
import html
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agreements.errors import unknown
from agreements.ooxml.package import packed
from agreements.reading import save_rows

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_STYLE = (
    "body{font:14px sans-serif;margin:2em}table{border-collapse:collapse}"
    "th,td{border:1px solid #999;padding:.3em .5em;text-align:left;vertical-align:top}thead th{background:#eee}"
)
_SHEET = re.compile(r"[\[\]:*?/\\]")  # what the name of a sheet may not hold
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # what XML may not hold
_WIDEST = 70  # signs that a column is wide
_CORE = "docProps/core.xml"
_CREATED = re.compile(rb"<dcterms:created[^<>]*>([^<>]*)<")
_MODIFIED = re.compile(rb"(<dcterms:modified[^<>]*>)[^<>]*(<)")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet runs a cell that begins so


def csv_text(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return `rows` under `head` as CSV; a cell that a spreadsheet would run as a formula gets an apostrophe."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(head)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue()


def write_csv(target: Path, head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Write `rows` under `head` to the file `target` (UTF-8, marked as such for Excel), whole or not at all.

    Raises `AgreementsError`, and `ClassifiedError` where a cell bears a marking in use.
    """
    _save(target, "\ufeff" + csv_text(head, rows), head, rows)


def _save(target: Path, text: str, head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    save_rows(target, text.encode("utf-8", "backslashreplace"), [head, *rows])


def write_table(target: Path, title: str, head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Write `rows` under `head` to `target`: CSV, HTML or Excel, by its suffix.

    Raises `NotFoundError` for another suffix, `AgreementsError` when the file cannot be written, `ClassifiedError`
    where a cell bears a marking in use.
    """
    suffix = target.suffix.lower()
    if suffix not in WRITERS:
        raise unknown("kind of table", suffix or target.name, WRITERS)
    WRITERS[suffix](target, title, head, rows)


def html_table(title: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a page with one table that explains itself and needs nothing from elsewhere."""
    heads = "".join(f'<th scope="col">{html.escape(h)}</th>' for h in head)
    lines = "\n".join(
        f'<tr><th scope="row">{html.escape(str(row[0]))}</th>'
        + "".join(f"<td>{html.escape(str(value))}</td>" for value in row[1:])
        + "</tr>"
        for row in rows
    )
    return (
        f'<!doctype html>\n<html lang="en">\n<head><meta charset="utf-8"><title>{html.escape(title)}</title>\n'
        f"<style>{_STYLE}</style></head>\n<body><h1>{html.escape(title)}</h1>\n"
        f"<table><thead><tr>{heads}</tr></thead>\n<tbody>\n{lines}\n</tbody></table></body></html>\n"
    )


def _csv(target: Path, title: str, head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    write_csv(target, head, rows)


def _html(target: Path, title: str, head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    _save(target, html_table(title, head, rows), [title, *head], rows)


def _xlsx(target: Path, title: str, head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = _SHEET.sub(" ", title)[:31]
    fill_sheet(sheet, head, rows, frozen="B2")
    save_rows(target, workbook_bytes(book), [[title, *head], *rows])


def fill_sheet(sheet: "Worksheet", head: Sequence[str], rows: Sequence[Sequence[object]], *, frozen: str) -> None:
    """Write `rows` under `head` into a sheet as words, never formulas, the cells before `frozen` always in sight."""
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    for number, row in enumerate([head, *rows], 1):
        for column, value in enumerate(row, 1):
            cell: Any = sheet.cell(number, column, _CONTROL.sub("", str(value)))
            cell.data_type = "s"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=number == 1)
    for column, name in enumerate(head, 1):
        longest = max([len(name), *(len(str(row[column - 1])) for row in rows)])
        sheet.column_dimensions[get_column_letter(column)].width = min(longest + 2, _WIDEST)
    sheet.freeze_panes = frozen


def workbook_bytes(book: "Workbook") -> bytes:
    """Return a workbook as a file, the same bytes whenever it says the same: openpyxl writes the time of saving."""
    out = io.BytesIO()
    book.save(out)
    with zipfile.ZipFile(out) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    made = _CREATED.search(parts[_CORE])
    if made:
        parts[_CORE] = _MODIFIED.sub(rb"\g<1>" + made[1] + rb"\g<2>", parts[_CORE])
    return packed(parts)


WRITERS: dict[str, Callable[[Path, str, Sequence[str], Sequence[Sequence[object]]], None]] = {
    ".csv": _csv,
    ".html": _html,
    ".xlsx": _xlsx,
}


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) and not text.lstrip("+-").replace(".", "", 1).isdigit() else text
