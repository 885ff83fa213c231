"""`agreements conform A [B]`: two language texts of one agreement, and what one states and the other does not."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from agreements.commands import output

if TYPE_CHECKING:
    from agreements.conformity import Conformity


@click.command("conform")
@click.argument("a", metavar="A")
@click.argument("b", metavar="B", required=False)
@click.option("--languages", metavar="XX,YY", default="", help="Which two, where a file holds more (`en,fr`).")
@click.option(
    "-o", "--output", "targets", type=click.Path(path_type=Path), multiple=True, help="Write .docx, .html or .md too."
)
@click.pass_obj
def command(session: output.Session, a: str, b: str | None, *, languages: str, targets: tuple[Path, ...]) -> None:
    """Hold two language texts against each other: files, agreements (ID), or one that holds both languages.

    Articles, paragraphs and lists, headings, numbers, dates, sums, periods, percentages, references, defined terms,
    names and the languages clause are compared by their values, in figures or in words. Nothing is translated: what
    was not examined is named. Ends with 1 where something differs.
    """
    from agreements import library

    files = [name for name in (a, b) if name and library.is_file(name)]
    folder = None if len(files) == (2 if b else 1) else session.folder()
    found = library.conform(folder, a, b or "", languages=[x.strip() for x in languages.split(",") if x.strip()])
    for target in targets:
        library.write_conformity(found, target)
    if session.as_json:
        output.document(found.as_json())
    else:
        _print(found)
    click.get_current_context().exit(1 if found.differs else 0)


def _print(found: "Conformity") -> None:
    from agreements.conformity.report import NO_VERDICT, summary_of

    for side, name, code in (("A", found.a_name, found.a_language), ("B", found.b_name, found.b_language)):
        output.say(output.bold(output.wrapped(f"{side}  {name} ({code})", "   ", "")))
    for number, each in enumerate(found.differs, 1):
        output.say()
        output.say(output.wrapped(f"{number}. {each.subject}: {each.said}", "   ", ""))
        for side, place, words in (("A", each.a_place, each.a_words), ("B", each.b_place, each.b_words)):
            shown = f"{f'{place}: ' if place else ''}{words or '(nothing found)'}"
            output.say(output.wrapped(shown, " " * 6, f"   {side}  "))
    output.say()
    for name, words in summary_of(found):
        output.say(output.wrapped(f"{name}: {words}.", "  ", ""))
    output.say(output.wrapped(NO_VERDICT))
    for file in found.files:
        output.say(f"Written: {file}")
