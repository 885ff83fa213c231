"""A precedent binder as an Excel workbook: cover, authorities and provisions, a sheet each. Words, never formulas."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from agreements.export.csvs import COLUMNS, hit_row
from agreements.export.tables import fill_sheet, workbook_bytes

if TYPE_CHECKING:
    from agreements.export.binder import Binder

_LONGEST = 32_767  # characters that a cell holds; longer text goes on in the next row


def to_excel(binder: "Binder") -> bytes:
    """Return `binder` as a workbook, the same bytes whenever it is the same binder."""
    from openpyxl import Workbook

    book = Workbook()
    cover = book.worksheets[0]
    cover.title = "Cover"
    fill_sheet(cover, ("", "Precedent binder"), binder.cover(), frozen="A2")
    authorities = [(citation, ", ".join(map(str, numbers))) for citation, numbers in binder.table_of_authorities()]
    fill_sheet(book.create_sheet("Authorities"), ("agreement", "provisions"), authorities, frozen="A2")
    fill_sheet(book.create_sheet("Provisions"), _columns(binder), list(_provisions(binder)), frozen="A2")
    year, month, day = (*map(int, binder.made.split("-")), 1, 1)[:3]
    book.properties.created = book.properties.modified = datetime(year, month, day)
    return workbook_bytes(book)


def _has_notes(binder: "Binder") -> bool:
    return any(entry.note for entry in binder.entries)


def _columns(binder: "Binder") -> Sequence[str]:
    *facts, text = COLUMNS
    return ("number", *facts, *(["note"] if _has_notes(binder) else []), text)


def _provisions(binder: "Binder") -> Iterator[Sequence[str]]:
    noted = _has_notes(binder)
    for entry in binder.entries:
        *facts, text = hit_row(entry.hit)
        facts += [entry.note] if noted else []
        pieces = [text[at : at + _LONGEST] for at in range(0, max(len(text), 1), _LONGEST)]
        yield (str(entry.number), *facts, pieces[0])
        for piece in pieces[1:]:
            yield (f"{entry.number} (continued)", *([""] * len(facts)), piece)
