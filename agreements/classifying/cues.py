"""The words that hint at a topic, from `data/topic_cues.csv`, found in a text in one pass.

A cue is a few words: `*` at the end of a word stands for any ending, `...` for up to six words between. Cues for
headings are written apart, because a heading says with one word what a text says with many. To teach the
classifier a phrase, add it to the row of its topic.
"""

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import chain

from agreements.resources import data

_WORD = re.compile(r"[^\W_]+(?:-[^\W\d_]+)*%?")
_WEIGHTS = {"strong": 3.0, "medium": 1.5, "weak": 0.5}
_IN_HEADING = 3.0
_GAP = 6
_GAP_SIGN = -1
_SHORTEST_STEM = 3
_MOST_CHUNKS = 100_000
_SMALL_WORDS = "the of and to in for a an be by or on with this that shall not no any all may is are"
_COMMON = frozenset(_SMALL_WORDS.split())

# The patterns (words, stems) that a word of a text fits, by number; for each word in order.
CueWords = Sequence[frozenset[int]]


@dataclass(frozen=True, slots=True)
class Cue:
    """A hint at `topic` of some `weight`: numbers of patterns in order, `_GAP_SIGN` for a gap."""

    topic: str
    weight: float
    patterns: tuple[int, ...]
    needs: frozenset[int]


class _Chunks(dict[str, tuple[frozenset[int], ...]]):
    """What `words_of` gives for each stretch between blanks met so far, of which most texts are made."""

    def __missing__(self, chunk: str) -> tuple[frozenset[int], ...]:
        if len(self) > _MOST_CHUNKS:
            self.clear()
        found = self[chunk] = tuple(_patterns(word) for word in _WORD.findall(chunk))
        return found


@dataclass(slots=True)
class _Table:
    """All cues, each found by the rarest of its patterns."""

    numbers: dict[str, int] = field(default_factory=dict)
    cues: list[Cue] = field(default_factory=list)
    chunks: _Chunks = field(default_factory=_Chunks)
    by_anchor: dict[bool, dict[int, list[int]]] = field(
        default_factory=lambda: {True: defaultdict(list), False: defaultdict(list)}
    )

    def add(self, topic: str, weight: float, phrase: str, *, heading: bool) -> None:
        """Add the cue that `phrase` writes."""
        words = [w if w == "..." else _spelled(w) for w in phrase.split()]
        patterns = tuple(_GAP_SIGN if w == "..." else self.numbers.setdefault(w, len(self.numbers)) for w in words)
        anchor = max((w for w in words if w != "..."), key=lambda w: (w not in _COMMON, len(w)))
        self.by_anchor[heading][self.numbers[anchor]].append(len(self.cues))
        self.cues.append(Cue(topic, weight, patterns, frozenset(patterns) - {_GAP_SIGN}))


def words_of(text: str) -> CueWords:
    """Return the words of `text` as the patterns that each fits; case and British spelling do not matter."""
    return list(chain.from_iterable(map(_table().chunks.__getitem__, text.split())))


def found_in(words: CueWords, *, heading: bool = False) -> Counter[int]:
    """Return how often each cue (by number) occurs in `words`, which are a heading or a text."""
    table = _table()
    places: dict[int, list[int]] = defaultdict(list)
    for at, patterns in enumerate(words):
        if patterns:
            for pattern in patterns:
                places[pattern].append(at)
    present = set(places)  # comparing sets is much faster than comparing with the keys of a dictionary
    found: Counter[int] = Counter()
    by_anchor = table.by_anchor[heading]
    for pattern in by_anchor.keys() & present:
        for number in by_anchor[pattern]:
            cue = table.cues[number]
            if len(cue.patterns) == 1:
                found[number] = len(places[pattern])
            elif cue.needs <= present and (count := _count(cue.patterns, words, places[cue.patterns[0]])):
                found[number] = count
    return found


def cue(number: int) -> Cue:
    """Return the cue of that number."""
    return _table().cues[number]


def _count(patterns: Sequence[int], words: CueWords, starts: Iterable[int]) -> int:
    return sum(_stands(patterns, words, start) for start in starts)


def _stands(patterns: Sequence[int], words: CueWords, at: int) -> bool:
    """Whether the words from `at` on fit `patterns`."""
    for index, pattern in enumerate(patterns):
        if pattern == _GAP_SIGN:
            rest = patterns[index + 1 :]
            return any(_stands(rest, words, start) for start in range(at, min(at + _GAP + 1, len(words))))
        if at >= len(words) or pattern not in words[at]:
            return False
        at += 1
    return True


@lru_cache(maxsize=100_000)
def _patterns(word: str) -> frozenset[int]:
    numbers = _table().numbers
    plain = _spelled(word)
    stems = (f"{plain[:length]}*" for length in range(_SHORTEST_STEM, len(plain) + 1))
    return frozenset(numbers[p] for p in (plain, *stems) if p in numbers)


def _spelled(word: str) -> str:
    plain = word.lower().replace("-", "")
    for british, american in (("defence", "defense"), ("offence", "offense"), ("licence", "license")):
        plain = plain.replace(british, american)
    return plain.replace("honour", "honor").replace("labour", "labor").replace("favour", "favor")


@cache
def _table() -> _Table:
    table = _Table()
    with data("topic_cues.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            for phrase in _phrases(row["heading"]):
                table.add(row["topic"], _IN_HEADING, phrase, heading=True)
            for column, weight in _WEIGHTS.items():
                for phrase in _phrases(row[column]):
                    table.add(row["topic"], weight, phrase, heading=False)
    return table


def _phrases(cell: str) -> Iterator[str]:
    return (phrase.strip() for phrase in cell.split(";") if phrase.strip())
