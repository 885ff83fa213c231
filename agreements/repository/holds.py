"""Legal holds: while one is in force nothing of an agreement can be purged, not even by mistake.

`holds/<id>.json` keeps every hold of an agreement, those that were released too; nothing of its text.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from agreements.errors import RepositoryError
from agreements.marking import refuse_entry
from agreements.platform import safe_name
from agreements.repository.layout import Layout
from agreements.repository.publishing import noted


@dataclass(frozen=True, slots=True)
class LegalHold:
    """A hold: the agreement's id, why, since which day, who ordered it, and the day of its release (UTC days)."""

    id: str
    reason: str
    since: str
    by: str = ""
    released: str = ""

    @property
    def is_in_force(self) -> bool:
        """Whether it is not released."""
        return not self.released


def holds(layout: Layout, agreement_id: str = "") -> tuple[LegalHold, ...]:
    """Return all holds, or those of one agreement; raises `RepositoryError` for a file that is damaged.

    A damaged one must not be skipped: what it protects could be purged unnoticed.
    """
    if agreement_id:
        paths = [_place(layout, agreement_id)]
    else:
        paths = sorted(layout.legal_holds.glob("*.json")) if layout.legal_holds.is_dir() else []
    return tuple(hold for path in paths if path.is_file() for hold in _read(path))


def put_hold(layout: Layout, agreement_id: str, reason: str, by: str = "") -> LegalHold:
    """Keep a new hold of an agreement. Use it under the lock.

    Raises `NotFoundError`, `RepositoryError`, and `ClassifiedError` when its words bear a marking in use.
    """
    layout.folder(agreement_id)  # there is one
    if not reason.strip():
        raise RepositoryError("A hold needs a reason.", hint="It is kept with the hold; do not quote the text.")
    refuse_entry(f"{reason}\n{by}", what="the reason of the hold")
    hold = LegalHold(agreement_id, " ".join(reason.split()), _today(), " ".join(by.split()))
    _write(layout, agreement_id, "hold", [*holds(layout, agreement_id), hold])
    return hold


def release_holds(layout: Layout, agreement_id: str) -> tuple[LegalHold, ...]:
    """Release the holds of an agreement and return them. Use it under the lock.

    Raises `RepositoryError` when none is in force.
    """
    every = holds(layout, agreement_id)
    if not any(hold.is_in_force for hold in every):
        raise RepositoryError(f"{agreement_id} is under no legal hold.", hint="`agreements hold` lists those that are.")
    after = [replace(hold, released=hold.released or _today()) for hold in every]
    _write(layout, agreement_id, "release", after)
    return tuple(after)


def refuse_when_held(layout: Layout, agreement_id: str) -> None:
    """Raise `RepositoryError` when a hold of the agreement is in force."""
    for hold in holds(layout, agreement_id):
        if hold.is_in_force:
            by = f" by {hold.by}" if hold.by else ""
            raise RepositoryError(
                f"{agreement_id} is under a legal hold since {hold.since}{by} ({hold.reason}).",
                hint=f"Nothing is purged before the hold is released: `agreements hold {agreement_id} --release`.",
            )


def _place(layout: Layout, agreement_id: str) -> Path:
    return layout.legal_holds / f"{safe_name(agreement_id)}.json"


def _read(path: Path) -> tuple[LegalHold, ...]:
    try:
        return tuple(LegalHold(**row) for row in json.loads(path.read_bytes()))
    except (OSError, ValueError, TypeError) as error:
        raise RepositoryError(
            f"The legal hold {path} is damaged: {error}.", hint="Put it back from a copy: it keeps texts from a purge."
        ) from error


def _write(layout: Layout, agreement_id: str, what: str, every: Sequence[LegalHold]) -> None:
    content = json.dumps([asdict(hold) for hold in every], ensure_ascii=False, indent=1)
    noted(layout, agreement_id, what, _place(layout, agreement_id), content.encode() + b"\n")


def _today() -> str:
    return datetime.now(UTC).date().isoformat()
