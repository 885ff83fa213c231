"""Checks of who owes and who may: duties that became options, exceptions left out.

A text that settles the stay of one side's forces on the other's territory lets the host grant and the guest receive;
what each side does in it is `checks.roles`.
The exceptions that a family always has are `data/exceptions.toml`, each with its source.
"""

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from agreements.checks.passages import is_english, operative, shortened
from agreements.findings import Finding, info, warning
from agreements.language import named_parties
from agreements.language.actors import ActorKind, subject
from agreements.language.modality import modals
from agreements.language.negation import is_denied
from agreements.language.periods import PERIOD
from agreements.language.sentences import Sentence
from agreements.model import Agreement
from agreements.reference import Place, Same
from agreements.resources import data

_US = "USA"
# What nobody may choose to do: `may` before it is a slip of `shall`.
_ALWAYS_OWED = re.compile(
    r"\s+(?:enter into force|take effect|remain in force|prevail|ensure|respect|refrain|abstain|comply with|bear"
    r" (?:the|all|its|an? (?:part|share|portion)|one half|\d+ per ?cent)"
    r"|be settled by consultation|settle, in accordance with[^.;]{0,60}\bclaims|not be subject)\b",
    re.IGNORECASE,
)
# What is owed where a time is set for it: `may notify at once`.
_OWED_IN_TIME = re.compile(
    r"\s+(?:notify|inform|pay|return|hand"
    r" (?:over|them)|answer|reply|report|release|surrender|refund|reimburse|furnish)\b",
    re.IGNORECASE,
)
_URGENT = re.compile(
    rf"\b(?:at once|without delay|promptly|immediately|forthwith|without undue delay|within {PERIOD})", re.IGNORECASE
)
_MAY = re.compile(r"may(?: also)?$", re.IGNORECASE)
_FOR_A_GUEST = re.compile(
    r"\b(?:access to|use of|visas?|entry|enter|clearances?|(?:drivers?|driving|professional)"
    r" licen[cs]es?|licen[cs]es|to pass through"
    r"|transit|airspace|overfl\w+|primary right|customs dut\w+|frequencies|rights? of way)\b",
    re.IGNORECASE,
)
# What a host gives a guest, and cannot be left to its choice where a text settles the stay.
_GIVES = re.compile(
    r"\s+(?:give|grant|provide|make available|issue|permit|allow|accord|exempt|recogni[sz]e as valid|accept as valid"
    r"|make)\b",
    re.IGNORECASE,
)
# The same said of the thing: `agreed facilities may be made available without rent`.
_GIVEN = re.compile(
    r"\b(?:facilit(?:y|ies)|locations?|areas?|sites?|land|frequenc(?:y|ies)|visas?|clearances?|licen[cs]es?"
    r"|rights? of way)\b[^,;:]{0,40} may be (?:made available|granted|issued|accorded|recogni[sz]ed as valid)\b",
    re.IGNORECASE,
)
_ONE_WAY = ("sofa", "dca", "facilities_access", "transit")
_IF = re.compile(
    r"\b(?:if|where|when|unless|upon request|on request|in (?:an emergency|urgent)|also|other|further|additional|only"
    r"|another|beyond|shorter|longer|particular case)\b",
    re.IGNORECASE,
)
_RECIPROCAL = re.compile(
    r"\b(?:(?:sending|visiting) (?:State|Party) shall|each Party shall (?:grant|permit|allow|accord|exempt)"
    r"|the other Party[’']s territory|territory of the other)\b",
    re.IGNORECASE,
)


def is_one_way(agreement: Agreement, families: Collection[str] = _ONE_WAY) -> bool:
    """Whether a text settles the stay of U.S. forces on the territory of one other party, and not the reverse.

    `families`: those of which alone this is asked.
    """
    return agreement.family in families and _is_one_way(Same(agreement))


@lru_cache(maxsize=4)  # each check of who grants and who receives asks it of the same text
def _is_one_way(of: Same[Agreement]) -> bool:
    agreement = of.thing
    parties = named_parties.of(agreement)
    ours = ["united states" in party.state.lower() for party in parties]
    if len(parties) != 2 or sum(ours) != 1:
        return False
    return not any(clause.search(_RECIPROCAL) for _, clause in operative(agreement, having=_RECIPROCAL))


def optional_duties(agreement: Agreement) -> Iterator[Finding]:
    """Say where `may` stands before what a text owes: entry into force, notice at once, claims to be settled."""
    names = named_parties.as_terms(agreement)
    for place, clause in operative(agreement):
        if not is_english(place) or " may " not in clause.words:
            continue
        if gift := _gift_of_a_thing(agreement, clause):
            message = f"“{shortened(gift, 80)}”: what the host gives its guests is left to its choice here."
            yield info("duty-optional", place.path, message, "Write shall, if the right is to stand.")
            continue
        for modal in modals(clause):
            if modal.kind != "right" or not _MAY.match(modal.words):
                continue
            given = _GIVES.match(clause.text, modal.end, clause.end)
            if given and _is_choice_of_the_host(agreement, clause, modal.start, names):
                message = f"“may {given.group().strip()}”: what the host gives its guests is left to its choice here."
                yield info("duty-optional", place.path, message, "Write shall, if the right is to stand.")
                break
            always = _ALWAYS_OWED.match(clause.text, modal.end, clause.end)
            timed = _OWED_IN_TIME.match(clause.text, modal.end, clause.end)
            if always or (timed and _URGENT.search(clause.text, timed.end(), clause.end)):
                act = next(found.group().strip() for found in (always, timed) if found)
                message = f"“may {shortened(act, 60)}”: what is owed by its nature is left to choice here."
                yield info("duty-optional", place.path, message, "Write shall, if a duty is meant.")
                break


def _is_choice_of_the_host(agreement: Agreement, clause: Sentence, modal: int, names: Mapping[str, ActorKind]) -> bool:
    """Whether the host alone may, without a condition, give what a guest stays by, in a text for one side's forces."""
    if agreement.family not in _ONE_WAY or not clause.search(_FOR_A_GUEST) or clause.search(_IF):
        return False
    acting = subject(clause, modal, names)
    return len(acting) == 1 and acting[0].kind == "state" and acting[0].code != _US and acting[0].end + 1 == modal


def _gift_of_a_thing(agreement: Agreement, clause: Sentence) -> str:
    """Return the words by which a thing that only the host has may be given, without a condition, else nothing."""
    found = clause.search(_GIVEN)
    return found.group() if found and is_one_way(agreement) and not clause.search(_IF) else ""


# ---------------------------------------------------------------------- exceptions


@dataclass(frozen=True, slots=True)
class FamilyException:
    """An exception that a family always has: what it is an exception to, the words that make it, and its source."""

    id: str
    families: tuple[str, ...]
    cues: tuple[str, ...]
    finds: re.Pattern[str]
    unless: re.Pattern[str]
    says: str
    fix: str
    source: str
    where: re.Pattern[str] | None = None  # the rule holds in texts that have these words


@cache
def exceptions() -> tuple[FamilyException, ...]:
    """Return the exceptions of the data file."""
    rows = tomllib.loads(data("exceptions.toml").read_text(encoding="utf-8"))["exception"]
    return tuple(
        FamilyException(
            **{
                **row,
                "families": tuple(row["families"]),
                "cues": tuple(row["cues"]),
                "finds": re.compile(row["finds"], re.IGNORECASE),
                "unless": re.compile(row["unless"], re.IGNORECASE),
                "where": re.compile(row["where"], re.IGNORECASE) if "where" in row else None,
            }
        )
        for row in rows
    )


def missing_exceptions(agreement: Agreement) -> Iterator[Finding]:
    """Say where a rule stands without the exception that its family always makes from it."""
    for rule in exceptions():
        for place, clause in operative(agreement, cues=rule.cues) if agreement.family in rule.families else ():
            found = clause.search(rule.finds) if is_english(place) else None
            if (
                found
                and not is_denied(clause, found.start(), found.end(), own=True)
                and not _excepted(place, rule)
                and _holds_in(agreement, rule)
            ):
                message = f"“{shortened(found.group(), 80)}”: {rule.says} Source: {rule.source}."
                yield warning("exception-missing", place.path, message, rule.fix)


def _holds_in(agreement: Agreement, rule: FamilyException) -> bool:
    """Whether a text has the words that a rule rests on, where it rests on any."""
    return rule.where is None or any(True for _ in operative(agreement, having=rule.where))


def _excepted(place: Place, rule: FamilyException) -> bool:
    """Whether the provision, or the article around it, makes the exception."""
    return any(rule.unless.search(provision.words()) for provision in (place.provision, place.chain[0]))
