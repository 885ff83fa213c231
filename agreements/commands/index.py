"""`agreements index`: bring the search index up to date."""

from dataclasses import asdict

import click

from agreements.commands import named, output


@click.command("index")
@click.option("--rebuild", is_flag=True, help="Make the index anew even when it is up to date.")
@click.option("--engine", **named.ENGINE)
@click.option("--semantic", is_flag=True, help="Also read the provisions for meaning, for search --mode hybrid.")
@click.pass_obj
def command(session: output.Session, *, rebuild: bool, engine: str | None, semantic: bool) -> None:
    """Bring the search index up to date with the files. A search does this by itself when it must."""
    from agreements import library

    report = library.refresh_index(session.surveyed(), engine=engine, rebuild=rebuild, tell=output.tell)
    found = library.read_for_meaning(session.folder(), engine=engine, tell=output.tell) if semantic else None
    if session.as_json:
        row = {"engine": report.engine, "rebuilt": report.rebuilt, "provisions": report.provisions}
        output.document(row | ({"meaning": asdict(found)} if found else {}))
        return
    done = "was built anew" if report.rebuilt else "is up to date"
    output.say(f"The {report.engine} index {done}: {report.provisions} provisions.")
    if found:
        output.say(f"Read for meaning: {found.made} wordings now, {found.held} in all.")
        output.say(f"Model {found.model}, SHA-256 {found.checksum}")
