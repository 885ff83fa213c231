"""`agreements classify FILE|REF`: the topics of every top-level provision."""

import click

from agreements.commands import output


@click.command("classify")
@click.argument("target", metavar="FILE|REF")
@click.pass_obj
def command(session: output.Session, target: str) -> None:
    """Show the topics of every top-level provision of a file, or of an agreement in the repository."""
    from pathlib import Path

    from agreements import library

    path = Path(target)
    if path.is_file():
        rows = library.classify_file(path)
    else:
        shown = library.get(session.folder(), target)
        rows = library.classify_agreement(shown.agreement, under=shown.place.path if shown.place else "")
    if session.as_json:
        output.document({"provisions": rows})
        return
    output.table(
        (
            (
                row["path"],
                ", ".join(f"{t['id']} {t['confidence']:.2f}" for t in row["topics"]) or row.get("not_read", "none"),
            )
            for row in rows
        ),
        ("path", "topics, with confidence"),
    )
