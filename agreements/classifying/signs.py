"""What a single sentence rules on, from words of it that stand near each other in any order (`data/topic_signs.csv`).

Treaties say one thing in many phrases: a claim is waived, renounced or not made, by each Party or by both. A sign is
written as what its words have in common, not as the phrase: `waive|waives + claim|claims + mutual|each ~10 - immunity`
is found where one word of each group stands within ten words of the first, in one sentence and none of those after `-`
among them. `*` ends a stem; `@people` and the like are the words of that name in `data/sign_words.csv`; `@this` and
`@agreement`, spelling and case are as in `cues`. A cue is weighed with others, a sign is enough alone: it names who
does what to what, so that its words have no other business together.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from agreements.classifying.cues import CLASSES, WORD, spelled
from agreements.families import whole_words
from agreements.language.modality import modals
from agreements.language.sentences import sentences
from agreements.resources import data

_WITHIN = 12  # words from the first group to any other, where a sign does not say how many
_SHORTEST_STEM = 3
_MOST_CHUNKS = 100_000
_SETTING = whole_words(  # without these a privilege is an official's, and transit that of trade
    (
        *("armed forces?", "forces", "troops", "military", "civilian component", "state aircraft"),
        *("army", "navy", "air force"),
        *("ammunition", "weapons", "armou?red vehicles", "(?:mutual|national|collective) defen[cs]e"),
        "(?:ministr(?:y|ies)|ministers?|departments?|secretary) of (?:national )?defen[cs]e",
    )
)
_HINTS = (  # one of these stands in whatever the pattern above finds
    *("forces", "armed force", "air force", "troops", "military", "civilian component", "state aircraft", "army"),
    *("navy", "ammunition", "weapons", "armored", "armoured", "defence", "defense"),
)
_OFTEN = 500  # words among which one of the setting stands, on average, in a text on forces
_MEANING = re.compile(
    r"(?:\(?\w{1,3}[.)]\s*)?(?:the (?:term|expression|word|phrase)s? )?"
    r"(?:[\"“„«]|``)[^\"”“»]{1,80}[\"”“»],?\s(?:\S+\s){0,12}?(?:means?|includes?|denotes?|designates?|refers? to)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile('["“„«]|``')
_BY_MEANING = ("dependents",)  # what a meaning settles: who dependents are is most of what is agreed on them
_BY_PLACE = {  # what clauses say of their own that otherwise recite, define or repeat
    "preamble": ("purpose_scope",),
    "definitions": _BY_MEANING,
    "reply-note": ("entry_into_force",),
}
_FIRST = ("1", "I", "i", "A", "a")
_NO_PURPOSE = ("definitions", "entry_into_force", "termination", "duration_renewal", "amendment", "purpose_scope")
_AMENDS = re.compile(
    r"\b(?:amended|replaced|deleted|inserted|added|substituted|revised|modified|extended)\b", re.IGNORECASE
)
_DOCUMENT = re.compile(r"[.~@]")  # ends the name of a document that a path begins with
_Groups = frozenset[int]
_Places = Mapping[int, Sequence[int]]  # of the words of each group, counted from the start of a sentence
_NONE: _Groups = frozenset()


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign of `topic`: the groups of words (by number) it needs within so many words, and those it bears none of."""

    topic: str
    first: int
    others: _Groups
    without: _Groups
    within: int

    def stands_in(self, places: _Places) -> bool:
        """Whether the sign is found in a sentence, given the `places` of each group; no word counts as two."""
        return any(
            all(self._is_near(at, places[group]) for group in self.others)
            and not any(abs(at - other) <= self.within for group in self.without for other in places.get(group, ()))
            for at in places[self.first]
        )

    def _is_near(self, at: int, others: Iterable[int]) -> bool:
        return any(0 < abs(at - other) <= self.within for other in others)


@dataclass(slots=True)
class _Signs:
    """All signs by their first group, and which groups each word and each stem stands in."""

    named: Mapping[str, Sequence[str]]
    by_first: dict[int, list[Sign]] = field(default_factory=lambda: defaultdict(list))
    numbers: dict[str, int] = field(default_factory=dict)
    of_word: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    def add(self, topic: str, written: str) -> None:
        """Add the sign that is `written` so."""
        needed, _, without = written.partition(" - ")
        needed, _, within = needed.partition("~")
        first, *others = (self._group(group.strip()) for group in needed.split(" + "))
        barred = frozenset({self._group(without.strip())} if without else ())
        self.by_first[first].append(Sign(topic, first, frozenset(others), barred, int(within or _WITHIN)))

    def _group(self, alternatives: str) -> int:
        number = self.numbers.setdefault(alternatives, len(self.numbers))
        for alternative in alternatives.split("|"):
            for word in self.named.get(alternative, (alternative,)):
                self.of_word[spelled(word)].add(number)
        return number

    def groups(self, word: str) -> _Groups:
        """Return the groups that `word` stands in."""
        plain = spelled(word)
        stems = (f"{plain[:length]}*" for length in range(_SHORTEST_STEM, len(plain) + 1))
        classes = (name for name, words in CLASSES.items() if plain in words)
        return _NONE.union(*(self.of_word[w] for w in (plain, *stems, *classes) if w in self.of_word))


class _Chunks(dict[str, tuple[_Groups, ...]]):
    """The groups of the words in each stretch between blanks met so far."""

    def __missing__(self, chunk: str) -> tuple[_Groups, ...]:
        if len(self) > _MOST_CHUNKS:
            self.clear()
        found = self[chunk] = tuple(_signs().groups(word) for word in WORD.findall(chunk))
        return found


def is_on_forces(texts: Sequence[str]) -> bool:
    """Whether an agreement, all `texts` of it, speaks of forces so often that its words mean what they mean there."""
    enough = sum(text.count(" ") for text in texts) / _OFTEN
    lower = "\n".join(texts).lower()
    if sum(map(lower.count, _HINTS)) <= enough:  # most texts, and ten times as quick as the pattern
        return False
    return sum(len(_SETTING.findall(text)) for text in texts) > enough


def topics_beside(text: str, topics: Sequence[str], path: str) -> Sequence[str]:
    """Return what sentences of the clause at `path` say beside the `topics` (ids) that its cues and place give it.

    Hardly anything is said by words that recite or define, and by a reply, which repeats the note.
    """
    found = topics_said(text, topics)
    only = next((some for place, some in _BY_PLACE.items() if place in (*topics, _DOCUMENT.split(path)[0])), None)
    return found if only is None else tuple(topic for topic in found if topic in only)


def opens_purpose(path: str, text: str, topics: Collection[str]) -> bool:
    """Whether the clause at `path` is the first of an exchange of notes and says what the Parties let each other do.

    Notes have no article on their purpose: their first point states it, and the rest serves that. What first defines,
    ends or amends states none.
    """
    if path not in _FIRST or any(topic in topics for topic in _NO_PURPOSE) or _AMENDS.search(text):
        return False
    opening = sentences(text)[0]
    return any(modal.kind in ("right", "duty", "future") for modal in modals(opening))


def topics_said(text: str, known: Collection[str] = ()) -> Sequence[str]:
    """Return the topics beside those `known` of which a sign stands in a sentence of `text`, in order of the text."""
    present = _NONE.union(*(groups for chunk in set(text.split()) for groups in _chunks()[chunk]))
    by_first = _signs().by_first
    likely = [
        sign
        for first in sorted(present & by_first.keys())
        for sign in by_first[first]
        if sign.topic not in known and present >= sign.others
    ]
    if not likely and not _QUOTED.search(text):
        return ()
    found: dict[str, None] = {}
    for sentence in sentences(text):
        said = _said_in(sentence.words, likely, found)
        if _MEANING.match(sentence.words):
            said = ["definitions", *(topic for topic in said if topic in _BY_MEANING)]
        found |= dict.fromkeys(said)
    return tuple(topic for topic in found if topic not in known)


def _said_in(sentence: str, likely: Iterable[Sign], found: Mapping[str, None]) -> Iterable[str]:
    words = [groups for chunk in sentence.split() for groups in _chunks()[chunk]]
    places: dict[int, list[int]] = {}
    for at, groups in enumerate(words):
        for group in groups:
            places.setdefault(group, []).append(at)
    return [
        sign.topic
        for sign in likely
        if sign.topic not in found and sign.first in places and places.keys() >= sign.others and sign.stands_in(places)
    ]


@cache
def _chunks() -> _Chunks:
    return _Chunks()


@cache
def _signs() -> _Signs:
    with data("sign_words.csv").open(encoding="utf-8", newline="") as rows:
        signs = _Signs({row["name"]: row["words"].split() for row in csv.DictReader(rows)})
    with data("topic_signs.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            signs.add(row["topic"], row["sign"])
    return signs
