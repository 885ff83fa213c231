"""`agreements negotiation table`, `receive` and `joint`: the texts that go over the table."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from agreements.commands import output

if TYPE_CHECKING:
    from agreements.negotiation.file import TextOrigin
    from agreements.negotiation.joint_report import JointReport


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


@click.command("joint")
@click.argument("texts", nargs=-1, required=True, metavar="OURS THEIRS | JOINT.docx")
@click.option("-o", "--output", "target", type=click.Path(path_type=Path), help="The Word file to write.")
@click.option("--negotiation", metavar="ID", help="Take the labels of the two sides from this negotiation.")
@click.option("--our-label", metavar="TEXT", default="", help="How we stand in brackets (US).")
@click.option("--their-label", metavar="TEXT", default="", help="How they stand in brackets (PARTNER).")
@click.option("--close", "closings", multiple=True, metavar="PATH=SIDE|WORDS", help="Close a place; may be repeated.")
@click.option("--as", "side", type=click.Choice(["us", "partner"]), help="Write the text that this side wants.")
@click.option("--mark-agreed", is_flag=True, help="Mark all articles in which nothing is open as ad referendum.")
@click.option("--unmarked", is_flag=True, help="Mark nothing as ad referendum, whatever is recorded as agreed.")
@click.option("--date", metavar="DATE", default="", help="The day in the draft line (default: today).")
@click.pass_obj
def joint(
    session: output.Session,
    texts: tuple[str, ...],
    *,
    target: Path | None,
    negotiation: str | None,
    our_label: str,
    their_label: str,
    closings: tuple[str, ...],
    side: str | None,
    mark_agreed: bool,
    unmarked: bool,
    date: str,
) -> None:
    """Make one text of OURS and THEIRS: what both say plain, what is open as [US: ...] [PARTNER: ...].

    Articles are marked ad referendum that the negotiation records as agreed, or, with --mark-agreed, all in which
    nothing is open: that nothing differs is no agreement before somebody says so.

    With one file, a joint text is read back after people worked on it (in Word too): its open places are listed,
    --close VII.3=partner closes what is open in VII.3, and -o writes the result.
    """
    from agreements import library
    from agreements.isodates import today
    from agreements.negotiation.brackets import Labels

    if mark_agreed and unmarked:
        raise click.UsageError("--mark-agreed marks and --unmarked does not: name one of them.")
    if len(texts) > 2 or (len(texts) == 2 and closings):
        raise click.UsageError("Name two texts to join, or one joint text to read (and to --close places of).")
    known = library.negotiations_in(session.folder()).get(negotiation).labels if negotiation else ("US", "PARTNER")
    labels = Labels(our_label or known[0], their_label or known[1])
    if len(texts) == 2:
        folder = None if all(library.is_file(name) for name in texts) and not negotiation else session.folder()
        report = library.joint_text(
            folder, *texts, labels=labels, mark_agreed=mark_agreed, negotiation="" if unmarked else negotiation or ""
        )
    else:
        report = library.read_joint(Path(texts[0]), labels=labels, closings=closings)
    if target is not None:
        library.write_joint(report, target, day=date or today(), side=side or "")
    if session.as_json:
        output.document(report.as_json())
        return
    _print_joint(report, {"us": labels.us, "partner": labels.partner}.get(side or "", ""))


def _print_joint(report: "JointReport", whose: str) -> None:
    """Print what a joint text holds; `whose` text was written (empty: the joint one)."""
    for place in report.open:
        output.say(output.bold(f"{place.path}:{place.number}"))
        for label, words in ((report.labels.us, place.us), (report.labels.partner, place.partner)):
            if words is not None:
                output.say(output.wrapped(words or "(nothing)", " " * 4, f"  {label}: "))
    if report.open:
        output.say()
    plural = "" if len(report.open) == 1 else "s"
    units = ", ".join(f"{unit} {count}" for unit, count in report.by_unit.items())
    output.say(output.wrapped(f"{len(report.open)} open place{plural}{f': {units}' if units else ''}."))
    for one, other in report.same_words:
        both = f"{one.path}:{one.number} and {other.path}:{other.number}"
        said = f"{both} hold the same words: a paragraph is split or joined, and no word differs. Close both alike."
        output.say(output.wrapped(said))
    if report.agreed:
        output.say(output.wrapped(f"Marked ad referendum, nothing being open in them: {', '.join(report.agreed)}."))
    if report.unmarked:
        output.say(output.wrapped(f"Nothing open in them, not marked as agreed: {', '.join(report.unmarked)}."))
    if numbers := report.numbered_otherwise:
        said = ", ".join(f"{path} is {number.rstrip('.')}" for path, number in numbers.items())
        output.say(output.wrapped(f"Numbered otherwise by {report.labels.partner}: {said}."))
    for file in report.files:
        alone = f": the text that {whose} wants, without brackets; the above is of the joint text" if whose else ""
        output.say(f"Written: {file}{alone}")
    output.findings(report.findings, least="warning")
