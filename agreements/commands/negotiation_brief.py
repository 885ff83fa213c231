"""`agreements negotiation brief`: two pages for the delegation."""

from pathlib import Path

import click

from agreements.commands import output


@click.command("brief")
@click.argument("negotiation", metavar="ID")
@click.option("-o", "--output", "target", type=click.Path(path_type=Path), required=True, help="The Word file.")
@click.option("--date", metavar="DATE", default="", help="The day of the brief (default: today).")
@click.pass_obj
def brief(session: output.Session, /, negotiation: str, target: Path, *, date: str) -> None:
    """Write a brief of two pages in Word: key terms, last text, open points with both wordings, precedents.

    It holds our positions, so it is for our side alone, and it bears the highest marking of all that is in it.
    """
    from agreements import library
    from agreements.isodates import today

    made = library.make_brief(session.folder(), negotiation, day=date or today(), tell=output.tell)
    written = library.write_brief(made, target)
    if session.as_json:
        points = [
            {"path": p.path, "us": p.us, "partner": p.partner, "precedents": list(made.precedents.get(p.path, ()))}
            for p in made.sides.points
        ]
        output.document({"files": [str(written)], "marking": made.status.marking, "open": points})
    else:
        output.say(f"Written: {written} ({made.status.marking or 'no marking'}; {len(made.sides.points)} open points).")
