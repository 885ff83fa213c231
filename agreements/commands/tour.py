"""`agreements tour`: the whole way in two minutes."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from agreements.commands import output

if TYPE_CHECKING:
    from agreements.library import Tour


@click.command("tour")
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.pass_obj
def command(session: output.Session, folder: Path | None) -> None:
    """See the whole way: seed a repository, search it, show a precedent, assemble a draft, write Word.

    Everything goes into FOLDER (default: a new temporary folder) and stays there for you to look at.
    """
    from agreements import library

    result = library.tour(folder, tell=output.tell)
    if session.as_json:
        output.document(result.as_json())
    else:
        _print(result)


def _print(tour: "Tour") -> None:
    from agreements.commands.search import print_hit

    output.say()
    output.say(output.bold("1. A repository"))
    output.say(
        output.wrapped(
            f"{tour.agreements} agreements in {tour.repository}: the facts of {tour.facts_only} real ones, whose texts "
            "you import, and specimens between invented States.",
            "   ",
        )
    )
    output.say()
    output.say(output.bold(f"2. A search: {tour.query}"))
    output.say(f"   {tour.total} provisions; the first {len(tour.hits)}:")
    output.say()
    for number, hit in enumerate(tour.hits, 1):
        print_hit(number, hit)
    output.say(output.bold("3. A precedent, whole"))
    for line in tour.precedent.splitlines():
        output.say(output.wrapped(line, "   "))
    output.say(output.dim(output.wrapped(tour.citation, "   ")))
    output.say()
    output.say(output.bold("4. A draft in Word, both originals"))
    output.say(f"   {tour.provisions} provisions from the parameters in {tour.parameters}")
    for file in tour.originals:
        output.say(f"   {file}")
    output.say(f"   Read back and searchable as {tour.read_back}.")
    output.say()
    output.say(output.bold(f"That took {tour.seconds:.1f} s. Now type, for example:"))
    repo = f"agreements --repo {tour.repository}"
    for line in (
        f"{repo} open",
        f"{repo} search 'recall of the waiver'",
        f"{repo} import YOUR-TEXTS/",
        f"{repo} wanted nato-sofa-1951",
        "agreements draft params sofa > my-draft.yaml",
    ):
        output.say(f"   {line}")
    output.say()
    output.say("Rather point than type? `agreements open` shows all of it in your browser.")
