"""`agreements index`: bring the search index up to date."""

import click

from agreements.commands import output


@click.command("index")
@click.option("--rebuild", is_flag=True, help="Make the index anew even when it is up to date.")
@click.option("--engine", help="tantivy (default), whoosh or opensearch.")
@click.pass_obj
def command(session: output.Session, *, rebuild: bool, engine: str | None) -> None:
    """Bring the search index up to date with the files. A search does this by itself when it must."""
    from agreements import library

    report = library.refresh_index(session.folder(), engine=engine, rebuild=rebuild, tell=output.tell)
    if session.as_json:
        output.document({"engine": report.engine, "rebuilt": report.rebuilt, "provisions": report.provisions})
    else:
        done = "was built anew" if report.rebuilt else "is up to date"
        output.say(f"The {report.engine} index {done}: {report.provisions} provisions.")
