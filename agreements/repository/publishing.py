"""Putting an agreement's folder in its place, so that a kill at any point leaves it as before or as after.

A folder is written under a temporary name, forced to the disk, and renamed. Folders are forced and renamed in
groups, because the disk then has less to wait for. What a kill leaves behind is tidied before the next write.
"""

import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from agreements import platform
from agreements.errors import RepositoryError
from agreements.repository.layout import HISTORY, OLD, TEMPORARY, Layout

_GROUP = 64
_AT_ONCE = 8


class Publisher:
    """Writes folders of agreements into `layout`. Use it under the lock; `flush` publishes what is staged."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._staged: dict[str, Path] = {}

    def stage(self, agreement_id: str, files: Mapping[str, bytes]) -> None:
        """Write the `files` (relative name to content) of an agreement; they take effect with the next flush.

        Raises `RepositoryError` when the disk refuses; nothing of the agreement is then left.
        """
        if agreement_id in self._staged or len(self._staged) >= _GROUP:
            self.flush()
        folder = self._layout.agreements / f"{TEMPORARY}{uuid4().hex[:12]}"
        try:
            for name, content in files.items():
                path = folder / name
                path.parent.mkdir(parents=True, exist_ok=True)
                platform.write_bytes(path, content, durable=False)
        except OSError as error:
            platform.remove_tree(folder)
            raise _refused(self._layout, error) from error
        self._staged[agreement_id] = folder

    def flush(self) -> None:
        """Publish all staged folders; raises `RepositoryError` when the disk refuses."""
        staged, self._staged = self._staged, {}
        try:
            _force_all(tuple(staged.values()))
            for agreement_id, folder in staged.items():
                publish(self._layout, agreement_id, folder)
            if staged:
                platform.sync_folder(self._layout.agreements)
        except OSError as error:
            raise _refused(self._layout, error) from error
        finally:
            for folder in staged.values():
                platform.remove_tree(folder)

    def retire(self, agreement_id: str, *, into: str) -> None:
        """Move the folder of `agreement_id` into the history of the agreement `into`; raises `RepositoryError`."""
        history = self._layout.folder(into) / HISTORY
        try:
            history.mkdir(exist_ok=True)
            folder = self._layout.folder(agreement_id)
            platform.move(folder, history / f"{_moment()}-{folder.name}")
        except OSError as error:
            raise _refused(self._layout, error) from error

    def discard(self) -> None:
        """Forget what is staged."""
        for folder in self._staged.values():
            platform.remove_tree(folder)
        self._staged = {}


def publish(layout: Layout, agreement_id: str, folder: Path) -> None:
    """Rename `folder` to its place; what stood there goes into its history."""
    place = layout.place(agreement_id)
    old = place.with_name(OLD + place.name)
    if place.exists():
        platform.move(place, old)
    platform.move(folder, place)
    if old.exists():
        _fold(old, place)


def tidy(layout: Layout) -> None:
    """Finish or undo what a kill left half done. Use it under the lock."""
    try:
        names = os.listdir(layout.agreements)  # noqa: PTH208 - names may be unreadable, paths not
    except FileNotFoundError:
        return
    for name in names:
        path = layout.agreements / name
        if name.startswith(OLD):
            place = path.with_name(name.removeprefix(OLD))
            if place.exists():
                _fold(path, place)
            else:
                platform.move(path, place)
        elif name.startswith(TEMPORARY):
            platform.remove_tree(path)


def _fold(old: Path, place: Path) -> None:
    """Put the replaced folder `old`, and its own history first, into the history of `place`."""
    history = place / HISTORY
    history.mkdir(exist_ok=True)
    if (old / HISTORY).is_dir():
        for entry in (old / HISTORY).iterdir():
            platform.move(entry, history / entry.name)
        (old / HISTORY).rmdir()
    platform.move(old, history / _moment())


def _moment() -> str:
    return datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%fZ")


def _force_all(folders: Sequence[Path]) -> None:
    """Force the files of `folders` to the disk, many at a time: the disk then writes them together."""
    if len(folders) < 2:
        for folder in folders:
            _force(folder)
        return
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        for _ in threads.map(_force, folders):  # raises what the first that failed raised
            pass


def _force(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_file():
            descriptor = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
    with suppress(OSError):
        platform.sync_folder(folder)


def _refused(layout: Layout, error: OSError) -> RepositoryError:
    return RepositoryError(
        f"{platform.printable(layout.root)} could not be written: {error.strerror or error}.",
        hint="Make room on the disk or choose another folder, then try again: nothing was half-written.",
    )
