"""What a query was understood to say, in an index: the places that it asks for, and what comes first."""

import json
from collections.abc import Sequence
from dataclasses import replace

from agreements.search.clauses import Between, Bool, Clause, KeywordClause
from agreements.search.engine import IndexReader
from agreements.search.fields import SIGNED
from agreements.search.ranking import GAINS, Ahead
from agreements.search.understanding import Held, PlaceAsked, SoftFilter, Understanding


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
    for place in understanding.places:
        (found if (at := _found(place, reader, held)).ref else missing).append(at)
    notes = [note for place in found if (note := _narrower(place))]
    if not found:
        notes += list(dict.fromkeys(_missing(place) for place in missing))
    return replace(understanding, places=(*found, *missing), notes=(*understanding.notes, *notes))


def _found(place: PlaceAsked, reader: IndexReader, held: Sequence[Clause]) -> PlaceAsked:
    for at, key in enumerate(place.keys or ("",)):
        clause = Bool(must=(_clause(replace(place, keys=(key,) if key else ())), *held))
        if rows := reader.search(clause, limit=1).rows:
            return replace(place, ref=json.loads(rows[0][1])["ref"], keys=place.keys[at:])
    return place


def _narrower(place: PlaceAsked) -> str:
    return ""


def _missing(place: PlaceAsked) -> str:
    if not place.held:
        return f"The text of {place.agreement} is not held: `agreements wanted {place.agreement}` says where to look."
    return f"{place.agreement} has no {place.words} here; what its words find is shown."


def ahead_of(understanding: Understanding) -> Ahead:
    """Return what comes first by `understanding`."""
    return Ahead(
        tuple(_clause(place) for place in understanding.places if place.ref),
        tuple((_gaining(each), GAINS[each.kind]) for each in understanding.first),
    )


def _clause(place: PlaceAsked) -> Clause:
    agreement = KeywordClause("agreement", place.agreement)
    return Bool(must=(agreement, KeywordClause("place", place.keys[0]))) if place.keys else agreement


def _gaining(each: SoftFilter) -> Clause:
    if each.kind == "signed":
        return Between(SIGNED, *each.days)
    return KeywordClause(each.kind, each.value)
