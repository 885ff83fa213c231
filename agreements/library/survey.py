"""Verbs over what is held as a whole: which agreement has what, what people read not to be there, what
happened and falls due when."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from agreements.platform import StrPath, as_path

if TYPE_CHECKING:
    from agreements.lineage.history import Event, Related
    from agreements.negotiation.deadlines import Deadline
    from agreements.negotiation.desk_book import DeskBook
    from agreements.survey.absence import StandingReading
    from agreements.survey.coverage import Matrix
    from agreements.survey.partners import PartnerPage


def timeline(
    folder: StrPath, *, families: Sequence[str] = (), parties: Sequence[str] = (), since: str = "", until: str = ""
) -> "tuple[Event, ...]":
    """Return what was signed, entered into force and ended, the earliest first.

    Of any of `families` with all of `parties`, from `since` to `until`. Raises as `listing`.
    """
    folder = as_path(folder)
    from agreements.lineage.history import events_of
    from agreements.lineage.ledger import named_facts
    from agreements.repository import open_repository, select

    repository = open_repository(folder)

    def made() -> "tuple[Event, ...]":
        chosen = select(repository.list(), families=families, parties=parties, specimens=False)
        return events_of(chosen, named_facts(repository), since=since, until=until)

    return repository.once_for("timeline", (tuple(families), tuple(parties), since, until), made, most=4)


def relations(folder: StrPath, agreement: str, *, as_of: str = "") -> "tuple[Related, ...]":
    """Return what other agreements are to `agreement`, stated by its own facts or by theirs, by kind and date.

    `as_of` is the day for which the status is said. Raises `NotFoundError`, `RepositoryError`.
    """
    folder = as_path(folder)
    from agreements.lineage.history import related
    from agreements.repository import open_repository

    return related(open_repository(folder), agreement, as_of=as_of)


def matrix(
    folder: StrPath,
    *,
    ids: Sequence[str] = (),
    families: Sequence[str] = (),
    parties: Sequence[str] = (),
    since: str = "",
    until: str = "",
    specimens: bool = False,
    tell: Callable[[str], None] | None = None,
) -> "Matrix":
    """Return which of the agreements in `folder` carry which core topics; only those whose text is held.

    `ids` names them, else any of `families` with all of `parties` signed from `since` to `until` (ISO dates that may
    stop at year or month). Raises `RepositoryError`, `NotFoundError` for an unknown id or family.
    """
    folder = as_path(folder)
    from agreements.repository import one_question
    from agreements.survey.coverage import matrix

    with one_question(folder) as repository:
        return matrix(
            repository,
            ids=ids,
            families=families,
            parties=parties,
            since=since,
            until=until,
            specimens=specimens,
            tell=tell,
        )


def partner(
    folder: StrPath, named: str, *, as_of: str = "", tell: Callable[[str], None] | None = None
) -> "PartnerPage":
    """Return the page of the State or organisation `named` (code or name) as of a day (ISO; empty: as the facts say).

    Multilateral agreements are those that it belonged to on that day. Raises `NotFoundError` for a name that is
    neither known nor in the repository, `RepositoryError`.
    """
    folder = as_path(folder)
    from agreements.library.negotiate import has_negotiations
    from agreements.repository import one_question
    from agreements.survey.partners import partner

    with one_question(folder) as repository:
        page = partner(repository, named, as_of=as_of, tell=tell)
        if not has_negotiations(repository):
            return page
        from agreements.negotiation.closing import recorded_otherwise
        from agreements.negotiation.store import Negotiations

        shown = {each.id for each in (*page.bilateral, *page.multilateral)}
        found = recorded_otherwise(Negotiations(repository))
        said = (f"{own}: {words}" for own, sentences in found.items() if own in shown for words in sentences)
        return replace(page, differing=tuple(said))


def write_desk_book(
    folder: StrPath,
    named: str,
    output: StrPath,
    *,
    as_of: str = "",
    today: date | None = None,
    tell: Callable[[str], None] | None = None,
) -> "DeskBook":
    """Write all that is known with the State or organisation `named` to the Word file `output`, and return it.

    Instruments, deadlines from `today` on, what is agreed on each core topic, open negotiations that the caller may
    see, and what is not covered. Raises as `partner`, and `AgreementsError` when the file cannot be written.
    """
    from agreements.library.keep import left_out
    from agreements.library.negotiate import has_negotiations, negotiation_list
    from agreements.negotiation.desk_book import DeskBook, write_desk_book
    from agreements.repository import one_question
    from agreements.states import party_key

    day = today or date.today()
    with one_question(as_path(folder)) as repository:
        page = partner(repository.root, named, as_of=as_of, tell=tell)
        talks, damaged = negotiation_list(repository.root) if has_negotiations(repository) else ((), ())
        book = DeskBook(
            page,
            matrix(repository.root, parties=[page.code], tell=tell),
            calendar(repository.root, parties=[page.code], today=day),
            tuple(talk for talk in talks if party_key(talk.partner) == page.code),
            day.isoformat(),
            left_out(repository.root),
            tuple(finding.message for finding in damaged),
        )
    write_desk_book(book, as_path(output))
    return book


def calendar(
    folder: StrPath,
    agreements: Sequence[str] = (),
    *,
    families: Sequence[str] = (),
    parties: Sequence[str] = (),
    events: Mapping[str, str] | None = None,
    today: date | None = None,
) -> "tuple[Deadline, ...]":
    """Return the deadlines of `agreements` (all that are not over, where none is named), the earliest first.

    Among them are the ids of negotiations. Of any of `families` with all of `parties`. `events` names days that the
    repository does not know, by event (`delivery`: `2026-05-31`). What cannot be computed comes last and says why.
    `today` decides which renewal of a term runs. Raises `RepositoryError`, `NotFoundError`, and `QueryError` for a day
    that is none.
    """
    folder = as_path(folder)
    from agreements.negotiation.calendar import calendar
    from agreements.repository import one_question

    with one_question(folder) as repository:
        return calendar(repository, agreements, families=families, parties=parties, events=events, today=today)


def deadlines_within(
    deadlines: "Sequence[Deadline]",
    *,
    since: str = "",
    until: str = "",
    everything: bool = False,
    today: date | None = None,
) -> "tuple[tuple[Deadline, ...], tuple[Deadline, ...]]":
    """Return those of `deadlines` that a person is shown, and those that cannot be computed and are not done.

    Shown are those from `since` (ISO; default: 60 days before `today`) to `until`; with `everything` also what is long
    past, is done or has no day.
    """
    from agreements.negotiation.calendar import deadlines_within

    day = today or date.today()
    return deadlines_within(deadlines, since=since, until=until, everything=everything, today=day)


def write_calendar(
    deadlines: "Sequence[Deadline]", target: StrPath, *, today: date | None = None, remind: int = 0
) -> int:
    """Write `deadlines` that have a day and are not recorded as done to `target` as iCalendar; returns how many.

    `remind` is how many days before each of them a calendar reminds of it; 0: it does not.

    Raises `AgreementsError` when the file cannot be written.
    """
    target = as_path(target)
    from agreements.negotiation.calendar import write_calendar

    return write_calendar(deadlines, target, today=today, remind=remind)


def record_absence(
    folder: StrPath,
    agreement: str,
    topics: Sequence[str],
    *,
    by: str,
    on: str = "",
    texts: Sequence[str] = (),
    anyway: bool = False,
    tell: Callable[[str], None] | None = None,
) -> "tuple[StandingReading, ...]":
    """Keep that `by` read `on` a day (empty: today) that `topics` are not in the text of `agreement`.

    `texts` are the documents that were read (none: all that are held), as `main` or `annex-a`. Raises `NotFoundError`
    for an unknown topic, agreement or document, `QueryError` without a name, for a day that is none and for a topic
    that the program sees, unless it is kept `anyway`, and `RepositoryError`.
    """
    from agreements.repository import open_repository
    from agreements.survey.absence import record_absence
    from agreements.survey.coverage import CarriedTopics

    repository = open_repository(as_path(folder))
    held = CarriedTopics.of(repository, {agreement}, tell=tell)
    seen = {core: held.places(agreement, core)[0].path for core in held.topics.get(agreement, {})}
    return record_absence(
        repository, agreement, topics, by=by, on=on, texts=texts, graph=held.graph, seen=seen, anyway=anyway
    )


def withdraw_absence(
    folder: StrPath, agreement: str, topics: Sequence[str], *, tell: Callable[[str], None] | None = None
) -> "tuple[StandingReading, ...]":
    """Forget the readings of `agreement` on `topics` and return them; raises `NotFoundError`, `RepositoryError`."""
    from agreements.repository import open_repository
    from agreements.topics import core_of

    before = absence_readings(folder, agreement, tell=tell)
    gone = {r.topic for r in open_repository(as_path(folder)).withdraw_readings(agreement, map(core_of, topics))}
    return tuple(row for row in before if row.reading.topic in gone)


def absence_readings(
    folder: StrPath, agreement: str = "", *, tell: Callable[[str], None] | None = None
) -> "tuple[StandingReading, ...]":
    """Return what people read not to be in texts, of all or of one `agreement`, and whether it still holds.

    Raises `NotFoundError`, `RepositoryError`.
    """
    from agreements.repository import open_repository
    from agreements.survey.absence import standing_readings
    from agreements.survey.coverage import CarriedTopics

    repository = open_repository(as_path(folder))
    if agreement:
        repository.folder(agreement)
    kept = repository.readings(agreement)
    graph = CarriedTopics.of(repository, {reading.id for reading in kept}, tell=tell).graph
    return standing_readings(repository, kept, graph)


def text_names(folder: StrPath, agreement: str) -> tuple[str, ...]:
    """Return the names of the texts of `agreement` that are held, as a reading names them (`main (en)`).

    Raises `NotFoundError`, `RepositoryError`.
    """
    from agreements.repository import open_repository
    from agreements.survey.absence import fingerprints

    return tuple(fingerprints(open_repository(as_path(folder)).get(agreement)))


def topic_words(folder: StrPath, agreement: str, topic: str, *, tell: Callable[[str], None] | None = None) -> str:
    """Return in words what is known of a core `topic` that is not seen in a text; empty where it is carried.

    Raises `NotFoundError`, `RepositoryError`.
    """
    from agreements.topics import core_of

    cell = matrix(folder, ids=(agreement,), tell=tell).cells[agreement].get(core_of(topic))
    return "" if cell is None or cell.state == "carried" else cell.words()
