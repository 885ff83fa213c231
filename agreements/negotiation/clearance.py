"""Clearance kept: which offices were asked about which text and by when, what they returned, and what each cleared.

What an office cleared is a text with its hash. An office that does not answer has not cleared (silence is no consent),
and a text of a later number was cleared by nobody until an office says so.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from agreements.display import shown_short
from agreements.isodates import today
from agreements.negotiation.file import Approval, ClearanceRound, NegotiatedText, Negotiation, ReturnedDraft
from agreements.negotiation.records import RecordError, validated
from agreements.negotiation.store import Negotiations
from agreements.platform import printable, safe_name

OfficeState = Literal[
    "silent", "overdue", "returned", "refused", "cleared", "cleared-with-condition", "cleared-earlier"
]


@shown_short
@dataclass(frozen=True, slots=True)
class OfficeClearance:
    """Where an office stands that was asked: the round it was asked in last, what it returned then, its last word.

    `state` is `cleared-earlier` where its clearance is of another text than the one it was asked about last.
    """

    office: str
    asked: ClearanceRound
    returned: ReturnedDraft | None
    approval: Approval | None
    state: OfficeState

    @property
    def said(self) -> str:
        """The state in words."""
        asked = f"asked {self.asked.sent} about text {self.asked.text}"
        due = f", answer due {self.asked.due}" if self.asked.due else ""
        match self.state:
            case "returned" if self.returned:
                return f"{asked}{due}; returned {self.returned.name} on {self.returned.date}; not cleared"
            case "silent" | "overdue":
                return f"{asked}{due}; no answer{' - OVERDUE' if self.state == 'overdue' else ''}; not cleared"
            case "cleared-earlier" if self.approval:
                return f"{asked}{due}; not cleared: what it cleared is text {self.approval.text}"
        when = f" on {self.approval.date}" if self.approval and self.approval.date else ""
        condition = f" ({self.approval.condition})" if self.approval and self.approval.condition else ""
        text = self.approval.text if self.approval and self.approval.text else self.asked.text
        told = f"{self.state.replace('-', ' ')}{when}{condition}, text {text}"
        return "; ".join([told, *self.doubts])

    @property
    def doubts(self) -> tuple[str, ...]:
        """What makes it doubtful that it cleared, where it is recorded so: days that cannot be, a file that came after.

        A clearance of the text that it was asked about is of a day on which that was sent, or later.
        """
        own = self.approval
        if own is None or not own.clears or not own.date:
            return ()
        early = own.text == self.asked.text and own.date < self.asked.sent[: len(own.date)]
        late = self.returned if self.returned and self.returned.date > own.date else None
        found = [f"that is before text {own.text} was sent ({self.asked.sent})"] if early else []
        return (*found, *([f"after that it returned {late.name}, on {late.date}"] if late else []))

    def as_json(self) -> dict[str, Any]:
        """Return `{office, state, text, sent, due, returned, said, doubts}`."""
        row = {"office": self.office, "state": self.state, "text": self.asked.text, "sent": self.asked.sent}
        returned = self.returned.name if self.returned else None
        return row | {"due": self.asked.due, "returned": returned, "said": self.said, "doubts": list(self.doubts)}


def ask_clearance(
    store: Negotiations, negotiation: str, offices: Sequence[str], facts: Mapping[str, Any], *, expected: str = ""
) -> ClearanceRound:
    """Note that `offices` were asked to clear a text; return the round.

    `facts` are `text` (its number; default: our last text, else the joint one), `sent` (default: today), `due` and
    `note`. Who is asked about the text of the last round joins that round. Raises `RecordError` where no text is kept.
    """

    def how(held: Negotiation) -> Negotiation:
        text = text_to_clear(held, facts.get("text"))
        last = held.clearances[-1] if held.clearances else None
        joins = last is not None and last.text == text.number
        number = last.number if last and joins else held.next_number("clearances")
        known = last.model_dump(mode="json", exclude_defaults=True) if last and joins else {}
        given = {name: facts[name] for name in ("sent", "due", "note") if facts.get(name)}
        asked: dict[str, str] = {}
        for office in (*known.get("offices", ()), *offices):
            asked.setdefault(office.casefold(), office)
        own = {"number": number, "text": text.number, "offices": tuple(asked.values())}
        row = {"sent": today(), **known, **given, **own}
        made = validated(row, ClearanceRound, f"clearance {number}")
        kept = tuple(each for each in held.clearances if each.number != number)
        return held.model_copy(update={"clearances": (*kept, made)})

    return store.change(negotiation, how, what="clear", expected=expected).clearances[-1]


def keep_returned(
    store: Negotiations, negotiation: str, returned: Sequence[tuple[str, str, bytes]], *, day: str = ""
) -> ClearanceRound:
    """Keep what offices returned (`returned`: office, name of its file, bytes) in the round that asked them last.

    A file that is kept already is not kept twice. Raises `RecordError` where an office was not asked.
    """
    held = store.get(negotiation)
    text_asked_about(held)
    last = held.clearances[-1]
    asked = {office.casefold(): office for office in last.offices}
    if strangers := [office for office, _, _ in returned if office.casefold() not in asked]:
        hint = f"Asked were {', '.join(last.offices)}. `--ask OFFICE` adds one."
        raise RecordError(f"{', '.join(strangers)} was not asked to clear text {last.text}.", hint=hint)
    files: dict[str, bytes] = {}
    rows: list[ReturnedDraft] = []
    for office, file_name, content in returned:
        sha256 = hashlib.sha256(content).hexdigest()
        known = asked[office.casefold()]
        if any((each.office, each.sha256) == (known, sha256) for each in (*last.returned, *rows)):
            continue
        count = 1 + sum(each.office == known for each in (*last.returned, *rows))
        stored = safe_name(f"clearance-{last.number:02d}-{known}-{count}-{file_name}")
        row = {"office": known, "date": day or today(), "file": stored, "name": printable(file_name), "sha256": sha256}
        rows.append(validated(row, ReturnedDraft, file_name))
        files[stored] = content

    def how(now: Negotiation) -> Negotiation:
        rounds = [
            each.model_copy(update={"returned": (*each.returned, *rows)}) if each.number == last.number else each
            for each in now.clearances
        ]
        return now.model_copy(update={"clearances": tuple(rounds)})

    after = store.keep_returned(negotiation, files, how) if rows else held
    return next(each for each in after.clearances if each.number == last.number)


def text_to_clear(held: Negotiation, number: int | None = None) -> NegotiatedText:
    """Return the text `number`, by default the last of ours, tabled or a draft inside, else the joint one.

    Raises `RecordError` where there is none.
    """
    text = held.text(number) if number is not None else _last_of_ours(held)
    if text is None:
        which = "no text of ours" if number is None else f"no text {number}"
        hint = f"`agreements negotiation clear {held.id} --draft FILE --ask OFFICE` keeps one."
        raise RecordError(f"{held.id} has {which}.", hint=hint)
    return text


def _last_of_ours(held: Negotiation) -> NegotiatedText | None:
    return held.last("us", "draft") or held.last("joint")


def of_cleared_text(held: Negotiation, made: Approval) -> Approval:
    """Return an approval with the text that it clears and its hash: the one asked about last where it names none.

    An approval about something else (the authority) is none of a text.
    """
    if made.about or not made.clears:
        return made
    asked = next((each.text for each in reversed(held.clearances) if _has(each, made.office)), None)
    if made.text is None and asked is None and _last_of_ours(held) is None:
        return made
    text = text_to_clear(held, made.text if made.text is not None else asked)
    return made.model_copy(update={"text": text.number, "sha256": text.sha256})


def office_clearances(held: Negotiation, day: str) -> tuple[OfficeClearance, ...]:
    """Return where each office stands that was ever asked, in the order in which they were first asked.

    `day` (ISO) tells what is overdue.
    """
    offices = dict.fromkeys(office for asked in held.clearances for office in asked.offices)
    return tuple(_office(held, office, day) for office in offices)


def not_as_cleared(held: Negotiation, asked: Sequence[OfficeClearance]) -> Iterator[str]:
    """Yield that the text which went over the table last is another file than some office has cleared."""
    sent = held.last("us", "joint")
    cleared = [each for each in asked if each.approval and each.approval.clears and each.approval.sha256]
    others = [each.office for each in cleared if sent and each.approval and each.approval.sha256 != sent.sha256]
    if sent and others:
        yield f"text {sent.number} ({sent.how}) is another file than {', '.join(others)} cleared"


def not_asked(held: Negotiation, office: str) -> bool:
    """Whether offices were asked to clear a text, and an office of this name never was (capitals do not count)."""
    return bool(held.clearances) and not any(_has(asked, office) for asked in held.clearances)


def _office(held: Negotiation, office: str, day: str) -> OfficeClearance:
    asked = next(each for each in reversed(held.clearances) if office in each.offices)
    returned = next((each for each in reversed(asked.returned) if each.office == office), None)
    approval = held.approval(office)
    return OfficeClearance(office, asked, returned, approval, _state(asked, returned, approval, day))


def _state(asked: ClearanceRound, returned: ReturnedDraft | None, approval: Approval | None, day: str) -> OfficeState:
    if approval and approval.clears:
        own = approval.text is not None and approval.text >= asked.text
        return ("cleared" if approval.state == "cleared" else "cleared-with-condition") if own else "cleared-earlier"
    if approval and approval.state == "refused":
        return "refused"
    if returned:
        return "returned"
    return "overdue" if asked.due and asked.due < day[: len(asked.due)] else "silent"


def _has(asked: ClearanceRound, office: str) -> bool:
    return office.casefold() in {each.casefold() for each in asked.offices}


def text_asked_about(held: Negotiation) -> NegotiatedText:
    """Return the text that offices were asked about last; raises `RecordError` where none was asked."""
    if not held.clearances:
        hint = f"`agreements negotiation clear {held.id} --ask OFFICE` notes who was asked."
        raise RecordError(f"No office was asked to clear a text of {held.id}.", hint=hint)
    return text_to_clear(held, held.clearances[-1].text)


def drafts_kept(store: Negotiations, negotiation: str) -> tuple[Path, list[tuple[str, Path]]]:
    """Return the text of the last round of clearance, and the last file that each office returned in it.

    Raises `RecordError` where no office was asked, or where a file is gone or no longer the same.
    """
    held = store.get(negotiation)
    base = store.path(negotiation, text_asked_about(held))
    last = held.clearances[-1]
    latest = {each.office: each for each in last.returned}
    return base, [(office, store.returned(negotiation, each)) for office, each in latest.items()]


def earlier_texts(store: Negotiations, negotiation: str) -> list[tuple[str, Path]]:
    """Return the texts that offices were asked about before the last round, the last first, as `text N` and its file.

    Raises `RecordError` where a file is gone or no longer the same.
    """
    held = store.get(negotiation)
    last = held.clearances[-1].text if held.clearances else None
    numbers = dict.fromkeys(each.text for each in reversed(held.clearances) if each.text != last)
    texts = [text for number in numbers if (text := held.text(number)) is not None]
    return [(f"text {text.number}", store.path(negotiation, text)) for text in texts]
