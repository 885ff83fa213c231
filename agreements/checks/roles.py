"""Checks of who does what: acts that a family leaves to one side, and a text that has the other side do them.

The acts are `data/roles.toml`, each with the place that establishes whose it is: to add one, add it there. A sentence
is read through its actors: who stands as the subject of a verb, or right behind the words that lead to an actor (`in
the territory of`, `settled by`). What names no side, or both, is left alone.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Literal

from agreements.checks.passages import shortened, spoken
from agreements.checks.rights import is_one_way
from agreements.findings import Finding, warning
from agreements.language import named_parties
from agreements.language.actors import Actor, actors, subject
from agreements.language.sentences import Sentence, clauses
from agreements.model import Agreement
from agreements.resources import data

ActingSide = Literal["guest", "host", "supplier", "receiver"]
"""A side as an act knows it: whose forces come, on whose territory they are; who supplies, who receives."""

_ONE_WAY = ("sofa", "dca", "facilities_access", "transit", "sma")
_US = "USA"
_OURS = ("state", "government", "force", "authority", "party", "personnel", "civilian", "agent")
_GUESTS = ("force", "civilian", "dependents", "personnel", "contractors")
# What may stand between a subject and its verb.
_LEAD = re.compile(
    r"(?:,[^,;:]{1,80},)?(?:(?:[^;:]{0,120}\b(?:and|or|but))?"
    r" (?:shall|may|will|must|should|intends?|expects?|is|are)\b)?"
    r"(?: (?:not|also|then|hereby|therefore|to|be|the|right|entitled|authorized|continue|itself|themselves|alone|each"
    r"|year|\w+ly|at|once|in|its|good|time|first|further))*(?:, [^,;:]{1,90},|,)? "
)
_PREPOSITION = re.compile(
    r"\b(?:with|to|by|from|under|against|for|in|of|than|as|on|between|at|over|through|within|upon)"
    r" (?:(?:the|its|their|any|such|an?|competent|military|designated|both) )*$"
)
_WHICH = re.compile(r",? (?:which|who)\b")
_OF = re.compile(r" of (?:the )?")
_ITSELF = re.compile(r"[^A-Za-z]*(?:\([a-z]\) )?(?P<it>It|They|it|they)\b")
_OF_NAME = re.compile(r" of (?:the )?(?P<name>[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,3})")
_JOINED = re.compile(
    r"\s*(?:(?:the|a|an|its|any|prior|competent|military|customs|designated|visiting|host|sending|receiving"
    r"|member of the) ?){0,3}"
)
_ROLES_OF_ACSA: Mapping[str, ActingSide] = {
    "supplying": "supplier", "providing": "supplier", "receiving": "receiver", "requesting": "receiver",
    "ordering": "receiver",
}  # fmt: skip
_NAMES: Mapping[ActingSide, str] = {
    "guest": "the side whose forces come", "host": "the side on whose territory they are",
    "supplier": "the supplying Party", "receiver": "the receiving Party",
}  # fmt: skip
_PEOPLE = re.compile(r"\b(?P<name>[A-Z][a-z]{3,}) (?:[A-Z][a-z]+ ){0,2}$")
_BEFORE_PARTY = re.compile(r"\b(?P<role>\w+) $")
_VISITS = ("visiting", "sending", "operating")
_RECEIVES = ("host", "receiving")
_BOTH = re.compile(r"\b(?:each|both|either|neither|other|one|another) ?$", re.IGNORECASE)
_SEVERAL = ("Parties", "Governments", "States", "Sides", "Participants")


@dataclass(frozen=True, slots=True)
class SideAct:
    """An act and the side that does it, or that is named with it, with the place that establishes this."""

    id: str
    families: tuple[str, ...]
    side: ActingSide
    cues: tuple[str, ...]
    says: str
    source: str
    does: re.Pattern[str] | None = None
    named: re.Pattern[str] | None = None
    after: re.Pattern[str] | None = None
    near: re.Pattern[str] | None = None
    unless: re.Pattern[str] | None = None
    unless_text: re.Pattern[str] | None = None
    code: Literal["wrong-side", "wrong-grantor", "wrong-owner"] = "wrong-side"


@cache
def roles() -> tuple[SideAct, ...]:
    """Return the acts of the data file."""
    rows = tomllib.loads(data("roles.toml").read_text(encoding="utf-8"))["role"]
    return tuple(_role(row) for row in rows)


def _role(row: Mapping[str, Any]) -> SideAct:
    patterns = {key: re.compile(row[key]) for key in ("named", "after") if key in row}
    patterns |= {key: re.compile(row[key], re.IGNORECASE) for key in ("near", "unless", "unless_text") if key in row}
    if "does" in row:
        patterns["does"] = re.compile(rf"\b(?:{row['does']})")
    return SideAct(**{**row, "families": tuple(row["families"]), "cues": tuple(row["cues"]), **patterns})


def acts_of_the_wrong_side(agreement: Agreement) -> Iterator[Finding]:
    """Say where a text has one side do what its family leaves to the other, or names it where the other is meant."""
    one_way = is_one_way(agreement, _ONE_WAY)
    known = _of_family(agreement.family)
    if not known:
        return
    sides = _Sides(agreement, one_way=one_way)
    text = " ".join(place.provision.text for place in spoken(agreement)) if known else ""
    kept = [role for role in known if role.unless_text is None or not role.unless_text.search(text)]
    for place in spoken(agreement):
        low = place.provision.text.lower()
        asked = [role for role in kept if any(cue in low for cue in role.cues)]
        told: set[str] = set()
        before: Sentence | None = None
        for clause in clauses(place.provision.text) if asked else ():
            for role in asked:
                if role.code not in told and (found := _wrong(role, clause, before, sides)):
                    told.add(role.code)
                    words = shortened(clause.text[found[0] : found[1]], 110)
                    meant = sides.named(role.side)
                    message = f"“{words}”: {role.says}, here {meant}. Not proven: read it. Source: {role.source}."
                    yield warning(role.code, place.path, message, f"Name {meant}, if that side is meant.")
            before = clause


@lru_cache(maxsize=16)
def _of_family(family: str) -> tuple[SideAct, ...]:
    return tuple(role for role in roles() if family in role.families)


class _Sides:
    """Which side an actor of a text is of."""

    def __init__(self, agreement: Agreement, *, one_way: bool) -> None:
        self.names = named_parties.as_terms(agreement)
        self.one_way = one_way
        self.is_acsa = agreement.family == "acsa"
        parties = named_parties.of(agreement)
        self.partners = tuple(party.short for party in parties if "united states" not in party.state.lower())

    def named(self, side: ActingSide) -> str:
        """Return how a text names a side."""
        if self.one_way:
            return "the United States" if side == "guest" else self.partners[0]
        return _NAMES[side]

    def of(self, clause: Sentence, actor: Actor) -> ActingSide | None:
        """Return the side of `actor`, None where it is of none, of both, or of one that is not known."""
        text = clause.text
        printed = text[actor.start : actor.end]
        is_several = printed.split()[-1] in _SEVERAL and not actor.code
        if is_several or _BOTH.search(text, max(clause.start, actor.start - 9), actor.start):
            return None
        if self.is_acsa:
            return self._of_order(text, actor)
        if actor.kind in ("sending", "receiving"):
            return "guest" if actor.kind == "sending" else "host"
        if actor.kind == "party" and (role := _BEFORE_PARTY.search(text, max(0, actor.start - 12), actor.start)):
            word = role["role"].lower()
            return "guest" if word in _VISITS else "host" if word in _RECEIVES else None
        return self._of_state(text, actor) if self.one_way else None

    def _of_order(self, text: str, actor: Actor) -> ActingSide | None:
        role = _BEFORE_PARTY.search(text, max(0, actor.start - 14), actor.start)
        word = role["role"] if role and actor.kind == "party" else text[actor.start : actor.end].partition(" ")[0]
        return _ROLES_OF_ACSA.get(word.lower())

    def _of_people(self, adjective: str) -> ActingSide | None:
        """Return the side of a people (`Meridian`): the partner's, where `adjective` is like its name."""
        stems = [partner[: max(4, len(partner) - 2)] for partner in self.partners if partner]
        return "host" if adjective.startswith(tuple(stems)) else None

    def _of_state(self, text: str, actor: Actor) -> ActingSide | None:
        if actor.code == _US:
            return "guest" if actor.kind in (*_OURS, "contractors", "dependents") else None
        of = _OF_NAME.match(text, actor.end)
        name = of["name"] if of else text[actor.start : actor.end]
        is_bare = of is None and actor.kind in _GUESTS and not actor.code
        people = _PEOPLE.search(text, max(0, actor.start - 40), actor.start) if is_bare else None
        if people:
            return self._of_people(people["name"])
        if "United States" in name:
            return "guest"
        if any(partner and partner in name for partner in self.partners):
            return "host"
        return "guest" if actor.kind in _GUESTS and of is None and not actor.code else None


def _wrong(role: SideAct, clause: Sentence, before: Sentence | None, sides: _Sides) -> tuple[int, int] | None:
    """Return the characters of an act that `clause` has the wrong side do, None where there is none."""
    if role.near and not clause.search(role.near):
        return None
    for found in clause.finditer(role.does) if role.does else ():
        who = _doer(clause, found.start(), before, sides)
        if who and who[1] != role.side and not _excepted(role, clause):
            return who[0] if who[0] >= 0 else found.start(), min(found.end() + 30, clause.end)
    for found in clause.finditer(role.named) if role.named else ():
        actor = next(
            iter(actors(Sentence(clause.text, found.end(), min(clause.end, found.end() + 120)), sides.names)), None
        )
        if actor is None or _JOINED.fullmatch(clause.text, found.end(), actor.start) is None:
            continue
        side = sides.of(clause, actor)
        follows = role.after is None or any(role.after.match(clause.text, end) for end in _ends(clause, actor))
        if side and side != role.side and follows and not _excepted(role, clause):
            return found.start(), actor.end
    return None


def _excepted(role: SideAct, clause: Sentence) -> bool:
    return role.unless is not None and clause.search(role.unless) is not None


def _doer(clause: Sentence, verb: int, before: Sentence | None, sides: _Sides) -> tuple[int, ActingSide] | None:
    """Return where the subject of the verb at `verb` begins, and its side; that of a pronoun stands before it."""
    pronoun = _ITSELF.match(clause.text, clause.start, verb)
    if pronoun and _LEAD.fullmatch(clause.text, pronoun.end("it"), verb):
        first = next(iter(actors(before, sides.names)), None) if before else None
        side = sides.of(before, first) if before and first else None
        return (clause.start, side) if side else None
    every = [*actors(Sentence(clause.text, clause.start, verb), sides.names)]
    while len(every) > 1 and _OF.fullmatch(clause.text, every[-2].end, every[-1].start):
        every.pop()
    if every and any(_is_relative(clause, end, verb) for end in _ends(clause, every[-1])):
        side = sides.of(clause, every[-1])
        return (every[-1].start, side) if side else None
    who = [actor for actor in every if not _is_governed(clause, actor)]
    if not who or not any(_LEAD.fullmatch(clause.text, end, verb) for end in _ends(clause, who[-1])):
        return None
    joined = subject(clause, who[-1].end, sides.names)
    found = {sides.of(clause, actor) for actor in joined}
    side = found.pop() if len(found) == 1 else None
    return (joined[0].start, side) if side else None


def _is_relative(clause: Sentence, end: int, verb: int) -> bool:
    """Whether `which` or `who` stands between an actor that ends at `end` and the verb: the actor is its subject."""
    which = _WHICH.match(clause.text, end, verb)
    return which is not None and _LEAD.fullmatch(clause.text, which.end(), verb) is not None


def _ends(clause: Sentence, actor: Actor) -> tuple[int, ...]:
    """Return where an actor ends, without and with the name of its State behind it."""
    of = _OF_NAME.match(clause.text, actor.end, clause.end)
    return (actor.end, of.end()) if of else (actor.end,)


def _is_governed(clause: Sentence, actor: Actor) -> bool:
    """Whether a preposition stands before an actor, so that no verb behind it is its own."""
    return _PREPOSITION.search(clause.text, max(clause.start, actor.start - 40), actor.start) is not None


__all__ = ["ActingSide", "SideAct", "acts_of_the_wrong_side", "roles"]
