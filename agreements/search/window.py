"""Which piece of a provision to show: the sentence with most of what was asked for.

A snippet is a slice of one line of the text (one provision) without its number, in whole sentences, so that a "not"
around the words found stays in sight. A sentence beyond all measure is cut at a clause. Where the type changes in the
middle of a sentence (a letter in italics), the source has signs between its letters there: the snippet ends before
them, or begins after them, unless what would be left out denies or limits what is shown.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from agreements.language.sentences import sentences
from agreements.search.fields import lines

LONGEST = 700
"""Characters of a snippet; a longer sentence is cut at a clause."""
SHORT = 120
"""Characters up to which a snippet takes in the sentences beside it."""

_CLAUSE = re.compile(r"[;:,]\s+")
LIMITING = re.compile(
    r"\b(?:but|except\w*|however|if|neither|never|no|nor|none|not|nothing|only|provided|save|subject|unless|until|"
    r"without)\b",
    re.IGNORECASE,
)
"""Words that deny or limit what is said: never left out unseen."""


class MatchSpan(NamedTuple):
    """Characters that answer the query, and which of its parts they answer."""

    start: int
    end: int
    part: str


def window(text: str, starts: Sequence[int], breaks: Sequence[int], matches: Sequence[MatchSpan]) -> tuple[int, int]:
    """Return the characters of `text` to show for `matches`.

    `starts` says where the words of each line of `text` begin, `breaks` where the type changes in it.
    """
    every = list(_sentences(text, starts, matches))
    if not every:
        return 0, 0
    best = _best(every, matches)
    start, end = every[best]
    inside = _inside(matches, start, end)
    if end - start > LONGEST:
        start, end = _clauses(text, start, end, inside)
        inside = _inside(matches, start, end)
    elif not any(start < b < end for b in breaks):
        start, end = _with_neighbours(text, every, best, breaks)
    return _between(text, start, end, breaks, inside) if inside else (start, end)


def _inside(matches: Sequence[MatchSpan], start: int, end: int) -> list[MatchSpan]:
    return [m for m in matches if start <= m.start and m.end <= end]


def _best(spans: Sequence[tuple[int, int]], matches: Sequence[MatchSpan]) -> int:
    """Return which sentence has the most parts of the query, a phrase counting as its words; the first of equals."""

    parts: list[set[str]] = [set() for _ in spans]
    ends = [end for _, end in spans]
    for match in matches:
        index = bisect_left(ends, match.end)
        if index < len(spans) and spans[index][0] <= match.start:
            parts[index].add(match.part)
    return max(range(len(spans)), key=lambda index: sum(part.count(" ") + 1 for part in parts[index]))


def _between(text: str, start: int, end: int, breaks: Sequence[int], matches: Sequence[MatchSpan]) -> tuple[int, int]:
    """Keep to the letters between two changes of type, where nothing that limits them is lost by it."""
    first, last = min(m.start for m in matches), max(m.end for m in matches)
    after = min((b for b in breaks if last <= b < end), default=end)
    if after < end:
        stop = max((c.start() for c in _CLAUSE.finditer(text, last, after)), default=last)
        end = end if LIMITING.search(text, stop, end) else stop
    before = max((b for b in breaks if start < b <= first), default=start)
    if before > start:
        begin = min((c.end() for c in _CLAUSE.finditer(text, before, first)), default=first)
        start = start if LIMITING.search(text, start, begin) else begin
    return start, end


def _sentences(text: str, starts: Sequence[int], matches: Sequence[MatchSpan]) -> Iterator[tuple[int, int]]:
    """Yield the sentences of the lines of `text` that have a match, else of the first line with words."""
    places = [match.start for match in matches]
    for start, end in lines(text, starts):
        if places and bisect_left(places, start) == bisect_left(places, end):
            continue
        for sentence in sentences(text[start:end]):
            yield start + sentence.start, start + sentence.end
        if not places and end > start:
            return


def _with_neighbours(text: str, spans: Sequence[tuple[int, int]], best: int, breaks: Sequence[int]) -> tuple[int, int]:
    """Take in the sentences before and after on the same line, as long as the whole stays short and of one type."""
    start, end = spans[best]
    for other_start, other_end in (*reversed(spans[:best]), *spans[best + 1 :]):
        wider = min(start, other_start), max(end, other_end)
        touching = not text[min(end, other_end) : max(start, other_start)].strip()
        one_line = "\n" not in text[wider[0] : wider[1]] and not any(wider[0] < b < wider[1] for b in breaks)
        if touching and one_line and wider[1] - wider[0] <= SHORT:
            start, end = wider
    return start, end


def _clauses(text: str, start: int, end: int, matches: Sequence[MatchSpan]) -> tuple[int, int]:
    """Cut a very long sentence at the beginning of a clause before the words found, and at a blank after them."""
    first = _densest(matches, LONGEST - 200) if matches else start
    begin = start
    if first - start > LONGEST // 2:
        openings = [c.end() for c in _CLAUSE.finditer(text, max(start, first - LONGEST // 2), first)]
        begin = openings[0] if openings else first
    stop = min(end, begin + LONGEST)
    if stop < end:
        blank = text.rfind(" ", begin, stop)
        stop = blank if blank > begin else stop
    return begin, stop


def _densest(matches: Sequence[MatchSpan], reach: int) -> int:
    """Return where the stretch of `reach` characters with the most parts of the query begins."""

    def worth(first: MatchSpan) -> int:
        return len({m.part for m in matches if first.start <= m.start and m.end <= first.start + reach})

    return max(matches, key=worth).start
