"""What concerns several agreements at once: what later instruments did, who belonged to what when, what is not held.

Worked out from the quick facts and kept in `.cache/ledger.json` with the fingerprint of the files, so that a search
can say it without reading them. It can always be deleted.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from agreements.isodates import first_day, last_day
from agreements.platform import replace_file
from agreements.repository import Facts, Repository

if TYPE_CHECKING:
    from agreements.lineage.names import NameIndex

_CACHE = "ledger.json"
_VERSION = 4
_DONE = {"amends": "amended", "replaces": "replaced", "adds": "added", "deletes": "deleted"}
_WHOLE = {"amended-by": "amended", "superseded-by": "superseded", "terminated-by": "terminated"}
_WHOLE_OF_OTHERS = {"amends": "amended", "supersedes": "superseded", "terminates": "terminated"}
_LATE = "9999"
NOTICE = "note-of-termination"  # the form of a note by which one side ends an agreement


@dataclass(frozen=True, slots=True)
class LaterEffect:
    """What a later instrument did: to the provision `path` (empty: to the whole agreement).

    `action` is `amended`, `replaced`, `added`, `deleted` or, of a whole agreement, also `superseded`, `terminated`;
    `by` is the reference to where it says so, `since` an ISO date, empty where none is known.
    """

    action: str
    path: str
    by: str
    since: str = ""

    def words(self) -> str:
        """Return it as a person reads it: `VII.3 replaced by protocol-1990#II from 1990-05-01`."""
        what = self.path or "the agreement"
        return f"{what} {self.action} by {self.by}" + (f" from {self.since}" if self.since else " (date not known)")


@dataclass(frozen=True, slots=True)
class Ledger:
    """`changes` by the agreement that is changed, the earliest first; `members` (code, since, until) by agreement;
    `unheld`: the facts of agreements whose text is not held; `texts`: how many others there are; `as_of`: the latest
    day for which a status is told; `unread`: the ids of agreements that cannot be read, of which nothing else is."""

    changes: Mapping[str, Sequence[LaterEffect]]
    members: Mapping[str, Sequence[Sequence[str]]]
    unheld: Sequence[Facts]
    texts: int = 0
    as_of: str = ""
    unread: Sequence[str] = ()

    def of(self, agreement: str, path: str = "") -> list[LaterEffect]:
        """Return what was done to `path` of `agreement`, to a part of it or to what holds it, or to the whole."""
        return [change for change in self.changes.get(agreement, ()) if touches(change.path, path)]

    def outside(self, parties: Iterable[str], day: str) -> list[str]:
        """Return the agreements to which one of the `parties` (codes) did not belong on `day`, though it is named."""
        wanted = set(parties)
        return sorted(
            agreement
            for agreement, rows in self.members.items()
            if any(code in wanted and not _belonged(since, until, day) for code, since, until in rows)
        )


def ledger_of(repository: Repository, fingerprint: str = "") -> Ledger:
    """Return the ledger of `repository`, whose `fingerprint` is as given where it is known already."""
    return repository.once("ledger", lambda: _ledger_of(repository, fingerprint or repository.fingerprint()))


def _ledger_of(repository: Repository, fingerprint: str) -> Ledger:
    for folder in dict.fromkeys((repository.cache, repository.shared_cache)):
        try:
            row = json.loads((folder / _CACHE).read_bytes())
            if row["fingerprint"] == fingerprint and row["version"] == _VERSION:
                return _read(row)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            continue  # not there, or of another version: made anew
    file = repository.cache / _CACHE
    made = replace(ledger_from(repository.list(), named_facts(repository)), unread=repository.unread())
    with suppress(OSError):  # on a read-only disk it is only slower
        file.parent.mkdir(parents=True, exist_ok=True)
        replace_file(file, json.dumps({"version": _VERSION, "fingerprint": fingerprint, **asdict(made)}).encode())
    return made


def ledger_from(every: Sequence[Facts], by_id: Mapping[str, Facts] | None = None) -> Ledger:
    """Return the ledger of agreements with these facts. What is only drafted or was rejected changes nothing.

    `by_id` is what `named` returns for them, where it is known already.
    """
    by_id = named({facts.id: facts for facts in every}) if by_id is None else by_id
    changes: dict[str, list[LaterEffect]] = {}
    for agreement, change in _changes(by_id):
        changes.setdefault(agreement, []).append(change)
    return Ledger(
        changes={a: sorted(dict.fromkeys(rows), key=_order) for a, rows in changes.items()},
        members={facts.id: facts.members for facts in every if facts.members},
        unheld=[facts for facts in every if not facts.text_held and facts.standing == "agreement"],
        texts=sum(facts.text_held and facts.standing == "agreement" for facts in every),
        as_of=max((facts.as_of for facts in every if facts.standing == "agreement"), default=""),
    )


def touches(changed: str, path: str) -> bool:
    """Whether the provision `changed` is `path`, a part of it, or holds it; the whole (empty) touches everything."""
    return not changed or not path or _holds(changed, path) or _holds(path, changed)


def in_effect(change: LaterEffect, day: str) -> bool:
    """Whether `change` had effect on `day` (ISO, may stop at year or month); one without a date is taken to have."""
    return not change.since or first_day(change.since) <= last_day(day)


def _holds(outer: str, inner: str) -> bool:
    return inner == outer or inner.startswith(outer + ".")


def _belonged(since: str, until: str, day: str) -> bool:
    return (not since or first_day(since) <= last_day(day)) and (not until or last_day(until) >= first_day(day))


def _order(change: LaterEffect) -> tuple[str, str, str]:
    return (change.since or _LATE, change.path, change.by)


def _changes(by_id: Mapping[str, Facts]) -> Iterator[tuple[str, LaterEffect]]:
    exact = set()
    for facts in by_id.values():
        for action, agreement, path, since, by, _ in facts.effects:
            if agreement and _counts(facts, by_id.get(agreement)):
                exact.add((agreement, facts.id))
                where = f"{facts.id}#{by}" if by else facts.id
                yield agreement, LaterEffect(_DONE[action], path, where, since or _day_of(facts))
    for agreement, instrument, action in _of_wholes(by_id):
        known = by_id.get(instrument)
        if (action != "amended" or (agreement, instrument) not in exact) and _counts(known, by_id.get(agreement)):
            yield agreement, LaterEffect(action, "", instrument, _day_of(known) if known else "")


def named(by_id: Mapping[str, Facts], catalog: "NameIndex | None" = None) -> Mapping[str, Facts]:
    """Return the facts with the ids of the agreements that effects and relations only name, where these are certain.

    `catalog` are the names of the same agreements, where they are known already.
    """
    naming = {i: f for i, f in by_id.items() if f.acts_on or any(not agreement for _, agreement, *_ in f.effects)}
    if not naming:
        return by_id
    from agreements.lineage.names import NameIndex

    catalog = catalog or NameIndex(by_id)
    return {**by_id, **{i: _with_ids(facts, catalog) for i, facts in naming.items()}}


def named_facts(repository: Repository) -> Mapping[str, Facts]:
    """Return the facts of all agreements of `repository` by id, as `named` has them."""

    def made() -> Mapping[str, Facts]:
        from agreements.lineage.names import NameIndex

        catalog = NameIndex.of(repository)
        return named(catalog.facts, catalog)

    return repository.once("named facts", made)


def id_meant(title: str, facts: Facts, catalog: "NameIndex") -> str:
    """Return the id of the agreement that `facts` name by its `title` only; empty where it is not certain."""
    certain = [found for found in catalog.find(title, facts)[0] if found != facts.id]
    return certain[0] if len(certain) == 1 else ""


def _with_ids(facts: Facts, catalog: "NameIndex") -> Facts:
    effects = tuple(
        (action, agreement or id_meant(row[-1], facts, catalog), *row) for action, agreement, *row in facts.effects
    )
    related = (f"{kind} {target}" for kind, title in facts.acts_on if (target := id_meant(title, facts, catalog)))
    return replace(facts, effects=effects, relations=(*facts.relations, *related))


def _of_wholes(by_id: Mapping[str, Facts]) -> Iterator[tuple[str, str, str]]:
    for facts in by_id.values():
        if facts.form == NOTICE and not facts.in_force:
            continue  # on which day the other ends, it does not say
        for kind, _, other in (relation.partition(" ") for relation in facts.relations):
            if kind in _WHOLE:
                yield facts.id, other, _WHOLE[kind]
            elif kind in _WHOLE_OF_OTHERS:
                yield other, facts.id, _WHOLE_OF_OTHERS[kind]


def _counts(instrument: Facts | None, changed: Facts | None) -> bool:
    """Whether an instrument has effect: an agreement of States, or a specimen upon a specimen."""
    if instrument is None:
        return True
    return instrument.standing == "agreement" or (changed is not None and instrument.standing == changed.standing)


def _day_of(facts: Facts) -> str:
    return facts.in_force or max(facts.signed, default="")


def _read(row: Mapping[str, Any]) -> Ledger:
    def facts(held: Mapping[str, Any]) -> Facts:
        values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in held.items()}
        return Facts(**values)

    changes = {agreement: [LaterEffect(**change) for change in rows] for agreement, rows in row["changes"].items()}
    unheld = [facts(held) for held in row["unheld"]]
    return Ledger(changes, row["members"], unheld, row["texts"], row["as_of"], row["unread"])
