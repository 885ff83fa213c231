"""How far a long command is, with the time that is left."""

import sys
import time
from pathlib import Path

import click

from agreements.commands import output

_WORTH_TELLING = 3  # files
_BLINK, _SELDOM = 0.1, 15.0  # seconds between two lines of progress, on a terminal and elsewhere


class ProgressLine:
    """Says on standard error how far the import is: one line that changes on a terminal, a few lines elsewhere."""

    def __init__(self) -> None:
        self._began = self._shown = time.monotonic()
        self._live = sys.stderr.isatty()

    def __call__(self, done: int, total: int, name: str, share: float | None = None) -> None:
        """Say that `done` of `total` are done, the last being `name`; nothing is printed more often than is of use.

        `share` (0 to 1) is that of the work, where it is known better than by counting: files differ in size.
        """
        now = time.monotonic()
        last = done == total
        if total < _WORTH_TELLING or (now - self._shown < (_BLINK if self._live else _SELDOM) and not last):
            return
        self._shown = now
        spent = now - self._began
        share = done / total if share is None else share
        left = "" if last or not share else f", {_duration(spent / share * (1 - share))} left"
        line = f"{done} of {total} in {_duration(spent)}{left}  {Path(name).name}"
        if self._live:
            room = output.width() - 1
            click.echo("\r" + line[:room].ljust(room) + ("\n" if last else ""), nl=False, err=True)
        elif now - self._began > _SELDOM:
            output.tell(line)


def _duration(seconds: float) -> str:
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    minutes, rest = divmod(whole, 60)
    return f"{minutes} min {rest} s" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"
