"""Deadlines as an iCalendar file (RFC 5545), for the calendar of any mail program."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256

from icalendar import Alarm, Calendar, Event

from agreements.negotiation.deadlines import Deadline

_PRODUCT = "-//security-agreements//calendar//EN"


def to_ics(deadlines: Iterable[Deadline], *, today: date, remind: int = 0) -> bytes:
    """Return an event of one whole day for each of `deadlines` that has a day and is not recorded as done.

    `remind` is how many days before each a calendar reminds of it; 0: it does not.

    The same deadline has the same UID in every file, so that a calendar that reads a newer file moves it and does
    not double it; `today` is the day that the events are stamped with.
    """
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    for deadline in deadlines:
        if deadline.due and deadline.done is None:
            event = _event(deadline, today)
            if remind:
                event.add_component(_reminder(event, remind))
            calendar.add_component(event)
    return bytes(calendar.to_ical())


def _event(deadline: Deadline, today: date) -> Event:
    day = date.fromisoformat(deadline.due)
    event = Event()
    event.add("uid", _uid(deadline))
    event.add("dtstamp", datetime.combine(today, time(), UTC))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    marking = f"[{deadline.subject.marking}] " if deadline.subject.marking else ""
    event.add("summary", f"{marking}{deadline.rule.title}: {deadline.subject.title or deadline.subject.id}")
    event.add("description", "\n".join(_lines(deadline)))
    event.add("categories", [deadline.subject.family])
    event.add("transp", "TRANSPARENT")
    return event


def _reminder(event: Event, days: int) -> Alarm:
    """Return what shows the event `days` before it (RFC 5545, 3.6.6)."""
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", timedelta(days=-days))
    alarm.add("description", event["summary"])
    return alarm


def _uid(deadline: Deadline) -> str:
    """Return an id that says nothing by itself and does not change with the day that is due."""
    key = " ".join(filter(None, (deadline.rule.id, deadline.subject.id, deadline.subject.key)))
    return f"{sha256(key.encode()).hexdigest()[:32]}@security-agreements"


def _lines(deadline: Deadline) -> Iterable[str]:
    yield f"{deadline.rule.rule} ({deadline.rule.citation})"
    if known := deadline.happening:
        yield f"{'By' if deadline.is_the_day else f'Runs from {known.date}:'} {known.evidence} [{known.where}]"
    yield from deadline.remarks
    if deadline.rule.basis != deadline.rule.citation:  # what we noted ourselves is no rule that somebody checked
        yield f"Rule checked {deadline.rule.checked} against: {deadline.rule.basis}."
