"""What a query was understood to say, in an index: the places that it asks for, and what comes first."""

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from agreements.search.analysis import terms
from agreements.search.asking import is_asked
from agreements.search.called import regions
from agreements.search.clauses import Between, Bool, Clause, Every, Flat, KeywordClause, Near, TermClause
from agreements.search.engine import IndexReader
from agreements.search.fields import SIGNED
from agreements.search.locating import PlaceAsked
from agreements.search.ranking import ADJECTIVE, GAINS, OF_ONE, Ahead
from agreements.search.understanding import KIND_WORDS, Held, SoftFilter, Understanding, left_of, telling_terms
from agreements.states import name_of

_TITLED, _TITLE_WORDS = 3, 2  # agreements that words of a title may mean, and how many of its words must be said
_OF_ALL = frozenset(terms("state government party kingdom republic united nations contracting"))
_ONE_AGREEMENT = re.compile(  # of `agreements` no title tells which
    rf"{KIND_WORDS.pattern}(?<!s)|\bexchange of (?:notes|letters)", re.IGNORECASE
)
_ITS_KIND = re.compile(rf"\b(?P<kind>[^\W\d_]+) {KIND_WORDS.pattern}", re.IGNORECASE)
_ALIKE = 0.01  # scores that differ by less are those of the same words
_FEW = 0.25  # the share of the provisions below which an agreement or a party is told by its name


def held_in(reader: IndexReader) -> Held:
    """Return what the index of `reader` has."""
    return Held(
        lambda field, value: reader.frequency(field, value) > 0, lambda word: reader.frequency("words", word) > 0
    )


def found_places(understanding: Understanding, reader: IndexReader, held: Sequence[Clause]) -> Understanding:
    """Return `understanding` with the references of its places, each by the narrowest key that the index has.

    Notes say of a place that is not there, or only with what stands around it, and of a text that is not held.
    """
    if not understanding.places:
        return understanding
    found: list[PlaceAsked] = []
    missing: list[PlaceAsked] = []
    notes: list[str] = []
    for place in understanding.places:
        at = _found(place, reader, held)
        (found if at.ref else missing).append(at)
        notes += [note] if at.ref and (note := not_apart(at)) else []
    if not found:
        notes += list(dict.fromkeys(_missing(place) for place in missing))
    return replace(understanding, places=(*found, *missing), notes=(*understanding.notes, *notes))


def titled(understanding: Understanding, reader: IndexReader) -> Understanding:
    """Return `understanding` with the agreements that the titles of the index tell by the words of its rest.

    `tax information agreement with the Bahamas: costs` asks for costs in an agreement that says tax and information in
    its title, and so in every provision: beside a party or a day such words tell which agreement is meant, and no
    longer which provision. One word alone is enough where the query says that it is of an agreement.
    """
    first, rest = understanding.first, understanding.rest
    named = [(each.value, each.label) for each in first if each.kind == "agreement"]
    is_question = is_asked(understanding.query)  # there an adjective names an actor, and a title tells nothing
    says_which = any(
        each.kind in ("agreement", "party", "signed") and not (is_question and each.is_actor) for each in first
    )
    if understanding.places or not says_which:
        return understanding
    found = named or _titled(first, _title_words(rest, reader), _kind(rest), understanding.off, reader)
    matched = [term for term in telling_terms(rest) if found and term in terms(found[0][1]) and term not in _OF_ALL]
    is_enough = len(matched) >= _TITLE_WORDS or (
        matched and (_ONE_AGREEMENT.search(rest) or _is_alone(first, found, reader))
    )
    if not is_enough or not (left := left_of(rest, matched)):
        return understanding
    words = " ".join(each.words for each in first)
    more = [] if named else [SoftFilter("agreement", agreement, words, title) for agreement, title in found]
    return replace(understanding, rest=left, first=(*more, *first))


def _is_alone(first: Sequence[SoftFilter], found: Sequence[tuple[str, str]], reader: IndexReader) -> bool:
    """Whether no other agreement agrees with all that is said: its title then tells nothing of what is asked."""
    said = tuple(next(_gains(each))[0] for each in first if each.kind != "agreement")
    others = tuple(KeywordClause("agreement", agreement) for agreement, _ in found)
    return bool(said) and not reader.search(Bool(must=said, never=others), limit=0).total


def _title_words(rest: str, reader: IndexReader) -> dict[str, float]:
    """Return the terms of `rest` that stand in a title, by how seldom titles have them."""
    rows = reader.search(Every(), limit=0).total
    counted = {term: reader.frequency("title", term) for term in telling_terms(rest) if term not in _OF_ALL}
    return {term: math.log(1 + rows / (1 + count)) for term, count in counted.items() if count}


def _titled(
    said: Sequence[SoftFilter], weights: Mapping[str, float], kind: str, off: Sequence[str], reader: IndexReader
) -> list[tuple[str, str]]:
    """Return the ids and titles of what agrees with all that is `said` and has most of the words; of many, none.

    What the query calls of a `kind` has that in its title, where any has: a customs agreement is none on taxes.
    """
    if not weights:
        return []
    held = (*(next(_gains(each))[0] for each in said), *_of_kind(said, kind, reader))
    wanted = tuple(Flat(TermClause("title", term), weight) for term, weight in weights.items())
    apart = [KeywordClause("agreement", each.partition(":")[2]) for each in off if each.startswith("agreement:")]
    found: list[tuple[str, str]] = []
    best = 0.0
    while len(found) <= _TITLED:
        rows = reader.search(Bool(must=(*held, Bool(should=wanted, at_least=1)), never=tuple(apart)), limit=1).rows
        if not rows or rows[0][0] < best - _ALIKE:
            return found
        best = rows[0][0]
        shown = json.loads(rows[0][1])
        found.append((shown["agreement"], shown["title"] or shown["agreement"]))
        apart.append(KeywordClause("agreement", shown["agreement"]))
    return []


def _of_kind(said: Sequence[SoftFilter], kind: str, reader: IndexReader) -> Sequence[Clause]:
    """Return what has the word `kind` in its title; nothing where that is no word, or no title has it beside `said`."""
    clause = TermClause("title", kind)
    held = (next(_gains(each))[0] for each in said)
    return (clause,) if kind and reader.search(Bool(must=(*held, clause)), limit=0).total else ()


def _kind(rest: str) -> str:
    """Return the term of the word by which a query tells the kind of agreement, `customs agreement`; else nothing."""
    found = _ITS_KIND.search(rest)
    return next((term for term in telling_terms(found["kind"]) if term not in _OF_ALL), "") if found else ""


def _found(place: PlaceAsked, reader: IndexReader, held: Sequence[Clause]) -> PlaceAsked:
    for at, key in enumerate(place.keys or ("",)):
        clause = Bool(must=(_clause(replace(place, keys=(key,) if key else ())), *held))
        if rows := reader.search(clause, limit=1).rows:
            is_elsewhere = key.endswith("/" + place.keys[0]) if key else False  # the same place of another document
            narrow = place.keys[0] if at and not is_elsewhere else ""
            return replace(place, ref=json.loads(rows[0][1])["ref"], keys=place.keys[at:], narrow=narrow)
    return place


def not_apart(found: PlaceAsked) -> str:
    """Return what to say where only a wider place was found: that the narrower one is in it is not proven."""
    if not found.narrow or found.narrow.endswith("/" + found.keys[0]):
        return ""
    return f"{found.words} is not held apart: what is shown is {found.ref} and what stands beside it."


def _missing(place: PlaceAsked) -> str:
    if not place.held:
        return f"The text of {place.agreement} is not held: `agreements wanted {place.agreement}` says where to look."
    return f"{place.agreement} has no {place.words} here; what its words find is shown."


def ahead_of(understanding: Understanding, reader: IndexReader) -> Ahead:
    """Return what comes first by `understanding` in the index of `reader`.

    What most provisions have anyway (the United States as a party, in a repository of its agreements) tells little.
    """
    rows = reader.search(Every(), limit=0).total if understanding.first else 0
    shares = [(each, _share(each, reader, rows)) for each in understanding.first]
    return Ahead(
        tuple(_clause(place) for place in understanding.places if place.ref),
        tuple((clause, gain * (1 - share)) for each, share in shares for clause, gain in _gains(each)),
        tuple(
            list(_gains(each))[-1][0]
            for each, share in shares
            if each.kind in ("agreement", "party", "region") and share < _FEW and not each.is_actor
        ),
    )


def _share(each: SoftFilter, reader: IndexReader, rows: int) -> float:
    """Return what share of the provisions has what is said of agreements."""
    if each.kind == "signed" or not rows:
        return 0.0
    if each.kind == "region":
        return reader.search(next(_gains(each))[0], limit=0).total / rows
    return reader.frequency(each.kind, each.value) / rows


def _clause(place: PlaceAsked) -> Clause:
    agreement = KeywordClause("agreement", place.agreement)
    return Bool(must=(agreement, KeywordClause("place", place.keys[0]))) if place.keys else agreement


def _gains(each: SoftFilter) -> Iterator[tuple[Clause, float]]:
    """Yield what gains by a filter: more, where the title names the State or it is one of two parties."""
    if each.kind == "signed":
        yield Between(SIGNED, *each.days), GAINS[each.kind]
        return
    if each.kind == "region":
        parties = tuple(KeywordClause("party", code) for code in regions()[each.value].codes)
        yield Flat(Bool(should=parties, at_least=1), 0.0), GAINS["party"]
        return
    yield KeywordClause(each.kind, each.value), GAINS[each.kind] * (ADJECTIVE if each.is_actor else 1)
    if each.kind == "party" and not each.is_actor:
        name = tuple(terms(name_of(each.value)))
        named: Clause = Near("title", name) if len(name) > 1 else TermClause("title", name[0])
        of_one = Bool(should=(named, KeywordClause("scope", "bilateral")), at_least=1)
        yield Bool(must=(KeywordClause("party", each.value), of_one)), OF_ONE
