"""`agreements serve`: the workbench, pages in the person's own browser, on this computer alone."""

import logging
from typing import TYPE_CHECKING

import click

from agreements.commands import output
from agreements.errors import NotFoundError

if TYPE_CHECKING:
    from agreements.web import Serving

INSTALL = "pip install 'security-agreements[web]'"


@click.command("serve")
@click.option("--port", type=click.IntRange(1024, 65535), help="The port (default: a free one).")
@click.option("--no-open", is_flag=True, help="Do not open the browser; the address is printed.")
@click.option("--read-only", is_flag=True, help="Nothing can be written from the pages.")
@click.option("--routes", "show_routes", is_flag=True, help="List the addresses that it answers, and end.")
@click.option("--log", "with_log", is_flag=True, help="Print route, status and milliseconds of each request.")
@click.pass_obj
def command(
    session: output.Session, *, port: int | None, no_open: bool, read_only: bool, show_routes: bool, with_log: bool
) -> None:
    """Serve the workbench to the browser of this computer, until Ctrl-C or eight idle hours.

    The address that is printed opens it once: it has a key, which the browser exchanges for a cookie.
    """
    needs_web()
    from agreements.web import Serving, routes

    if show_routes:
        rows = list(routes())
        if session.as_json:
            output.document([{"method": method, "path": path} for method, path in rows])
        else:
            output.table(rows, ("method", "address"))
        return
    if with_log:
        logging.basicConfig(format="%(message)s")
        logging.getLogger("agreements.web").setLevel(logging.INFO)
    serving = Serving(session.folder(), port=port, read_only=read_only)
    run(session, serving, serving.address(), opening=not no_open)


def needs_web() -> None:
    """Raise `NotFoundError` that says what to install where the extra `web` is missing."""
    from importlib.util import find_spec

    missing = [name for name in ("starlette", "uvicorn", "python_multipart", "PIL") if find_spec(name) is None]
    if missing:
        raise NotFoundError("The workbench needs the extra `web`, which is not installed.", hint=INSTALL)


def run(session: output.Session, serving: "Serving", address: str, *, opening: bool) -> None:
    """Run `serving`, say the `address` at which it is entered, and open the browser there where that is wanted."""

    def ready() -> None:
        if session.as_json:
            output.document({"address": address})
        else:
            output.say(address)
            output.tell(output.dim("Only you, at this computer, can open it, and once. It ends with Ctrl-C."))
        if opening:
            click.launch(address)

    serving.run(ready)
