"""The words that hint at a topic, from `data/topic_cues.csv`, found in a text in one pass.

A cue is a few words: `*` at the end of a word stands for any ending, `...` for up to six words between, `@agreement`
for any name of an instrument, `@this` for `this` and `present`. Cues for
headings are written apart, because a heading says with one word what a text says with many. To teach the
classifier a phrase, add it to the row of its topic.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import chain

from agreements.resources import data

WORD = re.compile(r"[^\W_]+(?:-[^\W\d_]+)*%?(?:['’]s\b)?")
_WEIGHTS = {"decisive": 5.0, "strong": 3.0, "medium": 1.5, "weak": 0.5}
_IN_HEADING = 3.0
_INSTRUMENTS = "agreement convention treaty protocol memorandum arrangement understanding compact accord"
CLASSES = {
    "@this": frozenset({"this", "present"}),
    "@agreement": frozenset(_INSTRUMENTS.split()),
}
_GAP = 6
_GAP_SIGN = -1
_SHORTEST_STEM = 3
_MOST_CHUNKS = 100_000
_SMALL_WORDS = "the of and to in for a an be by or on with this that shall not no any all may is are"
_SPELLINGS = {  # what stands in an American word in place of the letters of a British one
    **{"defence": "defense", "offence": "offense", "licence": "license", "dependant": "dependent"},
    **{"honour": "honor", "labour": "labor", "favour": "favor", "harbour": "harbor", "instalment": "installment"},
    **{"authoris": "authoriz", "recognis": "recogniz", "organis": "organiz", "programme": "program"},
    **{"manoeuvre": "maneuver", "judgement": "judgment", "cypher": "cipher"},
    "will": "shall",  # memoranda and notes say what treaties rule
}
_BRITISH = re.compile("|".join(_SPELLINGS) + "|^will$")
_COMMON = frozenset(_SMALL_WORDS.split())
_TREATY_WORDS = (
    "agreement agreement* article articles convention provisions provision* international accordance between"
)
_USUAL_WORDS = frozenset(
    f"{_TREATY_WORDS} @agreement @this party state member* member which other their without such each have".split()
)

_PADDING = (frozenset[int](),) * 16  # more than the words of any cue

# The patterns (words, stems) that a word of a text fits, by number; for each word in order.
CueWords = Sequence[frozenset[int]]


@dataclass(frozen=True, slots=True)
class Cue:
    """A hint at `topic` of some `weight`, made of `length` words."""

    topic: str
    weight: float
    length: int


_Run = tuple[int, int, tuple[tuple[int, int], ...]]


@dataclass(slots=True)
class _Anchored:
    """The cues (by number) that are looked for where one pattern stands, as what must stand around it.

    `alone` have no other word. `gapped` have gaps: what must occur at all, and the patterns in order. In the others
    word follows word; they are found by the pattern right after the anchor, or before it where the anchor is the last
    (`sides`, with the step to it): how far the anchor is from the first word, and the patterns that remain with their
    distance from it.
    """

    alone: list[int] = field(default_factory=list)
    sides: list[tuple[dict[int, list[_Run]], int]] = field(default_factory=list)
    gapped: list[tuple[int, frozenset[int], tuple[int, ...]]] = field(default_factory=list)

    def add(self, number: int, patterns: tuple[int, ...], at: int) -> None:
        """Add the cue of that number, whose anchor is the pattern `at`."""
        if len(patterns) == 1:
            self.alone.append(number)
        elif _GAP_SIGN in patterns:
            self.gapped.append((number, frozenset(patterns) - {_GAP_SIGN}, patterns))
        else:
            step = 1 if at + 1 < len(patterns) else -1
            rest = tuple((n - at, p) for n, p in enumerate(patterns) if n not in (at, at + step))
            self._side(step).setdefault(patterns[at + step], []).append((number, at, rest))

    def _side(self, step: int) -> dict[int, list[_Run]]:
        if all(step != known for _, known in self.sides):
            self.sides.append(({}, step))
        return next(runs for runs, known in self.sides if known == step)


class _Chunks(dict[str, tuple[frozenset[int], ...]]):
    """What `words_of` gives for each stretch between blanks met so far, of which most texts are made."""

    def __missing__(self, chunk: str) -> tuple[frozenset[int], ...]:
        if len(self) > _MOST_CHUNKS:
            self.clear()
        found = self[chunk] = tuple(_patterns(word) for word in WORD.findall(chunk))
        return found


class _Kept(dict[frozenset[int], tuple[int, ...]]):
    """The patterns of a word that cues are looked for by (`sought`), for each set of patterns met so far."""

    def __init__(self, sought: set[int]) -> None:
        super().__init__()
        self.sought = sought

    def __missing__(self, patterns: frozenset[int]) -> tuple[int, ...]:
        found = self[patterns] = tuple(patterns & self.sought)
        return found


@dataclass(slots=True)
class _Table:
    """All cues, each found by the rarest of its patterns."""

    numbers: dict[str, int] = field(default_factory=dict)
    cues: list[Cue] = field(default_factory=list)
    chunks: _Chunks = field(default_factory=_Chunks)
    by_anchor: dict[bool, dict[int, _Anchored]] = field(
        default_factory=lambda: {True: defaultdict(_Anchored), False: defaultdict(_Anchored)}
    )
    kept: _Kept = field(default_factory=lambda: _Kept(set()))

    def add(self, topic: str, weight: float, phrase: str, *, heading: bool) -> None:
        """Add the cue that `phrase` writes."""
        words = [w if w == "..." else spelled(w) for w in phrase.split()]
        patterns = tuple(_GAP_SIGN if w == "..." else self.numbers.setdefault(w, len(self.numbers)) for w in words)
        at = max((n for n, w in enumerate(words) if w != "..."), key=lambda n: _rarity(words[n]))
        self.kept.sought |= {patterns[at], patterns[0]} if _GAP_SIGN in patterns else {patterns[at]}
        self.by_anchor[heading][patterns[at]].add(len(self.cues), patterns, at)
        self.cues.append(Cue(topic, weight, len(patterns)))

    def places(self, words: CueWords) -> dict[int, list[int]]:
        """Return where each pattern that cues are looked for by stands."""
        places: dict[int, list[int]] = defaultdict(list)
        for at, patterns in enumerate(map(self.kept.__getitem__, words)):
            for pattern in patterns:
                places[pattern].append(at)
        return places


def words_of(text: str) -> CueWords:
    """Return the words of `text` as the patterns that each fits; case and British spelling do not matter."""
    return list(chain.from_iterable(map(_table().chunks.__getitem__, text.split())))


def found_in(words: CueWords, *, heading: bool = False) -> Mapping[int, Sequence[int]]:
    """Return at which of `words`, which are a heading or a text, each cue that occurs (by number) begins."""
    table = _table()
    places = table.places(words)
    present = set[int]().union(*words)
    padded = [*words, *_PADDING]  # around the first and the last words stand words that fit nothing
    found: dict[int, Sequence[int]] = {}
    runs: dict[int, list[int]] = defaultdict(list)
    by_anchor = table.by_anchor[heading]
    for pattern, here in places.items():
        if pattern not in by_anchor:
            continue
        anchored = by_anchor[pattern]
        for number in anchored.alone:
            found[number] = here
        for beside, step in anchored.sides:
            for at in here:
                for other in padded[at + step]:
                    for number, start, rest in beside.get(other, ()):
                        if not rest or _fits(rest, padded, at):
                            runs[number].append(at - start)
        for number, needs, patterns in anchored.gapped:
            if needs <= present and (starts := [at for at in places[patterns[0]] if _stands(patterns, words, at)]):
                found[number] = starts
    return found | runs


def every_cue() -> Sequence[Cue]:
    """Return all cues, each at its number."""
    return _table().cues


def _rarity(word: str) -> tuple[bool, bool, int]:
    """Return the greater, the rarer a word of a cue is in treaties."""
    return word not in _COMMON, word not in _USUAL_WORDS, len(word)


def _fits(around: Iterable[tuple[int, int]], padded: CueWords, at: int) -> bool:
    """Whether the words around that at `at` fit."""
    for distance, pattern in around:  # noqa: SIM110  half as quick again as all()
        if pattern not in padded[at + distance]:
            return False
    return True


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
    plain = spelled(word)
    stems = (f"{plain[:length]}*" for length in range(_SHORTEST_STEM, len(plain) + 1))
    classes = (name for name, words in CLASSES.items() if plain in words)
    return frozenset(numbers[p] for p in (plain, *stems, *classes) if p in numbers)


def spelled(word: str) -> str:
    """Return `word` as cues are compared: in small letters, without hyphens, in American spelling."""
    plain = word.lower().replace("-", "").removesuffix("'s").removesuffix("’s")
    return _BRITISH.sub(lambda found: _SPELLINGS[found.group()], plain)


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
