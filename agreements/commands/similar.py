"""`agreements similar REF`: the same provision in other agreements, and the words that differ."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from agreements.commands import named, output
from agreements.commands.compare import marked
from agreements.errors import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agreements.comparing.similar import Alike, Similar


@click.command("similar")
@click.argument("ref", required=False, default="")
@click.option("--text", "file", metavar="FILE", help="A text of one's own: a plain text file, or - for standard input.")
@click.option("--by", type=click.Choice(["paragraph", "article"]), help="What to compare with (default: its own size).")
@click.option("--family", multiple=True, help="Only this family ({names}); may be repeated.", **named.FAMILY)
@click.option("--party", multiple=True, help="Only with this party (code or name); repeated: with all of them.")
@click.option("--limit", type=click.IntRange(1, 1000), default=10, show_default=True, help="How many hits.")
@click.option("--offset", type=click.IntRange(0), default=0, help="Leave out the first hits.")
@click.option("--engine", **named.ENGINE)
@click.option("-o", "--output", "target", type=click.Path(path_type=Path), help="Write them side by side in Word.")
@click.pass_obj
def command(session: output.Session, /, ref: str, *, file: str | None, target: Path | None, **options: Any) -> None:
    """Show where the provision REF (nato-sofa-1951#VII.3) stands in other agreements, and which words differ.

    -o FILE.docx: a wide table, the oldest first, with when each wording was signed first and last.
    """
    if bool(ref) == bool(file):
        raise click.UsageError("Name one provision (AGREEMENT#PATH), or give a text with --text FILE.")
    from agreements import library

    text = _read(file) if file else ""
    found = library.similar(session.folder(), ref, text=text, tell=output.tell, **options)
    if target:
        written = library.write_wordings(session.folder(), found, target)
        if session.as_json:
            output.document({"file": str(written), "provisions": len(found.alike)})
        else:
            output.say(f"Written: {written}")
    elif session.as_json:
        output.document(found.as_json())
    else:
        _print(found, first=1 + options["offset"])


def _read(file: str) -> str:
    name = "Standard input" if file == "-" else file
    try:
        content = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        text = content.decode("utf-8-sig")
    except OSError as error:
        raise UnreadableError(f"{name} cannot be read: {error.strerror}.", hint="Check the name.") from error
    except UnicodeDecodeError as error:
        raise UnreadableError(f"{name} is no plain text in UTF-8.", hint="Save it as plain text first.") from error
    if not text.strip():
        raise UnreadableError(f"{name} is empty.", hint="Give the words of a provision.")
    return text


def _print(found: "Similar", *, first: int) -> None:
    for note in found.results.notes:
        output.note(note)
    if not found.alike:
        output.say("Nothing like it is held.")
        return
    for number, row in enumerate(found.alike, first):
        _print_row(number, row)
    if found.order:
        output.say(output.dim(output.wrapped(found.order, "")))
    for rows in found.wordings():
        refs = ", ".join(row.hit.ref for row in rows)
        what = f"Nearly the same wording ({len(rows)})" if len(rows) > 1 else "A wording of its own"
        output.say(output.wrapped(f"{what}{_signed(rows)}: {refs}", ""))


def _signed(rows: "Sequence[Alike]") -> str:
    """Return when a wording was signed: its year, or from the first of those shown to the last."""
    years = sorted({day[:4] for row in rows for day in row.hit.signed})
    return f", signed {' to '.join(dict.fromkeys((years[0], years[-1])))}" if years else ""


def _print_row(number: int, row: "Alike") -> None:
    hit = row.hit
    output.say(f"{number:>3}  {output.bold(hit.ref)}  {row.likeness:.0%}" + (f"  {hit.heading}" if hit.heading else ""))
    output.say(marked(row.pieces, "     "))
    output.say(output.dim(output.wrapped(hit.citation, "     ")))
    output.say()
