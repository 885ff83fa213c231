"""`agreements cite REF`: the formal citation, ready to paste."""

import click

from agreements.commands import output


@click.command("cite")
@click.argument("references", nargs=-1, required=True, metavar="REF...")
@click.pass_obj
def command(session: output.Session, references: tuple[str, ...]) -> None:
    """Print the formal citation of an agreement (`nato-sofa-1951`) or provision (`nato-sofa-1951#VIII.8`)."""
    from agreements import library

    folder = session.folder()
    rows = [{"ref": reference, "citation": library.cite(folder, reference)} for reference in references]
    if session.as_json:
        output.document(rows[0] if len(rows) == 1 else rows)
    else:
        for row in rows:
            output.say(output.wrapped(row["citation"]))
