"""The family of an agreement whose title gives none: proposed from what its text says. Pure.

Three things speak for a family (`data/families.toml`): words that its agreements use (`says`), in a sentence that does
not deny them; topics that set it apart (`marks`); and, for an instrument under another one, the title by which it
names that one (`(hereinafter "the Agreement")`). A topic alone proposes nothing: many families share them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from agreements.classifying.classify import classify_agreement
from agreements.classifying.signs import is_on_forces
from agreements.families import FAMILIES, Family, by_title, whole_words
from agreements.language.negation import is_denied
from agreements.language.sentences import around
from agreements.model import Agreement
from agreements.reference import Place, places
from agreements.topics import topic

_SAID, _MARKED, _UNDER = 2.0, 1.0, 3.0
_SURE = 0.5  # confidence that a topic must have to count
_SPEAKS = 3.0  # points below which nothing is proposed: one phrase alone stands in texts of every kind
_FILLS = 6.0  # points of its own, without the title of another instrument, of a family that is near certain ...
_AHEAD = 2.0  # ... when they are so many times those of any other
_OPENING = 8  # places in which an instrument names the one that it stands under
_LONG = 120  # characters of words that are shown
_NAMED = 3  # grounds that a sentence names
_ITSELF = re.compile(
    r"[(\[](?:hereinafter|hereafter|further|herein)[^()\[\]]{0,40}?the (?:\w+ )?(?:Agreement|Memorandum)\b"
)


@dataclass(frozen=True, slots=True)
class Ground:
    """What speaks for a family: the `words` of the text (or the label of a topic) and the path where they stand."""

    words: str
    path: str
    weight: float


@dataclass(frozen=True, slots=True)
class FamilyProposal:
    """A family that the text of an agreement speaks for, the `grounds` of it, and the nearest other one (or nothing).

    `confidence` (0 to 1) is its part of what speaks for it and for the nearest other. `fills` says that enough speaks
    for it, and little for any other, to take it without asking, and that no title names another subject.
    """

    family: str
    confidence: float
    grounds: tuple[Ground, ...]
    near: str = ""
    fills: bool = False

    @property
    def why(self) -> str:
        """Return the chief grounds as words for people."""
        chief = sorted(self.grounds, key=lambda ground: -ground.weight)[:_NAMED]
        return "; ".join(f"“{g.words}” ({g.path})" if g.path else f"“{g.words}”" for g in chief)


def propose(agreement: Agreement) -> FamilyProposal | None:
    """Return the family that the text of `agreement` speaks for most; None where no words of any family stand in it."""
    every = list(places(agreement))
    if not is_on_forces([text for p in every for text in (p.provision.heading or "", p.provision.text)]):
        return None
    said = {each.id: list(_said(each, every)) for each in FAMILIES.values() if each.says}
    if named := _under(every):
        family, ground = named
        said[family] = [*(own for own in said[family] if own.path != ground.path), ground]
    spoken = {family: grounds for family, grounds in said.items() if grounds}
    if not spoken:
        return None
    topics = _topics(agreement)
    for family, grounds in spoken.items():
        marks = (mark for mark in FAMILIES[family].marks if mark in topics)
        grounds.extend(Ground(topic(mark).label, topics[mark], _MARKED) for mark in marks)
    return _best(spoken, is_titled=bool(agreement.title) and agreement.form != "exchange-of-notes")


def _best(spoken: dict[str, list[Ground]], *, is_titled: bool) -> FamilyProposal | None:
    points = {family: sum(ground.weight for ground in grounds) for family, grounds in spoken.items()}
    first, *others = sorted(points, key=lambda family: -points[family])
    if points[first] < _SPEAKS:
        return None
    second = points[others[0]] if others else 0.0
    own = sum(ground.weight for ground in spoken[first] if ground.weight != _UNDER)
    fills = not is_titled and own >= max(_FILLS, _AHEAD * second)
    confidence = round(points[first] / (points[first] + second), 2)
    return FamilyProposal(first, confidence, tuple(spoken[first]), others[0] if others else "", fills)


def _said(family: Family, every: Sequence[Place]) -> Iterator[Ground]:
    """Yield each of the words of `family` once, where the text first says it."""
    for pattern in _patterns(family.id):
        for place in every:
            if found := _affirmed(pattern, place.provision.text):
                yield Ground(" ".join(found.split()), place.path, _SAID)
                break


@cache
def _patterns(family: str) -> tuple[re.Pattern[str], ...]:
    return tuple(whole_words([words]) for words in FAMILIES[family].says)


def _affirmed(pattern: re.Pattern[str], text: str) -> str:
    for found in pattern.finditer(text):
        if not is_denied(around(text, *found.span()), *found.span()):
            return found.group()
    return ""


def _under(every: Sequence[Place]) -> tuple[str, Ground] | None:
    """Return the family of the instrument that this one amends, extends or carries out, by the title that it gives it.

    It may be of another family itself: an arrangement on a base under an agreement on defence cooperation.
    """
    for place in every[:_OPENING]:
        text = place.provision.text
        if found := _ITSELF.search(text):
            named = text[around(text, *found.span()).start : found.start()]
            if (family := by_title(named)) != "other":
                return family, Ground(" ".join(named.split())[-_LONG:], place.path, _UNDER)
    return None


def _topics(agreement: Agreement) -> dict[str, str]:
    """Return the core topics that the text surely treats, each with the path of its first clause."""
    found: dict[str, str] = {}
    for clause in classify_agreement(agreement):
        for each in clause.topics:
            if each.confidence >= _SURE:
                found.setdefault(each.core, clause.path)
    return found
