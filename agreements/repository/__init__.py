"""The folder of agreements: plain files are the truth, and every write is whole or not at all.

`Repository` opens a folder; `Outcome` says what became of an agreement that was added; `Facts` are quick facts.
"""

from typing import TYPE_CHECKING

from agreements.registry import lazy
from agreements.repository.facts import Facts
from agreements.repository.layout import fingerprint_of
from agreements.repository.store import Earlier, Repository

if TYPE_CHECKING:
    from agreements.repository.editing import Edit as Edit
    from agreements.repository.holds import LegalHold as LegalHold
    from agreements.repository.importing import Outcome as Outcome
    from agreements.repository.importing import Writer as Writer
    from agreements.repository.tombstones import Tombstone as Tombstone
    from agreements.repository.wanted import Wanted as Wanted

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

__getattr__, __dir__, _ = lazy(
    __name__,
    {
        "Edit": "editing",
        "LegalHold": "holds",
        "Outcome": "importing",
        "Writer": "importing",
        "Tombstone": "tombstones",
        "Wanted": "wanted",
    },
)
