"""The verbs `hold`, `release` and `holds`: legal holds, under which nothing can be purged."""

from pathlib import Path

from agreements.library.repositories import open_repository
from agreements.repository import LegalHold


def hold(folder: Path, agreement: str, reason: str, *, by: str = "") -> LegalHold:
    """Put `agreement` under a legal hold, ordered `by` somebody; raises `NotFoundError`, `RepositoryError`."""
    return open_repository(folder).hold(agreement, reason, by)


def release(folder: Path, agreement: str) -> tuple[LegalHold, ...]:
    """Release the legal holds of `agreement`; raises `RepositoryError` when none is in force."""
    return open_repository(folder).release(agreement)


def holds(folder: Path) -> tuple[LegalHold, ...]:
    """Return all legal holds of agreements, the released ones too."""
    return open_repository(folder).legal_holds()
