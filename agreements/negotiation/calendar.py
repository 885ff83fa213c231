"""The calendar: deadlines of agreements and negotiations, worked out from rules with their citations."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, cast

from agreements.citation import called
from agreements.errors import (
    AgreementsError,
    ClassifiedError,
    NotFoundError,
    QueryError,
    RepositoryError,
    UnreadableError,
    unknown,
)
from agreements.isodates import PeriodUnit, shifted
from agreements.language import dates
from agreements.language.lasting import goes_on, is_first
from agreements.languages import lengths, not_read
from agreements.lineage.history import notices_of
from agreements.lineage.ledger import NOTICE, LaterEffect, ledger_of, named_facts, touches
from agreements.marking import values
from agreements.model import Agreement
from agreements.negotiation.closing import (
    Conclusion,
    conclusion_of,
    conclusion_of_following,
    otherwise,
    signed_text,
)
from agreements.negotiation.deadlines import (
    EVENTS,
    OF_AN_AGREEMENT,
    Deadline,
    DeadlineTrigger,
    Happening,
    NoticeBefore,
    Subject,
    deadlines_of,
)
from agreements.negotiation.file import QUESTIONS, ClearanceRound, Negotiation
from agreements.negotiation.language_texts import language_standings
from agreements.negotiation.records import RecordError
from agreements.negotiation.store import Negotiations
from agreements.negotiation.texts import parsed_text
from agreements.parsing import NoticeOfEnd, term_notices
from agreements.reading import save_rows
from agreements.reference import places
from agreements.repository import Derived, Facts, Repository, select
from agreements.states import code_of

_OVER = ("superseded", "expired", "terminated")
_CHANGING = ("amends", "extends")
_LOOK_BACK = timedelta(days=60)  # what is past due may still have to be done


def calendar(
    repository: Repository,
    agreements: Sequence[str] = (),
    *,
    families: Sequence[str] = (),
    parties: Sequence[str] = (),
    events: Mapping[str, str] | None = None,
    today: date | None = None,
) -> tuple[Deadline, ...]:
    """Return the deadlines of `agreements` (all that are not over, where none is named), the earliest first.

    Among them are the ids of negotiations. Of any of `families` with all of `parties`. `events` names days that the
    repository does not know, by event (`delivery`: `2026-05-31`). What cannot be computed comes last and says why. What
    is recorded as `done` stays among them. `today` decides which renewal of a term runs. Raises `RepositoryError`,
    `NotFoundError`, and `QueryError` for a day that is none. Of one that cannot be read it
    is said that nothing can be computed.
    """
    day = today or date.today()
    named = {_event(name): _day(name, value) for name, value in (events or {}).items()}
    negotiations = Negotiations(repository)
    negotiated = negotiations.ids()
    kept = [i for i in agreements or negotiated if i in negotiated]
    ids = [i for i in agreements if i not in kept] or [
        f.id for f in select(repository.list(), families=families, parties=parties) if _runs(f) and not agreements
    ]
    recorded = _recorded(negotiations)
    plain = [each for each in ids if each not in recorded]
    asked = (tuple(plain), day, tuple(sorted(named.items())))
    found = [*repository.once_for("deadlines", asked, lambda: _of_agreements(repository, plain, named, day, {}))]
    found += _of_agreements(repository, [each for each in ids if each in recorded], named, day, recorded)
    found += _of_unread(repository, ids)
    for each in kept:
        try:
            held = negotiations.get(each)
            if _is_with(held, families, parties):
                found += _of_negotiation(repository, negotiations, held, named, day)
        except (RecordError, ClassifiedError) as problem:
            found += _unread(each, problem)
    return tuple(sorted(found, key=lambda d: (not d.due, d.due, d.subject.id)))


def deadlines_within(
    deadlines: Sequence[Deadline], *, since: str = "", until: str = "", everything: bool = False, today: date
) -> tuple[tuple[Deadline, ...], tuple[Deadline, ...]]:
    """Return those of `deadlines` that a person is shown, and those that cannot be computed and are not done.

    Shown are those from `since` (ISO; default: 60 days before `today`, as what is past due may still have to be done)
    to `until`; with `everything` also what is long past, is done or has no day.
    """
    first = since or ("" if everything else (today - _LOOK_BACK).isoformat())
    open_ones = [d for d in deadlines if d.done is None or everything]
    shown = tuple(d for d in open_ones if (_within(d, first, until) if d.due else everything))
    unknown = tuple(d for d in open_ones if d.missing and d.done is None and (not d.latest or d.latest >= first))
    return shown, unknown


def _within(deadline: Deadline, since: str, until: str) -> bool:
    return deadline.due >= since and (not until or deadline.due[: len(until)] <= until)


def write_calendar(deadlines: Sequence[Deadline], target: Path, *, today: date | None = None, remind: int = 0) -> int:
    """Write `deadlines` that have a day and are not recorded as done to `target` as iCalendar; returns how many.

    `remind` is how many days before each of them the calendar of a mail program reminds of it; 0: it does not.

    Raises `AgreementsError` when the file cannot be written, `ClassifiedError`.
    """
    from agreements.negotiation.ics import to_ics

    rows = [[piece.text for piece in values(asdict(deadline), "")] for deadline in deadlines]
    save_rows(target, to_ics(deadlines, today=today or date.today(), remind=remind), rows)
    return sum(bool(d.due) and d.done is None for d in deadlines)


def _recorded(negotiations: Negotiations) -> dict[str, Conclusion]:
    """Return what negotiations that this person may see record of the conclusion of agreements, by agreement."""
    found = {}
    for each in negotiations.ids():
        with suppress(RecordError):  # of a damaged one `doctor` tells
            held = negotiations.get(each)
            if held.agreement and held.closing:
                found[held.agreement] = conclusion_of(negotiations, held)
    return found


def _of_agreements(
    repository: Repository,
    ids: Sequence[str],
    named: Mapping[DeadlineTrigger, Happening],
    day: date,
    recorded: Mapping[str, Conclusion],
) -> list[Deadline]:
    later = repository.once("changed later", lambda: _later(repository))
    dated, ledger = _DATED.rows(repository, ids), ledger_of(repository)
    notices = repository.once("notices", lambda: notices_of(named_facts(repository)))
    found: list[Deadline] = []
    for each in (i for i in ids if i in dated):
        subject, closed = _subject(dated[each], named, later.get(each, ()), day, recorded.get(each))
        subject = _as_changed(subject, ledger.changes.get(each, ()))
        if each in notices and "term-end" not in named:
            subject = _ended_by(subject, notices[each])
        found += deadlines_of(replace(subject, closed=closed))
    return found


def _as_changed(subject: Subject, changes: Sequence[LaterEffect]) -> Subject:
    """Return `subject` without the end of a term whose words a later instrument changed.

    What it says of the term instead is not worked out. What changed something else is named beside the day.
    """
    end = subject.happenings.get("term-end")
    path = end.where.partition("#")[2] if end else ""
    if end is None or not path:
        return subject
    own = [change for change in changes if change.path and touches(change.path, path)]
    if own:
        rest = dict(subject.happenings)
        del rest["term-end"]
        why = f"{end.where}, by which the term ends on {end.date}, was changed: {'; '.join(c.words() for c in own)}"
        return replace(subject, happenings=rest, missing={**subject.missing, "term-end": why})
    others = dict.fromkeys(change.by.partition("#")[0] for change in changes)
    if unnamed := [each for each in others if each not in end.note]:
        note = f"{end.note} Look also at {', '.join(unnamed)}.".strip()
        return replace(subject, happenings={**subject.happenings, "term-end": replace(end, note=note)})
    return subject


def _of_unread(repository: Repository, ids: Sequence[str]) -> Iterator[Deadline]:
    """Yield what is said of those of `ids` that cannot be read; raises `NotFoundError` where one is not held.

    It is asked each time: what mends one is not always seen in the fingerprint of the repository.
    """
    dated = _DATED.rows(repository, ids)
    for each in (i for i in ids if i not in dated):
        try:
            _dated(repository, each)
        except (RepositoryError, ClassifiedError) as problem:
            yield from _unread(each, problem)


def _unread(what: str, problem: AgreementsError) -> Iterator[Deadline]:
    """Yield that nothing can be computed of an agreement or a negotiation, and why."""
    why = f"it cannot be read ({str(problem).rstrip('.')})"
    yield from deadlines_of(Subject(what, "", "", missing={"files": why}, asks=("files",)))


def _subject(
    dated: Mapping[str, Any],
    named: Mapping[DeadlineTrigger, Happening],
    later: Sequence[str],
    today: date,
    recorded: Conclusion | None,
) -> tuple[Subject, Mapping[str, Happening]]:
    """Return an agreement as a subject of deadlines, and which steps are recorded as done."""
    held = Agreement.model_validate(dated["facts"])
    known = dict(recorded.known) if recorded else {}
    said: dict[DeadlineTrigger, str] = {}
    for event, name, stated in _stated(held):
        if event not in known:
            continue
        said[event] = otherwise(event, known[event], stated)
        if len(stated) == _FULL_DATE and name not in dated["unconfirmed"]:
            del known[event]  # the facts count, as everywhere else: what a negotiation records is told beside them
    given = {**known, **named}
    subject = subject_of(
        held, dated["evidence"], today=today, given=given, later=later, unconfirmed=dated["unconfirmed"],
        notices=dated["notices"], said=said, texts=dated["texts"],
    )  # fmt: skip
    return subject, recorded.closed if recorded else {}


def _ended_by(subject: Subject, notices: Sequence[Facts]) -> Subject:
    """Return an agreement of which notice of termination is held: it ends by that, and no notice need be given."""
    first = min(notices, key=lambda notice: notice.in_force or _NEVER)
    given = f"notice of termination of {max(first.signed)}" if first.signed else "notice of termination"
    known, missing = dict(subject.happenings), dict(subject.missing)
    known.pop("term-end", None)
    if first.in_force:
        note = "Whether the notice has this effect, and was not withdrawn, is for L."
        known["term-end"] = Happening(first.in_force, f"the day that the {given} names", first.id, note)
    else:
        missing["term-end"] = f"{given} is held ({first.id}); the day on which it takes effect was not read in it"
    return replace(subject, happenings=known, missing=missing, is_notice_given=True)


def _stated(held: Agreement) -> Iterator[tuple[DeadlineTrigger, str, str]]:
    """Yield the days that the facts of an agreement state: the event, the name of the fact, and the day."""
    yield "signature", "signed", max((each.date for each in held.signings if each.date), default="")
    yield "entry-into-force", "in_force", (held.entry_into_force.date or "") if held.entry_into_force else ""


def _dated(repository: Repository, agreement: str) -> dict[str, Any]:
    """Return the facts of an agreement, without its text, and the words that the reading found for its days."""
    held, record = repository.get(agreement, places=False), repository.reading(agreement)
    facts = held.model_copy(update={"documents": ()})
    unsure = held.unconfirmed(text_held=held.text_held)
    evidence = [row for row in (record.evidence if record else ()) if row.get("field") in _EVIDENT]
    return {
        "facts": facts.model_dump(mode="json", exclude_defaults=True),
        "evidence": evidence,
        "unconfirmed": [*unsure],
        "notices": _notices(held),
        "texts": _own_texts(held),
    }


def _own_texts(held: Agreement) -> list[str]:
    """Return the languages of the texts in which an agreement says of itself how long it lasts: not of its annexes."""
    return list(dict.fromkeys(d.language for d in held.documents if d.provisions and d.role in _OWN_TEXTS))


def _notices(agreement: Agreement) -> dict[str, list[Any]]:
    """Return count, unit, words and place of the notices of an agreement before the end of its term, by their sort.

    They are those of its text; what a person wrote into the facts counts over one that the text does not count back
    from the end of the term. Of a text by which it does not go on after its term, no other notice is one of that end.
    """
    end, extension, goes_on = term_notices(agreement.documents)
    found = {}
    if end and (end.is_counted_back or _is_of_facts(end, agreement)):
        found["notice"] = _as_row(agreement, end)
    if extension:
        found["extension"] = _as_row(agreement, extension)
    by_facts = _of_facts(agreement)
    if "notice" not in found and by_facts and (goes_on or agreement.renewal or not agreement.text_held):
        found["notice"] = [by_facts.count, by_facts.unit, "", ""]
    return found


def _of_facts(agreement: Agreement) -> NoticeBefore | None:
    """Return the notice of termination as the facts have it: in days where they tell them."""
    months, days = agreement.termination_notice_months, agreement.termination_notice_days
    return NoticeBefore(days, "days") if days else NoticeBefore(months, "months") if months else None


def _is_of_facts(read: NoticeOfEnd, agreement: Agreement) -> bool:
    """Whether a notice that was read is the one of the facts, which a person may have corrected."""
    if read.period.unit == "days" and agreement.termination_notice_days:
        return read.period.number == agreement.termination_notice_days
    return read.months == agreement.termination_notice_months


def _as_row(agreement: Agreement, read: NoticeOfEnd) -> list[Any]:
    path = next((p.path for p in places(agreement) if p.chain[-1] is read.passage.provision), "")
    count, unit = read.period.number, read.period.unit
    count, unit = (7 * (count or 0), "days") if unit == "weeks" else (count, unit)
    return [count, unit, read.passage.words, f"{agreement.id}#{path}" if path else agreement.id]


_OWN_TEXTS = ("main", "protocol", "offer-note", "reply-note")
_EVIDENT = ("signings", "entry_into_force", "term", "binding")


def _each_dated(repository: Repository, ids: Sequence[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the rows of those of `ids` that are there and can be read."""
    for each in ids:
        with suppress(NotFoundError, RepositoryError, ClassifiedError):
            yield each, _dated(repository, each)


_DATED = Derived("dates", 7, _each_dated)


def _is_with(held: Negotiation, families: Sequence[str], parties: Sequence[str]) -> bool:
    """Whether a negotiation is of any of `families`, and all of `parties` are among those of it."""
    codes = {code_of(name) or name for name in parties}
    return (not families or held.family in families) and codes <= {"USA", held.partner}


def _of_negotiation(
    repository: Repository,
    negotiations: Negotiations,
    held: Negotiation,
    named: Mapping[DeadlineTrigger, Happening],
    today: date,
) -> Iterator[Deadline]:
    over = bool(held.stages) and held.stages[-1].stage == "ended"
    marking = negotiations.marking(held.id)
    subjects = [*after_signature(negotiations, held, marking)]
    if not over:
        subjects += [*subjects_of(held, marking), *_of_languages(negotiations, held, marking)]
    if not (held.agreement and repository.holds(held.agreement)) and (held.closing or not over):
        subjects += _concluded(negotiations, held, marking, named, today)
    for subject in subjects:
        yield from deadlines_of(subject)


def _runs(facts: Facts) -> bool:
    return facts.standing == "agreement" and facts.status not in _OVER and facts.form != NOTICE


def _later(repository: Repository) -> dict[str, tuple[str, ...]]:
    """Return the ids of what amends or extends an agreement, by its id, said by either side."""
    found: dict[str, set[str]] = {}
    for facts in repository.list():
        for relation in facts.relations:
            kind, _, target = relation.partition(" ")
            if kind in _CHANGING:
                found.setdefault(target, set()).add(facts.id)
            elif kind in ("amended-by", "extended-by"):
                found.setdefault(facts.id, set()).add(target)
    return {agreement: tuple(sorted(ids)) for agreement, ids in found.items()}


def _event(name: str) -> DeadlineTrigger:
    for event in EVENTS:
        if event == name:
            return event
    raise unknown("event", name, EVENTS)


def _day(event: str, value: str) -> Happening:
    try:
        return Happening(date.fromisoformat(value).isoformat(), "the day that you named")
    except ValueError:
        raise QueryError(f"{value!r} is no day for {event}.", hint="Write it as 2026-05-31.") from None


# ---------------------------------------------------------------------- what deadlines run from


_BY_FACTS = "the facts of the agreement"
_FULL_DATE = 10
_NEVER = "9999"
_ON_SIGNATURE = ("1", "2")  # formulas of entry into force: on signature, on the last signature
_NOT_ASKED = "so that no rule of a State was asked"
_BY_ITSELF = (
    "no words were read by which it goes on after its term, so that it may end by itself; the notice that is held may"
    " be for an earlier end"
)
_OF_CONCLUSION: tuple[DeadlineTrigger, ...] = ("signature", "entry-into-force", "term-end")
_PERIODS = 200  # renewals after which a term is taken for endless


def subject_of(
    agreement: Agreement,
    evidence: Sequence[Mapping[str, Any]] = (),
    *,
    today: date,
    given: Mapping[DeadlineTrigger, Happening] | None = None,
    later: Sequence[str] = (),
    unconfirmed: Sequence[str] = (),
    notices: Mapping[str, Sequence[Any]] | None = None,
    said: Mapping[DeadlineTrigger, str] | None = None,
    texts: Sequence[str] | None = None,
) -> Subject:
    """Return `agreement` as a subject of deadlines.

    `evidence` are the rows of its last reading (field, path, words), `given` events that somebody names, which win.
    A term that renews itself ends with the period that runs `today`; `later` are the ids of what amended or extended
    the agreement, which may say something else, `unconfirmed` the facts that rest on general knowledge alone.
    `notices` are the rows of those that are given before the end of the term (default: by its text and facts); `said`
    is what is told beside a day; `texts` are the languages of its own texts (default: by its documents).
    """
    own_texts = _own_texts(agreement) if texts is None else texts
    happenings, missing = _events(agreement, evidence, unconfirmed, own_texts)
    if no_agreement := "" if given else _no_agreement(agreement):
        happenings.clear()
        missing.update(dict.fromkeys(_OF_CONCLUSION, no_agreement))
    happenings.update(given or {})
    _note(happenings, said or {})
    if not no_agreement:
        _add_end(agreement, evidence, happenings, missing, today=today, texts=own_texts)
    end, start = happenings.get("term-end"), happenings.get("entry-into-force")
    if end and not (given or {}).get("term-end") and ((start and start.is_unconfirmed) or "term" in unconfirmed):
        happenings["term-end"] = replace(end, is_unconfirmed=True)
    if later and (end := happenings.get("term-end")):
        happenings["term-end"] = replace(end, note=f"{end.note} Look also at {', '.join(later)}.".strip())
    rows = _notices(agreement) if notices is None else notices
    parties, asks = tuple(p.code or p.body or p.name for p in agreement.parties), OF_AN_AGREEMENT
    if not any(p.code for p in agreement.parties):  # a name that no table knows may be that of any State
        unread = not_read("parties", own_texts)
        missing["parties"] = f"no party is established{unread and f' (parties are {unread})'}, {_NOT_ASKED}"
        asks = (*asks, "parties")
    return Subject(
        id=agreement.id,
        title=called(agreement),
        family=agreement.family,
        parties=parties,
        asks=asks,
        happenings=happenings,
        missing=missing,
        notices={sort: NoticeBefore(*row) for sort, row in rows.items()},
        no_notice=_no_notice(agreement, own_texts),
        marking=agreement.marking,
        binding=agreement.binding,
    )


def _events(
    agreement: Agreement,
    evidence: Sequence[Mapping[str, Any]],
    unconfirmed: Sequence[str],
    texts: Sequence[str],
) -> tuple[dict[DeadlineTrigger, Happening], dict[DeadlineTrigger, str]]:
    """Return the signature and the entry into force that the facts state, and why one of them is not known."""
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
    elif entry and entry.formula in _ON_SIGNATURE and not entry.condition and "signature" in happenings:
        signed_on = happenings["signature"]
        words = f"“{entry.evidence}” and the last signature" if entry.evidence else "in force on signature"
        happenings["entry-into-force"] = Happening(signed_on.date, words, signed_on.where, signed_on.note)
    else:
        unread = "" if entry else not_read("entry", texts)
        missing["entry-into-force"] = f"no date of entry into force is held{unread and f'; it is {unread}'}"
    by_fact: dict[DeadlineTrigger, str] = {"signature": "signed", "entry-into-force": "in_force"}
    for event, name in by_fact.items():
        if name in unconfirmed and (known := happenings.get(event)):
            happenings[event] = replace(known, is_unconfirmed=known.where == agreement.id)
    return happenings, missing


def _no_notice(agreement: Agreement, texts: Sequence[str]) -> str:
    """Return why the notice before the end of the term is not known; empty where nothing is to be said of that."""
    if unread := not_read("term", texts):
        return f"a notice of termination is {unread}, and none is held for the end of the term"
    return _BY_ITSELF if _of_facts(agreement) else ""


def _note(happenings: dict[DeadlineTrigger, Happening], said: Mapping[DeadlineTrigger, str]) -> None:
    """Add to what happened what is `said` of it elsewhere."""
    for event, words in said.items():
        if words and event in happenings:
            happenings[event] = replace(happenings[event], note=f"{happenings[event].note} {words}".strip())


def _no_agreement(agreement: Agreement) -> str:
    """Return why nothing was concluded by what is held: a counter-offer, a text as tabled, a note that ends another."""
    if agreement.form == NOTICE:
        return "it is a notice of termination, and no agreement"
    return "it is held as a draft, and counts as not concluded" if agreement.standing == "draft" else ""


def subjects_of(negotiation: Negotiation, marking: str = "") -> Iterator[Subject]:
    """Yield what deadlines run from in `negotiation` before it is concluded: its authority, its open steps, clearances.

    `marking` is the highest of its file.
    """
    where = f"negotiation {negotiation.id}"
    parties = _parties(negotiation)

    def subject(known: dict[DeadlineTrigger, Happening], title: str, key: str = "") -> Subject:
        return Subject(
            negotiation.id, title, negotiation.family, parties, known, marking=marking, asks=(*known,), key=key
        )

    title = negotiation.title or negotiation.id
    for number, each in enumerate((negotiation.authority, *reversed(negotiation.authorities_before))):
        if each.expires:
            act = f"the authority to {each.scope.replace('-', ' ')}" if each.scope and number else "the authority"
            key = f"authority {number + 1}" if number else ""
            yield subject({"authority-end": Happening(each.expires, act, where)}, title, key)
    for step in negotiation.steps:
        if step.due and not step.done:
            who = f" ({step.who})" if step.who else ""
            own = f"step {step.number}"
            yield subject({"step": Happening(step.due, own, where)}, f"{step.what}{who}", own)
    for asked in negotiation.clearances:
        waiting = [o for o in asked.offices if _waits(negotiation, asked, o)]
        if asked.due and waiting:
            what = f"Answer on text {asked.text} from {', '.join(waiting)}"
            own = f"clearance {asked.number}"
            yield subject({"step": Happening(asked.due, own, where)}, what, own)


def _concluded(
    store: Negotiations,
    held: Negotiation,
    marking: str,
    named: Mapping[DeadlineTrigger, Happening],
    today: date,
) -> Iterator[Subject]:
    """Yield what runs from the conclusion as `held` records it, where anything of it is recorded or `named`.

    Term and notice are those of the text that is signed.
    """
    found = conclusion_of(store, held)
    if not (found.known or found.closed or named):
        return
    known = {**found.known, **named}
    own = _OF_CONCLUSION if found.known or found.closed else ()
    asked = tuple(event for event in OF_AN_AGREEMENT if event in (*own, *named))
    text = signed_text(held)
    agreement, rows, missing = Agreement(id=held.id), [], dict(found.missing)
    try:
        if text is not None and "entry-into-force" in known:
            parsed = parsed_text(store, held.id, text)
            rows = [{"field": each.field, "path": each.path, "words": each.words} for each in parsed.evidence]
            agreement = parsed.agreement.model_copy(update={"signings": (), "entry_into_force": None})
    except (RecordError, UnreadableError) as problem:
        missing["term-end"] = f"the text that is signed cannot be read ({problem})"
    if "term-end" not in missing and "entry-into-force" not in known:
        asked = tuple(event for event in asked if event != "term-end")
    subject = subject_of(agreement, rows, today=today, given=known)
    yield replace(
        subject, id=held.id, title=held.title or held.id, family=held.family, parties=_parties(held),
        missing={**subject.missing, **missing}, marking=marking, asks=asked, closed=found.closed,
    )  # fmt: skip


def after_signature(store: Negotiations, held: Negotiation, marking: str = "") -> Iterator[Subject]:
    """Yield what instruments that follow ask for: answers that nobody gave, and reports of what is reportable."""
    for own, question in held.unanswered:
        missing: dict[DeadlineTrigger, str] = {"question": f"nobody answered {QUESTIONS[question]}"}
        yield Subject(
            held.id, own.title, held.family, missing=missing, marking=marking, asks=("question",),
            key=f"follows {own.number} {question}",
        )  # fmt: skip
    for own in held.follows:
        answer = held.answer(own.number, "reportable")
        if answer is None or answer.answer == "no":
            continue
        found = conclusion_of_following(held, own)
        yield Subject(
            held.id, own.title, held.family, _parties(held), found.known, found.missing, marking=marking,
            asks=("signature", "entry-into-force"), closed=found.closed, key=f"follows {own.number}",
        )  # fmt: skip


def _parties(held: Negotiation) -> tuple[str, ...]:
    return ("USA", held.partner) if held.is_of_united_states else (held.partner,)


def _of_languages(store: Negotiations, held: Negotiation, marking: str) -> Iterator[Subject]:
    """Yield what is due on texts in other languages: one that is to be back, a certificate that is void."""
    for standing in language_standings(store, held):
        last, where, own = standing.steps[-1], f"negotiation {held.id}", f"language {standing.language}"
        if standing.void:
            why = f"no day is set; the certificate is void: {'; '.join(standing.void)}"
            missing: dict[DeadlineTrigger, str] = {"step": why}
            title = f"{standing.name} text to be compared and certified anew"
            yield Subject(held.id, title, held.family, missing=missing, marking=marking, asks=("step",), key=own)
        if last.state == "sent" and last.due:
            known: dict[DeadlineTrigger, Happening] = {"step": Happening(last.due, f"sent {last.date}", where)}
            title = f"{standing.name} text back from {last.by}"
            yield Subject(held.id, title, held.family, (), known, marking=marking, asks=("step",), key=own)


def _waits(negotiation: Negotiation, asked: ClearanceRound, office: str) -> bool:
    """Whether an office that was asked has neither returned a draft nor ever said a word on that text."""
    answered = any(
        each.office.casefold() == office.casefold() and not each.about and each.state != "requested"
        for each in negotiation.approvals
        if each.text in (None, asked.text)
    )
    return not answered and office not in {draft.office for draft in asked.returned}


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
    *,
    today: date,
    texts: Sequence[str],
) -> None:
    """Add the end of the term to `happenings`, or to `missing` why it is not known."""
    if "term-end" in happenings:
        return
    term, renewal = _period(agreement.term), agreement.renewal
    start = happenings.get("entry-into-force")
    if agreement.term and goes_on(renewal):
        missing["term-end"] = f"it goes on after its term ({agreement.term}): “{renewal}”; no day ends it"
    elif is_first(agreement.term) and not renewal:
        missing["term-end"] = f"the {agreement.term} is only the first, and what follows it was not read"
    elif until := _until(agreement.term):
        words = _happening(agreement, evidence, "term", until, f"term: {agreement.term}")
        note = f"Renewal: {agreement.renewal}." if agreement.renewal else ""
        happenings["term-end"] = Happening(until, words.evidence, words.where, note)
    elif not agreement.term and (unread := not_read("term", texts)):
        missing["term-end"] = f"a term is {unread}, and none is held"
    elif not agreement.term:
        missing["term-end"] = "no term is held; it may run until it is terminated, or end by words that were not read"
    elif term is None:
        missing["term-end"] = f"the term ({agreement.term}) is no number of days, months or years"
    elif start is None:
        missing["term-end"] = f"the term is {agreement.term}, and the day of entry into force is not known"
    elif len(start.date) < _FULL_DATE:
        missing["term-end"] = f"the term is {agreement.term} from entry into force, known only as {start.date}"
    else:
        end, note = _end(agreement, date.fromisoformat(start.date), term, today)
        if end < today.isoformat() and renewal and not _period(renewal):
            missing["term-end"] = f"a term ended {end}; it was to go on ({renewal}), for how long is not held"
            return
        note = f"{note} {start.note}".strip()
        words = _happening(agreement, evidence, "term", start.date, f"term: {agreement.term}")
        happenings["term-end"] = Happening(end, f"{words.evidence}; in force {start.date}", words.where, note)


def _until(term: str) -> str:
    """Return the day (ISO) of a term in words such as `until 31 December 2028`; empty for another."""
    found = dates.find(term) if term.startswith("until ") else []
    return found[0].iso if found else ""


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
    found = lengths.length(words)
    if not found or found.unit == "hours":
        return None
    if found.unit == "weeks":
        return 7 * found.number, "days"
    return found.number, cast("PeriodUnit", found.unit)
