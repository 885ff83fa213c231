"""`agreements negotiation new`, `list` and `set`: the facts of a negotiation."""

from typing import Any

import click

from agreements.commands import named, output

_STAGES = (
    "concept", "cleared-to-negotiate", "text-tabled", "in-negotiation", "ad-referendum", "language-conformity",
    "cleared-to-conclude", "signed", "pending-entry", "in-force", "amended", "notice-given", "ended",
)  # fmt: skip
_AUTHORITY = {
    "authority": "kind",
    "scope": "scope",
    "requested": "requested",
    "approved": "approved",
    "expires": "expires",
    "approver": "approver",
    "limit": "limits",
    "reference": "reference",
    "held_elsewhere": "held_elsewhere",
}


def _facts(command: Any) -> Any:
    """Add the options for facts that `new` and `set` share."""
    options = [
        click.option("--title", metavar="TEXT", help="What it is called."),
        click.option("--objective", metavar="TEXT", help="What is to be reached."),
        click.option("--lead", metavar="NAME", help="Who leads our side."),
        click.option("--marking", metavar="TEXT", help="UNCLASSIFIED, SENSITIVE BUT UNCLASSIFIED or CUI."),
        click.option("--our-label", metavar="TEXT", help="How we stand in open brackets (US)."),
        click.option("--their-label", metavar="TEXT", help="How they stand in open brackets (PARTNER)."),
        click.option("--agreement", metavar="ID", help="The agreement or draft in the repository that it is about."),
    ]
    for option in reversed(options):
        command = option(command)
    return command


@click.command("new")
@click.argument("negotiation", metavar="ID")
@click.option("--partner", required=True, metavar="CODE", help="The other side: a code (EST) or a name.")
@click.option("--family", default="other", show_default=True, metavar="F", help="{names}.", **named.FAMILY)
@_facts
@click.pass_obj
def new(session: output.Session, /, negotiation: str, **facts: Any) -> None:
    """Begin to keep the negotiation ID (lower-case letters, digits and hyphens)."""
    from agreements import library

    begun = library.begin_negotiation(session.folder(), negotiation, facts)
    if session.as_json:
        output.document(begun.model_dump(mode="json", exclude_defaults=True))
    else:
        output.say(f"{begun.id} is kept in {library.negotiations_in(session.folder()).root / begun.id}.")
        output.say("Next: `agreements negotiation set`, then `table` the first text.")


@click.command("list")
@click.pass_obj
def listed(session: output.Session) -> None:
    """List the negotiations that are kept here."""
    from agreements import library

    found, damaged = library.negotiation_list(session.folder())
    if session.as_json:
        output.document([{"id": n.id, "partner": n.partner, "family": n.family, "stage": n.stage} for n in found])
    elif not found:
        output.say("No negotiation is kept here. `agreements negotiation new` begins one.")
    else:
        rows = [(n.id, n.partner, n.family, n.stage, str(len(n.rounds)), n.title) for n in found]
        output.table(rows, ("id", "partner", "family", "stage", "rounds", "title"))
    output.findings(damaged)


@click.command("set")
@click.argument("negotiation", metavar="ID")
@click.option("--stage", type=click.Choice(_STAGES), help="The stage that was reached.")
@click.option("--date", metavar="DATE", help="When it was reached (default: today).")
@click.option("--note", metavar="TEXT", help="A note to the stage.")
@click.option("--partner", metavar="CODE", help="The other side, where it was given wrongly.")
@click.option("--family", metavar="F", help="The family, where it was given wrongly.", **named.FAMILY)
@_facts
@click.option("--authority", metavar="KIND", help="action-memorandum, blanket, full-powers, delegated or other.")
@click.option("--scope", metavar="S", help="negotiate, conclude, negotiate-and-conclude, amend, extend, terminate.")
@click.option("--requested", metavar="DATE", help="When the authority was asked for.")
@click.option("--approved", metavar="DATE", help="When it was given.")
@click.option("--expires", metavar="DATE", help="When it ends.")
@click.option("--approver", metavar="NAME", help="Who gave it.")
@click.option("--limit", multiple=True, metavar="TEXT", help="What it does not cover; may be repeated.")
@click.option("--reference", metavar="TEXT", help="The paper that gives it.")
@click.option("--held-elsewhere", metavar="TEXT", help="Where the authority is kept when it may not be here.")
@click.pass_obj
def change(session: output.Session, /, negotiation: str, **facts: Any) -> None:
    """Set facts of a negotiation: its stage, its authority, its objective. What is not named stays."""
    from agreements import library

    authority = {own: facts.pop(name) for name, own in _AUTHORITY.items()}
    given = {own: value for own, value in authority.items() if value not in (None, ())}
    if given:
        facts["authority"] = given
    held = library.set_negotiation(session.folder(), negotiation, facts)
    if session.as_json:
        output.document(held.model_dump(mode="json", exclude_defaults=True))
    else:
        output.say(f"{held.id}: stage {held.stage}, {len(held.rounds)} rounds, {len(held.texts)} texts.")
