"""The folder of agreements: plain files are the truth, and every write is whole or not at all.

`Repository` opens a folder; `Outcome` says what became of an agreement that was added; `Facts` are quick facts.
"""

from typing import TYPE_CHECKING

from agreements.registry import lazy
from agreements.repository.derived import Derived, forget_rows, one_by_one
from agreements.repository.facts import Facts, left_out, select
from agreements.repository.formats import format_watch
from agreements.repository.layout import fingerprint_of, is_repository
from agreements.repository.store import EarlierText, Repository, held, one_question, open_repository

if TYPE_CHECKING:
    from agreements.repository.editing import WorkingCopy as WorkingCopy
    from agreements.repository.fsck import Damage as Damage
    from agreements.repository.fsck import journal_damages as journal_damages
    from agreements.repository.fsck import name_damages as name_damages
    from agreements.repository.holds import LegalHold as LegalHold
    from agreements.repository.importing import Outcome as Outcome
    from agreements.repository.importing import RepositoryWriter as RepositoryWriter
    from agreements.repository.journal import Act as Act
    from agreements.repository.journal import Journal as Journal
    from agreements.repository.journal import acting_as as acting_as
    from agreements.repository.journal import asking_as as asking_as
    from agreements.repository.journal import counter_of as counter_of
    from agreements.repository.journal import find_act as find_act
    from agreements.repository.journal import moment_after as moment_after
    from agreements.repository.journal import who_acts as who_acts
    from agreements.repository.journal import who_asks as who_asks
    from agreements.repository.looking import LookedAtAgreement as LookedAtAgreement
    from agreements.repository.readings import AbsenceReading as AbsenceReading
    from agreements.repository.tombstones import PurgeOrder as PurgeOrder
    from agreements.repository.tombstones import Tombstone as Tombstone
    from agreements.repository.undoing import refuse_final as refuse_final
    from agreements.repository.wanted import Wanted as Wanted

__all__ = [
    "AbsenceReading",
    "Act",
    "Damage",
    "Derived",
    "EarlierText",
    "Facts",
    "Journal",
    "LegalHold",
    "LookedAtAgreement",
    "Outcome",
    "PurgeOrder",
    "Repository",
    "RepositoryWriter",
    "Tombstone",
    "Wanted",
    "WorkingCopy",
    "acting_as",
    "asking_as",
    "counter_of",
    "find_act",
    "fingerprint_of",
    "forget_rows",
    "format_watch",
    "held",
    "is_repository",
    "journal_damages",
    "left_out",
    "moment_after",
    "name_damages",
    "one_by_one",
    "one_question",
    "open_repository",
    "refuse_final",
    "select",
    "who_acts",
    "who_asks",
]

__getattr__, __dir__, _ = lazy(
    __name__,
    {
        "AbsenceReading": "readings",
        "WorkingCopy": "editing",
        "Damage": "fsck",
        "journal_damages": "fsck",
        "name_damages": "fsck",
        "LegalHold": "holds",
        "Act": "journal",
        "acting_as": "journal",
        "Journal": "journal",
        "asking_as": "journal",
        "counter_of": "journal",
        "find_act": "journal",
        "refuse_final": "undoing",
        "Outcome": "importing",
        "RepositoryWriter": "importing",
        "PurgeOrder": "tombstones",
        "Tombstone": "tombstones",
        "LookedAtAgreement": "looking",
        "moment_after": "journal",
        "who_acts": "journal",
        "who_asks": "journal",
        "Wanted": "wanted",
    },
)
