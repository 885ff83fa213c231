"""Purging: a whole negotiation, or one paper of it, goes; what stays is a tombstone, and of a paper its entry.

What is to go is written down before anything is deleted, so that a kill in between is made good by the next write: in
the folder that was moved aside for a whole negotiation, beside its facts for one paper.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from agreements import platform
from agreements.display import shown_short
from agreements.errors import RepositoryError
from agreements.negotiation.records import RecordError
from agreements.repository import PurgeOrder, Repository, Tombstone, who_acts

if TYPE_CHECKING:
    from agreements.negotiation.file import Negotiation

ORDER, PAPER_ORDER = "purge.json", ".purging-paper.json"
_AGREED = ("ad-referendum", "agreed")
_DECISIONS = "decisions"
_TEXTS = "texts"


@shown_short
@dataclass(frozen=True, slots=True)
class PurgedPaper:
    """A paper that was purged: its tombstone, the `files` that went (under the folder of the negotiation), and
    `made_from`, the numbers of the texts that the record has as made after it or compared with it, which stay."""

    stone: Tombstone
    files: tuple[str, ...]
    made_from: tuple[int, ...]


def stone_name(negotiation: str, paper: str = "") -> str:
    """Return the id of the tombstone of a negotiation, or of one file of it."""
    return " ".join(filter(None, ("negotiation", negotiation, paper)))  # a blank keeps it apart from ids of agreements


def files_of(folder: Path, hashes: Collection[str]) -> Iterator[Path]:
    """Yield the files under the `folder` of a negotiation of which one of `hashes` is the SHA-256, in their order."""
    yield from (path for path in sorted(folder.rglob("*")) if path.is_file() and _digest(path) in hashes)


def write_order(path: Path, negotiation: str, order: PurgeOrder, **more: object) -> None:
    """Write down at `path` what is about to be purged, why and by whom."""
    row = {"id": negotiation, "date": datetime.now(UTC).date().isoformat(), "by": who_acts(), **asdict(order), **more}
    platform.replace_file(path, json.dumps(row).encode())


def finish_negotiation(repository: Repository, doomed: Path) -> None:
    """Leave the tombstone of the folder `doomed` of a negotiation, then delete it."""
    if not doomed.is_dir():
        raise RepositoryError(f"{platform.printable(doomed)} is a file.", hint="Look at it, and move it elsewhere.")
    if (doomed / ORDER).is_file():  # else the tombstone stands and the deletion was interrupted
        order = _read_order(doomed / ORDER)
        hashes = {_digest(path) for path in doomed.rglob("*") if path.is_file()}
        _put(repository, stone_name(order["id"]), order, hashes)
    platform.remove_tree(doomed)


def with_purged(held: "Negotiation", folder: Path) -> "Negotiation":
    """Return `held` with the texts marked as purged whose purge is written down in `folder`."""
    order = _read_order(folder / PAPER_ORDER)
    names = {Path(name).name for name in _files(folder)}
    texts = (t.model_copy(update={"purged": order["date"]}) if t.file in names else t for t in held.texts)
    return held.model_copy(update={"texts": tuple(texts)})


def finish_paper(repository: Repository, folder: Path) -> None:
    """Leave the tombstone of the paper whose purge is written down in `folder`, then delete it."""
    order = _read_order(folder / PAPER_ORDER)
    files = _files(folder)
    there = [folder / name for name in files if (folder / name).exists()]
    own = {_digest(path) for path in there if path.is_file() and path.parent.name == _TEXTS}
    _put(repository, stone_name(order["id"], order["paper"]), order, own)
    for path in there:
        platform.remove_tree(path) if path.is_dir() else path.unlink()
    (folder / PAPER_ORDER).unlink()


def files_of_paper(held: "Negotiation", folder: Path, paper: str) -> tuple[str, ...]:
    """Return all files that hold the file `paper` of `texts/`, or what was decided on its words, under `folder`.

    The same bytes under another name go too, and what lies beside it by the stem of its name.
    """
    sha256 = _digest(folder / _TEXTS / paper)
    same = {path.name for path in (folder / _TEXTS).iterdir() if path.is_file() and _digest(path) == sha256}
    beside = {Path(name).stem for name in same}
    every = sorted(path.name for path in (folder / _TEXTS).iterdir())
    own = [name for name in every if name in same or name.partition(".")[0] in beside]
    texts = [f"text-{text.number:02d}" for text in held.texts if text.file in same]
    rounds = [f"clearance-{r.number:02d}" for r in held.clearances if same & {draft.file for draft in r.returned}]
    asked = [f"clearance-{r.number:02d}" for r in held.clearances if r.text in _numbers(held, same)]
    stems = dict.fromkeys((*texts, *rounds, *asked))
    decided = [f"{stem}{ending}" for stem in stems for ending in (".yaml", "-earlier")]
    names = [f"{_TEXTS}/{name}" for name in own] + [f"{_DECISIONS}/{name}" for name in decided]
    return tuple(name for name in names if (folder / name).exists())


def refuse_what_rests_on(held: "Negotiation", files: Iterable[str]) -> None:
    """Raise `RecordError` where articles are recorded as agreed in a text among `files`.

    Whether a later text has other words could not be told any more.
    """
    gone = _numbers(held, {Path(name).name for name in files})
    resting = {path: e.text for path, e in held.entries_by_path.items() if e.text in gone and e.state in _AGREED}
    if resting:
        numbers = ", ".join(map(str, sorted({number for number in resting.values() if number is not None})))
        raise RecordError(
            f"{', '.join(resting)} of {held.id} are recorded as agreed in text {numbers}: without it nobody can tell "
            "whether they were changed since.",
            hint="Record with `agreements negotiation agree` what was agreed in a text without the spilled words, or "
            "reopen it; then purge. Until then keep the file from others by other means.",
        )


def made_from(held: "Negotiation", files: Iterable[str]) -> tuple[int, ...]:
    """Return the numbers of the texts that the record compares with one of `files`, so that they may have its words.

    What was kept before it in the same bytes has none of them.
    """
    names = {Path(name).name for name in files}
    gone = _numbers(held, names)
    before = {text.sha256 for text in held.texts if text.number < min(gone, default=0)}
    return tuple(
        text.number
        for text in held.texts
        if text.base in gone and text.number not in gone and text.sha256 not in before
    )


def purged_papers(repository: Repository, negotiation: str) -> Mapping[str, Tombstone]:
    """Return the tombstones of the papers of `negotiation` that were purged, by the SHA-256 of each file."""
    before = stone_name(negotiation) + " "
    return {sha: stone for stone in repository.tombstones() if stone.id.startswith(before) for sha in stone.hashes}


def _files(folder: Path) -> tuple[str, ...]:
    return tuple(json.loads((folder / PAPER_ORDER).read_bytes()).get("files", ()))


def _numbers(held: "Negotiation", names: Iterable[str]) -> set[int]:
    wanted = set(names)
    return {text.number for text in held.texts if text.file in wanted}


def _put(repository: Repository, name: str, order: Mapping[str, str], hashes: Iterable[str]) -> None:
    earlier: Iterator[str] = (h for stone in repository.tombstones() if stone.id == name for h in stone.hashes)
    stone = Tombstone(name, order["date"], order["reason"], tuple(sorted({*hashes, *earlier})))
    repository.put_tombstone(replace(stone, authority=order["authority"], spill=order["spill"], by=order["by"]))


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _read_order(path: Path) -> dict[str, str]:
    try:
        row = json.loads(path.read_bytes())
        given = {name: str(row.get(name, "")) for name in ("authority", "spill", "by", "paper")}
        return {name: str(row[name]) for name in ("id", "date", "reason")} | given
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as problem:
        raise RepositoryError(
            f"{platform.printable(path)} is damaged: what was to be purged cannot be read.",
            hint="Delete that file, or rename its folder to what follows .purging-, and purge again.",
        ) from problem
