"""Words without case and accents that know where they stand: patterns of packs are matched against them."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_PLAIN = str.maketrans({"\u00a0": " ", "\u202f": " ", "\n": " ", "\t": " ", "’": "'", "ı": "i", "ـ": ""})


@dataclass(frozen=True, slots=True)
class Folded:
    """A text in small letters without accents; `at` gives for each of its characters where it stands in the source."""

    text: str
    source: str
    at: tuple[int, ...] | None = None

    def start(self, place: int) -> int:
        """Return the character of the source at which the folded character `place` begins."""
        if self.at is None:
            return place
        return self.at[place] if place < len(self.at) else len(self.source)

    def end(self, place: int) -> int:
        """Return where the source characters of what ends before the folded character `place` end."""
        if self.at is None or place == 0:
            return place
        last = self.at[place - 1] + 1
        while last < len(self.source) and unicodedata.category(self.source[last]) == "Mn":
            last += 1
        return last

    def words(self, found: re.Match[str], group: int | str = 0) -> str:
        """Return what a match in the folded text is in the source."""
        return self.source[self.start(found.start(group)) : self.end(found.end(group))]


@lru_cache(maxsize=256)
def folded(text: str) -> Folded:
    """Return `text` folded."""
    if text.isascii():
        return Folded(text.lower().translate(_PLAIN), text)
    letters = [*map(_letter, text)]
    low = "".join(letters)
    if len(low) == len(text) and "" not in letters:  # a letter for each letter: every one stands where it stood
        return Folded(low, text)
    return Folded(low, text, tuple([place for place, letter in enumerate(letters) for _ in letter]))


@lru_cache(maxsize=4096)
def _letter(letter: str) -> str:
    apart = unicodedata.normalize("NFKD" if letter.isdecimal() else "NFD", letter.casefold())
    return "".join(c for c in apart if unicodedata.category(c) != "Mn").translate(_PLAIN)


def folded_pattern(pattern: str) -> str:
    """Return a pattern of a pack without accents; its escapes (`\\w`, `\\b`) stay."""
    apart = unicodedata.normalize("NFD", pattern)
    return "".join(c for c in apart if unicodedata.category(c) != "Mn").translate(_PLAIN)
