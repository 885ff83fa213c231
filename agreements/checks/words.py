"""Checks of the words: defined terms, things left to fill in, the register of binding and non-binding texts."""

import re
from collections.abc import Iterator

from agreements.findings import Finding, error, info, warning
from agreements.model import Agreement, Provision
from agreements.reference import Place, places

_DEFINED = re.compile(
    r"(?:the (?:term|expression)s? )?[“\"‘]{1,2}(?P<term>[^”\"’“]{2,60})[”\"’]{1,2},? (?:means|shall mean|includes)\b",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(r"\{\{|\}\}|\{%|\bX{3,}\b|\bT(?:BD|BC)\b|\[(?:insert|name|date|place|●|\*)[^\]]*\]", re.I)
_BRACKET = re.compile(r"\[[^\[\]]+\]")
_BINDING = re.compile(r"\b(?:shall|Parties agree|enters? into force)\b")
_TREATY_FORMS = ("agreement", "treaty", "protocol")
_WEAK = re.compile(r"\b(?:Part(?:y|ies)|Governments?|Participants?) intends? to\b")
_BLANK = re.compile(r"_{4,}")


def definitions(agreement: Agreement) -> Iterator[tuple[str, Place]]:
    """Yield each term that `agreement` defines with the place where it does, in reading order."""
    for place in places(agreement):
        for match in _DEFINED.finditer(place.provision.text):
            yield match.group("term").strip(), place


def defined_terms(agreement: Agreement) -> Iterator[Finding]:
    """Say which terms are defined twice, or defined and never used."""
    defined: dict[str, Place] = {}
    text = [(place.path, place.provision.text) for place in places(agreement)]
    for term, place in definitions(agreement):
        if term in defined:
            message = f"“{term}” is defined here and in {defined[term].path}."
            yield warning("term-twice", place.path, message, "Define a term once.")
        defined.setdefault(term, place)
    for term, place in defined.items():
        used = re.compile(rf"\b{re.escape(term)}(?:s|’s|'s)?\b", re.IGNORECASE)
        if sum(len(used.findall(words)) for _, words in text) < 2:
            yield warning("term-unused", place.path, f"“{term}” is defined and never used.", "Drop it, or use it.")


def placeholders(agreement: Agreement) -> Iterator[Finding]:
    """Say where something is left to fill in (template marks, `[insert ...]`), and where a line is left blank."""
    for place in places(agreement):
        for match in _PLACEHOLDER.finditer(_own_words(place.provision)):
            yield error("placeholder", place.path, f"{match.group()!r} is left to fill in.", "Fill it in.")
        if blanks := len(_BLANK.findall(place.provision.text)):
            message = f"{blanks} blank{'s' if blanks > 1 else ''} to be filled in by hand (date, place, number)."
            yield info("blank", place.path, message)


def open_brackets(agreement: Agreement) -> Iterator[Finding]:
    """Count the words still between square brackets: text that is not agreed."""
    for place in places(agreement):
        marked = sum(mark.kind == "bracket" for mark in place.provision.marks)
        typed = 0 if marked else sum(1 for m in _BRACKET.finditer(place.provision.text) if not _PLACEHOLDER.match(m[0]))
        if count := marked or typed:
            yield info("open-bracket", place.path, f"{count} open bracket{'s' if count > 1 else ''}.")


def binding_register(agreement: Agreement) -> Iterator[Finding]:
    """Say where a memorandum speaks in binding words, or an agreement only intends (DOMAIN.md 4.1)."""
    for place in places(agreement):
        text = place.provision.text
        if agreement.form == "mou" and agreement.binding is not True and (found := _BINDING.search(text)):
            message = f"“{found.group()}” is binding language in a memorandum of understanding."
            yield warning("register", place.path, message, "Write intends to, should, will.")
        elif agreement.form in _TREATY_FORMS and place.chain[0].kind != "preamble" and (found := _WEAK.search(text)):
            message = f"“{found.group()}” binds nobody in an agreement."
            yield info("register", place.path, message, "Write shall or may, if a duty or a right is meant.")


def _own_words(provision: Provision) -> str:
    return " ".join(x for x in (provision.heading, provision.text) if x)
