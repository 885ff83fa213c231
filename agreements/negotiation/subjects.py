"""What is known of agreements and negotiations that deadlines run from: signatures, ends of terms, next steps."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, cast

from agreements.classifying.amounts import period
from agreements.model import Agreement
from agreements.negotiation.days import PeriodUnit, shifted
from agreements.negotiation.deadlines import DeadlineTrigger, Happening, Subject
from agreements.negotiation.file import Negotiation, Stage

_BY_FACTS = "the facts of the agreement"
_FULL_DATE = 10
_UNITED_STATES = "US"  # how we stand in brackets unless a negotiation says otherwise
_CONCLUSION: Mapping[Stage, DeadlineTrigger] = {"signed": "signature", "in-force": "entry-into-force"}
_PERIODS = 200  # renewals after which a term is taken for endless


def subject_of(
    agreement: Agreement,
    evidence: Sequence[Mapping[str, Any]] = (),
    *,
    today: date,
    given: Mapping[DeadlineTrigger, Happening] | None = None,
    later: Sequence[str] = (),
) -> Subject:
    """Return `agreement` as a subject of deadlines.

    `evidence` are the rows of its last reading (field, path, words), `given` events that somebody names, which win.
    A term that renews itself ends with the period that runs `today`; `later` are the ids of what amended or extended
    the agreement, which may say something else.
    """
    happenings: dict[DeadlineTrigger, Happening] = {}
    missing: dict[DeadlineTrigger, str] = {}
    if signed := [s.date for s in agreement.signings if s.date]:
        happenings["signature"] = _happening(agreement, evidence, "signings", max(signed))
    else:
        missing["signature"] = "no date of signature is held"
    entry = agreement.entry_into_force
    if entry and entry.date:
        happenings["entry-into-force"] = _happening(
            agreement, evidence, "entry_into_force", entry.date, entry.evidence or entry.basis
        )
    else:
        missing["entry-into-force"] = "no date of entry into force is held"
    happenings.update(given or {})
    _add_end(agreement, evidence, happenings, missing, today)
    if later and (end := happenings.get("term-end")):
        happenings["term-end"] = replace(end, note=f"{end.note} Look also at {', '.join(later)}.".strip())
    return Subject(
        id=agreement.id,
        title=agreement.short_title or agreement.title,
        family=agreement.family,
        parties=tuple(p.code or p.body or p.name for p in agreement.parties),
        happenings=happenings,
        missing=missing,
        notice_months=agreement.termination_notice_months,
        marking=agreement.marking,
    )


def subjects_of(negotiation: Negotiation, marking: str = "", *, agreement_held: bool = False) -> Iterator[Subject]:
    """Yield what deadlines run from in `negotiation`: its authority, its open steps, and what it says was concluded.

    `marking` is the highest of its file. Where the agreement itself is held (`agreement_held`), the dates of its
    conclusion are asked of that.
    """
    where = f"negotiation {negotiation.id}"
    parties = ("USA", negotiation.partner) if negotiation.our_label == _UNITED_STATES else (negotiation.partner,)

    def subject(known: dict[DeadlineTrigger, Happening], title: str) -> Subject:
        return Subject(negotiation.id, title, negotiation.family, parties, known, marking=marking, asks=(*known,))

    title = negotiation.title or negotiation.id
    if ends := negotiation.authority.expires:
        yield subject({"authority-end": Happening(ends, "the authority", where)}, title)
    for step in negotiation.steps:
        if step.due and not step.done:
            who = f" ({step.who})" if step.who else ""
            yield subject({"step": Happening(step.due, f"step {step.number}", where)}, f"{step.what}{who}")
    if not agreement_held:
        reached = {entry.stage: entry.date for entry in negotiation.stages}
        concluded = {
            event: Happening(reached[stage], f"the stage “{stage}”", where)
            for stage, event in _CONCLUSION.items()
            if stage in reached
        }
        if concluded:
            yield subject(concluded, title)


def _happening(
    agreement: Agreement, evidence: Sequence[Mapping[str, Any]], field: str, day: str, words: str = ""
) -> Happening:
    """Return what happened on `day`, with the words that the reading found for it, else those of the facts."""
    rows = [row for row in evidence if row.get("field") == field]
    near = [row for row in rows if day[:4] in str(row.get("words", ""))] or rows
    if near:
        row = near[-1]
        path = str(row.get("path", ""))
        return Happening(day, str(row.get("words", "")), f"{agreement.id}#{path}" if path else agreement.id)
    return Happening(day, f"{_BY_FACTS} ({words})" if words else _BY_FACTS, agreement.id)


def _add_end(
    agreement: Agreement,
    evidence: Sequence[Mapping[str, Any]],
    happenings: dict[DeadlineTrigger, Happening],
    missing: dict[DeadlineTrigger, str],
    today: date,
) -> None:
    """Add the end of the term to `happenings`, or to `missing` why it is not known."""
    if "term-end" in happenings:
        return
    term = _period(agreement.term)
    start = happenings.get("entry-into-force")
    if not agreement.term:
        missing["term-end"] = "no term is held; the agreement may run until it is terminated"
    elif term is None:
        missing["term-end"] = f"the term ({agreement.term}) is no number of days, months or years"
    elif start is None:
        missing["term-end"] = f"the term is {agreement.term}, and the day of entry into force is not known"
    elif len(start.date) < _FULL_DATE:
        missing["term-end"] = f"the term is {agreement.term} from entry into force, known only as {start.date}"
    else:
        end, note = _end(agreement, date.fromisoformat(start.date), term, today)
        words = _happening(agreement, evidence, "term", start.date, f"term: {agreement.term}")
        happenings["term-end"] = Happening(end, f"{words.evidence}; in force {start.date}", words.where, note)


def _end(agreement: Agreement, start: date, term: tuple[int, PeriodUnit], today: date) -> tuple[str, str]:
    """Return the day on which the term, or the renewal that runs `today`, ends, and what is to be said of it."""
    first = shifted(start, *term)
    renewed = _period(agreement.renewal)
    if not renewed:
        return first.isoformat(), f"Renewal: {agreement.renewal}." if agreement.renewal else ""
    if first >= today:
        return first.isoformat(), f"The first term; then {agreement.renewal}."
    for times in range(1, _PERIODS):
        current = shifted(first, renewed[0] * times, renewed[1])
        if current >= today:
            return current.isoformat(), f"Renewal {times} ({agreement.renewal}), unless notice was given."
    return first.isoformat(), ""


def _period(words: str) -> tuple[int, PeriodUnit] | None:
    """Return number and unit of a period in words such as `ten-year` or `five (5) years`; None where there is none."""
    found = period(words.replace("-year", " years"))
    return (found[0], cast("PeriodUnit", found[1])) if found else None
