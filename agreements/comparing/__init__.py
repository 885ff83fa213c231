"""Two texts compared: provisions that answer each other, and the words that differ."""

from agreements.comparing.align import Change, Pair, Side, align
from agreements.comparing.words import Piece, differences

__all__ = ["Change", "Pair", "Piece", "Side", "align", "comparison", "differences"]
