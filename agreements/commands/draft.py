"""`agreements draft ...`: from a parameter file to a Word file."""

from pathlib import Path
from typing import Any, Literal

import click

from agreements.commands import explained, interview, named, output


@click.group("draft")
@click.option(
    "--templates",
    type=click.Path(exists=True, file_okay=False),
    help="A folder of your own templates, laid over the shipped ones (default: $AGREEMENTS_TEMPLATES).",
)
def command(templates: str | None) -> None:
    """Assemble a new draft from clause templates and write it to Word.

    `agreements draft new FAMILY -o my.yaml` asks for what is needed; or `agreements draft params FAMILY > my.yaml`
    gives a file to fill in. Then `agreements draft assemble my.yaml -o draft.docx`.
    """
    if templates:
        from agreements import library

        library.use_templates(templates)


command.add_command(interview.command)


@command.command("params")
@click.argument("family")
@click.option("--form", default="", help="agreement, exchange-of-notes ... (default: the family's first).")
@click.option("--schema", is_flag=True, help="Print the JSON Schema instead of a file to fill in.")
@click.pass_obj
def params(session: output.Session, family: str, form: str, *, schema: bool) -> None:
    """Print a commented parameter file for FAMILY (sofa, dca, acsa, transit ...), to be filled in."""
    from agreements import library

    if schema or session.as_json:
        output.document(library.parameter_schema(family))
    else:
        output.say(library.parameter_file(family, form).rstrip())


@command.command("assemble")
@click.argument("parameters", type=click.Path(path_type=Path), metavar="PARAMS.yaml")
@click.option(
    "-o",
    "--output",
    "target",
    type=click.Path(path_type=Path),
    required=True,
    help="The Word file; or a folder, for both originals of what is signed.",
)
@click.option(
    "--original",
    type=click.Choice(["us", "partner", "both"]),
    help="Whose original: names and signatures of its keeper come first (default: ours; both where -o is a folder).",
)
@click.option("--both", "original", flag_value="both", help="The same as --original both.")
@click.option("--paper", type=click.Choice(["letter", "a4"]), default="letter", show_default=True)
@click.option(
    "--signing", is_flag=True, help="The copy for signature: no marking, no draft line, nothing that renumbers."
)
@click.option("--working", is_flag=True, help="Also a working copy with our notes on each clause, for us alone.")
@click.option(
    "--notes",
    type=click.Choice(["comments", "footnotes"]),
    default="comments",
    show_default=True,
    help="How the working copy shows them.",
)
@click.option(
    "--layout",
    type=click.Choice(["plain", "negotiating"]),
    default="plain",
    show_default=True,
    help="negotiating: numbered lines, a wide margin, open spacing.",
)
@click.option(
    "--contents",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="A table of contents; auto: where the draft is long.",
)
@click.option("--bilingual", is_flag=True, help="Two columns: the draft, and its second language or room for it.")
@click.option("--partner-text", type=click.Path(path_type=Path), help="A file with the text for the second column.")
@click.pass_context
def assemble(
    ctx: click.Context,
    /,
    parameters: Path,
    target: Path,
    original: Literal["us", "partner", "both"] | None,
    **copies: Any,
) -> None:
    """Assemble PARAMS.yaml and write the draft to Word; all problems are said at once."""
    from agreements import library

    session: output.Session = ctx.obj
    report = library.assemble_file(
        parameters,
        target,
        original=original,
        copies=library.CopyOptions(**copies),
        repository=session.folder,
    )
    if session.as_json:
        output.document(report.as_json())
    else:
        output.findings(report.findings)
        for file in report.files:
            output.say(f"Written: {file}")
        if report.provenance:
            output.say(f"For us: {report.provenance} (what each provision is made of)")
        if not report.files:
            output.tell("Nothing was written; correct the file and try again.")
    ctx.exit(0 if report.files else 1)


@command.command("check")
@click.argument("subject", metavar="FILE|ID")
@click.option("--family", default="", help="The family of a text that does not say it ({names}).", **named.FAMILY)
@click.option(
    "--precedents", is_flag=True, help="Also say what the five nearest of the repository have and this lacks."
)
@click.pass_context
def check(ctx: click.Context, /, subject: str, family: str, *, precedents: bool) -> None:
    """Check a draft (its parameter file), a Word, PDF or text file, or an agreement of the repository by its id.

    Says everything that a person should look at: the gravest first, each with its place and what to do.
    """
    from agreements import library

    session: output.Session = ctx.obj
    found = library.check_draft(subject, family=family, repository=session.folder, precedents=precedents)
    if session.as_json:
        output.document({"findings": output.rows_of(found)})
    else:
        output.findings(found)
        output.say(f"{len(found)} finding{'s' if len(found) > 1 else ''}." if found else "Nothing to remark.")
    ctx.exit(1 if any(finding.severity == "error" for finding in found) else 0)


@command.command("explain")
@click.argument("draft", type=click.Path(path_type=Path), metavar="DRAFT")
@click.argument("file", type=click.Path(path_type=Path), required=False, metavar="[FILE]")
@click.option("--from", "source", type=click.Path(path_type=Path), help="Its parameters, or its file of provenance.")
@click.pass_obj
def explain(session: output.Session, draft: Path, file: Path | None, source: Path | None) -> None:
    """Say where each provision of a draft comes from: clause, variant, parameters, precedents.

    DRAFT is a Word file, as we sent it or as it came back: its provisions are matched by the hidden marks in it, and
    those that read otherwise now are marked. DRAFT can be a parameter file too, with FILE (Word, PDF, text) to compare.
    """
    from agreements import library

    rows = library.explain(source, draft) if source else library.explain(draft, file)
    if session.as_json:
        output.document({"provisions": [row.as_json() for row in rows]})
        return
    explained.show(rows)
