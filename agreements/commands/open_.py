"""`agreements open [REF]`: the workbench in the browser, at an agreement or a provision."""

import click

from agreements.commands import output
from agreements.commands.serve import needs_web, run
from agreements.reference import Reference


@click.command("open")
@click.argument("reference", metavar="[REF]", default="")
@click.option("--print", "only_print", is_flag=True, help="Print the address instead of opening the browser.")
@click.pass_obj
def command(session: output.Session, reference: str, *, only_print: bool) -> None:
    """Open the workbench in the browser, at REF (`nato-sofa-1951#VII.3`) where one is given.

    One that already runs on the same repository is used; else it is started, and ends with Ctrl-C.
    """
    asked = Reference.parse(reference) if reference else None
    needs_web()
    from agreements import library
    from agreements.web import Serving, address_of, keys_of_running

    folder = session.folder()
    if asked:
        library.get(folder, reference)  # said here and not only in the browser
    path = address_of(reference) if asked else "/"
    if address := keys_of_running(folder, path):
        if session.as_json:
            output.document({"address": address})
        else:
            output.say(address)
        if not only_print:
            click.launch(address)
        return
    run(session, Serving(folder), path, opening=not only_print)
