"""The signing sheet: who signs in which capacity, full powers, originals, ribbon copies, languages, places, seals.

What nobody recorded stands first and stays blank: no capacity, date, number or authority is filled in unasked.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import Any

from agreements.citation import date_words
from agreements.comparing import same_words
from agreements.errors import AgreementsError, NotFoundError, UnreadableError
from agreements.marking import refuse, values
from agreements.negotiation.brief import authority_words
from agreements.negotiation.closing import signed_text
from agreements.negotiation.days import remark
from agreements.negotiation.file import (
    LanguageStep,
    NegotiatedText,
    NegotiatingAuthority,
    Negotiation,
    PlannedSigner,
    SignedOriginal,
    SigningPlan,
)
from agreements.negotiation.language_texts import language_standings, own_languages
from agreements.negotiation.record_pages import RecordLine, RecordPage, RecordSection, page_day
from agreements.negotiation.records import RecordError, validated
from agreements.negotiation.status import partner_name
from agreements.negotiation.store import Negotiations
from agreements.negotiation.texts import read_text

_CONCLUDING = ("conclude", "negotiate-and-conclude", "amend", "extend")
_POWERS = {
    None: "full powers: not recorded whether they are needed",
    "needed": "full powers needed; not recorded as produced",
    "not-needed": "full powers not needed, as recorded",
    "produced": "full powers produced, as recorded",
}
_FULL_POWERS = "They are for treaties; for an executive agreement they are not customary (11 FAM 731.3)."
_FULL_DATE = 10  # characters of a date that is known to the day
_CUSTOM = "By custom each side keeps the original in which it is named first."


def set_signing(
    store: Negotiations,
    negotiation: str,
    facts: Mapping[str, Any],
    *,
    without: Sequence[str] = (),
    expected: str = "",
) -> SigningPlan:
    """Record what is to be ready for the signature and return all of it; what is not named stays.

    `facts` are fields of `SigningPlan`; of `signers` one of the same name and side gives way, of `kept` that of the
    same side and words, and `full_powers` is a mapping from names of signers. `without` are names of signers to take
    off. Raises `RecordError` for a field that is wrong or a signer who is not on it, `NotFoundError` for a text,
    `ClassifiedError`.
    """
    refuse(list(values([dict(facts), *without], "")), what="The entry", typed=True)
    given = {name: value for name, value in facts.items() if value not in (None, "", (), [], {})}
    powers, signers = dict(given.pop("full_powers", {})), list(given.pop("signers", ()))
    kept = list(given.pop("kept", ()))

    def how(held: Negotiation) -> Negotiation:
        row = held.signing.model_dump(mode="json", exclude_defaults=True)
        plan = validated({**row, **given}, SigningPlan, "the signing sheet", known=row)
        if plan.text is not None and held.text(plan.text) is None:
            known = ", ".join(str(text.number) for text in held.texts) or "none"
            raise NotFoundError(f"{negotiation} has no text {plan.text}.", hint=f"Its texts: {known}.")
        added = [validated(each, PlannedSigner, "the signer") for each in signers]
        people = {(each.side, each.name): each for each in plan.signers} | {(a.side, a.name): a for a in added}
        for name in (*powers, *without):
            if name not in {own for _, own in people}:
                on_it = ", ".join(own for _, own in people) or "nobody"
                raise RecordError(f"{name} is not on the signing sheet.", hint=f"On it: {on_it}.")
        rows = (
            validated(
                {**own.model_dump(), "full_powers": powers.get(own.name, own.full_powers)}, PlannedSigner, own.name
            )
            for own in people.values()
            if own.name not in without
        )
        originals = [*plan.kept, *(validated(each, SignedOriginal, "the original") for each in kept)]
        update = {"signers": tuple(rows), "kept": tuple(dict.fromkeys(originals))}
        return held.model_copy(update={"signing": plan.model_copy(update=update)})

    return store.change(negotiation, how, what="signing", expected=expected).signing


def signing_sheet(store: Negotiations, negotiation: str, *, day: str) -> RecordPage:
    """Return the signing sheet of `negotiation` as of `day` (ISO), what is open first.

    Raises `NotFoundError`, `RecordError`.
    """
    day = page_day(day)
    held = store.get(negotiation)
    text = tuple(_text(store, held))
    people = tuple(_signers(held))
    originals = tuple(_originals(held))
    ready = tuple(_ready(store, held, day))
    every = (*text, *people, *originals, *ready)
    gaps = tuple(line for line in every if line.missing)
    first = gaps or (RecordLine("Nothing", "every line of this sheet has something recorded"),)
    sections = (
        RecordSection("Open before signature", first),
        RecordSection("What is signed", text),
        RecordSection("Who signs", people),
        RecordSection("Originals, copies and place", originals),
        RecordSection("Authority, clearance and languages as recorded", ready),
    )
    title = f"Signing sheet: {held.title or held.id}"
    return RecordPage(title, store.marking(negotiation), day, sections)


def _line(name: str, words: str, missing: str = "not recorded") -> RecordLine:
    return RecordLine(name, words or missing, missing=not words)


def _text(store: Negotiations, held: Negotiation) -> Iterator[RecordLine]:
    text = signed_text(held)
    yield from _titles(store, held, text)
    yield RecordLine("With", partner_name(held.partner))
    if text is None:
        yield RecordLine("Text", "no text is kept", missing=True)
        return
    said = f"text {text.number}, {text.how} {text.date}: {text.name}, sha256 {text.sha256[:12]}"
    if held.signing.text is None:
        said = f"not recorded which is signed; the last one exchanged is {said}"
    yield RecordLine("Text", said, missing=held.signing.text is None)
    if text.open_brackets:
        count = f"{text.open_brackets} open bracket{'' if text.open_brackets == 1 else 's'}"
        yield RecordLine("Open in it", f"{count} when it was kept", missing=True)
    later = [each for each in held.texts if each.number > text.number and each.side != "draft"]
    for each in later:
        yield RecordLine("Later text", f"text {each.number} ({each.how} {each.date}) came after it", missing=True)


def _titles(store: Negotiations, held: Negotiation, text: NegotiatedText | None) -> Iterator[RecordLine]:
    """Yield the title that stands in the text to be signed, in its order of the parties, and the one on record.

    A name that the record gives it is no title of an original, and the other original has an order of its own.
    """
    own = "" if text is None else _title_in(store, held, text)
    if not own or text is None:
        yield _line("Title on record", held.title)
        if text is not None:
            yield RecordLine("Title in the text", f"none was found in text {text.number}", missing=True)
        return
    yield RecordLine("Title", f"{own} (as text {text.number} has it)")
    if held.title and not same_words(held.title.casefold(), own.casefold()):
        yield RecordLine("Title on record", held.title)
    if (held.signing.originals or 0) > 1 or len(held.signing.kept) > 1:
        words = "an original in the other order of the parties has it in that order; not examined here"
        yield RecordLine("Title of the others", words)


def _title_in(store: Negotiations, held: Negotiation, text: NegotiatedText) -> str:
    try:
        documents = read_text(store, held.id, text).documents
    except AgreementsError:  # what is damaged or cannot be read has no title that is known
        return ""
    main = next((each.title for each in documents if each.role == "main" and each.title), "")
    return " ".join((main or "").split())


def _signers(held: Negotiation) -> Iterator[RecordLine]:
    ours, theirs = held.our_label, held.labels[1]
    for side, label in (("us", ours), ("partner", theirs)):
        own = [each for each in held.signing.signers if each.side == side]
        if not own:
            yield RecordLine(f"For {label}", "not recorded who signs", missing=True)
        for each in own:
            capacity = each.capacity or "capacity not recorded"
            missing = not each.capacity or each.full_powers in (None, "needed")
            yield RecordLine(f"For {label}", f"{each.name}, {capacity}; {_POWERS[each.full_powers]}", missing=missing)
    yield RecordLine("Full powers", _FULL_POWERS)


def _originals(held: Negotiation) -> Iterator[RecordLine]:
    plan = held.signing
    labels = {"us": held.our_label, "partner": held.labels[1]}
    yield _line("Date", _day(plan.date) if plan.date else "")
    yield _line("Place", "; ".join(plan.places))
    yield _line("Languages", ", ".join(plan.languages))
    yield _line("Originals", str(plan.originals) if plan.originals is not None else "")
    for each in plan.kept:
        yield RecordLine(f"{labels[each.keeper]} keeps", each.what)
    without = [label for side, label in labels.items() if side not in {each.keeper for each in plan.kept}]
    for label in without:
        yield RecordLine(f"{label} keeps", "not recorded which original", missing=True)
    if plan.originals is not None and plan.kept and len(plan.kept) != plan.originals:
        go = "goes" if len(plan.kept) == 1 else "go"
        words = f"{plan.originals} originals are recorded, and where {len(plan.kept)} of them {go}"
        yield RecordLine("Count", words, missing=True)
    yield RecordLine("Alternat", _CUSTOM)
    yield _line("Ribbon copies", str(plan.ribbon_copies) if plan.ribbon_copies is not None else "")
    yield _line("Ribbon and seal", plan.seals)
    if plan.note:
        yield RecordLine("Note", plan.note)


def _day(day: str) -> str:
    """Return a date in words, with what makes it no working day of the United States Government."""
    off = remark(date.fromisoformat(day)) if len(day) == _FULL_DATE else ""
    return f"{date_words(day)}; that is {off}" if off else date_words(day)


def _ready(store: Negotiations, held: Negotiation, day: str) -> Iterator[RecordLine]:
    authority, when = held.authority, held.signing.date or day
    words = authority_words(authority)
    if authority == NegotiatingAuthority():
        yield RecordLine("Authority", words, missing=True)
    else:
        gaps: list[str] = []
        concludes = any(each.scope in _CONCLUDING for each in (authority, *held.authorities_before))
        if not authority.held_elsewhere and not concludes:
            gaps.append("no authority to conclude is recorded")
        if not authority.held_elsewhere and not authority.approved:
            gaps.append("not recorded as given")
        if authority.expires and authority.expires < when[: len(authority.expires)]:
            gaps.append(f"it ends before {when}")
        yield RecordLine("Authority", "; ".join([words, *gaps]), missing=bool(gaps))
    yield from _clearances(held)
    text = signed_text(held)
    for each in language_standings(store, held):
        of_other = text is not None and each.stands and not _is_of(each.certificate, text)
        other = f"; not a certificate of text {text.number}, which is signed" if text and of_other else ""
        yield RecordLine("Language", f"{each.said}{other}", missing=of_other or not each.stands)
    yield from _without_steps(store, held)


def _without_steps(store: Negotiations, held: Negotiation) -> Iterator[RecordLine]:
    """Yield the languages that are to be signed and of which no comparison or certificate is recorded.

    The language of the text itself needs none: what is compared and certified is the text in another, against it.
    """
    known = {each.name.casefold() for each in language_standings(store, held)}
    others = [each for each in held.signing.languages if each.casefold() not in known]
    text = signed_text(held)
    if not others or text is None or len(held.signing.languages) < 2:
        return
    own: list[str] = []
    with suppress(RecordError, UnreadableError):  # of a damaged text no language is known
        own = [each.casefold() for each in own_languages(store, held.id, text)]
    for language in others:
        if language.casefold() in own:
            words = f"the language of text {text.number}, against which a text in another is compared and certified"
            yield RecordLine("Language", f"{language}: {words}")
        else:
            words = "no comparison or certificate is recorded under this language"
            yield RecordLine("Language", f"{language}: {words}", missing=True)


def _is_of(certificate: LanguageStep | None, text: NegotiatedText) -> bool:
    """Whether a certificate is of the file of `text`, as the one it was held against or as the one in the language."""
    return certificate is not None and text.sha256 in (certificate.sha256, certificate.translation)


def _clearances(held: Negotiation) -> Iterator[RecordLine]:
    text = signed_text(held)
    offices = dict.fromkeys([*(o for each in held.clearances for o in each.offices), *_approving(held)])
    if not offices:
        yield RecordLine("Clearance", "no office is recorded", missing=True)
    for office in offices:
        last = held.approval(office)
        same = last is not None and text is not None and last.clears and last.sha256 == text.sha256
        if last is None:
            said = _returned(held, office) or "no answer is recorded"
        else:
            which = f" text {last.text}" if last.text is not None else ""
            said = f"{last.state.replace('-', ' ')}{which}" + (f" on {last.date}" if last.date else "")
            said += f" ({last.condition})" if last.condition else ""
            said += "" if same or text is None else f"; not recorded for the file of text {text.number}"
        yield RecordLine(f"Clearance of {office}", said, missing=not same or last is None or bool(last.condition))


def _returned(held: Negotiation, office: str) -> str:
    """Return what an office that has said nothing returned last for clearance; empty where it returned nothing."""
    own = [(asked, each) for asked in held.clearances for each in asked.returned if each.office == office]
    if not own:
        return ""
    asked, last = own[-1]
    return f"returned {last.name} on {last.date} (text {asked.text}); not recorded as cleared"


def _approving(held: Negotiation) -> Iterator[str]:
    return (each.office for each in held.last_approvals if not each.about)
