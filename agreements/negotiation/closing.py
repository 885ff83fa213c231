"""From the signature on: what was done is recorded with who, when and what shows it, and never filled in unasked.

The signed text goes to the Treaty Office by the fifteenth day (22 CFR 181.7), reports to Congress are monthly, and the
text is published or excepted (1 U.S.C. 112b): the rules and their days are those of `deadlines`, counted from what is
recorded here.
"""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from agreements.errors import AgreementsError, UnreadableError, unknown
from agreements.intake.files import parse_file
from agreements.isodates import today
from agreements.marking import refuse, refuse_name, values
from agreements.negotiation.deadlines import DeadlineTrigger, Happening
from agreements.negotiation.file import (
    CLOSING,
    FOLLOWING,
    QUESTIONS,
    ClosingStep,
    FollowingAnswer,
    FollowingInstrument,
    NegotiatedText,
    Negotiation,
)
from agreements.negotiation.records import RecordError, validated
from agreements.negotiation.store import Negotiations
from agreements.platform import printable, safe_name
from agreements.reading import refuse_file

_WITH_GROUND = ("not-published", "not-registered")
_NOUNS = {
    "signed": "the signature",
    "notified-congress": "the notice to Congress",
    "deposited": "the deposit",
    "reported-signed": "the report",
    "in-force": "the entry into force",
    "reported-in-force": "the report",
    "published": "the publication",
    "not-published": "the exception from publication",
    "registered": "the registration",
    "not-registered": "why it is not registered",
}
_NAMED_DAYS: Mapping[DeadlineTrigger, str] = {"signature": "signed", "entry-into-force": "in force"}
_FULL_DATE = 10  # characters of a date that is known to the day
_ON_SIGNATURE = ("1", "2")  # formulas of entry into force: on signature, on the last signature


def keep_closing_step(
    store: Negotiations,
    negotiation: str,
    step: str,
    facts: Mapping[str, Any],
    *,
    file: Path | None = None,
    expected: str = "",
) -> ClosingStep:
    """Keep that a `step` of `CLOSING` was done; a step recorded before stays beside it.

    `facts` are `by` (who did it), `date` (default: today), `place`, `ground` (why it is not published or registered),
    `reference` (a paper that is kept elsewhere), `of` (the number of an instrument that follows), `marking` and `note`.
    `file` is what shows it, kept untouched with its hash. Raises `RecordError` where `by` or a ground is missing,
    `NotFoundError` for another step, `ClassifiedError`.
    """
    refuse(list(values(dict(facts), "")), what="The entry", typed=True)
    if step not in CLOSING:
        raise unknown("step", step, CLOSING)
    given = {name: value for name, value in facts.items() if value not in (None, "")}
    if not given.get("by"):
        raise RecordError("It is kept who did it.", hint="Name the office or the person with --by.")
    if bool(given.get("ground")) != (step in _WITH_GROUND):
        message = "A ground is kept of what is not published or not registered, and of nothing else."
        raise RecordError(
            message, hint=f"`{_WITH_GROUND[0]}` and `{_WITH_GROUND[1]}` take --ground, the rule relied on."
        )
    content = _evidence(file)

    def how(held: Negotiation) -> ClosingStep:
        if (of := given.get("of")) is not None:
            following(held, int(of))
        number = held.next_number("closing")
        row = {"date": today(), **given, "number": number, "step": step}
        return validated({**row, **_kept(f"closing-{number:02d}-{step}", file, content)}, ClosingStep, step)

    return store.keep_entry(negotiation, "closing", how, content, what="closing", expected=expected)


def keep_following(
    store: Negotiations,
    negotiation: str,
    kind: str,
    title: str,
    facts: Mapping[str, Any],
    *,
    file: Path | None = None,
    expected: str = "",
) -> FollowingInstrument:
    """Keep an instrument of a `kind` of `FOLLOWING` that follows from the agreement.

    `facts` are `date` (signed or adopted; unknown where it is not given), `under` (the provision that it rests on),
    `reference`, `marking` and `note`; `file` is its text. Raises `NotFoundError` for another kind, `RecordError`,
    `ClassifiedError`.
    """
    if kind not in FOLLOWING:
        raise unknown("kind", kind, FOLLOWING)
    given = {name: value for name, value in facts.items() if value not in (None, "")}
    if not title.strip():
        raise RecordError("It is kept what the instrument is called.", hint="Give its title.")
    content = _evidence(file)

    def how(held: Negotiation) -> FollowingInstrument:
        number = held.next_number("follows")
        row = {**given, "number": number, "kind": kind, "title": title}
        return validated({**row, **_kept(f"follows-{number:02d}", file, content)}, FollowingInstrument, kind)

    return store.keep_entry(negotiation, "follows", how, content, what="follows", expected=expected)


def answer_following(
    store: Negotiations,
    negotiation: str,
    number: int,
    question: str,
    facts: Mapping[str, Any],
    *,
    expected: str = "",
) -> FollowingAnswer:
    """Keep what a person answered to a `question` of `QUESTIONS` about the instrument `number`.

    `facts` are `answer` (`yes` or `no`), `by`, `ground` (all asked for) and `date` (default: today). An earlier answer
    stays on record, and the last one counts. Raises `RecordError` where one is missing, `NotFoundError` for another
    question.
    """
    if question not in QUESTIONS:
        raise unknown("question", question, list(QUESTIONS))
    given = {name: value for name, value in facts.items() if value not in (None, "")}
    for name, hint in (("by", "Name the person with --by."), ("ground", "Say why with --ground.")):
        if not given.get(name):
            raise RecordError("An answer is kept with who gave it and why.", hint=hint)
    row = {"date": today(), **given, "number": number, "question": question}
    made = validated(row, FollowingAnswer, f"the answer on instrument {number}")

    def how(held: Negotiation) -> Negotiation:
        following(held, number)
        return held.model_copy(update={"answers": (*held.answers, made)})

    store.change(negotiation, how, what="answer", expected=expected)
    return made


def following(held: Negotiation, number: int) -> FollowingInstrument:
    """Return the instrument `number` that follows; raises `RecordError` where there is none."""
    found = next((each for each in held.follows if each.number == number), None)
    if found is None:
        hint = f"`agreements negotiation follows {held.id}` lists them."
        raise RecordError(f"{held.id} has no instrument {number} that follows from it.", hint=hint)
    return found


def _evidence(file: Path | None) -> bytes:
    """Return the bytes of what shows a step; raises `AgreementsError` where it cannot be read, `ClassifiedError`."""
    if file is None:
        return b""
    refuse_name(file.name)
    try:
        content = file.read_bytes()
    except OSError as problem:
        reason = problem.strerror or problem
        raise AgreementsError(f"{printable(file)} cannot be read: {reason}.", hint="Check the path.") from problem
    if not content:
        raise RecordError(f"{printable(file.name)} is empty: it shows nothing.")
    refuse_file(file.name, content)
    return content


def _kept(stem: str, file: Path | None, content: bytes) -> dict[str, Any]:
    if file is None:
        return {}
    sha256 = hashlib.sha256(content).hexdigest()
    return {"evidence": {"file": safe_name(f"{stem}-{file.name}"), "name": printable(file.name), "sha256": sha256}}


# ---------------------------------------------------------------------- what days run from


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What a record says of the conclusion: what happened when (`known`), why a day is not known, what was done."""

    known: dict[DeadlineTrigger, Happening] = field(default_factory=dict)
    missing: dict[DeadlineTrigger, str] = field(default_factory=dict)
    closed: dict[str, Happening] = field(default_factory=dict)


def conclusion_of(store: Negotiations, held: Negotiation) -> Conclusion:
    """Return what the record of `held` says of its conclusion: by its closing steps, else by the stages it reached.

    Where no entry into force is recorded and the text enters into force on signature, it is the last signature that is
    recorded; none where one who signs by the signing sheet has not signed while another has. Raises as `parse_file`.
    """
    where = f"negotiation {held.id}"
    made = Conclusion(closed=_closed(held, None))
    reached = {entry.stage: entry.date for entry in held.stages}
    made.known.update(recorded_days(held))
    if "signature" not in made.known and "signed" in reached:
        made.known["signature"] = Happening(reached["signed"], "the stage “signed”", where)
    if "entry-into-force" in made.known:
        return made
    if "in-force" in reached:
        made.known["entry-into-force"] = Happening(reached["in-force"], "the stage “in-force”", where)
    elif signature := made.known.get("signature"):
        _by_formula(store, held, signature, made)
    return made


def recorded_days(held: Negotiation) -> Iterator[tuple[DeadlineTrigger, Happening]]:
    """Yield the days of signature and of entry into force that the closing steps of `held` record."""
    where = f"negotiation {held.id}"
    if signed := held.closed("signed"):
        last = max(signed, key=lambda each: each.date)
        yield "signature", Happening(last.date, _said(last), where)
    if entered := held.closed("in-force"):
        yield "entry-into-force", Happening(entered[-1].date, _said(entered[-1]), where)


def otherwise(event: DeadlineTrigger, recorded: Happening, stated: str) -> str:
    """Return in words that a negotiation records another day than the `stated` one of the facts; empty where not.

    A day of which one side knows only the month or year is another only if that is.
    """
    known = min(len(recorded.date), len(stated))
    if not stated or recorded.date[:known] == stated[:known]:
        return ""
    return (
        f"The facts of the agreement say {_NAMED_DAYS[event]} {stated}, the record of {recorded.where} says"
        f" {recorded.date} ({recorded.evidence.removeprefix('the ')}): one of the two is to be put right."
    )


def recorded_otherwise(store: Negotiations) -> dict[str, tuple[str, ...]]:
    """Return what negotiations that this person may see record of the days of agreements otherwise than their facts.

    By the id of the agreement, in whole sentences; a damaged negotiation is left out, as `doctor` tells of it.
    """
    found: dict[str, tuple[str, ...]] = {}
    for each in store.ids():
        with suppress(RecordError):
            held = store.get(each)
            if words := days_otherwise(store, held):
                found[str(held.agreement)] = (*found.get(str(held.agreement), ()), *words)
    return found


def days_otherwise(store: Negotiations, held: Negotiation) -> tuple[str, ...]:
    """Return what `held` records of the days of its agreement otherwise than the facts of that, in whole sentences."""
    facts = next((each for each in store.repository.list() if each.id == held.agreement), None)
    if facts is None:
        return ()
    stated: dict[DeadlineTrigger, str] = {
        "signature": max(facts.signed, default=""), "entry-into-force": facts.in_force,
    }  # fmt: skip
    return tuple(words for event, known in recorded_days(held) if (words := otherwise(event, known, stated[event])))


def beside_the_text(store: Negotiations, held: Negotiation, entered: str, signed: str) -> str:
    """Return in words that the signed text lets no agreement enter into force on the day `entered`; empty elsewhere.

    A text of formula 5b names the first day of a month, one of formula 6 the day, one of formulas 1 and 2 the signature
    (`signed`); what depends on more, or on notes that are not held, says nothing of a day, nor does a damaged text.
    """
    text, entry = signed_text(held), None
    with suppress(RecordError, UnreadableError):  # of a text that is gone `doctor` tells
        entry = parse_file(store.path(held.id, text)).agreement.entry_into_force if text else None
    if text is None or entry is None or entry.condition or len(entered) < _FULL_DATE:
        return ""
    said = {
        "5b": "" if entered.endswith("-01") else "on the first day of a month",
        "6": f"on {entry.date}" if entry.date and entry.date != entered else "",
        **dict.fromkeys(_ON_SIGNATURE, "on signature" if signed and signed[: len(entered)] != entered else ""),
    }.get(entry.formula or "", "")
    return f"text {text.number} says {said}: “{entry.evidence}”" if said else ""


def conclusion_of_following(held: Negotiation, own: FollowingInstrument) -> Conclusion:
    """Return what the record says of the conclusion of an instrument that follows."""
    where = f"negotiation {held.id}"
    made = Conclusion(closed=_closed(held, own.number))
    if own.date:
        made.known["signature"] = Happening(own.date, f"the record of instrument {own.number}", where)
    else:
        made.missing["signature"] = "the day of the instrument is not recorded"
    if entered := held.closed("in-force", of=own.number):
        made.known["entry-into-force"] = Happening(entered[-1].date, _said(entered[-1]), where)
    else:
        made.missing["entry-into-force"] = "no entry into force of the instrument is recorded"
    return made


def signed_text(held: Negotiation) -> NegotiatedText | None:
    """Return the text that is signed: the one of the signing sheet, else the last one exchanged."""
    return held.text(held.signing.text) if held.signing.text is not None else held.last()


def _by_formula(store: Negotiations, held: Negotiation, signature: Happening, made: Conclusion) -> None:
    none = "no entry into force is recorded"
    text = signed_text(held)
    entry = parse_file(store.path(held.id, text)).agreement.entry_into_force if text and not text.purged else None
    if text is None or entry is None or entry.formula is None:
        made.missing["entry-into-force"] = f"{none}, and {held.purged_texts}" if text and text.purged else none
        return
    words = f"text {text.number}: “{entry.evidence}”" if entry.evidence else f"the words of text {text.number}"
    if entry.formula in _ON_SIGNATURE and not entry.condition:
        signed, unsigned = _who_signed(held)
        if signed and unsigned:
            made.missing["entry-into-force"] = (
                f"{none}; {words}, and no signature of {' and '.join(unsigned)} is recorded"
            )
            return
        note = "" if signed else "The last signature that is recorded; a later one moves it."
        made.known["entry-into-force"] = Happening(signature.date, words, signature.where, note)
    else:
        made.missing["entry-into-force"] = f"{none}; {words}"


def _who_signed(held: Negotiation) -> tuple[list[str], list[str]]:
    """Return the signers of the signing sheet of whom a signature is recorded, by name, and those of whom none is."""
    by = [step.by.casefold() for step in held.closed("signed")]
    names = [each.name for each in held.signing.signers]
    signed = [name for name in names if any(name.casefold() in said for said in by)]
    return signed, [name for name in names if name not in signed]


def _closed(held: Negotiation, of: int | None) -> dict[str, Happening]:
    steps = [each for each in held.closing if each.of == of]
    return {each.step: Happening(each.date, _said(each), f"negotiation {held.id}") for each in steps}


def _said(step: ClosingStep) -> str:
    place = f", {step.place}" if step.place else ""
    return f"the record of {_NOUNS[step.step]} ({step.by}{place})"
