"""`agreements doctor`: the health of the repository, most urgent first."""

from itertools import groupby
from typing import TYPE_CHECKING

import click

from agreements.commands import output

if TYPE_CHECKING:
    from agreements.intake.health import Concern, Health

_COLOURS = {"error": "red", "warning": "yellow", "info": "cyan"}


@click.command("doctor")
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option("--limit", type=click.IntRange(1), default=30, show_default=True, help="Lines to print; JSON has all.")
@click.option("--info", "with_info", is_flag=True, help="Also what is only worth knowing.")
@click.option("--data", "of_data", is_flag=True, help="Instead: the data files, templates and added packages.")
@click.option("--repair", is_flag=True, help="First mend what can be mended without loss, and say what was.")
@click.pass_context
def command(
    ctx: click.Context, ids: tuple[str, ...], limit: int, *, with_info: bool, of_data: bool, repair: bool
) -> None:
    """Look over the repository, or the agreements named: what is damaged, doubtful or missing, most urgent first.

    Changes nothing without --repair. Exit status 1 when there is an error.
    """
    from agreements import library
    from agreements.commands.progress import ProgressLine

    session: output.Session = ctx.obj
    if of_data:
        ctx.exit(_data(session))
    session.watched = repair  # what was mended says it
    health = library.doctor(session.folder(), ids, repair=repair, progress=ProgressLine())
    if session.as_json:
        output.document(health.as_json())
    else:
        _print(health, limit, with_info=with_info)
    ctx.exit(0 if health.is_well else 1)


def _data(session: output.Session) -> int:
    """Say what is wrong with data files; returns the exit status."""
    from agreements import library

    found = library.check_data()
    if session.as_json:
        output.document({"findings": output.rows_of(found)})
    else:
        output.findings(found)
        output.say(f"{len(found)} finding{'s' if len(found) > 1 else ''}." if found else "Nothing to remark.")
    return 1 if any(finding.severity == "error" for finding in found) else 0


def _print(health: "Health", limit: int, *, with_info: bool) -> None:
    for line in health.mended or ():
        output.say(output.wrapped(f"mended   {line}", ""))
    shown = [c for c in health.concerns if with_info or c.finding.severity != "info"]
    lines = [(key, list(group)) for key, group in groupby(shown, lambda c: (c.agreement, c.finding.code))]
    for _, concerns in lines[:limit]:
        _print_line(concerns)
    if len(lines) > limit:
        output.say(f"... and {len(lines) - limit} more; --limit {len(lines)} shows all.")
    for severity, counts in health.counts().items():
        if counts:
            listed = ", ".join(f"{code} {count}" for code, count in counts.items())
            output.say(output.wrapped(listed, " " * 10, f"{severity:<9} "))
    looked = f"{health.looked_at} agreements looked at, {health.with_text} with their text"
    output.say(f"{looked}: {'no errors' if health.is_well else 'there are errors'}.")


def _print_line(concerns: "list[Concern]") -> None:
    """Print the first of like concerns about one agreement, and how many more there are."""
    concern = concerns[0]
    severity = click.style(f"{concern.finding.severity:<8}", fg=_COLOURS[concern.finding.severity])
    output.say(f"{severity} {output.bold(concern.agreement or 'repository')}  {concern.finding.where}")
    more = f" (and {len(concerns) - 1} more like it)" if len(concerns) > 1 else ""
    words = " ".join(x for x in (concern.finding.message + more, concern.finding.fix) if x)
    output.say(output.wrapped(words, " " * 9))
