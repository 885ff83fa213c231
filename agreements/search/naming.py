"""Which agreement a person means: `NATO SOFA`, `the Supplementary Agreement of 1959`, `TIAS 2846`, `the Uganda SOFA`.

`lineage.names` says it of names as treaties print them, and only where it is certain. Who searches says less and may
be wrong: here the likeliest come first, and nothing is left out because of it. States, family and year must agree where
any agreement has them; the other words decide by how rare they are among the names of the rest.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from agreements.families import FAMILIES, by_title
from agreements.isodates import days, first_day, last_day
from agreements.search.analysis import STOP_WORDS, fold, stem, tokens
from agreements.search.called import code_called
from agreements.states import code_of, find_in

if TYPE_CHECKING:
    from agreements.repository import Facts

_SERIES = re.compile(
    r"\b(?:(?P<own>T\.?I\.?A\.?S\b|E\.?A\.?S\b)[.,\s]{0,3}(?:No[.\s]{0,2})?(?P<number>\d(?:[\d.-]{0,12}\d)?)"
    r"|(?P<volume>\d{1,4})\s{0,2}(?P<series>U\.?S\.?T\b|U\.?N\.?T\.?S\b|L\.?N\.?T\.?S\b|Stat\b|Bevans\b)"
    r"[.,\s]{0,3}(?:p\.\s?)?(?P<page>\d{1,6}))",
    re.IGNORECASE,
)
_SMALL_WORDS = "agreement between concerning government kingdom republic regarding respect state signed united"
_NOTHING = frozenset(map(stem, (*STOP_WORDS, *_SMALL_WORDS.split())))
_NEAR_BEST = 0.9  # of the score of the likeliest: what has so much is as likely
_MOST = 3
_WHOLE, _SHARE = 0.6, 0.4  # what a name that is said wholly is worth beside its words, and what a part of one is
_SPECIFIC, _ONE_OF_MANY = 1.0, 0.6  # what a party of few is worth, and one of many
_FEW = 4
_LATE = 0.4  # what a word loses towards the end of a name
_LEAST = 0.5  # of the weight of the words of a name that must be found, where nothing else is said
_FEWEST, _LONGEST = 4, 8  # words of a title that its first letters stand for
_WORD = re.compile(r"[^\W\d_]+")
_ALIKE = 5  # letters with which words that are forms of each other begin alike


class CitedSeries(NamedTuple):
    """An official citation that a query says: its characters and its plain form (`tias2846`, `4ust1792`)."""

    start: int
    end: int
    plain: str


@dataclass(frozen=True, slots=True)
class Elements:
    """What a query says of an agreement: States and organisations, families, the days of signing, and other words."""

    parties: frozenset[str] = frozenset()
    families: frozenset[str] = frozenset()
    first: int = 0
    last: int = 0
    words: str = ""


class Likely(NamedTuple):
    """An agreement that may be meant, and how well it fits: 1 where all that is said of it agrees, above for a name."""

    facts: "Facts"
    score: float


def citations_in(query: str) -> list[CitedSeries]:
    """Return the official citations in `query`, however they are written (`T.I.A.S. No. 2846`, `4 U.S.T. 1792`)."""
    out = []
    for found in _SERIES.finditer(query):
        words = (found["own"], found["number"]) if found["own"] else (found["volume"], found["series"], found["page"])
        out.append(CitedSeries(*found.span(), _bare("".join(words))))
    return out


def named_by(facts: "Facts", word: str) -> bool:
    """Whether `word` is one of the names of an agreement."""
    every = [term for name in _names(facts) for term in name]
    return any(_is_form(own, term) for own in _terms(word) for term in every)


class Catalog:
    """The agreements of a repository as a query may name them; `listing` gives their facts when they are asked for."""

    def __init__(self, listing: "Callable[[], Iterable[Facts]]") -> None:
        self._listing = listing
        self._known: tuple[Facts, ...] | None = None

    @property
    def facts(self) -> "Sequence[Facts]":
        """The facts of all agreements that a query may mean; drafts and what was rejected are not among them."""
        if self._known is None:
            self._known = tuple(f for f in self._listing() if f.standing in ("agreement", "specimen"))
        return self._known

    def with_id(self, agreement: str) -> "Facts | None":
        """Return the facts of the agreement of that id, None where there is none."""
        return next((facts for facts in self.facts if facts.id == agreement), None)

    def cited(self, citation: CitedSeries) -> "list[Facts]":
        """Return the agreements with that citation."""
        return [facts for facts in self.facts if citation.plain in map(_bare, facts.citations)]

    def dated(self, words: str, first: int, last: int) -> "list[Facts]":
        """Return the agreements of those days that have all `words` in one of their names; none where many have."""
        wanted = _terms(words)
        said = Elements(first=first, last=last)
        found = [
            facts
            for facts in (self.facts if wanted else ())
            if _is_signed(facts, said)
            and any(all(any(_is_form(word, term) for term in name) for word in wanted) for name in _names(facts))
        ]
        return found if len(found) <= _MOST else []

    def names_of(self, words: str) -> str:
        """Return those of `words` that stand in a name of an agreement: others say nothing of which is meant."""
        known = frozenset(term for facts in self.facts for name in _names(facts) for term in name)
        return " ".join(word for word in words.split() if any(term in known for term in _terms(word)))

    def fitting(self, said: Elements) -> "list[Facts]":
        """Return the agreements that have all parties, the family and the days that are `said`."""
        fits = (_has_parties, _is_of_family, _is_signed)
        return [facts for facts in self.facts if all(fit(facts, said) for fit in fits)]

    def initialled(self, word: str) -> "list[Facts]":
        """Return the agreements whose titles have `word` for the first letters of their words: `VCCR`."""
        return [facts for facts in self.facts if fold(word) in _initials(facts)]

    def likely(self, said: Elements) -> list[Likely]:
        """Return the agreements that `said` may mean, the likeliest first; those that fit much less are left out."""
        if not (said.parties or said.families or said.last or said.words):
            return []
        found = list(self.facts)
        for fits in (_has_parties, _is_of_family, _is_signed):
            found = [facts for facts in found if fits(facts, said)] or found
        words = _terms(said.words)
        counts = Counter(term for facts in found for term in frozenset().union(*_names(facts)))
        rarity = {term: math.log(1 + len(found) / (1 + counts[term])) for term in counts}
        weights = {word: _rarity_of(word, rarity) for word in words}
        scored = [Likely(facts, _score(facts, said, weights, rarity)) for facts in found]
        best = max((each.score for each in scored), default=0.0)
        if best < _LEAST:
            return []
        kept = [each for each in scored if each.score >= best * _NEAR_BEST]
        return sorted(
            kept,
            key=lambda each: (
                -each.score,
                not each.facts.text_held,
                not said.parties <= frozenset(each.facts.parties),  # what only its id names comes after
                each.facts.id,
            ),
        )[:_MOST]


def _score(facts: "Facts", said: Elements, weights: Mapping[str, float], rarity: Mapping[str, float]) -> float:
    """Return how well an agreement fits what is `said`: the share that agrees, and more where a name is said wholly."""
    names = _names(facts)
    hard = sum((bool(said.parties), bool(said.families), bool(said.last)))
    matched = sum(weight * max(_said_in(word, name) for name in names) for word, weight in weights.items())
    titled = {found.code for found in find_in(facts.title)}
    specific = len(facts.parties) < _FEW or said.parties <= titled
    held = [_has_parties(facts, said) * (_SPECIFIC if specific else _ONE_OF_MANY)] * bool(said.parties)
    held += [float(_is_of_family(facts, said))] * bool(said.families)
    held += [float(_is_signed(facts, said))] * bool(said.last)
    total = hard + sum(weights.values())
    fits = (sum(held) + matched) / total if total else 0.0
    spoken = (
        weights.keys() | frozenset(stem(family) for family in said.families) | {party.lower() for party in said.parties}
    )
    whole = max((_whole(name, spoken, rarity) for name in names), default=0.0)
    return fits + whole


def _said_in(word: str, name: Sequence[str]) -> float:
    """Return how much `word` says of a name: most at its beginning, less where a name within the name has it."""
    at = next((at for at, term in enumerate(name) if _is_form(word, term)), None)
    return 0.0 if at is None else 1.0 - _LATE * at / len(name)


def _whole(name: Sequence[str], spoken: Collection[str], rarity: Mapping[str, float]) -> float:
    """Return what of a name is said, by weight: more where all of it is."""
    total = sum(rarity.get(term, 0.0) for term in name)
    said = sum(rarity.get(term, 0.0) for term in name if _is_among(term, spoken))
    if not total:
        return 0.0
    return _WHOLE if said >= total * 0.999 else _SHARE * said / total


def _rarity_of(word: str, rarity: Mapping[str, float]) -> float:
    known = [value for term, value in rarity.items() if _is_form(word, term)]
    return min(known) if known else max(rarity.values(), default=1.0)


def _is_among(word: str, terms: Collection[str]) -> bool:
    return word in terms or any(_is_form(word, term) for term in terms)


def _is_form(word: str, other: str) -> bool:
    """Whether two terms are forms of one word: `supplementari` and `supplement`."""
    shorter, longer = sorted((word, other), key=len)
    return word == other or (len(shorter) >= _ALIKE and longer.startswith(shorter))


@lru_cache(maxsize=1024)
def _terms(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(t.term for t in tokens(text) if t.term not in _NOTHING))


@lru_cache(maxsize=16384)
def _names(facts: "Facts") -> tuple[tuple[str, ...], ...]:
    """Return the words of each name of an agreement: its id, its short title, its title."""
    number_free = " ".join(part for part in facts.id.split("-") if not part.isdigit())
    each = (_terms(number_free), _terms(facts.short_title), _terms(facts.title), *((own,) for own in _initials(facts)))
    return tuple(name for name in each if name) or ((),)


@lru_cache(maxsize=16384)
def _initials(facts: "Facts") -> tuple[str, ...]:
    """Return the first letters of the words of a short title, in small letters: `vccr`; of others none."""
    words = [word for word in _WORD.findall(facts.title) if fold(word) not in STOP_WORDS]
    is_short = _FEWEST <= len(words) <= _LONGEST and all(word[:1].isupper() for word in words)
    return ("".join(fold(word[0]) for word in words),) if is_short else ()


@lru_cache(maxsize=16384)
def _parties(facts: "Facts") -> frozenset[str]:
    named = {found.code for found in find_in(facts.title)}
    words = (word for word in facts.id.split("-") if not word.isdigit() and len(word) > 2)
    return frozenset(facts.parties) | named | {code for word in words if (code := code_of(word) or code_called(word))}


def _has_parties(facts: "Facts", said: Elements) -> bool:
    return said.parties <= _parties(facts)


def _is_of_family(facts: "Facts", said: Elements) -> bool:
    if not said.families or facts.family in said.families:
        return True
    return by_title(facts.title) in said.families or any(
        FAMILIES[family].short.lower() in facts.id.split("-") for family in said.families
    )


def _is_signed(facts: "Facts", said: Elements) -> bool:
    if not said.last:
        return True
    dates = (*facts.signed, *([facts.in_force] if facts.in_force else ()))
    dates = dates or tuple(part for part in facts.id.split("-") if len(part) == 4 and days(part))
    return any(first_day(date) <= said.last and last_day(date) >= said.first for date in dates)


def _bare(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", "", fold(words).replace("no.", ""))
