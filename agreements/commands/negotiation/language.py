"""`agreements negotiation language`: texts in other languages, and whether a certificate that they conform stands."""

from pathlib import Path
from typing import Any

import click

from agreements.commands import named, output

_STATES = ("sent", "returned", "compared", "certified")


@click.command("language")
@click.argument("negotiation", metavar="ID")
@click.argument("tongue", metavar="LANGUAGE", required=False)
@click.argument("state", type=click.Choice(_STATES), required=False)
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option("--by", metavar="NAME", help="The office or person who did it.")
@click.option("--text", type=int, metavar="N", help="The text that it is of (default: as before, else the last one).")
@click.option("--with", "other", type=int, metavar="N", help="The text of the record that is in LANGUAGE.")
@click.option("--date", metavar="DATE", help="When it was done (default: today).")
@click.option("--due", metavar="DATE", help="When it is to be back.")
@click.option("--marking", metavar="TEXT", help="Its marking (default: what stands on it).")
@click.option("--note", metavar="TEXT")
@click.option("--expected", **named.EXPECTED)
@click.pass_obj
def language(
    session: output.Session,
    /,
    negotiation: str,
    tongue: str | None,
    state: str | None,
    file: Path | None,
    *,
    expected: str,
    **facts: Any,
) -> None:
    """Keep that the text in LANGUAGE was sent, returned, compared or certified, and show how each language stands.

    A certificate is of two texts, by their hashes: a later text, another translation or a file that was changed voids
    it. FILE is the text in LANGUAGE; nothing is translated here.
    """
    from agreements import library

    if tongue and not state:
        raise click.UsageError("Say what was done: sent, returned, compared or certified.")
    if tongue and state:
        kept = library.keep_language_step(
            session.folder(), negotiation, tongue, state, facts, file=file, expected=expected
        )
        if file is not None and not session.as_json:
            _tell_other_language(file, kept.language)
    standings = library.language_standings(session.folder(), negotiation)
    if session.as_json:
        output.document([each.as_json() for each in standings])
        return
    for standing in standings:
        output.say(output.wrapped(f"{standing.said}.", "  ", ""))
    if not standings:
        output.say("No text in another language is recorded.")


def _tell_other_language(file: Path, code: str) -> None:
    """Print that a file which is kept as a text in the language `code` reads as one in another."""
    from agreements import library
    from agreements.negotiation.language_texts import language_name

    read = {document.language for document in library.parse_file(file).agreement.documents} - {""}
    if read and code not in read:
        others = ", ".join(sorted(map(language_name, read)))
        output.say(output.wrapped(f"note: {file.name} is kept as {language_name(code)} and reads as {others}."))
