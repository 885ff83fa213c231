"""`agreements timeline`: what was signed, entered into force and ended."""

from typing import Any

import click

from agreements.commands import named, output


@click.command("timeline")
@click.option("--family", "families", multiple=True, help="Only this family; may be repeated.", **named.FAMILY)
@click.option("--party", "parties", multiple=True, help="Only with this party (code or name); repeated: with all.")
@click.option("--since", default="", metavar="DATE", help="From this date on (2000, 2000-05, 2000-05-31).")
@click.option("--until", default="", metavar="DATE", help="Up to this date.")
@click.pass_obj
def command(session: output.Session, /, **options: Any) -> None:
    """Show what was signed, entered into force and ended, the earliest first."""
    from agreements import library

    events = library.timeline(session.surveyed(), **options)
    if session.as_json:
        from agreements.lineage.history import as_rows

        output.document(as_rows(events))
        return
    for event in events:
        date = f"by {event.date}" if event.by else event.date
        said = ", ".join(filter(None, (event.note, "unconfirmed" if event.unconfirmed else "")))
        note = f" ({said})" if said else ""
        output.say(f"{date:<13} {event.what + note:<24} {output.bold(event.agreement)}  {event.family}")
    output.say(f"{output.counted(len(events), 'event')}.")
