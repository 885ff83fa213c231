"""What a check reads of an agreement: each of its files once, and of each no more than the check needs.

Nothing is kept of it: a text whose size and times are as they were may still be damaged on the disk, so every check
reads and hashes all of them.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from agreements.errors import RepositoryError
from agreements.findings import Finding
from agreements.repository.layout import DOCUMENTS, HISTORY, MAIN_FILE, SOURCES
from agreements.repository.record import digest, file_digest, load_record

_MARKS = (b"<<<<<<< ", b">>>>>>> ")


@dataclass(frozen=True, slots=True)
class LookedAt:
    """The texts of one reading in their `folder`: `hashes` by name, and the names of those with the `marks` of a merge.

    `written` are the hashes that the record of the reading has, None where there is no record; `findings` what that
    reading left for a person. `problem` says why the record cannot be read.
    """

    folder: Path
    hashes: Mapping[str, str]
    marked: frozenset[str]
    written: Mapping[str, str] | None = None
    findings: tuple[Finding, ...] = ()
    problem: RepositoryError | None = None

    @property
    def edited(self) -> tuple[str, ...]:
        """The names of the files that are there, and no longer as they were written."""
        return tuple(name for name, was in (self.written or {}).items() if self.hashes.get(name, was) != was)


@dataclass(frozen=True, slots=True)
class LookedAtAgreement:
    """All that is kept of an agreement in its `folder`: the text as it stands, `earlier` ones by the name of their
    folder, hashes of the `sources` by name, and what lies in the history and is no folder (`strays`).

    The hash of a source that cannot be read is empty.
    """

    folder: Path
    now: LookedAt
    earlier: Mapping[str, LookedAt] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    strays: tuple[str, ...] = ()
    has_sources: bool = False


def look_at(folder: Path) -> LookedAtAgreement:
    """Return what is kept of the agreement in `folder`."""
    names = _names(folder)
    history = sorted(_names(folder / HISTORY)) if HISTORY in names else ()
    are_folders = {name: (folder / HISTORY / name).is_dir() for name in history}
    sources = _digests(folder / SOURCES) if SOURCES in names else {}
    return LookedAtAgreement(
        folder=folder,
        now=_version(folder),
        earlier={name: _version(folder / HISTORY / name) for name, is_folder in are_folders.items() if is_folder},
        sources=sources,
        strays=tuple(n for n, is_folder in are_folders.items() if not is_folder and not n.startswith(".")),
        has_sources=SOURCES in names and (folder / SOURCES).is_dir(),
    )


def _version(folder: Path) -> LookedAt:
    hashes, marked = {}, set()
    documents = sorted(name for name in _names(folder / DOCUMENTS) if name.endswith(".md"))
    for name in (MAIN_FILE, *(f"{DOCUMENTS}/{name}" for name in documents)):
        try:
            content = (folder / name).read_bytes()
        except OSError:
            continue
        hashes[name] = digest(content)
        if any(mark in content for mark in _MARKS) and any(line.startswith(_MARKS) for line in content.splitlines()):
            marked.add(name)
    try:
        record = load_record(folder)
    except RepositoryError as problem:
        return LookedAt(folder, hashes, frozenset(marked), problem=problem)
    if record is None:
        return LookedAt(folder, hashes, frozenset(marked))
    told = tuple(finding for finding in record.findings if finding.severity != "info")
    return LookedAt(folder, hashes, frozenset(marked), dict(record.written), told)


def _digests(folder: Path) -> dict[str, str]:
    found = {}
    for name in _names(folder):
        path = folder / name
        try:
            if path.is_file():
                found[name] = file_digest(path)
        except OSError:
            found[name] = ""
    return found


def _names(folder: Path) -> list[str]:
    try:
        return os.listdir(folder)  # noqa: PTH208 - asked of every folder of the repository
    except (FileNotFoundError, NotADirectoryError):
        return []
