"""The memo of a review: a Word file for our side, with a row for each clause."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from agreements.comparing import DiffSegment
from agreements.errors import AgreementsError
from agreements.reading import save_checked
from agreements.reviewing.clauses import TouchedClause
from agreements.reviewing.precedents import citations
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

_HEAD = ("Clause", "Our words and theirs", "How it was done", "Our position", "Precedents", "What it breaks")
_SHARES = (10, 30, 18, 11, 22, 9)
_LOOKS: dict[str, SpanLook] = {"equal": "plain", "deleted": "deleted", "inserted": "inserted"}
_STATUS = "INTERNAL: NOT FOR THE OTHER SIDE"


def write_memo(review: Review, output: Path) -> Path:
    """Write the memo of `review` to the Word file `output` and return it; raises `AgreementsError` when it fails."""
    if output.suffix.lower() != ".docx":
        raise AgreementsError(f"{output.name} is no name for a Word file.", hint="Let the name end in .docx")
    lines: list[TableLine] = [
        [Span(line, "warning" if line.startswith("UNTRACKED") else "plain")] for line in summary(review)
    ]
    if review.renumbered:
        lines.append([Span("Renumbered: " + ", ".join(f"{a} is {b}" for a, b in review.renumbered) + ".")])
    clauses = [clause for clause in review.clauses if not (clause.is_noise or clause.is_told_elsewhere)]
    lines += [spans(replaced(each)) for each in review.replaced]
    found = [_row(clause, as_read=bool(review.texts.as_read)) for clause in clauses]
    columns = [i for i in range(len(_HEAD)) if not found or any(row[i] for row in found)]
    rows = [[row[i] for i in columns] for row in found]
    head, shares = [_HEAD[i] for i in columns], [_SHARES[i] for i in columns]
    title = f"Review of {review.theirs} against {review.ours}"
    file = table_file(
        title, lines, head, shares, rows, marking=review.marking, status=[_STATUS], below=list(_cited(clauses))
    )
    save_checked(output, file)
    return output


def _row(clause: TouchedClause, *, as_read: bool) -> list[TableCell]:
    name = clause.names.replace("->", "→")
    head: list[TableLine] = [[Span(name, "bold")], [Span(clause.heading)], [Span(clause.change.replace("-", " and "))]]
    return [
        [line for line in head if line[0].text],
        [spans(clause.pieces)],
        list(_how(clause, as_read=as_read)),
        [[Span(position_words(clause))]] if clause.change != "same" else [],
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
