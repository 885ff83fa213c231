"""What stays of a purged agreement: its id, the hashes of what was purged, the day, reason and authority. No text.

A tombstone is written before anything is deleted and marked finished afterwards, so that a kill in between is
made good before the next write.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from agreements.errors import RepositoryError
from agreements.marking import refuse_entry
from agreements.platform import replace_file
from agreements.repository.layout import Layout


@dataclass(frozen=True, slots=True)
class Tombstone:
    """A purged agreement. `hashes` are the SHA-256 of its sources and texts, `date` is the day (UTC).

    `authority` is the disposition authority under which it was destroyed, `spill` the reference of the spill that it
    was part of: one of them is given. `by` is who purged it. Those of version 0.1 have none of the three.
    """

    id: str
    date: str
    reason: str
    hashes: tuple[str, ...]
    finished: bool = True
    authority: str = ""
    spill: str = ""
    by: str = ""

    def said(self) -> str:
        """Return when and under what it was purged: `purged on 2026-05-01 (spill S-1)`."""
        under = self.authority or (f"spill {self.spill}" if self.spill else "")
        return f"purged on {self.date}" + (f" ({under})" if under else "")

    def as_json(self) -> dict[str, Any]:
        """Return `{purged, date, reason, authority, spill, hashes}`, without what was not given."""
        row = {"purged": self.id, "date": self.date, "reason": self.reason}
        row |= {"authority": self.authority, "spill": self.spill}
        return {**{name: value for name, value in row.items() if value}, "hashes": list(self.hashes)}


@dataclass(frozen=True, slots=True)
class PurgeOrder:
    """Why something is purged, and the disposition `authority` or the reference of the `spill` that says it may be."""

    reason: str
    authority: str = ""
    spill: str = ""

    def checked(self) -> "PurgeOrder":
        """Return it with each entry on one line.

        Raises `RepositoryError` without a reason and where neither authority nor spill is named (44 U.S.C. 3314:
        records are destroyed under that chapter alone), `ClassifiedError` when an entry bears a marking in use.
        """
        order = PurgeOrder(*(" ".join(each.split()) for each in (self.reason, self.authority, self.spill)))
        refuse_entry("\n".join((order.reason, order.authority, order.spill)), what="the reason of the purge")
        if not order.reason:
            raise RepositoryError(
                "A purge needs a reason.", hint="It is kept with the tombstone; do not quote the text."
            )
        if not (order.authority or order.spill):
            raise RepositoryError(
                "A purge needs the disposition authority that allows it, or the reference of a spill.",
                hint="Give --authority TEXT (the item of the records schedule) or --spill TEXT.",
            )
        return order


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
            put(layout, replace(stone, hashes=rest))
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
