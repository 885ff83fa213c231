"""`agreements purge ID`: remove a text for good."""

import click

from agreements.commands import output


@click.command("purge")
@click.argument("agreement", metavar="ID")
@click.option("--reason", required=True, help="Why; it stays in the tombstone.")
@click.option("--authority", metavar="TEXT", default="", help="The disposition authority: the item of the schedule.")
@click.option("--spill", metavar="TEXT", default="", help="The reference of the spill that it is part of.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def command(session: output.Session, agreement: str, reason: str, *, authority: str, spill: str, yes: bool) -> None:
    """Remove the text of an agreement with its sources, its earlier versions and its place in the index.

    It is final. The disposition authority that allows it, or the reference of a spill, is to be given. A tombstone with
    the hashes stays, and the same text is refused when it comes again.
    """
    from agreements import library

    folder = session.folder()
    library.open_repository(folder).refuse_purge(agreement, reason, authority=authority, spill=spill)
    if not (yes or session.as_json):
        click.confirm(
            f"No legal hold stands on {agreement}. Remove it and all its versions from {folder} for good?", abort=True
        )
    stone = library.purge(folder, agreement, reason, authority=authority, spill=spill)
    kept = library.same_files_in_negotiations(folder, stone.hashes)
    if session.as_json:
        output.document(stone.as_json() | {"kept_in": list(kept)})
    else:
        output.say(f"{stone.id} is purged; a tombstone with {len(stone.hashes)} hashes stays.")
        for said in kept:
            output.say(output.wrapped(f"The same file is kept in {said}: it was not purged."))
        output.say("Not examined: negotiations that you may not see, exports, and copies elsewhere.")
