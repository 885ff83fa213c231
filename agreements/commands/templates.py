"""`agreements templates ...`: what a department does with clause templates of its own."""

from pathlib import Path

import click

from agreements.commands import output


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
        output.say(f"{len(found)} findings." if found else "Nothing to remark.")
    ctx.exit(1 if any(finding.severity == "error" for finding in found) else 0)


@command.command("list")
@click.argument("family", required=False)
@click.pass_obj
def list_(session: output.Session, family: str | None) -> None:
    """List the clauses of FAMILY, or of all families, with their variants and what sets each apart."""
    from agreements import library

    rows = library.clause_variants(family)
    if session.as_json:
        output.document({"variants": [row.as_json() for row in rows]})
        return
    output.table(
        [(r.family, r.clause, r.variant, f"{r.label}. {r.effect}") for r in rows], ("family", "clause", "variant", "")
    )
    topics = {topic for row in rows for topic in row.core_topics}
    output.say(
        f"{len(rows)} variants of {len({(r.family, r.clause) for r in rows})} clauses; {len(topics)} core topics."
    )
