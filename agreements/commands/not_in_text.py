"""`agreements not-in-text ID TOPIC...`: what a person read not to be in a text."""

import click

from agreements.commands import output


@click.command("not-in-text")
@click.argument("agreement", metavar="[ID]", required=False)
@click.argument("topics", metavar="[TOPIC]...", nargs=-1)
@click.option("--by", metavar="NAME", default="", help="Who read the text.")
@click.option("--on", metavar="DATE", default="", help="When, as 2026-11-22 (default: today).")
@click.option("--text", "texts", metavar="NAME", multiple=True, help="Only this was read (main, annex-a); repeated.")
@click.option("--anyway", is_flag=True, help="Also where the program sees the topic, because its words are not that.")
@click.option("--withdraw", is_flag=True, help="Forget the readings of these topics.")
@click.pass_obj
def command(
    session: output.Session,
    agreement: str | None,
    topics: tuple[str, ...],
    *,
    by: str,
    on: str,
    texts: tuple[str, ...],
    anyway: bool,
    withdraw: bool,
) -> None:
    """Record that you read a text and that a topic is not in it; without TOPIC, list the readings that are kept.

    `matrix`, `partner`, `variants`, `compare` and papers then say who read it and when. A reading is asked for again
    when the text changes, or an agreement that it is linked with.
    """
    from agreements import library

    if not topics:
        if by or on or texts or withdraw:
            raise click.UsageError("Name the agreement and the topics.")
        found = library.absence_readings(session.folder(), agreement or "", tell=output.tell)
    elif withdraw:
        found = library.withdraw_absence(session.folder(), agreement or "", topics, tell=output.tell)
    else:
        found = library.record_absence(
            session.folder(), agreement or "", topics, by=by, on=on, texts=texts, anyway=anyway, tell=output.tell
        )
    if session.as_json:
        output.document([row.as_json() for row in found])
    elif not found:
        output.say("No reading is kept.")
    for row in () if session.as_json else found:
        gone = "withdrawn: " if withdraw else ""
        output.say(output.wrapped(f"{row.reading.id}, {row.reading.topic}: {gone}{row.words()}", "  ", ""))
