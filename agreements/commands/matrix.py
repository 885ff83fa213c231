"""`agreements matrix`: core topics by agreements."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from agreements.commands import named, output

if TYPE_CHECKING:
    from agreements.survey.coverage import CoverageCell, Matrix

_LABEL, _COLUMN = 36, 8  # columns of the terminal
_SIGNS = {"not-found": "·", "not-in-text": "×", "by-reference": "→", "not-read": "?"}
_OPEN = "○"


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
    """Show which agreement carries which core topic: the provision, or → the provision of another that it applies.

    · says that the program did not find it, ○ that a clause names it and settles nothing of it, × that a person read
    that it is not in this text, ? that the program reads no clauses in its language: the words, and who read what when,
    stand below the table.

    Only agreements whose text is held; those named by ID, or all that the options leave.
    """
    from agreements import library

    found = library.matrix(session.surveyed(), ids=ids, tell=output.tell, **options)
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
        lines = [
            f"{number:>3} {output.bold(facts.id)}  {min(facts.signed, default='undated')}" for number, facts in band
        ]
        lines.append(output.dim(" " * _LABEL + "".join(f"{number:<{_COLUMN}}" for number, _ in band)))
        rows = [found.cells[facts.id] for _, facts in band]
        for topic in found.topics:
            cells = "".join(f"{_shown(row[topic]):<{_COLUMN}}" for row in rows)
            lines.append(f"{topic[: _LABEL - 2]:<{_LABEL}}{cells}".rstrip())
        notes = dict.fromkeys(_notes(found, [facts.id for _, facts in band]))
        output.say("\n".join([*lines, "", *(output.wrapped(note, "  ", "") for note in notes)]))
    if not columns:
        output.say("No agreement here has its text held and fits.")


def _notes(found: "Matrix", agreements: Sequence[str]) -> Iterator[str]:
    """Yield what the signs cannot say: by which way a topic comes, and who read that it is not there."""
    from agreements.topics import NOT_FOUND

    yield f"{_SIGNS['not-found']} {NOT_FOUND}"
    for agreement in agreements:
        if said := found.not_read(agreement):
            yield f"{_SIGNS['not-read']} {agreement}: {said}"
        for topic, cell in found.cells[agreement].items():
            if cell.by_route:
                yield f"{_SIGNS['by-reference']} {agreement} {cell.via}"
            elif cell.state == "not-in-text" or (cell.state == "not-found" and cell.said not in ("", NOT_FOUND)):
                yield f"{_OPEN if cell.is_left_open else _SIGNS[cell.state]} {agreement}, {topic}: {cell.said}"


def _shown(cell: "CoverageCell") -> str:
    if cell.is_left_open:
        return f"{_OPEN}{cell.path}"[: _COLUMN - 1]
    if not cell.is_carried:
        return _SIGNS[cell.state]
    path = cell.path if len(cell.path) < _COLUMN - 1 else cell.path[: _COLUMN - 3] + "…"
    return path if cell.state == "carried" else f"{_SIGNS['by-reference']}{path}"[: _COLUMN - 1]
