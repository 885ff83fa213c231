"""Texts that say what changed words say: precedents of a phrase, not of the clause that it stands in.

The words that changed are looked for in one sentence, each weighed by its rarity, forms of one stem and words of one
family taken for the same; the words of the clause around them, and its topics and those that agreements treat next to
them, decide between sentences that have them. A period, a share or a sum is looked for by its value, in words or
figures (`three (3) months`, `within 3 months`): the same value comes first, another one is told. Names of States and
words for the Parties weigh little: whose they are differs from text to text. Below a floor nothing is given.
"""

import json
import math
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from agreements.language.actors import actors
from agreements.language.money import sums
from agreements.language.numbers import in_words, quantities
from agreements.language.periods import periods
from agreements.language.sentences import sentences
from agreements.search.analysis import STOP_WORDS, Token, stem, terms, tokens
from agreements.search.clauses import Bool, Clause, Flat, KeywordClause, TermClause, Weighed
from agreements.search.engine import IndexReader
from agreements.search.fields import lines
from agreements.search.filters import PRECEDENT, Filters, conditions
from agreements.search.kin import kin
from agreements.search.results import Hit, shown_of
from agreements.search.searching import Searcher
from agreements.search.spots import Spots
from agreements.topics import topics

_SHOWN = 3
_TOLD = 3  # missing words told by name
_CANDIDATES = 50
_TOPIC, _NEIGHBOUR = 6.0, 3.0  # what a candidate gains in the index by a topic
_AROUND = 0.3  # what a word of the clause around counts in finding candidates
_ACTOR = 0.3  # what is left of the weight of a word for a Party
_KIN = 0.8  # what a word of the same family counts
_BESIDE = 0.5  # what the word beside a single one counts
_GROWN = 4  # words after one that means nothing alone with which it is looked for
_CLOSE = 2  # words more than the phrase has, from what is found to a denial that belongs to it
_REACH = 2  # topics before and after in the usual order that are neighbours
_SAME_VALUE = 6.0  # the weight of a period or sum
_OTHER_VALUE = 0.3  # what another value counts of it

_FLOOR = 0.55  # of the weight of the changed words that one sentence must have
_FLOOR_ELSEWHERE = 0.7  # the same in provisions about something else
_FLOOR_AROUND = 0.2  # of the weight of the words around: there, and where a value alone was changed
_OTHER_AROUND = 0.4  # the same for another value
_FLOOR_OF_BEST = 0.75  # of the score of the best: what has less says less
_LONG, _LONG_FLOOR = 8, 0.45  # from so many words on fewer are enough

_WEIGHTS = (0.6, 0.15, 0.25)  # of the words, their nearness and the clause around them
_BONUS, _BONUS_NEAR = 0.1, 0.05
_BAND = 0.8  # of the best score: up to there a text with the same partner comes first

_DENYING = re.compile(
    r"\b(?:no|not|never|neither|nor|without|none|nothing|exempt\w*|immune|free|prohibit\w*)\b", re.IGNORECASE
)
"""Words one of which a text must have that says what a phrase with one of them says: else it says the opposite."""

_SMALL_WORDS = "never neither without none nothing exempt immune free prohibited shall including paragraph"
"""Words that count nothing by themselves: what is denied is told by `_DENYING`."""


@dataclass(frozen=True, slots=True)
class SoughtPhrase:
    """Words to look for: the characters `start` to `end` of `text`, the clause that they stand in."""

    text: str
    start: int
    end: int

    @property
    def words(self) -> str:
        """The words themselves, without the marks that join them to others."""
        return self.text[self.start : self.end].strip(" \n,;:")


@dataclass(frozen=True, slots=True)
class PhrasePrecedent:
    """A provision that says it, or most of it: `hit` with the sentence as its snippet.

    `other_value` is told where its value is another, `missing` are the words of the phrase that the sentence has in no
    form of theirs: with such it is near to the phrase, and does not say it.
    """

    hit: Hit
    other_value: str = ""
    missing: tuple[str, ...] = ()

    @property
    def lacks(self) -> str:
        """Which words it lacks: `without “manner”, “provides”`; empty where it says the phrase."""
        shown = ", ".join(f"“{word}”" for word in self.missing[:_TOLD])
        more = f" and {len(self.missing) - _TOLD} more words" if len(self.missing) > _TOLD else ""
        return f"without {shown}{more}" if shown else ""


class _Item(NamedTuple):
    """A word looked for: the terms that stand for it (the first is its own), what it weighs, and how it is printed."""

    terms: tuple[str, ...]
    weight: float
    printed: str


class _Value(NamedTuple):
    """A period (in months or days), a share (in percent) or a sum (in a currency), printed in `start` to `end`."""

    unit: str
    amount: float
    start: int
    end: int


class _Sought(NamedTuple):
    """What is looked for: words, those around them, values, and words (`close`) one of which must stand by them.

    `own` are the words of the phrase itself; `items` may have one from beside it.
    """

    items: tuple[_Item, ...]
    around: tuple[_Item, ...]
    values: tuple[_Value, ...]
    close: re.Pattern[str] | None
    length: int
    own: tuple[_Item, ...] = ()

    @property
    def weight(self) -> float:
        """What all that is looked for weighs together."""
        return sum(i.weight for i in self.items) + _SAME_VALUE * len(self.values)

    @property
    def needed(self) -> tuple[_Item, ...]:
        """The weightiest words, without any of which a sentence cannot have enough; none where a value may be it."""
        items = sorted(self.items, key=lambda item: -item.weight)
        rest = self.weight
        for count, item in enumerate(items, 1):
            rest -= item.weight
            if rest < _LONG_FLOOR * self.weight:
                return tuple(items[:count])
        return ()


class _Found(NamedTuple):
    """A sentence that has enough: its score, and what to show of it."""

    score: float
    start: int
    end: int
    marks: tuple[tuple[int, int], ...]
    other_value: str
    missing: tuple[str, ...]


def find_phrase(
    searcher: Searcher,
    phrase: SoughtPhrase,
    about: Sequence[str] = (),
    filters: Filters | None = None,
    *,
    partners: Collection[str] = (),
    limit: int = _SHOWN,
) -> tuple[PhrasePrecedent, ...]:
    """Return the precedents that say `phrase`, one to an agreement, the best first; none where none says enough of it.

    `about` are the topics of its clause. Agreements with one of `partners` (codes) come first among those that are
    nearly as good.
    """
    reader = searcher.reader("paragraph")
    sought = _sought(phrase, _Rarity(reader))
    if not sought.weight:
        return ()
    near = _neighbours(frozenset(about))
    clause = _clause(sought, about, near, conditions(filters or Filters(), reader, []))
    first = Spots(term for item in sought.needed or (*sought.items, *sought.around) for term in item.terms)
    every = Spots(term for item in (*sought.items, *sought.around) for term in item.terms)
    found: dict[str, tuple[float, PhrasePrecedent]] = {}
    for _, payload in reader.search(clause, limit=_CANDIDATES).rows:
        shown = json.loads(payload)
        kinship = _kinship(shown["topics"], about, near)
        best = max(_matches(shown["text"], shown["starts"], sought, kinship, (first, every)), default=None)
        if best is None or shown["standing"] != PRECEDENT:
            continue
        known = found.get(shown["agreement"])
        if known is None or known[0] < best.score:
            found[shown["agreement"]] = best.score, _precedent(shown, best)
    least = max((score for score, _ in found.values()), default=0.0) * _FLOOR_OF_BEST
    kept = [each for each in found.values() if each[0] >= least or each[1].other_value]
    ranked = sorted(kept, key=lambda each: (-each[0], each[1].hit.ref))
    if partners and ranked:
        least = ranked[0][0] * _BAND
        ranked.sort(key=lambda each: not (each[0] >= least and set(partners) & set(each[1].hit.parties)))
    return tuple(precedent for _, precedent in ranked[:limit])


def _precedent(shown: dict[str, Any], best: _Found) -> PhrasePrecedent:
    text = str(shown["text"])
    marks = [(a - best.start, b - best.start) for a, b in best.marks]
    hit = Hit(score=round(best.score, 4), snippet=text[best.start : best.end], highlights=marks, **shown_of(shown))
    return PhrasePrecedent(hit, best.other_value, best.missing)


# ---------------------------------------------------------------------- what is looked for


class _Rarity:
    """Weighs terms by how rare they are in one index."""

    def __init__(self, reader: IndexReader) -> None:
        self._reader = reader
        self._rows = max(1, max((reader.frequency("text", word) for word in ("shall", "the", "of")), default=1))

    def __call__(self, term: str) -> float:
        return math.log(1 + self._rows / (1 + self._reader.frequency("text", term)))

    def is_held(self, term: str) -> bool:
        return self._reader.frequency("text", term) > 0


def _sought(phrase: SoughtPhrase, rarity: _Rarity) -> _Sought:
    """Return what `phrase` looks for; words that mean nothing alone (`may`, `either`) stand by those that follow."""
    values = tuple(v for v in _values(phrase.text) if v.start < phrase.end and phrase.start < v.end)
    whole = tokens(phrase.text)
    own = [t for t in whole if phrase.start <= t.start < phrase.end]
    inside, beside = _items(phrase, whole, values, rarity)
    said = tuple(inside.values())
    close = _DENYING if _DENYING.search(phrase.words) else None
    if not inside and not values and own:
        close = re.compile(rf"\b(?:{'|'.join(re.escape(t.word) for t in own)})\b", re.IGNORECASE)
        inside = dict(
            [(t.term, beside[t.term]) for t in whole if t.start > own[-1].start and t.term in beside][:_GROWN]
        )
    if len(inside) == 1 and not values:
        inside |= _neighbour(own, whole, beside)
    around = tuple(item for term, item in beside.items() if term not in inside)
    return _Sought(tuple(inside.values()), around, values, close, max(1, len(own)), said)


def _items(
    phrase: SoughtPhrase, whole: Iterable[Token], values: Sequence[_Value], rarity: _Rarity
) -> tuple[dict[str, _Item], dict[str, _Item]]:
    """Return the words that count by their terms: those of the phrase, and those around it."""
    text = phrase.text
    named = {at for s in sentences(text) for a in actors(s) if a.kind == "state" for at in range(a.start, a.end)}
    acting = {at for s in sentences(text) for a in actors(s) for at in range(a.start, a.end)}
    inside: dict[str, _Item] = {}
    beside: dict[str, _Item] = {}
    for token in whole:
        if token.start in named or any(v.start <= token.start < v.end for v in values) or not _counts(token):
            continue
        if not rarity.is_held(token.term) and _is_name(text, token):
            continue
        weight = rarity(token.term) * (_ACTOR if token.start in acting else 1.0)
        side = inside if phrase.start <= token.start < phrase.end else beside
        side.setdefault(token.term, _Item((token.term, *kin(token.word)), weight, token.word))
    return inside, beside


def _neighbour(own: Sequence[Token], whole: Sequence[Token], beside: Mapping[str, _Item]) -> dict[str, _Item]:
    """Return the word beside a single one, which says of what it is (`official` duty), the one after it if it can."""
    after = [t for t in whole if t.start > own[-1].start][:1]
    before = [t for t in whole if t.start < own[0].start][-1:]
    found = next((t.term for t in (*after, *before) if t.term in beside), None)
    return {found: beside[found]._replace(weight=beside[found].weight * _BESIDE)} if found else {}


def _counts(token: Token) -> bool:
    return token.term not in _stop_terms() and len(token.term) > 1


def _is_name(text: str, token: Token) -> bool:
    """Whether a word that no text has is a name: it has a capital letter in the middle of a sentence."""
    return text[token.start].isupper() and text[: token.start].rstrip()[-1:] not in ("", ".")


@cache
def _stop_terms() -> frozenset[str]:
    return frozenset(map(stem, STOP_WORDS)) | frozenset(map(stem, _SMALL_WORDS.split()))


def _values(text: str) -> Iterator[_Value]:
    for period in periods(text):
        if period.months is not None:
            yield _Value("months", period.months, period.start, period.end)
        elif period.days is not None:
            yield _Value("days", period.days, period.start, period.end)
    for found in sums(text):
        if found.amount is not None:
            yield _Value(found.currency or found.named, float(found.amount), found.start, found.end)
    for share in quantities(text):
        if share.is_percent and share.value is not None:
            yield _Value("percent", float(share.value), share.start, share.end)


def _ways(value: _Value) -> Iterator[str]:
    """Yield how a value may be written: `12 months`, `twelve months`, `1 year`, `one year`."""
    parts = {"months": ((1, "months"), (12, "years")), "days": ((1, "days"), (7, "weeks"))}
    for size, unit in parts.get(value.unit, ((1, value.unit),)):
        count, rest = divmod(value.amount, size)
        if count and not rest:
            yield f"{count:.0f} {in_words(int(count))} {unit}"


def _neighbours(about: frozenset[str]) -> frozenset[str]:
    """Return the topics that count under the same core topic or that agreements usually treat next to those."""
    known = topics()
    order = list(known)
    places = [order.index(each) for each in about if each in known]
    near = {order[i] for at in places for i in range(max(0, at - _REACH), min(len(order), at + _REACH + 1))}
    cores = {known[each].core for each in about if each in known}
    return frozenset(near | {each.id for each in known.values() if each.core in cores}) - about


def _clause(sought: _Sought, about: Iterable[str], near: Iterable[str], held: Iterable[Clause]) -> Clause:
    own = [TermClause("text", term) for item in sought.items for term in item.terms]
    beside = [TermClause("text", item.terms[0]) for item in sought.around]
    needed = [TermClause("text", term) for item in sought.needed for term in item.terms]
    wanted = Weighed(Bool(should=tuple(needed or [*own, *beside]), at_least=1), 0.0)
    scored: list[Clause] = [*own, *(Weighed(clause, 1.0 if sought.values else _AROUND) for clause in beside)]
    if sought.values:
        written = {term for value in sought.values for words in _ways(value) for term in terms(words)}
        scored += [TermClause("text", term) for term in sorted(written)]
    topical = [Flat(KeywordClause("topic", each), _TOPIC) for each in about]
    topical += [Flat(KeywordClause("topic", each), _NEIGHBOUR) for each in near]
    return Bool(must=(wanted, *(Weighed(c, 0.0) for c in held)), should=(*scored, *topical))


def _kinship(own: Iterable[str], about: Iterable[str], near: Iterable[str]) -> float:
    """Return what a provision about `own` gains: most where it is about the same, some where about a neighbour."""
    mine = set(own)
    return _BONUS if mine & set(about) else _BONUS_NEAR if mine & set(near) else 0.0


# ---------------------------------------------------------------------- what a sentence has of it


def _matches(
    text: str, starts: Sequence[int], sought: _Sought, kinship: float, spots: tuple[Spots, Spots]
) -> Iterator[_Found]:
    """Yield what sentences of `text` have; `spots` tell where the words can stand that must be there, and any."""
    for start, end in lines(text, starts):
        places = [at for at, _ in spots[0](text, start, end)]
        for each in sentences(text[start:end]) if places else ():
            at, stop = start + each.start, start + each.end
            if any(at <= place < stop for place in places):
                found = _read(text[at:stop], at, sought, kinship, spots[1])
                if found is not None:
                    yield found


def _read(said: str, at: int, sought: _Sought, kinship: float, spots: Spots) -> _Found | None:
    """Return what the sentence `said` has of what is sought, None where that is too little."""
    held = frozenset(term for a, b in spots(said, 0, len(said)) for term in terms(said[a:b]))
    had = _weight(sought.items, held)
    if had + _SAME_VALUE * len(sought.values) < _LONG_FLOOR * sought.weight:
        return None
    around = _weight(sought.around, held) / (sum(item.weight for item in sought.around) or 1.0)
    value, other, span = _valued(said, sought.values)
    share = (had + value * _SAME_VALUE) / sought.weight
    least, least_around = _floors(sought, kinship, valued=bool(other))
    if share < least or around < least_around:
        return None
    own = tokens(said)
    hits = [found for item in sought.items if (found := [t for t in own if t.term in item.terms])]
    if hits and not _stands_close(said, hits, sought):
        return None
    nearness = _nearness(own, hits, sought.length) if hits else 1.0
    parts = (share, share * nearness, around)
    score = sum(w * part for w, part in zip(_WEIGHTS, parts, strict=True)) + kinship
    marks = sorted({(at + t.start, at + t.end) for found in hits for t in found} | {(at + a, at + b) for a, b in span})
    missing = tuple(item.printed for item in sought.own if held.isdisjoint(item.terms))
    return _Found(score, at, at + len(said), tuple(marks), other, missing)


def _floors(sought: _Sought, kinship: float, *, valued: bool) -> tuple[float, float]:
    """Return what a sentence must have of the weight of the words, and of those around them."""
    around = 0.0 if not sought.around or (sought.items and kinship) else _FLOOR_AROUND
    if valued:
        return (_FLOOR if sought.items else _OTHER_VALUE), _OTHER_AROUND
    if not kinship:
        return _FLOOR_ELSEWHERE, around
    return (_LONG_FLOOR if len(sought.items) >= _LONG else _FLOOR), around


def _weight(items: Iterable[_Item], held: frozenset[str]) -> float:
    """Return the weight of those of `items` that are among the terms `held` by a sentence."""
    return sum(
        item.weight * (1.0 if item.terms[0] in held else _KIN) for item in items if not held.isdisjoint(item.terms)
    )


def _valued(said: str, wanted: Sequence[_Value]) -> tuple[float, str, list[tuple[int, int]]]:
    """Return how many of the values `wanted` a sentence has, its other value in words, and where they stand."""
    if not wanted:
        return 0.0, "", []
    held = list(_values(said))
    got, other, spans = 0.0, "", []
    for value in wanted:
        same = [v for v in held if (v.unit, v.amount) == (value.unit, value.amount)]
        alike = [v for v in held if v.unit == value.unit or {v.unit, value.unit} == {"months", "days"}]
        if same:
            got += 1
            spans += [(v.start, v.end) for v in same]
        elif alike:
            got += _OTHER_VALUE
            other = said[alike[0].start : alike[0].end].strip()
            spans.append((alike[0].start, alike[0].end))
    return got, other, spans


def _stands_close(said: str, hits: Sequence[list[Token]], sought: _Sought) -> bool:
    """Whether one of the words that must stand by those found does."""
    if sought.close is None:
        return True
    places = [token.start for each in hits for token in each]
    spans = [sorted((found.start(), at)) for found in sought.close.finditer(said) for at in places]
    return any(said.count(" ", first, last) <= sought.length + _CLOSE for first, last in spans)


def _nearness(own: Sequence[Token], hits: Sequence[list[Token]], length: int) -> float:
    """Return how near to each other the words found stand, 1 as near as in the phrase itself."""
    order = {token.start: index for index, token in enumerate(own)}
    events = sorted((order[token.start], which) for which, found in enumerate(hits) for token in found)
    last: dict[int, int] = {}
    shortest = len(own)
    for place, which in events:
        last[which] = place
        if len(last) == len(hits):
            shortest = min(shortest, place - min(last.values()) + 1)
    return min(1.0, max(length, len(hits)) / shortest)
