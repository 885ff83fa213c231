"""Checks of the closing parts: signatures for every party, dates in their order."""

import re
from collections.abc import Iterator

from agreements.findings import Finding, warning
from agreements.model import Agreement, Document
from agreements.states import find_in

_NOTES = ("offer-note", "reply-note")
_OPENING = 4  # provisions of a note within which its courtesies stand: a number, a place and a day go before
_THIRD_PERSON = re.compile(r"\bpresents? (?:its|their) compliments\b", re.IGNORECASE)
_LINE = re.compile(r"_{8,}")
_FEW = 4  # multilateral texts are signed by many or by none: not checked


def signatures(agreement: Agreement) -> Iterator[Finding]:
    """Say which party of a signed bilateral text has no signature block."""
    if agreement.form == "exchange-of-notes" or not 1 < len(agreement.parties) <= _FEW:
        return
    blocks = [p.words() for d in agreement.documents for p in d.walk() if p.kind == "signature"]
    if not blocks:
        if agreement.text_held and agreement.standing == "draft" and not _needs_no_block(agreement):
            yield warning("no-signatures", "signature", "The text has no signature blocks.")
        return
    signed = " ".join(" ".join(blocks).split())
    codes, signed = {named.code for named in find_in(signed)}, signed.lower()
    for party in agreement.parties:
        if party.code in codes:
            continue
        names = [party.body, party.name, re.sub(r"^(?:the )?(?:government of )?(?:the )?", "", party.name.lower())]
        if not any(name and name.lower() in signed for name in names):
            yield warning("no-signature", "signature", f"No signature block names {party.body or party.name}.")


def _needs_no_block(agreement: Agreement) -> bool:
    """Whether a text is signed in its own lines, as a form is, or binds nobody and has no closing words.

    A note in the third person has no signature, whether it offers or replies; a letter is signed on a line at its end.
    """
    provisions = [p for d in agreement.documents for p in d.walk()]
    if any(_is_in_third_person(document) or _has_line(document) for document in agreement.documents):
        return True
    in_lines = sum("signature" in p.text and "____" in p.text for p in provisions) > 1
    return in_lines or (agreement.binding is False and not any(p.kind == "testimonium" for p in provisions))


def _is_in_third_person(document: Document) -> bool:
    """Whether a document is a note whose office presents its compliments."""
    return document.role in _NOTES and any(_THIRD_PERSON.search(p.text) for p in document.provisions[:_OPENING])


def _has_line(document: Document) -> bool:
    """Whether a document is a letter with a line to sign on."""
    return document.role in _NOTES and any(_LINE.fullmatch(p.text.strip()) for p in document.provisions)


def dates(agreement: Agreement) -> Iterator[Finding]:
    """Say when entry into force is dated before the last signature (possible, and often an error)."""
    signed = [signing.date for signing in agreement.signings if signing.date]
    entry = agreement.entry_into_force
    if signed and entry and entry.date and entry.date < max(signed)[: len(entry.date)]:
        message = f"Entry into force on {entry.date} is before the signature of {max(signed)}."
        yield warning("dates", "entry_into_force", message, "Check both against the source.")
