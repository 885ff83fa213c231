"""`agreements negotiation export`, `hold` and `purge`: the file for the record, legal holds, and spills."""

from pathlib import Path

import click

from agreements.commands import output


@click.command("export")
@click.argument("negotiation", metavar="ID")
@click.option("-o", "--output", "target", type=click.Path(path_type=Path), required=True, help="The zip file.")
@click.pass_obj
def export(session: output.Session, /, negotiation: str, target: Path) -> None:
    """Write the whole file of a negotiation, with an index of hashes, for the official record-keeping system."""
    from agreements import library

    made = library.export_negotiation(session.folder(), negotiation, target)
    if session.as_json:
        output.document(made.as_json())
    else:
        output.say(f"Written: {made.path} ({len(made.entries)} files, {made.marking or 'no marking'}).")


@click.command("hold")
@click.argument("negotiation", metavar="ID")
@click.option("--reason", metavar="TEXT", help="Why nothing may be destroyed.")
@click.option("--by", metavar="NAME", help="Who ordered it.")
@click.option("--release", is_flag=True, help="Release the holds.")
@click.pass_obj
def hold(session: output.Session, /, negotiation: str, reason: str | None, by: str | None, *, release: bool) -> None:
    """Put a negotiation under a legal hold, or release it. Under a hold nothing is purged."""
    from agreements import library

    if release == bool(reason):
        raise click.UsageError("Give a --reason to hold it, or --release.")
    if release:
        holds = library.release_hold(session.folder(), negotiation)
    else:
        holds = (library.hold_negotiation(session.folder(), negotiation, reason or "", by=by or ""),)
    if session.as_json:
        output.document([h.model_dump(mode="json", exclude_defaults=True) for h in holds])
    else:
        output.say(f"{negotiation} is {'under no legal hold any more' if release else 'under a legal hold'}.")


@click.command("purge")
@click.argument("negotiation", metavar="ID")
@click.option("--reason", required=True, help="Why; it stays in the tombstone.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def purge(session: output.Session, /, negotiation: str, reason: str, *, yes: bool) -> None:
    """Remove all that is kept of a negotiation, with its history. Exports and copies elsewhere stay: delete them too.

    A tombstone with the hashes stays, and the same texts are refused when they are imported.
    """
    from agreements import library

    folder = session.folder()
    library.negotiations_in(folder).folder(negotiation)
    if not (yes or session.as_json):
        click.confirm(f"Remove {negotiation} with all its texts and positions from {folder} for good?", abort=True)
    stone = library.purge_negotiation(folder, negotiation, reason)
    if session.as_json:
        output.document({"purged": stone.id, "date": stone.date, "reason": stone.reason, "hashes": list(stone.hashes)})
    else:
        output.say(f"{negotiation} is purged; a tombstone with {len(stone.hashes)} hashes stays.")
