"""`agreements import FILE...`: read files into the repository."""

import sys
import time
from typing import TYPE_CHECKING, Any

import click

from agreements.commands import output

if TYPE_CHECKING:
    from agreements.library import ImportReport


@click.command("import")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--id", "agreement_id", metavar="ID", help="The id of the agreement (one file only; default: file name).")
@click.option("--family", help="The family; without it, from the title where that is certain.")
@click.option("--replace", is_flag=True, help="Replace a different text held under the same id; the old one is kept.")
@click.option("--restore", is_flag=True, help="Let a text come back that was purged.")
@click.option("--jobs", type=click.IntRange(1), help="Processes to read with (default: one a core).")
@click.pass_context
def command(ctx: click.Context, /, files: tuple[str, ...], agreement_id: str | None, **options: Any) -> None:
    """Read files into the repository: text, Markdown, HTML, Word, PDF, JSON Lines (.jsonl, .jsonl.gz).

    Folders and globs too. The same file again changes nothing; one bad file stops nothing.
    """
    from agreements import library

    session: output.Session = ctx.obj
    report = library.import_files(
        session.folder(), files, agreement_id=agreement_id, progress=_Progress(), tell=output.tell, **options
    )
    if session.as_json:
        output.document(report.as_json())
    else:
        _print(report)
    ctx.exit(1 if report.failed or any(row.status in ("conflict", "refused") for row in report.imported) else 0)


def _print(report: "ImportReport") -> None:
    few = len(report.imported) <= 30
    for row in report.imported:
        if few or row.status in ("conflict", "refused", "filled"):
            output.say(f"{row.status:<10} {output.bold(row.id)}  {row.file}")
        output.findings(row.findings, least="info" if few and row.status != "unchanged" else "warning")
    for failure in report.failed:
        output.tell(click.style("not read: ", fg="red") + f"{failure.file}: {failure.error}")
    output.say(report.summary())


class _Progress:
    """A line on standard error that says how far the import is, on a terminal only."""

    def __init__(self) -> None:
        self._shown = 0.0
        self._began = time.monotonic()
        self._live = sys.stderr.isatty()

    def __call__(self, done: int, total: int, name: str) -> None:
        now = time.monotonic()
        if not self._live or total < 3 or (now - self._shown < 0.1 and done < total):
            return
        self._shown = now
        left = (now - self._began) / max(done, 1) * (total - done)
        line = f"{done} of {total}, {left:.0f} s left  {name}"[: output.width() - 1]
        click.echo("\r" + line.ljust(output.width() - 1) + ("\n" if done == total else ""), nl=False, err=True)
