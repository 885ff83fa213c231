"""`agreements negotiation clear`: who was asked about which text, and the drafts of offices as one text and matrix."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from agreements.commands import output
from agreements.ooxml.package import opening_once

if TYPE_CHECKING:
    from collections.abc import Mapping

    from agreements.clearing.dispositions import Disposed
    from agreements.clearing.merging import MatrixRow, OfficeDrafts
    from agreements.findings import Finding
    from agreements.negotiation.clearance import OfficeClearance


@click.command("clear")
@click.argument("negotiation", metavar="ID")
@click.argument("drafts", nargs=-1, metavar="[OFFICE=FILE]...")
@click.option("--ask", "offices", multiple=True, metavar="OFFICE", help="Note that it was asked; may be repeated.")
@click.option("--draft", type=click.Path(path_type=Path), help="With --ask: keep this draft and ask about it.")
@click.option("--text", type=int, metavar="N", help="With --ask: about which text (default: our last).")
@click.option("--due", metavar="DATE", help="With --ask: the day by which offices answer.")
@click.option("--note", metavar="TEXT", help="With --ask: a note.")
@click.option("--date", metavar="DATE", default="", help="When it was sent or came back (default: today).")
@click.option("-o", "--output", "target", type=click.Path(path_type=Path), help="The Word file with all edits tracked.")
@click.option("--clean", type=click.Path(path_type=Path), help="With -o: a copy without tracked changes too.")
@click.option("--matrix", type=click.Path(path_type=Path), help="The matrix: .docx, .xlsx, .csv or .html.")
@click.option("--decisions", "empty", type=click.Path(path_type=Path), help="Write a file of dispositions to fill in.")
@click.option("--apply", "filled", type=click.Path(path_type=Path), help="Make what this file of dispositions says.")
@click.option("--author", metavar="NAME", default="Clearance", help="With -o: who signs comments on what meets.")
@click.option("--anyway", is_flag=True, help="With -o: write a text that is not proven to hold every edit.")
@click.pass_context
@opening_once()
def clear(ctx: click.Context, /, negotiation: str, drafts: tuple[str, ...], **options: Any) -> None:
    """Ask offices to clear a text, and merge what they return into one text and one matrix.

    With --ask, note who was asked. With OFFICE=FILE, keep what an office returned (a Word file, its changes tracked or
    not, or an e-mail with one) and merge it with what the others did: every edit once, with its offices; edits that
    meet stand side by side, and none of them is made. With neither, say where each office stands: one that is silent
    has not cleared. `negotiation approve ID OFFICE` records that an office cleared the text.

    Exit status 1: asked where offices stand, one has not cleared; merging, words are in no row of the matrix.
    """
    session: output.Session = ctx.obj
    _check(drafts, options)
    if options["offices"]:
        _ask(session, negotiation, options)
    elif drafts or any(options[name] for name in ("target", "matrix", "empty", "filled")):
        ctx.exit(_merge(session, negotiation, drafts, options))
    else:
        ctx.exit(_stand(session, negotiation))


def _check(drafts: tuple[str, ...], options: "Mapping[str, Any]") -> None:
    if options["offices"] and drafts:
        raise click.UsageError("Ask offices, or merge what they returned: not both at once.")
    if not options["offices"] and any(options[name] for name in ("text", "due", "note", "draft")):
        raise click.UsageError("--draft, --text, --due and --note belong to --ask OFFICE.")
    if options["draft"] and options["text"]:
        raise click.UsageError("--draft is a new text and --text one that is kept: give one of them.")
    if wrong := next((each for each in drafts if not each.partition("=")[2]), ""):
        raise click.UsageError(f"{wrong!r} does not say whose it is: write OFFICE=FILE.")
    if options["filled"] and options["empty"]:
        raise click.UsageError("Write dispositions or apply them: --decisions and --apply do not go together.")
    _check_paths(drafts, options)
    if options["clean"] and not options["target"]:
        raise click.UsageError("A clean copy stands beside the merged text: give -o merged.docx too.")


def _check_paths(drafts: tuple[str, ...], options: "Mapping[str, Any]") -> None:
    """Refuse to write two things to one file, or over one that is read."""
    out = [options[name].resolve() for name in ("target", "clean", "matrix", "empty") if options[name]]
    read = [Path(each.partition("=")[2]).resolve() for each in drafts]
    read += [options["filled"].resolve()] if options["filled"] else []
    if len(set(out)) < len(out):
        raise click.UsageError("Give each file that is to be written a name of its own.")
    if over := next((path for path in out if path in read), None):
        raise click.UsageError(f"{over.name} is read here and would be written over: give the output another name.")
    offices = [each.partition("=")[0].strip().casefold() for each in drafts]
    if twice := next((office for office in offices if offices.count(office) > 1), ""):
        raise click.UsageError(f"Two files are of one office ({twice}): name the one that counts.")
    _check_suffixes(options)
    wrong = next((office for office in options["offices"] if not office.strip() or "=" in office), None)
    if wrong is not None:
        raise click.UsageError(f"{wrong!r} is no name of an office: some words without `=`.")


def _check_suffixes(options: "Mapping[str, Any]") -> None:
    """Refuse names of files that could not be written, before anything is kept."""
    from agreements.export import tables

    for name, known in (("target", [".docx"]), ("clean", [".docx"]), ("matrix", [".docx", *tables.WRITERS])):
        if options[name] and options[name].suffix.lower() not in known:
            raise click.UsageError(f"{options[name].name} is no name for it: let it end in {' or '.join(known)}.")


def _ask(session: output.Session, negotiation: str, options: "Mapping[str, Any]") -> None:
    from agreements import library

    findings: tuple[Finding, ...] = ()
    number = options["text"]
    if options["draft"]:
        kept = library.keep_text(session.folder(), negotiation, options["draft"], "draft", {"date": options["date"]})
        number, findings = kept.text.number, kept.findings
    facts = {"text": number, "due": options["due"], "note": options["note"], "sent": options["date"]}
    made = library.ask_clearance(session.folder(), negotiation, options["offices"], facts)
    if session.as_json:
        output.document(made.model_dump(mode="json", exclude_defaults=True))
    else:
        due = f", answers due {made.due}" if made.due else ""
        asked = ", ".join(made.offices)
        output.say(output.wrapped(f"Clearance {made.number} of text {made.text}, sent {made.sent}{due}: {asked}."))
        output.findings(findings, least="warning")


def _stand(session: output.Session, negotiation: str) -> int:
    from agreements import library

    found = library.office_clearances(session.folder(), negotiation)
    if session.as_json:
        output.document([each.as_json() for each in found])
    elif not found:
        output.say(f"No office was asked. `agreements negotiation clear {negotiation} --ask OFFICE` notes one.")
    for each in () if session.as_json else found:
        output.say(output.wrapped(each.said, "    ", f"{each.office}: "))
    if found and not session.as_json:
        _tell_not_asked(session, negotiation, found)
    return int(not found or any(_is_open(each) for each in found))


def _is_open(each: "OfficeClearance") -> bool:
    return each.state not in ("cleared", "cleared-with-condition") or bool(each.doubts)


def _tell_not_asked(session: output.Session, negotiation: str, asked: "tuple[OfficeClearance, ...]") -> None:
    """Print that another file went over the table than was cleared, and what is recorded of offices nobody asked.

    The name of such an office may be another's, written otherwise.
    """
    from agreements import library
    from agreements.negotiation.clearance import not_as_cleared, not_asked

    held = library.negotiations_in(session.folder()).get(negotiation)
    for said in not_as_cleared(held, asked):
        output.say(output.wrapped(f"{said}."))
    for each in held.last_approvals:
        if not each.about and not_asked(held, each.office):
            said = f"{each.state.replace('-', ' ')}{f' on {each.date}' if each.date else ''}"
            of = f", text {each.text}" if each.text else ""
            output.say(output.wrapped(f"{said}{of}; no office of this name was asked", "    ", f"{each.office}: "))


def _merge(session: output.Session, negotiation: str, drafts: tuple[str, ...], options: "Mapping[str, Any]") -> int:
    from agreements import library

    pairs = [(office.strip(), Path(file)) for office, _, file in (each.partition("=") for each in drafts)]
    found = library.merge_returned(session.folder(), negotiation, pairs, day=options["date"])
    disposed = library.read_dispositions(found, options["filled"]) if options["filled"] else None
    made = None
    if options["target"]:
        made = library.write_merged(
            found,
            options["target"],
            disposed=disposed,
            day=options["date"],
            clerk=options["author"],
            clean=options["clean"],
            anyway=options["anyway"],
        )
    if options["matrix"]:
        library.write_matrix(found, options["matrix"], disposed=disposed, day=options["date"])
    if options["empty"]:
        found.files.append(library.write_dispositions(found, options["empty"]))
    found.findings = (*found.findings, *(made.findings if made else ()))
    if session.as_json:
        output.document(found.as_json())
    else:
        _tell(found, disposed, text=bool(options["target"]), clean=bool(options["clean"]))
    return int(bool(found.unaccounted))


def _tell(found: "OfficeDrafts", disposed: "Disposed | None", *, text: bool, clean: bool) -> None:
    for row in found.rows:
        _tell_row(row, disposed.of(row).do if disposed else "")
    edits = _counted(sum(row.is_edit for row in found.rows), "edit")
    comments = _counted(sum(row.kind == "comment" for row in found.rows), "comment")
    meeting = f", {len(found.meeting)} of them meet" if found.meeting else ""
    output.say(f"{', '.join(found.offices)}: {edits}{meeting}; {comments}.")
    for office, said in found.unaccounted:
        output.say(output.wrapped(f"{office} changed words that no row accounts for: {said}.", "    ", "UNEXPLAINED "))
    edited = {office for row in found.rows for office in row.offices}
    for office in (each for each in found.offices if each not in edited):
        output.say(f"No changed words and no comment were found in what {office} returned.")
    if found.silent:
        output.say(output.wrapped(f"Nothing came back from {', '.join(found.silent)}: not cleared."))
    if text or disposed:
        _tell_open(found, disposed, clean=clean)
    for file in found.files:
        output.say(f"Written: {file}")
    output.findings(found.findings, least="warning")


def _tell_open(found: "OfficeDrafts", disposed: "Disposed | None", *, clean: bool) -> None:
    """Print what the text holds, or lacks, that nobody decided."""
    from agreements.clearing.dispositions import undecided

    own = disposed or undecided(found)
    edits = [row for row in found.rows if row.is_edit]
    copy = ", and in the clean copy as if it were accepted" if clean else ""
    for rows, said in (
        ([row for row in edits if own.waits(row)], f"undecided, made in the text as a tracked change{copy}"),
        ([row for row in edits if row.meets and not own.of(row).do], "undecided and not made, as one meets another"),
        ([row for row in edits if own.of(row).do == "discuss"], "still to be discussed, not made"),
    ):
        if rows:
            numbers = ", ".join(row.number for row in rows)
            output.say(output.wrapped(f"{_counted(len(rows), 'edit')} {said}: {numbers}.", "  "))


def _tell_row(row: "MatrixRow", done: str) -> None:
    signs = [f"meets {', '.join(row.meets)}"] if row.meets else []
    signs += [f"UNTRACKED by {', '.join(row.untracked)}"] if row.untracked else []
    signs += [f"as in {row.as_in}"] if row.as_in else []
    signs += [f"made alone, renumbers {row.renumbers}"] if row.renumbers else []
    signs += [f"the very words that {row.words_of} strikes"] if row.words_of else []
    signs += [row.left_out] if row.left_out else []
    signs += [done] if done else []
    head = f"{row.number:>3} {', '.join(row.offices)}, {row.place}: "
    tail = f" [{'; '.join(signs)}]" if signs else ""
    output.say(output.wrapped(f"{row_words(row)}{tail}", "      ", head))


def row_words(row: "MatrixRow") -> str:
    """Return what a row says on a line or two: the words that go and those that come."""
    before, after = (_short(words) for words in (row.before, row.after))
    kind = row.kind
    if kind == "changed" and not row.before.strip() and not row.lead.strip():
        return f"put in “{after}” before “{_short(row.tail)}”"
    if kind == "changed" and not row.before.strip():
        return f"put in “{after}” after “{_short(row.lead)}”"
    if kind == "changed" and row.after.strip():
        return f"“{after}” in the place of “{before}”"
    return {
        "added": f"put in “{after}”",
        "moved": f"move “{before}”",
        "comment": f"comments: {after}",
        "not merged": f"not merged: {after}",
    }.get(kind, f"strike “{before}”")


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= 120 else f"{line[:119]}…"
