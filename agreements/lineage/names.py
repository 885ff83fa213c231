"""Which agreement of a repository a name means: `the Agreement between A and B on C of 3 May 1960`, `the VFA`.

Certain is an official citation, the short title itself, or parties, date and matter that agree. What agrees in part is
only possible, what contradicts is neither.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from agreements.families import FAMILIES
from agreements.language import dates
from agreements.language.well_known import WellKnown, well_known_in
from agreements.repository import Derived
from agreements.repository.matching import title_words
from agreements.states import find_in

if TYPE_CHECKING:
    from agreements.model import Agreement
    from agreements.repository import Facts, Repository

_YEAR = re.compile(r"\b(?:1[6-9]|20)\d\d\b")
_SERIES = re.compile(r"\b(?:TIAS|EAS) (?:No\. ?)?\d[\d.-]*|\b\d+ (?:UST|UNTS|Stat\.|LNTS) \d+")
_PLAIN = re.compile(r"[^a-z0-9]+")
_ALIKE = 0.6
_SHORT = {  # SOFA -> Status of forces agreement
    f.short: f.label.partition(" (")[0] for f in FAMILIES.values() if f.short.isupper()
}
_ACRONYM = re.compile(rf"\b(?:{'|'.join(_SHORT)})\b")
_OF_DATES = frozenset(
    ("signed", "done", "concluded", "dated", "made", "opened", "signature", "certain", "said", *dates.MONTHS)
)


@dataclass(frozen=True, slots=True)
class _Said:
    """What a name says: parties (codes), dates (ISO, may stop at the year), kinds of instrument and other words."""

    words: str
    parties: frozenset[str]
    dates: tuple[str, ...]
    kinds: frozenset[str]
    topics: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of an agreement that a name may mean, made ready once for all names."""

    facts: "Facts"
    citations: frozenset[str]
    short_title: str
    parties: frozenset[str]
    titled: frozenset[str]  # the parties that its title names
    titles: tuple[_Said, ...]

    @classmethod
    def of(cls, facts: "Facts", row: "Mapping[str, Any] | None" = None) -> "_Known":
        """Return what is known of an agreement; `row` is what `_named_row` returns, where it is known already."""
        row = row or _named_row(facts)
        titles = tuple(
            _Said(words, frozenset(parties), tuple(days), frozenset(kinds), frozenset(topics))
            for words, parties, days, kinds, topics in row["titles"]
        )
        citations = frozenset(map(_bare, facts.citations))
        parties = frozenset(facts.parties)
        return cls(facts, citations, _bare(facts.short_title), parties, frozenset(row["titled"]), titles)


def _named_row(facts: "Facts") -> dict[str, Any]:
    """Return as JSON what the titles of an agreement say, and the parties that its title names."""
    said = (_said(title) for title in (facts.title, facts.short_title) if title)
    titles = [[s.words, sorted(s.parties), [*s.dates], sorted(s.kinds), sorted(s.topics)] for s in said]
    return {"titled": sorted({named.code for named in find_in(facts.title)}), "titles": titles}


def _named_rows(repository: "Repository", ids: Sequence[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    wanted = set(ids)
    yield from ((facts.id, _named_row(facts)) for facts in repository.list() if facts.id in wanted)


class NameIndex:
    """The agreements of a repository, to be found by name; `paths_of` gives the paths of one whose text is held."""

    def __init__(
        self,
        facts: Mapping[str, "Facts"],
        paths_of: Callable[[str], frozenset[str]] = lambda _: frozenset(),
        rows: Callable[[], Mapping[str, Any]] = dict,
    ) -> None:
        self.facts = facts
        self.paths_of = paths_of
        self._rows = rows
        self._found: dict[tuple[str, frozenset[str], str], tuple[tuple[str, ...], tuple[str, ...]]] = {}

    @classmethod
    def of(cls, repository: "Repository") -> "NameIndex":
        """Return the catalog of `repository`; texts are read only where a reference leads to them."""

        @lru_cache(maxsize=256)
        def paths_of(agreement_id: str) -> frozenset[str]:
            from agreements.reference import places

            return frozenset(place.path for place in places(repository.get(agreement_id, places=False)))

        def made() -> NameIndex:
            facts = {facts.id: facts for facts in repository.list()}
            return cls(facts, paths_of, lambda: _NAMES.rows(repository, facts))

        return repository.once("names", made)

    def with_paths(self, paths_of: Callable[[str], frozenset[str]]) -> "NameIndex":
        """Return the same agreements with other paths; what was found of them is found in both."""
        other = NameIndex(self.facts, paths_of)
        other._found, other._known = self._found, self._known
        return other

    def find(self, name: str, citing: "Facts | Agreement") -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the ids that `name` certainly means in the agreement `citing`, and those it may mean.

        More than one certain id means that the name does not tell them apart.
        """
        parties = frozenset(p if isinstance(p, str) else p.code or p.body or p.name for p in citing.parties)
        key = (name, parties, citing.standing)
        if key not in self._found:
            found = self._search(_said(name), parties, citing.standing)
            if known := well_known_in(name):  # another of a like name is not that one
                certain, possible = ([i for i in ids if self._is(i, known)] for ids in found)
                found = tuple(certain), tuple(possible)
            self._found[key] = found
        return self._found[key]

    def _is(self, agreement_id: str, known: WellKnown) -> bool:
        facts = self.facts[agreement_id]
        return known.is_that((facts.title, facts.short_title), facts.signed)

    def _search(self, said: _Said, citing: frozenset[str], standing: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        certain, possible = [], []
        bare, series = _bare(said.words), frozenset(map(_bare, _SERIES.findall(said.words)))
        for known in self._known.that_may_be(said, citing, bare, series):
            if known.facts.standing not in ("agreement", standing):
                continue
            called = known.short_title == bare if known.short_title else False
            match True if called or not series.isdisjoint(known.citations) else _judged(said, known, citing):
                case True:
                    certain.append(known.facts.id)
                case False:
                    possible.append(known.facts.id)
        return tuple(certain), tuple(possible)

    @cached_property
    def _known(self) -> "_KnownAgreements":
        rows = self._rows()
        return _KnownAgreements([_Known.of(facts, rows.get(facts.id)) for facts in self.facts.values()])


class _KnownAgreements:
    """What is known of agreements, by what a name must share with one that it may mean.

    `_judged` sets aside what is of another kind or another year, and what shares neither the parties nor the year: that
    is not looked at here. A short title or a citation outweighs all of it.
    """

    def __init__(self, every: Sequence[_Known]) -> None:
        self._every = every
        self._called: dict[str, set[int]] = {}
        self._kinds: dict[frozenset[str], set[int]] = {}
        self._parties: dict[frozenset[str], set[int]] = {}
        self._titled: dict[frozenset[str], set[int]] = {}
        self._years: dict[str, set[int]] = {}  # of signature and entry into force; empty where no signature is known
        for place, known in enumerate(every):
            for name in {known.short_title, *known.citations}:
                self._called.setdefault(name, set()).add(place)
            for kinds in {title.kinds for title in known.titles} or {_ANY_KIND}:
                self._kinds.setdefault(kinds, set()).add(place)
            self._parties.setdefault(known.parties, set()).add(place)
            self._titled.setdefault(known.titled, set()).add(place)
            days = (*known.facts.signed, known.facts.in_force) if known.facts.signed else ("",)
            for year in {day[:4] for day in days if day or not known.facts.signed}:
                self._years.setdefault(year, set()).add(place)

    def that_may_be(self, said: _Said, citing: frozenset[str], bare: str, series: frozenset[str]) -> Iterator[_Known]:
        """Yield those that what is `said` in an agreement of the parties `citing` may mean, in their order."""
        nobody: set[int] = set()
        if said.parties:
            shared = self._parties.get(said.parties, nobody) | self._titled.get(said.parties, nobody)
        else:
            shared = self._parties.get(citing, nobody)
        if said.dates:
            years = (self._years.get(day[:4], nobody) for day in said.dates)
            shared = nobody.union(*years) | (shared & self._years.get("", nobody))
        places = shared & (self._kinds.get(said.kinds, nobody) | self._kinds.get(_ANY_KIND, nobody))
        places = places.union(*(self._called.get(name, nobody) for name in {bare, *series}))
        yield from (self._every[place] for place in sorted(places))


_ANY_KIND = frozenset(("",))  # of an agreement without a title
_NAMES = Derived("names", 1, _named_rows)


@lru_cache(maxsize=65536)
def _said(words: str) -> _Said:
    spelled = _ACRONYM.sub(lambda m: _SHORT[m[0]], words)
    full = tuple(dated.iso for dated in dates.find(words))
    kinds, topics = title_words(spelled)
    years = tuple(y for y in _YEAR.findall(words) if not any(d.startswith(y) for d in full))
    parties = frozenset(named.code for named in find_in(spelled))
    return _Said(words, parties, full + years, kinds, topics - _OF_DATES)


def _judged(said: _Said, known: _Known, citing: frozenset[str]) -> bool | None:
    """Return True where parties, date and matter of `said` are those of `known`, False where they may be, else None."""
    parties = _between(said, known, citing)
    date = _dated(said, known.facts) if parties >= 0 else -1
    if date < 0:
        return None
    topic = max((_about(said, title) for title in known.titles), default=0)
    if topic < 0:
        return None
    certain = (
        (date == 2 and (topic == 2 or parties == 2 or (parties == 1 and topic == 1)))
        or (topic == 2 and parties >= 1)
        or (date == 1 and parties == 2)
    )
    return certain or (False if date + parties + topic >= 3 else None)


def _dated(said: _Said, facts: "Facts") -> int:
    """Return 2 where a full date of signature agrees, 1 where the year does, 0 where none is said, -1 for another."""
    if not said.dates or not facts.signed:
        return 0
    if any(date in facts.signed for date in said.dates if len(date) == 10):
        return 2
    for said_day in said.dates:
        for day in (*facts.signed, facts.in_force):
            if day and (said_day.startswith(day) or day.startswith(said_day)):
                return 1
    return -1


def _between(said: _Said, known: _Known, citing: frozenset[str]) -> int:
    """Return 2 where all parties are named, 1 where none is and they are those of the citing text, -1 for others."""
    if said.parties:
        if said.parties in (known.parties, known.titled):
            return 2
        return 0 if said.parties <= known.parties | known.titled else -1
    return 1 if known.parties and known.parties == citing else 0


def _about(said: _Said, other: _Said) -> int:
    """Return 2 where the matter is the same, 1 where nothing is against it, 0 where little is, -1 for another."""
    if said.kinds != other.kinds:
        return -1
    if said.topics == other.topics and said.topics:
        return 2
    if not said.topics or said.topics <= other.topics or other.topics <= said.topics:
        return 1
    shared = len(said.topics & other.topics) / min(len(said.topics), len(other.topics))
    return 0 if shared >= _ALIKE else -1


def _bare(words: str) -> str:
    return _PLAIN.sub("", words.lower().replace("no.", ""))
