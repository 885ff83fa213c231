"""The facts that a text states about itself. Nothing is guessed: a missing value is better than a wrong one."""

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from agreements.citation import date_words
from agreements.families import by_title
from agreements.findings import Finding, info
from agreements.language.non_binding import says_not_binding
from agreements.languages import languages as known_languages
from agreements.model import Document, EntryIntoForce, Party
from agreements.parsing import facts, parties
from agreements.parsing.evidence import Evidence, Passage
from agreements.parsing.held import HeldDocuments
from agreements.parsing.titles import part_of
from agreements.reading.blocks import Reading
from agreements.states import spelled

if TYPE_CHECKING:
    from agreements.parsing.covers import Uncovered

_PROPOSES = re.compile(
    r"\b(?:propos(?:e|es|als?)|constitut(?:e|es|ing)\b[^.]{0,60}\bagreement|regarded as\b[^.]{0,60}\bagreement"
    r"|in reply\b[^.]{0,80}\bagreement|if (?:this|these|the foregoing))",
    re.IGNORECASE,
)
_ACTS = (
    (" Declining Renewal", re.compile(r"\bnot (?:to )?(?:be )?(?:renew|extend|prolong)", re.I)),
    (" Notifying the Completion of Procedures", re.compile(
        r"\b(?:complet|fulfil)\w+\b[^.]{0,80}\b(?:procedures|requirements)", re.I)),
    (" of Correction", re.compile(r"\b(?:correct(?:s|ing|ion)|rectif\w+|clerical error)\b", re.I)),
)  # fmt: skip
_TAKES_THE = re.compile(r"(?:United|Republic|Kingdom|State|Union|Federa|Grand|.+ Republic$|.+(?:lands|ines|ives)$)")


def read(documents: Sequence[Document], title: str, reading: Reading) -> tuple[dict[str, Any], list[Passage]]:
    """Return what `title`, cover and opening of `documents` state: fields of the agreement, and their passages."""
    opening = " ".join(p.text for d in documents[:1] for p in d.provisions[:2])[:400]
    named, naming = _parties(documents, title)
    authority = facts.authority(reading.page_edges, opening)
    values = {
        "title": title,
        "family": by_title(title),
        "parties": named,
        "form": facts.form(documents, title),
        "citations": facts.citations(reading.page_edges),
        "marking": facts.marking(reading.page_edges),
        "authority": authority,
        "standing": "draft" if authority == "draft-tabled" else "agreement",  # a draft is never precedent
    }
    return values, naming


def times(documents: Sequence[Document], cover: "Uncovered | None") -> tuple[dict[str, Any], list[Passage]]:
    """Return the fields that the closing and the final clauses of `documents` state, and the passages that state them.

    `cover` is what was printed around the text, where it was taken off: its dates stand in for those the text lacks.
    What reads them is loaded here: nobody asks an answer for its times, and their patterns are large.
    """
    from agreements.parsing import entry as entering
    from agreements.parsing import signings, terms

    signed, passages = signings.read(documents)
    languages, prevailing, said = signings.languages(documents)
    stated = terms.sentences(documents)
    notice, noticed = terms.notice(stated)
    entry, entered = _of_last_note(documents) or entering.entry_into_force(stated)
    reply = terms.sentences([d for d in documents if d.role == "reply-note"])
    entry = entering.with_reply(entry, signings.replied(documents), reply)
    duration, lasting = terms.duration(stated)
    binds, unbound = _binding(documents)
    if cover:
        entry = _with_cover(entry, cover)
        same = [each.date for each in signed] == [each.date for each in cover.signed]
        signed = cover.signed if not signed or (same and not any(each.place for each in signed)) else signed
    values = {
        "signings": signed,
        "languages": languages,
        "prevailing_language": prevailing,
        "entry_into_force": entry,
        "binding": binds,
        "termination_notice_months": notice.months if notice else None,
        "termination_notice_days": notice.days if notice else None,
        **duration,
    }
    return values, [*passages, *said, *noticed, *entered, *lasting, *unbound]


def _of_last_note(documents: Sequence[Document]) -> "tuple[EntryIntoForce | None, list[Passage]] | None":
    """Return what the last of more than two notes that says it says on entry into force; None for other texts.

    A reply that proposes something else is answered by a third note, and what the first said no longer counts.
    """
    from agreements.parsing import entry as entering
    from agreements.parsing import terms

    notes = [d for d in documents if d.provisions and d.role in ("offer-note", "reply-note")]
    if len(notes) <= len(("offer", "reply")) or [note.role for note in notes].count("offer-note") != 1:
        return None  # two, or the same in another language
    found = (entering.entry_into_force(terms.sentences([note])) for note in reversed(notes))
    return next((each for each in found if each[0]), None)


def _binding(documents: Sequence[Document]) -> tuple[bool | None, list[Passage]]:
    """Return False where the text says that it does not bind, with the passage; that it binds no text need say."""
    own = [d for d in documents if d.role in ("main", "offer-note", "reply-note")]
    provisions = [p for document in own for p in document.walk() if p.text]
    found = says_not_binding(p.text for p in provisions)
    return (None, []) if found is None else (False, [Passage("binding", provisions[found[0]], found[1])])


def _with_cover(entry: EntryIntoForce | None, cover: "Uncovered") -> EntryIntoForce | None:
    """Return `entry` with the date that the page of facts in front of the text prints, where the text has none."""
    if not cover.in_force or (entry and entry.date):
        return entry
    if entry is None:
        return EntryIntoForce(date=cover.in_force, evidence=cover.said, basis="the print's page of facts")
    basis = f"{entry.basis}; the date by the print's page of facts"
    return entry.model_copy(update={"date": cover.in_force, "basis": basis})


def proposed(values: Mapping[str, Any], documents: Sequence[Document]) -> tuple[Finding, ...]:
    """Return a finding that proposes a title for an exchange of notes that has none; nothing for other texts.

    A note that stands alone and proposes nothing, as one that declines renewal, is no exchange of notes; one that gives
    notice of termination is told as that.
    """
    if values["form"] == "note-of-termination":
        return _of_notice(values)
    if part := part_of(values["title"]):
        message = f"The file is {part[0]} of another text, and no agreement: parties and family are of that text."
        return (info("part-of-another", "title", message, "File it with its agreement, or name that in `relations`."),)
    if values["title"] or values["form"] != "exchange-of-notes" or len(values["parties"]) < 2:
        return ()
    spelt = {p.name: spelled(p.code, p.name) for p in values["parties"]}
    named = {name: f"the {each}" if _TAKES_THE.match(each) else each for name, each in spelt.items()}
    notes = [document for document in documents if document.role in ("offer-note", "reply-note")]
    words = " ".join(p.text for p in notes[0].walk()) if len(notes) == 1 else ""
    if words and not _PROPOSES.search(words):
        return (_of_one_note(words, named, values),)
    between = " and ".join(named.values())
    days = list(dict.fromkeys(date_words(s.date) for s in values.get("signings", ()) if s.date))
    title = f"Exchange of Notes between {between}" + (f" of {' and '.join(days)}" if days else "")
    message = f"The notes have no title. Proposed: “{title}”."
    return (info("title-proposed", "title", message, "Write it as the title in agreement.md if it is right."),)


def _of_notice(values: Mapping[str, Any]) -> tuple[Finding, ...]:
    """Say that a file is a notice of termination and no agreement, what it ends, and when."""
    ended = next((relation.title for relation in values["relations"] if relation.kind == "terminates"), "")
    entry = values["entry_into_force"]
    day = f"; it says that the agreement ends on {date_words(entry.date)}" if entry else ""
    of = f" of the {ended}" if ended else ", without naming in full what it ends"
    message = f"A note that gives notice of termination{of}{day}. It is no agreement."
    fix = "If no agreement held is found to be meant, write its id into `relations` in agreement.md (kind: terminates)."
    return (info("notice-of-termination", "title", message, fix),)


def _of_one_note(words: str, named: Mapping[str, str], values: Mapping[str, Any]) -> Finding:
    """Return the finding on the title of a note that is no part of an exchange: whose it is, what it does, its day."""
    sender = min(named, key=lambda name: words.find(name) if name in words else len(words))
    act = next((said for said, pattern in _ACTS if pattern.search(words)), "")
    days = sorted({s.date for s in values.get("signings", ()) if s.date})
    title = f"Note of {named[sender]}{act}" + (f" of {date_words(days[0])}" if len(days) == 1 and not act else "")
    title += f", {date_words(days[0])}" if len(days) == 1 and act else ""
    message = f"One note that proposes no agreement, and no exchange of notes: it has no title. Proposed: “{title}”."
    return info("title-proposed", "title", message, "Write it as the title in agreement.md if it is right.")


def placed(passages: Sequence[Passage], found: HeldDocuments, source: str) -> tuple[Evidence, ...]:
    """Return the evidence that `passages` of what was `found` are: the path of each and its span in `source`."""
    if not passages:
        return ()
    paths = {id(place.provision): place.path for place in found.places}
    return tuple(passage.placed(paths.get(id(passage.provision), ""), source) for passage in passages)


def _parties(documents: Sequence[Document], title: str) -> tuple[tuple[Party, ...], list[Passage]]:
    code = documents[0].language if documents else "en"
    code = code if code in known_languages() else "en"
    if found := parties.from_title(title, code):
        return found, []
    for document in documents:
        for provision in document.provisions[:2]:
            if (
                document.role == "main"
                and provision.kind == "preamble"
                and (listed := parties.from_preamble(provision, code))
            ):
                return listed[0], [Passage("parties", listed[1], listed[1].text[:200])]
    speakers = [d for d in documents if d.role in ("offer-note", "reply-note")]
    if speakers or not title:
        return parties.from_mentions(speakers or documents[:1]), []
    return (), []
