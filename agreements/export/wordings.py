"""One clause in many agreements, side by side on paper: a wide table, the oldest first, each with what differs.

The order by date shows who said it first of what is held, and where the wording changed; what is not held may be older.
"""

from collections.abc import Iterator
from pathlib import Path

from agreements.citation import date_words
from agreements.comparing.similar import Alike, Similar
from agreements.errors import AgreementsError
from agreements.reading import save_checked
from agreements.word import Span, SpanLook, TableCell, TableLine, table_file

_HEAD = ("Signed", "Agreement and place", "Words, and what differs from the text asked about", "Wording")
_SHARES = (10, 28, 52, 10)
_LOOKS: dict[str, SpanLook] = {"deleted": "deleted", "inserted": "inserted"}


def write_wordings(found: Similar, output: Path, *, marking: str = "") -> Path:
    """Write the provisions of `found`, the oldest first, to the Word file `output`, turned on its side.

    `marking` is the highest of the agreements. Raises `AgreementsError` when there is nothing to write, or its name or
    the disk refuses.
    """
    if output.suffix.lower() != ".docx":
        raise AgreementsError(f"{output.name} is no name for a Word file.", hint="Let the name end in .docx")
    if not found.alike:
        raise AgreementsError("Nothing like it is held, so that there is nothing to write.")
    rows = sorted(found.alike, key=lambda row: (_signed(row) or "9999", row.hit.ref))
    asked = f"“{found.text}”" if found.source == "text" else f"{found.source}: “{found.text}”"
    lines: list[TableLine] = [[Span("Text asked about: ", "bold"), Span(" ".join(asked.split()))], *_told(found, rows)]
    content = table_file(
        "One clause in several agreements", lines, _HEAD, _SHARES, [*map(_cells, rows)], marking=marking
    )
    save_checked(output, content)
    return output


def _told(found: Similar, rows: list[Alike]) -> Iterator[TableLine]:
    """Yield when each wording was signed first and last, of what is held."""
    shown = f"The {len(rows)} here of {found.results.total} like it that are held"
    yield [Span(f"{shown}; struck: not in it; underlined: only in it. Others, and what is not held, may be older.")]
    for group in found.wordings():
        own = f"{len({row.hit.agreement for row in group})} of {len(rows)}"
        days = sorted(day for row in group if (day := _signed(row)))
        when = f"first signed {date_words(days[0])}" if days else "not dated"
        when += f", last {date_words(days[-1])}" if len(days) > 1 and days[-1] != days[0] else ""
        yield [
            Span(f"Wording {group[0].wording + 1}: ", "bold"),
            Span(f"{own}, {when}"),
        ]


def _signed(row: Alike) -> str:
    return min(row.hit.signed, default="")


def _cells(row: Alike) -> list[TableCell]:
    hit, day = row.hit, _signed(row)
    where: TableCell = [[Span(hit.citation)], [Span(hit.ref)]]
    where = [*where, *([Span(f"Changed: {change.words()}", "warning")] for change in hit.changes)]
    words: TableCell = [[Span(piece.text, _LOOKS.get(piece.kind, "plain")) for piece in row.pieces]]
    share: TableCell = [[Span(f"{row.wording + 1}", "bold")], [Span(f"{row.likeness:.0%} of the words")]]
    return [[[Span(date_words(day) if day else "undated")]], where, words, share]
