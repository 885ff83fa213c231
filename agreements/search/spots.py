"""Where in a text the words of a query can stand: the rest of a long provision need not be cut into words.

A word keeps its first two letters through spelling and stemming, but for those in `other_openings`, `y` that becomes
`i`, accents and ligatures. So a text is looked through for these letters, and only what stands between two blanks
around them is analysed.
"""

import re
from collections.abc import Iterable, Iterator

from agreements.search.spelling import other_openings

_LETTERS = "A-Za-z"
_FOREIGN = re.compile(r"[^\x00-\x7f\u00a0§–—‘’“”…]")  # a letter that folding may turn into others
_SHORTEST = 3
_ACROSS_BLANKS = frozenset(("percent", "per", "cent"))  # `per cent` is one word over a blank, and neither of its two


class Spots:
    """Finds the stretches of a text in which one of `terms` can stand."""

    def __init__(self, terms: Iterable[str]) -> None:
        self._pattern = _pattern(frozenset(terms))

    def __call__(self, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield stretches of `text` between `start` and `end`, in order; they begin and end at blanks."""
        if self._pattern is None:
            yield start, end
            return
        places = [m.start() for m in self._pattern.finditer(text, start, end)]
        if not text.isascii():
            places = sorted([*places, *(m.start() for m in _FOREIGN.finditer(text, start, end))])
        done = start
        for place in places:
            if place >= done:
                blank = text.find(" ", place, end)
                done = end if blank < 0 else blank
                yield max(start, text.rfind(" ", start, place) + 1), done


def _pattern(terms: frozenset[str]) -> re.Pattern[str] | None:
    """Return what finds the beginning of every word that may be one of `terms`; None where any word may be."""
    if not all(len(t) >= _SHORTEST and t.isascii() and t.isalpha() for t in terms) or terms & _ACROSS_BLANKS:
        return None
    openings = {o for term in terms for o in (term[:2], *other_openings().get(term[:2], ()))}
    openings |= {o[0] + "y" for o in openings if o[1] == "i"}
    if not openings:
        return re.compile(r"(?!)")
    seconds: dict[str, str] = {}
    for opening in sorted(openings):
        seconds[opening[0]] = seconds.get(opening[0], "") + opening[1] + opening[1].upper()
    ways = "|".join(f"(?<=[{first}{first.upper()}])[{after}]" for first, after in seconds.items())
    firsts = "".join(first + first.upper() for first in seconds)
    # The class at the beginning is what the search skips to; all else is looked at there only.
    return re.compile(f"[{firsts}](?<![{_LETTERS}].)(?:{ways})")
