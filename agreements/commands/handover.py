"""`agreements handover FILE`: what may leave, what a file would tell beside its text, and a copy without it."""

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from agreements.commands import output

if TYPE_CHECKING:
    from agreements.library import Handover


@click.command("handover")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", "target", type=click.Path(path_type=Path), help="A copy that may leave; or a folder for copies."
)
@click.option(
    "--revisions",
    type=click.Choice(["refuse", "accept", "reject", "keep"]),
    default="refuse",
    show_default=True,
    help="What becomes of tracked changes in the copy; keep needs --author.",
)
@click.option(
    "--author",
    "authors",
    multiple=True,
    metavar="[NAME=]SIDE",
    help="The side that kept changes are shown under, as 'U.S. side', no person; one for each author.",
)
@click.pass_context
def command(
    ctx: click.Context,
    /,
    files: tuple[Path, ...],
    target: Path | None,
    revisions: Literal["refuse", "accept", "reject", "keep"],
    authors: tuple[str, ...],
) -> None:
    """Check Word FILES before they go to the other side, or make a copy of one that may go.

    A file is refused when it holds comments, tracked changes, hidden text, names of persons, paths, custom
    properties or data behind the text. With -o these are taken out of a copy, the copy is read again, and it is
    written only when nothing is left; what only a person can settle is named. Exit status 0 means: may leave.
    """
    session: output.Session = ctx.obj
    if target is None:
        refused = _check(session, files)
    elif len(files) > 1 and not target.is_dir():
        raise click.UsageError("-o names one file; for several, name a folder that is there.")
    else:
        refused = _make(session, files, target, revisions, _sides(authors))
    ctx.exit(1 if refused else 0)


def _check(session: output.Session, files: tuple[Path, ...]) -> bool:
    from agreements import library

    found = {file: library.handover(file) for file in files}
    if session.as_json:
        output.document({"files": [{"file": str(f), "findings": output.rows_of(rows)} for f, rows in found.items()]})
    else:
        for file, rows in found.items():
            output.findings(rows)
            output.say(f"{file}: {'must not leave' if rows else 'may leave'}.")
    return any(found.values())


def _make(
    session: output.Session,
    files: tuple[Path, ...],
    target: Path,
    revisions: Literal["refuse", "accept", "reject", "keep"],
    authors: dict[str, str],
) -> bool:
    from agreements import library

    targets = {file: target / file.name if target.is_dir() else target for file in files}
    made = [library.make_handover(f, to, revisions=revisions, authors=authors) for f, to in targets.items()]
    if session.as_json:
        output.document({"files": [each.as_json() for each in made]})
    else:
        for each in made:
            _tell(each)
    return any(each.output is None for each in made)


def _sides(authors: tuple[str, ...]) -> dict[str, str]:
    """Return the side of each author; a side without an author is that of all."""
    pairs = (text.rpartition("=")[::2] for text in authors)
    return {author.strip(): side.strip() for author, side in pairs}


def _tell(made: "Handover") -> None:
    output.findings((*made.removed, *made.findings))
    if made.output:
        output.say(f"Written: {made.output}. It was read again and may leave.")
    else:
        output.say(f"{made.file} must not leave, and nothing was written.")
