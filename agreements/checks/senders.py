"""Checks of whose voice a note has: for whom it speaks, what it answers and when; and of parties named in pairs.

A note says in its first words who writes to whom. What it proposes, informs of or accepts is its writer's own.
"""

import re
from collections.abc import Iterator

from agreements.checks.passages import is_english, shortened
from agreements.findings import Finding, warning
from agreements.language import dates, named_parties
from agreements.language.named_parties import NamedParty
from agreements.model import Agreement, Document
from agreements.reference import Place, places

_BODIES = r"(?:Governments?|(?:\w+ )?authorities|Ministry of [A-Z][\w ]{3,40}?|Department of [A-Z][\w ]{3,40}?)"
# `the Government of X and the Government of X`; the name of a State, and what its name goes on with.
_PAIR = re.compile(
    rf"\b(?P<body>{_BODIES}) of (?:the )?(?P<one>[A-Z]\w+(?: (?:of(?: the)? )?[A-Z]\w+){{0,4}}),? and (?:of )?(?:the )?"
    rf"{_BODIES} of (?:the )?(?P=one)(?!\w| of [A-Z])"
)
_NAME = r"[A-Z]\w+(?: (?:of(?: the)? )?[A-Z]\w+){0,4}"
# One State towards itself, or for both sides: `with the Government of X`, `for X, ... and, for X,`.
_TWICE = (
    re.compile(
        rf"\bGovernment of (?:the )?(?P<one>{_NAME}) [^.;,]{{3,50}} with the Government of (?:the )?(?P=one)"
        r"(?!\w| of [A-Z])"
    ),
    re.compile(
        rf"\bforces of (?:the )?(?P<one>{_NAME}) (?:who are|may|shall) [^;.]{{0,40}}"
        r"\bthe territory of (?:the )?(?P=one)(?!\w| of [A-Z])"
    ),
    re.compile(rf"\b[Ff]or (?:the )?(?P<one>{_NAME}), [^;]{{5,160}}? and,? for (?:the )?(?P=one),"),
    re.compile(
        rf"\bby the authorities of (?:the )?(?P<one>{_NAME}),? [^;]{{5,110}}"
        r" by the authorities of (?:the )?(?P=one), each"
    ),
)
_WRITES = re.compile(
    r"\b(?P<body>Embassy|Ministry|Department|Mission)\b[^.;]{0,70}? of (?:the )?(?P<state>[A-Z]\w+(?: (?:of(?: the)? )?"
    r"[A-Z]\w+){0,4}) presents? (?:its|his|her) compliments\b"
)
_GOVERNMENT = r"(?:the )?Government of (?:the )?(?P<state>[A-Z]\w+(?: (?:of(?: the)? )?[A-Z]\w+){0,4})"
_FOR_ITS_OWN = re.compile(rf"\bon behalf of {_GOVERNMENT}")
_ACTS_ITSELF = re.compile(
    r"\b[Tt]he Government of (?:the )?(?P<state>[A-Z]\w+(?: (?:of(?: the)? )?[A-Z]\w+){0,4})"
    r" (?:(?:also|further|therefore) )?(?:proposes|is ready|informs|wishes|terminates|does not wish|has decided"
    r"|considers|requests|gives notice|will continue)\b"
)
_ACCEPTS = re.compile(rf"\bacceptable to {_GOVERNMENT}")
_SHARES = re.compile(rf"\b(?:would|to) confirm that {_GOVERNMENT} (?:shares|accepts|agrees)\b")
_QUOTES = ('"', "“")
_SENT = re.compile(r"\b(?:note|letter)(?: No\. [\w/-]{1,20})? of\b")
_DATED = re.compile(r"^(?:[A-Z][\w .]{2,30}, )?(?P<day>(?:\d{1,2} [A-Z][a-z]+|[A-Z][a-z]+ \d{1,2},?) \d{4})\.?$")
_NOTES = ("offer-note", "reply-note", "side-letter")


def pairs(agreement: Agreement) -> Iterator[Finding]:
    """Say where two Governments or ministries named together are of one State: `between X and X`."""
    rows = [("title", (agreement.main.title or "") if agreement.main and agreement.main.language == "en" else "")]
    rows += [(place.path, place.provision.text) for place in places(agreement) if is_english(place)]
    for path, text in rows:
        signs = (_PAIR, *_TWICE) if " and " in text else _TWICE[:2]
        if found := next((found for sign in signs if (found := sign.search(text))), None):
            message = f"“{shortened(found.group(), 110)}”: one State stands on both sides."
            yield warning("party-twice", path, message, "Name the other party in one of the two places.")


def voices(agreement: Agreement) -> Iterator[Finding]:
    """Say where a note speaks for the Government that it is addressed to, or lets that one accept what it wrote."""
    parties = named_parties.of(agreement)
    for document in agreement.documents if len(parties) == 2 else ():
        writer = _writer(document, parties)
        for place in _own_words(agreement, document) if document.role in _NOTES and document.language == "en" else ():
            yield from _of_another(place, writer, parties, document)


def _writer(document: Document, parties: tuple[NamedParty, ...]) -> NamedParty | None:
    """Return the party that a note says it is from; None where it says it of both, as two notes in one text do."""
    for sign in (_WRITES, _FOR_ITS_OWN):
        named = {
            party
            for provision in document.walk()
            for found in sign.finditer(provision.text)
            if (party := _party(found["state"], parties))
        }
        if named:
            return named.pop() if len(named) == 1 else None
    return None


def _party(state: str, parties: tuple[NamedParty, ...]) -> NamedParty | None:
    named = named_parties.named_party(state)
    return next((party for party in parties if party.is_same_state(named)), None)


def _own_words(agreement: Agreement, document: Document) -> Iterator[Place]:
    for place in places(agreement):
        if place.document is document and not place.provision.text.startswith(_QUOTES):
            yield place


def _of_another(
    place: Place, writer: NamedParty | None, parties: tuple[NamedParty, ...], document: Document
) -> Iterator[Finding]:
    text = place.provision.text
    if writer is None or "Government of" not in text:
        return
    own = [_FOR_ITS_OWN, _ACTS_ITSELF, *([_ACCEPTS] if document.role == "reply-note" else [])]
    others = [_SHARES, *([_ACCEPTS] if document.role == "offer-note" else [])]
    for pattern, is_own in (*((p, True) for p in own), *((p, False) for p in others)):
        found = pattern.search(text)
        named = _party(found["state"], parties) if found else None
        if found and named and (named is writer) is not is_own:
            whose = "its own" if is_own else "the other"
            message = f"“{shortened(found.group(), 100)}”: the note is from {writer.state}. Not proven: read it."
            yield warning("wrong-sender", place.path, message, f"Name {whose} Government, if that is meant.")
            return


def answers_before_notes(agreement: Agreement) -> Iterator[Finding]:
    """Say where a note in reply is dated before the note that it answers."""
    offered = next((day for d in agreement.documents if d.role == "offer-note" and (day := _day(d))), "")
    for place in places(agreement):
        if place.document.role != "reply-note" or not is_english(place):
            continue
        cited = _cited_day(place.provision.text)
        own = _day(place.document)
        if own and (sent := cited or offered) and own < sent and (cited or _DATED.match(place.provision.text)):
            message = f"The reply is dated {own}; the note that it answers is of {sent}."
            yield warning("reply-before-note", place.path, message, "Correct one of the two dates.")
            return


def _day(document: Document) -> str:
    """Return the day of a note (ISO 8601) that stands on a line of its own, empty for none."""
    for provision in document.walk():
        if found := _DATED.match(provision.text.strip()):
            return next((day.iso for day in dates.find(found["day"])), "")
    return ""


def _cited_day(text: str) -> str:
    """Return the day of the note that a reply names as the one it answers."""
    sent = _SENT.search(text)
    said = dates.find(text[sent.end() : sent.end() + 30])[:1] if sent else []
    return said[0].iso if said and said[0].start < 8 else ""
