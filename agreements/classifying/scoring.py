"""From cues found to topics with a confidence. Pure and quick: no model is learned, every judgement can be shown."""

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from agreements.classifying import cues
from agreements.topics import topics

_MOST = 3  # a clause on more than three topics is rather on none of them in particular
_ENOUGH = 6.0  # a score below this says nothing
_NAMED = 8.0  # with this score a topic that the heading names is kept beside whatever others there are
_BESIDE = 0.6  # a second topic needs this share of the first one's score
_SURE = 14.0  # at this score confidence is nearly 1
_USUAL = 1.15  # where the family usually has the topic
_PASSAGE = 5  # hints of this weight close together say what a passage is about ...
_NEAR = 40  # ... within so many words


@dataclass(frozen=True, slots=True)
class CueCounts:
    """What was found in a clause: where each cue (by number) begins in heading and text, and how many words it has.

    A place in `text` is counted from the start of the words, or of the part of them, that it stands in; `own` are those
    in the words outside the parts. `named` are the topics that a cue names with all words of the heading.
    """

    heading: Mapping[int, Sequence[int]]
    text: Mapping[int, Sequence[int]]
    own: Mapping[int, Sequence[int]]
    length: int
    named: frozenset[str] = frozenset()

    @classmethod
    def of(cls, heading: str, text: str) -> "CueCounts":
        """Return the evidence in a `heading` and a `text`."""
        found, length = _found(text)
        if not heading:
            return cls({}, found, found, length)
        hints, words = _found(heading, heading=True)
        every = cues.every_cue()
        named = frozenset(every[number].topic for number in hints if every[number].length == words)
        return cls(hints, found, found, length, named)

    def with_parts(self, parts: Iterable["CueCounts"]) -> "CueCounts":
        """Return this evidence and that in the texts of `parts`, whose headings are not those of the whole."""
        text, length = dict(self.text), self.length
        for part in parts:
            for number, places in part.text.items():
                text[number] = [*text[number], *places] if number in text else places
            length += part.length
        return CueCounts(self.heading, text, self.own, length, self.named)


@lru_cache(maxsize=1024)  # the rules that one draft is held against ask for the same clauses again
def _found(words: str, *, heading: bool = False) -> tuple[Mapping[int, Sequence[int]], int]:
    """Return where each cue stands in `words`, which are a heading or a text, and how many words they are."""
    apart = cues.words_of(words)
    return cues.found_in(apart, heading=heading), len(apart)


def scores(evidence: CueCounts) -> Mapping[str, float]:
    """Return a score for every topic that anything hints at.

    A hint that is repeated counts less each time, and among many words a single hint counts less.
    """
    found: dict[str, float] = defaultdict(float)
    dilution = 2 / (1 + math.log1p(evidence.length / 150))
    known = cues.every_cue()
    for number, places in evidence.text.items():
        cue = known[number]
        found[cue.topic] += cue.weight * (dilution if len(places) == 1 else (1 + math.log(len(places))) * dilution)
    for number in evidence.heading:
        cue = known[number]
        found[cue.topic] += cue.weight * (1 + 0.5 * (cue.length - 1))
    return found


def passages(evidence: CueCounts, known: Collection[str]) -> list[str]:
    """Return the topics beside those `known` that a passage of a clause's own words is about, the surest first.

    What a clause says in one sentence or sub-point is much diluted by the rest of it: hints that stand close together
    are worth what they would be alone. Of those that begin at one word the best counts.
    """
    every = cues.every_cue()
    hints: dict[str, list[tuple[float, int]]] = defaultdict(list)
    for number in evidence.own:
        hints[every[number].topic].append((every[number].weight, number))
    found = []
    for topic, weighed in hints.items():
        if topic not in known and sum(weight for weight, _ in weighed) >= _PASSAGE:
            most = _closest(weighed, evidence.own)
            if most >= _PASSAGE:
                found.append((-most, topic))
    return [topic for _, topic in sorted(found)]


def _closest(hints: Iterable[tuple[float, int]], places: Mapping[int, Sequence[int]]) -> float:
    """Return the most that cues, each a weight and a number, weigh within a passage."""
    best_at: dict[int, tuple[float, int]] = {}
    for hint in sorted(hints):
        best_at |= dict.fromkeys(places[hint[1]], hint)
    rows = sorted(best_at.items())
    most = 0.0
    for first, (start, _) in enumerate(rows):
        near = {number: weight for at, (weight, number) in rows[first : first + _NEAR] if at <= start + _NEAR}
        most = max(most, sum(near.values()))
    return most


def judge(evidence: CueCounts, family: str = "") -> list[tuple[str, float]]:
    """Return the topics of a clause with a confidence between 0 and 1, the main one first; empty when none fits."""
    found = scores(evidence)
    usual = _usual_in(family)
    weighed = [(t, s * _USUAL if t in usual else s) for t, s in found.items()]
    ranked = sorted((row for row in weighed if row[1] >= _ENOUGH), key=lambda row: (-row[1], row[0]))
    if not ranked:
        return []
    best = ranked[0][1]
    named = {t for t, s in ranked if t in evidence.named and s >= _NAMED}
    kept = [(t, s) for n, (t, s) in enumerate(ranked) if t in named or (n < _MOST and s >= best * _BESIDE)]
    return [(t, confidence(s)) for t, s in kept]


@cache
def _usual_in(family: str) -> frozenset[str]:
    return frozenset(t.id for t in topics().values() if family and t.usual_in(family))


def confidence(score: float) -> float:
    """Return how sure a `score` makes, between 0 and 1."""
    return round(1 - math.exp(-2.3 * score / _SURE), 3)
