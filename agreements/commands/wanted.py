"""`agreements wanted`: facts held, text not."""

import click

from agreements.commands import output


@click.command("wanted")
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.pass_obj
def command(session: output.Session, ids: tuple[str, ...]) -> None:
    """List agreements known by their facts whose text is not held: what to look for, and where officially.

    With IDs, only these. Import a text that you found with `agreements import FILE --id ID`.
    """
    from dataclasses import asdict

    from agreements import library

    rows = [row for row in library.wanted(session.surveyed()) if not ids or row.id in ids]
    if session.as_json:
        output.document([asdict(row) for row in rows])
        return
    for row in rows:
        output.say(output.bold(row.id) + (f"  (confidence {row.confidence})" if row.confidence else ""))
        for label, values in (("look for", row.look_for), ("where", row.where), ("note", (row.note,))):
            for value in values:
                if value:
                    output.say(output.wrapped(value, " " * 14, f"    {label:<10}"))
                    label = ""  # noqa: PLW2901  (only the first of several is labelled)
    known = "is known by its" if len(rows) == 1 else "are known by their"
    output.say(f"{output.counted(len(rows), 'agreement')} {known} facts only.")
