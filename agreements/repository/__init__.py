"""The folder of agreements: plain files are the truth, and every write is whole or not at all.

`Repository` opens a folder; `Outcome` says what became of an agreement that was added; `Facts` are quick facts.
"""

from typing import TYPE_CHECKING, Any

from agreements.repository.facts import Facts
from agreements.repository.layout import fingerprint_of
from agreements.repository.store import Earlier, Repository

if TYPE_CHECKING:
    from agreements.repository.editing import Edit
    from agreements.repository.holds import LegalHold
    from agreements.repository.importing import Outcome, Writer
    from agreements.repository.tombstones import Tombstone
    from agreements.repository.wanted import Wanted

__all__ = [
    "Earlier",
    "Edit",
    "Facts",
    "LegalHold",
    "Outcome",
    "Repository",
    "Tombstone",
    "Wanted",
    "Writer",
    "fingerprint_of",
]

_LATER = {
    "Edit": "editing",
    "LegalHold": "holds",
    "Outcome": "importing",
    "Writer": "importing",
    "Tombstone": "tombstones",
    "Wanted": "wanted",
}


def __getattr__(name: str) -> Any:
    """Load what needs YAML and the model only when it is asked for."""
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
