"""One page on the conclusion: what cannot be computed and why, what is due, what waits, and what is recorded.

What cannot be computed stands first. Nothing is filled in that nobody recorded: no classification line, order number or
authority.
"""

from collections.abc import Iterator
from datetime import date

from agreements.negotiation.calendar import calendar
from agreements.negotiation.closing import (
    Conclusion,
    beside_the_text,
    conclusion_of,
    conclusion_of_following,
    days_otherwise,
    signed_text,
)
from agreements.negotiation.deadlines import Deadline
from agreements.negotiation.file import QUESTIONS, ClosingStep, FollowingInstrument, Negotiation
from agreements.negotiation.record_pages import RecordLine, RecordPage, RecordSection, page_day
from agreements.negotiation.status import partner_name
from agreements.negotiation.store import Negotiations

_ASKED = ("signature", "entry-into-force")
_ENDS = ("term-end",)
_NONE = RecordLine("Nothing", "of what was read; a term or notice that was not read is not counted")
_STEP = {
    "signed": "Signed",
    "notified-congress": "Congress notified before the conclusion",
    "deposited": "Deposited with the Treaty Office",
    "reported-signed": "Reported to Congress as signed",
    "in-force": "Entry into force",
    "reported-in-force": "Reported to Congress as in force",
    "published": "Published",
    "not-published": "Excepted from publication",
    "registered": "Registered",
    "not-registered": "Not registered",
}

_BEFORE_SIGNATURE = ("notified-congress", "signed")
_AFTER_ENTRY = ("reported-in-force", "published", "registered")  # their rules run from the entry into force
_CANNOT = "Cannot compute"


def closing_page(store: Negotiations, negotiation: str, *, day: str) -> RecordPage:
    """Return the page on the conclusion of `negotiation` as of `day` (ISO); raises as `negotiation_status`."""
    day = page_day(day)
    held = store.get(negotiation)
    found = tuple(_deadlines(store, held, day))
    open_ones = [each for each in found if each.done is None]
    dated = [each for each in open_ones if each.due]
    cannot = [each for each in open_ones if not each.due and (each.happening is None or _is_unknown(each))]
    undated = [each for each in open_ones if not each.due and each not in cannot]
    sections = (
        RecordSection("Cannot be computed", tuple(_cannot(held, cannot, nothing=not open_ones)) or (_NONE,)),
        RecordSection("Due", tuple(_due(each, day) for each in dated) or (_NONE,)),
        RecordSection("Open without a day", tuple(_undated(each) for each in undated) or (_NONE,)),
        RecordSection("Recorded", tuple(_recorded(store, held, found))),
        RecordSection("What follows", tuple(_follows(store, held))),
    )
    return RecordPage(f"Closing: {held.title or held.id}", store.marking(negotiation), day, sections)


def _deadlines(store: Negotiations, held: Negotiation, day: str) -> Iterator[Deadline]:
    ids = [held.id]
    if held.agreement and store.repository.holds(held.agreement):
        ids.append(held.agreement)
    for each in calendar(store.repository, ids, today=date.fromisoformat(day)):
        if each.rule.trigger in (*_ASKED, *_ENDS):
            yield each


def _is_unknown(each: Deadline) -> bool:
    return each.missing.startswith(_CANNOT)


def _cannot(held: Negotiation, found: list[Deadline], *, nothing: bool) -> Iterator[RecordLine]:
    if not held.is_of_united_states:
        words = f"the rules that are held are those of the United States; our side is {held.our_label}: none is applied"
        yield RecordLine("Deposit, report, publication", words, missing=True)
    elif nothing and not held.closing:
        words = "no signature is recorded: every day that the rules count runs from it or from entry into force"
        yield RecordLine("Deposit, report, publication", words, missing=True)
    for each in found:
        yield RecordLine(_name(held, each), f"{each.missing.rstrip('.')} ({each.rule.citation}).", missing=True)
    for own, question in held.unanswered:
        words = f"nobody answered {QUESTIONS[question]}; `follows {held.id} --of {own.number}` keeps the answer"
        yield RecordLine(own.title, words, missing=True)


def _due(each: Deadline, day: str) -> RecordLine:
    late = "; not recorded as done, and past" if each.due < day else ""
    known = each.happening
    evidence = known.evidence.rstrip(".") if known else ""
    runs = (
        f"By the words: {evidence}." if each.is_the_day else f"Counted from {known.date}: {evidence}." if known else ""
    )
    citation = f"{each.rule.citation[:1].upper()}{each.rule.citation[1:]}."
    words = " ".join(filter(None, (f"{each.rule.title}{late}.", citation, runs, *each.remarks)))
    return RecordLine(each.due, f"{_whose(each)}{words}", missing=bool(late))


def _undated(each: Deadline) -> RecordLine:
    return RecordLine(
        each.rule.title,
        " ".join(filter(None, (f"{_whose(each)}{each.missing}", f"{each.rule.citation}.", *each.remarks))),
    )


def _whose(each: Deadline) -> str:
    return f"{each.subject.title}: " if each.subject.key else ""


def _name(held: Negotiation, each: Deadline) -> str:
    return f"{each.rule.title} ({each.subject.title})" if each.subject.key else each.rule.title


def _recorded(store: Negotiations, held: Negotiation, found: tuple[Deadline, ...]) -> Iterator[RecordLine]:
    due = {(step, d.subject.key): d.due for d in found if d.due for step in d.rule.closed_by}
    yield RecordLine("With", partner_name(held.partner))
    text = signed_text(held)
    if text is not None:
        yield RecordLine("Text", f"text {text.number}, {text.how} {text.date}: {text.name}, sha256 {text.sha256[:12]}")
    for words in days_otherwise(store, held):
        yield RecordLine(f"Another day than in {held.agreement}", words, missing=True)
    concluded = conclusion_of(store, held)
    for step in sorted(held.closing, key=lambda each: (each.date, each.number)):
        key = f"follows {step.of}" if step.of is not None else ""
        yield _step(store, held, step, due.get((step.step, key), ""), _conclusion(held, step, concluded))
    if not held.closing:
        yield RecordLine("Steps", "none is recorded", missing=True)
    for each in held.undone:
        if each.what in ("closing", "follows", "answers"):
            yield RecordLine("Undone", each.said)


def _conclusion(held: Negotiation, step: ClosingStep, concluded: Conclusion) -> Conclusion:
    """Return the conclusion that a step belongs to: that of the agreement, or of the instrument that follows."""
    own = next((each for each in held.follows if each.number == step.of), None)
    return conclusion_of_following(held, own) if own else concluded


def _step(store: Negotiations, held: Negotiation, step: ClosingStep, due: str, of_what: Conclusion) -> RecordLine:
    of = f"instrument {step.of}; " if step.of is not None else ""
    parts = [f"{of}by {step.by}"]
    parts += [f"at {step.place}"] if step.place else []
    parts += [f"ground: {step.ground}"] if step.ground else []
    late = ", late" if step.date > due[: len(step.date)] else ""
    parts += [f"was due {due}{late}"] if due else []
    parts += [f"reference: {step.reference}"] if step.reference else []
    parts += _doubts(held, step, of_what)
    if step.step == "in-force" and step.of is None:
        signed = of_what.known.get("signature")
        parts += filter(None, [beside_the_text(store, held, step.date, signed.date if signed else "")])
    parts.append(_evidence(store, held, step))
    parts += [step.note] if step.note else []
    return RecordLine(f"{step.date} {_STEP[step.step]}", "; ".join(parts), missing=step.evidence is None)


def _doubts(held: Negotiation, step: ClosingStep, of_what: Conclusion) -> Iterator[str]:
    """Yield what cannot be together: a step out of its order, and one recorded as done and as not done.

    The order is that of the procedure: notice to Congress, signature, deposit and report, entry into force, and what
    its rule counts from that.
    """
    signed, entered = (of_what.known.get(event) for event in ("signature", "entry-into-force"))
    if signed and step.step == "notified-congress" and step.date > signed.date[: len(step.date)]:
        yield f"that is after the signature ({signed.date})"
    if signed and step.step not in _BEFORE_SIGNATURE and step.date < signed.date[: len(step.date)]:
        yield f"that is before the signature ({signed.date})"
    elif entered and step.step in _AFTER_ENTRY and step.date < entered.date[: len(step.date)]:
        yield f"that is before the entry into force ({entered.date})"
    elif entered is None and step.step in _AFTER_ENTRY:
        yield "no entry into force is recorded"
    opposite = step.step.removeprefix("not-") if step.step.startswith("not-") else f"not-{step.step}"
    for each in held.closing:
        if each.of == step.of and each.step == opposite:
            yield f"{opposite.replace('-', ' ')} is recorded too ({each.date})"


def _evidence(store: Negotiations, held: Negotiation, entry: ClosingStep | FollowingInstrument) -> str:
    kept = entry.evidence
    if kept is None:
        return "no file is kept that shows it"
    if not store.is_kept(held.id, kept.file, kept.sha256):
        why = store.why_gone(held.id, kept.sha256, "is no longer the one that was kept")
        return f"the file {kept.name} {why} (sha256 {kept.sha256[:12]})"
    return f"file: {kept.name}, sha256 {kept.sha256[:12]}"


def follow_lines(store: Negotiations, held: Negotiation) -> tuple[RecordLine, ...]:
    """Return a line for each instrument that follows, with each question: those unanswered first."""
    return tuple(_follows(store, held))


def _follows(store: Negotiations, held: Negotiation) -> Iterator[RecordLine]:
    waiting = {own.number for own, _ in held.unanswered}
    if not held.follows:
        yield RecordLine("Instruments", "none is recorded")
    for own in sorted(held.follows, key=lambda each: (each.number not in waiting, each.number)):
        yield RecordLine(
            f"{own.number} {own.title}", "; ".join(_about(store, held, own)), missing=own.number in waiting
        )


def _about(store: Negotiations, held: Negotiation, own: FollowingInstrument) -> Iterator[str]:
    for question, words in QUESTIONS.items():
        answer = held.answer(own.number, question)
        if answer is None:
            yield f"UNANSWERED {words}"
    yield f"{own.kind.replace('-', ' ')}{f' of {own.date}' if own.date else ', its day not recorded'}"
    if own.under:
        yield f"under {own.under}"
    for question, words in QUESTIONS.items():
        if (answer := held.answer(own.number, question)) is not None:
            early = own.date and answer.date < own.date[: len(answer.date)]
            before = f"; that is before the day of the instrument ({own.date})" if early else ""
            yield f"{words}: {answer.answer}, {answer.by} on {answer.date} ({answer.ground}){before}"
    if own.reference:
        yield f"reference: {own.reference}"
    yield _evidence(store, held, own).replace("no file is kept that shows it", "no text of it is kept")
    if own.note:
        yield own.note
