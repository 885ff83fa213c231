"""The verb `calendar`: deadlines of agreements and negotiations, worked out from rules with their citations."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from agreements.errors import AgreementsError, QueryError, unknown
from agreements.library.repositories import listing, open_repository
from agreements.negotiation.deadlines import EVENTS, Deadline, DeadlineTrigger, Happening, deadlines_of
from agreements.negotiation.store import Negotiations
from agreements.negotiation.subjects import subject_of, subjects_of
from agreements.platform import replace_file
from agreements.repository import Facts, Repository
from agreements.states import code_of

_OVER = ("superseded", "expired", "terminated")
_CHANGING = ("amends", "extends")


def calendar(
    folder: Path,
    agreements: Sequence[str] = (),
    *,
    families: Sequence[str] = (),
    parties: Sequence[str] = (),
    events: Mapping[str, str] | None = None,
    today: date | None = None,
) -> tuple[Deadline, ...]:
    """Return the deadlines of `agreements` (all that are not over, where none is named), the earliest first.

    Among them are the ids of negotiations. Of any of `families` with all of `parties`. `events` names days that the
    repository does not know, by event (`delivery`: `2026-05-31`). What cannot be computed comes last and says why.
    `today` decides which renewal of a term runs. Raises `RepositoryError`, `NotFoundError`, and `QueryError` for a day
    that is none.
    """
    repository, day = open_repository(folder), today or date.today()
    named = {_event(name): _day(name, value) for name, value in (events or {}).items()}
    negotiations = Negotiations(repository)
    kept = [i for i in agreements or negotiations.ids() if i in negotiations.ids()]
    ids = [i for i in agreements if i not in kept] or [
        f.id for f in listing(folder, families=families, parties=parties) if _runs(f) and not agreements
    ]
    later = _later(repository)
    found = [d for i in ids for d in _of(repository, i, named, later.get(i, ()), day)]
    found += [d for i in kept for d in _of_negotiation(repository, negotiations, i, families, parties)]
    return tuple(sorted(found, key=lambda d: (not d.due, d.due, d.subject.id)))


def write_calendar(deadlines: Sequence[Deadline], target: Path, *, today: date | None = None) -> int:
    """Write `deadlines` that have a day to `target` as iCalendar; returns how many.

    Raises `AgreementsError` when the file cannot be written.
    """
    from agreements.negotiation.ics import to_ics

    try:
        replace_file(target, to_ics(deadlines, today=today or date.today()))
    except OSError as error:
        raise AgreementsError(f"{target} cannot be written: {error.strerror}.", hint="Name another file.") from error
    return sum(bool(d.due) for d in deadlines)


def _of(
    repository: Repository,
    agreement: str,
    named: Mapping[DeadlineTrigger, Happening],
    later: Sequence[str],
    today: date,
) -> Iterator[Deadline]:
    held, record = repository.get(agreement, places=False), repository.reading(agreement)
    evidence = record.evidence if record else ()
    yield from deadlines_of(subject_of(held, evidence, today=today, given=named, later=later))


def _of_negotiation(
    repository: Repository,
    negotiations: Negotiations,
    negotiation: str,
    families: Sequence[str],
    parties: Sequence[str],
) -> Iterator[Deadline]:
    held = negotiations.get(negotiation)
    over = held.stages and held.stages[-1].stage == "ended"
    codes = {code_of(name) or name for name in parties}
    if over or (families and held.family not in families) or not codes <= {"USA", held.partner}:
        return
    concluded = bool(held.agreement) and repository.holds(held.agreement)
    for subject in subjects_of(held, negotiations.marking(negotiation), agreement_held=concluded):
        yield from deadlines_of(subject)


def _runs(facts: Facts) -> bool:
    return facts.standing == "agreement" and facts.status not in _OVER


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
