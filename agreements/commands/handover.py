"""`agreements handover FILE`: what may leave, and what a file would tell beside its text."""

from pathlib import Path

import click

from agreements.commands import output


@click.command("handover")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.pass_context
def command(ctx: click.Context, files: tuple[Path, ...]) -> None:
    """Check Word FILES before they go to the other side.

    A file is refused when it holds comments, tracked changes, hidden text, names of persons, paths, custom
    properties or data behind the text. Exit status 0 means that all may leave.
    """
    from agreements import library

    session: output.Session = ctx.obj
    found = {file: library.handover(file) for file in files}
    if session.as_json:
        output.document({"files": [{"file": str(f), "findings": output.rows_of(rows)} for f, rows in found.items()]})
    else:
        for file, rows in found.items():
            output.findings(rows)
            output.say(f"{file}: {'must not leave' if rows else 'may leave'}.")
    ctx.exit(1 if any(found.values()) else 0)
