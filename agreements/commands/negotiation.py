"""`agreements negotiation ...`: a negotiation kept from the concept to the end, in plain files of the repository."""

import importlib

import click

from agreements.commands import output

# Name of the subcommand -> (module of this package, which offers it in its `COMMANDS`; one line of help).
_HOMES = {
    "new": ("facts", "Begin to keep a negotiation."),
    "list": ("facts", "List the negotiations that are kept here."),
    "status": ("status", "Show where it stands, on one screen."),
    "set": ("facts", "Set its stage, authority, objective and other facts."),
    "round": ("rounds", "Note a round of talks: when, where, who, what was agreed."),
    "table": ("rounds", "Keep a text that we tabled, or the joint text."),
    "receive": ("rounds", "Keep a text that came from the other side."),
    "approve": ("rounds", "Record what an office said."),
    "step": ("rounds", "Note what is to be done next, or that it is done."),
    "position": ("positions", "Record or show what we want on a point."),
    "history": ("history", "Show how the words of a clause moved from text to text."),
    "joint": ("joint", "Make the joint text, read it back, close its brackets."),
    "brief": ("brief", "Write two pages in Word for the delegation."),
    "export": ("keeping", "Write the whole file for the record-keeping system."),
    "hold": ("keeping", "Put it under a legal hold, or release it."),
    "purge": ("keeping", "Remove it for good, with its history."),
}


class _Lazy(click.Group):
    """The subcommands, imported when they are asked for, in the order in which they are used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*_HOMES]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _HOMES:
            return None
        module = importlib.import_module(f"agreements.commands.negotiation_{_HOMES[cmd_name][0]}")
        found: click.Command = module.COMMANDS[cmd_name]
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in _HOMES.items()])


@click.group("negotiation", cls=_Lazy)
@click.pass_obj
def command(session: output.Session) -> None:
    """Keep a negotiation: authority, rounds, texts, positions, approvals, next steps, and the joint text.

    Begin with `agreements negotiation new ID --partner CODE --family sofa`. Everything lies in plain files under
    negotiations/ID of the repository, is never found by a search, and leaves only by your own command. This is not
    the official record-keeping system: `negotiation export` makes the file for that.
    """
