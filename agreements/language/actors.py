"""Who is spoken of: Parties, States by every name and adjective, sending and receiving State, forces and the like.

The words are `data/actors.csv`, the longest first; the States are those of `states`. An actor has the code of a State
where that stands with it: `U.S. forces`, `the Norwegian authorities`, `the Government of Norway`. What a defined term
stands for comes from `language.terms`.
"""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from agreements import states
from agreements.language.numbers import by_first_letter
from agreements.language.sentences import Sentence
from agreements.resources import data

ActorKind = Literal[
    "state", "party", "sending", "receiving", "government", "force", "civilian", "dependents", "contractors", "agent",
    "authority", "personnel", "term",
]  # fmt: skip
"""What an actor is; `state`: a State or organisation by its name alone, `term`: a defined term."""

_CAPITAL = re.compile(r"\b(?:[A-Z][a-z]+\b|(?:[A-Z]\.){2}|U[SK]\b)")
_OF = re.compile(r" of (?:the )?")
_OF_REALM = re.compile(r" of (?:the )?(?:[A-Z][a-z]+ ){1,3}of (?:the )?")
_BEFORE = re.compile(r"(?:['’]s?)? (?:(?:armed|military|naval|air|land) )?$")
_JOINED = re.compile(
    r",?(?P<word> and| or| as well as)?(?: (?:the|its|their|any|each|an?|members of the))*\s", re.IGNORECASE
)
_BELONGS = re.compile(r" of (?:the |both |each |either )?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Actor:
    """An actor named from character `start` to `end`: what it is, and the code of its State where that is said.

    `term` is the defined term by which it is named, as given by the caller.
    """

    start: int
    end: int
    kind: ActorKind
    code: str = ""
    term: str = ""


def actors(clause: Sentence, terms: Mapping[str, ActorKind] = {}) -> Iterator[Actor]:
    """Yield the actors that `clause` names, in order, those of `terms` (defined terms and their kinds) among them."""
    by_name = {named.start + clause.start: named for named in states.find_in(clause.words)}
    places = {at: (clause.start + named.end, named.code) for at, named in by_name.items()}
    for word in clause.finditer(_CAPITAL):
        if code := states.of_adjective(word.group()):
            places.setdefault(word.start(), (word.end(), code))
    found = [*_nouns(clause, places, terms)]
    covered = {at for actor in found for at in range(actor.start, actor.end)}
    for at, (end, code) in places.items():
        if at not in covered and (at in by_name or not clause.text[at + 1 : end].islower()):  # `Norwegian` is no State
            found.append(Actor(at, end, "state", code))
    yield from sorted(found, key=lambda actor: actor.start)


def subject(clause: Sentence, verb: int, terms: Mapping[str, ActorKind] = {}) -> tuple[Actor, ...]:
    """Return the actors that stand as the subject of the verb at the character `verb`: those next before it.

    Several are returned where `and`, `or` or a comma joins them (`the force and its civilian component shall`); in
    `the authorities of the Parties` it is the authorities.
    """
    before = [*actors(Sentence(clause.text, clause.start, verb), terms)]
    while len(before) > 1 and _BELONGS.fullmatch(clause.text, before[-2].end, before[-1].start):
        before.pop()
    joined: list[Actor] = []
    for actor in reversed(before):
        link = _JOINED.fullmatch(clause.text, actor.end, joined[-1].start) if joined else None
        if joined and (link is None or (len(joined) == 1 and not link["word"])):
            break
        joined.append(actor)
    return tuple(reversed(joined))


def _nouns(clause: Sentence, places: Mapping[int, tuple[int, str]], terms: Mapping[str, ActorKind]) -> Iterator[Actor]:
    """Yield the actors named by a noun of the table or a defined term, with the State that stands beside them."""
    ends = {end: (at, code) for at, (end, code) in places.items()}
    text = clause.text
    for found in clause.finditer(_pattern(tuple(terms))):
        word = found.group()
        kind = terms.get(word) or _kinds().get(word) or _kinds().get(word.lower())
        if kind is None:
            continue
        start, end, code = found.start(), found.end(), ""
        lead = _BEFORE.search(text, max(clause.start, start - 12), start)
        if lead and lead.start() in ends:
            start, code = ends[lead.start()]
        else:
            links = (link.match(text, end, clause.end) for link in (_OF, _OF_REALM))
            at = next((link.end() for link in links if link and link.end() in places), None)
            if at is not None and _pattern(tuple(terms)).match(text, places[at][0] + 1, clause.end):
                at = None  # `forces of Norwegian Parties`: the adjective belongs to the noun behind it
            end, code = places[at] if at is not None else (end, "")
        yield Actor(start, end, kind, code, word if word in terms else "")


@cache
def _kinds() -> dict[str, ActorKind]:
    with data("actors.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {words: cast("ActorKind", row["kind"]) for row in rows for words in row["words"].split("|")}


@cache
def _pattern(terms: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern for the nouns of the table, as printed there or with a capital letter first, and for `terms`."""
    capital = {words[:1].upper() + words[1:] for words in _kinds()}
    entries = sorted({*_kinds(), *capital, *map(re.escape, terms)}, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{by_first_letter(entries)})(?![\w-])")
