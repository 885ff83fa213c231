"""A partner: everything held with one State or organisation on one page."""

import heapq
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from agreements.display import shown_short
from agreements.errors import NotFoundError
from agreements.isodates import shifted
from agreements.languages import ReadMatter, lengths, not_read
from agreements.lineage.history import NOT_YET, Chains, notice_words, notices_of, status_on
from agreements.lineage.ledger import NOTICE, named_facts
from agreements.repository import Facts, Repository
from agreements.states import is_organisation, may_bind, name_of, party_key
from agreements.survey.coverage import Matrix, matrix_of

_FULL_DATE = 10  # characters of a day
_MANY = 3  # parties of a multilateral agreement; fellow parties that make an absence worth telling
_NEAREST = 5  # agreements of the same family that a text is held against
_USUAL = 0.6  # share of them that make a topic usual
_OVER = ("superseded", "expired", "terminated", "not-in-force")


@dataclass(frozen=True, slots=True)
class Instrument:
    """An agreement with the partner. Dates are ISO; `status` is in words as of the day asked for.

    `first_term_ends` is worked out from the day of entry into force and a term of whole years; `since` and `until`
    are the partner's membership of a multilateral agreement; `chain` are the ids of what it changed and what changed
    it, and `unconfirmed` names the facts that rest on general knowledge alone (`in_force`). `notice_given` says in
    words that notice of its termination is held, and when it ends by that; a notice itself has no day in force.
    `not_read` says in words which facts are not held and not read in the language of its text.
    """

    id: str
    title: str
    family: str
    signed: str
    in_force: str
    status: str
    is_over: bool
    text_held: bool
    citations: tuple[str, ...] = ()
    term: str = ""
    renewal: str = ""
    notice_months: int | None = None
    notice_days: int | None = None
    first_term_ends: str = ""
    since: str = ""
    until: str = ""
    chain: tuple[str, ...] = ()
    unconfirmed: tuple[str, ...] = ()
    notice_given: str = ""
    not_read: str = ""


@dataclass(frozen=True, slots=True)
class OnlyOthers:
    """Something that others have and that is not seen with the partner.

    It is a family (`of` empty) of which no agreement with it is held, or a core topic of a text `of`: `said` says
    whether the program did not find it there, or who read that it is not there. `have` of `among` others have it, and
    `who` names some.
    """

    what: str
    of: str
    have: int
    among: int
    who: tuple[str, ...]
    said: str = ""


@shown_short
@dataclass(frozen=True, slots=True)
class PartnerPage:
    """Everything held with one partner: all agreements, newest first, and what only others have.

    `uncounted` are agreements held that may be with it and are not among them: no party of theirs is known, an
    organisation is, and its members are not listed, or a party that no table knows has its name in its own. `alike` are
    ids that have parties, day and family in common: they may be one agreement. `differing` are sentences on days that
    a negotiation records otherwise than the facts of the agreement, which the page shows.
    """

    code: str
    name: str
    as_of: str
    bilateral: tuple[Instrument, ...]
    multilateral: tuple[Instrument, ...]
    only_others: tuple[OnlyOthers, ...]
    uncounted: tuple[str, ...] = ()
    alike: tuple[tuple[str, ...], ...] = ()
    differing: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return all of it as JSON."""
        return asdict(self)


def partner(
    repository: Repository, named: str, *, as_of: str = "", tell: Callable[[str], None] | None = None
) -> PartnerPage:
    """Return the page of the State or organisation `named` (code or name) as of a day (ISO; empty: as the facts say).

    Multilateral agreements are those that it belonged to on that day. Raises `NotFoundError` for a name that is
    neither known nor in the repository, `RepositoryError`.
    """
    rows = tuple(f for f in repository.list() if f.standing == "agreement")
    notices = notices_of(named_facts(repository))
    code = party_key(named)
    name = _name(code, rows)
    every = {facts.id: facts for facts in rows}
    chains = Chains(every)
    bilateral, multilateral = [], []
    for facts in rows:
        if code not in map(party_key, facts.parties):
            continue
        instrument = _instrument(facts, code, as_of, every, chains)
        given = [n for n in notices.get(facts.id, ()) if not as_of or min(n.signed, default="") <= as_of]
        instrument = replace(instrument, notice_given=notice_words(given))
        if instrument.status == NOT_YET:
            continue
        if len(facts.parties) < _MANY:
            bilateral.append(instrument)
        elif _is_member(instrument, as_of):
            multilateral.append(instrument)
    only_others = (*_families(code, rows, bilateral, multilateral), *_topics(repository, rows, bilateral, tell))
    uncounted = tuple(f.id for f in rows if code not in map(party_key, f.parties) and may_bind(f.parties, code))
    shown = {each.id for each in (*bilateral, *multilateral)}
    alike = _alike(facts for facts in rows if facts.id in shown)
    return PartnerPage(code, name, as_of, _newest(bilateral), _newest(multilateral), only_others, uncounted, alike)


def _alike(rows: Iterable[Facts]) -> tuple[tuple[str, ...], ...]:
    """Return the ids of agreements that have parties, family and day of signature in common."""
    found: dict[tuple[object, ...], list[str]] = {}
    for facts in rows:
        if signed := max(facts.signed, default=""):
            found.setdefault((tuple(sorted(facts.parties)), facts.family, signed), []).append(facts.id)
    return tuple(tuple(ids) for ids in found.values() if len(ids) > 1)


def _name(code: str, rows: Sequence[Facts]) -> str:
    try:
        return name_of(code)
    except NotFoundError:
        held = {party_key(party): party for facts in rows for party in facts.parties}
        if code in held:
            return held[code]
        hint = f"Write a code or a usual name. Held here: {', '.join(sorted(held.values()))}."
        raise NotFoundError(f"{code} is no State or organisation that is known.", hint=hint) from None


def _instrument(facts: Facts, code: str, as_of: str, every: Mapping[str, Facts], chains: Chains) -> Instrument:
    status = status_on(facts, as_of, every)
    since, until = next(((since, until) for party, since, until in facts.members if party == code), ("", ""))
    return Instrument(
        id=facts.id,
        title=facts.called,
        family=facts.family,
        signed=max(facts.signed, default=""),
        in_force=facts.in_force if facts.form != NOTICE else "",
        status=status,
        is_over=status.replace(" ", "-").startswith(_OVER),
        text_held=facts.text_held,
        citations=facts.citations,
        term=facts.term,
        renewal=facts.renewal,
        notice_months=facts.notice_months,
        notice_days=facts.notice_days,
        first_term_ends=_end_of_term(facts.in_force, facts.term),
        since=since,
        until=until,
        chain=tuple(i for i in chains.of(facts.id) if i != facts.id),
        unconfirmed=facts.unconfirmed,
        not_read=_not_read(facts),
    )


def _not_read(facts: Facts) -> str:
    """Return which facts on its life nobody read in the language of the text; empty where none or all are held."""
    noticed = facts.notice_months or facts.notice_days
    known: tuple[tuple[str, ReadMatter, object], ...] = (
        ("entry into force", "entry", facts.in_force),
        ("term", "term", facts.term),
        ("notice", "term", noticed),
    )
    lacking = {name: said for name, matter, held in known if not held and (said := not_read(matter, facts.texts))}
    return f"{', '.join(lacking)} {next(iter(lacking.values()))}" if lacking else ""


def _end_of_term(in_force: str, term: str) -> str:
    """Return when a term of whole years from `in_force` is over, to the same precision."""
    found = lengths.length(term)
    if not in_force or not found or found.unit != "years":
        return ""
    try:
        if len(in_force) == _FULL_DATE:  # five years from the 29th of February end in a February of 28 days
            return shifted(date.fromisoformat(in_force), found.number, "years").isoformat()
    except (ValueError, OverflowError):
        return ""
    return f"{int(in_force[:4]) + found.number}{in_force[4:]}"


def _is_member(instrument: Instrument, day: str) -> bool:
    if not day:
        return not instrument.until
    joined = not instrument.since or instrument.since[: len(day)] <= day
    return joined and not (instrument.until and instrument.until <= day[: len(instrument.until)])


def _newest(instruments: Sequence[Instrument]) -> tuple[Instrument, ...]:
    return tuple(sorted(instruments, key=lambda i: (i.is_over, [-ord(c) for c in i.signed], i.id)))


def _families(
    code: str, rows: Sequence[Facts], bilateral: Sequence[Instrument], multilateral: Sequence[Instrument]
) -> Iterator[OnlyOthers]:
    """Yield the families that fellow parties in multilateral agreements have bilaterally, none of them with it."""
    joined = {instrument.id for instrument in multilateral}
    fellows = {p for f in rows if f.id in joined for p in f.parties if p != code and not is_organisation(p)}
    hub = _hub(rows)
    if code == hub:
        return
    fellows.discard(hub)
    own = {instrument.family for instrument in bilateral if not instrument.is_over} | {"other"}
    have: dict[str, set[str]] = {}
    for facts in rows:
        if len(facts.parties) < _MANY and facts.family not in own and facts.status not in _OVER:
            have.setdefault(facts.family, set()).update(fellows.intersection(facts.parties))
    for family, who in sorted(have.items(), key=lambda item: (-len(item[1]), item[0])):
        if len(who) >= _MANY:
            yield OnlyOthers(family, "", len(who), len(fellows), tuple(sorted(who)), "none held here")


def _hub(rows: Sequence[Facts]) -> str:
    """Return the party of most bilateral agreements: the State whose repository this is."""
    counted = Counter(p for f in rows if len(f.parties) < _MANY for p in f.parties)
    return counted.most_common(1)[0][0] if counted else ""


def _topics(
    repository: Repository, rows: Sequence[Facts], bilateral: Sequence[Instrument], tell: Callable[[str], None] | None
) -> tuple[OnlyOthers, ...]:
    """Return the core topics of the nearest agreements of the same family that are not seen in one with it."""
    held = {
        i.id: i.family for i in bilateral if i.text_held and not i.is_over and i.family != "other"
    }  # of no one kind
    peers = [f for f in rows if f.text_held and f.family in held.values()]
    if not held:
        return ()
    found = matrix_of(repository, peers, tell=tell)
    asked = frozenset(held), id(found)  # which lives as long as what rests on it
    return repository.once_for("only others", asked, lambda: (found, tuple(_of_others(found, held, peers))))[1]


def _of_others(found: Matrix, held: Mapping[str, str], peers: Sequence[Facts]) -> Iterator[OnlyOthers]:
    bits = {topic: 1 << place for place, topic in enumerate(found.topics)}
    carried = {i: sum(bits[t] for t, cell in row.known() if cell.is_carried) for i, row in found.cells.items()}
    for own, nearest in _likest(held, peers, carried).items():
        if len(nearest) < _MANY:
            continue
        for topic in found.not_carried(own):
            who = tuple(n for n in nearest if carried[n] & bits[topic])
            if len(who) >= _USUAL * len(nearest):
                yield OnlyOthers(topic, own, len(who), len(nearest), who, found.cells[own][topic].said)


def _likest(held: Mapping[str, str], peers: Sequence[Facts], carried: Mapping[str, int]) -> dict[str, list[str]]:
    """Return for each agreement of `held` (with its family) the ids of the nearest of `peers` that are not among them.

    Near is what shares most of the topics of both; topics carried are the bits of a number.
    """
    of_family: dict[str, list[tuple[str, int]]] = {}
    for facts in peers:
        if facts.id not in held:
            of_family.setdefault(facts.family, []).append((facts.id, carried[facts.id]))
    found = {}
    for own, family in held.items():
        ours = carried[own]
        scored = (
            (-(ours & theirs).bit_count() / ((ours | theirs).bit_count() or 1), other)
            for other, theirs in of_family.get(family, ())
        )
        found[own] = [other for _, other in heapq.nsmallest(_NEAREST, scored)]
    return found
