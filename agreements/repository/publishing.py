"""Putting an agreement's folder in its place, so that a kill at any point leaves it as before or as after.

A folder is written under a temporary name, forced to the disk, and renamed. Folders are forced and renamed in
groups, because the disk then has less to wait for. What a kill leaves behind is tidied before the next write.
The journal says of each folder what was done: before the first is renamed it is noted what is intended.
"""

import filecmp
import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import uuid4

from agreements import platform
from agreements.errors import RepositoryError
from agreements.repository.journal import Act, ChangedFiles, Journal, counter_of, moment_after
from agreements.repository.layout import HISTORY, OLD, SOURCES, TEMPORARY, Layout
from agreements.repository.record import digest, file_digest

_GROUP = 64
_AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class _Staged:
    """A folder that waits for its place: what putting it there is, the hashes of its files, the act it reverses."""

    folder: Path
    what: str
    files: Mapping[str, str]
    undoes: int = 0


class Publisher:
    """Writes folders of agreements into `layout`. Use it under the lock; `flush` publishes what is staged."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._journal = journal_of(layout)
        self._staged: dict[str, _Staged] = {}
        self._lost: set[str] = set()

    def stage(self, agreement_id: str, files: Mapping[str, bytes], what: str, *, undoes: int = 0) -> None:
        """Write the `files` (relative name to content) of an agreement; they take effect with the next flush.

        `what` names the act in the journal, `undoes` the act that it reverses. Raises `RepositoryError` when the disk
        refuses; nothing of the agreement is then left.
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
        hashes = {name: digest(content) for name, content in files.items()}
        self._staged[agreement_id] = _Staged(folder, what, hashes, undoes)

    def flush(self) -> None:
        """Publish all staged folders; raises `RepositoryError` when the disk refuses."""
        staged, self._staged = self._staged, {}
        try:
            _force_all([each.folder for each in staged.values()])
            self._journal.intend([self._act(agreement_id, each) for agreement_id, each in staged.items()])
            for agreement_id, each in staged.items():
                publish(self._layout, agreement_id, each.folder)
            if staged:
                platform.sync_folder(self._layout.agreements)
                self._journal.settle()
        except OSError as error:
            self._lost |= {agreement_id for agreement_id, each in staged.items() if each.folder.exists()}
            raise _refused(self._layout, error) from error
        finally:
            for each in staged.values():
                platform.remove_tree(each.folder)

    def retire(self, agreement_id: str, *, into: str) -> None:
        """Move the folder of `agreement_id` into the history of the agreement `into`; raises `RepositoryError`."""
        history = self._layout.folder(into) / HISTORY
        folder = self._layout.folder(agreement_id)
        name = f"{moment_after(_names(history))}-{folder.name}"
        self._take_away(agreement_id, history / name, Act(0, "", "", "move", "agreement", agreement_id, into=into))

    def withdraw(self, agreement_id: str, *, undoes: int) -> None:
        """Put the agreement aside whose import, the act `undoes`, is undone; raises `RepositoryError`."""
        aside = self._layout.undone / self._layout.folder(agreement_id).name
        act = Act(0, "", "", "undo", "agreement", agreement_id, undoes=undoes)
        self._take_away(agreement_id, aside / moment_after(_names(aside)), act)

    def bring_back(self, agreement_id: str, aside: Path, *, undoes: int) -> None:
        """Put the folder `aside` of an agreement back in its place; raises `RepositoryError`."""
        files = {name: ("", sha) for name, sha in hashes_of(aside).items()}
        try:
            self._journal.intend([Act(0, "", "", "undo", "agreement", agreement_id, files, undoes)])
            platform.move(aside, self._layout.place(agreement_id))
            platform.sync_folder(self._layout.agreements)
            self._journal.settle()
        except OSError as error:
            raise _refused(self._layout, error) from error

    def take_lost(self) -> frozenset[str]:
        """Return the ids of what was staged and a flush could not publish, once."""
        lost, self._lost = frozenset(self._lost), set()
        return lost

    def discard(self) -> None:
        """Forget what is staged."""
        for each in self._staged.values():
            platform.remove_tree(each.folder)
        self._staged = {}

    def _act(self, agreement_id: str, staged: _Staged) -> Act:
        before = hashes_of(self._layout.place(agreement_id))
        files = _changes(before, staged.files)
        return Act(0, "", "", staged.what, "agreement", agreement_id, files, staged.undoes)

    def _take_away(self, agreement_id: str, target: Path, act: Act) -> None:
        folder = self._layout.folder(agreement_id)
        try:
            files = {name: (sha, "") for name, sha in hashes_of(folder).items()}
            self._journal.intend([replace(act, files=files)])
            target.parent.mkdir(parents=True, exist_ok=True)
            platform.move(folder, target)
            platform.sync_folder(self._layout.agreements)
            self._journal.settle()
        except OSError as error:
            raise _refused(self._layout, error) from error


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
    """Finish or undo what a kill left half done, and have the journal say what was done. Use it under the lock."""
    for name in _names(layout.agreements):
        path = layout.agreements / name
        if name.startswith(OLD):
            place = path.with_name(name.removeprefix(OLD))
            if place.exists():
                _fold(path, place)
            else:
                platform.move(path, place)
        elif name.startswith(TEMPORARY):
            platform.remove_tree(path)
    journal_of(layout).settle(lambda act: _was_done(layout, act))


def journal_of(layout: Layout) -> Journal:
    """Return the journal of the agreements in the repository."""
    return Journal(layout.journal, counter_of(layout.root))


def hashes_of(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file in an agreement's `folder`, by its relative name, but those of its history."""
    found = {}
    for top in _names(folder):
        path = folder / top
        inner = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() and top != HISTORY else ()
        for file in (path,) if path.is_file() else inner:
            found[file.relative_to(folder).as_posix()] = file_digest(file)
    return found


def noted(layout: Layout, agreement_id: str, what: str, path: Path, content: bytes) -> None:
    """Put `content` at `path`, a small file of the repository about an agreement, as an act. Use it under the lock."""
    name = path.relative_to(layout.root).as_posix()
    before = path.read_bytes() if path.is_file() else b""
    files = {name: (digest(before) if before else "", digest(content))}
    kept = {digest(before): before.decode("utf-8", "replace")} if before else {}
    journal = journal_of(layout)
    if before != content:
        journal.intend([Act(0, "", "", what, "agreement", agreement_id, files, kept=kept)])
    path.parent.mkdir(exist_ok=True)
    platform.replace_file(path, content)
    journal.settle()


def path_of(layout: Layout, agreement_id: str, name: str) -> Path:
    """Return where the file lies that an act on the agreement calls `name`: in its folder, or in the repository's."""
    beside = name.startswith((f"{layout.legal_holds.name}/", f"{layout.readings.name}/"))
    return (layout.root if beside else layout.place(agreement_id)) / name


def _was_done(layout: Layout, act: Act) -> bool:
    """Whether the files are as they are after `act`, which a kill may have come before."""
    return all(
        (file_digest(path) if path.is_file() else "") == now
        for name, (_, now) in act.files.items()
        for path in (path_of(layout, act.id, name),)
    )


def _changes(before: Mapping[str, str], after: Mapping[str, str]) -> ChangedFiles:
    names = sorted({*before, *after})
    return {n: (before.get(n, ""), after.get(n, "")) for n in names if before.get(n) != after.get(n)}


def _names(folder: Path) -> list[str]:
    try:
        return os.listdir(folder)  # noqa: PTH208 - names may be unreadable, paths not
    except (FileNotFoundError, NotADirectoryError):
        return []


def _fold(old: Path, place: Path) -> None:
    """Put the replaced folder `old`, and its own history first, into the history of `place`.

    A source that the folder in its place has too is kept there alone.
    """
    history = place / HISTORY
    history.mkdir(exist_ok=True)
    for name in _names(old / SOURCES):
        doubled, kept = old / SOURCES / name, place / SOURCES / name
        if kept.is_file() and filecmp.cmp(doubled, kept, shallow=False):
            doubled.unlink()
    if (old / HISTORY).is_dir():
        for entry in (old / HISTORY).iterdir():
            platform.move(entry, history / entry.name)
        (old / HISTORY).rmdir()
    platform.move(old, history / moment_after(_names(history)))


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
    platform.sync_folder(folder)


def _refused(layout: Layout, error: OSError) -> RepositoryError:
    return RepositoryError(
        f"{platform.printable(layout.root)} could not be written: {error.strerror or error}.",
        hint="Make room on the disk or choose another folder, then try again: nothing was half-written.",
    )
