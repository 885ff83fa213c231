"""Words broken at the end of a printed line: which hyphens belong to the word and which to the line.

The document's own vocabulary decides: where it writes `subdivision` elsewhere, `sub-/division` is one word, where
it writes `cross-servicing`, `cross-/servicing` keeps its hyphen. Only words seen in neither form need a general rule.
"""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cached_property

HYPHENS = "-\u2010\xad"
_TAIL = re.compile(rf"(?<![\w'’-])[\d_'’-]*+([^\W\d_][\w'’-]*)[{HYPHENS}]$")
_HEAD = re.compile(r"[^\W\d_][^\W_]*(?:-\w+)*")
# A whole word, and not the first half of one that is broken at the end of a line.
_WORD = re.compile(rf"[^\W\d_][\w'’]*(?:-\w+)*(?![\w'’]|[{HYPHENS}]\n)")
# "sea- and air transport": the hyphen stands for the rest of the word, a blank follows.
_SUSPENDED = re.compile(r"and|or|to|und|oder|en|of|et|ou|y|o")
# Parts that English printing keeps apart from what follows.
_KEEPS = re.compile(
    r"all|cross|ex|half|long|non|quasi|self|short|so|vice|well|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
    r"|two|three|four|five|six|seven|eight|nine|ten|third"
)
# Parts that make compounds of words (`on-site`), and with anything else are the start of one word (`on-ly`).
_LOOSE = re.compile(r"anti|multi|off|on|post|pre|semi")
# Words that are prefixes of longer words far more often than parts of compounds.
_PREFIXES = re.compile(
    r"after|any|back|be|by|circum|come|counter|every|for|fore|here|how|in|inter|intra|mis|not|out|over|per"
    r"|some|there|through|under|up|where|with"
)


class Vocabulary:
    """The words that a document prints whole, for `join`; counted when the first broken word asks for them."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines

    @cached_property
    def _counts(self) -> Counter[str]:
        return Counter(_WORD.findall("\n".join((*self._lines, "")).lower()))

    def join(self, before: str, after: str) -> tuple[str, str]:
        """Return `before`, which ends in a hyphen, and what to put between it and `after` (its hyphen may go)."""
        tail = _TAIL.search(before)
        head = _HEAD.match(after)
        if not tail or not head:
            return before, ""
        first, rest = tail[1].lower(), head[0].lower()
        if _SUSPENDED.fullmatch(rest):
            return before, " "
        if self._is_one_word(first, rest, capital=head[0][0].isupper() and not tail[1].isupper()):
            return before[:-1], ""
        return before[:-1] + "-", ""

    def _is_one_word(self, first: str, rest: str, *, capital: bool) -> bool:
        joined, hyphened = self._counts[first + rest], self._counts[f"{first}-{rest}"]
        if joined != hyphened:
            return joined > hyphened
        last = first.rsplit("-", 1)[-1]
        if capital or last != first or _KEEPS.fullmatch(last):
            return False
        if _LOOSE.fullmatch(last):
            return not self._counts[rest]
        known = self._counts[last] and self._counts[rest]
        return not (known and len(last) > 3 and not _PREFIXES.fullmatch(last))
