"""Writing rows for a spreadsheet: CSV that Excel opens rightly and that cannot run anything."""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from agreements.errors import AgreementsError
from agreements.platform import printable, replace_file

_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet runs a cell that begins so


def csv_text(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return `rows` under `head` as CSV; a cell that a spreadsheet would run as a formula gets an apostrophe."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(head)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue()


def write_csv(target: Path, head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write `rows` under `head` to the file `target` (UTF-8, marked as such for Excel); raises `AgreementsError`."""
    write_text(target, "\ufeff" + csv_text(head, rows))


def write_text(target: Path, text: str) -> None:
    """Write `text` to the file `target`, whole or not at all; raises `AgreementsError` when that fails."""
    try:
        replace_file(target, text.encode("utf-8", "backslashreplace"))
    except OSError as error:
        reason = error.strerror or str(error)
        raise AgreementsError(
            f"{printable(target)} cannot be written: {reason}.", hint="Check the folder and your rights."
        ) from error


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) and not text.lstrip("+-").replace(".", "", 1).isdigit() else text
