"""`agreements relations ID`: what acts on an agreement, and what it acts on."""

import click

from agreements.commands import output


@click.command("relations")
@click.argument("agreement", metavar="ID")
@click.option("--as-of", default="", metavar="DATE", help="Say the status on this day (default: as the facts have it).")
@click.pass_obj
def command(session: output.Session, agreement: str, as_of: str) -> None:
    """Show what amends, supplements, implements, extends or supersedes an agreement, and what it does itself.

    Both ways, whichever of the two agreements says so, with the status of each.
    """
    from agreements import library

    rows = library.relations(session.surveyed(), agreement, as_of=as_of)
    following = library.recorded_following(session.folder(), agreement)
    if session.as_json:
        told = [row.as_json() for row in rows]
        output.document({"agreement": agreement, "relations": told, "following": list(following)})
        return
    output.say(output.bold(agreement))
    for row in rows:
        note = f"  ({row.note})" if row.note else ""
        output.say(f"  {row.kind.replace('-', ' '):<16} {output.bold(row.id or row.title)}{note}")
        facts = ", ".join(x for x in (row.title if row.id else "", row.signed, row.status) if x)
        output.say(output.dim(output.wrapped(facts, " " * 19)))
    for said in following:
        output.say(output.wrapped(f"{said}.", "    ", "  "))
    if rows:
        output.say(f"{output.counted(len(rows), 'relation')}.")
    elif following:
        output.say("No other relation is recorded or was read from words that say one.")
    else:
        output.say("No relation is recorded or was read from words that say one. That is no proof that there is none.")
