"""`agreements cite REF`: the formal citation, ready to paste."""

from typing import TYPE_CHECKING

import click

from agreements.commands import output

if TYPE_CHECKING:
    from agreements.citation import Style


@click.command("cite")
@click.argument("references", nargs=-1, required=True, metavar="REF...")
@click.option("--style", type=click.Choice(["formal", "bluebook", "plain"]), default="formal", show_default=True)
@click.pass_obj
def command(session: output.Session, references: tuple[str, ...], style: "Style") -> None:
    """Print the citation of an agreement (`nato-sofa-1951`) or provision (`nato-sofa-1951#VIII.8`).

    Formal says all that is established; bluebook is for legal writing, plain for running text.
    """
    from agreements import library

    folder = session.folder()
    rows = [{"ref": reference, "citation": library.cite(folder, reference, style=style)} for reference in references]
    if session.as_json:
        output.document(rows[0] if len(rows) == 1 else rows)
    else:
        for row in rows:
            output.say(output.wrapped(row["citation"]))
