"""The quality gates of an imported agreement: what must be so before a person relies on it. Pure.

The gates that hold for drafts too are checks (`agreements.checks`); here are those of texts that were taken in.
"""

import re
from collections.abc import Container, Iterable, Iterator

from agreements.checks import check
from agreements.citation import date_words
from agreements.classifying import classify_agreement, propose
from agreements.errors import NotFoundError
from agreements.families import FAMILIES
from agreements.findings import Finding, info, warning
from agreements.language import dates
from agreements.lineage import citations
from agreements.model import Agreement
from agreements.reference import places
from agreements.states import is_predecessor, name_of

_CHECKS = ("numbering", "bodies", "lengths", "references", "dates", "signatures")
_TIAS = re.compile(r"TIAS (\d\d)-(\d{1,2})(\d\d)(?:\.\d+)?")  # DOMAIN 7.1: year, month and day of entry into force
_LONG = 400  # words of a text that surely has numbered provisions
_NAMED = 3  # places that a message names
_OPEN = "reference-open"
_NUMBERED = ("article", "section", "paragraph")
_CLOSING = ("testimonium", "signature")


def gates(agreement: Agreement) -> Iterator[Finding]:
    """Yield what is wrong with, or missing from, the facts of `agreement` and its text where that is held.

    What its references to other agreements lead to is said by `citations.astray`: that depends on what else is held.
    """
    yield from _facts(agreement)
    yield from _citations(agreement)
    if not agreement.text_held:
        return
    found = check(agreement, _CHECKS)
    yield from (finding for finding in found if finding.code != _OPEN)
    named = {(reference.path, reference.words) for reference in citations.outward(agreement)}
    yield from _references(tuple(f for f in found if f.code == _OPEN), named)
    yield from _text(agreement)
    yield from _family(agreement)


def _family(agreement: Agreement) -> Iterator[Finding]:
    """Say which family the text of an agreement speaks for that stayed `other`, and why."""
    proposal = propose(agreement) if agreement.family == "other" else None
    if proposal:
        near = f", then {FAMILIES[proposal.near].short}" if proposal.near else ""
        message = f"The family is other; the text speaks for {FAMILIES[proposal.family].short}{near}: {proposal.why}."
        yield info("family-guess", "family", message, f"Write `family: {proposal.family}` in agreement.md if it is so.")


def _facts(agreement: Agreement) -> Iterator[Finding]:
    if not agreement.title and not agreement.short_title and agreement.form != "exchange-of-notes":
        yield warning("no-title", "title", "The agreement has no title.", "Write one in agreement.md.")
    if not agreement.parties:
        yield warning(
            "no-parties", "parties", "No party was found by the program.", "Write the parties in agreement.md."
        )
    for party in agreement.parties:
        if not _known(party.code):
            named = party.body or party.name or party.code or "A party"
            fix = "Write its ISO 3166 code, or the acronym of the organisation, in agreement.md."
            yield warning("party-unknown", "parties", f"{named} is no State or organisation that is known.", fix)
        elif is_predecessor(party.name):
            message = f"{party.name} is kept under {party.code} ({name_of(party.code)}), which came after it."
            fix = "Whether that State succeeded to this agreement is not verified: write what is known in agreement.md."
            yield warning("party-former", "parties", message, fix)
    if not any(signing.date for signing in agreement.signings):
        yield info("no-date", "signings", "No date of signature is known.")
        for place in places(agreement):
            if place.provision.kind in _CLOSING or any(each.kind in _CLOSING for each in place.chain):
                for words in dates.impossible(place.provision.text):
                    fix = "Look at the source, and write the date into agreement.md."
                    yield warning("no-such-day", place.path, f"“{words}”: no calendar has this day.", fix)
    if agreement.status.value == "unknown":
        yield info("no-status", "status", "Whether it is in force is not established.")


def _known(code: str) -> bool:
    try:
        return bool(code and name_of(code))
    except NotFoundError:
        return False


def _citations(agreement: Agreement) -> Iterator[Finding]:
    """Compare the date in a newer TIAS number with that of entry into force; neither is ever made from the other."""
    entry = agreement.entry_into_force
    if not entry or not entry.date:
        return
    for citation in agreement.citations:
        if not (found := _TIAS.fullmatch(citation.text)):
            continue
        year, month, day = (int(part) for part in found.groups())
        if not (1 <= month <= 12 and 1 <= day <= 31):
            yield warning("tias-date", "citations", f"{citation.text} holds no date.", "Check the number.")
            continue
        dated = f"{1900 + year if year > 50 else 2000 + year}-{month:02}-{day:02}"
        if not dated.startswith(entry.date):
            message = f"{citation.text} stands for entry into force on {date_words(dated)}, the facts say "
            yield warning("tias-date", "citations", f"{message}{date_words(entry.date)}.", "Check both.")


def _references(open_ones: tuple[Finding, ...], named: Container[tuple[str, str]]) -> Iterator[Finding]:
    """Say in one line how many references lead nowhere in the text, without those that name another agreement."""
    lost = [f for f in open_ones if (f.where, f.message[1:].partition("”")[0]) not in named]
    if lost:
        many = "references name" if len(lost) > 1 else "reference names"
        yield info(
            _OPEN, lost[0].where, f"{len(lost)} {many} no provision of this text: {_listed(f.where for f in lost)}"
        )


def _listed(places: Iterable[str]) -> str:
    every = list(dict.fromkeys(places))
    return ", ".join(every[:_NAMED]) + (" ..." if len(every) > _NAMED else "")


def _text(agreement: Agreement) -> Iterator[Finding]:
    for document in agreement.documents:
        if document.language in ("", "und"):
            message = "The language of the text is not known."
            yield warning("no-language", document.role, message, "Write it in the front matter of its file.")
    if agreement.standing == "agreement" and not any(s.sha256 or s.address for s in agreement.sources):
        yield warning("no-source", "sources", "Where the text comes from is not known.", "Import it from its file.")
    if not agreement.marking:
        yield info("no-marking", "marking", "The text bears no marking.")
    for document in agreement.documents:
        words = sum(len(p.text.split()) for p in document.walk())
        if words > _LONG and not any(p.kind in _NUMBERED for p in document.walk()):
            message = f"The {document.role.replace('-', ' ')} has {words} words and no numbered provision."
            yield warning("no-structure", document.role, message, "Look at the source: heads may have been missed.")
    without = [clause.path for clause in classify_agreement(agreement) if not clause.topics]
    if without:
        named = ", ".join(without[:_NAMED]) + (" ..." if len(without) > _NAMED else "")
        many = "clauses have" if len(without) > 1 else "clause has"
        yield info("no-topic", without[0], f"{len(without)} {many} no topic: {named}")
