"""Where everything lies in a repository folder. Reads names and times only: no YAML, no model, so it is quick.

    repository.json        says that the folder is a repository, and of which format
    agreements/<id>/       agreement.md, documents/, reading.json, source/, history/
    journal/               who did what, and when: `agreements.repository.journal`
    undone/<id>/           agreements whose import was undone, each by the moment
    purged/<id>.json       tombstones
    edits/<id>/            edits by hand that are not taken over yet
    saved/<name>.json      saved searches
    holds/<id>.json        legal holds
    readings/<id>.json     what people read to be not in a text
    negotiations/<id>/     negotiations; `agreements.negotiation.store` says what is in them
    drafts/<name>.yaml     what was answered of drafts
    binders/<name>.json    binders that people filled by hand
    .gitignore             for who keeps the folder under Git: what is no record
    .cache/                can be deleted at any time; in the user's own cache folder where it cannot be written

A folder is replaced by renaming `<id>` to `.old-<id>` and its successor to `<id>`. In the moment between, or after
a kill in it, `.old-<id>` is the agreement. What was replaced goes into `history/`, in a folder named by the moment; a
source that the next text has too lies there alone.
"""

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from agreements.errors import NotFoundError, RepositoryError, unknown
from agreements.platform import (
    cache_folder,
    can_write,
    is_readable_name,
    plain_name,
    printable,
    private_folder,
    remove_tree,
    replace_file,
    safe_name,
)
from agreements.repository.filestates import FolderListings
from agreements.repository.formats import FORMAT, MARKER, bring_up, format_of, mark

T = TypeVar("T")

OLD, TEMPORARY = ".old-", ".tmp-"
SOURCES, HISTORY = "source", "history"
MAIN_FILE, DOCUMENTS = "agreement.md", "documents"
NEW_FILE = "agreement.new.md"
"""A new reading beside a text that a person edited."""
_IGNORED = ".gitignore"
_NOT_KEPT = """\
# What the program works out again, and what it needs for a moment, is no record.
.cache/
.lock
.writer.json
.tmp-*
"""
_FOLDERS = (
    "agreements",
    "journal",
    "undone",
    "purged",
    "edits",
    "saved",
    "holds",
    "readings",
    "negotiations",
    "drafts",
)
_STONES = "purged.json"
_LONGEST_ID = 100
_TRIES = 9  # how often to read again what a writer is replacing


class Layout:
    """The paths of the repository at `root`, which need not exist yet.

    Raises `RepositoryError` when `root` is something else: a file, a folder with other things in it, a format
    of a later version.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.agreements = root / "agreements"
        self.journal = root / "journal"
        self.undone = root / "undone"
        self.purged = root / "purged"
        self.edits = root / "edits"
        self.saved = root / "saved"
        self.legal_holds = root / "holds"
        self.readings = root / "readings"
        self.shared_cache = root / ".cache"
        self._sorted: tuple[tuple[str, ...], Sequence[tuple[str, str]]] | None = None
        _check(root)

    @cached_property
    def cache(self) -> Path:
        """The folder for what can be worked out again: `.cache`, the user's own where that cannot be written."""
        if can_write(self.shared_cache):
            return self.shared_cache
        self.forget_purged()
        return self.own_cache

    @cached_property
    def own_cache(self) -> Path:
        """Where the user's own cache of this repository stands or would stand, readable by nobody else."""
        return cache_folder() / f"repository-{sha256(os.fsencode(self.root.resolve())).hexdigest()[:16]}"

    def forget_purged(self, *, all_of_it: bool = False) -> None:
        """Delete the user's own cache of this repository when anything was purged since it was made, or anyway.

        The purge of another user cannot reach it; it is gone when its owner next looks.
        """
        own = self.own_cache
        stones = json.dumps(sorted((name, _times(f"{self.purged}{os.sep}{name}")) for name in _listing(self.purged)))
        note = own / _STONES
        try:
            if not all_of_it and note.read_text(encoding="utf-8") == stones:
                return
            remove_tree(own)
        except (OSError, ValueError):
            if own.is_dir():
                remove_tree(own)
        if not all_of_it:
            with suppress(OSError):  # then there is no room for a cache either
                private_folder(own)
                replace_file(note, stones.encode())

    def create(self) -> None:
        """Make the folders and the marker file when they are missing; raises `RepositoryError` if that fails."""
        try:
            self.agreements.mkdir(parents=True, exist_ok=True)
            if not (self.root / MARKER).is_file():
                mark(self.root)
                if not (self.root / _IGNORED).exists():
                    replace_file(self.root / _IGNORED, _NOT_KEPT.encode())
        except OSError as error:
            raise self._unwritable(error) from error

    def bring_up(self) -> None:
        """Bring the repository to the format of this version. Use it under the lock; raises `RepositoryError`."""
        try:
            bring_up(self.root)
        except OSError as error:
            raise self._unwritable(error) from error

    def _unwritable(self, error: OSError) -> RepositoryError:
        return RepositoryError(
            f"{printable(self.root)} cannot be written: {error.strerror or error}.",
            hint="Choose another folder with --repo.",
        )

    def folders(self) -> Iterator[tuple[str, Path]]:
        """Yield the id and the folder of every agreement, sorted by id."""
        for agreement_id, name in sorted(self._names().items()):
            yield agreement_id, self.agreements / name

    def folder(self, agreement_id: str) -> Path:
        """Return the folder of an agreement that is held.

        Raises `NotFoundError` that says of one that was purged when and under what, and else lists what is near.
        """
        if found := self._present(agreement_id):
            return found
        if purged := self.purged_words(agreement_id):
            raise NotFoundError(
                f"{agreement_id} is held no more: {purged}.",
                hint="A tombstone with its hashes stays, and none of its words.",
            )
        names = self._names()
        start = agreement_id.split("-", maxsplit=1)[0]
        raise unknown("agreement", agreement_id, [n for n in names if n.startswith(start)] or list(names)[:20])

    def holds(self, agreement_id: str) -> bool:
        """Whether an agreement of this id is held."""
        return self._present(agreement_id) is not None

    def steady(self, agreement_id: str, read: Callable[[Path], T]) -> T:
        """Return what `read` makes of an agreement's folder, again if a writer replaced it meanwhile.

        Raises what `read` raises on files that stand still, `NotFoundError` when the agreement is not held.
        """
        for _ in range(_TRIES):
            folder = self.folder(agreement_id)
            before = _identity(folder)
            try:
                result = read(folder)
            except RepositoryError:
                if before and _identity(self.folder(agreement_id)) == before:
                    raise
                continue
            if before and _identity(self.folder(agreement_id)) == before:
                return result
        return read(self.folder(agreement_id))

    def place(self, agreement_id: str) -> Path:
        """Return where the folder of `agreement_id` stands or would stand."""
        return self.agreements / safe_name(agreement_id)

    def purged_words(self, agreement_id: str) -> str:
        """Return when, by whom and under what an agreement was purged, empty where it was not: no words of it.

        A tombstone that is damaged says that alone: what it stands for was purged all the same.
        """
        try:
            row = json.loads(self.tombstone(agreement_id).read_bytes())
            if row["id"] != agreement_id:  # the name of a file stands for several ids
                return ""
            day, by = str(row["date"]), str(row.get("by") or "")
            under = str(row.get("authority") or "") or (f"spill {row['spill']}" if row.get("spill") else "")
        except FileNotFoundError:
            return ""
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return "it was purged, and its tombstone is damaged"
        return f"it was purged on {day}" + (f" by {by}" if by else "") + (f" ({under})" if under else "")

    def tombstone(self, agreement_id: str) -> Path:
        """Return where the tombstone of `agreement_id` stands or would stand."""
        return self.purged / f"{safe_name(agreement_id)}.json"

    def strangers(self) -> tuple[str, ...]:
        """Return the printable names in `agreements/` that are no agreement's folder."""
        names = (n for n in _listing(self.agreements) if not n.startswith("."))
        return tuple(sorted(printable(n) for n in names if not (is_readable_name(n) and _is_id(plain_name(n)))))

    def stamps(self, listings: FolderListings | None = None) -> dict[str, str]:
        """Return the id of every agreement with sizes and times of its texts, sorted by id.

        `listings` know the folders that were listed before.
        """
        folders = self._folders_named(self._steady_listing())
        return {i: stamp(folder, listings) for i, folder in folders}

    def _present(self, agreement_id: str) -> Path | None:
        if not _is_id(agreement_id):
            return None
        place = self.place(agreement_id)
        # Asked for twice, because a writer may have put the successor in its place between the questions.
        if place.is_dir():
            return place
        old = place.with_name(OLD + place.name)
        return next((folder for folder in (old, place) if folder.is_dir()), None)

    def _folders_named(self, names: tuple[str, ...]) -> Sequence[tuple[str, str]]:
        """Return id and folder of every agreement for the `names` in `agreements/`, sorted; the last ones are kept."""
        if self._sorted is None or self._sorted[0] != names:
            base = f"{self.agreements}{os.sep}"
            self._sorted = names, [(i, base + name) for i, name in sorted(self._named(names).items())]
        return self._sorted[1]

    def _names(self) -> dict[str, str]:
        """Return the id and the folder name of every agreement."""
        return self._named(self._steady_listing())

    def _named(self, listed: Iterable[str]) -> dict[str, str]:
        names = [n for n in listed if is_readable_name(n)]
        plain = {p: n for n in names if not n.startswith(".") and _is_id(p := plain_name(n))}
        present = set(plain.values())
        for name in names:
            if name.startswith(OLD) and name.removeprefix(OLD) not in present:
                plain[plain_name(name.removeprefix(OLD))] = name
        return plain

    def _steady_listing(self) -> tuple[str, ...]:
        """Return the names in `agreements/`; a name that is changed while they are read could be missed."""
        names = _listing(self.agreements)
        for _ in range(_TRIES):
            again = _listing(self.agreements)
            if again == names:
                break
            names = again
        return names


def is_repository(folder: Path) -> bool:
    """Whether a repository lies in `folder`."""
    return (folder / MARKER).is_file()


def fingerprint_of(stamps: Mapping[str, str]) -> str:
    """Return one word for `stamps` (sorted by id): it changes whenever the facts or the text of any agreement do.

    It is made of names, sizes and times, so a person's edit changes it too.
    """
    seen = sha256()
    for agreement_id, sizes_and_times in stamps.items():
        seen.update(f"{agreement_id}\0{sizes_and_times}\n".encode())
    return f"{FORMAT}-{seen.hexdigest()[:32]}"


def check_id(agreement_id: str) -> None:
    """Raise `RepositoryError` when `agreement_id` cannot be the name of a folder on every system."""
    if len(agreement_id) > _LONGEST_ID:
        raise RepositoryError(
            f"The id {agreement_id[:40]}... has {len(agreement_id)} characters; at most {_LONGEST_ID} fit.",
            hint="Give a shorter one with --id.",
        )


def stamp(folder: Path | str, listings: FolderListings | None = None) -> str:
    """Return sizes and times of the texts in an agreement's `folder`: equal stamps, equal texts."""
    main = _times(f"{folder}{os.sep}{MAIN_FILE}")
    documents = f"{folder}{os.sep}{DOCUMENTS}"
    if listings is None:
        paths = {name: f"{documents}{os.sep}{name}" for name in _listing(documents)}
    else:
        listed = listings.of(documents)
        paths = dict(listed.files) if listed else {}
    if not paths:
        return main
    others = [f"{name}:{_times(path)}" for name, path in paths.items() if name.endswith(".md")]
    return " ".join([main, *sorted(others)]) if others else main


def _identity(folder: Path) -> tuple[Path, int, str] | None:
    """Return what tells that a folder is the same, in the same place, with the same texts; None when it is gone."""
    try:
        return folder, folder.stat().st_ino, stamp(folder)
    except OSError:
        return None


def _times(path: str) -> str:
    try:
        status = os.stat(path)  # noqa: PTH116 - called for every file of the repository
    except OSError:
        return "-"
    return f"{status.st_size}.{status.st_mtime_ns}"


def _listing(folder: Path | str) -> tuple[str, ...]:
    try:
        return tuple(os.listdir(folder))  # noqa: PTH208
    except (FileNotFoundError, NotADirectoryError):
        return ()


def _is_id(name: str) -> bool:
    return name.isascii() and name[:1].isalnum() and name == name.lower()


def _check(root: Path) -> None:
    if root.exists() and not root.is_dir():
        raise RepositoryError(f"{printable(root)} is a file, not a folder.", hint="Name a folder after --repo.")
    if format_of(root) is None and not _may_become_one(root):
        raise RepositoryError(
            f"{printable(root)} is not a repository: it holds other files.",
            hint="Name an empty or new folder after --repo.",
        )


def _may_become_one(root: Path) -> bool:
    """Whether a folder without marker is new, empty, left so by a kill, or a repository that lost its marker."""
    names = [n for n in _listing(root) if not n.startswith(".")]
    return not names or (set(names) <= {*_FOLDERS} and not (root / "agreements" / "__init__.py").exists())
