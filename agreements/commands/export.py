"""`agreements export ID --to FORMAT`: write an agreement in another form."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from agreements.commands import named, output

if TYPE_CHECKING:
    from agreements.language.typesetting import Quotes


@click.command("export")
@click.argument("agreement", metavar="ID|FILE")
@click.option("--to", "form", required=True, metavar="FORMAT", **named.FORMAT)
@click.option("-o", "--output", "target", type=click.Path(path_type=Path), help="File to write (default: print).")
@click.option(
    "--quotes",
    type=click.Choice(["as-held", "curly", "straight"]),
    default="as-held",
    show_default=True,
    help="Quotation marks; curly: and no line ends between a word and its number (Article XII, U.S. forces).",
)
@click.pass_obj
def command(session: output.Session, agreement: str, form: str, target: Path | None, quotes: "Quotes") -> None:
    """Write an agreement as JSON, Markdown, HTML, Akoma Ntoso XML, Word or PDF (with LibreOffice).

    ID is an agreement of the repository; a FILE, such as a draft in Word, needs none.
    """
    from agreements import library

    if library.is_file(agreement):
        written = library.export_file(Path(agreement), form, target, quotes=quotes)
    else:
        written = library.export(session.folder(), agreement, form, target, quotes=quotes)
    if written.text is not None and not session.as_json:
        output.say(written.text)
    elif session.as_json:
        files = [str(file) for file in written.files]
        output.document({"id": agreement, "format": form, "files": files, "text": written.text})
    else:
        for file in written.files:
            output.say(f"Written: {file}")
