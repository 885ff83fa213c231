"""`agreements templates ...`: what a department does with clause templates of its own."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from agreements.commands import named, output

if TYPE_CHECKING:
    from agreements.comparing.harvest import Harvest
    from agreements.drafting.variants import VariantRow


@click.group("templates")
def command() -> None:
    """Check clause templates, those that ship and a department's own.

    A folder named in $AGREEMENTS_TEMPLATES is laid over the shipped templates, clause by clause.
    """


@command.command("lint")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), required=False, metavar="[DIR]")
@click.pass_context
def lint(ctx: click.Context, folder: Path | None) -> None:
    """Check every clause file of DIR and assemble every family with every choice.

    Without DIR it checks the folder in $AGREEMENTS_TEMPLATES, or the shipped templates where none is named.
    """
    from agreements import library

    session: output.Session = ctx.obj
    found = library.lint_templates(folder)
    if session.as_json:
        output.document({"findings": output.rows_of(found)})
    else:
        output.findings(found)
        output.say(f"{len(found)} finding{'s' if len(found) > 1 else ''}." if found else "Nothing to remark.")
    ctx.exit(1 if any(finding.severity == "error" for finding in found) else 0)


@command.command("list")
@click.argument("family", required=False)
@click.pass_obj
def list_(session: output.Session, family: str | None) -> None:
    """List the clauses of FAMILY, or of all families, with their variants and what sets each apart.

    With --json also when to use each, drafting notes, requirements and precedents.
    """
    from agreements import library

    rows = library.clause_variants(family)
    if session.as_json:
        output.document({"variants": [row.as_json() for row in rows]})
        return
    for row in rows:
        output.say(f"{output.bold(f'{row.family}/{row.clause}/{row.variant}')} {row.code}".rstrip())
        output.say(output.wrapped(_said(row), "    "))
    topics = {topic for row in rows for topic in row.core_topics}
    output.say(
        f"{len(rows)} variants of {len({(r.family, r.clause) for r in rows})} clauses; {len(topics)} core topics."
    )


def _said(row: "VariantRow") -> str:
    differs = " ".join(row.differs.values())
    seen = f"Seen in {', '.join(row.precedents)}." if row.precedents else ""
    return " ".join(x for x in (f"{row.label}. {row.effect}", differs, seen, row.taken_from) if x)


@command.command("from")
@click.argument("reference", metavar="REF")
@click.option("--family", required=True, help="The family whose clause it is ({names}).", **named.FAMILY)
@click.option("--clause", required=True, help="The clause; `agreements templates list FAMILY` names them.")
@click.option("--variant", required=True, help="The name of the new variant: small letters, digits and _.")
@click.option("-o", "--output", "folder", required=True, type=click.Path(path_type=Path), help="Your template folder.")
@click.option("--sending", default="", metavar="PARTY", help="The party in the part of the sending State.")
@click.pass_obj
def from_(session: output.Session, /, reference: str, folder: Path, **named: str) -> None:
    """Begin a variant from the precedent REF: parties, periods, shares and dates become parameters.

    The file is marked as unfinished until a person has written it in words of their own; lint says so.
    """
    from agreements import library

    made = library.start_variant(session.folder(), reference, folder, **named)
    if session.as_json:
        output.document(made.as_json())
        return
    output.say(f"From {made.citation}")
    output.table([(row.words, row.by) for row in made.replaced], ("words", "now"))
    for file in made.files:
        output.say(f"Written: {file}")
    for line in made.to_do:
        output.say(output.wrapped(line, "  ", "- "))
    output.say(f"Then: agreements templates lint {folder}")


@command.command("harvest")
@click.option("--topic", required=True, help="The topic, or a kind of variant such as claims.", **named.TOPIC)
@click.option(
    "--family", "families", multiple=True, help="Only this family ({names}); may be repeated.", **named.FAMILY
)
@click.option("--party", "parties", multiple=True, help="Only with this party (code or name); repeated: with all.")
@click.option("--clause", default="", help="The clause that the proposals are for (default: that of the topic).")
@click.option("--sending", default="", metavar="PARTY", help="The sending State, where the United States is no party.")
@click.option("--limit", default=12, show_default=True, type=click.IntRange(1, 500), help="At most so many wordings.")
@click.option("--into", type=click.Path(path_type=Path), help="Your template folder: writes the proposals there.")
@click.pass_obj
def harvest(session: output.Session, /, topic: str, into: Path | None, **options: Any) -> None:
    """Gather the wordings on a topic of the agreements that you hold, each as a variant to take or to leave.

    Only English texts of concluded agreements are read: no drafts and no specimens. Nothing is in a draft until you
    take it (`agreements templates take`); to leave one, delete its file.
    """
    from agreements import library

    found = library.harvest_templates(session.surveyed(), topic, tell=output.tell, **options)
    written = library.write_proposals(found, into) if into else None
    if session.as_json:
        files = (
            {"written": [str(f) for f in written.written], "kept": [str(f) for f in written.kept]} if written else {}
        )
        output.document(found.as_json() | files)
        return
    _print_harvest(found)
    if written is None:
        output.say("Nothing was written. To have the proposals as files: --into YOUR-TEMPLATE-FOLDER")
        return
    output.say(f"Written: {len(written.written)} proposals in {into}{'' if not written.kept else ';'}")
    for file in written.kept:
        output.say(f"  left as it is, for a person changed it: {file}")
    output.say(
        "To take one:  agreements templates take FAMILY/CLAUSE/NAME --into FOLDER.  To leave one: delete its file."
    )


def _print_harvest(found: "Harvest") -> None:
    for row in found.wordings:
        front = row.proposal.front
        many = f"{len(row.texts)} agreements" if len(row.texts) > 1 else "1 agreement"
        output.say(f"{output.bold(row.proposal.id)}  ({many})")
        output.say(output.wrapped(front["effect"], "    "))
        if row.words:
            output.say(output.wrapped(f"Rests on: “{' '.join(row.words.split())}”", "    "))
        for said in front["differs"].values():
            output.say(output.wrapped(said, "    "))
        for text in row.texts:
            said = "its words" if text is row.texts[0] else "; ".join(text.differs) or "the same words"
            output.say(
                output.wrapped(f"{text.ref} ({text.signed or 'undated'}; status {text.status}): {said}", "    ", "- ")
            )
        output.say(output.wrapped(f"To do: {front['unfinished']}", "    "))
    output.say(
        f"{len(found.wordings)} wordings{f' (and {found.left_out} more: --limit)' if found.left_out else ''} "
        f"on {found.topic}, of {len(found.read)} agreements read. None of them was written by us."
    )
    if found.silent:
        output.say(output.wrapped(f"No clause was found by the program in: {', '.join(found.silent)}.", "  "))
    if found.unplaced:
        told = "No proposal of these, whose family has no templates or no clause on the topic (--clause names one)"
        output.say(output.wrapped(f"{told}: {', '.join(found.unplaced)}.", "  "))
    if found.other_languages:
        output.say(f"  Not read: {found.other_languages} clauses in other languages than English.")


@command.command("take")
@click.argument("proposal", metavar="FAMILY/CLAUSE/NAME")
@click.option("--into", required=True, type=click.Path(path_type=Path), help="Your template folder, with the proposal.")
@click.pass_obj
def take(session: output.Session, proposal: str, into: Path) -> None:
    """Make a proposal of `templates harvest` a variant of its clause, for drafts with your template folder."""
    from agreements import library

    taken = library.take_proposal(into, proposal)
    if session.as_json:
        output.document(taken.as_json())
        return
    for file in taken.files:
        output.say(f"Written: {file}")
    output.say(output.wrapped(f"To do: {taken.to_do}", "  "))
    output.say(f"To draft with it, in the parameter file:  {taken.asked_by}")
    output.say(f"Then: agreements draft --templates {into} assemble FILE -o draft.docx")
