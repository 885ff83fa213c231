"""What a query says besides words to look for: a place in an agreement, an agreement, States, families, days.

A place is what the person wants to see: its provision comes first. All else only puts what agrees with it before what
does not (`SoftFilter`), hides nothing, and can be taken off. A query that is written in the query language, or as long
as a clause, means its words: nothing is read into it but references (`nato-sofa-1951#VII.3`).
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from agreements.display import shown_short
from agreements.families import FAMILIES
from agreements.isodates import FIRST, LAST, days
from agreements.language import dates
from agreements.language.well_known import well_known_in
from agreements.search.analysis import STOP_WORDS, fold, terms
from agreements.search.asking import frame
from agreements.search.called import regions, regions_called, states_called
from agreements.search.elsewhere import in_signs
from agreements.search.locating import PlaceAsked, SoughtPlace, path_keys, sought_places
from agreements.search.naming import Catalog, CitedSeries, Elements, Likely, citations_in, named_by
from agreements.search.state_names import WORD, states_in
from agreements.states import find_in, is_organisation, name_of, of_adjective

if TYPE_CHECKING:
    from agreements.repository import Facts

EVERYTHING = "all"
"""What is taken off to have a query read as its words alone."""

_MOST_WORDS = 30  # a query with more of them is a clause
_SYNTAX = re.compile(
    r"\b(?:AND|OR|NOT)\b|&&|\|\||\"|“|”|\b[A-Za-z]{1,20}:\S|[*~^]|\w\?\w|(?:^|\s)[+-][\w(\"]"
    r"|[\[{][^\s\[\]{}]{1,20}\sTO\s|(?:^|\s)/[^/\s]{2,80}/|\b(?:[Ww]|NEAR|PRE)/\d"
)
_REFERENCE = re.compile(r"(?<![\w#-])([a-z0-9]+(?:-[a-z0-9.]+)+)(?:#([\w.~-]{0,60}))?(?![\w-])")
_YEAR = r"(?:1[5-9]|20)\d\d"
_MONTH = "|".join(sorted(dates.MONTHS, key=len, reverse=True))
_DAY = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)? (?:{_MONTH}),? {_YEAR}|(?:{_MONTH}) (?:\d{{1,2}},? )?{_YEAR}"
    rf"|{_YEAR}-\d\d(?:-\d\d)?|{_YEAR})"
)
_UNIT = (
    r"(?!\s*(?:%|metres|meters|miles|km|kg|days|hours|persons|people|men|troops|dollars|euros?|tons)\b)(?![\w,.-]?\d)"
)
_PERIOD = re.compile(
    rf"(?:\b(?:signed|concluded|made|dated|done|in force)\s+)?(?:"
    rf"\b(?:between|from)\s+(?P<low>{_DAY})\s+(?:and|to|until)\s+(?P<high>{_DAY})"
    rf"|\b(?P<since>since|from|after|later than|post)[\s-]+(?P<first>{_DAY}){_UNIT}"
    rf"|\b(?P<until>until|till|before|prior to|earlier than|up to|by|pre)[\s-]+(?P<last>{_DAY}){_UNIT}"
    rf"|(?<![\w-])(?P<from>{_YEAR})\s?[-–]\s?(?P<to>{_YEAR})(?![\w-])"
    rf"|\b(?:(?:in|of|during|from)\s+)?(?:the\s+)?(?P<decade>{_YEAR[:-2]}0)s\b"
    rf"|\b(?:(?:in|of|on|dated|during)\s+)?(?:the\s+)?(?P<day>{_DAY}){_UNIT})(?!\w)",
    re.IGNORECASE,
)
_STRICT = ("after", "later than", "post", "before", "prior to", "earlier than", "pre")
KIND_WORDS = re.compile(
    r"\b(?:agreements?|conventions?|treat(?:y|ies)|protocols?|memorand(?:um|a)(?: of understanding)?|MOUs?"
    r"|arrangements?|compacts?|accords?|exchanges? of (?:notes|letters)|bilateral|multilateral)\b",
    re.IGNORECASE,
)
"""Words that say that an agreement is spoken of, whatever it is on."""
_BARE_NATO = re.compile(r"\bNATO\b(?! (?:SOFA|status|treaty))", re.IGNORECASE)
_OF_NATO = (
    "“NATO” alone names no instrument: the North Atlantic Treaty and the NATO SOFA are two, each with its articles."
)
_CAPITALS = re.compile(r"\b[A-Z][A-Za-z]*[A-Z]\w*\b")
_NAMES = r"((?:[A-Z][\w'’-]{2,30}(?:\s+(?:of|on)(?:\s+the)?)?\s+){0,3}[A-Z][\w'’-]{2,30})"
_OF_AN_AGREEMENT = re.compile(rf"[\s-](?:{KIND_WORDS.pattern}|(?:texts?|SOFAs?|ACSAs?|DCAs?|notes)\b)", re.IGNORECASE)
_PARTS = re.compile(r"[^\W_]+")
_TITLED = re.compile(rf"{_NAMES}(?:,)?\s+(?:of\s+)?\Z")
_TITLES = re.compile(rf"\s+{_NAMES}")
_TONGUE = re.compile(r"\s+(?:text|texts|language|version|original|translation)s?\b", re.IGNORECASE)
_SMALL_WORDS = "with of in for under by to from the a an and on at since after before"
_SMALL_LAST = frozenset(("", *_SMALL_WORDS.split()))
_SMALL = frozenset(("all", "between", "its", "what", "does", "do", "say", "says", "about")) | _SMALL_LAST | STOP_WORDS


@dataclass(frozen=True, slots=True)
class SoftFilter:
    """What comes first: `kind` (agreement, party, region, family, signed) and `value`; `words` of the query say it.

    `label` is the value in words. It puts what agrees with it first and hides nothing.
    """

    kind: str
    value: str
    words: str
    label: str

    @property
    def id(self) -> str:
        """What is named to take it off: `party:DEU`."""
        return f"{self.kind}:{self.value}"

    @property
    def is_actor(self) -> bool:
        """Whether an adjective alone names the State: an `American soldier` is one, whoever the parties are."""
        return self.kind == "party" and _of_adjective(self.words) is not None

    @property
    def days(self) -> tuple[int, int]:
        """The first and last day of a `signed` filter, as numbers."""
        low, dash, high = self.value.partition("..")
        first, last = days(low) if low else None, days(high if dash else low) if (high or not dash) else None
        return (first[0] if first else FIRST), (last[1] if last else LAST)


@shown_short
@dataclass(frozen=True, slots=True)
class Understanding:
    """A query as it was understood: places asked for, what comes first, and the `rest`, which is looked for in texts.

    `beside` are the words that said the others: what has them too gains by it. `off` is what was taken off.
    """

    query: str
    rest: str
    places: tuple[PlaceAsked, ...] = ()
    first: tuple[SoftFilter, ...] = ()
    beside: str = ""
    off: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())

    @property
    def is_plain(self) -> bool:
        """Whether nothing was read into the query but its words."""
        return not self.places and not self.first

    def words(self) -> str:
        """Return in words what was read into the query beside what is looked for, empty where nothing was."""
        places = [place.ref or f"{place.agreement} ({place.words})" for place in self.places if place.ref]
        first = [each.label if each.kind == "signed" else f"{each.kind} {each.label}" for each in self.first]
        return "; ".join(
            [
                *(["the place " + " or ".join(places)] if places else []),
                *(["first " + ", ".join(first)] if first else []),
            ]
        )

    def as_json(self) -> dict[str, Any]:
        """Return it as the JSON of results has it: each filter with the `id` by which it is taken off."""
        shown = asdict(self)
        shown["first"] = [{"id": each.id, **asdict(each)} for each in self.first]
        return shown


@dataclass(frozen=True, slots=True)
class Held:
    """What the index has: whether a value of a keyword field is in it, and whether a word is in a text."""

    value: Callable[[str, str], bool] = lambda field, value: True
    word: Callable[[str], bool] = lambda word: True


def understand(query: str, catalog: Catalog, held: Held | None = None, *, off: Collection[str] = ()) -> Understanding:
    """Return `query` as it is understood among the agreements of `catalog`; `off` are ids of filters to leave out.

    `held` says what the index has: what none has puts nothing first, and a word that no text has may be the name of a
    State in another language.
    """
    off = tuple(dict.fromkeys(off))
    plain = Understanding(query, query, off=off)
    if EVERYTHING in off:
        return plain
    is_syntax = _SYNTAX.search(query) is not None
    if not is_syntax and (found := list(_references(query, catalog))):
        return replace(
            plain, places=tuple(place for place, _ in found), rest=_without(query, [span for _, span in found])
        )
    if is_syntax or len(WORD.findall(query)) > _MOST_WORDS:
        return plain
    return _Reading(query, catalog, held or Held(), off).understood()


def _references(query: str, catalog: Catalog) -> Iterator[tuple[PlaceAsked, tuple[int, int]]]:
    """Yield the references as the program writes them (`nato-sofa-1951#VII.3`) that `query` holds."""
    for found in _REFERENCE.finditer(query):
        may_be = found[2] or re.search(r"\d", found[1]) or found[1].count("-") > 1  # `third-party` is no reference
        if may_be and (facts := catalog.with_id(found[1])):
            at = sought_places(query[found.end() :] if not found[2] else "")
            keys = path_keys(found[2]) if found[2] else at[0].keys if at else ()
            yield PlaceAsked(facts.id, found.group(), keys, facts.text_held), found.span()


@dataclass(slots=True)
class _Said:
    """A soft filter and where the query says it."""

    filter: SoftFilter
    start: int
    end: int


class _Reading:
    """One query of plain words, on its way to what it means."""

    def __init__(self, query: str, catalog: Catalog, held: Held, off: tuple[str, ...]) -> None:
        self._query = query
        self._catalog = catalog
        self._held = held
        self._off = off
        self._frame = frame(query)
        # who types all in lower case means names too
        self._cased = query.title() if query == query.lower() else query
        self._known = well_known_in(query)

    def understood(self) -> Understanding:
        places = sought_places(self._query)
        citations = citations_in(self._query)
        taken = [span for place in places for span in place.spans] + [(c.start, c.end) for c in citations]
        said = [each for each in self._said(taken) if each.filter.id not in self._off]
        spans = [*taken, *((each.start, each.end) for each in said)]
        self._frame = [(low, high) for low, high in self._frame if not any(low < e and s < high for s, e in spans)]
        if citations:
            return self._cited(citations, places, _without(self._query, taken))
        rest = _without(self._query, [*taken, *self._frame, *((each.start, each.end) for each in said)])
        is_abroad = bool(places) and in_signs(self._query) != self._query
        names = self._catalog.names_of(rest) if is_abroad else KIND_WORDS.sub(" ", rest)
        elements = _elements(said, names if places else "")
        if places and (found := self._placed(places, elements, "" if is_abroad else rest)):
            return found
        soft = self._soft(said, elements)
        return replace(soft, notes=(*soft.notes, *self._not_held(said))) if places else soft

    def _likely(self, elements: Elements) -> list[Likely]:
        """Return the agreements that may be meant; of a well-known instrument none but that one."""
        if self._known is None:
            return self._catalog.likely(elements)
        known = self._known
        return [Likely(f, 1.0) for f in self._catalog.facts if known.is_that((f.title, f.short_title), f.signed)]

    def _not_held(self, said: Sequence[_Said]) -> Iterator[str]:
        """Yield that the instrument of which a place is asked is not held, where it is a well-known one.

        Else that no agreement is of the parties and the family that are said.
        """
        if self._known is not None:
            yield f"The {self._known.title} is not held here: places of other instruments are none of it."
        else:
            yield from self._of_another_family(_elements(said, ""))

    def _plain(self, rest: str = "") -> Understanding:
        return Understanding(self._query, rest or self._query, off=self._off)

    def _cited(self, citations: Sequence[CitedSeries], places: Sequence[SoughtPlace], rest: str) -> Understanding:
        found: list[PlaceAsked] = []
        notes = []
        for citation in citations:
            words = self._query[citation.start : citation.end]
            facts = self._catalog.cited(citation)
            notes += [] if facts else [f"No agreement is known here by the citation {words}."]
            keys = places[0].keys if places else ()
            found += [PlaceAsked(each.id, words, keys, each.text_held) for each in facts]
        return replace(self._plain(), rest=rest if found else self._query, places=tuple(found), notes=tuple(notes))

    def _placed(self, places: Sequence[SoughtPlace], elements: Elements, rest: str) -> Understanding | None:
        """Return the places in the agreement that is likely meant; None where the query does not say which."""
        likely = [each.facts for each in self._likely(elements)]
        asked = [PlaceAsked(facts.id, at.words, at.keys, facts.text_held) for at in places for facts in likely]
        asked = [place for place in asked if f"agreement:{place.agreement}" not in self._off]
        if not asked:
            return None
        rest = " ".join(word for word in rest.split() if not named_by(likely[0], word))
        notes = [_OF_NATO] if self._known is None and _BARE_NATO.search(self._query) else []
        notes += [] if self._known else self._of_another_family(elements)
        return replace(self._plain(), rest=rest if _counts(rest) else "", places=tuple(asked), notes=tuple(notes))

    def _of_another_family(self, elements: Elements) -> Iterator[str]:
        """Yield that no agreement of the parties that are said is of the family that is, where none is."""
        if elements.parties and elements.families and not self._catalog.fitting(elements):
            label = " or ".join(FAMILIES[family].label for family in sorted(elements.families))
            parties = " and ".join(name_of(code) for code in sorted(elements.parties))
            yield f"By their facts no agreement held here with {parties} is of the family {label}: a hit is of another."

    def _soft(self, said: Sequence[_Said], elements: Elements) -> Understanding:
        """Return what comes first: one agreement, where all that is said leaves one, else each of what is said."""
        kinds = {each.filter.kind for each in said}
        if dated := self._dated(said):
            return self._first_of(dated, said)
        named = self._named(elements, said) if len(kinds) > 1 else self._abbreviated()
        if named and self._held.value("agreement", named.filter.value):
            inside = [each for each in said if not named.start <= each.start < named.end]
            kept = [named, *(inside if len(kinds) <= 1 else [])]
            spans = [(each.start, each.end) for each in (*kept, *said)]
        else:
            kept = [each for each in said if self._is_held(each.filter)]
            spans = [(each.start, each.end) for each in kept]
        notes = [_no_party(each.filter) for each in said if _is_partner(each.filter) and not self._is_held(each.filter)]
        rest = _without(self._query, [*spans, *self._frame])
        beside = " ".join(self._query[start:end] for start, end in sorted(set(spans))) if rest else ""
        first = tuple({each.filter.id: each.filter for each in kept}.values())
        return replace(self._plain(rest), first=first, beside=beside, notes=tuple(notes))

    def _first_of(self, dated: Sequence[_Said], said: Sequence[_Said]) -> Understanding:
        """Return the agreements that a title with a year names, as what comes first beside all else that is `said`."""
        spans = {(each.start, each.end) for each in dated}
        others = [
            each for each in said if not any(s <= each.start < e for s, e in spans) and self._is_held(each.filter)
        ]
        rest = _without(self._query, [*spans, *((each.start, each.end) for each in others), *self._frame])
        beside = " ".join(self._query[start:end] for start, end in sorted(spans)) if rest else ""
        first = tuple({each.filter.id: each.filter for each in (*dated, *others)}.values())
        return replace(self._plain(rest), first=first, beside=beside)

    def _dated(self, said: Sequence[_Said]) -> list[_Said]:
        """Return the agreements named by words of a title with a year beside them: `Compact 1986`, `1954 Exchange`."""
        for year in said:
            if year.filter.kind != "signed" or not re.fullmatch(_YEAR, year.filter.value):
                continue
            before = _TITLED.search(self._query[: year.start])
            after = _TITLES.match(self._query[year.end :])
            start, end = (
                (before.start(), year.end) if before else (year.start, year.end + (after.end() if after else 0))
            )
            words = before[1] if before else after[1] if after else ""
            if not words or any(start < each.end and each.start < end for each in said if each is not year):
                continue
            first, last = year.filter.days
            found = self._catalog.dated(words, first, last)
            named = [self._agreement(facts, self._query[start:end], start, end) for facts in found]
            if kept := [each for each in named if each and self._held.value("agreement", each.filter.value)]:
                return kept
        return []

    def _is_held(self, each: SoftFilter) -> bool:
        if each.kind == "region":
            return any(self._held.value("party", code) for code in regions()[each.value].codes)
        return each.kind == "signed" or self._held.value(each.kind, each.value)

    def _named(self, elements: Elements, said: Sequence[_Said]) -> _Said | None:
        """Return the one agreement that all that is said of it leaves, where one is."""
        likely = self._likely(elements)
        if len(likely) != 1 or likely[0].score < 1.0:
            return None
        words = " ".join(self._query[each.start : each.end] for each in said)
        return self._agreement(likely[0].facts, words, said[0].start, said[0].end)

    def _abbreviated(self) -> _Said | None:
        """Return the agreement that is called by its short title (`VFA`) or the first letters of its title (`VCCR`)."""
        for found in _CAPITALS.finditer(self._query):
            known = [facts for facts in self._catalog.facts if fold(facts.short_title) == fold(found.group())]
            known = known or self._catalog.initialled(found.group())
            if len(known) == 1:
                return self._agreement(known[0], found.group(), *found.span())
        return None

    def _agreement(self, facts: "Facts", words: str, start: int, end: int) -> _Said | None:
        named = SoftFilter("agreement", facts.id, words, facts.called)
        return None if named.id in self._off else _Said(named, start, end)

    def _said(self, taken: Sequence[tuple[int, int]]) -> list[_Said]:
        """Return what the query says of agreements, in order; what `taken` covers says something else."""
        found: list[_Said] = []
        for each in (*self._periods(), *self._families(), *self._parties()):
            spans = [*taken, *((other.start, other.end) for other in found)]
            if not any(each.start < end and start < each.end for start, end in spans):
                found.append(each)
        return sorted(found, key=lambda each: each.start)

    def _periods(self) -> Iterator[_Said]:
        for found in _PERIOD.finditer(self._query):
            if (value := _period(found)) is not None:
                words = found.group().strip()
                yield _Said(SoftFilter("signed", value, words, f"signed {value.replace('..', ' to ')}"), *found.span())

    def _families(self) -> Iterator[_Said]:
        for found in _family_words().finditer(self._query):
            name = _family_of(found.group())
            if name and (found.group() != found.group().lower() or " " in found.group() or self._is_named(found)):
                label = FAMILIES[name].label
                yield _Said(SoftFilter("family", name, found.group(), label), *found.span())

    def _is_named(self, found: re.Match[str]) -> bool:
        """Whether an abbreviation in lower case (`sofa`) stands beside a name, and so is no piece of furniture."""
        return any(abs(named.end - found.start()) <= 1 for named in find_in(self._cased)) or bool(
            re.match(r"s?\s+(?:with|between|article|art\b|\d{4})", self._query[found.end() :])
        )

    def _parties(self) -> Iterator[_Said]:
        seen: list[tuple[int, int]] = []
        for named in find_in(self._cased):
            seen.append((named.start, named.end))
            yield self._party(named.code, named.start, named.end)
        for called in states_called(self._query):
            if not _meets(called.start, called.end, seen):
                seen.append((called.start, called.end))
                yield self._party(called.value, called.start, called.end)
        for start, end, code in self._adjectives(seen):
            seen.append((start, end))
            yield self._party(code, start, end)
        for asked in states_in(self._cased, seen, self._held.word):
            yield self._party(asked.code, asked.start, asked.end)
        for region in regions_called(self._query):
            if not _meets(region.start, region.end, seen):
                words, label = self._query[region.start : region.end], regions()[region.value].label
                yield _Said(SoftFilter("region", region.value, words, label), region.start, region.end)

    def _adjectives(self, seen: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, str]]:
        """Yield the States that adjectives name, each of two that a hyphen joins: `Dutch-Canadian`."""
        for found in WORD.finditer(self._cased):
            if _meets(*found.span(), seen) or _TONGUE.match(self._query, found.end()):
                continue
            whole = _of_adjective(found.group())
            parts = [] if whole else [part.span() for part in _PARTS.finditer(self._cased, *found.span())]
            codes = [_of_adjective(self._cased[start:end]) for start, end in parts]
            joined = [(*part, code) for part, code in zip(parts, codes, strict=True) if code and all(codes)]
            yield from [(*found.span(), whole)] if whole else joined

    def _party(self, code: str, start: int, end: int) -> _Said:
        return _Said(SoftFilter("party", code, self._named_words(start, end), name_of(code)), start, end)

    def _named_words(self, start: int, end: int) -> str:
        """Return the words that name a State; an adjective of what says an agreement names it with that.

        `the Kyrgyz agreement` and `driving licences Swiss` name the partner, `an American soldier` an actor.
        """
        words = self._query[start:end]
        if _of_adjective(words) is None:
            return words
        if beside := _OF_AN_AGREEMENT.match(self._query, end):
            return self._query[start : beside.end()]
        before = WORD.findall(self._query[:start])
        is_last = not WORD.search(self._query, end) and before and fold(before[-1]) not in _SMALL
        return self._query[self._query.rfind(before[-1], 0, start) : end] if is_last else words


def _is_partner(each: SoftFilter) -> bool:
    return each.kind == "region" or (each.kind == "party" and not is_organisation(each.value))


def _no_party(each: SoftFilter) -> str:
    kind = "a party of" if each.kind == "region" else "the party"
    return f"No agreement whose text is held has {kind} {each.label}."


def _meets(start: int, end: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start < high and low < end for low, high in spans)


def _of_adjective(word: str) -> str | None:
    return of_adjective(word) or of_adjective(word.removesuffix("s"))


def _elements(said: Iterable[_Said], words: str) -> Elements:
    filters = [each.filter for each in said]
    signed = next((each.days for each in filters if each.kind == "signed"), (0, 0))
    return Elements(
        frozenset(each.value for each in filters if each.kind == "party"),
        frozenset(each.value for each in filters if each.kind == "family"),
        *signed,
        words=" ".join(words.split()),
    )


def _period(found: re.Match[str]) -> str | None:
    """Return the days that a match means: `2000..`, `..1959-12-31`, `1950..1959`, `1951`; None where they are none."""
    if decade := found["decade"]:
        return f"{decade[:3]}0..{decade[:3]}9"
    if found["from"]:
        return f"{found['from']}..{found['to']}"
    if found["low"]:
        low, high = _iso(found["low"]), _iso(found["high"])
        return f"{low}..{high}" if low and high else None
    if found["first"]:
        day = _iso(found["first"])
        strict = found["since"].lower() in _STRICT
        return f"{_next(day) if strict else day}.." if day else None
    if found["last"]:
        day = _iso(found["last"])
        strict = found["until"].lower() in _STRICT
        return f"..{_before(day) if strict else day}" if day else None
    return _iso(found["day"])


def _iso(words: str) -> str | None:
    if re.fullmatch(r"\d{4}(?:-\d\d){0,2}", words):
        return words if days(words) else None
    if found := dates.find(words):
        return found[0].iso
    month, year = words.split(maxsplit=1)[0].lower(), words.rsplit(maxsplit=1)[-1]
    number = dates.MONTHS.get(month)
    return f"{year}-{number:02d}" if number else None


def _next(day: str) -> str:
    """Return the year after one that stands alone; a day or month begins what comes after it."""
    return str(int(day) + 1) if len(day) == 4 else day


def _before(day: str) -> str:
    return str(int(day) - 1) if len(day) == 4 else day


def _without(query: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return `query` without the characters of `spans`, and without the small words that are left of them alone."""
    out, at = [], 0
    for start, end in sorted(spans):
        out.append(query[at : max(at, start)])
        at = max(at, end)
    out.append(query[at:])
    kept = [piece for piece in out if _counts(piece)]
    words = " ".join(kept).split()
    while words and words[-1].strip(",;:").lower() in _SMALL_LAST:
        words.pop()
    return " ".join(words).rstrip(",;:")


def _counts(text: str) -> bool:
    """Whether a piece of a query has a word to look for."""
    return any(word not in _SMALL for word in WORD.findall(fold(KIND_WORDS.sub(" ", text))))


def telling_terms(text: str) -> list[str]:
    """Return the terms of `text` that tell something, each once: neither small words nor that it is of an agreement."""
    words = (word for word in WORD.findall(KIND_WORDS.sub(" ", text)) if fold(word) not in _SMALL)
    return list(dict.fromkeys(term for word in words for term in terms(word)))


def left_of(text: str, taken: Collection[str]) -> str:
    """Return `text` without the words whose terms are all `taken`, and without what says that it is of an agreement."""
    words = [found.span() for found in WORD.finditer(text) if (own := terms(found.group())) and set(own) <= set(taken)]
    left = _without(text, [*words, *(found.span() for found in KIND_WORDS.finditer(text))]).split()
    left = [word for word in left if WORD.search(word)]
    while left and left[0].lower() in _SMALL_LAST:
        left.pop(0)
    return " ".join(left)


@cache
def _family_names() -> Mapping[str, str]:
    """Return what a person calls each family, in lower case, and its id."""
    names: dict[str, str] = {}
    for each in FAMILIES.values():
        label = each.label.partition(" (")[0]
        called = [each.short] if each.short.isupper() else []
        called += [label] if " " in label and each.id != "other" else []
        for name in (*called, *each.aliases):
            names[name.lower()] = each.id
    for written, name in (("defence cooperation agreement", "dca"), ("status of forces", "sofa")):
        if name in FAMILIES:
            names.setdefault(written, name)
    return names


@cache
def _family_words() -> re.Pattern[str]:
    names = sorted(_family_names(), key=len, reverse=True)
    either = "|".join(re.escape(name).replace(r"\ ", r"[\s-]") for name in names)
    return re.compile(rf"(?<![\w-])(?:{either})s?(?!\w)", re.IGNORECASE)


def _family_of(words: str) -> str | None:
    plain = " ".join(re.split(r"[\s-]+", words.lower()))
    names = _family_names()
    for written in (plain, plain.removesuffix("s")):
        for name, family in names.items():
            if " ".join(re.split(r"[\s-]+", name)) == written:
                return family
    return None
