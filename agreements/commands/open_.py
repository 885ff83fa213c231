"""`agreements open [REF|FILE]`: the workbench in the browser, at an agreement, a provision or a file."""

from pathlib import Path

import click

from agreements.commands import output
from agreements.commands.serve import needs_web, run
from agreements.errors import NotFoundError
from agreements.reference import Reference


@click.command("open")
@click.argument("reference", metavar="[REF|FILE]", default="")
@click.option("--print", "only_print", is_flag=True, help="Print the address instead of opening the browser.")
@click.pass_obj
def command(session: output.Session, reference: str, *, only_print: bool) -> None:
    """Open the workbench in the browser, at REF (`nato-sofa-1951#VII.3`) or with FILE where one is given.

    Of a file it asks what you want: review it as an answer, look at it before it is handed over, keep or import it.

    One that already runs on the same repository is used; else it is started, and ends with Ctrl-C.
    """
    needs_web()
    from agreements import library
    from agreements.web import Serving, address_of, keys_of_running

    folder = session.folder()
    file = Path(reference) if reference and library.is_file(reference) else None
    if file and not file.is_file():
        raise NotFoundError(f"There is no file {reference}.", hint="Check its name, or give a reference.")
    path = "/"
    if reference and not file:
        path = address_of(str(Reference.parse(reference)))
        library.get(folder, reference)  # said here and not only in the browser
    if address := keys_of_running(folder, path, file=file):
        if session.as_json:
            output.document({"address": address})
        else:
            output.say(address)
        if not only_print:
            click.launch(address)
        return
    serving = Serving(folder)
    run(session, serving, serving.address_of_file(file) if file else serving.address(path), opening=not only_print)
