"""A precedent binder as an Excel workbook: cover, authorities and provisions, a sheet each. Words, never formulas."""

import io
import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from agreements.export.csvs import COLUMNS, hit_row
from agreements.ooxml.package import repacked

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from agreements.export.binder import Binder

_LONGEST = 32_767  # characters that a cell holds; longer text goes on in the next row
_WIDEST = 70
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def to_excel(binder: "Binder") -> bytes:
    """Return `binder` as a workbook, the same bytes whenever it is the same binder."""
    from openpyxl import Workbook

    book = Workbook()
    cover = book.worksheets[0]
    cover.title = "Cover"
    _fill(cover, ("", "Precedent binder"), binder.cover())
    authorities = [(citation, ", ".join(map(str, numbers))) for citation, numbers in binder.table_of_authorities()]
    _fill(book.create_sheet("Authorities"), ("agreement", "provisions"), authorities)
    _fill(book.create_sheet("Provisions"), ("number", *COLUMNS), list(_provisions(binder)))
    year, month, day = (*map(int, binder.made.split("-")), 1, 1)[:3]
    book.properties.created = book.properties.modified = datetime(year, month, day)
    out = io.BytesIO()
    book.save(out)
    return repacked(out.getvalue())


def _provisions(binder: "Binder") -> Iterator[Sequence[str]]:
    for entry in binder.entries:
        *facts, text = hit_row(entry.hit)
        pieces = [text[at : at + _LONGEST] for at in range(0, max(len(text), 1), _LONGEST)]
        yield (str(entry.number), *facts, pieces[0])
        for piece in pieces[1:]:
            yield (f"{entry.number} (continued)", *([""] * len(facts)), piece)


def _fill(sheet: "Worksheet", head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    for number, row in enumerate([head, *rows], 1):
        for column, value in enumerate(row, 1):
            cell: Any = sheet.cell(number, column, _CONTROL.sub("", value))
            cell.data_type = "s"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=number == 1)
    for column, name in enumerate(head, 1):
        longest = max([len(name), *(len(row[column - 1]) for row in rows)])
        sheet.column_dimensions[get_column_letter(column)].width = min(longest + 2, _WIDEST)
    sheet.freeze_panes = "A2"
