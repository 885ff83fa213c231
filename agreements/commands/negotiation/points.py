"""`agreements negotiation position` and `history`: what we want on a point, and how its words moved."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from agreements.commands import named, output

if TYPE_CHECKING:
    from agreements.negotiation.file import AgreedEntry
    from agreements.negotiation.history import ClauseInText
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
@click.option("--expected", **named.EXPECTED)
@click.pass_obj
def position(
    session: output.Session, /, negotiation: str, key: str | None, source: Path | None, *, expected: str, **facts: Any
) -> None:
    """Record the position on a topic, a provision or a clause; without options, show what is recorded.

    Words are compared exactly with what the other side writes (`agreements review`), so paste the clause as you
    would sign it. Real positions are often classified: record a pointer with --held-elsewhere then, and no words.
    """
    from agreements import library

    given = library.typed_position(facts)
    if source is not None:
        _warn()
        found = library.take_positions(session.folder(), negotiation, source, expected=expected).positions
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
        found = (library.record_position(session.folder(), negotiation, key, given, expected=expected),)
    own = {p.key for p in library.negotiations_in(session.folder()).recorded(negotiation).positions}
    told = library.unplaced_positions(session.folder(), negotiation, [each for each in found if each.key in own])
    if session.as_json:
        output.document([p.model_dump(mode="json", exclude_defaults=True) for p in found])
        output.findings(told)
        return
    if not found:
        output.say("No position is recorded.")
    if marking := library.negotiations_in(session.folder()).marking(negotiation):
        output.say(marking)
    for each in found:
        _print_position(each, standing=each.key not in own)
    output.findings(told)


def _warn() -> None:
    from agreements.marking import NOTICE

    output.tell(output.wrapped(NOTICE))


def _print_position(position: "Position", *, standing: bool) -> None:
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


@click.command("history")
@click.argument("negotiation", metavar="ID")
@click.argument("clause", metavar="TOPIC|PATH")
@click.pass_obj
def history(session: output.Session, /, negotiation: str, clause: str) -> None:
    """Show how the words of a clause moved from text to text: on a topic (claims_government) or at a path (VII.3).

    The first text is printed whole; of the others what differs from the one before, [-taken out-] and {+put in+}.
    """
    from agreements import library

    found = library.clause_history(session.folder(), negotiation, clause)
    if session.as_json:
        output.document(found.as_json())
        return
    if found.marking:
        output.say(found.marking)
    for index, each in enumerate(found.texts):
        if index:
            output.say()
        _print_text(each, first=index == 0)
    if found.purged:
        output.note(f"{found.purged}: not compared.")


def _since(each: "ClauseInText") -> str:
    if len(each.since) == 1:
        return f"all stand since text {each.since[0][0]}"
    return ", ".join(f"{count} since text {number}" for number, count in each.since)


def _print_text(each: "ClauseInText", *, first: bool) -> None:
    from agreements.commands.compare import marked
    from agreements.comparing import WORDS_STAND

    text = each.text
    where = f", round {text.round}" if text.round else ""
    output.say(output.bold(f"Text {text.number}, {text.how_fully} {text.date}{where}: {', '.join(each.paths) or '-'}"))
    if not first and not each.is_changed:
        output.say("  no word changed")
    if not first and each.since:
        output.say(output.wrapped(f"of its words {_since(each)}", "  "))
    for pair in each.pairs:
        if not first and pair.change in WORDS_STAND:
            continue
        side = pair.b or pair.a
        assert side is not None  # a pair has a side
        pieces = (pair.heading, pair.text)
        if first and side.heading:
            output.say(output.wrapped(side.heading, "  "))
        if first and side.text:
            output.say(output.wrapped(f"{side.path}  {side.text}", "    ", "  "))
        if not first:
            output.say(f"  {side.path}  {output.dim(pair.change.replace('-', ' and '))}")
            for own in pieces:
                if own:
                    output.say(marked(own, "    "))
    for assessment in each.assessments:
        output.say(output.wrapped(f"position on {assessment.position.key}: {assessment.said}", "  "))


@click.command("agree")
@click.argument("negotiation", metavar="ID")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option(
    "--state",
    type=click.Choice(["ad-referendum", "agreed", "open", "reopened"]),
    default="ad-referendum",
    show_default=True,
)
@click.option("--by", metavar="NAME", help="Who agreed or reopened it.")
@click.option("--date", metavar="DATE", help="When (default: today).")
@click.option("--round", "of_round", type=click.IntRange(min=1), metavar="N", help="In which round.")
@click.option("--note", metavar="TEXT")
@click.option("--expected", **named.EXPECTED)
@click.pass_obj
def agree(session: output.Session, /, negotiation: str, paths: tuple[str, ...], *, expected: str, **facts: Any) -> None:
    """Record that the provisions at PATH are agreed ad referendum or finally, or reopened; without PATH, list all.

    A change to what is agreed is read first in every review and brief.
    """
    from agreements import library

    facts["round"] = facts.pop("of_round")
    made: tuple[AgreedEntry, ...] = ()
    if paths:
        made = library.agree_articles(session.folder(), negotiation, paths, facts, expected=expected)
    found = library.standing_articles(session.folder(), negotiation)
    shown = [each for each in found if not paths or each.path in paths]
    if session.as_json:
        output.document([each.as_json() for each in shown])
        return
    for each in shown:
        said = f"{each.heading}: {each.said}" if each.heading else each.said
        output.say(output.wrapped(said, "      ", f"{each.path}  "))
    last = library.negotiations_in(session.folder()).get(negotiation).last()
    for number in {each.text for each in made if last and each.text != last.number}:
        output.say(output.wrapped(f"This rests on text {number}, the last one exchanged by that day."))
    if not found:
        output.say("No text is kept that was exchanged, so there are no articles to list.")
