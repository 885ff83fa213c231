"""Two texts compared: provisions that answer each other, and the words that differ."""

from agreements.comparing.align import (
    UNTOUCHED,
    WORDS_STAND,
    AlignedProvision,
    ChangeKind,
    Pair,
    align,
    other_original,
    put_in_order,
)
from agreements.comparing.words import DiffSegment, differences, same_words

__all__ = [
    "UNTOUCHED",
    "WORDS_STAND",
    "AlignedProvision",
    "ChangeKind",
    "DiffSegment",
    "Pair",
    "align",
    "comparison",
    "differences",
    "kinds",
    "other_original",
    "phrases",
    "put_in_order",
    "same_words",
]
