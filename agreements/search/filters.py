"""What hits must be besides answering the query, and the conditions that this makes for an index.

Specimens, drafts and rejected texts are no precedents: found when asked for, never counted.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from agreements.errors import QueryError, nearest
from agreements.isodates import FIRST, LAST, days
from agreements.search.clauses import Between, Bool, Clause, Every, KeywordClause, unscored
from agreements.search.engine import IndexReader
from agreements.search.fields import SIGNED
from agreements.search.values import checked, keyword
from agreements.states import all_names, code_of, is_code

PRECEDENT, SPECIMENS, DRAFTS = "agreement", ("specimen",), ("draft", "rejected")
"""The standings of texts: what is precedent, and what is none."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What hits must be besides answering the query.

    `family`, `status`, `language`, `agreement`: any of the values; `without`: none of these agreements; `party`
    (codes, names, aliases) and `topic` (fine or core ids): all of them. `since`, `until`: any signing, ISO dates that
    may stop at year or month.
    `bilateral`: True, False for multilateral, None for both. Specimens and drafts are left out unless asked for, and
    never counted.
    """

    family: tuple[str, ...] = ()
    party: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    status: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    agreement: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    bilateral: bool | None = None
    specimens: bool = False
    drafts: bool = False

    @property
    def beside(self) -> tuple[str, ...]:
        """The standings of what was asked for beside precedents."""
        return SPECIMENS * self.specimens + DRAFTS * self.drafts


def conditions(filters: Filters, reader: IndexReader, notes: list[str]) -> Iterator[Clause]:
    """Yield what `filters` asks of an index; `notes` get a sentence where nothing can be found by it.

    Raises `NotFoundError` naming near ones for a family, topic or status that there is not, `QueryError` for a date.
    """
    for name in ("family", "status", "language", "agreement"):
        if values := getattr(filters, name):
            yield _any(name, [checked(name, v) for v in values])
    if filters.without:
        yield Bool(must=(Every(),), never=tuple(KeywordClause("agreement", held) for held in filters.without))
    for party in filters.party:
        code = keyword("party", party)
        if not reader.frequency("party", code):
            notes.append(f"No agreement held here has the party {party!r}.{_near_party(party)}")
        yield KeywordClause("party", code)
    for topic in filters.topic:
        value = checked("topic", topic)
        yield Bool(should=(KeywordClause("topic", value), KeywordClause("core", value)), at_least=1)
    if filters.since or filters.until:
        yield Between(SIGNED, _day(filters.since, 0, FIRST), _day(filters.until, 1, LAST))
    if filters.bilateral is not None:
        yield KeywordClause("scope", "bilateral" if filters.bilateral else "multilateral")
    yield _any("standing", _allowed(filters, reader, notes))


def _near_party(party: str) -> str:
    near = [] if code_of(party) or is_code(party.strip()) else nearest(party, all_names())
    return f" Near: {', '.join(near)}." if near else ""


def _allowed(filters: Filters, reader: IndexReader, notes: list[str]) -> Sequence[str]:
    """Return the standings that hits may have; specimens are shown, with a note, where nothing else is held."""
    wanted = (PRECEDENT, *filters.beside)
    if any(reader.frequency("standing", standing) for standing in wanted):
        return wanted
    if reader.frequency("standing", "specimen"):
        notes.append("Only specimens are held here: these are invented texts, not precedents.")
        return SPECIMENS
    return wanted


def _any(field: str, values: Sequence[str]) -> Clause:
    clauses = tuple(KeywordClause(field, value) for value in values)
    return clauses[0] if len(clauses) == 1 else Bool(should=clauses, at_least=1)


def _day(text: str, end: int, otherwise: int) -> int:
    if not text:
        return otherwise
    found = days(text)
    if found is None:
        raise QueryError(f"{text!r} is not a date.", hint="Write a year, a month or a day: 1951, 1951-06, 1951-06-19.")
    return found[end]


def beside(filters: Filters, reader: IndexReader, clause: Clause) -> dict[str, int]:
    """Return how many rows of each standing that is no precedent match `clause`, where precedents are held too."""
    if not _mixed(filters, reader):
        return {}
    counts = {standing: reader.search(_of(clause, standing), limit=0).total for standing in filters.beside}
    return {standing: count for standing, count in counts.items() if count}


def precedents(filters: Filters, reader: IndexReader, clause: Clause) -> Clause:
    """Return what is counted of `clause`: the precedents; where none is held, all, and a note says what they are."""
    return _of(clause, PRECEDENT) if _mixed(filters, reader) else unscored(clause)


def _mixed(filters: Filters, reader: IndexReader) -> bool:
    return bool(filters.beside) and reader.frequency("standing", PRECEDENT) > 0


def _of(clause: Clause, standing: str) -> Clause:
    return Bool(must=(unscored(clause), KeywordClause("standing", standing)))
