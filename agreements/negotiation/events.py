"""The days of agreements as `timeline` and `partner` show them: those that the facts state, and those that `calendar`
computes from them. Nothing is counted here; one computation serves all three.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from agreements.lineage.history import Event, events_of, within
from agreements.lineage.ledger import named_facts
from agreements.negotiation.calendar import subjects_held
from agreements.negotiation.deadlines import Happening, Subject
from agreements.repository import Facts, Repository
from agreements.survey.partners import Instrument, PartnerPage

_ENDED_OTHERWISE = ("superseded", "terminated")  # so that the term is not what ended it


def timeline_of(
    repository: Repository, chosen: Sequence[Facts], *, since: str = "", until: str = "", today: date | None = None
) -> tuple[Event, ...]:
    """Return what happened to the agreements `chosen`, and when their terms end, the earliest first.

    From `since` to `until` (ISO, may stop at year or month). A day of entry into force that follows from the signature
    and the end of a term are those of `calendar` on `today`. Raises `RepositoryError`.
    """
    events = list(events_of(chosen, named_facts(repository), since=since, until=until))
    concluded = {facts.id: facts for facts in chosen if facts.standing == "agreement"}
    subjects = subjects_held(repository, [*concluded], today=today or date.today())
    computed = (each for id_, subject in subjects.items() for each in _computed(concluded[id_], subject))
    events += within(computed, since, until)
    return tuple(sorted(events, key=lambda e: (e.date, e.agreement, e.what)))


def _computed(facts: Facts, subject: Subject) -> Iterator[Event]:
    """Yield the entry into force that follows from the signature, and the end of the term, of one agreement."""
    known, title = subject.happenings, facts.short_title or facts.title
    if (entry := known.get("entry-into-force")) and not facts.in_force:
        yield Event(
            entry.date, "in force", facts.id, title, facts.family, _how(entry), unconfirmed=entry.is_unconfirmed
        )
    end = known.get("term-end")
    if end and not subject.is_notice_given and facts.status not in _ENDED_OTHERWISE:
        yield Event(end.date, "term ends", facts.id, title, facts.family, end.note, unconfirmed=end.is_unconfirmed)


def _how(entry: Happening) -> str:
    return "on signature" if "signature" in entry.evidence else entry.evidence


def with_days(page: PartnerPage, repository: Repository, *, today: date | None = None) -> PartnerPage:
    """Return a partner's page with the days that `calendar` computes of each instrument, or why there is no end."""
    shown = [each.id for each in (*page.bilateral, *page.multilateral)]
    subjects = subjects_held(repository, shown, today=today or date.today())
    return replace(
        page,
        bilateral=tuple(_with_days(page.bilateral, subjects)),
        multilateral=tuple(_with_days(page.multilateral, subjects)),
    )


def _with_days(rows: Iterable[Instrument], subjects: Mapping[str, Subject]) -> Iterator[Instrument]:
    for row in rows:
        subject = subjects.get(row.id)
        yield _dated(row, subject) if subject else row


def _dated(row: Instrument, subject: Subject) -> Instrument:
    entry, end = subject.happenings.get("entry-into-force"), subject.happenings.get("term-end")
    if entry and not row.in_force:
        row = replace(row, in_force=entry.date, in_force_note=_how(entry))
    if row.status.startswith(_ENDED_OTHERWISE) or subject.is_notice_given:
        return row
    if end:
        unsure = "unconfirmed" if end.is_unconfirmed else ""
        return replace(row, term_ends=end.date, term_note=", ".join(filter(None, (end.note, unsure))))
    return replace(row, term_note=subject.missing.get("term-end", "") if row.term else "")
