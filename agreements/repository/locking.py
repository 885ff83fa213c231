"""One writer at a time: a lock on the repository, and a note beside it of who holds it."""

import json
import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from agreements.errors import RepositoryError
from agreements.platform import login_name, printable

if TYPE_CHECKING:
    from filelock import BaseFileLock

_LOCK, _WRITER = ".lock", ".writer.json"


class RepositoryLock:
    """The lock of the repository at `root`; the same object may be entered again while it is held."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._made: BaseFileLock | None = None

    @contextmanager
    def held(self, *, wait: float) -> Iterator[None]:
        """Hold the lock, waiting up to `wait` seconds; raises `RepositoryError` that says who is writing."""
        from filelock import FileLock, Timeout  # a repository that is only read does without

        lock = self._made = self._made or FileLock(self._root / _LOCK)
        try:
            lock.acquire(timeout=wait, poll_interval=0.05)
        except Timeout:
            raise RepositoryError(
                f"The repository {printable(self._root)} is being written by {self._who()}.",
                hint="Wait until that has ended, then try again.",
            ) from None
        except OSError as error:
            raise RepositoryError(
                f"{printable(self._root)} cannot be written: {error.strerror or error}.",
                hint="Choose another folder with --repo.",
            ) from error
        try:
            if lock.lock_counter == 1:
                self._sign()
            yield
        finally:
            if lock.lock_counter == 1:
                with suppress(OSError):
                    (self._root / _WRITER).unlink()
            lock.release()

    def _sign(self) -> None:
        note = {
            "process": os.getpid(),
            "user": login_name() or "an unknown user",
            "computer": platform.node(),
            "since": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        with suppress(OSError):
            (self._root / _WRITER).write_text(json.dumps(note), encoding="utf-8")

    def _who(self) -> str:
        try:
            note = json.loads((self._root / _WRITER).read_text(encoding="utf-8"))
            return "process {process} of {user} on {computer} (since {since})".format(**note)
        except (OSError, ValueError, KeyError, TypeError):
            return "another process"
