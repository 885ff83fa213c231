"""The command line: one module per verb, each a row of `registry.COMMANDS`.

A command parses its arguments, calls one library verb and prints.
`main` runs it. Commands are imported when they are used, so that a search starts in a tenth of a second.
"""

import os
import sys
from collections.abc import Sequence

import click

from agreements.commands import named, output
from agreements.errors import AgreementsError
from agreements.registry import COMMANDS

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


def _version(ctx: click.Context, _: click.Parameter, asked: bool) -> None:  # noqa: FBT001 (click passes it so)
    if asked:
        from agreements.version import __version__  # metadata of packages is slow to import

        click.echo(f"agreements, version {__version__}")
        ctx.exit()


@click.group(cls=named.Group, register=COMMANDS, context_settings=CONTEXT)
@click.option("--repo", metavar="DIR", help="Repository folder (default: $AGREEMENTS_REPO, ./repository, your own).")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else on standard output.")
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the version.")
@click.pass_context
def group(ctx: click.Context, repo: str | None, *, as_json: bool) -> None:
    """Search precedent clauses of security agreements and assemble new drafts, offline.

    Begin with `agreements tour`. Every command explains itself with --help.
    """
    ctx.obj = output.Session(repo=repo, as_json=as_json)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit: 0 done, 1 refused or failed in part, 2 wrong usage."""
    output.use_utf8()
    arguments, as_json = _global_flags_first(sys.argv[1:] if arguments is None else arguments)
    try:
        code = group.main([*arguments], prog_name="agreements", standalone_mode=False)
    except click.exceptions.Exit as stop:
        code = stop.exit_code
    except click.ClickException as error:
        code = output.usage_error(error, as_json=as_json)
    except (click.Abort, KeyboardInterrupt):
        code = output.failure("stopped", "Stopped. What was finished is kept.", as_json=as_json)
    except AgreementsError as error:
        code = output.failure(error.code, str(error), error.hint, as_json=as_json)
    except BrokenPipeError:  # the reader of a pipe (head, less) has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except Exception as error:
        if os.environ.get("AGREEMENTS_DEBUG"):
            raise
        code = output.fault(error, as_json=as_json)
    sys.exit(code if isinstance(code, int) else 0)


def _global_flags_first(arguments: Sequence[str]) -> tuple[list[str], bool]:
    """Move `--json` and `--repo DIR` to the front, so that both also work after the command."""
    first: list[str] = []
    rest: list[str] = []
    queue = [*arguments]
    while queue:
        word = queue.pop(0)
        if word == "--":
            rest += [word, *queue]
            break
        if word == "--json" or word.startswith("--repo="):
            first.append(word)
        elif word == "--repo" and queue:
            first += [word, queue.pop(0)]
        else:
            rest.append(word)
    return first + rest, "--json" in first
