"""From cues found to topics with a confidence. Pure and quick: no model is learned, every judgement can be shown."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from agreements.classifying import cues
from agreements.topics import topics

_MOST = 3  # a clause on more than three topics is rather on none of them in particular
_ENOUGH = 6.0  # a score below this says nothing
_BESIDE = 0.6  # a second topic needs this share of the first one's score
_SURE = 14.0  # at this score confidence is nearly 1
_USUAL = 1.15  # where the family usually has the topic


@dataclass(frozen=True, slots=True)
class CueCounts:
    """What was found in a clause: how often each cue (by number) in heading and text, and how many words it has."""

    heading: Mapping[int, int]
    text: Mapping[int, int]
    length: int

    @classmethod
    def of(cls, heading: str, text: str) -> "CueCounts":
        """Return the evidence in a `heading` and a `text`."""
        words = cues.words_of(text)
        title = cues.found_in(cues.words_of(heading), heading=True) if heading else {}
        return cls(title, cues.found_in(words), len(words))

    def with_parts(self, parts: Iterable["CueCounts"]) -> "CueCounts":
        """Return this evidence and that in the texts of `parts`, whose headings are not those of the whole."""
        text, length = Counter(self.text), self.length
        for part in parts:
            for number, count in part.text.items():
                text[number] += count
            length += part.length
        return CueCounts(self.heading, text, length)


def scores(evidence: CueCounts) -> Mapping[str, float]:
    """Return a score for every topic that anything hints at.

    A hint that is repeated counts less each time, and among many words a single hint counts less.
    """
    found: dict[str, float] = defaultdict(float)
    dilution = 1 / (1 + math.log1p(evidence.length / 150))
    for number, count in evidence.text.items():
        cue = cues.cue(number)
        found[cue.topic] += cue.weight * (1 + math.log(count)) * dilution * 2
    for number in evidence.heading:
        cue = cues.cue(number)
        found[cue.topic] += cue.weight * (1 + 0.5 * (len(cue.patterns) - 1))
    return found


def judge(evidence: CueCounts, family: str = "") -> list[tuple[str, float]]:
    """Return the topics of a clause with a confidence between 0 and 1, the main one first; empty when none fits."""
    found = scores(evidence)
    if family:
        registry = topics()
        found = {t: s * (_USUAL if registry[t].usual_in(family) else 1) for t, s in found.items()}
    ranked = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    if not ranked or ranked[0][1] < _ENOUGH:
        return []
    best = ranked[0][1]
    kept = [(t, s) for t, s in ranked[:_MOST] if s >= max(_ENOUGH, best * _BESIDE)]
    return [(t, confidence(s)) for t, s in kept]


def confidence(score: float) -> float:
    """Return how sure a `score` makes, between 0 and 1."""
    return round(1 - math.exp(-2.3 * score / _SURE), 3)
