"""`agreements list`: what the repository holds."""

from collections.abc import Sequence

import click

from agreements.commands import named, output


@click.command("list")
@click.option("--family", multiple=True, help="Only this family; may be repeated.", **named.FAMILY)
@click.option("--party", multiple=True, help="Only with this party (code or name); repeated: with all of them.")
@click.option("--text/--no-text", "text_held", default=None, help="Only those whose text is held, or is not.")
@click.pass_obj
def command(
    session: output.Session, *, family: tuple[str, ...], party: tuple[str, ...], text_held: bool | None
) -> None:
    """List the agreements of the repository with family, date of signature, status and parties."""
    from dataclasses import asdict

    from agreements import library

    rows = library.listing(session.surveyed(), families=family, parties=party, text_held=text_held)
    if session.as_json:
        output.document([asdict(row) | {"text_held": row.text_held} for row in rows])
        return
    for row in rows:
        kind = {"specimen": "specimen", "draft": f"{row.family} (draft)"}.get(row.standing, row.family)
        signed = row.said("signed", min(row.signed, default="")) or "undated"
        facts = (kind, signed, row.said("status", row.status), "text held" if row.text_held else "facts only")
        output.say(f"{output.bold(row.id)}  {', '.join(facts)}")
        output.say(output.dim(output.wrapped(row.called, "    ")))
    held = sum(row.text_held for row in rows)
    output.say(f"{output.counted(len(rows), 'agreement')}; the text of {held} is held.")
    if nameless := [row.id for row in rows if row.is_nameless]:
        said = "neither title, party nor day is known, and it may be no agreement"
        output.say(output.wrapped(f"Among them {', '.join(nameless)}: {said}.", "  ", "note: "))
    if party:
        shown = {row.id for row in rows}
        every = library.listing(session.folder(), families=family, text_held=text_held)
        others = [row.id for row in every if row.id not in shown and _may_bind_all(row.parties, party)]
        if others:
            said = "no party of theirs is known, or an organisation is one and its members are not listed"
            output.say(output.wrapped(f"Not counted, though held: {', '.join(others)}; {said}.", "  ", "note: "))


def _may_bind_all(parties: Sequence[str], asked: Sequence[str]) -> bool:
    """Whether an agreement may bind all States that were asked for, though its facts do not name each."""
    from agreements.states import may_bind, party_key

    keys = {party_key(party) for party in parties}
    return all(party_key(name) in keys or may_bind(parties, party_key(name)) for name in asked)
