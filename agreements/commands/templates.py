"""`agreements templates ...`: what a department does with clause templates of its own."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from agreements.commands import named, output

if TYPE_CHECKING:
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
    return " ".join(x for x in (f"{row.label}. {row.effect}", differs, seen) if x)


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
