"""`agreements purge ID`: remove a text for good."""

import click

from agreements.commands import output


@click.command("purge")
@click.argument("agreement", metavar="ID")
@click.option("--reason", required=True, help="Why; it stays in the tombstone.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def command(session: output.Session, agreement: str, reason: str, *, yes: bool) -> None:
    """Remove the text of an agreement with its sources, its earlier versions and its place in the index.

    A tombstone with the hashes stays, and the same text is refused when it comes again.
    """
    from agreements import library

    folder = session.folder()
    library.get(folder, agreement)
    if not (yes or session.as_json):
        click.confirm(f"Remove {agreement} and all its versions from {folder} for good?", abort=True)
    stone = library.purge(folder, agreement, reason)
    if session.as_json:
        output.document({"purged": stone.id, "date": stone.date, "reason": stone.reason, "hashes": list(stone.hashes)})
    else:
        output.say(f"{stone.id} is purged; a tombstone with {len(stone.hashes)} hashes stays.")
