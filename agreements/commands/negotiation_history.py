"""`agreements negotiation history`: a clause, text by text."""

from typing import TYPE_CHECKING

import click

from agreements.commands import output

if TYPE_CHECKING:
    from agreements.negotiation.history import ClauseInText


@click.command("history")
@click.argument("negotiation", metavar="ID")
@click.argument("clause", metavar="TOPIC|PATH")
@click.pass_obj
def history(session: output.Session, /, negotiation: str, clause: str) -> None:
    """Show how the words of a clause moved from text to text: on a topic (claims_government) or at a path (VII.3).

    The first text is printed whole; of the others what differs from the one before, [-taken out-] and {+put in+}.
    """
    from agreements import library

    found = library.clause_history(session.folder(), negotiation, clause)
    if session.as_json:
        output.document(found.as_json())
        return
    if found.marking:
        output.say(found.marking)
    for index, each in enumerate(found.texts):
        if index:
            output.say()
        _print(each, first=index == 0)


def _print(each: "ClauseInText", *, first: bool) -> None:
    from agreements.commands.compare import marked

    text = each.text
    where = f", round {text.round}" if text.round else ""
    output.say(output.bold(f"Text {text.number}, {text.how_fully} {text.date}{where}: {', '.join(each.paths) or '-'}"))
    if not first and not each.is_changed:
        output.say("  no word changed")
    for pair in each.pairs:
        if not first and pair.change in ("same", "renumbered"):
            continue
        side = pair.b or pair.a
        assert side is not None  # a pair has a side
        pieces = (pair.heading, pair.text)
        if first and side.heading:
            output.say(output.wrapped(side.heading, "  "))
        if first and side.text:
            output.say(output.wrapped(f"{side.path}  {side.text}", "    ", "  "))
        if not first:
            output.say(f"  {side.path}  {output.dim(pair.change.replace('-', ' and '))}")
            for own in pieces:
                if own:
                    output.say(marked(own, "    "))
    for assessment in each.assessments:
        output.say(output.wrapped(f"position on {assessment.position.key}: {assessment.said}", "  "))
