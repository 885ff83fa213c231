"""Checks of the register: binding words in a text that does not bind, and words that bind nobody in one that does."""

import re
from collections.abc import Iterator

from agreements.findings import Finding, info, warning
from agreements.model import Agreement
from agreements.reference import Place, places

# Whether a text binds is a matter of intent and words (22 CFR 181.2(a)); each with what a text that does not bind
# says instead (docs/practice.md, "Words that bind").
_BINDING = (
    (re.compile(r"\bshall\b"), "intends to, or should"),
    (re.compile(r"\b(?:have|has)? ?agreed? (?:to|that|as follows|upon)\b|\b(?:Participants|Parties|sides) agree\b"),
     "have reached the following understandings, or intend to"),
    (re.compile(r"\bundertakes?\b(?! (?:work|construction|an? |the |activit))"), "intends to"),
    (re.compile(r"\b(?:Contracting )?Part(?:y|ies)\b(?! to (?:the|that|an?|this)\b)"), "Participant"),
    (re.compile(r"\b(?:this|of this|these) Articles?\b|(?<![A-Z] )\bArticles? (?:[IVX]+|\d+)\b(?! of)"),
     "Section, or paragraph"),
    (re.compile(r"\b(?:enters?|entry|entered) into force\b|\bin force until\b", re.I),
     "comes into effect"),
    (re.compile(r"\b(?:DONE|Done) (?:at|in)\b"), "Signed at"),
    (re.compile(r"\bin duplicate\b", re.I), "in two copies"),
    (re.compile(r"\bequally (?:authentic|authoritative|valid)\b", re.I), "of equal validity as texts"),
)  # fmt: skip
_QUERIED = re.compile(r"(?<!of their own )(?<!free )(?<!good )(?<!political )\bwill\b(?! of the\b)")
_ACTOR = r"(?:Contracting )?(?:Part(?:y|ies)|Governments?|Participants?|States?|Executive Agents?|Authorit(?:y|ies))"
_WEAK = re.compile(
    rf"\b{_ACTOR} (?:(?:also|jointly|both) )?(?P<verb>intends?|should|expects?|hopes?|wish(?:es)?|plans?|aims?)"
    r"(?= (?:to|be|not|have|make|take|give|use|consult|inform)\b)"
)
_TREATY_FORMS = ("agreement", "treaty", "protocol")
_SILENT = ("preamble", "testimonium", "signature")


def register(agreement: Agreement) -> Iterator[Finding]:
    """Say where a memorandum speaks in binding words, or the articles of an agreement in words that bind nobody.

    Preambles and definitions of an agreement are left alone: what is wished or intended may stand there.
    """
    if agreement.form == "mou" and agreement.binding is not True:
        for place in places(agreement):
            yield from _in_memorandum(place)
    elif agreement.form in _TREATY_FORMS:
        for place in places(agreement):
            yield from _in_agreement(place)


def _in_memorandum(place: Place) -> Iterator[Finding]:
    text = place.provision.text
    if place.provision.kind == "article" and place.provision.label in (None, "Article"):
        message = "A text that does not bind has sections or paragraphs, not articles."
        yield warning("register-treaty", place.path, message, "Number it as a section or a paragraph.")
    for pattern, instead in _BINDING:
        if found := pattern.search(text):
            message = f"“{found.group().strip()}” is the language of a treaty; this memorandum is not to bind."
            yield warning("register-treaty", place.path, message, f"Write: {instead}.")
    if found := _QUERIED.search(text):
        message = "“will” can be read as a promise."
        yield info("register-will", place.path, message, "Write intends to or should, unless a mere future is meant.")


def _in_agreement(place: Place) -> Iterator[Finding]:
    if not place.chain or place.chain[0].kind in _SILENT or _defines(place):
        return
    if found := _WEAK.search(place.provision.text):
        message = f"“{found.group()}” binds nobody in an agreement."
        yield info("register-weak", place.path, message, "Write shall or may, if a duty or a right is meant.")


def _defines(place: Place) -> bool:
    headings = " ".join(p.heading or "" for p in place.chain).lower()
    return "definition" in headings or "interpretation" in headings or " means " in place.provision.text
