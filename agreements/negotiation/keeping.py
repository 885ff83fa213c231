"""What is kept of a negotiation: its facts, rounds, approvals, steps, positions and legal holds.

Every function names the `store` and the negotiation's id, and raises `NotFoundError` for an unknown negotiation,
`RecordError` for a field that is wrong or a file that is damaged, and `ClassifiedError` when an entry bears a
classification marking. `expected` is the `fingerprint` that the status of a negotiation gave: a change of what somebody
else has changed since is refused with both texts (`ChangedMeanwhileError`).
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from agreements.isodates import today
from agreements.negotiation.access import Access
from agreements.negotiation.clearance import of_cleared_text
from agreements.negotiation.file import Approval, Hold, Negotiation, Round, StageEntry, Step
from agreements.negotiation.positions import Position, Positions
from agreements.negotiation.records import RecordError, validated
from agreements.negotiation.store import Negotiations
from agreements.platform import printable


def begin_negotiation(store: Negotiations, negotiation: str, facts: Mapping[str, Any]) -> Negotiation:
    """Begin a negotiation with these `facts` (fields of `Negotiation`); its first stage is `concept`, today."""
    given = _known({name: value for name, value in facts.items() if value not in (None, "", ())})
    begun = validated({"id": negotiation, **given}, Negotiation, negotiation)
    begun = begun.model_copy(update={"stages": (StageEntry(stage="concept", date=today()),)})
    store.begin(begun)
    return begun


def set_negotiation(
    store: Negotiations, negotiation: str, facts: Mapping[str, Any], *, expected: str = ""
) -> Negotiation:
    """Set `facts` of a negotiation: fields of `Negotiation`, and `authority` as a mapping of fields of its own.

    Fields that are not named stay; `stage` (with `date` and `note`) is added to those it went through. An authority
    that is given, or asked for, for another act than the one recorded stands beside that one (DOMAIN 5.1: to negotiate
    and to conclude may be separate): none of the days, limits or names of the one are those of the other.
    """
    given = _known({name: value for name, value in facts.items() if value not in (None, ())})
    stage = {name: given.pop(name) for name in ("stage", "date", "note") if name in given}

    def how(held: Negotiation) -> Negotiation:
        row = held.model_dump(mode="json", exclude_defaults=True)
        own, before = given.pop("authority", {}), row.get("authority", {})
        if _is_another(own, before):
            row["authorities_before"] = [*row.get("authorities_before", []), before]
            before = {}
        row["authority"] = {**before, **own}
        if stage:
            if "stage" not in stage:
                raise RecordError("A date or a note belongs to a stage.", hint="Name the stage too.")
            row["stages"] = [*row.get("stages", []), {"date": today(), **stage}]
        before = held.model_dump(mode="json", exclude_defaults=True)
        return validated({**row, **given}, Negotiation, negotiation, known=before)

    return store.change(negotiation, how, expected=expected)


def _is_another(given: Mapping[str, Any], recorded: Mapping[str, Any]) -> bool:
    """Whether an authority is given for another act, with a day of its own; without one a wrong scope is corrected."""
    scope = given.get("scope")
    is_dated = bool(given.get("approved") or given.get("requested"))
    return bool(scope and recorded.get("approved") and is_dated and scope != recorded.get("scope"))


def add_round(store: Negotiations, negotiation: str, facts: Mapping[str, Any], *, expected: str = "") -> Round:
    """Note a round of talks (fields of `Round`; its number is the next one unless given, an earlier one is changed)."""
    given = {name: value for name, value in facts.items() if value not in (None, "", ())}

    def how(held: Negotiation) -> Negotiation:
        number = int(given.get("number", held.next_number("rounds")))
        before = next((r for r in held.rounds if r.number == number), None)
        known = before.model_dump(mode="json", exclude_defaults=True) if before else {}
        made = validated({**known, **given, "number": number}, Round, f"round {number}", known=known)
        rounds = sorted([*(r for r in held.rounds if r.number != number), made], key=lambda r: r.number)
        return held.model_copy(update={"rounds": tuple(rounds)})

    after = store.change(negotiation, how, what="round", expected=expected)
    wanted = int(given.get("number", max(r.number for r in after.rounds)))
    return next(r for r in after.rounds if r.number == wanted)


def record_position(
    store: Negotiations, negotiation: str, key: str, facts: Mapping[str, Any], *, expected: str = ""
) -> Position:
    """Record what is wanted on `key` (a topic, a path, else a clause id); fields not named stay as they are.

    `facts` are fields of `Position`. Whoever calls this says `NOTICE` of `marking` to the person first.
    """
    given = {name: value for name, value in facts.items() if value not in (None, ())}

    def how(held: Positions) -> Positions:
        before = held.get(key)
        known = before.model_dump(mode="json", exclude_defaults=True) if before else _about(key)
        return held.with_position(validated({**known, **given}, Position, f"the position on {key}"))

    after = store.change_positions(negotiation, how, expected=expected)
    found = after.get(key)
    assert found is not None  # it was just recorded
    return found


def take_positions(store: Negotiations, negotiation: str, source: Path, *, expected: str = "") -> Positions:
    """Take over all positions in the file `source` (the form of `positions.yaml`); those with the same key give way."""
    coming = Positions.load(source)
    if not coming.positions:
        raise RecordError(f"{printable(source)} holds no positions.", hint="It is a YAML file with `positions:`.")

    def how(held: Positions) -> Positions:
        for position in coming.positions:
            held = held.with_position(position)
        return held.model_copy(update={"marking": coming.marking or held.marking})

    return store.change_positions(negotiation, how, expected=expected)


def record_approval(store: Negotiations, negotiation: str, facts: Mapping[str, Any], *, expected: str = "") -> Approval:
    """Record what an office said (fields of `Approval`); its earlier word on the matter stays, and the last one counts.

    A clearance is of the text `text`, by default the one that the office was asked about last.
    """
    given = validated({k: v for k, v in facts.items() if v}, Approval, "the approval")

    def how(held: Negotiation) -> Negotiation:
        made = of_cleared_text(held, given)
        return held.model_copy(update={"approvals": (*held.approvals, made)})

    return store.change(negotiation, how, what="approve", expected=expected).approvals[-1]


def add_step(store: Negotiations, negotiation: str, facts: Mapping[str, Any], *, expected: str = "") -> Step:
    """Note something to do next (`what`, `who`, `due`)."""

    def how(held: Negotiation) -> Negotiation:
        row = {**{k: v for k, v in facts.items() if v}, "number": len(held.steps) + 1}
        return held.model_copy(update={"steps": (*held.steps, validated(row, Step, "the next step"))})

    return store.change(negotiation, how, what="step", expected=expected).steps[-1]


def finish_step(store: Negotiations, negotiation: str, number: int, done: str = "", *, expected: str = "") -> Step:
    """Note that the step `number` is done, on the day `done` (ISO; default: today)."""

    def how(held: Negotiation) -> Negotiation:
        if number not in {step.number for step in held.steps}:
            raise RecordError(f"{negotiation} has no step {number}.", hint="`negotiation status` lists them.")
        steps = [_done(step, done or today()) if step.number == number else step for step in held.steps]
        return held.model_copy(update={"steps": tuple(steps)})

    after = store.change(negotiation, how, what="step", expected=expected)
    return next(step for step in after.steps if step.number == number)


def set_access(store: Negotiations, negotiation: str, add: Iterable[str], remove: Iterable[str]) -> Access:
    """Let the people named in `add` see a negotiation and those in `remove` no longer; capitals do not count."""
    return store.change_access(negotiation, add, remove)


def hold_negotiation(store: Negotiations, negotiation: str, reason: str, *, by: str = "") -> Hold:
    """Put a negotiation under a legal hold: nothing of it can be purged until the hold is released."""
    made = validated({"reason": reason, "since": today(), "by": by}, Hold, "the hold")
    store.change(negotiation, lambda held: held.model_copy(update={"holds": (*held.holds, made)}), what="hold")
    return made


def release_hold(store: Negotiations, negotiation: str) -> tuple[Hold, ...]:
    """Release all legal holds of a negotiation and return them; they stay in its file with the day of release."""

    def how(held: Negotiation) -> Negotiation:
        if not held.on_hold:
            raise RecordError(f"{negotiation} is under no legal hold.")
        holds = [h if h.released else h.model_copy(update={"released": today()}) for h in held.holds]
        return held.model_copy(update={"holds": tuple(holds)})

    return store.change(negotiation, how, what="release").holds


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


def _about(key: str) -> dict[str, str]:
    """Return what a new position is about: a topic by its id, a path by its look, else a clause of our drafts."""
    from agreements.topics import topics

    if key in topics():
        return {"topic": key}
    first = key.split(".", maxsplit=1)[0]
    is_path = first.isdigit() or first.isupper() or first.startswith(("preamble", "annex", "protocol", "offer-note"))
    return {"path" if is_path else "clause": key}


def _done(step: Step, day: str) -> Step:
    known = step.model_dump(mode="json", exclude_defaults=True)
    return validated({**known, "done": day}, Step, f"step {step.number}", known=known)
