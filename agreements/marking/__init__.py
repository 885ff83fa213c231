"""Markings: is a text, with its place, marked as classified, and by which marking? One service for every door.

A door makes a `PlacedText` of all that is read, typed or written and calls `refuse`; `examine` does not raise.
"""

from agreements.marking.examining import Declassification, Marking, Verdict, examine
from agreements.marking.passages import (
    MARKING_FIELDS,
    PassageKind,
    PlacedText,
    entries,
    label_pieces,
    name_pieces,
    remarks,
    values,
)
from agreements.marking.refusing import NOTICE, highest, named, refuse, refuse_entry, refuse_name
from agreements.marking.words import lexicon_of

__all__ = [
    "MARKING_FIELDS",
    "NOTICE",
    "Declassification",
    "Marking",
    "PassageKind",
    "PlacedText",
    "Verdict",
    "entries",
    "examine",
    "highest",
    "label_pieces",
    "lexicon_of",
    "name_pieces",
    "named",
    "refuse",
    "refuse_entry",
    "refuse_name",
    "remarks",
    "values",
]
