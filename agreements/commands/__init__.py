"""The command line: one module per verb. A command parses its arguments, calls one library verb and prints.

`main` runs it. Commands are imported when they are used, so that a search starts in a tenth of a second.
"""

import importlib
import os
import sys
from collections.abc import Sequence

import click

from agreements.commands import output
from agreements.errors import AgreementsError

# What the overview shows: section -> name of the command -> (module in this package, one line of help).
SECTIONS: dict[str, dict[str, tuple[str, str]]] = {
    "Begin": {
        "tour": ("tour", "See the whole way in two minutes: seed, search, draft, Word."),
    },
    "Find": {
        "search": ("search", "Find clauses: who accepted this wording, when, and where exactly."),
        "saved": ("saved", "List saved searches; run one again and see what is new since last time."),
        "similar": ("similar", "Show the same provision in other agreements, and the words that differ."),
        "variants": ("variants", "Show which agreement has which variant of a clause, with the words it rests on."),
        "matrix": ("matrix", "Show core topics by agreements: where each is carried, by reference, or missing."),
        "show": ("show", "Print an agreement or one provision with its citation."),
        "cite": ("cite", "Print the formal citation of an agreement or provision."),
    },
    "Keep": {
        "import": ("import_", "Read files into the repository: text, Markdown, HTML, Word, PDF, JSON Lines."),
        "parse": ("parse", "Read one file and show what was understood; stores nothing."),
        "list": ("list", "List the agreements of the repository."),
        "wanted": ("wanted", "List agreements known by their facts whose text is not held."),
        "edit": ("edit", "Change the text or the facts of an agreement by hand, checked before it takes effect."),
        "classify": ("classify", "Show the topics of every provision of a file or agreement."),
        "doctor": ("doctor", "Look over the repository: what is damaged, doubtful or missing comes first."),
        "index": ("index", "Bring the search index up to date, or rebuild it."),
        "export": ("export", "Write an agreement as JSON, Markdown, HTML, Akoma Ntoso, Word or PDF."),
        "hold": ("hold", "Put an agreement under a legal hold, so that nothing of it can be purged; or release it."),
        "purge": ("purge", "Remove a text for good, with its earlier versions and its place in the index."),
    },
    "Know": {
        "partner": ("partner", "Show everything with one partner: instruments, amendments, expiry, what is missing."),
        "relations": ("relations", "Show what amends, supplements or supersedes an agreement, both ways."),
        "calendar": ("calendar", "Show deadlines with rule, citation and the event they run from; write .ics."),
        "timeline": ("timeline", "Show what was signed, entered into force and ended."),
    },
    "Draft and negotiate": {
        "draft": ("draft", "Assemble a new draft from clause templates and write it to Word."),
        "templates": ("templates", "Check clause templates, and list their variants."),
        "compare": ("compare", "Compare two texts by provision: files, agreements, references."),
        "changes": ("changes", "List the tracked changes and comments of a Word file, or print it either way."),
        "review": ("review", "Show what the other side's Word file changes in ours, clause by clause."),
        "negotiation": ("negotiation", "Keep a negotiation: authority, rounds, texts, positions; make the joint text."),
        "paper": ("paper", "Make the papers around it: action memorandum, comment matrix, transmittal, cable, e-mail."),
        "acsa-review": ("acsa", "Review an ACSA under 10 U.S.C. 2341 to 2350, with a memo in Word."),
        "handover": ("handover", "Make a copy of a Word file that may go to the other side, or check one."),
    },
}
COMMANDS = {name: entry for section in SECTIONS.values() for name, entry in section.items()}

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class _Lazy(click.Group):
    """A group whose commands are imported when they are asked for; their help lines are in `COMMANDS`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*COMMANDS]  # `list` is also the name of a command here, once it is imported

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"agreements.commands.{COMMANDS[cmd_name][0]}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        widest = max(map(len, COMMANDS))  # one column for all sections
        for section, entries in SECTIONS.items():
            with formatter.section(section):
                formatter.write_dl([(name.ljust(widest), line) for name, (_, line) in entries.items()])


@click.group(cls=_Lazy, context_settings=CONTEXT)
@click.option("--repo", metavar="DIR", help="Repository folder (default: $AGREEMENTS_REPO, ./repository, your own).")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else on standard output.")
@click.version_option(package_name="security-agreements", prog_name="agreements")
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
