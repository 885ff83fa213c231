"""Two texts compared: provisions that answer each other, and the words that differ."""

from agreements.comparing.align import AlignedProvision, ChangeKind, Pair, align
from agreements.comparing.words import DiffSegment, differences

__all__ = ["AlignedProvision", "ChangeKind", "DiffSegment", "Pair", "align", "comparison", "differences"]
