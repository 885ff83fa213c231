"""`agreements compare A B`: two texts by provision, with the words that differ."""

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

import click

from agreements.commands import named, output

if TYPE_CHECKING:
    from agreements.comparing import DiffSegment, Pair
    from agreements.comparing.comparison import Comparison
    from agreements.word import Prior

_STYLES = {"deleted": {"fg": "red", "strikethrough": True}, "inserted": {"fg": "green", "underline": True}}
_BRACKETS = {"deleted": ("[-", "-]"), "inserted": ("{+", "+}")}
_GUTTER = " | "
_MANY = 12  # provisions without a changed word that are named


@click.command("compare")
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@click.option("--topic", metavar="T", default="", help="Only provisions about this topic.", **named.TOPIC)
@click.option("--side-by-side", "columns", is_flag=True, help="A in the left column, B in the right one.")
@click.option("--all", "everything", is_flag=True, help="Show provisions that are the same too.")
@click.option("-o", "--output", "target", type=click.Path(path_type=Path), help="Write this Word or HTML file.")
@click.option(
    "--layout",
    type=click.Choice(["redline", "table"]),
    default="redline",
    show_default=True,
    help="What the Word file is: A with tracked changes that make it B, or a landscape table.",
)
@click.option("--precedents", is_flag=True, help="In tables and HTML: a column with precedents of B's words.")
@click.option("--author", metavar="NAME", default="", help="Whose tracked changes they are (for a redline).")
@click.option("--date", metavar="DATE", default="", help="When they were made, as 2026-11-22 (default: today).")
@click.option(
    "--prior",
    type=click.Choice(["refuse", "keep", "final", "original"]),
    default="refuse",
    help="Tracked changes already in the files: refuse; keep A's; compare with all accepted or all rejected.",
)
@click.option("--anyway", is_flag=True, help="Write a redline that is not proven to be all that differs.")
@click.pass_obj
def command(
    session: output.Session,
    a: str,
    b: str,
    *,
    topic: str,
    target: Path | None,
    layout: str,
    precedents: bool,
    author: str,
    date: str,
    prior: "Prior",
    columns: bool,
    everything: bool,
    anyway: bool,
) -> None:
    """Compare two texts by provision: files, agreements (ID) or provisions (ID#PATH), in any mixture.

    Words that only A has stand in [-brackets and hyphens-], words that only B has in {+braces and plus signs+}. With
    -o, a copy of A's Word file is written with real tracked changes that make it B, after a proof that rejecting them
    gives A and accepting them B; -o FILE.html, or --layout table, writes both side by side.
    """
    from agreements import library
    from agreements.library.compare import is_file
    from agreements.ooxml.package import opening_once

    side_by_side = target is not None and (layout == "table" or target.suffix.lower() == ".html")
    if target is not None and not side_by_side and not author.strip():
        raise click.UsageError("A redline needs --author NAME: whose changes they are.")
    if precedents and not side_by_side:
        raise click.UsageError("Precedents are a column of a table: give -o FILE.html, or -o FILE.docx --layout table.")
    if target is not None and not side_by_side and topic:
        raise click.UsageError("A redline is of the whole text: leave --topic out, or name one provision on each side.")
    folder = None if is_file(a) and is_file(b) else session.folder()
    with opening_once():
        found = library.compare(folder, a, b, topic=topic)
        if target is not None and side_by_side:
            repository = session.folder() if precedents else None
            written = library.write_side_by_side(
                found, target, everything=everything, repository=repository, tell=output.tell
            )
            found.files.append(written)
        elif target is not None:
            day = date or datetime.now(UTC).date().isoformat()
            written, told = library.redline(found, target, author=author, date=day, prior=prior, anyway=anyway)
            found.files.append(written)
            found.findings += told
    if session.as_json:
        output.document(found.as_json())
    else:
        _print(found, columns=columns, everything=everything)
    click.get_current_context().exit(1 if found.proof == "unexplained" else 0)


def _print(found: "Comparison", *, columns: bool, everything: bool) -> None:
    from agreements.comparing import WORDS_STAND

    output.say(output.bold(output.wrapped(f"A  {found.a.name}", "   ", "")))
    output.say(output.bold(output.wrapped(f"B  {found.b.name}", "   ", "")))
    for pair in found.pairs:
        if not pair.part_of and (everything or pair.change not in WORDS_STAND):
            output.say()
            output.say(_head(pair))
            for line in _columns(pair) if columns else _marked(pair):
                output.say(line)
    for difference in found.elsewhere:
        output.say()
        where = "" if difference.story == "body" else f"{difference.story}, "
        output.say(output.bold(f"{where}{difference.what}  ") + output.dim(difference.how))
        output.say(marked(difference.pieces, "  "))
    for comment in found.comments:
        output.say(output.wrapped(f"comment only in {'A' if comment[0] == '-' else 'B'}: {comment[1:]}"))
    for side, said in found.not_seen.items():
        output.say(output.wrapped(f"{side.upper()}: {said}", "   ", ""))
    output.say()
    if renumbered := [pair for pair in found.pairs if pair.change == "renumbered"]:
        names = ", ".join(_renumbered(pair) for pair in renumbered[:_MANY])
        more = f" and {len(renumbered) - _MANY} more" if len(renumbered) > _MANY else ""
        output.say(output.wrapped(f"Renumbered: {names}{more}."))
    for line in _no_words(found.pairs):
        output.say(output.wrapped(line))
    output.say(output.wrapped(_summary(found)))
    for line in _proof(found):
        output.say(output.wrapped(line))
    for file in found.files:
        output.say(f"Written: {file}")
    output.findings(found.findings, least="info" if found.files else "warning")


_OUTCOMES = {
    "proven": "Proven: with all changes accepted the redline is B, with all rejected A, in all that was examined.",
    "named": "Proven for all words; what Word cannot track is named below.",
    "unexplained": "NOT PROVEN: words differ that no tracked change explains.",
}


def _proof(found: "Comparison") -> Iterable[str]:
    """Yield what a reading of the raw files by other code has shown."""
    if found.proof:
        yield _OUTCOMES[found.proof]
    elif found.second_reading:
        yield "A second reading, of the raw files, finds: " + " ".join(found.second_reading)
    elif found.second_reading is not None:
        yield "A second reading, of the raw files by other code, finds no difference either."
    if found.not_examined:
        yield f"Not examined: {found.not_examined}."


def _head(pair: "Pair") -> str:
    here, there = pair.names
    names = here if here == there else " -> ".join(x for x in (here, there) if x)
    return output.bold(f"{names}  ") + output.dim(pair.change.replace("-", " and "))


def _renumbered(pair: "Pair") -> str:
    """Return a provision with its numbers; one that came or went without any other change is told in full."""
    here, there = pair.names
    numbers = (pair.a.number if pair.a else "", pair.b.number if pair.b else "")
    if all(numbers):
        return f"{here} is {there}"
    return f"{there} has no number, and had {numbers[0]}" if numbers[0] else f"{there} has the number {numbers[1]} now"


_NO_WORDS = {
    "typography": "Typography alone differs, no word",
    "alternat": "B is the other original: the parties are named in its order, and no word changed",
}


def _no_words(pairs: "Sequence[Pair]") -> "Iterator[str]":
    """Yield where no word changed and something did, one line for each kind."""
    for kind, said in _NO_WORDS.items():
        if paths := [pair.names[1] for pair in pairs if pair.change == kind]:
            more = f" and {len(paths) - _MANY} more" if len(paths) > _MANY else ""
            yield f"{said}, in {', '.join(paths[:_MANY])}{more} (--all shows each)."


def _marked(pair: "Pair") -> Iterable[str]:
    """Yield the lines of a pair as one text with the differences marked."""
    for pieces in (pair.heading, pair.text):
        if pieces:
            yield marked(pieces, "  ")


def marked(pieces: "Iterable[DiffSegment]", indent: str) -> str:
    """Return `pieces` wrapped as one text, deleted words in brackets and inserted ones in braces, in colour."""
    return _coloured(output.wrapped("".join(_in_brackets(piece) for piece in pieces), indent))


def _in_brackets(piece: "DiffSegment") -> str:
    if piece.kind == "equal":
        return piece.text
    left, right = _BRACKETS[piece.kind]
    before = piece.text[: len(piece.text) - len(piece.text.lstrip())]
    after = piece.text[len(piece.text.rstrip()) :]
    return f"{before}{left}{piece.text.strip()}{right}{after}"


def _coloured(lines: str) -> str:
    """Return wrapped `lines` with the marked stretches in colour, where the terminal can show it."""
    for kind, (left, right) in _BRACKETS.items():
        parts = lines.split(left)
        lines = parts[0] + "".join(_stretch(part, left, right, kind) for part in parts[1:])
    return lines


def _stretch(part: str, left: str, right: str, kind: str) -> str:
    inside, closed, rest = part.partition(right)
    return click.style(left + inside + closed, **_STYLES[kind]) + rest if closed else left + part  # type: ignore[arg-type]


def _columns(pair: "Pair") -> Iterable[str]:
    """Yield the lines of a pair with A on the left and B on the right, each with its own words marked."""
    room = (output.width() - len(_GUTTER)) // 2
    left = [line for pieces in (pair.heading, pair.text) for line in _column(pieces, "deleted", room)]
    right = [line for pieces in (pair.heading, pair.text) for line in _column(pieces, "inserted", room)]
    for one, other in zip_longest(left, right, fillvalue=""):
        yield f"{one:<{room}}{_GUTTER}{other}".rstrip()


def _column(pieces: "Sequence[DiffSegment]", kind: str, room: int) -> list[str]:
    own = [replace(piece, text=piece.in_first) if kind == "deleted" else piece for piece in pieces]
    words = "".join(_in_brackets(piece) for piece in own if piece.kind in ("equal", kind))
    return textwrap.wrap(words, room, break_on_hyphens=False)


def _summary(found: "Comparison") -> str:
    counts: dict[str, int] = {}
    for pair in found.pairs:
        counts[pair.change] = counts.get(pair.change, 0) + 1
    deleted = sum(pair.words_deleted for pair in found.pairs)
    inserted = sum(pair.words_inserted for pair in found.pairs)
    kinds = ", ".join(f"{count} {change.replace('-', ' and ')}" for change, count in counts.items())
    if not found.pairs:
        return f"No provision to compare.{_besides(found)}"
    said = f"{len(found.pairs)} provisions: {kinds}. {deleted} words deleted, {inserted} inserted."
    return f"{said}{_besides(found)}"


def _besides(found: "Comparison") -> str:
    """Return how many differences there are beside the words of provisions, by where or what they are."""
    counts: dict[str, int] = {}
    for difference in found.elsewhere:
        what = difference.what if difference.story == "body" else difference.story
        counts[what] = counts.get(what, 0) + 1
    if found.comments:
        counts["comments"] = len(found.comments)
    return f" Besides: {', '.join(f'{what} {count}' for what, count in counts.items())}." if counts else ""
