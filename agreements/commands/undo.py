"""`agreements undo [N]`: what was done here last, and to reverse it."""

import click

from agreements.commands import output

_NAME = 14  # columns for a name, so that a line has 80


@click.command("undo")
@click.argument("number", metavar="[N]", type=click.IntRange(min=1), required=False)
@click.option("--of", "about", metavar="ID", default="", help="Only acts on this agreement or negotiation.")
@click.option("--last", type=click.IntRange(min=1), default=20, show_default=True, help="How many to list.")
@click.pass_obj
def command(session: output.Session, number: int | None, about: str, last: int) -> None:
    """Reverse act N, whichever it is, as long as no later act rests on it; without N, list the last acts.

    Nothing is erased: the reversal is an act of its own, and undoing that one does it again. A purge is final.
    """
    from agreements import library
    from agreements.marking import highest

    if number is not None:
        made = library.undo(session.folder(), number, tell=output.tell)
        if session.as_json:
            output.document(made.as_json())
        else:
            output.say(f"Act {number} on {made.id} is undone; `agreements undo {made.number}` does it again.")
        return
    found = library.acts(session.folder(), about, last=last)
    told = library.acts_in_words(session.folder(), found)
    said = {number: each.said for number, each in told.items()}
    if session.as_json:
        output.document([act.as_json() | {"said": said.get(act.number, "")} for act in found])
    elif not found:
        output.say("Nothing is in the journal.")
    else:
        rows = [
            (str(a.number), a.when[:16].replace("T", " "), _short(a.by), _what(a.what, a.undoes, a.reversed_by), a.id)
            for a in found
        ]
        if marking := highest(each.marking for each in told.values()):
            output.say(marking)
        output.table(rows, ("act", "when (UTC)", "by", "what", "of"), below=[said.get(act.number, "") for act in found])


def _what(what: str, undoes: int, reversed_by: int) -> str:
    said = f"{what} {undoes}" if undoes else what
    return f"{said}, undone by {reversed_by}" if reversed_by else said


def _short(name: str) -> str:
    return name if len(name) <= _NAME else f"{name[: _NAME - 1]}…"
