"""What is said of a topic that is not seen in a text: not found by the program, or read by a person not to be there.

Only the second is a statement about the text. It holds for the originals and annexes that were read, as their words
stood; when these change, or an agreement that they are linked with does, the reading is asked for again.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from agreements.display import shown_short
from agreements.errors import NotFoundError, QueryError
from agreements.lineage.graph import StandingGraph
from agreements.lineage.history import related
from agreements.reference import document_name
from agreements.repository import AbsenceReading, Repository
from agreements.topics import NOT_FOUND, core_of
from agreements.topics import topic as known_topic

if TYPE_CHECKING:
    from agreements.model import Agreement


@shown_short
@dataclass(frozen=True, slots=True)
class StandingReading:
    """A reading and whether it still holds: `why` says why not (empty: it holds)."""

    reading: AbsenceReading
    why: str = ""

    def words(self) -> str:
        """Return it as it is printed: who read what when, or why it is asked for again."""
        read = self.reading
        said = f"not in this text, read by {read.by} on {read.on} ({', '.join(read.texts)})"
        return f"{NOT_FOUND}; to be read again: {self.why} after {read.by} read it on {read.on}" if self.why else said

    def as_json(self) -> dict[str, object]:
        """Return `{agreement, topic, by, on, texts, linked, holds, why}`."""
        read = self.reading
        row: dict[str, object] = {"agreement": read.id, "topic": read.topic, "by": read.by, "on": read.on}
        row |= {"texts": list(read.texts), "linked": list(read.linked), "despite": read.despite}
        return row | {"holds": not self.why, "why": self.why}


def record_absence(
    repository: Repository,
    agreement_id: str,
    topics: Sequence[str],
    *,
    by: str,
    on: str = "",
    texts: Sequence[str] = (),
    graph: StandingGraph,
    seen: Mapping[str, str],
    anyway: bool = False,
) -> tuple[StandingReading, ...]:
    """Keep that a person read `topics` not to be in the text of an agreement, and return the readings.

    `texts` names the documents that were read (none: all that are held); `seen` is where the program sees core topics
    in it. Raises `NotFoundError` for an unknown topic, agreement or document, `QueryError` for a name or a day that is
    none and for a topic that the program sees, unless it is recorded `anyway`.
    """
    agreement = repository.get(agreement_id)
    if not agreement.text_held:
        raise QueryError(f"No text of {agreement_id} is held.", hint="What is recorded is a reading of the text held.")
    if not by.strip():
        raise QueryError("Whose reading is it?", hint="Say who read the text: --by NAME.")
    cores = tuple(dict.fromkeys(core_of(name) for name in topics))
    for core in cores:
        if core in seen and not anyway:
            raise QueryError(
                f"The program sees {known_topic(core).label.lower()} at {agreement_id}#{seen[core]}.",
                hint="If these words are not about it, record the reading with --anyway.",
            )
    read = _chosen(fingerprints(agreement), texts, agreement_id)
    linked = _linked(repository, agreement_id, graph)
    new = [
        AbsenceReading(agreement_id, core, " ".join(by.split()), _day(on), read, linked, seen.get(core, ""))
        for core in cores
    ]
    repository.keep_readings(agreement_id, new)
    return standing_readings(repository, new, graph)


def standing_readings(
    repository: Repository, readings: Iterable[AbsenceReading], graph: StandingGraph
) -> tuple[StandingReading, ...]:
    """Return `readings`, each with whether it still holds for the texts as they are held now."""
    now: dict[str, tuple[Mapping[str, str], Mapping[str, str]]] = {}
    found = []
    for reading in readings:
        if reading.id not in now and repository.holds(reading.id):
            held = fingerprints(repository.get(reading.id))
            now[reading.id] = held, _linked(repository, reading.id, graph)
        found.append(StandingReading(reading, _why(reading, *now[reading.id]) if reading.id in now else "it went"))
    return tuple(found)


def fingerprints(agreement: "Agreement") -> dict[str, str]:
    """Return the SHA-256 of the words of each text of an agreement, by its name (`main (en)`, `annex-a (en)`)."""
    found: dict[str, str] = {}
    for document in agreement.documents:
        name = f"{document_name(document)} ({document.language})" if document.language else document_name(document)
        words = "\n".join(provision.words() for provision in document.provisions)
        unique = name if name not in found else f"{name} {sum(n.startswith(name) for n in found) + 1}"
        found[unique] = sha256(words.encode()).hexdigest()
    return found


def _why(reading: AbsenceReading, texts: Mapping[str, str], linked: Mapping[str, str]) -> str:
    changed = [name for name, digest in reading.texts.items() if texts.get(name) != digest]
    if changed:
        return f"the text changed ({', '.join(changed)})"
    names = {name.partition(" (")[0] for name in texts} - {name.partition(" (")[0] for name in reading.texts}
    if names:
        return f"it was read in part, and {', '.join(sorted(names))} was not read"
    others = [i for i in (*linked, *reading.linked) if linked.get(i) != reading.linked.get(i)]
    return f"a linked agreement came, went or changed ({', '.join(dict.fromkeys(others))})" if others else ""


def _linked(repository: Repository, agreement_id: str, graph: StandingGraph) -> dict[str, str]:
    by_facts = (row.id for row in related(repository, agreement_id) if row.id)
    every = sorted(i for i in {*graph.neighbours(agreement_id), *by_facts} if repository.holds(i))
    return {i: sha256("".join(fingerprints(repository.get(i)).values()).encode()).hexdigest() for i in every}


def _chosen(held: Mapping[str, str], texts: Sequence[str], agreement_id: str) -> dict[str, str]:
    chosen = {n: d for n, d in held.items() if not texts or n in texts or n.partition(" (")[0] in texts}
    for name in texts:
        if not any(name in (held_name, held_name.partition(" (")[0]) for held_name in held):
            raise NotFoundError(f"{agreement_id} has no text {name}.", hint=f"It has: {', '.join(held)}.")
    return chosen


def _day(on: str) -> str:
    if not on:
        return datetime.now(UTC).date().isoformat()
    try:
        return date.fromisoformat(on).isoformat()
    except ValueError:
        raise QueryError(f"{on} is no day.", hint="Write it as 2026-11-29.") from None


@dataclass(frozen=True, slots=True)
class Recorded:
    """The readings that are kept of some `agreements`, to be looked up by agreement and core topic."""

    agreements: frozenset[str]
    _readings: Mapping[tuple[str, str], StandingReading]

    def __call__(self, agreement: str, topic: str) -> StandingReading | None:
        """Return the reading of an agreement on a core topic, None where none is kept."""
        return self._readings.get((agreement, topic))

    def words(self) -> tuple[tuple[str, ...], ...]:
        """Return all that is said by them, to be compared with what was said before."""
        every = self._readings.items()
        return tuple(sorted((*where, r.words(), r.why, r.reading.despite) for where, r in every))


def recorded(repository: Repository, ids: Iterable[str], graph: StandingGraph) -> Recorded:
    """Return the readings of the agreements `ids`."""
    wanted = set(ids)
    kept = [reading for reading in repository.readings() if reading.id in wanted]
    found = {(r.reading.id, r.reading.topic): r for r in standing_readings(repository, kept, graph)}
    return Recorded(frozenset(agreement for agreement, _ in found), found)
