"""`agreements negotiation round`, `table`, `receive`, `approve` and `step`: what happens at and around the table."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from agreements.commands import output

if TYPE_CHECKING:
    from agreements.negotiation.file import TextOrigin

if TYPE_CHECKING:
    pass


@click.command("round")
@click.argument("negotiation", metavar="ID")
@click.option("--number", type=click.IntRange(min=1), help="Which round (default: a new one).")
@click.option("--date", metavar="DATE", help="First day, as 2026-11-22.")
@click.option("--until", metavar="DATE", help="Last day.")
@click.option("--place", metavar="TEXT", help="Where.")
@click.option("--our-head", metavar="NAME", help="Head of our delegation.")
@click.option("--their-head", metavar="NAME", help="Head of theirs.")
@click.option("--ad-referendum", multiple=True, metavar="PATH", help="What was agreed ad referendum; may be repeated.")
@click.option("--note", metavar="TEXT")
@click.pass_obj
def talks(session: output.Session, /, negotiation: str, **facts: Any) -> None:
    """Note a round of talks."""
    from agreements import library

    made = library.add_round(session.folder(), negotiation, facts)
    if session.as_json:
        output.document(made.model_dump(mode="json", exclude_defaults=True))
    else:
        agreed = f"; agreed ad referendum: {', '.join(made.ad_referendum)}" if made.ad_referendum else ""
        output.say(f"Round {made.number}, {made.date}{f', {made.place}' if made.place else ''}{agreed}.")


def _text_options(command: Any) -> Any:
    """Add the options of a text that was exchanged."""
    options = [
        click.option("--date", metavar="DATE", help="The day it was exchanged (default: today)."),
        click.option("--round", "of_round", type=int, metavar="N", help="The round (default: the last one)."),
        click.option("--base", type=int, metavar="N", help="The text it was made from (default: the last one)."),
        click.option("--marking", metavar="TEXT", help="Its marking (default: what stands on it)."),
        click.option("--note", metavar="TEXT"),
    ]
    for option in reversed(options):
        command = option(command)
    return command


@click.command("table")
@click.argument("negotiation", metavar="ID")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--joint", is_flag=True, help="It is the joint text, not ours alone.")
@_text_options
@click.pass_obj
def table(session: output.Session, /, negotiation: str, file: Path, *, joint: bool, **facts: Any) -> None:
    """Keep a text that we tabled; the file stays untouched. It is checked for what should not have left with it."""
    _keep(session, negotiation, file, "joint" if joint else "us", facts)


@click.command("receive")
@click.argument("negotiation", metavar="ID")
@click.argument("file", type=click.Path(path_type=Path))
@_text_options
@click.pass_obj
def receive(session: output.Session, /, negotiation: str, file: Path, **facts: Any) -> None:
    """Keep a text that came from the other side; the file stays untouched."""
    _keep(session, negotiation, file, "partner", facts)


def _keep(
    session: output.Session,
    negotiation: str,
    file: Path,
    side: "TextOrigin",
    facts: dict[str, Any],
) -> None:
    from agreements import library

    facts["round"] = facts.pop("of_round")
    kept = library.keep_text(session.folder(), negotiation, file, side, facts)
    text = kept.text
    if session.as_json:
        row = text.model_dump(mode="json", exclude_defaults=True)
        output.document({**row, "findings": output.rows_of(kept.findings)})
        return
    where = f" in round {text.round}" if text.round else ""
    output.say(f"Text {text.number} ({text.how}{where}, {text.date}): {text.name}, sha256 {text.sha256[:12]}.")
    if text.words_deleted is not None:
        output.say(f"Against text {text.base}: {text.words_deleted} words deleted, {text.words_inserted} inserted.")
    if text.open_brackets:
        output.say(f"{text.open_brackets} open brackets.")
    output.findings(kept.findings, least="warning")


@click.command("approve")
@click.argument("negotiation", metavar="ID")
@click.argument("office")
@click.option(
    "--state",
    type=click.Choice(["requested", "cleared", "cleared-with-condition", "refused"]),
    default="cleared",
    show_default=True,
)
@click.option("--date", metavar="DATE")
@click.option("--about", metavar="TEXT", help="What it is about: a text, an article, the authority.")
@click.option("--condition", metavar="TEXT", help="Under which condition.")
@click.pass_obj
def approve(session: output.Session, /, negotiation: str, **facts: Any) -> None:
    """Record what an OFFICE (L, OSD, JS, OGC, EUCOM, a bureau) said."""
    from agreements import library

    made = library.record_approval(session.folder(), negotiation, facts)
    if session.as_json:
        output.document(made.model_dump(mode="json"))
    else:
        output.say(f"{made.office}: {made.state.replace('-', ' ')}{f' ({made.condition})' if made.condition else ''}.")


@click.command("step")
@click.argument("negotiation", metavar="ID")
@click.argument("what", required=False)
@click.option("--who", metavar="NAME")
@click.option("--due", metavar="DATE")
@click.option("--done", type=int, metavar="N", help="Step N is done.")
@click.option("--date", metavar="DATE", help="When it was done (default: today).")
@click.pass_obj
def step(session: output.Session, /, negotiation: str, what: str | None, done: int | None, **facts: Any) -> None:
    """Note WHAT is to be done next, or that a step is done."""
    from agreements import library

    if (what is None) == (done is None):
        raise click.UsageError("Say what is to be done, or which step is done with --done N.")
    if done is not None:
        made = library.finish_step(session.folder(), negotiation, done, facts["date"] or "")
    else:
        given = {"what": what, "who": facts["who"], "due": facts["due"]}
        made = library.add_step(session.folder(), negotiation, given)
    if session.as_json:
        output.document(made.model_dump(mode="json", exclude_defaults=True))
    else:
        output.say(f"Step {made.number}: {made.what}" + (f" - done {made.done}" if made.done else ""))
