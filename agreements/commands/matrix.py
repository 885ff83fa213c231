"""`agreements matrix`: core topics by agreements."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from agreements.commands import named, output

if TYPE_CHECKING:
    from agreements.survey.coverage import CoverageCell, Matrix

_LABEL, _COLUMN = 36, 8  # columns of the terminal
_SIGNS = {"missing": "·", "by-reference": "→"}


@click.command("matrix")
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option("--family", "families", multiple=True, help="Only this family; may be repeated.", **named.FAMILY)
@click.option("--party", "parties", multiple=True, help="Only with this party (code or name); repeated: with all.")
@click.option("--since", default="", metavar="DATE", help="Signed on or after (2000, 2000-05, 2000-05-31).")
@click.option("--until", default="", metavar="DATE", help="Signed on or before.")
@click.option("--specimens", is_flag=True, help="Also the specimens that ship.")
@click.option("-o", "--output", "target", type=click.Path(path_type=Path), help="Write a file: .csv, .html or .xlsx.")
@click.pass_obj
def command(session: output.Session, /, *, ids: tuple[str, ...], target: Path | None, **options: Any) -> None:
    """Show which agreement carries which core topic: the provision, → by reference, or · missing.

    Only agreements whose text is held; those named by ID, or all that the options leave.
    """
    from agreements import library

    found = library.matrix(session.folder(), ids=ids, tell=output.tell, **options)
    if target:
        from agreements.export.tables import write_table

        write_table(target, "Topics by agreement", *found.rows())
    if session.as_json:
        output.document(found.as_json() | ({"files": [str(target)]} if target else {}))
    elif target:
        output.say(f"{len(found.topics)} topics by {len(found.agreements)} agreements are in {target}.")
    else:
        _print(found)


def _print(found: "Matrix") -> None:
    room = max((output.width() - _LABEL) // _COLUMN, 1)
    columns = list(enumerate(found.agreements, 1))
    for start in range(0, len(columns), room):
        band = columns[start : start + room]
        for number, facts in band:
            output.say(f"{number:>3} {output.bold(facts.id)}  {min(facts.signed, default='undated')}")
        output.say(output.dim(" " * _LABEL + "".join(f"{number:<{_COLUMN}}" for number, _ in band)))
        for topic in found.topics:
            cells = "".join(f"{_shown(found.cells[f.id][topic]):<{_COLUMN}}" for _, f in band)
            output.say(f"{topic[: _LABEL - 2]:<{_LABEL}}{cells}".rstrip())
        output.say()
    if not columns:
        output.say("No agreement here has its text held and fits.")


def _shown(cell: "CoverageCell") -> str:
    if cell.state == "missing":
        return _SIGNS["missing"]
    path = cell.path if len(cell.path) < _COLUMN - 1 else cell.path[: _COLUMN - 3] + "…"
    return path if cell.state == "carried" else f"{_SIGNS['by-reference']}{path}"[: _COLUMN - 1]
