"""The lines of a title: AGREEMENT / BETWEEN / THE GOVERNMENT OF ... / AND / ... / ON ..."""

import re
from collections.abc import Sequence
from itertools import pairwise

_CAPITAL = 187  # the width of a bold capital at 12 points on average, in twentieths of a point
_WIDTH = 9360  # between the margins of letter paper
_SUBJECT = (
    r"on|concerning|regarding|relating to|with respect to|in respect of|pursuant to|for|"
    r"amending|extending|supplementing|implementing|terminating"
)
_SMALL = frozenset(("of", "the", "and", "on", "at", "in", "to", "for", "by", "with", "through", "from", "a"))
_NEAR = 8  # characters by which a line may be longer or shorter so that it ends where the sense does
_BETWEEN = re.compile(r" (between|among) ", re.IGNORECASE)
_NEXT_PARTY = re.compile(r" (and) (?=the (?:government|ministry|department|secretary)\b)", re.IGNORECASE)
_AND = re.compile(r" (and) (?=the )| (and) ", re.IGNORECASE)
_ON = re.compile(rf" (?=(?:{_SUBJECT}) )", re.IGNORECASE)


def title_breaks(title: str, parties: Sequence[str] = (), width: int = _WIDTH) -> tuple[int, ...]:
    """Return the places of the blanks of `title` at which its lines end.

    The lines are those of a title between two parties, where it is one; a line that would not fit in capitals is
    broken into lines of about equal length. `parties` are the names of the parties as printed, where they are
    known: `and` inside one ends no line. `width` is that of the page's text, in twentieths of a point.
    """
    found = _party_breaks(title, parties)
    edges = [-1, *found, len(title)]
    for start, end in pairwise(edges):
        found += _even_breaks(title, start + 1, end, width // _CAPITAL)
    return tuple(sorted(found))


def _party_breaks(title: str, parties: Sequence[str]) -> list[int]:
    between = _BETWEEN.search(title)
    if not between:
        return []
    closed = _name_spans(title, parties)
    start = between.end() - 1
    conjunction = _first_free(_NEXT_PARTY, title, start, closed) or _first_free(_AND, title, start, closed)
    if not conjunction:
        return []
    subject = _first_free(_ON, title, conjunction.end() - 1, closed)
    places = [between.start(), start, conjunction.start(), conjunction.end() - 1]
    return [*places, subject.start()] if subject else places


def _even_breaks(title: str, start: int, end: int, longest: int) -> list[int]:
    """Return the blanks at which the line from `start` to `end` is broken so that each part fits."""
    count = -(-(end - start) // longest)
    found: list[int] = []
    for part in range(1, count):
        wanted = start + (end - start) * part // count
        blanks = [i for i in range(max(found, default=start) + 1, end) if title[i] == " "]
        if blanks:
            found.append(min(blanks, key=lambda i: abs(i - wanted) + _NEAR * _sense(title, i)))
    return found


def _sense(title: str, blank: int) -> int:
    """Return how ill a line would end at `blank`: best after a comma, well before a small word, badly after one."""
    before = title[:blank].rpartition(" ")[2].lower()
    after = title[blank + 1 :].partition(" ")[0].lower()
    return (before in _SMALL) - (after in _SMALL and before not in _SMALL) - before.endswith(",")


def _name_spans(title: str, parties: Sequence[str]) -> list[tuple[int, int]]:
    low = title.lower()
    found = [(low.find(name.lower()), len(name)) for name in parties if name]
    return [(at, at + length) for at, length in found if at >= 0]


def _first_free(
    pattern: re.Pattern[str], title: str, start: int, closed: Sequence[tuple[int, int]]
) -> re.Match[str] | None:
    for match in pattern.finditer(title, start):
        if not any(a <= match.start() < b for a, b in closed):
            return match
    return None
