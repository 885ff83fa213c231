"""Checks for what is not there: topics that the family usually carries, or that the nearest precedents carry.

The pattern of a family are its `topics` in `data/families.toml`: core topics that a full agreement of the family
settles, by itself or by reference to another instrument.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from agreements.checks.passages import classified
from agreements.checks.terms import definitions
from agreements.classifying import classify
from agreements.families import FAMILIES
from agreements.findings import Finding, info
from agreements.model import Agreement
from agreements.reference import places
from agreements.topics import core_of, fine_of
from agreements.topics import topic as known_topic

NEAREST = 5  # precedents that a text is held against
_MOST = 3  # of them that must carry a topic for its absence to be said
_FULL = 3  # a text with less than a third of the pattern is an addition to another agreement, or a fragment
# What one text calls by one of these another calls by the other, or settles in the same clause.
_ADDITIONS = ("protocol", "implementing-arrangement", "agreed-minutes")
_WORDS = {  # said in so few words that the clause is about something else
    "amendment": r"\bamend",
    "contracting": r"\bcontract (?:\w+ ){0,8}for (?:\w+, |\w+ ){0,4}?(?:goods|supplies|services|works|materiel)\b",
    "contractors_status": r"\bcontractors\b[^.]{0,120}?\b(?:enter|enjoy|status|immunit|privileg|exempt|nationals)",
}
_OTHERWISE = (("mou", "entry_into_force"), ("mou", "amendment"))  # a memorandum says it in words of its own
_PARTS = ("paragraph", "subparagraph", "section", "text")
_NEAR = {
    "status_at": ("criminal_jurisdiction", "relation_other_agreements"),
    "criminal_jurisdiction": ("status_at", "jurisdiction_waiver_recall"),
    "custody_access": ("criminal_jurisdiction", "jurisdiction_waiver_recall"),
    "claims_third_party": ("claims_government",),
    "claims_government": ("claims_third_party",),
    "duration_renewal": ("termination",),
    "termination": ("duration_renewal",),
    "discipline_police": ("security_protection",),
    "overflight_clearance": ("transit_routes", "movement_vehicles_vessels_aircraft"),
}


def core_topics(agreement: Agreement) -> frozenset[str]:
    """Return the core topics of the clauses of `agreement`, and of the paragraphs in them, which may have their own."""
    found = {assigned.core for clause in classified(agreement) for assigned in clause.topics}
    for place in places(agreement):
        if place.provision.kind in _PARTS and len(place.chain) > 1:
            heading = " ".join(p.heading for p in place.chain if p.heading)
            found |= {core_of(name) for name, _ in classify(place.provision, heading, agreement.family)}
            found |= {core_of(name) for name, _ in classify(place.provision, "", agreement.family)}
    found |= {"definitions"} if any(definitions(agreement)) else set()
    return frozenset(found)


def missing_topics(agreement: Agreement) -> Iterator[Finding]:
    """Say which topics of its family's pattern a full agreement lacks; amendments and fragments are left alone."""
    pattern = FAMILIES[agreement.family].topics if agreement.family in FAMILIES else ()
    if not pattern or agreement.form in _ADDITIONS or agreement.effects:
        return
    carried = core_topics(agreement)
    if len(carried & set(pattern)) * _FULL < len(pattern):
        return
    family, text = (
        FAMILIES[agreement.family].label,
        "\n".join(p.words() for d in agreement.documents for p in d.provisions),
    )
    for core in pattern:
        if not _settled(core, carried) and not _hinted(core, text) and (agreement.form, core) not in _OTHERWISE:
            message = f"{family}: no clause on {_named(core)} was found by the program."
            yield info("missing-topic", "main", message, "Add one, or make sure that another instrument settles it.")


def missing_beside(carried: frozenset[str], precedents: Mapping[str, Iterable[str]]) -> Iterator[Finding]:
    """Say which topics most of the nearest `precedents` (id -> core topics) carry, and a text with `carried` lacks."""
    counts: dict[str, list[str]] = {}
    for identifier, cores in nearest(carried, precedents).items():
        for core in cores:
            counts.setdefault(core, []).append(identifier)
    for core, ids in counts.items():
        if len(ids) >= _MOST and not _settled(core, carried):
            message = (
                f"No clause on {_named(core)} was found by the program; {len(ids)} of the nearest precedents have one: "
                f"{', '.join(ids)}."
            )
            yield info("missing-beside-precedents", "main", message, "Look at theirs, and add one if it is wanted.")


def beside(carried: frozenset[str], precedents: Mapping[str, Iterable[str]], family: str) -> Iterator[Finding]:
    """Yield what `missing_beside` does, and where that is nothing say against how many it was held, or against none.

    `family` is the label of the family of the text.
    """
    found = [*missing_beside(carried, precedents)]
    yield from found
    if found:
        return
    near = nearest(carried, precedents)
    held = ", ".join(sorted(near))
    if not near:
        message = f"{family}: no agreement with clauses to hold this text against is held."
    elif len(near) < _MOST:
        message = f"{family}: held are {held} alone; what a text lacks is said where {_MOST} have it."
    else:
        message = f"{family}: held against {held}; no topic that {_MOST} of them carry was found to be missing."
    yield info("held-beside-precedents", "main", message)


def nearest(carried: frozenset[str], precedents: Mapping[str, Iterable[str]]) -> dict[str, frozenset[str]]:
    """Return the precedents whose topics are most like `carried` (shared among all topics of both), at most five."""
    held = {identifier: frozenset(cores) for identifier, cores in precedents.items()}
    likeness = {i: len(carried & cores) / len(carried | cores) for i, cores in held.items() if carried | cores}
    first = sorted(likeness, key=lambda i: (-likeness[i], i))[:NEAREST]
    return {identifier: held[identifier] for identifier in first if likeness[identifier]}


def _settled(core: str, carried: frozenset[str]) -> bool:
    return core in carried or any(near in carried for near in _NEAR.get(core, ()))


def _hinted(core: str, text: str) -> bool:
    """Whether the text has words that hint at the topic, though no clause is mainly about it."""
    phrases = (trigger for each in fine_of(core) for trigger in known_topic(each).triggers if " " in trigger)
    patterned = (".{0,40}?".join(re.escape(part.strip()) for part in phrase.split("...")) for phrase in phrases)
    hints = [*patterned, *([_WORDS[core]] if core in _WORDS else [])]
    return bool(hints) and re.search("|".join(hints), text, re.IGNORECASE) is not None


def _named(core: str) -> str:
    found = known_topic(core)
    return f"{found.label[:1].lower()}{found.label[1:]} ({found.definition})"
