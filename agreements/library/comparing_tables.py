"""A comparison side by side, for paper and screen: a Word table on landscape pages, or a page of HTML."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from agreements.classifying import topics_by_path
from agreements.comparing import Pair, Piece
from agreements.errors import AgreementsError
from agreements.library.comparing import Comparison
from agreements.library.nearest import nearest
from agreements.marking import highest
from agreements.platform import save
from agreements.search.precedents import precedent_words
from agreements.search.results import Hit
from agreements.word.tabled import Span, SpanLook, TableCell, TableLine, table_file

_UNTOUCHED = ("same", "renumbered")
_LOOKS: dict[str, SpanLook] = {"equal": "plain", "deleted": "deleted", "inserted": "inserted"}
_TAGS = {"deleted": "del", "inserted": "ins"}
_STYLE = (
    "body{font:15px/1.45 'Times New Roman',Times,serif;margin:2rem}h1{font-size:1.2rem}.marking{font-weight:bold;"
    "text-align:center}table{border-collapse:collapse;width:100%;table-layout:fixed}th,td{border:1px solid #888;"
    "padding:.4em .6em;text-align:left;vertical-align:top}thead th{background:#eee}th.place{width:9rem}"
    "del{color:#b00000}ins{color:#0000a0}small{color:#555}"
)


@dataclass(frozen=True, slots=True)
class Row:
    """A pair of provisions, and the precedents of B's words (None: not looked for)."""

    pair: Pair
    precedents: tuple[Hit, ...] | None = None


def write_side_by_side(
    found: Comparison,
    output: Path,
    *,
    everything: bool = False,
    repository: Path | None = None,
    tell: Callable[[str], None] | None = None,
) -> Path:
    """Write the pairs of a comparison side by side to `output`, HTML or Word by its suffix, and return it.

    What is the same on both sides is left out unless `everything`. With a `repository`, a third column names the
    nearest precedents of B's words. Raises `AgreementsError` for another suffix or a file that cannot be written, and
    `RepositoryError`.
    """
    pairs = [pair for pair in found.pairs if everything or pair.change not in _UNTOUCHED]
    rows = _with_precedents(found, pairs, repository, tell) if repository else [Row(pair) for pair in pairs]
    suffix = output.suffix.lower()
    if suffix not in (".html", ".docx"):
        raise AgreementsError(f"{output.name} is no name for such a table.", hint="Let the name end in .html or .docx")
    save(output, _html(found, rows).encode() if suffix == ".html" else _word(found, rows))
    return output


def _with_precedents(
    found: Comparison, pairs: Sequence[Pair], folder: Path, tell: Callable[[str], None] | None
) -> list[Row]:
    topics = topics_by_path(found.b.agreement)
    with nearest(folder, without=(found.a.agreement.id, found.b.agreement.id), tell=tell) as find:
        return [
            Row(pair, find(pair.b.text, topics.get(pair.b.path, ()), pair.b.kind) if pair.b else ()) for pair in pairs
        ]


def _head(found: Comparison, rows: Sequence[Row]) -> list[str]:
    head = ["Provision", f"A  {found.a.name}", f"B  {found.b.name}"]
    return head + (["Precedents of B"] if any(row.precedents is not None for row in rows) else [])


def _marking(found: Comparison) -> str:
    return highest([found.a.agreement.marking, found.b.agreement.marking])


def _sides(pair: Pair) -> tuple[list[Piece], list[Piece]]:
    """Return what each side reads, heading first."""
    blank = [Piece("equal", "\n")] if pair.heading and pair.text else []
    pieces = [*pair.heading, *blank, *pair.text]
    return [p for p in pieces if p.kind != "inserted"], [p for p in pieces if p.kind != "deleted"]


def _names(pair: Pair) -> str:
    here, there = (side.path if side else "" for side in (pair.a, pair.b))
    return here if here == there else " → ".join(x for x in (here, there) if x)


# ---------------------------------------------------------------------- Word


def _word(found: Comparison, rows: Sequence[Row]) -> bytes:
    head = _head(found, rows)
    shares = (9, 30, 30, 20)[: len(head)]
    body = [_cells(row, len(head)) for row in rows]
    title = f"{found.a.name} and {found.b.name} side by side"
    lines: list[TableLine] = [] if rows else [[Span("They say the same.")]]
    return table_file(title, lines, head, shares, body, marking=_marking(found))


def _cells(row: Row, columns: int) -> list[TableCell]:
    left, right = _sides(row.pair)
    place: TableCell = [[Span(_names(row.pair), "bold")], [Span(row.pair.change.replace("-", " and "))]]
    cells: list[TableCell] = [place, [_spans(left)], [_spans(right)]]
    named: TableCell = [[Span(f"{hit.ref} ", "bold"), Span(precedent_words(hit))] for hit in row.precedents or ()]
    return [*cells, named or [[Span("none found")]]][:columns]


def _spans(pieces: Sequence[Piece]) -> TableLine:
    return [Span(piece.text, _LOOKS[piece.kind]) for piece in pieces]


# ---------------------------------------------------------------------- HTML


def _html(found: Comparison, rows: Sequence[Row]) -> str:
    title = escape(f"{found.a.name} and {found.b.name} side by side")
    marking = f'<p class="marking">{escape(_marking(found))}</p>\n' if _marking(found) else ""
    head = "".join(
        f'<th scope="col"{" class=place" if not index else ""}>{escape(text)}</th>'
        for index, text in enumerate(_head(found, rows))
    )
    body = "\n".join(_html_row(row) for row in rows)
    said = (
        f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>"
        if rows
        else "<p>They say the same.</p>"
    )
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width">\n<title>{title}</title>\n'
        f"<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n{marking}<h1>{title}</h1>\n{said}\n{marking}</body>\n</html>\n"
    )


def _html_row(row: Row) -> str:
    pair = row.pair
    place = f"{escape(_names(pair))}<br><small>{escape(pair.change.replace('-', ' and '))}</small>"
    cells = [_html_cell(side) for side in _sides(pair)]
    if row.precedents is not None:
        cells.append("".join(_html_precedents(row.precedents)))
    return f'<tr><th scope="row">{place}</th>' + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _html_cell(pieces: Sequence[Piece]) -> str:
    return "".join(_html_piece(piece) for piece in pieces)


def _html_piece(piece: Piece) -> str:
    text = escape(piece.text, quote=False).replace("\n", "<br>")
    tag = _TAGS.get(piece.kind)
    return f"<{tag}>{text}</{tag}>" if tag else text


def _html_precedents(hits: Sequence[Hit]) -> Iterator[str]:
    for hit in hits:
        yield f"<p><strong>{escape(hit.ref)}</strong> {escape(precedent_words(hit))}</p>"
    if not hits:
        yield "none found"
