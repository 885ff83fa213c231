"""`agreements negotiation ...`: a negotiation kept from the concept to the end, in plain files of the repository."""

import importlib

import click

from agreements.commands import output

# Name of the subcommand -> module of this package; each module offers its commands in `COMMANDS`.
_HOMES = {
    "new": "negotiation_facts",
    "list": "negotiation_facts",
    "status": "negotiation_status",
    "set": "negotiation_facts",
    "round": "negotiation_rounds",
    "table": "negotiation_rounds",
    "receive": "negotiation_rounds",
    "approve": "negotiation_rounds",
    "step": "negotiation_rounds",
    "position": "negotiation_positions",
    "history": "negotiation_history",
    "joint": "negotiation_joint",
    "brief": "negotiation_brief",
    "export": "negotiation_keeping",
    "hold": "negotiation_keeping",
    "purge": "negotiation_keeping",
}


class _Lazy(click.Group):
    """The subcommands, imported when they are asked for, in the order in which they are used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*_HOMES]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _HOMES:
            return None
        module = importlib.import_module(f"agreements.commands.{_HOMES[cmd_name]}")
        found: click.Command = module.COMMANDS[cmd_name]
        return found


@click.group("negotiation", cls=_Lazy)
@click.pass_obj
def command(session: output.Session) -> None:
    """Keep a negotiation: authority, rounds, texts, positions, approvals, next steps, and the joint text.

    Begin with `agreements negotiation new ID --partner CODE --family sofa`. Everything lies in plain files under
    negotiations/ID of the repository, is never found by a search, and leaves only by your own command. This is not
    the official record-keeping system: `negotiation export` makes the file for that.
    """
