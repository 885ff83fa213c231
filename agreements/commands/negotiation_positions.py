"""`agreements negotiation position`: what we want on a point, recorded or shown."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from agreements.commands import output

if TYPE_CHECKING:
    from agreements.negotiation.positions import Position


@click.command("position")
@click.argument("negotiation", metavar="ID")
@click.argument("key", metavar="[TOPIC|PATH|CLAUSE]", required=False)
@click.option("--from", "source", type=click.Path(path_type=Path), help="Take over a file of positions (YAML).")
@click.option("--opening", metavar="WORDS", help="What was tabled first.")
@click.option("--preferred", metavar="WORDS", help="What is aimed at. `phrase: WORDS` means a phrase of it.")
@click.option("--fallback", multiple=True, metavar="WORDS", help="A rung of the ladder; repeat in order.")
@click.option("--beyond", multiple=True, metavar="WORDS", help="What the authority does not cover; may be repeated.")
@click.option("--partner", metavar="TEXT", help="What the other side wants.")
@click.option("--rationale", metavar="TEXT", help="Why.")
@click.option("--status", type=click.Choice(["open", "reserved", "ad-referendum", "agreed", "dropped"]))
@click.option("--authority", metavar="TEXT", help="The instruction it rests on.")
@click.option("--precedent", multiple=True, metavar="REF", help="A provision that has it; may be repeated.")
@click.option("--held-elsewhere", metavar="TEXT", help="Where the position is kept when it may not be here.")
@click.pass_obj
def position(session: output.Session, /, negotiation: str, key: str | None, source: Path | None, **facts: Any) -> None:
    """Record the position on a topic, a provision or a clause; without options, show what is recorded.

    Words are compared exactly with what the other side writes (`agreements review`), so paste the clause as you
    would sign it. Real positions are often classified: record a pointer with --held-elsewhere then, and no words.
    """
    from agreements import library

    given = _given(facts)
    if source is not None:
        _warn()
        found = library.take_positions(session.folder(), negotiation, source).positions
    elif not given:
        every = library.negotiations_in(session.folder()).positions(negotiation)
        wanted = every.get(key) if key else None
        if key and wanted is None:
            raise click.UsageError(f"No position on {key} is recorded; give one with --preferred or --held-elsewhere.")
        found = (wanted,) if wanted else every.positions
    elif key is None:
        raise click.UsageError("Say what the position is on: a topic, a path such as VII.3, or a clause.")
    else:
        _warn()
        found = (library.record_position(session.folder(), negotiation, key, given),)
    if session.as_json:
        output.document([p.model_dump(mode="json", exclude_defaults=True) for p in found])
        return
    if not found:
        output.say("No position is recorded.")
    if marking := library.negotiations_in(session.folder()).marking(negotiation):
        output.say(marking)
    own = {p.key for p in library.negotiations_in(session.folder()).recorded(negotiation).positions}
    for each in found:
        _print(each, standing=each.key not in own)


def _given(facts: dict[str, Any]) -> dict[str, Any]:
    """Return what was given, as fields of a position."""
    given: dict[str, Any] = {name: value for name, value in facts.items() if value not in (None, ())}
    for name in ("opening", "preferred"):
        if name in given:
            given[name] = _wording(given[name])
    for name, field in (("fallback", "fallbacks"), ("beyond", "beyond")):
        if name in given:
            given[field] = [_wording(words) for words in given.pop(name)]
    if "precedent" in given:
        given["precedents"] = [*given.pop("precedent")]
    return given


def _wording(words: str) -> dict[str, str]:
    kind, colon, rest = words.partition(":")
    return {"phrase": rest.strip()} if colon and kind.strip().lower() == "phrase" else {"words": words}


def _warn() -> None:
    from agreements.marking import NOTICE

    output.tell(output.wrapped(NOTICE))


def _print(position: "Position", *, standing: bool) -> None:
    said = f"{position.status.replace('-', ' ')}{', a standing position' if standing else ''}"
    output.say(f"{output.bold(position.key)}  {output.dim(said)}")
    for level, at, wording in position.wordings():
        name = f"{level} {at}" if at else level
        kind = "phrase " if wording.phrase else ""
        output.say(output.wrapped(wording.said, " " * 14, f"  {name:<12}{kind}"))
    rows = [("partner", position.partner), ("why", position.rationale), ("authority", position.authority)]
    rows += [("precedents", ", ".join(position.precedents)), ("held", position.held_elsewhere)]
    for name, text in rows:
        if text:
            output.say(output.wrapped(text, " " * 14, f"  {name:<12}"))
