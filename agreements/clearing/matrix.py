"""The matrix of comments on a text: a table with every edit and comment of every office once, and what became of it."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from agreements.citation import date_words
from agreements.clearing.dispositions import Disposed
from agreements.clearing.merging import MatrixRow, OfficeDrafts
from agreements.export.tables import write_table
from agreements.reading import save_checked
from agreements.word import Span, TableCell, TableLine, table_file

HEAD = ("No.", "Office", "Provision", "Now", "Proposed", "Disposition", "Reason")
SHARES = (5, 10, 12, 26, 26, 10, 11)
_LONG_LINE = 55  # characters from which on a line of a mail may have been broken by its program
_SIGNS = " .,;:)]"
_STATUS = "INTERNAL: NOT FOR THE OTHER SIDE"


def write_matrix(found: OfficeDrafts, disposed: Disposed, target: Path, *, day: str) -> Path:
    """Write the matrix to `target`: Word (`.docx`), CSV, Excel or HTML, by its suffix; `day` (ISO) is its date.

    Raises `NotFoundError` for another suffix, `AgreementsError` when it cannot be written, `ClassifiedError`.
    """
    if target.suffix.lower() != ".docx":
        write_table(target, _title(found), HEAD, list(plain_rows(found, disposed)))
        return target
    rows = list(cells(found, disposed))
    lines = list(_lines(found, day))
    content = table_file(
        _title(found), lines, HEAD, SHARES, rows, marking=found.marking, status=[_STATUS], below=list(_below(found))
    )
    save_checked(target, content)
    return target


def cells(found: OfficeDrafts, disposed: Disposed | None = None) -> Iterator[list[TableCell]]:
    """Yield the rows of the matrix under `HEAD` as cells of a Word table."""
    yield from (_cells(row, disposed or Disposed({}, frozenset())) for row in found.rows)


def plain_rows(found: OfficeDrafts, disposed: Disposed) -> Iterator[tuple[str, ...]]:
    """Yield the rows of the matrix under `HEAD` in words."""
    for row in found.rows:
        decision = disposed.of(row)
        now, proposed = ("\n".join("".join(span.text for span in line) for line in cell) for cell in _both(row))
        said = decision.do or ("" if not row.meets else f"meets {', '.join(row.meets)}")
        yield row.number, ", ".join(row.offices), _where(row), now, proposed, said, decision.reason


def _title(found: OfficeDrafts) -> str:
    return f"Comment Matrix: {found.title}" if found.title else "Comment Matrix"


def _lines(found: OfficeDrafts, day: str) -> Iterator[TableLine]:
    edits = [row for row in found.rows if row.is_edit]
    yield [Span("Text: ", "bold"), Span(found.base)]
    yield [Span("Date: ", "bold"), Span(date_words(day))]
    yield [Span("Returned by: ", "bold"), Span(", ".join(found.offices))]
    if found.silent:
        yield [Span("Nothing returned by: ", "bold"), Span(", ".join(found.silent))]
    counts = f"{len(edits)} edits, {sum(row.kind == 'comment' for row in found.rows)} comments"
    yield [
        Span("In all: ", "bold"),
        Span(counts),
        Span(f"; {len(found.meeting)} edits meet others" * bool(found.meeting)),
    ]
    for office, said in found.unaccounted:
        yield [Span(f"{office} changed words that no row accounts for: {said}.", "warning")]


def _below(found: OfficeDrafts) -> Iterator[TableLine]:
    """Yield what the table cannot say."""
    for finding in found.findings:
        yield [Span(finding.message)]
    yield [Span("An office that returned nothing has not cleared.")]


def _cells(row: MatrixRow, disposed: Disposed) -> list[TableCell]:
    decision = disposed.of(row)
    meets: list[TableLine] = [[Span(f"meets {', '.join(row.meets)}", "warning")]] if row.meets else []
    whose = "" if row.untracked == row.offices else f" by {', '.join(row.untracked)}"
    untracked: list[TableLine] = [[Span(f"UNTRACKED{whose}", "warning")]] if row.untracked else []
    earlier: list[TableLine] = [[Span(f"as in {row.as_in}", "warning")]] if row.as_in else []
    return [
        [[Span(row.number, "bold")]],
        [[Span(", ".join(row.offices))], *untracked, *earlier],
        [[Span(_where(row))]],
        *_both(row),
        [[Span(decision.do)]] if decision.do else meets,
        [[Span(decision.reason)]],
    ]


def _where(row: MatrixRow) -> str:
    where = f"{row.place} ({row.kind})" if row.kind in ("moved", "not merged") else row.place
    where += f"; the very words that {row.words_of} strikes" if row.words_of else ""
    return f"{where}; made alone, renumbers {row.renumbers}" if row.renumbers else where


def _both(row: MatrixRow) -> tuple[TableCell, TableCell]:
    """Return the words now and those proposed, what is taken out struck, what is put in underlined."""
    if row.kind == "comment":
        without: list[TableLine] = [[Span(f"({row.left_out})", "plain")]] if row.left_out else []
        return ([[Span(f"on: {row.before}")]] if row.before else []), [
            *_paragraphs(_unwrapped(row.after), "plain"),
            *without,
        ]
    if row.kind in ("not merged", "moved"):
        return _paragraphs(row.before, "plain"), [[Span(row.after if row.kind == "not merged" else "(moved)")]]
    if row.kind == "added":
        return [[Span("(nothing)")]], _paragraphs(row.after, "inserted")
    if row.kind == "removed":
        return _paragraphs(row.before, "deleted"), [[Span("(struck)")]]
    lead = f"… {own}" if (own := row.lead.lstrip(f"{_SIGNS}\n")) else ""
    tail = f"{row.tail.rstrip()} …" if row.tail.strip() else ""
    now, proposed = Span(row.before.lstrip("\n"), "deleted"), Span(row.after.lstrip("\n"), "inserted")
    return [[Span(lead), now, Span(tail)]], [[Span(lead), proposed, Span(tail)]]


def _unwrapped(said: str) -> str:
    """Return the words of a mail with lines that its program broke put together: a long one goes on in the next."""
    lines: list[str] = []
    goes_on = False
    for line in said.splitlines():
        if goes_on and line.strip():
            lines[-1] += f" {line.strip()}"
        else:
            lines.append(line)
        goes_on = len(line) >= _LONG_LINE
    return "\n".join(lines)


def _paragraphs(said: str, look: str) -> Sequence[TableLine]:
    return [[Span(line, look)] for line in said.splitlines() if line.strip()]  # type: ignore[arg-type]
