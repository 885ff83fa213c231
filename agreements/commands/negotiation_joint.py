"""`agreements negotiation joint`: the one working paper of the table."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from agreements.commands import output

if TYPE_CHECKING:
    from agreements.negotiation.joint_report import JointReport


@click.command("joint")
@click.argument("texts", nargs=-1, required=True, metavar="OURS THEIRS | JOINT.docx")
@click.option("-o", "--output", "target", type=click.Path(path_type=Path), help="The Word file to write.")
@click.option("--negotiation", metavar="ID", help="Take the labels of the two sides from this negotiation.")
@click.option("--our-label", metavar="TEXT", default="", help="How we stand in brackets (US).")
@click.option("--their-label", metavar="TEXT", default="", help="How they stand in brackets (PARTNER).")
@click.option("--close", "closings", multiple=True, metavar="PATH=SIDE|WORDS", help="Close a place; may be repeated.")
@click.option("--as", "side", type=click.Choice(["us", "partner"]), help="Write the text that this side wants.")
@click.option("--unmarked", is_flag=True, help="Do not mark articles in which nothing is open as ad referendum.")
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
    unmarked: bool,
    date: str,
) -> None:
    """Make one text of OURS and THEIRS: agreed words plain, what is open as [US: ...] [PARTNER: ...].

    With one file, a joint text is read back after people worked on it (in Word too): its open places are listed,
    --close VII.3=partner closes what is open in VII.3, and -o writes the result.
    """
    from agreements import library
    from agreements.isodates import today
    from agreements.negotiation.brackets import Labels

    if len(texts) > 2 or (len(texts) == 2 and closings):
        raise click.UsageError("Name two texts to join, or one joint text to read (and to --close places of).")
    known = library.negotiations_in(session.folder()).get(negotiation).labels if negotiation else ("US", "PARTNER")
    labels = Labels(our_label or known[0], their_label or known[1])
    if len(texts) == 2:
        folder = None if all(library.is_file(name) for name in texts) else session.folder()
        report = library.joint_text(folder, *texts, labels=labels, mark_agreed=not unmarked)
    else:
        report = library.read_joint(Path(texts[0]), labels=labels, closings=closings)
    if target is not None:
        library.write_joint(report, target, day=date or today(), side=side or "")
    if session.as_json:
        output.document(report.as_json())
        return
    _print(report)


def _print(report: "JointReport") -> None:
    for place in report.open:
        output.say(output.bold(f"{place.path}:{place.number}"))
        for label, words in ((report.labels.us, place.us), (report.labels.partner, place.partner)):
            if words is not None:
                output.say(output.wrapped(words or "(nothing)", " " * 4, f"  {label}: "))
    if report.open:
        output.say()
    units = ", ".join(f"{unit} {count}" for unit, count in report.by_unit.items())
    output.say(output.wrapped(f"{len(report.open)} open places{f': {units}' if units else ''}."))
    if report.agreed:
        output.say(output.wrapped(f"Agreed ad referendum: {', '.join(report.agreed)}."))
    if numbers := report.numbered_otherwise:
        said = ", ".join(f"{path} is {number}" for path, number in numbers.items())
        output.say(output.wrapped(f"Numbered otherwise by {report.labels.partner}: {said}."))
    for file in report.files:
        output.say(f"Written: {file}")
    output.findings(report.findings, least="warning")
