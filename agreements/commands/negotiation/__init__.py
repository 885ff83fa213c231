"""`agreements negotiation ...`: a negotiation kept from the concept to the end, in plain files of the repository."""

import click

from agreements.commands import named, output
from agreements.registry import NEGOTIATION


@click.group("negotiation", cls=named.Group, register=NEGOTIATION)
@click.pass_obj
def command(session: output.Session) -> None:
    """Keep a negotiation: authority, rounds, texts, positions, approvals, next steps, and the joint text.

    Begin with `agreements negotiation new ID --partner CODE --family sofa`. Everything lies in plain files under
    negotiations/ID of the repository, is never found by a search, and leaves only by your own command. This is not
    the official record-keeping system: `negotiation export` makes the file for that.
    """
