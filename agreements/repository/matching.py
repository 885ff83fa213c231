"""Which agreement that is held an incoming text belongs to. Pure: facts and texts in, judgements out.

A match is certain when parties, a full signing date and the name of the instrument agree and no other agreement
comes as near; it is likely when two of the three do. Likely matches are for a person to decide.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache

from agreements.repository.facts import Facts
from agreements.states import find_in, is_code

_WORD = re.compile(r"[^\W\d_]{2,}")
_SMALL_WORDS = """the of and on in to for with at by between among from its their his this that an as a
    concerning regarding relating respect relative government governments republic kingdom states parties
    agreement treaty convention exchange notes us usa american america"""
_SMALL = frozenset(_SMALL_WORDS.split())
# Words that make two texts of the same day different instruments.
_KIND = {
    "protocol": "protocol",
    "amend": "amendment",
    "implement": "implementing",
    "exten": "extension",
    "supplement": "supplementary",
    "minutes": "minutes",
    "arrangement": "arrangement",
    "memorandum": "memorandum",
    "annex": "annex",
    "terminat": "termination",
}  # beginnings of words
_SPELLING = {"defence": "defense", "forces": "force", "armed": "", "personnel": "force"}
_ALIKE = 0.6


@dataclass(frozen=True, slots=True)
class HeldMatch:
    """An agreement that is held (`facts`), whether it is certainly the one, and why it is thought so.

    `same_names` says that both have the same parties and titles that are alike.
    """

    facts: Facts
    certain: bool
    why: str
    same_names: bool = False


@dataclass(slots=True)
class HeldCatalog:
    """The facts of all agreements held, ready to be matched against."""

    facts: dict[str, Facts] = field(default_factory=dict)
    _by_hash: dict[str, str] = field(default_factory=dict)
    _by_date: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _by_parties: dict[frozenset[str], set[str]] = field(default_factory=lambda: defaultdict(set))

    @classmethod
    def of(cls, facts: Iterable[Facts]) -> "HeldCatalog":
        """Return a catalog of `facts`."""
        catalog = cls()
        for row in facts:
            catalog.put(row)
        return catalog

    def put(self, facts: Facts) -> None:
        """Add `facts`, or put them in the place of those with the same id."""
        self.drop(facts.id)
        self.facts[facts.id] = facts
        for sha in facts.hashes:
            self._by_hash.setdefault(sha, facts.id)
        for date in facts.signed:
            self._by_date[date].add(facts.id)
        self._by_parties[frozenset(facts.parties)].add(facts.id)

    def drop(self, agreement_id: str) -> None:
        """Take out the facts of `agreement_id`, if there are any."""
        facts = self.facts.pop(agreement_id, None)
        if facts is None:
            return
        self._by_hash = {sha: i for sha, i in self._by_hash.items() if i != agreement_id}
        for date in facts.signed:
            self._by_date[date].discard(agreement_id)
        self._by_parties[frozenset(facts.parties)].discard(agreement_id)

    def holder(self, sha256: str) -> str | None:
        """Return the id of the agreement that was read from a source of this hash, or None."""
        return self._by_hash.get(sha256)

    def matches(self, incoming: Facts) -> tuple[HeldMatch, ...]:
        """Return the agreements held that `incoming` may be: one that is certain, or all likely ones."""
        if incoming.standing != "agreement":
            return ()
        near = {i for date in incoming.signed if len(date) == 10 for i in self._by_date.get(date, ())}
        if incoming.parties:
            near |= self._by_parties.get(frozenset(incoming.parties), set())
        near.discard(incoming.id)
        found = [m for i in sorted(near) if (m := judge(incoming, self.facts[i]))]
        certain = [m for m in found if m.certain]
        if len(certain) == 1:
            return tuple(certain)
        return tuple(replace(m, certain=False) for m in found)


def judge(incoming: Facts, held: Facts) -> HeldMatch | None:
    """Return what `incoming` and `held` have to do with each other; None when they are different agreements."""
    if held.standing != "agreement":
        return None
    same_date = bool({d for d in incoming.signed if len(d) == 10} & set(held.signed))
    same_parties = _same_parties(incoming.parties, held.parties)
    named_alike = _named_alike(incoming, held)
    contradicts = bool(incoming.signed and held.signed) and not _dates_meet(incoming.signed, held.signed)
    why = [
        *(["the same parties"] if same_parties else []),
        *(["the same date of signature"] if same_date else []),
        *(["a like title"] if named_alike else []),
    ]
    if contradicts or len(why) < 2 or _of_others(incoming.parties, held.parties):
        return None
    return HeldMatch(held, len(why) == 3, _listed(why), same_parties and named_alike)


def _dates_meet(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether any two dates agree as far as both go (`2009` meets `2009-12-11`)."""
    return any(a.startswith(b) or b.startswith(a) for a in one for b in other)


def _same_parties(incoming: tuple[str, ...], held: tuple[str, ...]) -> bool:
    """Whether the parties agree; of many parties a text may name a part (the first signatories)."""
    ours, theirs = frozenset(incoming), frozenset(held)
    if len(ours) < 2 or len(theirs) < 2:
        return False
    return ours == theirs or (min(len(ours), len(theirs)) > 2 and (ours <= theirs or theirs <= ours))


def _of_others(incoming: tuple[str, ...], held: tuple[str, ...]) -> bool:
    """Whether both are between two parties with codes, and not the same two: on one day a State signs with many."""
    pairs = [frozenset(each) for each in (incoming, held)]
    known = all(len(pair) == 2 and all(is_code(party) for party in pair) for pair in pairs)
    return known and pairs[0] != pairs[1]


def _named_alike(incoming: Facts, held: Facts) -> bool:
    """Whether the titles say the same kind of instrument on the same matter."""
    our_kinds, ours = title_words(incoming.title)
    their_kinds, theirs = title_words(held.title)
    if our_kinds != their_kinds:
        return False
    if not ours or not theirs:
        return incoming.family == held.family != "other"
    return len(ours & theirs) / min(len(ours), len(theirs)) >= _ALIKE


@lru_cache(maxsize=4096)
def title_words(title: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the kinds of instrument that `title` names, and its other words without parties and small words."""
    for name in reversed(find_in(title)):
        title = title[: name.start] + " " + title[name.end :]
    plain = title.lower().replace("co-operation", "cooperation").replace("u.s.", " ")
    words = {_SPELLING.get(w, w) for w in _WORD.findall(plain)} - _SMALL - {""}
    kinds = {w: kind for w in words for start, kind in _KIND.items() if w.startswith(start)}
    return frozenset(kinds.values()), frozenset(words - kinds.keys())


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1]


__all__ = ["HeldCatalog", "HeldMatch", "judge", "title_words"]
