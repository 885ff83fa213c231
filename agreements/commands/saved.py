"""`agreements saved`: searches that are kept and run again."""

from typing import TYPE_CHECKING

import click

from agreements.commands import output

if TYPE_CHECKING:
    from agreements.search.saved import Rerun


@click.group("saved", invoke_without_command=True)
@click.pass_context
def command(ctx: click.Context) -> None:
    """List the saved searches; `saved run NAME` says what is new since last time.

    A search is saved by `agreements search QUERY --save NAME --note TEXT`.
    """
    if ctx.invoked_subcommand:
        return
    from agreements import library

    session: output.Session = ctx.obj
    found = library.saved_searches(session.folder())
    if session.as_json:
        output.document([saved.as_json() for saved in found])
        return
    for saved in found:
        output.say(f"{output.bold(saved.name)}  {saved.query}")
        options = "; ".join(f"{key} {', '.join(v) if isinstance(v, list) else v}" for key, v in saved.options.items())
        told = (saved.note, options, f"{len(saved.seen)} provisions when last run, {saved.last_run[:10]}")
        output.say(output.dim(output.wrapped("; ".join(x for x in told if x), "    ")))
    output.say(f"{len(found)} saved searches.")


@command.command("run")
@click.argument("name")
@click.option("--keep", is_flag=True, help="Leave 'last time' as it was.")
@click.option("--all", "show_all", is_flag=True, help="Show all hits, not only what is new or changed.")
@click.pass_obj
def run(session: output.Session, name: str, *, keep: bool, show_all: bool) -> None:
    """Run the saved search NAME again and show what is new since last time."""
    from agreements import library

    rerun = library.run_saved(session.surveyed(), name, keep=keep, tell=output.tell)
    if session.as_json:
        output.document(rerun.as_json())
        return
    _print(rerun, show_all=show_all)


@command.command("delete")
@click.argument("name")
@click.pass_obj
def delete(session: output.Session, name: str) -> None:
    """Delete the saved search NAME."""
    from agreements import library

    library.forget_saved(session.folder(), name)
    if session.as_json:
        output.document({"deleted": name})
    else:
        output.say(f"{name} is deleted.")


def _print(rerun: "Rerun", *, show_all: bool) -> None:
    from agreements.commands.search import print_hit

    shown = rerun.results.hits if show_all else [*rerun.new, *rerun.changed]
    for number, hit in enumerate(shown, 1):
        print_hit(number, hit)
    for note in rerun.results.notes:
        output.note(note)
    for ref in rerun.gone:
        output.say(f"no longer found: {ref}")
    counts = f"{len(rerun.new)} new, {len(rerun.changed)} changed, {len(rerun.gone)} gone"
    output.say(f"{rerun.results.total} provisions; since {rerun.search.last_run[:16].replace('T', ' ')} UTC: {counts}.")
