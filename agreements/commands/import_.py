"""`agreements import FILE...`: read files into the repository."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from agreements.commands import named, output

if TYPE_CHECKING:
    from agreements.library import ImportReport


@click.command("import")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--id", "agreement_id", metavar="ID", help="The id of the agreement (one file only; default: file name).")
@click.option("--family", help="The family; without it, from the title where that is certain.", **named.FAMILY)
@click.option("--replace", is_flag=True, help="Replace a different text held under the same id; the old one is kept.")
@click.option("--restore", is_flag=True, help="Let a text come back that was purged.")
@click.option("--jobs", type=click.IntRange(1), help="Processes to read with (default: one a core).")
@click.option("--findings", "table", type=click.Path(path_type=Path), help="Write all findings to this CSV file.")
@click.option("--password", "ask", is_flag=True, help="Ask for the password of protected PDF files; it is not kept.")
@click.pass_context
def command(
    ctx: click.Context,
    /,
    files: tuple[str, ...],
    agreement_id: str | None,
    table: Path | None,
    *,
    ask: bool,
    **options: Any,
) -> None:
    """Read files into the repository: text, Word, PDF, HTML, OpenDocument, RTF, e-mails, archives, JSON Lines.

    Folders and globs too. The same file again changes nothing; one bad file stops nothing. An import that was
    stopped goes on where it was when it is run again.
    """
    from agreements import library
    from agreements.commands.progress import ProgressLine

    session: output.Session = ctx.obj
    if ask:
        options["password"] = click.prompt("Password of the PDF files", hide_input=True, err=True)
    report = library.import_files(
        session.folder(), files, agreement_id=agreement_id, progress=ProgressLine(), tell=output.tell, **options
    )
    if table:
        report.write_findings(table)
    if session.as_json:
        output.document(report.as_json())
    else:
        _print(report)
    ctx.exit(0 if report.is_settled else 1)


def _print(report: "ImportReport") -> None:
    few = len(report.imported) <= 30
    for row in report.imported:
        if few or row.status in ("conflict", "refused", "filled"):
            output.say(f"{row.status:<10} {output.bold(row.id)}  {row.file}")
        output.findings(row.findings, least="info" if few and row.status != "unchanged" else "warning")
    for failure in report.failed:
        output.tell(click.style("not read: ", fg="red") + f"{failure.file}: {failure.error}")
    output.say(report.summary())
