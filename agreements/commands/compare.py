"""`agreements compare A B`: two texts by provision, with the words that differ."""

import textwrap
from collections.abc import Iterable, Sequence
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
    from agreements.ooxml.package import opening_once

    side_by_side = target is not None and (layout == "table" or target.suffix.lower() == ".html")
    if target is not None and not side_by_side and not author.strip():
        raise click.UsageError("A redline needs --author NAME: whose changes they are.")
    if precedents and not side_by_side:
        raise click.UsageError("Precedents are a column of a table: give -o FILE.html, or -o FILE.docx --layout table.")
    if target is not None and not side_by_side and topic:
        raise click.UsageError("A redline is of the whole text: leave --topic out, or name one provision on each side.")
    folder = None if library.is_file(a) and library.is_file(b) else session.folder()
    with opening_once():
        found = library.compare(folder, a, b, topic=topic)
        if target is not None and side_by_side:
            repository = session.surveyed() if precedents else None
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
    output.say(output.bold(output.wrapped(f"A  {found.a.name}", "   ", "")))
    output.say(output.bold(output.wrapped(f"B  {found.b.name}", "   ", "")))
    for pair in found.shown(everything=everything):
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
    for line in found.said(where_shown=" (--all shows each)"):
        output.say(output.wrapped(line))
    for file in found.files:
        output.say(f"Written: {file}")
    output.findings(found.findings, least="info" if found.files else "warning")


def _head(pair: "Pair") -> str:
    here, there = pair.names
    names = here if here == there else " -> ".join(x for x in (here, there) if x)
    return output.bold(f"{names}  ") + output.dim(pair.change.replace("-", " and "))


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
