"""Coverage: which agreement carries which core topic, and where.

Of a topic there are three states. It is *carried*, by words of the agreement or by way of another that it applies; it
was *not found by the program*, which says nothing about the text; or a person read that it is *not in this text*. A
text in a language whose clauses the program does not read is *not read*, which is no state of a topic at all.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cache, lru_cache, partial
from itertools import chain
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from agreements.display import shown_short
from agreements.languages import not_read
from agreements.lineage import graph as lineage
from agreements.repository import Derived, Facts, Repository, select
from agreements.topics import NOT_FOUND, topics
from agreements.topics import topic as known_topic

if TYPE_CHECKING:
    from agreements.search.provisions import ClauseRow
    from agreements.survey.absence import Recorded

CoverageState = Literal["carried", "by-reference", "not-found", "not-in-text", "not-read"]
_SAID = 9  # behind every place where cues find a topic; paragraphs before the articles that hold them
_LAST = 64  # agreements whose places are kept taken apart
TOGETHER = 200  # agreements whose clauses are read at a time
_OWN_LIFE = ("entry_into_force", "duration_renewal", "termination", "amendment")
# What every text has or what says nothing about its substance.
FORMAL = ("preamble", "testimonium", "note_offer_acceptance", "annexes")


@dataclass(frozen=True, slots=True)
class CoverageCell:
    """Where an agreement carries a topic: `ref` and `path` of the clause.

    A clause that names the topic and settles nothing of it has its place here too, with `not-found`. `via` says which
    instrument is applied, and how. `said` are the words for a state that is not carried: who read what when, or that
    the program did not find it. `by_route` is True where the clause is one of another agreement.
    """

    state: CoverageState
    ref: str = ""
    path: str = ""
    via: str = ""
    said: str = ""
    by_route: bool = False

    @property
    def is_carried(self) -> bool:
        """Whether the topic is carried, in words or by reference."""
        return self.state in ("carried", "by-reference")

    @property
    def is_left_open(self) -> bool:
        """Whether a clause names the topic and settles nothing of it, and nothing else carries it."""
        return self.state == "not-found" and bool(self.ref)

    def words(self) -> str:
        """Return the cell as it stands in a table: a place, or what is known of none."""
        if not self.is_carried:
            return self.said
        way = f"by reference: {self.via}" if self.by_route else "by reference"
        return self.path if self.state == "carried" else f"{self.ref or self.path} ({way})"

    def as_json(self) -> dict[str, str]:
        """Return the fields that say something."""
        row = {"state": self.state, "ref": self.ref, "via": self.via, "said": self.said}
        return {name: value for name, value in row.items() if value}


_NOT_FOUND = CoverageCell("not-found", said=NOT_FOUND)
_UNSEEN: tuple[CoverageState, ...] = ("not-found", "not-read")


class CoverageRow(Mapping[str, CoverageCell]):
    """The cells of an agreement by topic: its `own`, and for all others one that says `not_found`.

    `topics` are keys in their order, which the rows of a matrix share: those of ten thousand fill the memory otherwise.
    """

    __slots__ = ("_not_found", "_own", "_topics")

    def __init__(self, topics: Mapping[str, None], own: Mapping[str, CoverageCell], not_found: CoverageCell) -> None:
        self._topics, self._own, self._not_found = topics, own, not_found

    def __getitem__(self, topic: str) -> CoverageCell:
        if topic not in self._topics:
            raise KeyError(topic)
        return self._own.get(topic, self._not_found)

    def __iter__(self) -> Iterator[str]:
        return iter(self._topics)

    def __len__(self) -> int:
        return len(self._topics)

    def of(self, topics: Mapping[str, None]) -> "CoverageRow":
        """Return the cells of `topics` alone."""
        return CoverageRow(topics, self._own, self._not_found)

    def replaced(self, cells: Mapping[str, CoverageCell]) -> "CoverageRow":
        """Return the row with `cells` in the place of others."""
        return CoverageRow(self._topics, {**self._own, **cells}, self._not_found)

    def known(self) -> Iterator[tuple[str, CoverageCell]]:
        """Yield the topics that are carried, or that a person read not to be in the text, with their cells."""
        return ((t, cell) for t, cell in self._own.items() if cell.state not in _UNSEEN and t in self._topics)


@shown_short
@dataclass(frozen=True, slots=True)
class Matrix:
    """Core topics by agreements: `cells[agreement][topic]`; agreements oldest first, topics in treaty order.

    `every` are the cells of topics too that no agreement here carries.
    """

    agreements: tuple[Facts, ...]
    topics: tuple[str, ...]
    cells: Mapping[str, CoverageRow]
    every: Mapping[str, CoverageRow] = field(default_factory=dict, repr=False, compare=False)

    def not_carried(self, agreement: str) -> tuple[str, ...]:
        """Return the core topics that are not seen in `agreement`: by the program, or by a person who read it.

        There are none of a text that the program does not read.
        """
        cells = self.cells[agreement]
        return tuple(t for t in self.topics if not cells[t].is_carried and cells[t].state != "not-read")

    def not_read(self, agreement: str) -> str:
        """Return in words that no clause of `agreement` was read, for its language; empty where they were."""
        cells = self.every[agreement].values() if agreement in self.every else ()
        return next((cell.said for cell in cells if cell.state == "not-read"), "")

    def share(self, topic: str, among: Sequence[str] | None = None) -> float:
        """Return the share of the agreements (of those `among`) that have `topic`, by reference or not."""
        ids = [f.id for f in self.agreements] if among is None else list(among)
        held = sum(self.cells[i][topic].is_carried for i in ids)
        return held / len(ids) if ids else 0.0

    def as_json(self) -> dict[str, Any]:
        """Return `{topics, agreements: [{id, title, family, signed, topics: {topic: {state, ref, via, said}}}]}`."""
        return {
            "topics": [{"id": t, "label": known_topic(t).label} for t in self.topics],
            "agreements": [
                {
                    "id": f.id,
                    "title": f.called,
                    "family": f.family,
                    "parties": list(f.parties),
                    "signed": min(f.signed, default=""),
                    "topics": {t: cell.as_json() for t, cell in self.cells[f.id].items()},
                }
                for f in self.agreements
            ],
        }

    def rows(self) -> tuple[list[str], list[list[str]]]:
        """Return head and rows of a table: one row a topic, one column an agreement."""
        head = ["topic", *(f.id for f in self.agreements)]
        return head, [
            [known_topic(t).label, *(self.cells[f.id][t].words() for f in self.agreements)] for t in self.topics
        ]


def matrix(
    repository: Repository,
    *,
    ids: Sequence[str] = (),
    families: Sequence[str] = (),
    parties: Sequence[str] = (),
    since: str = "",
    until: str = "",
    specimens: bool = False,
    tell: Callable[[str], None] | None = None,
) -> Matrix:
    """Return which of the agreements in `repository` carry which core topics; only those whose text is held.

    `ids` names them, else any of `families` with all of `parties` signed from `since` to `until` (ISO dates that may
    stop at year or month). Raises `RepositoryError`, `NotFoundError` for an unknown id or family.
    """
    for agreement_id in ids:
        repository.folder(agreement_id)
    chosen = tuple(
        facts
        for facts in select(
            repository.list(), families=families, parties=parties, text_held=True, specimens=specimens or bool(ids)
        )
        if (facts.id in ids if ids else facts.standing in ("agreement", "specimen"))
        and _signed_between(facts, since, until)
    )
    return matrix_of(repository, chosen, tell=tell)


def matrix_of(repository: Repository, chosen: Sequence[Facts], *, tell: Callable[[str], None] | None = None) -> Matrix:
    """Return the matrix of the agreements `chosen`, with what they carry by way of others that they stand on."""
    from agreements.search import fresh

    ids = frozenset(facts.id for facts in chosen)
    clauses = CarriedTopics.of(repository, ids, tell=tell)
    seen = fresh.once_in_step(
        repository, "coverage", ids, lambda: _table(chosen, {f.id: _row(f, clauses) for f in chosen})
    )
    if not any(reading.id in ids for reading in repository.readings()):
        return seen
    from agreements.survey.absence import recorded

    known = recorded(repository, ids, clauses.graph)
    return fresh.once_in_step(
        repository,
        "coverage as read",
        (ids, known.words()),
        lambda: _table(chosen, {i: _as_read(row, i, clauses, known) for i, row in seen.every.items()}),
    )


def _table(chosen: Sequence[Facts], every: Mapping[str, CoverageRow]) -> Matrix:
    """Return the matrix of the agreements `chosen` from the cells of `every` core topic."""
    known = {topic for row in every.values() for topic, _ in row.known()}
    present = tuple(t for t in _cores() if t in known)
    by_date = tuple(sorted(chosen, key=lambda f: (min(f.signed, default="9999"), f.id)))
    kept = present if len(chosen) > 1 else _cores()
    keys = dict.fromkeys(kept)
    return Matrix(by_date, kept, {f.id: every[f.id].of(keys) for f in by_date}, every)


@cache
def _cores() -> tuple[str, ...]:
    return tuple(t.id for t in topics().values() if t.core == t.id and t.id not in FORMAL)


@cache
def _core_keys() -> dict[str, None]:
    return dict.fromkeys(_cores())


class TopicPlace(NamedTuple):
    """A clause that is about a topic; `applied` names the instrument that the best of them leaves the matter to.

    `left` says in words that the clause settles nothing of it; empty where it may.
    """

    ref: str
    path: str
    applied: str
    left: str = ""

    def packed(self, agreement: str) -> Any:
        """Return the place as a row of `agreement` keeps it: of most there is nothing to be said but the path."""
        if self.ref == f"{agreement}#{self.path}":
            return [self.path, self.applied, self.left] if self.applied or self.left else self.path
        return [self.path, self.applied, self.left, self.ref]

    @classmethod
    def of_packed(cls, agreement: str, row: Any) -> "TopicPlace":
        """Return the place that `packed` made a row of."""
        if isinstance(row, str):
            return cls(f"{agreement}#{row}", row, "")
        path, applied, left, *ref = row
        return cls(ref[0] if ref else f"{agreement}#{path}", path, applied, left)


def _alone(
    repository: Repository, ids: Sequence[str], *, tell: Callable[[str], None] | None = None
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield of each agreement its clauses by core topic, the best first, and what its text applies."""
    from agreements.classifying import carries
    from agreements.lineage.incorporation import incorporations, without_itself
    from agreements.search.provisions import clause_rows

    topics: dict[str, dict[str, list[tuple[tuple[int, int], ClauseRow]]]] = {i: {} for i in ids}
    applies: dict[str, list[lineage.Incorporation]] = {i: [] for i in ids}
    rows: dict[str, list[tuple[int, ClauseRow]]] = {i: [] for i in ids}
    for rank, level in enumerate(("article", "paragraph")):
        for row in clause_rows(repository, ids, level=level, tell=tell):
            rows[row.agreement].append((rank, row))
            own = row.text.replace(row.heading, "", 1) if row.heading else row.text
            for place, core in enumerate(row.cores):
                if carries(core, own):
                    topics[row.agreement].setdefault(core, []).append(((rank, place), row))
            if level == "paragraph":
                applies[row.agreement] += incorporations(row.path, row.text, language=row.language)
    for agreement, clauses in rows.items():
        for core, at, row in _said(clauses):
            topics[agreement].setdefault(core, []).append((at, row))
    for agreement in ids:
        ranked = {core: sorted(rows, key=lambda x: x[0]) for core, rows in topics[agreement].items()}
        places = {core: _places(core, [row for _, row in rows]) for core, rows in ranked.items()}
        found = applies[agreement]
        others = without_itself(repository.get(agreement), found) if found else []
        yield (
            agreement,
            {
                "topics": {core: [place.packed(agreement) for place in found] for core, found in places.items()},
                "applies": [asdict(each) for each in others],
            },
        )


def _places(core: str, rows: Sequence["ClauseRow"]) -> list[TopicPlace]:
    """Return the places of the clauses on a core topic, the best first, those behind that settle nothing of it."""
    from agreements.classifying import applied_elsewhere, matters_left_open

    open_by = [matters_left_open(row.text, row.cores or (core,)).get(core) for row in rows]
    settling = [row for row, left in zip(rows, open_by, strict=True) if left is None]
    places = [TopicPlace(row.ref, row.path, "" if n else applied_elsewhere(row.text)) for n, row in enumerate(settling)]
    left = [TopicPlace(r.ref, r.path, "", o.says(r.path)) for r, o in zip(rows, open_by, strict=True) if o is not None]
    return [*places, *left]


def _said(
    rows: Sequence[tuple[int, "ClauseRow"]],
) -> Iterator[tuple[str, tuple[int, int], "ClauseRow"]]:
    """Yield the core topics that single sentences of a text on forces rule on, behind those of whole clauses."""
    from agreements.classifying import is_on_forces, opens_purpose, topics_beside

    if not is_on_forces([row.text for rank, row in rows if rank == 0]):
        return
    said = {topic for _, row in rows for topic in row.cores}
    for rank, row in rows:
        for topic in topics_beside(row.text, row.topics, row.path):
            said.add(known_topic(topic).core)
            yield known_topic(topic).core, (_SAID - rank, 0), row
    if "note_offer_acceptance" in said and "purpose_scope" not in said:
        for _, row in rows:
            if opens_purpose(row.path, row.text, row.cores):
                yield "purpose_scope", (_SAID, 0), row


class CarriedPlaces(Mapping[str, Mapping[str, Sequence[Any]]]):
    """The rows of places by agreement and core topic, taken apart where they are asked for: those asked last are kept.

    They come in `parts`, each of some agreements.
    """

    def __init__(self, parts: Sequence[Mapping[str, Any]]) -> None:
        self._parts = parts
        self._topics = lru_cache(_LAST)(self._taken_apart)

    def __getitem__(self, agreement: str) -> Mapping[str, Sequence[Any]]:
        return self._topics(agreement)

    def __iter__(self) -> Iterator[str]:
        return chain(*self._parts)

    def __len__(self) -> int:
        return sum(map(len, self._parts))

    def _taken_apart(self, agreement: str) -> Mapping[str, Sequence[Any]]:
        part = next((part for part in self._parts if agreement in part), {})
        found: Mapping[str, Sequence[Any]] = part[agreement]["topics"]
        return found


@dataclass(frozen=True, slots=True)
class CarriedTopics:
    """The clauses of agreements by the core topics they are about, the best first, and what stands on what.

    `topics` are the rows of places by agreement and core topic, read where they are asked for: of most places only the
    path matters, and of most agreements no place. `read` are the agreements of which any clause was read.
    """

    topics: Mapping[str, Mapping[str, Sequence[Any]]]
    graph: lineage.StandingGraph
    read: frozenset[str]

    @classmethod
    def of(
        cls, repository: Repository, ids: Iterable[str], *, tell: Callable[[str], None] | None = None
    ) -> "CarriedTopics":
        """Return those of the agreements `ids` and of all that they stand on; a desk keeps those of the last few."""
        from agreements.search import fresh

        asked = frozenset(ids)
        return fresh.once_in_step(
            repository, "carried topics", asked, lambda: cls._worked_out(repository, asked, tell), tell=tell
        )

    @classmethod
    def _worked_out(
        cls, repository: Repository, ids: frozenset[str], tell: Callable[[str], None] | None
    ) -> "CarriedTopics":
        from agreements.search import fresh

        alone = Derived("coverage", 12, partial(_alone, tell=tell), together=TOGETHER)
        found: list[Mapping[str, Any]] = []
        read = set()

        def applied_by(asked: set[str]) -> Iterator[tuple[str, lineage.Incorporation]]:
            rows = alone.rows(repository, sorted(asked), may_keep=lambda: fresh.is_in_step(repository))
            found.append(rows)
            for agreement, row in rows.items():
                if row["topics"]:
                    read.add(agreement)
                yield from ((agreement, lineage.Incorporation.of(applied)) for applied in row["applies"])

        graph = lineage.standing_graph(repository, ids, applied_by)
        return cls(CarriedPlaces(found), graph, frozenset(read))

    def places(self, agreement: str, topic: str) -> list[TopicPlace]:
        """Return the clauses of `agreement` that are about a core topic, those that settle nothing of it behind."""
        return [TopicPlace.of_packed(agreement, row) for row in self.topics.get(agreement, {}).get(topic, ())]

    def topics_of(self, agreement: str) -> Iterable[str]:
        """Return the core topics that a clause of `agreement` is about, in their order."""
        held = self.topics.get(agreement, {})
        return (core for core in _cores() if core in held)

    def of_topic(self, agreement: str, topic: str) -> Sequence[TopicPlace]:
        """Return the clauses of `agreement` that are about a core topic and may settle it."""
        return [place for place in self.places(agreement, topic) if not place.left]

    def settling(self, agreement: str, topic: str) -> TopicPlace | None:
        """Return the best clause of `agreement` that is about a core topic and may settle it."""
        rows = self.topics.get(agreement, {}).get(topic)
        first = TopicPlace.of_packed(agreement, rows[0]) if rows else None
        return first if first and not first.left else None

    def left_open(self, agreement: str, topic: str) -> Sequence[TopicPlace]:
        """Return the clauses of `agreement` that name a core topic and settle nothing of it."""
        rows = self.topics.get(agreement, {}).get(topic)
        if not rows or isinstance(rows[-1], str):  # they stand behind the others
            return []
        return [place for place in self.places(agreement, topic) if place.left]

    def by_route(self, agreement: str) -> dict[str, tuple[TopicPlace, str]]:
        """Return by core topic the clause of another agreement that comes with it, and in words the way it comes.

        How another agreement enters into force, lasts, ends and is amended stays its own.
        """
        found: dict[str, tuple[TopicPlace, str]] = {}
        for route in self.graph.routes(agreement):
            way = ", which ".join(edge.says() for edge in route)
            for topic in self.topics_of(route[-1].target):
                if topic in found or topic in _OWN_LIFE:
                    continue
                if not all(self._brings(edge, topic) for edge in route):
                    continue
                row = next((row for row in self.of_topic(route[-1].target, topic) if route[-1].reaches(row.path)), None)
                if row:
                    found[topic] = row, way
        return found

    def _brings(self, edge: lineage.Edge, topic: str) -> bool:
        """Whether a topic may come by an edge: where the text names the matter, only what that clause is about."""
        if edge.by is None or not edge.by.matter:
            return True
        rows = self.topics.get(edge.source, {}).get(topic, ())
        return any(_is_at(row if isinstance(row, str) else row[0], edge.by.path) for row in rows)

    def unread(self, agreement: str, topic: str = "") -> Iterator[str]:
        """Yield in words what the agreement applies (to `topic`) of texts that were not read, and why not.

        A name that settles on no agreement known here is no proof that its text is not held: a protocol may speak so of
        the agreement that it belongs to.
        """
        routes = self.unread_routes(agreement)
        ends = [route[-1] for route in routes if not topic or all(self._brings(edge, topic) for edge in route)]
        for reason, held in (
            ("whose text is not held", True),
            ("by a name that settles on no agreement known here", False),
        ):
            if said := dict.fromkeys(e.says() for e in ends if bool(e.target) is held):
                yield f"it {'; it '.join(said)}, {reason}"

    def unread_routes(self, agreement: str) -> list[tuple[lineage.Edge, ...]]:
        """Return the ways that lead from `agreement` to a text that it applies and that was not read."""
        routes = self.graph.routes(agreement)
        return [route for route in routes if route[-1].by and route[-1].target not in self.read]


def _row(facts: Facts, clauses: CarriedTopics) -> CoverageRow:
    """Return what is seen of every core topic, whatever people read."""
    agreement = facts.id
    named = [*clauses.topics_of(agreement)]
    unread = clauses.unread_routes(agreement)
    by_topic = any(edge.by and edge.by.matter for route in unread for edge in route)
    # One cell serves all topics that no clause names, unless a text that was not read is applied to some of them alone.
    row: dict[str, CoverageCell] = {}
    settled = {topic: own for topic in named if (own := clauses.settling(agreement, topic))}
    for topic in _cores() if by_topic else named:
        if topic not in settled:
            row[topic] = _not_found(agreement, topic, clauses)
    for topic, (place, way) in clauses.by_route(agreement).items():
        row[topic] = CoverageCell("by-reference", place.ref, place.path, way, by_route=True)
    for topic, own in settled.items():
        state: CoverageState = "by-reference" if own.applied else "carried"
        row[topic] = CoverageCell(state, own.ref, own.path, own.applied)
    if unseen := not_read("clauses", facts.texts):
        carried = {topic: cell for topic, cell in row.items() if cell.is_carried}
        return CoverageRow(_core_keys(), carried, CoverageCell("not-read", said=unseen))
    return CoverageRow(_core_keys(), row, _not_found(agreement, "", clauses) if unread else _NOT_FOUND)


def _not_found(agreement: str, topic: str, clauses: CarriedTopics, said: str = NOT_FOUND) -> CoverageCell:
    """Return the cell of a topic that is not carried: where a clause leaves it open, and what was not read."""
    left = clauses.left_open(agreement, topic)
    notes = [*(place.left for place in left[:1]), *clauses.unread(agreement, topic)]
    ref, path = (left[0].ref, left[0].path) if left else ("", "")
    return CoverageCell("not-found", ref, path, said="; ".join([said, *notes]))


def _is_at(path: str, other: str) -> bool:
    """Whether one of two places is the other or stands in it."""
    return path == other or path.startswith(f"{other}.") or other.startswith(f"{path}.")


def _as_read(row: CoverageRow, agreement: str, clauses: CarriedTopics, known: "Recorded") -> CoverageRow:
    """Return `row` with what people read not to be in the text."""
    if agreement not in known.agreements:
        return row
    read = {topic: reading for topic in row if (reading := known(agreement, topic))}
    out: dict[str, CoverageCell] = {}
    for topic, reading in read.items():
        own = clauses.of_topic(agreement, topic)
        if not reading.why and (not own or reading.reading.despite):
            out[topic] = CoverageCell("not-in-text", said=reading.words())
        elif row[topic].state in _UNSEEN:
            out[topic] = _not_found(agreement, topic, clauses, reading.words())
    return row.replaced(out)


def _signed_between(facts: Facts, since: str, until: str) -> bool:
    if not since and not until:
        return True
    return any((not since or d >= since[: len(d)]) and (not until or d[: len(until)] <= until) for d in facts.signed)
