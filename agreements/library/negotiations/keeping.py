"""Verbs over negotiations: begin one, set its facts, note rounds, keep texts, approvals, steps and positions.

Every verb names the repository's `folder` and the negotiation's id, and raises `RepositoryError` when there is no
repository, `NotFoundError` for an unknown negotiation, `RecordError` for a field that is wrong or a file that is
damaged, and `ClassifiedError` when an entry bears a classification marking.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from agreements.comparing import align
from agreements.drafting.provenance import SUFFIX
from agreements.errors import UnreadableError
from agreements.findings import Finding, info, warning
from agreements.intake.files import parse_file
from agreements.library.drafts import handover
from agreements.library.repositories import open_repository
from agreements.model import Agreement
from agreements.negotiation.brackets import Labels
from agreements.negotiation.file import Approval, Hold, Negotiation, Round, Side, StageEntry, Step, Text
from agreements.negotiation.joint import open_places
from agreements.negotiation.joint_parts import without_agreed_marks
from agreements.negotiation.positions import Position, Positions
from agreements.negotiation.records import RecordError, validated
from agreements.negotiation.store import Negotiations
from agreements.platform import printable, safe_name
from agreements.repository import Repository


@dataclass(frozen=True, slots=True)
class KeptText:
    """A text that was kept, and what a person should know of it."""

    text: Text
    findings: tuple[Finding, ...]


def negotiations_in(folder: Path) -> Negotiations:
    """Return the negotiations kept in the repository `folder`."""
    return Negotiations(open_repository(folder))


def begin_negotiation(folder: Path, negotiation: str, facts: Mapping[str, Any]) -> Negotiation:
    """Begin a negotiation with these `facts` (fields of `Negotiation`); its first stage is `concept`, today.

    A repository that is not there yet is made, as an import makes it.
    """
    given = _known({name: value for name, value in facts.items() if value not in (None, "", ())})
    begun = validated({"id": negotiation, **given}, Negotiation, negotiation)
    begun = begun.model_copy(update={"stages": (StageEntry(stage="concept", date=today()),)})
    Negotiations(Repository(folder)).begin(begun)
    return begun


def set_negotiation(folder: Path, negotiation: str, facts: Mapping[str, Any]) -> Negotiation:
    """Set `facts` of a negotiation: fields of `Negotiation`, and `authority` as a mapping of fields of its own.

    Fields that are not named stay; `stage` (with `date` and `note`) is added to those it went through.
    """
    given = _known({name: value for name, value in facts.items() if value not in (None, ())})
    stage = {name: given.pop(name) for name in ("stage", "date", "note") if name in given}

    def how(held: Negotiation) -> Negotiation:
        row = held.model_dump(mode="json", exclude_defaults=True)
        row["authority"] = {**row.get("authority", {}), **given.pop("authority", {})}
        if stage:
            if "stage" not in stage:
                raise RecordError("A date or a note belongs to a stage.", hint="Name the stage too.")
            row["stages"] = [*row.get("stages", []), {"date": today(), **stage}]
        return validated({**row, **given}, Negotiation, negotiation)

    return negotiations_in(folder).change(negotiation, how)


def add_round(folder: Path, negotiation: str, facts: Mapping[str, Any]) -> Round:
    """Note a round of talks (fields of `Round`; its number is the next one unless given, an earlier one is changed)."""
    given = {name: value for name, value in facts.items() if value not in (None, "", ())}

    def how(held: Negotiation) -> Negotiation:
        number = int(given.get("number", len(held.rounds) + 1))
        before = next((r for r in held.rounds if r.number == number), None)
        known = before.model_dump(mode="json", exclude_defaults=True) if before else {}
        made = validated({**known, **given, "number": number}, Round, f"round {number}")
        rounds = sorted([*(r for r in held.rounds if r.number != number), made], key=lambda r: r.number)
        return held.model_copy(update={"rounds": tuple(rounds)})

    after = negotiations_in(folder).change(negotiation, how)
    wanted = int(given.get("number", len(after.rounds)))
    return next(r for r in after.rounds if r.number == wanted)


def keep_text(folder: Path, negotiation: str, file: Path, side: Side, facts: Mapping[str, Any]) -> KeptText:
    """Keep the file of a text that was tabled (`us`), received (`partner`) or worked out together (`joint`).

    `facts` are `date` (default: today), `round` (default: the last one), `base` (default: the text exchanged last),
    `marking` and `note`. The file stays untouched; the record of the clauses of a draft of ours is kept with it. A text
    that cannot be read is refused, because nobody could tell whether it is classified.
    """
    store = negotiations_in(folder)
    parsed = parse_file(file)
    content = file.read_bytes()
    sha256 = hashlib.sha256(content).hexdigest()
    told: list[Finding] = []

    def how(held: Negotiation) -> Text:
        told.extend(_remarks(held, file, side, sha256))
        number = held.texts[-1].number + 1 if held.texts else 1
        base, differing = _difference(store, held, facts.get("base"), side, parsed.agreement)
        row: dict[str, Any] = {
            **{"number": number, "side": side, "date": facts.get("date") or today(), "sha256": sha256},
            **{"file": safe_name(f"{number:02d}-{side}-{file.name}"), "name": printable(file.name)},
            **{"base": base, "round": _round(held, facts.get("round")), "note": facts.get("note") or ""},
            "marking": facts.get("marking") or parsed.agreement.marking,
            "open_brackets": sum(1 for _ in open_places(parsed.agreement, Labels(*held.labels))),
            **differing,
        }
        return validated(row, Text, file.name)

    record = file.with_name(f"{file.stem}{SUFFIX}")
    beside = {SUFFIX: record.read_bytes()} if side == "us" and record.is_file() else {}
    kept = store.keep_text(negotiation, content, how, beside=beside)
    return KeptText(kept, (*told, *parsed.findings))


def read_text(folder: Path, negotiation: str, text: Text) -> Agreement:
    """Return the agreement that a text of a negotiation holds; raises as `parse_file` when it is damaged."""
    return parse_file(negotiations_in(folder).path(negotiation, text), agreement_id=f"text-{text.number}").agreement


def record_position(folder: Path, negotiation: str, key: str, facts: Mapping[str, Any]) -> Position:
    """Record what is wanted on `key` (a topic, a path, else a clause id); fields not named stay as they are.

    `facts` are fields of `Position`. Whoever calls this says `NOTICE` of `negotiation.markings` to the person first.
    """
    given = {name: value for name, value in facts.items() if value not in (None, ())}

    def how(held: Positions) -> Positions:
        before = held.get(key)
        known = before.model_dump(mode="json", exclude_defaults=True) if before else _about(key)
        return held.with_position(validated({**known, **given}, Position, f"the position on {key}"))

    after = negotiations_in(folder).change_positions(negotiation, how)
    found = after.get(key)
    assert found is not None  # it was just recorded
    return found


def take_positions(folder: Path, negotiation: str, source: Path) -> Positions:
    """Take over all positions in the file `source` (the form of `positions.yaml`); those with the same key give way."""
    coming = Positions.load(source)
    if not coming.positions:
        raise RecordError(f"{printable(source)} holds no positions.", hint="It is a YAML file with `positions:`.")

    def how(held: Positions) -> Positions:
        for position in coming.positions:
            held = held.with_position(position)
        return held.model_copy(update={"marking": coming.marking or held.marking})

    return negotiations_in(folder).change_positions(negotiation, how)


def record_approval(folder: Path, negotiation: str, facts: Mapping[str, Any]) -> Approval:
    """Record what an office said (fields of `Approval`); its earlier word on the same matter gives way."""
    made = validated({k: v for k, v in facts.items() if v}, Approval, "the approval")

    def how(held: Negotiation) -> Negotiation:
        kept = tuple(a for a in held.approvals if (a.office, a.about) != (made.office, made.about))
        return held.model_copy(update={"approvals": (*kept, made)})

    negotiations_in(folder).change(negotiation, how)
    return made


def add_step(folder: Path, negotiation: str, facts: Mapping[str, Any]) -> Step:
    """Note something to do next (`what`, `who`, `due`)."""

    def how(held: Negotiation) -> Negotiation:
        row = {**{k: v for k, v in facts.items() if v}, "number": len(held.steps) + 1}
        return held.model_copy(update={"steps": (*held.steps, validated(row, Step, "the next step"))})

    return negotiations_in(folder).change(negotiation, how).steps[-1]


def finish_step(folder: Path, negotiation: str, number: int, done: str = "") -> Step:
    """Note that the step `number` is done, on the day `done` (ISO; default: today)."""

    def how(held: Negotiation) -> Negotiation:
        if number not in {step.number for step in held.steps}:
            raise RecordError(f"{negotiation} has no step {number}.", hint="`negotiation status` lists them.")
        steps = [_done(step, done or today()) if step.number == number else step for step in held.steps]
        return held.model_copy(update={"steps": tuple(steps)})

    after = negotiations_in(folder).change(negotiation, how)
    return next(step for step in after.steps if step.number == number)


def hold_negotiation(folder: Path, negotiation: str, reason: str, *, by: str = "") -> Hold:
    """Put a negotiation under a legal hold: nothing of it can be purged until the hold is released."""
    made = validated({"reason": reason, "since": today(), "by": by}, Hold, "the hold")
    store = negotiations_in(folder)
    store.change(negotiation, lambda held: held.model_copy(update={"holds": (*held.holds, made)}))
    return made


def release_hold(folder: Path, negotiation: str) -> tuple[Hold, ...]:
    """Release all legal holds of a negotiation and return them; they stay in its file with the day of release."""

    def how(held: Negotiation) -> Negotiation:
        if not held.on_hold:
            raise RecordError(f"{negotiation} is under no legal hold.")
        holds = [h if h.released else h.model_copy(update={"released": today()}) for h in held.holds]
        return held.model_copy(update={"holds": tuple(holds)})

    return negotiations_in(folder).change(negotiation, how).holds


def _known(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return `facts` with the partner and the family by their codes, where they are named; raises `NotFoundError`."""
    from agreements.families import family
    from agreements.states import code_of

    given = dict(facts)
    if "partner" in given:
        given["partner"] = code_of(str(given["partner"])) or given["partner"]
    if "family" in given:
        given["family"] = family(str(given["family"])).id
    return given


def today() -> str:
    """Return the day (UTC) as an ISO date."""
    return datetime.now(UTC).date().isoformat()


def _about(key: str) -> dict[str, str]:
    """Return what a new position is about: a topic by its id, a path by its look, else a clause of our drafts."""
    from agreements.topics import topics

    if key in topics():
        return {"topic": key}
    first = key.split(".", maxsplit=1)[0]
    is_path = first.isdigit() or first.isupper() or first.startswith(("preamble", "annex", "protocol", "offer-note"))
    return {"path" if is_path else "clause": key}


def _round(held: Negotiation, wanted: int | None) -> int | None:
    known = [r.number for r in held.rounds]
    if wanted is not None and wanted not in known:
        raise RecordError(f"{held.id} has no round {wanted}.", hint="`negotiation round` notes one.")
    return wanted if wanted is not None else (known[-1] if known else None)


def _difference(
    store: Negotiations, held: Negotiation, base: int | None, side: Side, agreement: Agreement
) -> tuple[int | None, dict[str, int]]:
    """Return the number of the base of a new text and the count of words that differ from it.

    A first joint text is not counted: it holds the words of both sides, and every bracket would count as new.
    """
    before = held.text(base) if base is not None else held.last()
    if before is None:
        if base is not None:
            raise RecordError(f"{held.id} has no text {base}.", hint="`negotiation status` lists them.")
        return None, {}
    if side == "joint" and before.side != "joint":
        return before.number, {}
    earlier = parse_file(store.path(held.id, before)).agreement
    pairs = align(without_agreed_marks(earlier), without_agreed_marks(agreement))
    counts = {
        "words_deleted": sum(pair.words_deleted for pair in pairs),
        "words_inserted": sum(pair.words_inserted for pair in pairs),
    }
    return before.number, counts


def _remarks(held: Negotiation, file: Path, side: Side, sha256: str) -> list[Finding]:
    found = [
        warning("same-text", file.name, f"This is the same file as text {text.number} of {text.date}.")
        for text in held.texts
        if text.sha256 == sha256
    ]
    if side == "us" and file.suffix.lower() == ".docx":
        try:
            found += handover(file)
        except UnreadableError as problem:
            found.append(info("handover", file.name, f"The check before handing over could not read it: {problem}"))
    return found


def _done(step: Step, day: str) -> Step:
    return validated({**step.model_dump(mode="json", exclude_defaults=True), "done": day}, Step, f"step {step.number}")
