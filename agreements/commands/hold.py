"""`agreements hold`: legal holds of agreements."""

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from agreements.commands import output

if TYPE_CHECKING:
    from agreements.negotiation.file import Hold


@click.command("hold")
@click.argument("agreement", metavar="[ID]", required=False)
@click.option("--reason", metavar="TEXT", help="Why nothing may be destroyed.")
@click.option("--by", metavar="NAME", default="", help="Who ordered it.")
@click.option("--release", is_flag=True, help="Release the holds of the agreement.")
@click.pass_obj
def command(session: output.Session, agreement: str | None, *, reason: str | None, by: str, release: bool) -> None:
    """Put an agreement under a legal hold, or release it; without ID, list the holds that are in force.

    Those of negotiations are among these. Under a hold `purge` is refused. `agreements negotiation hold` does the same
    for a negotiation.
    """
    from agreements import library

    of_negotiations: tuple[tuple[str, Hold], ...] = ()
    if agreement is not None and release == bool(reason):
        raise click.UsageError("Give a --reason to hold it, or --release.")
    if agreement is None:
        if reason or release:
            raise click.UsageError("Name the agreement.")
        found = [hold for hold in library.holds(session.folder()) if hold.is_in_force]
        of_negotiations = library.negotiation_holds(session.folder())
    elif release:
        found = [*library.release(session.folder(), agreement)]
    else:
        found = [library.hold(session.folder(), agreement, reason or "", by=by)]
    if session.as_json:
        rows = [{"negotiation": own, **hold.model_dump(mode="json")} for own, hold in of_negotiations]
        output.document([*(asdict(hold) for hold in found), *rows])
    elif not found and not of_negotiations:
        output.say("Nothing is under a legal hold.")
    for hold in () if session.as_json else found:
        ended = f", released {hold.released}" if hold.released else ""
        by_whom = f" by {hold.by}" if hold.by else ""
        output.say(output.wrapped(f"{hold.id}: held since {hold.since}{by_whom}{ended}: {hold.reason}", "  ", ""))
    for own, kept in () if session.as_json else of_negotiations:
        by_whom = f" by {kept.by}" if kept.by else ""
        output.say(output.wrapped(f"negotiation {own}: held since {kept.since}{by_whom}: {kept.reason}", "  ", ""))
