"""Who is at the workbench: keys that open it once, sessions, and the folder for what is uploaded.

The folder lies in the person's own cache, closed to others (0700). It goes when the workbench ends; where that was
killed, the next start removes it.
"""

import hmac
import json
import os
import secrets
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from agreements import platform

_KEY_BYTES = 32  # 256 bits
_START_FILE = "start.json"
_OFFERED = "opened"


@dataclass(slots=True)
class Upload:
    """A file that was uploaded: the name it had at the person's, where it lies for now, the field that it came in.

    It is removed when the screen has answered, unless a job has `taken` it, which removes it at its end.
    """

    name: str
    path: Path
    field: str = ""
    taken: bool = False

    def remove(self) -> None:
        """Remove it and the folder that it alone lies in."""
        platform.remove_tree(self.path.parent)


@dataclass(slots=True)
class PersonSession:
    """A person at the workbench: the `token` that every form carries, the `folder` for uploads, what runs for them.

    `reviews` are held open while they are worked on, `notes` what was written for them last, by its address.
    """

    token: str
    folder: Path
    jobs: dict[int, Any] = field(default_factory=dict)
    binder: list[str] = field(default_factory=list)
    reviews: dict[str, Any] = field(default_factory=dict)
    notes: dict[str, Any] = field(default_factory=dict)

    def knows(self, token: str) -> bool:
        """Whether `token` is that of this session."""
        return hmac.compare_digest(self.token.encode(), token.encode("utf-8", "replace"))


class Sessions:
    """The keys that were given out and the sessions that they opened; `folder` is for all that is uploaded."""

    def __init__(self, folder: Path) -> None:
        self.folder = platform.private_folder(folder)
        self.secret = secrets.token_urlsafe(_KEY_BYTES)
        self.last_asked = time.monotonic()
        self._keys: set[str] = set()
        self._held: dict[str, PersonSession] = {}

    def new_key(self) -> str:
        """Return a key of 256 bits that opens the workbench once."""
        key = secrets.token_urlsafe(_KEY_BYTES)
        self._keys.add(key)
        return key

    def exchange(self, key: str) -> str:
        """Return the name of a new session for a `key`, which is used up; empty for one that is not known."""
        found = next((known for known in self._keys if hmac.compare_digest(known, key)), "") if key.isascii() else ""
        if not found:
            return ""
        self._keys.discard(found)
        name = secrets.token_urlsafe(_KEY_BYTES)
        folder = platform.private_folder(self.folder / secrets.token_hex(8))
        self._held[name] = PersonSession(secrets.token_urlsafe(_KEY_BYTES), folder)
        return name

    def of(self, name: str) -> PersonSession | None:
        """Return the session of a cookie, None for one that is not known."""
        session = self._held.get(name)
        if session:
            self.last_asked = time.monotonic()
        return session

    def may_ask_for_keys(self, secret: str) -> bool:
        """Whether `secret` is the one in the start file, which only the person themself can read."""
        return secret.isascii() and hmac.compare_digest(self.secret, secret)

    def idle(self) -> float:
        """Return the seconds since anybody asked for anything, 0 while something runs."""
        running = any(getattr(job, "runs", False) for held in self._held.values() for job in held.jobs.values())
        return 0.0 if running else time.monotonic() - self.last_asked

    def note_start(self, port: int, repository: Path) -> None:
        """Write the start file, by which `agreements open` finds this workbench and asks it for a key."""
        row = {"port": port, "process": os.getpid(), "repository": str(repository.resolve()), "secret": self.secret}
        platform.write_bytes(self.folder / _START_FILE, json.dumps(row).encode(), durable=False)

    def end(self) -> None:
        """Remove the folder and forget everybody."""
        for session in self._held.values():
            for job in session.jobs.values():
                job.cancel()
        self._held.clear()
        platform.remove_tree(self.folder)


@dataclass(frozen=True, slots=True)
class StartNote:
    """The start file of a workbench that runs: where it is and the secret by which it gives keys."""

    port: int
    repository: str
    secret: str
    folder: Path


def home() -> Path:
    """Return the folder in which each workbench has one of its own."""
    return platform.cache_folder() / "workbench"


def new_folder() -> Path:
    """Return a new folder for one workbench."""
    return home() / secrets.token_hex(8)


def running() -> Iterator[StartNote]:
    """Yield the workbenches of this person that run; folders of those that were killed are removed."""
    for folder in sorted(home().iterdir()) if home().is_dir() else ():
        try:
            row = json.loads((folder / _START_FILE).read_text(encoding="utf-8"))
            note = StartNote(int(row["port"]), str(row["repository"]), str(row["secret"]), folder)
            process = int(row["process"])
        except (OSError, ValueError, KeyError, TypeError):
            if _is_old(folder):
                platform.remove_tree(folder)
            continue
        if (sys.platform == "win32" or platform.is_running(process)) and _answers(note.port):
            yield note
        else:
            platform.remove_tree(folder)


def offer(room: Path, file: Path) -> str:
    """Return the key under which the workbench whose folder is `room` shows `file`, which stays where it is."""
    key = secrets.token_hex(16)
    folder = platform.private_folder(room / _OFFERED)
    platform.write_bytes(folder / f"{key}.json", json.dumps({"file": str(file.resolve())}).encode(), durable=False)
    return key


def offered(room: Path, key: str) -> Path | None:
    """Return the file that was offered under `key`, None where there is none."""
    try:
        if not key.isalnum() or not key.isascii():
            return None
        return Path(json.loads((room / _OFFERED / f"{key}.json").read_text(encoding="utf-8"))["file"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _is_old(folder: Path) -> bool:
    """Whether a folder without a start file is no workbench that is just starting."""
    with suppress(OSError):
        return time.time() - folder.stat().st_mtime > 60
    return False


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
    except OSError:
        return False
