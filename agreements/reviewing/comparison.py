"""A comparison written out: as a redline, or side by side as a Word table on landscape pages or a page of HTML."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path

from agreements import word
from agreements.classifying import topics_by_path
from agreements.comparing import (
    DiffSegment,
    Pair,
    differences,
    other_original,
    put_in_order,
    same_words,
)
from agreements.comparing.comparison import Compared, Comparison, OtherDifference
from agreements.errors import AgreementsError, UnprovenError
from agreements.findings import Finding
from agreements.language.typography import plain
from agreements.marking import highest
from agreements.model import Agreement
from agreements.reading import save_checked
from agreements.reviewing.memo import spans
from agreements.search.precedents import OpenPrecedents, precedent_words
from agreements.search.results import Hit
from agreements.word import Span, TableCell, TableLine, table_file

_WORD = re.compile(r"\w+")

_BUT_WORDS = "pictures, formulas, links, hidden text, running heads, layout: the words are compared as they were read"
"""What a comparison does not look at where one side is no Word file, or is held as an agreement."""

_TAGS = {"deleted": "del", "inserted": "ins"}
_STYLE = (
    "body{font:15px/1.45 'Times New Roman',Times,serif;margin:2rem}h1{font-size:1.2rem}.marking{font-weight:bold;"
    "text-align:center}table{border-collapse:collapse;width:100%;table-layout:fixed}th,td{border:1px solid #888;"
    "padding:.4em .6em;text-align:left;vertical-align:top}thead th{background:#eee}th.place{width:9rem}"
    "del{color:#b00000}ins{color:#0000a0}small{color:#555}"
)


def look_elsewhere(found: Comparison) -> None:
    """Add to a comparison of two Word files where they differ and no pair of provisions says so; raises as reading.

    Of others only what was not examined is said.

    Where that finds nothing, and no provision differs, both files are read a second time from their raw XML: only what
    that finds too, or its finding nothing, is said.
    """
    one, other = found.a.word_file(), found.b.word_file()
    if one is None or other is None:
        found.not_examined = _BUT_WORDS
        return
    differences, found.comments = word.elsewhere(one, other, names=(found.a.name, found.b.name))
    places = tuple(each for each in found.elsewhere if each.how == "moved")
    told = _told(found.pairs)
    for piece in (piece for each in places for piece in each.pieces):  # the number that an annex had, and has
        told.update((kind, each) for kind in ("deleted", "inserted") for each in _WORD.findall(piece.text))
    moved = bool(places) or any(pair.moved for pair in found.pairs)
    parties = other_original(found.pairs, found.a.agreement, found.b.agreement)
    added = any(pair.change == "added" for pair in found.pairs)
    shown = plain(" ".join(f"{p.b.heading} {p.b.text}" for p in found.pairs if p.b))
    found.elsewhere = places + tuple(
        OtherDifference(d.story, d.how, d.what, d.to_read)
        for d in differences
        if not (parties and same_words(put_in_order(d.before, d.after, parties), d.after))
        and not (d.what == "typography" and plain(d.after) in shown)
        and not (d.empty_number and added)
        and (
            d.story != "body"
            or d.what not in ("words", "typography", "typed-number")
            or _is_untold(d, told, moved=moved)
        )
    )
    if not (found.elsewhere or found.comments or any(pair.change != "same" for pair in found.pairs)):
        found.second_reading = tuple(word.sentences(word.second_reading(one, other)))
        found.not_examined = word.NOT_EXAMINED


def _told(pairs: Iterable[Pair]) -> Counter[tuple[str, str]]:
    """Return the words that the pairs of provisions show as deleted or inserted, each with which of the two."""
    told: Counter[tuple[str, str]] = Counter()
    for pair in pairs:
        for piece in (*pair.heading, *pair.text):
            told.update((piece.kind, each) for each in _WORD.findall(piece.text))
        if pair.change == "alternat" and pair.a and pair.b:  # shown as the order of the parties, and no word changed
            for piece in differences(pair.a.text, pair.b.text):
                told.update((piece.kind, each) for each in _WORD.findall(piece.text))
        for part in pair.parts:
            told.update((kind, each) for kind in ("deleted", "inserted") for each in _WORD.findall(part.text))
        for kind, side in (("deleted", pair.a), ("inserted", pair.b)):
            told.update((kind, each) for each in _WORD.findall(side.number if side else ""))
    return told


def _is_untold(difference: word.Difference, told: Counter[tuple[str, str]], *, moved: bool) -> bool:
    """Whether a difference of the bodies is in no pair: in a title, in what no provision holds, in a break alone."""
    if difference.how == "moved":
        return not moved
    own: Counter[tuple[str, str]] = Counter()
    for piece in difference.pieces:
        own.update((piece.kind, each) for each in _WORD.findall(piece.text) if piece.kind != "equal")
    return bool(own - told)


def redline(
    compared: Comparison, output: Path, *, author: str, date: str, prior: word.Prior = "refuse", anyway: bool = False
) -> tuple[Path, tuple[Finding, ...]]:
    """Write a redline of the comparison to the Word file `output`; return it and what a person should know.

    It is a copy of A's Word file (A written to Word where it is none) with tracked changes that make it B, by `author`
    at `date` (ISO 8601). `prior` says what becomes of tracked changes in the files (`word.RedlineOptions`). Raises
    `UnprovenError` for a redline that is not what it should be, unless it is wanted `anyway`; `AgreementsError` when it
    cannot be made or written.
    """
    if output.suffix.lower() != ".docx":
        raise AgreementsError(f"{output.name} is no name for a Word file.", hint="Let the name end in .docx")
    first, second = compared.a.word_file(), compared.b.word_file()
    both_files = first is not None and second is not None
    options = word.RedlineOptions(author=author, date=date, prior=prior, edges=both_files)
    contents = [
        found if found is not None else word.render(_agreement(side))
        for found, side in ((first, compared.a), (second, compared.b))
    ]
    made = word.redline(contents[0], contents[1], options, names=(compared.a.name, compared.b.name))
    compared.proof, compared.not_examined = made.proof.outcome, made.proof.not_examined
    refuse_unproven(made.proof, output, (compared.a.name, compared.b.name), anyway=anyway)
    save_checked(output, made.content)
    return output, made.findings


def refuse_unproven(proof: word.Proof, output: Path, names: tuple[str, str], *, anyway: bool) -> None:
    """Raise `UnprovenError` where a file between those called `names` says other words than they do."""
    if proof.outcome != "unexplained" or anyway:
        return
    first = next(f for f in proof.findings(names) if f.code == "unproven")
    raise UnprovenError(
        f"{output.name} is not written, as it holds words that nothing explains. {first.message}",
        hint="Compare the place by eye; `--anyway` writes the file all the same. Please report it with both files.",
    )


def _agreement(side: Compared) -> Agreement:
    """Return what of a side is to be written: the agreement, or a document of the one provision that was named."""
    if side.place is None:
        return side.agreement
    alone = side.place.document.model_copy(update={"provisions": (side.place.provision,)})
    return side.agreement.model_copy(update={"documents": (alone,)})


# ---------------------------------------------------------------------- side by side


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """A pair of provisions, and the precedents of B's words (None: not looked for)."""

    pair: Pair
    precedents: tuple[Hit, ...] | None = None


def write_side_by_side(
    found: Comparison,
    output: Path,
    *,
    everything: bool = False,
    precedents: OpenPrecedents | None = None,
) -> Path:
    """Write the pairs of a comparison side by side to `output`, HTML or Word by its suffix, and return it.

    What is the same on both sides is left out unless `everything`. Where `precedents` opens a search for them, a third
    column names the nearest of B's words. Raises `AgreementsError` for another suffix or a file that cannot be written.
    """
    pairs = found.shown(everything=everything)
    rows = _with_precedents(found, pairs, precedents) if precedents else [ComparisonRow(pair) for pair in pairs]
    suffix = output.suffix.lower()
    if suffix not in (".html", ".docx"):
        raise AgreementsError(f"{output.name} is no name for such a table.", hint="Let the name end in .html or .docx")
    save_checked(output, _html(found, rows).encode() if suffix == ".html" else _word(found, rows))
    return output


def _with_precedents(found: Comparison, pairs: Sequence[Pair], precedents: OpenPrecedents) -> list[ComparisonRow]:
    topics = topics_by_path(found.b.agreement)
    with precedents((found.a.agreement.id, found.b.agreement.id)) as find:
        return [
            ComparisonRow(pair, find.nearest(pair.b.text, topics.get(pair.b.path, ()), pair.b.kind) if pair.b else ())
            for pair in pairs
        ]


def _head(found: Comparison, rows: Sequence[ComparisonRow]) -> list[str]:
    head = ["Provision", f"A  {found.a.name}", f"B  {found.b.name}"]
    return head + (["Precedents of B"] if any(row.precedents is not None for row in rows) else [])


def _marking(found: Comparison) -> str:
    return highest([found.a.agreement.marking, found.b.agreement.marking])


def _sides(pair: Pair) -> tuple[list[DiffSegment], list[DiffSegment]]:
    """Return what each side reads, heading first."""
    blank = [DiffSegment("equal", "\n")] if pair.heading and pair.text else []
    pieces = [*pair.heading, *blank, *pair.text]
    left = [replace(p, text=p.in_first) for p in pieces if p.kind != "inserted"]
    return left, [p for p in pieces if p.kind != "deleted"]


def _names(pair: Pair) -> str:
    here, there = pair.names
    return here if here == there else " → ".join(x for x in (here, there) if x)


# ---------------------------------------------------------------------- Word


def _word(found: Comparison, rows: Sequence[ComparisonRow]) -> bytes:
    head = _head(found, rows)
    shares = (9, 30, 30, 20)[: len(head)]
    body = [_cells(row, len(head)) for row in rows]
    title = f"{found.a.name} and {found.b.name} side by side"
    lines: list[TableLine] = [] if rows else [[Span("They say the same.")]]
    return table_file(title, lines, head, shares, body, marking=_marking(found))


def _cells(row: ComparisonRow, columns: int) -> list[TableCell]:
    left, right = _sides(row.pair)
    place: TableCell = [[Span(_names(row.pair), "bold")], [Span(row.pair.change.replace("-", " and "))]]
    cells: list[TableCell] = [place, [spans(left)], [spans(right)]]
    named: TableCell = [[Span(f"{hit.ref} ", "bold"), Span(precedent_words(hit))] for hit in row.precedents or ()]
    return [*cells, named or [[Span("none found")]]][:columns]


# ---------------------------------------------------------------------- HTML


def _html(found: Comparison, rows: Sequence[ComparisonRow]) -> str:
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


def _html_row(row: ComparisonRow) -> str:
    pair = row.pair
    place = f"{escape(_names(pair))}<br><small>{escape(pair.change.replace('-', ' and '))}</small>"
    cells = [_html_cell(side) for side in _sides(pair)]
    if row.precedents is not None:
        cells.append("".join(_html_precedents(row.precedents)))
    return f'<tr><th scope="row">{place}</th>' + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _html_cell(pieces: Sequence[DiffSegment]) -> str:
    return "".join(_html_piece(piece) for piece in pieces)


def _html_piece(piece: DiffSegment) -> str:
    text = escape(piece.text, quote=False).replace("\n", "<br>")
    tag = _TAGS.get(piece.kind)
    return f"<{tag}>{text}</{tag}>" if tag else text


def _html_precedents(hits: Sequence[Hit]) -> Iterator[str]:
    for hit in hits:
        yield f"<p><strong>{escape(hit.ref)}</strong> {escape(precedent_words(hit))}</p>"
    if not hits:
        yield "none found"
