"""What stays of a purged agreement: its id, the hashes of what was purged, the day and the reason. No text.

A tombstone is written before anything is deleted and marked finished afterwards, so that a kill in between is
made good before the next write.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from agreements.errors import RepositoryError
from agreements.platform import replace_file
from agreements.repository.layout import Layout


@dataclass(frozen=True, slots=True)
class Tombstone:
    """A purged agreement. `hashes` are the SHA-256 of its sources and texts, `date` is the day (UTC)."""

    id: str
    date: str
    reason: str
    hashes: tuple[str, ...]
    finished: bool = True


def tombstones(layout: Layout) -> tuple[Tombstone, ...]:
    """Return all tombstones, by id; raises `RepositoryError` for one that is damaged.

    A damaged one must not be skipped: what it stands for could come back unnoticed.
    """
    try:
        paths = sorted(p for p in layout.purged.iterdir() if p.suffix == ".json")
    except FileNotFoundError:
        return ()
    return tuple(_read(path) for path in paths)


def put(layout: Layout, stone: Tombstone) -> None:
    """Write `stone`."""
    layout.purged.mkdir(exist_ok=True)
    content = json.dumps(asdict(stone), ensure_ascii=True, indent=1)
    replace_file(layout.tombstone(stone.id), content.encode() + b"\n")


def lift(layout: Layout, hashes: Iterable[str]) -> None:
    """Take `hashes` out of every tombstone, because the agreement was restored on purpose."""
    wanted = set(hashes)
    for stone in tombstones(layout):
        rest = tuple(h for h in stone.hashes if h not in wanted)
        if rest == stone.hashes:
            continue
        if rest:
            put(layout, Tombstone(stone.id, stone.date, stone.reason, rest, stone.finished))
        else:
            layout.tombstone(stone.id).unlink()


def _read(path: Path) -> Tombstone:
    try:
        row = json.loads(path.read_bytes())
        return Tombstone(**{**row, "hashes": tuple(row["hashes"])})
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RepositoryError(
            f"The tombstone {path} is damaged: {error}.",
            hint="Put it back from a copy: it keeps what was purged from coming back.",
        ) from error
