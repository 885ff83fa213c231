"""`agreements handover FILE`: what a file tells beside its text, and a copy without it."""

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from agreements.commands import output

if TYPE_CHECKING:
    from agreements.library import ClearanceCheck, Handover
    from agreements.word import Found

_CHOSEN = {
    ("", "allow"): " (goes with the copy)",
    ("", "remove"): " (taken out)",
    ("revisions", "allow"): " (kept)",
    ("revisions", "remove"): " (settled)",
}
_MANY = 6  # things of a kind that are told one by one


@click.command("handover")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("-o", "--output", "target", type=click.Path(path_type=Path), help="Where the copy goes; or a folder.")
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
@click.option("--remove", multiple=True, metavar="KIND[=N,..]", help="Take out what waits for a decision.")
@click.option("--allow", multiple=True, metavar="KIND[=N,..]", help="Let it go with the copy.")
@click.option("--negotiation", metavar="ID", default="", help="Hold the words against what its offices cleared.")
@click.option("--anonymise", is_flag=True, help="Let Word drop all names when the copy is saved, the partner's too.")
@click.pass_context
def command(  # noqa: PLR0917 - click passes them by name
    ctx: click.Context,
    /,
    files: tuple[Path, ...],
    target: Path | None,
    revisions: Literal["refuse", "accept", "reject", "keep"],
    authors: tuple[str, ...],
    remove: tuple[str, ...],
    allow: tuple[str, ...],
    negotiation: str,
    anonymise: bool,  # noqa: FBT001
) -> None:
    """Say what Word FILES tell beside their text, or make copies without it.

    Three lists are printed: what was found, what was looked for and not found, what was not examined. With -o a copy
    is built of known parts, elements and attributes alone; what only a person can decide is listed with a switch for
    each, and nothing is written before that. The copy is read again by other code, and its words and numbers are held
    against the file's. With --negotiation, every word that differs from the text that an office cleared is named, and
    what lacks of clearance and authority. Whether it is released is your decision. Exit status 0: nothing was found, or
    with -o: written, and with --negotiation nothing found there.
    """
    session: output.Session = ctx.obj
    if target is None and (authors or remove or allow or anonymise or revisions != "refuse"):
        raise click.UsageError("These options say what becomes of a copy; name it with -o.")
    if target is not None and len(files) > 1 and not target.is_dir():
        raise click.UsageError("-o names one file; for several, name a folder that is there.")
    from agreements import library

    if target is None:
        results = [library.handover(file) for file in files]
    else:
        results = [
            library.make_handover(
                file,
                target / file.with_suffix(".docx").name if target.is_dir() else target,
                revisions=revisions,
                authors=_sides(authors),
                allow=allow,
                remove=remove,
                anonymise=anonymise,
            )
            for file in files
        ]
    leaving = [each.output or each.file for each in results]  # the copy is what leaves, where one was made
    checks = [library.check_clearance(session.folder(), negotiation, file) for file in leaving if negotiation]
    if session.as_json:
        clearance = {"clearance": [each.as_json() for each in checks]} if negotiation else {}
        output.document({"files": [each.as_json() for each in results], **clearance})
    else:
        for number, each in enumerate(results):
            _tell(each, copied=target is not None, apart=number > 0)
            if negotiation:
                _tell_clearance(checks[number])
    is_told = any(each.output is None if target else each.found for each in results)
    ctx.exit(1 if is_told or any(each.found for each in checks) else 0)


def _tell_clearance(check: "ClearanceCheck") -> None:
    output.say(output.bold(f"clearance of {check.negotiation}"))
    for said in check.found or ["nothing"]:
        output.say(output.wrapped(said, "    ", "  found: "))
    _paragraph("not found", list(check.not_found))
    _paragraph("not examined", list(check.not_examined))


def _sides(authors: tuple[str, ...]) -> dict[str, str]:
    """Return the side of each author; a side without an author is that of all."""
    pairs = (text.rpartition("=")[::2] for text in authors)
    return {author.strip(): side.strip() for author, side in pairs}


def _tell(result: "Handover", *, copied: bool, apart: bool) -> None:
    if apart:
        output.say()
    output.say(output.bold(str(result.file)))
    asked = [each for each in result.found if each.kind.fate != "goes"]
    gone = [each for each in result.found if each.kind.fate == "goes"]
    for each in asked:
        _tell_kind(each)
    if gone:
        _paragraph(
            "left out" if result.output else "a copy leaves out", [_counted(each) for each in gone], first=not asked
        )
        for each in gone:
            _tell_placed(each)
    elif not asked:
        output.say("  found: nothing")
    absent = [kind.short for kind in result.kinds_not_found if kind.major]
    more = len(result.not_found) - len(absent)
    _paragraph("not found", [*absent, *([f"and {more} kinds more that --json names"] if more else [])])
    _paragraph("not examined", result.not_examined)
    if result.output:
        output.say(f"Written: {result.output}; words and numbers are those of {result.file.name}.")
    elif copied:
        waits = sum(len(each.open) for each in result.open)
        output.say(f"Nothing was written: {waits} {'thing waits' if waits == 1 else 'things wait'} for a decision.")


def _paragraph(head: str, parts: "list[str] | tuple[str, ...]", *, first: bool = False) -> None:
    if parts:
        lead = f"  found, {head}: " if first and head != "left out" else f"  {head}: "
        output.say(output.wrapped(", ".join(parts), "    ", lead))


def _counted(found: "Found") -> str:
    named = [item.what for item in found.items if not item.where]
    names = f": {', '.join(named[:3])}{', ...' if len(named) > len(named[:3]) else ''}" if named else ""
    return f"{found.kind.short or found.kind.what} ({found.count}{names})"


def _tell_placed(found: "Found") -> None:
    """Say of each thing that is left out, where it has a place of its own, what it is: a comment may be an answer."""
    placed = [item for item in found.items if item.where]
    for item in placed[:_MANY]:
        output.say(output.wrapped(f"{item.where}: {item.what}", "       ", f"    {item.number:>2} "))
    if (more := len(placed) - _MANY) > 0:
        output.say(f"       and {more} more {found.kind.short} (--json lists all)")


def _tell_kind(found: "Found") -> None:
    kind = found.kind
    output.say(output.wrapped(f"{kind.what} ({found.count})", "    ", f"  found, {kind.kind}: "))
    for item in found.items[:_MANY]:
        chosen = _CHOSEN.get((kind.kind, item.choice)) or _CHOSEN.get(("", item.choice), "")
        where = f"{item.where}: " if item.where else ""
        number = "" if kind.kind == "revisions" else item.number  # they are settled together
        output.say(output.wrapped(f"{where}{item.what}{chosen}", "       ", f"    {number:>2} "))
    if (more := len(found.items) - _MANY) > 0:
        output.say(f"       and {more} more (--json lists all)")
    if not found.open:
        return
    if kind.kind == "revisions":
        output.say(output.dim("       --revisions accept, reject or keep"))
    for verb in ("remove", "allow"):
        if does := getattr(kind, verb):
            output.say(output.dim(output.wrapped(f"{does}", "       ", f"       --{verb} {kind.kind}: ")))
