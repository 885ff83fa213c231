"""`agreements changes FILE`: the tracked changes and comments of a Word file, and how it reads either way."""

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from agreements.commands import output

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agreements.intake.tracked_changes import ChangeReport, Hand, Stretch
    from agreements.word import Comment, View

_BRACKETS = {"inserted": ("{+", "+}"), "deleted": ("[-", "-]"), "moved-to": ("{>", ">}"), "moved-from": ("[<", "<]")}
_INDENT = "  "


@click.command("changes")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--view",
    type=click.Choice(["original", "final", "markup"]),
    help="Print the text: all rejected, all accepted, or with every change marked.",
)
@click.option("--author", metavar="NAME", default="", help="Only what this author did.")
@click.option("--since", metavar="DATE", default="", help="Only what was done on this day or later (2026-11-22).")
@click.pass_obj
def command(session: output.Session, file: Path, *, view: "View | None", author: str, since: str) -> None:
    """List the tracked changes and comments of the Word file FILE by provision, or print one of its readings.

    In the markup view, words taken out stand in [-brackets-], words put in in {+braces+}, moved ones in [<where they
    were<] and {>where they are>}; each author has a number, explained at the end.
    """
    from agreements import library

    report = library.read_changes(file, author=author, since=since)
    if session.as_json:
        output.document(report.as_json(view))
    elif view:
        _print_view(report, view)
    else:
        _print(report)


def _print(report: "ChangeReport") -> None:
    places = [(report.place_of(path, change), change) for path, change in report.changes]
    for place, group in groupby(places, key=lambda row: row[0]):
        output.say(output.bold(place))
        for _, change in group:
            inside = f" inside words of {change.inside}" if change.inside else ""
            said = f": {change.text}" if change.text.strip() else ""
            who = f"{change.author or 'unnamed'}, {change.date[:10] or 'undated'}"
            output.say(output.wrapped(f"{who}: {change.kind}{inside}{said}", _INDENT * 2, _INDENT))
    for path, comment, depth in _threads(report):
        state = " (settled)" if comment.done else ""
        about = f" on “{comment.about.strip()}”" if comment.about.strip() and not depth else ""
        head = f"{path or 'unplaced'}  " if not depth else ""
        line = f"{head}{comment.author or 'unnamed'}, {comment.date[:10] or 'undated'}{about}{state}: {comment.text}"
        output.say(output.wrapped(line, _INDENT * (depth + 2), _INDENT * depth + "comment  "))
    authors = len({change.author for _, change in report.changes})
    counted = [(len(report.changes), "tracked change"), (authors, "author"), (len(report.comments), "comment")]
    output.say("{}, {}, {}.".format(*(f"{count} {what}{'' if count == 1 else 's'}" for count, what in counted)))
    if report.elsewhere:
        more = f"{report.elsewhere} more in the definitions of styles and lists or in comments, not shown here."
        output.say(output.wrapped(more))


def _threads(report: "ChangeReport") -> "Iterator[tuple[str, Comment, int]]":
    """Yield each comment with its path and depth, every reply after what it answers."""
    known = {comment.id for _, comment in report.comments}

    def below(parent: str, depth: int) -> "Iterator[tuple[str, Comment, int]]":
        for path, comment in report.comments:
            above = comment.reply_to if comment.reply_to in known else ""
            if above == parent:
                yield path, comment, depth
                if depth < len(known):
                    yield from below(comment.id, depth + 1)

    yield from below("", 0)


def _print_view(report: "ChangeReport", view: "View") -> None:
    authors: dict[tuple[str, str], int] = {}
    last = ""
    for paragraph in report.paragraphs:
        seen = paragraph.seen(view)
        if not seen:
            continue
        place = paragraph.path or paragraph.story
        if place != last:
            output.say(output.bold(place))
            last = place
        words = "".join(_marked(s, authors) if view == "markup" else s.text for s in seen)
        output.say(output.wrapped(" ".join(words.split()), _INDENT))
    for (author, day), number in authors.items():
        output.say(output.dim(f"({number}) {author or 'unnamed'}, {day or 'undated'}"))


def _marked(stretch: "Stretch", authors: dict[tuple[str, str], int]) -> str:
    text = stretch.text
    for hand in reversed(stretch.hands):
        left, right = _BRACKETS[hand.kind]
        text = f"{left}{text}{right}({_number(hand, authors)})"
    return text


def _number(hand: "Hand", authors: dict[tuple[str, str], int]) -> int:
    return authors.setdefault((hand.author, hand.date[:10]), len(authors) + 1)
