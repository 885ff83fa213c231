"""`agreements import FILE...`: read files into the repository."""

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from agreements.commands import output

if TYPE_CHECKING:
    from agreements.library import ImportReport

_WORTH_TELLING = 3  # files
_BLINK, _SELDOM = 0.1, 15.0  # seconds between two lines of progress, on a terminal and elsewhere


@click.command("import")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--id", "agreement_id", metavar="ID", help="The id of the agreement (one file only; default: file name).")
@click.option("--family", help="The family; without it, from the title where that is certain.")
@click.option("--replace", is_flag=True, help="Replace a different text held under the same id; the old one is kept.")
@click.option("--restore", is_flag=True, help="Let a text come back that was purged.")
@click.option("--jobs", type=click.IntRange(1), help="Processes to read with (default: one a core).")
@click.option("--findings", "table", type=click.Path(path_type=Path), help="Write all findings to this CSV file.")
@click.pass_context
def command(
    ctx: click.Context, /, files: tuple[str, ...], agreement_id: str | None, table: Path | None, **options: Any
) -> None:
    """Read files into the repository: text, Markdown, HTML, Word, PDF, JSON Lines (.jsonl, .jsonl.gz).

    Folders and globs too. The same file again changes nothing; one bad file stops nothing. An import that was
    stopped goes on where it was when it is run again.
    """
    from agreements import library

    session: output.Session = ctx.obj
    report = library.import_files(
        session.folder(), files, agreement_id=agreement_id, progress=_Progress(), tell=output.tell, **options
    )
    if table:
        report.write_findings(table)
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
    """Says on standard error how far the import is: one line that changes on a terminal, a few lines elsewhere."""

    def __init__(self) -> None:
        self._began = self._shown = time.monotonic()
        self._live = sys.stderr.isatty()

    def __call__(self, done: int, total: int, name: str) -> None:
        now = time.monotonic()
        last = done == total
        if total < _WORTH_TELLING or (now - self._shown < (_BLINK if self._live else _SELDOM) and not last):
            return
        self._shown = now
        spent = now - self._began
        left = "" if last else f", {_duration(spent / done * (total - done))} left"
        line = f"{done} of {total} in {_duration(spent)}{left}  {Path(name).name}"
        if self._live:
            room = output.width() - 1
            click.echo("\r" + line[:room].ljust(room) + ("\n" if last else ""), nl=False, err=True)
        elif now - self._began > _SELDOM:
            output.tell(line)


def _duration(seconds: float) -> str:
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    minutes, rest = divmod(whole, 60)
    return f"{minutes} min {rest} s" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"
