"""`agreements review OURS THEIRS`: what the other side's Word file changes in ours, clause by clause."""

import sys
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import click

from agreements.commands import output
from agreements.commands.compare import marked
from agreements.errors import UnreadableError
from agreements.ooxml.package import opening_once

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from agreements.reviewing.clauses import TouchedClause
    from agreements.reviewing.review import Review

_MANY = 12  # renumbered provisions that are named


@click.command("review")
@click.argument("ours", required=False, type=click.Path(path_type=Path))
@click.argument("theirs", required=False, type=click.Path(path_type=Path))
@click.option("--negotiation", metavar="ID", default="", help="Hold their words against the positions kept there.")
@click.option("--precedents/--no-precedents", default=True, help="Look for precedents of their wording.")
@click.option("--all", "everything", is_flag=True, help="Show typography and the order of the parties in full too.")
@click.option(
    "--order",
    metavar="GROUNDS",
    default="",
    envvar="AGREEMENTS_REVIEW_ORDER",
    help="Which grounds are read first: of reopened, untracked, outside, rest.",
)
@click.option("-o", "--output", "target", type=click.Path(path_type=Path), help="The Word file: a memo, or the reply.")
@click.option("--decisions", "empty", type=click.Path(path_type=Path), help="Write a file of decisions to fill in.")
@click.option("--apply", "filled", type=click.Path(path_type=Path), help="Answer as this file of decisions says.")
@click.option("--clean", type=click.Path(path_type=Path), help="With --apply: a copy without tracked changes too.")
@click.option("--author", metavar="NAME", default="", help="With --apply: whose tracked changes the answer is.")
@click.option("--date", metavar="DATE", default="", help="The day of the memo or of our changes (default: today).")
@click.option("--anyway", is_flag=True, help="With --apply: write an answer that is not proven to be what was decided.")
@click.pass_obj
@opening_once()
def command(
    session: output.Session, /, ours: Path | None, theirs: Path | None, *, everything: bool, **options: Any
) -> None:
    """Show what the file THEIRS changes in the file OURS that was sent, clause by clause.

    With --negotiation both may be left out, or OURS: the texts exchanged last are taken. What was agreed before and is
    changed now is read first, then what nobody tracked, then what stands outside recorded positions, then the rest.

    Tracked changes with author and day; changes that nobody tracked; comments; clauses moved, added and dropped; how
    each stands to the positions of a negotiation; precedents of their wording; the references and terms that it breaks.

    Of a file that is no Word file (a PDF, a scan), the words as read are compared, and that is said. Of an e-mail the
    text attached to it is taken; `-` takes text pasted on standard input.

    To answer: `--decisions FILE` writes a file with every change; fill it in, then `--apply FILE -o reply.docx` writes
    tracked changes of ours on top of theirs.
    """
    ours, theirs = _files(ours, theirs, options)
    _check(options)
    with _pasted(theirs) as file:
        _review(session, ours, file, everything=everything, options=options)


@contextmanager
def _pasted(theirs: Path | None) -> "Iterator[Path | None]":
    """Yield the file to read; for `-` one that holds what came on standard input, and is gone afterwards."""
    if theirs != Path("-"):
        yield theirs
        return
    content = sys.stdin.buffer.read()
    if not content.strip():
        raise UnreadableError("Nothing came on standard input.", hint="Paste the text, or name a file.")
    with TemporaryDirectory() as folder:
        file = Path(folder, "pasted.txt")
        file.write_bytes(content)
        yield file


def _review(
    session: output.Session, ours: Path | None, theirs: Path | None, *, everything: bool, options: "Mapping[str, Any]"
) -> None:
    from agreements import library

    kept = bool(options["negotiation"])
    repository = session.surveyed() if kept or (options["precedents"] and not options["filled"]) else None
    found = library.review(
        ours,
        theirs,
        negotiation=options["negotiation"],
        repository=repository,
        precedents=options["precedents"] and not options["filled"],
        tell=output.tell,
    )
    if options["filled"]:
        _answer(session, found, options)
        return
    if options["empty"]:
        found.files.append(library.write_decisions(found, options["empty"]))
    if options["target"]:
        order = _order(options["order"])
        found.files.append(library.write_memo(found, options["target"], day=options["date"], order=order))
    if session.as_json:
        output.document(found.as_json())
    else:
        show(found, everything=everything, order=_order(options["order"]))


def _files(ours: Path | None, theirs: Path | None, options: "Mapping[str, Any]") -> "tuple[Path | None, Path | None]":
    """Return OURS and THEIRS as they were named; one file alone is theirs, and the negotiation has ours."""
    if theirs is None and not options["negotiation"]:
        raise click.UsageError("Name OURS as it was sent and THEIRS, or --negotiation ID, which keeps them.")
    return (ours, theirs) if theirs is not None else (None, ours)


def _order(words: str) -> "tuple[str, ...]":
    return tuple(word.strip() for word in words.split(",") if word.strip())


def _check(options: "Mapping[str, Any]") -> None:
    if options["filled"] and not (options["target"] and options["author"].strip()):
        raise click.UsageError("An answer needs -o reply.docx and --author NAME: whose changes they are.")
    if options["filled"] and options["empty"]:
        raise click.UsageError("Write decisions or apply them: --decisions and --apply do not go together.")
    if options["clean"] and not options["filled"]:
        raise click.UsageError("A clean copy is part of an answer: give --apply DECISIONS too.")


def _answer(session: output.Session, found: "Review", options: "Mapping[str, Any]") -> None:
    from agreements import library

    day = options["date"] or datetime.now(UTC).date().isoformat()
    reply = library.answer(
        found,
        options["filled"],
        options["target"],
        author=options["author"],
        date=day,
        clean=options["clean"],
        anyway=options["anyway"],
    )
    if session.as_json:
        output.document(reply.as_json())
        return
    output.say(output.wrapped(reply.said))
    for file in reply.files:
        output.say(f"Written: {file}")
    output.findings(reply.findings)


def show(found: "Review", *, everything: bool = False, order: "tuple[str, ...]" = ()) -> None:
    """Print a review for a person: what it comes to, then clause by clause; `everything` also where no word changed.

    Clauses stand by the ground on which they are read early (`reading_order`), `order` being the grounds to come first.
    """
    from agreements.reviewing.precedents import citations
    from agreements.reviewing.reading_order import GROUND_WORDS, in_reading_order
    from agreements.reviewing.words import replaced, summary

    if found.marking:
        output.say(output.bold(found.marking))
    for line in summary(found):
        output.say(output.wrapped(line))
    for replacement in found.replaced:
        output.say()
        output.say(marked(replaced(replacement), ""))
    clauses = [c for c in found.clauses if everything or not (c.is_noise or c.is_told_elsewhere)]
    grounds = in_reading_order(clauses, order)
    for ground, group in grounds:
        if len(grounds) > 1:
            output.say()
            output.say(output.dim(f"{GROUND_WORDS[ground]} ({len(group)})"))
        for clause in group:
            output.say()
            for line in _lines(clause, everything=everything, as_read=bool(found.texts.as_read)):
                output.say(line)
    output.say()
    if found.renumbered:
        pairs = ", ".join(f"{ours} is {theirs}" for ours, theirs in found.renumbered[:_MANY])
        more = f" and {len(found.renumbered) - _MANY} more" if len(found.renumbered) > _MANY else ""
        output.say(output.wrapped(f"Renumbered: {pairs}{more}."))
    if cited := citations(sought for clause in clauses for sought in clause.precedents or ()):
        output.say("Precedents cited:")
        for ref, citation in cited.items():
            output.say(output.wrapped(f"{ref}: {citation}", " " * 4, "  "))
    for file in found.files:
        output.say(f"Written: {file}")
    output.findings(found.findings)


def _lines(clause: "TouchedClause", *, everything: bool, as_read: bool) -> "Iterator[str]":
    """Yield the lines of a clause: its words with the differences, then what is known of them."""
    from agreements.reviewing.words import excerpt

    heading = f"  {clause.heading}" if clause.heading else ""
    yield output.bold(clause.names) + heading + "  " + output.dim(clause.said)
    if clause.change != "same" and any(piece.text.strip() for piece in clause.pieces):
        yield marked(clause.pieces, "  ")
    for label, text in _facts(clause):
        yield output.wrapped(text, " " * 14, f"  {label:<12}")
    untracked = clause.untracked if everything else clause.untracked_words
    if as_read and clause.change != "same":
        untracked = []  # all that differs in words stands above: nothing is tracked in a file that is none of Word
    for difference in untracked:
        where = "" if difference.story == "body" else f" (in the {difference.story})"
        what = f", {difference.what} alone" if not difference.changes_words else ""
        label = "CHANGED" if as_read else "UNTRACKED"
        yield output.bold(f"  {label:<10}  {difference.how}{where}{what}:")
        pieces = difference.to_read if difference.changes_words else difference.pieces
        yield marked(excerpt(pieces), " " * 14)


def _facts(clause: "TouchedClause") -> "Iterator[tuple[str, str]]":
    from agreements.reviewing import words

    for text in words.tracked_words(clause):
        yield "tracked", text
    for comment in clause.comments:
        yield "reply" if comment.reply_to else "comment", words.comment_words(comment)
    for text in clause.kinds:
        yield "effect", text
    if clause.change != "same":
        yield "position", words.position_words(clause)
    for sought in clause.precedents or ():
        yield "precedents", f"{sought.head}:"
        for ref, told in sought.lines():
            yield "", f"{ref} {told}".strip()
    for text in clause.breaks:
        yield "breaks", text
