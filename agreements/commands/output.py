"""How commands speak: one JSON document on standard output, or lines for people; errors on standard error."""

import json
import shutil
import sys
import textwrap
import traceback
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from agreements.findings import Finding

_COLOURS = {"info": "cyan", "warning": "yellow", "error": "red"}


@dataclass(slots=True)
class Session:
    """The global options: the repository as given (None: find it) and whether to print JSON.

    `watched` says that a change of its format will be told at the end of the run, or by the command itself.
    """

    repo: str | None
    as_json: bool
    watched: bool = False

    def folder(self) -> Path:
        """Return the repository folder to use, seeding the user's own when none is named."""
        from agreements.repository import places

        folder = places.repository_folder(self.repo, tell=tell)
        self._watch_format(folder)
        return folder

    def surveyed(self) -> Path:
        """Return the repository folder, for an answer about all it holds: what cannot be read is told after it.

        Until then the repository is held open: to look at the files of ten thousand agreements takes its time.
        """
        from agreements.errors import AgreementsError

        folder, context = self.folder(), click.get_current_context()
        with suppress(AgreementsError):  # the verb says that there is none
            context.with_resource(_held_open(folder))
        context.call_on_close(lambda: _tell_unread(folder))
        return folder

    def _watch_format(self, folder: Path) -> None:
        """Have it said at the end of the run when a repository of an earlier version was brought to this format."""
        from agreements.repository import format_watch

        if not self.watched:
            self.watched, said = True, format_watch(folder)
            click.get_current_context().find_root().call_on_close(lambda: tell(said()) if said() else None)


@contextmanager
def _held_open(folder: Path) -> Iterator[None]:
    from agreements.repository import held, one_question

    with one_question(folder) as repository, held(repository):
        yield


def _tell_unread(folder: Path) -> None:
    from agreements import library
    from agreements.errors import AgreementsError

    with suppress(AgreementsError):  # the answer itself says what is wrong with the repository
        if said := library.left_out(folder):
            note(said)


def use_utf8() -> None:
    """Make standard output and error UTF-8, whatever the console's code page is."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def width() -> int:
    """Return the columns to use: the terminal's, at most 100."""
    return min(shutil.get_terminal_size((80, 24)).columns, 100)


def say(text: str = "") -> None:
    """Print a line for a person on standard output."""
    click.echo(text)


def tell(text: str) -> None:
    """Print a message or progress on standard error."""
    click.echo(text, err=True)


def note(text: str) -> None:
    """Print what a person should know of an answer on standard error, beside it."""
    tell(dim(wrapped(text, "  ", "note: ")))


def document(value: object) -> None:
    """Print `value` as the one JSON document of this run."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def counted(number: int, noun: str) -> str:
    """Return `number` with its noun, which takes an s but for one: `1 relation`, `0 relations`."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def bold(text: str) -> str:
    """Return `text` in bold where the terminal can show it."""
    return click.style(text, bold=True)


def dim(text: str) -> str:
    """Return `text` subdued where the terminal can show it."""
    return click.style(text, dim=True)


def wrapped(text: str, indent: str = "", first: str | None = None) -> str:
    """Return `text` wrapped to the terminal, each line after `indent` (the first after `first`)."""
    before, room = indent if first is None else first, width()
    if not text or not text.isprintable() or text != text.strip() or "  " in text:
        return textwrap.fill(
            text,
            room,
            initial_indent=before,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        )
    lines, line = [], ""  # the same for words and single blanks, and much quicker
    for word in text.split(" "):
        if line and len(line) + len(word) < room:
            line = f"{line} {word}"
            continue
        if line:
            lines.append(line)
        line = f"{indent if lines else before}{word}"
    return "\n".join([*lines, line])


def table(rows: Iterable[Sequence[str]], head: Sequence[str], *, below: Sequence[str] = ()) -> None:
    """Print `rows` under `head`, the last column cut to fit the terminal; `below` each row stands what explains it."""
    body = [tuple(row) for row in rows]
    widths = [max(len(row[i]) for row in [tuple(head), *body]) for i in range(len(head) - 1)]
    room = max(width() - sum(widths) - 2 * len(widths), 12)
    for index, row in enumerate([tuple(head), *body]):
        last = row[-1] if len(row[-1]) <= room else row[-1][: room - 1] + "…"
        line = "  ".join([*(cell.ljust(w) for cell, w in zip(row, widths, strict=False)), last]).rstrip()
        say(dim(line) if index == 0 else line)
        if index and below and below[index - 1]:
            indent = " " * (widths[0] + 2)
            say(wrapped(below[index - 1], indent, indent))


def findings(found: Iterable[Finding], *, least: str = "info") -> None:
    """Print findings on standard error, from severity `least` upward."""
    order = ("info", "warning", "error")
    for finding in found:
        if order.index(finding.severity) >= order.index(least):
            where = f" {finding.where}:" if finding.where else ""
            severity = click.style(finding.severity, fg=_COLOURS[finding.severity])
            fix = f" {finding.fix}" if finding.fix else ""
            ends = "." if fix and finding.message[-1:].isalnum() else ""
            tell(f"{severity}:{where} {finding.message}{ends}{fix}")


def usage_error(error: click.ClickException, *, as_json: bool) -> int:
    """Report wrong usage; returns the exit status 2."""
    if as_json:
        document({"error": {"code": "usage", "message": error.format_message(), "hint": "See agreements --help."}})
        return 2
    error.show()
    return error.exit_code


def failure(code: str, message: str, hint: str = "", *, as_json: bool) -> int:
    """Report an error of the library or an interruption; returns the exit status 1."""
    if as_json:
        document({"error": {"code": code, "message": message, "hint": hint}})
    else:
        tell(click.style("error: ", fg="red") + message + (f"\n{hint}" if hint else ""))
    return 1


def fault(error: Exception, *, as_json: bool) -> int:
    """Report a fault of the program itself in one line; returns the exit status 1."""
    if isinstance(error, OSError) and error.strerror:
        named = f": {error.filename}" if error.filename else ""
        hint = "Check the path, the disk and your rights."
        return failure("system", f"{error.strerror}{named}.", hint, as_json=as_json)
    last = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(last.filename).name}:{last.lineno}"
    message = f"The program itself failed ({type(error).__name__} at {place}); your files are as they were."
    return failure("fault", message, "Set AGREEMENTS_DEBUG=1 and run again to see the details.", as_json=as_json)


def rows_of(found: Iterable[Finding]) -> list[dict[str, Any]]:
    """Return findings as JSON rows."""
    return [finding.as_json() for finding in found]
