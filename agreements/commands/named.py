"""What the command line makes of the register: groups of commands, and options whose value is a name.

A command is imported when it is asked for; names are listed when a person asks for help or presses the tab key.
"""

from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Any

import click
from click.shell_completion import CompletionItem

from agreements.registry import ENGINES, FORMATS, Register, phrase


class Group(click.Group):
    """A group whose commands are the rows of a register, in its order and under its sections."""

    def __init__(self, *args: Any, register: Register, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.register = register

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the register."""
        return [*self.register]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command, imported; None where there is none of that name."""
        if cmd_name not in self.register:
            return None
        command: click.Command = self.register[cmd_name]
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the overview from the rows alone: no command is imported for it."""
        widest = max(map(len, self.register))  # one column for all sections
        for section, rows in groupby(self.register.own.values(), key=lambda row: row.section):
            with formatter.section(section or "Commands"):
                formatter.write_dl([(row.name.ljust(widest), row.label) for row in rows])


class NamedOption(click.Option):
    """An option whose value is one of `names()`, completed by the shell; `{names}` in its help lists them."""

    def __init__(self, *args: Any, names: Callable[[], Iterable[str]], usual: str = "", **rest: Any) -> None:
        super().__init__(*args, **rest)
        self._names, self._usual = names, usual

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return the line of help with the names in it."""
        record = super().get_help_record(ctx)
        return record and (record[0], record[1].replace("{names}", phrase(self._names(), self._usual)))

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Return the names that begin as what was typed."""
        return [CompletionItem(name) for name in self._names() if name.startswith(incomplete)]


def families() -> Iterable[str]:
    """Return the ids of the families."""
    from agreements.families import FAMILIES

    return FAMILIES


def topics() -> Iterable[str]:
    """Return the ids of the topics, fine and core."""
    from agreements.topics import topics as known

    return dict.fromkeys(each for topic in known().values() for each in (topic.id, topic.core))


ENGINE: Any = {"cls": NamedOption, "names": lambda: ENGINES, "usual": "tantivy", "help": "{names}."}
FORMAT: Any = {"cls": NamedOption, "names": lambda: FORMATS, "help": "{names}."}
EXPECTED: Any = {
    "default": "",
    "metavar": "FINGERPRINT",
    "help": "Only if nobody wrote since `status --json` gave this.",
}
FAMILY: Any = {"cls": NamedOption, "names": families}
TOPIC: Any = {"cls": NamedOption, "names": topics}
"""What `click.option` is given for an option of that kind: `click.option("--topic", **TOPIC)`."""
