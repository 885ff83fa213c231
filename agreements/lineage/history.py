"""What happened to agreements: what was signed, in force and ended when, and what acts on what."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from agreements.display import shown_short
from agreements.lineage.ledger import NOTICE, id_meant, named_facts
from agreements.repository import Facts, Repository

EventKind = Literal["signed", "in force", "ended"]
_INVERSE = {
    "amends": "amended-by", "supplements": "supplemented-by", "implements": "implemented-by",
    "extends": "extended-by", "supersedes": "superseded-by", "terminates": "terminated-by",
}  # fmt: skip
_INVERSE |= {theirs: ours for ours, theirs in _INVERSE.items()} | {"related": "related"}
NOT_YET, NOT_ESTABLISHED = "not yet signed", "not established"
_ENDED = ("superseded", "expired", "terminated")


@shown_short
@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to an agreement on a date (ISO, may stop at year or month); `note` says how it is known.

    An end whose date is not known has the date as of which it was known, and `by` is True. What rests on general
    knowledge alone is `unconfirmed`.
    """

    date: str
    what: EventKind
    agreement: str
    title: str
    family: str
    note: str = ""
    by: bool = False
    unconfirmed: bool = False


@shown_short
@dataclass(frozen=True, slots=True)
class Related:
    """An agreement (`id`; empty when it is known by `title` only) and what it is to the one asked about.

    `kind` reads from the one asked about (`amended-by`). `stated_by` says whose facts hold it: `this`, `other`,
    `both`. `status` is that as of the date asked for, in words.
    """

    kind: str
    id: str
    title: str
    signed: str = ""
    status: str = ""
    note: str = ""
    stated_by: str = "this"

    def as_json(self) -> dict[str, str]:
        """Return all fields."""
        return asdict(self)


def events_of(
    chosen: Iterable[Facts], every: Mapping[str, Facts], *, since: str = "", until: str = ""
) -> tuple[Event, ...]:
    """Return what happened to the agreements `chosen` (drafts and specimens left out), the earliest first.

    From `since` to `until` (ISO, may stop at year or month); `every` are the facts of all by id.
    """
    held = notices_of(every)
    events = [
        e for facts in chosen if facts.standing == "agreement" for e in _events(facts, every, held.get(facts.id, ()))
    ]
    kept = (
        e
        for e in events
        if (not since or e.date >= since[: len(e.date)]) and (not until or e.date[: len(until)] <= until)
    )
    return tuple(sorted(kept, key=lambda e: (e.date, e.agreement, e.what)))


def related(repository: Repository, agreement: str, *, as_of: str = "") -> tuple[Related, ...]:
    """Return what other agreements are to `agreement`, stated by its own facts or by theirs, by kind and date.

    `as_of` is the day for which the status is said. Raises `NotFoundError`, `RepositoryError`.
    """
    every = named_facts(repository)
    found: dict[tuple[str, str], Related] = {}
    for relation in repository.get(agreement, places=False).relations:
        own = every.get(agreement)
        target = relation.target or (_meant(repository, relation.title, own) if own and relation.title else "")
        known = every.get(target)
        title = known.called if known else relation.title or target
        note = relation.note
        if own and own.form == NOTICE and relation.kind == "terminates" and own.in_force:
            note = _notice_note(own, "terminated-by")
        row = Related(relation.kind, target, title, *_standing(known, every, as_of), note=note)
        found[relation.kind, target or title] = row
    for facts in every.values():
        for kind in _towards(facts, agreement):
            stated = "both" if (kind, facts.id) in found else "other"
            note = found[kind, facts.id].note if stated == "both" else ""
            note = note or (_notice_note(facts, kind) if facts.form == NOTICE else "")
            title = facts.called
            found[kind, facts.id] = Related(kind, facts.id, title, *_standing(facts, every, as_of), note, stated)
    return tuple(sorted(found.values(), key=lambda row: (row.kind, row.signed or "9999", row.id, row.title)))


def _meant(repository: Repository, title: str, facts: Facts) -> str:
    from agreements.lineage.names import NameIndex

    return id_meant(title, facts, NameIndex.of(repository))


def status_on(facts: Facts, day: str, every: Mapping[str, Facts]) -> str:
    """Return in words what is known of the status of an agreement on `day` (ISO; empty: as the facts have it).

    Nothing is inferred that no date supports: after the date of the facts the status is not established.
    """
    if not day:
        words = NOT_ESTABLISHED if facts.status == "unknown" else facts.status.replace("-", " ")
        unsure = "unconfirmed" if "status" in facts.unconfirmed else ""
        said = ", ".join(filter(None, (f"as of {facts.as_of}" if facts.as_of else "", unsure)))
        return f"{words} ({said})" if said and facts.status != "unknown" else words
    if facts.signed and day < min(facts.signed)[: len(day)]:
        return NOT_YET
    if facts.in_force and day < facts.in_force[: len(day)]:
        return facts.said("in_force", "signed, not yet in force")
    found = _ended_on(facts, day, every) or _in_force_on(facts, day, every)
    return facts.said("status", found) or NOT_ESTABLISHED


def _ended_on(facts: Facts, day: str, every: Mapping[str, Facts]) -> str:
    ended, by = end_of(facts, every)
    if not ended or (not by and day < ended[: len(day)]):
        return ""
    if by and day < ended[: len(day)]:
        return f"{facts.status} by {ended}; on this day not established"
    return f"{facts.status} {'by' if by else 'since'} {ended}"


def _in_force_on(facts: Facts, day: str, every: Mapping[str, Facts]) -> str:
    ended, by = end_of(facts, every)
    known = facts.as_of if facts.status == "in-force" else ""
    until = (ended if not by else "") or known
    return "in force" if facts.in_force and until and day <= until[: len(day)] else ""


def end_of(facts: Facts, every: Mapping[str, Facts]) -> tuple[str, bool]:
    """Return the date on which an agreement ended, and whether that only says `by` when; empty when it has not."""
    if facts.status not in _ENDED:
        return "", False
    for relation in facts.relations:
        kind, _, target = relation.partition(" ")
        successor = every.get(target)
        if kind in ("superseded-by", "terminated-by") and successor and successor.in_force:
            return successor.in_force, False
    return facts.as_of, True


def notices_of(every: Mapping[str, Facts]) -> dict[str, tuple[Facts, ...]]:
    """Return the notices of termination that are held, by the agreement that they end; `every` are facts by id."""
    found: dict[str, tuple[Facts, ...]] = {}
    for facts in every.values():
        for relation in facts.relations if facts.form == NOTICE else ():
            kind, _, target = relation.partition(" ")
            if kind == "terminates":
                found[target] = (*found.get(target, ()), facts)
    return found


def notice_words(notices: Iterable[Facts]) -> str:
    """Return in words that notice of termination is held, and the day on which the agreement ends by it."""
    said = (f"{n.id}, {f'ends {n.in_force}' if n.in_force else 'the day of the end is not read'}" for n in notices)
    words = "; ".join(said)
    return f"notice of termination held ({words})" if words else ""


def _notice_note(notice: Facts, kind: str) -> str:
    if kind != "terminated-by":
        return ""
    return "notice of termination" + (f", ends {notice.in_force}" if notice.in_force else "")


def _events(facts: Facts, every: Mapping[str, Facts], notices: Sequence[Facts] = ()) -> Iterator[Event]:
    title = facts.called
    for notice in notices:
        if notice.in_force:
            yield Event(notice.in_force, "ended", facts.id, title, facts.family, f"notice of termination {notice.id}")
    if facts.form == NOTICE:
        for date in dict.fromkeys(facts.signed):
            yield Event(date, "signed", facts.id, title, facts.family, "notice of termination")
        return
    for date in dict.fromkeys(facts.signed):  # two notes of one day are one signing
        yield Event(date, "signed", facts.id, title, facts.family, unconfirmed="signed" in facts.unconfirmed)
    if facts.in_force:
        unsure = "in_force" in facts.unconfirmed
        yield Event(facts.in_force, "in force", facts.id, title, facts.family, unconfirmed=unsure)
    ended, by = end_of(facts, every)
    if ended:
        unsure = "status" in facts.unconfirmed
        yield Event(ended, "ended", facts.id, title, facts.family, facts.status, by, unsure)


def _towards(facts: Facts, agreement: str) -> Iterator[str]:
    """Yield what `facts` are to `agreement` by their own word, read from `agreement`."""
    for relation in facts.relations:
        kind, _, target = relation.partition(" ")
        if target == agreement:
            yield _INVERSE.get(kind, "related")


def _standing(facts: Facts | None, every: Mapping[str, Facts], as_of: str) -> tuple[str, str]:
    if facts is None:
        return "", "not held here"
    return min(facts.signed, default=""), status_on(facts, as_of, every)


_FOLLOWED = ("amended-by", "extended-by", "superseded-by", "supersedes", "amends", "extends")


class Chains:
    """Which of `every` agreement changed, extended or replaced which, said by either of the two."""

    def __init__(self, every: Mapping[str, Facts]) -> None:
        self._every = every
        self._next: dict[str, list[str]] = {}
        for facts in every.values():
            for relation in facts.relations:
                kind, _, target = relation.partition(" ")
                if kind in _FOLLOWED:
                    self._next.setdefault(facts.id, []).append(target)
                if _INVERSE.get(kind) in _FOLLOWED:
                    self._next.setdefault(target, []).append(facts.id)

    def of(self, agreement: str) -> tuple[str, ...]:
        """Return the ids of all that amend, extend or replace `agreement`, of what it did so to, and its own."""
        seen, pending = {agreement}, [agreement]
        while pending:
            for target in self._next.get(pending.pop(), ()):
                if target in self._every and target not in seen:
                    seen.add(target)
                    pending.append(target)
        return tuple(sorted(seen, key=self._signed))

    def _signed(self, agreement: str) -> tuple[str, str]:
        facts = self._every.get(agreement)
        return min(facts.signed, default="9999") if facts else "", agreement


def as_rows(events: Sequence[Event]) -> list[dict[str, Any]]:
    """Return events as JSON rows."""
    return [asdict(event) for event in events]
