"""How files stand on the disk: their sizes, times and numbers, asked quickly for all that is in a folder."""

import os
import time
from collections.abc import Iterable, Mapping
from typing import NamedTuple

FileState = tuple[int, int, int, int]
"""Size, time of the last change, time of the last change of name or rights (on Windows: of making), number."""

_SETTLED = 2_000_000_000
"""Nanoseconds after which a time on a disk tells: FAT counts in steps of two seconds, so what was changed twice within
one step bears one time."""
_MAIN, _RECORD, _DOCUMENTS = "agreement.md", "reading.json", "documents"


class ListedFolder(NamedTuple):
    """A folder with its state, and what is in it: files (and whatever else is no folder) by name, with their paths,
    and the paths of folders.
    """

    state: FileState
    files: Mapping[str, str]
    folders: tuple[str, ...]


class FolderListings:
    """Lists folders, again only where the time of a folder says that a name came or went.

    Windows hands out names and times together, and not every disk there keeps the time of a folder: there all is
    listed each time.
    """

    def __init__(self) -> None:
        self._known: dict[str, ListedFolder] = {}

    def of(self, folder: str) -> ListedFolder | None:
        """Return what is in `folder`; None where there is no such folder."""
        state = state_of(folder)
        known = self._known.get(folder)
        if known and known.state == state and os.name != "nt":
            return known
        if state is None:
            self._known.pop(folder, None)
            return None
        now = time.time_ns()
        try:
            with os.scandir(folder) as entries:
                kinds = [(entry.name, entry.path, entry.is_dir(follow_symlinks=False)) for entry in entries]
        except OSError:
            self._known.pop(folder, None)
            return None
        files = {name: path for name, path, is_folder in kinds if not is_folder}
        found = ListedFolder(state or _NOTHING, files, tuple(path for _, path, is_folder in kinds if is_folder))
        if state and is_settled([state], now):
            self._known[folder] = found
        return found


class FolderTree:
    """All files and folders below some folders, each with its state."""

    def __init__(self) -> None:
        self._listings = FolderListings()

    def states(self, folders: Iterable[str]) -> dict[str, FileState | None]:
        """Return the state of `folders` and of all that is in them."""
        found: dict[str, FileState | None] = {}
        pending = list(folders)
        lstat = os.lstat
        while pending:
            folder = pending.pop()
            listed = self._listings.of(folder)
            if listed is None:
                found[folder] = None
                continue
            found[folder] = listed.state
            pending += listed.folders
            for path in listed.files.values():
                try:  # as `state_of`, without a call for each of ten thousand files
                    status = lstat(path)
                except OSError:
                    found[path] = None
                    continue
                found[path] = status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino
        return found


def state_of(path: str) -> FileState | None:
    """Return the state of a file or folder; None where there is none, or it cannot be asked."""
    try:
        status = os.lstat(path)
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def states_of_texts(folder: str) -> dict[str, FileState | None]:
    """Return the states of the files that an agreement in `folder` is read from."""
    names = [_MAIN, _RECORD]
    try:
        with os.scandir(f"{folder}{os.sep}{_DOCUMENTS}") as entries:
            names += sorted(f"{_DOCUMENTS}{os.sep}{entry.name}" for entry in entries)
    except OSError:
        pass
    return {name: state_of(f"{folder}{os.sep}{name}") for name in names}


def is_settled(states: Iterable[FileState | None], now: int) -> bool:
    """Whether all of `states` were old enough at `now` (nanoseconds) that a later change shows in them."""
    return all(now - max(state[1], state[2]) > _SETTLED for state in states if state)


_NOTHING: FileState = (0, 0, 0, 0)
