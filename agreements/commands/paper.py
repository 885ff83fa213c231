"""`agreements paper`: skeletons of the papers that a negotiation needs."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from agreements.commands import output
from agreements.registry import PAPERS

if TYPE_CHECKING:
    from agreements.negotiation.paper_writing import MadePaper


@click.command("paper")
@click.argument("kind", type=click.Choice(tuple(PAPERS.own)))
@click.argument("negotiation", metavar="ID", required=False)
@click.option("-o", "--output", "target", type=click.Path(path_type=Path), help="The file (.docx; .txt for a cable).")
@click.option("--set", "given", multiple=True, metavar="NAME=WORDS", help="Fill a gap; may be repeated.")
@click.option("--draft", type=click.Path(path_type=Path), help="The text to attach (default: our last one).")
@click.option("--comments", multiple=True, metavar="OFFICE=FILE", help="A Word file that an office returned.")
@click.option("--date", metavar="DATE", default="", help="The day of the paper (default: today).")
@click.option("--gaps", is_flag=True, help="List the gaps of the paper, to fill with --set.")
@click.pass_obj
def command(
    session: output.Session,
    /,
    kind: str,
    negotiation: str | None,
    *,
    target: Path | None,
    given: tuple[str, ...],
    draft: Path | None,
    comments: tuple[str, ...],
    date: str,
    gaps: bool,
) -> None:
    """Make a paper from what is recorded of the negotiation ID; what is not known stays a visible blank.

    c175 (action memorandum with the draft attached), comments (matrix by office), transmittal (of the signed text),
    and, as plain text, cable and email.
    """
    from agreements import library
    from agreements.isodates import today

    if gaps:
        known = library.paper_gaps(kind)
        open_gaps = set(known.values())
        if negotiation is not None and not session.as_json:
            made = library.make_paper(session.folder(), kind, negotiation, day=date or today(), tell=output.tell)
            open_gaps = set(made.blanks)
        _gaps(session, known, open_gaps)
        return
    plain = PAPERS.row(kind).suffixes == (".txt",)
    if negotiation is None:
        raise click.UsageError("Name the negotiation the paper is about.")
    if target is None and not plain:
        raise click.UsageError("Name the Word file to write with -o FILE.docx.")
    made = library.make_paper(
        session.folder(),
        kind,
        negotiation,
        day=date or today(),
        given=dict(_pair(words, "--set") for words in given),
        draft=draft,
        comments=[(office, Path(file)) for office, file in (_pair(words, "--comments") for words in comments)],
        tell=output.tell,
    )
    written = [str(made.write(target))] if target else []
    _print(session, made, written)


def _print(session: output.Session, made: "MadePaper", written: list[str]) -> None:
    if session.as_json:
        row = {"kind": made.kind, "marking": made.marking, "blanks": list(made.blanks), "files": written}
        output.document({**row, "text": made.text, "findings": output.rows_of(made.findings)})
        return
    for file in written:
        output.say(f"Written: {file} ({made.marking or 'no marking'}; {len(made.blanks)} blanks to fill in).")
    if not written:
        output.say(made.text.rstrip("\n"))
    output.findings(made.findings)


def _gaps(session: output.Session, found: dict[str, str], open_gaps: set[str]) -> None:
    """Print each gap with what belongs there, or that it is filled (it is not in `open_gaps`)."""
    if session.as_json:
        output.document(found)
        return
    for name, what in found.items():
        said = what if what in open_gaps else "filled from what is recorded"
        output.say(output.wrapped(said, " " * 22, f"{name:<22}"))


def _pair(words: str, option: str) -> tuple[str, str]:
    name, equals, rest = words.partition("=")
    if not equals or not name.strip():
        raise click.UsageError(f"{option} {words!r}: write NAME=...")
    return name.strip(), rest.strip()
