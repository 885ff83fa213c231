"""The format of a repository: a number in `repository.json`, so that no version of the program misreads another's.

What an earlier version wrote is read as it is, and reads the same. The first write brings it to the format of this
version, before anything else is written: from then on earlier versions refuse it, by name, where they would have called
parts of it damaged. Nothing but the marker is rewritten, which keeps what it was before, until when, and whose write it
was. What a later version wrote is refused.
"""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from agreements.errors import RepositoryError
from agreements.platform import printable, replace_file

FORMAT = 2
MARKER = "repository.json"
BROUGHT: Mapping[int, str] = {
    2: "a journal of acts, tombstones that say what allowed a purge, conditions of entry into force, one copy of "
    "a source that did not change",
}
"""What each format has that the one before had not."""


def format_of(root: Path) -> int | None:
    """Return the format of the repository at `root`, None where there is no marker.

    Raises `RepositoryError` when the marker is damaged, or of a later version of the program.
    """
    row = _marker(root)
    if row is None:
        return None
    number: int = row["format"]
    if number > FORMAT:
        raise RepositoryError(
            f"{printable(root)} was written by a newer version of the program (format {number}; this one reads "
            f"formats up to {FORMAT}): update the program.",
            hint="Until then use it where it was updated: nothing was changed here.",
        )
    return number


def mark(root: Path) -> None:
    """Say in the new repository at `root` that it is one; raises `OSError`."""
    _write(root, {"format": FORMAT})


def bring_up(root: Path) -> None:
    """Bring the repository at `root` to the format of this version. Use it under the lock, before anything is written.

    Raises `OSError`, and as `format_of`.
    """
    was = format_of(root)
    if was is None or was == FORMAT:
        return
    from agreements.repository.journal import who_acts

    row = _marker(root) or {}
    step = {"format": was, "until": datetime.now(UTC).isoformat(timespec="seconds"), "by": who_acts()}
    _write(root, {**row, "format": FORMAT, "earlier": [*row.get("earlier", ()), step]})


def format_watch(root: Path) -> Callable[[], str]:
    """Return what says, when it is called, in a sentence that `root` was brought up since now; empty where it was not.

    Where the marker cannot be read nothing is said of it: whoever opens the repository does.
    """
    was = _readable(root)

    def said() -> str:
        if not was < FORMAT == _readable(root):
            return ""
        since = "; ".join(BROUGHT[number] for number in range(was + 1, FORMAT + 1))
        return (
            f"This repository is of format {FORMAT} now and was of {was} ({since}). No text was changed. Versions of "
            "the program that know only the earlier format do not open it any more: all who share it update."
        )

    return said


def _readable(root: Path) -> int:
    try:
        return format_of(root) or FORMAT
    except RepositoryError:
        return FORMAT


def _marker(root: Path) -> dict[str, Any] | None:
    try:
        row = json.loads((root / MARKER).read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise _damaged(root, str(error)) from error
    number = row.get("format") if isinstance(row, dict) else None
    if type(number) is not int or number < 1:
        raise _damaged(root, f"{number!r} is no format")
    return dict(row)


def _damaged(root: Path, why: str) -> RepositoryError:
    hint = f'It should hold {{"format": {FORMAT}}}.'
    return RepositoryError(f"{printable(root / MARKER)} is damaged: {why}.", hint=hint)


def _write(root: Path, row: Mapping[str, Any]) -> None:
    replace_file(root / MARKER, json.dumps(row).encode() + b"\n")
