"""The memo of a review: a Word file for our side, with a row for each clause, in the order in which it is read."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from agreements.citation import date_words
from agreements.comparing import DiffSegment
from agreements.errors import AgreementsError
from agreements.reading import save_checked
from agreements.reviewing.clauses import TouchedClause
from agreements.reviewing.precedents import citations
from agreements.reviewing.reading_order import in_reading_order
from agreements.reviewing.review import Review
from agreements.reviewing.words import (
    comment_words,
    excerpt,
    position_words,
    replaced,
    summary,
    tracked_words,
)
from agreements.word import Span, SpanLook, TableCell, TableLine, table_file

_HEAD = ("Clause", "Our position", "Their words", "Our words", "What was done", "Precedents", "What it breaks")
_SHARES = (9, 10, 21, 18, 15, 20, 8)
_WHOLE = 90  # words of a clause that stand in full; of a longer one, those around what differs
_LOOKS: dict[str, SpanLook] = {"equal": "plain", "deleted": "deleted", "inserted": "inserted"}
_STATUS = "INTERNAL: NOT FOR THE OTHER SIDE"


def write_memo(review: Review, output: Path, *, day: str = "", order: Sequence[str] = ()) -> Path:
    """Write the memo of `review` to the Word file `output` and return it; raises `AgreementsError` when it fails.

    `day` (ISO 8601) is its date, `order` the grounds that are read first (`reading_order`); no ground is printed.
    """
    if output.suffix.lower() != ".docx":
        raise AgreementsError(f"{output.name} is no name for a Word file.", hint="Let the name end in .docx")
    told = [clause for clause in review.clauses if not (clause.is_noise or clause.is_told_elsewhere)]
    clauses = [clause for _, group in in_reading_order(told, order) for clause in group]
    found = [_row(clause, as_read=bool(review.texts.as_read)) for clause in clauses]
    columns = [i for i in range(len(_HEAD)) if not found or any(row[i] for row in found)]
    rows = [[row[i] for i in columns] for row in found]
    head, shares = [_HEAD[i] for i in columns], [_SHARES[i] for i in columns]
    lines = [*_facts(review, day), *_told(review)]
    title = f"Review of the Answer of {review.partner}" if review.partner else "Review of the Answer"
    below = list(_cited(clauses))
    save_checked(
        output, table_file(title, lines, head, shares, rows, marking=review.marking, status=[_STATUS], below=below)
    )
    return output


def _facts(review: Review, day: str) -> Iterator[TableLine]:
    """Yield what an officer looks for first: whose answer this is, to which text of ours, of which day."""
    rows = [
        ("Matter", review.title),
        ("Their text", review.theirs),
        ("Held against", review.ours),
        ("Date", date_words(day) if day else ""),
    ]
    for label, words in rows:
        if words:
            yield [Span(f"{label}: ", "bold"), Span(words)]


def _told(review: Review) -> Iterator[TableLine]:
    """Yield what the review comes to, what was renumbered, and what was replaced throughout."""
    for line in summary(review):
        yield [Span(line, "warning" if line.startswith("UNTRACKED") else "plain")]
    if review.renumbered:
        yield [Span("Renumbered: " + ", ".join(f"{a} is {b}" for a, b in review.renumbered) + ".")]
    yield from (spans(replaced(each)) for each in review.replaced)


def _row(clause: TouchedClause, *, as_read: bool) -> list[TableCell]:
    name = clause.names.replace("->", "→")
    head: list[TableLine] = [[Span(name, "bold")], [Span(clause.heading)], [Span(clause.said)]]
    return [
        [line for line in head if line[0].text],
        [[Span(position_words(clause))]] if clause.change != "same" else [],
        *_both_sides(clause.pieces),
        list(_how(clause, as_read=as_read)),
        list(_precedents(clause)),
        [[Span(words)] for words in clause.breaks],
    ]


def _cited(clauses: Iterable[TouchedClause]) -> Iterator[TableLine]:
    cited = citations(sought for clause in clauses for sought in clause.precedents or ())
    if cited:
        yield [Span("Precedents cited", "bold")]
    for ref, citation in cited.items():
        yield [Span(f"{ref}: ", "bold"), Span(citation)]


def _precedents(clause: TouchedClause) -> Iterator[TableLine]:
    for sought in clause.precedents or ():
        yield [Span(f"{sought.head[:1].upper()}{sought.head[1:]}:")]
        for ref, told in sought.lines():
            yield [Span(f"{ref} ", "bold"), Span(told)] if ref else [Span(told)]


def _both_sides(pieces: Sequence[DiffSegment]) -> tuple[TableCell, TableCell]:
    """Return their words and ours: what they put in is underlined in theirs, what they took out struck in ours."""
    long = sum(len(piece.text.split()) for piece in pieces if piece.kind == "equal") > _WHOLE
    shown = excerpt(pieces) if long else tuple(pieces)
    theirs, ours = (
        [piece for piece in shown if piece.kind in ("equal", kind)] if any(p.kind == kind for p in pieces) else ()
        for kind in ("inserted", "deleted")
    )
    if not theirs and not ours:
        return ([spans(shown)] if shown else []), []
    if not theirs and all(piece.kind == "deleted" for piece in pieces):
        return [[Span("(dropped)")]], [spans(ours)]
    if not ours and all(piece.kind == "inserted" for piece in pieces):
        return [spans(theirs)], [[Span("(nothing)")]]
    equal = [piece for piece in shown if piece.kind == "equal"]
    return [spans(theirs or equal)], [spans(ours or equal)]


def spans(pieces: Sequence[DiffSegment]) -> TableLine:
    """Return `pieces` as words of a cell: deleted ones struck out, inserted ones underlined."""
    return [Span(piece.text, _LOOKS[piece.kind]) for piece in pieces]


def _how(clause: TouchedClause, *, as_read: bool) -> Iterator[TableLine]:
    for difference in () if as_read and clause.change != "same" else clause.untracked_words:
        where = "" if difference.story == "body" else f" (in the {difference.story})"
        label = "CHANGED" if as_read else "UNTRACKED"
        yield [Span(f"{label}{where}, {difference.how}: ", "warning"), *spans(excerpt(difference.to_read))]
    for words in (*tracked_words(clause), *clause.kinds):
        yield [Span(words)]
    for comment in clause.comments:
        yield [Span(comment_words(comment))]
