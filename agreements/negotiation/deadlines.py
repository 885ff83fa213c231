"""Deadlines: rules that are data, and the days that they give for what is known of an agreement or a negotiation.

A rule is a row of `data/deadlines.csv`: what it asks, its citation, on what it was checked and when, the event that
starts the period and the period. Nothing is computed from a day that is not known to the day.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Literal, get_args

from agreements.isodates import PeriodUnit, shifted
from agreements.negotiation.days import remark
from agreements.resources import data

DeadlineTrigger = Literal[
    "signature",
    "entry-into-force",
    "term-end",
    "designation",
    "delivery",
    "authority-end",
    "step",
    "question",
    "parties",
    "files",
]
EVENTS: Mapping[DeadlineTrigger, str] = {
    "signature": "the day of the last signature",
    "entry-into-force": "the day of entry into force",
    "term-end": "the day on which the term ends",
    "designation": "the day on which the State is to be designated",
    "delivery": "the day on which an order was delivered",
    "authority-end": "the day on which the authority ends",
    "step": "the day by which the step is to be taken",
    "question": "the day by which the question is to be answered",
    "parties": "who the parties are",
    "files": "what its files say",
}
OF_AN_AGREEMENT: tuple[DeadlineTrigger, ...] = ("signature", "entry-into-force", "term-end", "designation", "delivery")
_FULL_DATE = 10  # characters of a date that is known to the day
_ONLY_QUALIFYING = "No day is counted: it says that it does not bind. Due only if L says that it qualifies."
_FROM_NOTICE = ("notice", "extension")  # in place of a count: the notices that the agreement itself asks for


@dataclass(frozen=True, slots=True)
class DeadlineRule:
    """A row of `data/deadlines.csv`.

    It applies to any of `families` (all where empty, and none of `not_families`) to which `party` is a party, where
    `partner` is `non-nato` only if no other party is a member of NATO, and to events from `since` to `until` (ISO
    dates, both included). `count` is a number of `unit`, `notice` or `extension` for a notice of the agreement itself,
    or empty where no day is fixed.
    `closed_by` are the steps of a closing that do what the rule asks, `undated` says why there is no day where none is
    counted. `binding` is `yes` for rules of texts that bind, `no` for those that do not, empty for both: a text of
    which nothing says that it does not bind counts as one that does. `qualifying` is for both too, but what does not
    bind it reaches only as a qualifying instrument, which a person says: no day is counted there, nor by a `no`.
    `checked` is the day on which the row was held against `basis`; `is_verified` says whether that was a source.
    """

    id: str
    title: str
    families: tuple[str, ...]
    not_families: tuple[str, ...]
    party: str
    partner: str
    trigger: DeadlineTrigger
    count: str
    unit: PeriodUnit
    since: str
    until: str
    closed_by: tuple[str, ...]
    undated: str
    rule: str
    citation: str
    checked: str
    is_verified: bool
    basis: str
    note: str
    binding: str = ""


@dataclass(frozen=True, slots=True)
class Happening:
    """An event: its date (ISO, perhaps only a month or a year), the words that say so, and where they stand.

    It `is_unconfirmed` where the date rests on general knowledge alone.
    """

    date: str
    evidence: str
    where: str = ""
    note: str = ""
    is_unconfirmed: bool = False


@dataclass(frozen=True, slots=True)
class NoticeBefore:
    """A notice of `count` `unit` that is given before a day, with the words that ask for it and where they stand."""

    count: int
    unit: PeriodUnit
    words: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """What deadlines are worked out for: an agreement or a negotiation.

    `parties` are codes; `happenings` what is known to have happened or to be planned, by event; `missing` says of
    an event that is not known why. `notices` are those by which the agreement ends with its term (`notice`) and by
    which it is extended (`extension`); `no_notice` says why the first is not known. Only rules
    of the events that it `asks` about are looked at. `closed` are the days of steps that were done, by the step; `key`
    tells apart what is of one id (`step 2`). `binding` is False only where the text is known not to bind.
    """

    id: str
    title: str
    family: str
    parties: tuple[str, ...] = ()
    happenings: Mapping[DeadlineTrigger, Happening] = field(default_factory=dict)
    missing: Mapping[DeadlineTrigger, str] = field(default_factory=dict)
    notices: Mapping[str, NoticeBefore] = field(default_factory=dict)
    no_notice: str = ""
    marking: str = ""
    asks: tuple[DeadlineTrigger, ...] = OF_AN_AGREEMENT
    closed: Mapping[str, Happening] = field(default_factory=dict)
    key: str = ""
    binding: bool | None = None
    is_notice_given: bool = False


@dataclass(frozen=True, slots=True)
class Deadline:
    """What a rule gives for a subject: the day `due` (ISO), or `missing`, which says why there is none.

    `happening` is the event that the period runs from, None where it is not known; `remarks` are what a person should
    know: a weekend or holiday, a rule that was not verified, what the rule leaves open. `done` is the record that what
    the rule asks was done, None where there is none. `latest` is the last day (ISO) on which it can fall due where the
    event is known only by its month or year.
    """

    subject: Subject
    rule: DeadlineRule
    due: str
    happening: Happening | None
    missing: str
    remarks: tuple[str, ...]
    done: Happening | None = None
    latest: str = ""

    @property
    def is_the_day(self) -> bool:
        """Whether it is due on the very day that its event names, so that nothing is counted from that."""
        return self.happening is not None and self.due == self.happening.date

    def as_json(self) -> dict[str, object]:
        """Return the row for JSON."""
        known = self.happening
        return {
            "agreement": self.subject.id,
            "rule": self.rule.id,
            "title": self.rule.title,
            "due": self.due or None,
            "trigger": self.rule.trigger,
            "trigger_date": known.date if known else None,
            "evidence": {"words": known.evidence, "where": known.where} if known else None,
            "unconfirmed": bool(known and known.is_unconfirmed),
            "missing": self.missing or None,
            "requires": self.rule.rule,
            "citation": self.rule.citation,
            "verified": self.rule.is_verified,
            "checked": {"date": self.rule.checked, "against": self.rule.basis},
            "remarks": [*self.remarks],
            **({"done": {"date": self.done.date, "words": self.done.evidence}} if self.done else {}),
        }


@cache
def rules() -> tuple[DeadlineRule, ...]:
    """Return all rules in the order of the file."""
    with data("deadlines.csv").open(encoding="utf-8", newline="") as rows:
        return tuple(_rule(row) for row in csv.DictReader(rows))


def deadlines_of(subject: Subject) -> Iterator[Deadline]:
    """Yield what every rule that applies to `subject` gives, in the order of the rules."""
    for rule in rules():
        known = subject.happenings.get(rule.trigger)
        if _applies(rule, subject, known):
            yield _deadline(rule, subject, known)


def _rule(row: dict[str, str]) -> DeadlineRule:
    fields = {
        **row,
        "families": tuple(filter(None, row["families"].split("|"))),
        "not_families": tuple(filter(None, row["not_families"].split("|"))),
        "closed_by": tuple(filter(None, row["closed_by"].split("|"))),
        "is_verified": row["verified"] == "yes",
    }
    del fields["verified"]
    if row["trigger"] not in EVENTS or (row["unit"] or "days") not in get_args(PeriodUnit):
        raise ValueError(f"deadlines.csv, {row['id']}: unknown trigger or unit")
    if row["count"] not in ("", *_FROM_NOTICE) and not row["count"].removeprefix("-").isdecimal():
        raise ValueError(f"deadlines.csv, {row['id']}: {row['count']!r} is no number of days or months")
    return DeadlineRule(**fields)  # type: ignore[arg-type]


def _applies(rule: DeadlineRule, subject: Subject, known: Happening | None) -> bool:
    in_family = subject.family not in rule.not_families and (not rule.families or subject.family in rule.families)
    is_asked = rule.trigger in subject.asks and not (subject.is_notice_given and rule.count in _FROM_NOTICE)
    if not is_asked or not in_family or (rule.party and rule.party not in subject.parties):
        return False
    if rule.binding in ("yes", "no") and (rule.binding == "no") is not (subject.binding is False):
        return False
    if rule.count in _FROM_NOTICE and rule.count not in subject.notices and (known is None or rule.count != "notice"):
        return False
    if known is None:
        return not rule.until
    if (rule.since and known.date < rule.since[: len(known.date)]) or (rule.until and known.date > rule.until):
        return False
    return rule.partner != "non-nato" or not _all_in_nato(rule, subject, known.date)


def _all_in_nato(rule: DeadlineRule, subject: Subject, day: str) -> bool:
    members = nato_members(day)
    others = [party for party in subject.parties if party != rule.party]
    return bool(others) and all(party in members or party == "NATO" for party in others)


@cache
def nato_members(day: str) -> frozenset[str]:
    """Return the codes of the members of the North Atlantic Treaty Organization on `day` (ISO)."""
    with data("nato_members.csv").open(encoding="utf-8", newline="") as rows:
        return frozenset(row["code"] for row in csv.DictReader(rows) if row["since"][: len(day)] <= day)


def _deadline(rule: DeadlineRule, subject: Subject, known: Happening | None) -> Deadline:
    due, missing = _due(rule, subject, known)
    said = (
        f"{due} is {day}; the date is not moved." if due and (day := remark(date.fromisoformat(due))) else "",
        "" if rule.is_verified else f"Not verified ({rule.basis}).",
        rule.note,
        _noticed(subject.notices.get(rule.count)) if due else "",
        known.note if known and (due or rule.count) else "",  # where no day is fixed, none can be moved
        f"UNCONFIRMED: {known.date} rests on general knowledge." if known and known.is_unconfirmed else "",
    )
    done = next((subject.closed[step] for step in rule.closed_by if step in subject.closed), None)
    latest = due or (_latest(rule, subject, known) if known else "")
    return Deadline(subject, rule, due, known, missing, tuple(filter(None, said)), done, latest)


def _noticed(notice: NoticeBefore | None) -> str:
    """Return the words that ask for the notice which is counted back, and where they stand."""
    return f"The notice: “{notice.words}” [{notice.where}]." if notice and notice.words else ""


def _latest(rule: DeadlineRule, subject: Subject, known: Happening) -> str:
    """Return the last day that the rule can give for an event of which only the month or year is known."""
    year, _, month = known.date.partition("-")
    if len(known.date) >= _FULL_DATE or not rule.count:
        return ""
    last = shifted(date(int(year), int(month or "12"), 1), 0, "month-end").isoformat()
    return _due(rule, subject, Happening(last, known.evidence))[0]


def _without_day(rule: DeadlineRule, subject: Subject, known: Happening | None) -> str:
    """Return why no day can be counted; empty where one can."""
    if rule.binding and subject.binding is False:
        return _ONLY_QUALIFYING
    if known is None:
        reason = subject.missing.get(rule.trigger, "") or f"{EVENTS[rule.trigger]} is not known"
        return f"Cannot compute: {reason}."
    if not rule.count:
        return rule.undated
    if len(known.date) < _FULL_DATE:
        return f"Cannot compute: {EVENTS[rule.trigger]} is known only as {known.date}."
    if rule.count in _FROM_NOTICE and rule.count not in subject.notices:
        why = subject.no_notice or "the program read no notice of termination, or more than one"
        return f"Cannot compute: {why}."
    return ""


def _due(rule: DeadlineRule, subject: Subject, known: Happening | None) -> tuple[str, str]:
    """Return the day that is due, or why none can be computed."""
    why = _without_day(rule, subject, known)
    if why or known is None:
        return "", why
    if notice := subject.notices.get(rule.count):
        count, unit = -notice.count, notice.unit
    else:
        count, unit = int(rule.count), rule.unit
    try:
        return shifted(date.fromisoformat(known.date), count, unit).isoformat(), ""
    except OverflowError as beyond:
        return "", f"Cannot compute: {beyond}."
