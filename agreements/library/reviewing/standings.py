"""How the clauses of a review stand to recorded positions, and what they are about."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from agreements.classifying import topics_by_path
from agreements.library.provenance import SUFFIX, read_provenance
from agreements.library.reviewing.clauses import Clause
from agreements.library.reviewing.texts import Texts
from agreements.negotiation.positions import Positions, texts_of


def find_standings(texts: Texts, clauses: Iterable[Clause], positions: Positions, ours: Path) -> None:
    """Write into each of `clauses` its topics and how its words stand to the `positions` that it falls under.

    A clause that they dropped has no words to assess; a position on it is named all the same. `ours` is our file:
    where the record of its clauses lies beside it, positions on a clause of the library apply too.
    """
    topics = (topics_by_path(texts.ours.agreement), topics_by_path(texts.theirs.agreement))
    origins = _origins(ours)
    for clause in clauses:
        own = _nearest(topics[1], clause.theirs or "") or _nearest(topics[0], clause.ours or "")
        clause.topics = tuple(own)
        if clause.provision is None:
            continue
        origin = origins.get(clause.provision.id or "", "")
        found = positions.for_provision(path=clause.ours or clause.path, clause=origin, topics=own)
        words = texts_of(clause.provision) if clause.theirs else ()
        clause.standings = tuple(position.assess(*words) for position in found)


def _nearest(topics: Mapping[str, Sequence[str]], path: str) -> Sequence[str]:
    """Return the topics of the provision at `path`, else those of the nearest one above it that has any."""
    while path and path not in topics:
        path = path.rpartition(".")[0]
    return topics.get(path, ())


def _origins(ours: Path) -> dict[str, str]:
    """Return the clause of the library by hidden mark, from the record beside our draft where there is one."""
    record = ours.with_name(f"{ours.stem}{SUFFIX}")
    if not record.is_file():
        return {}
    return {origin.mark.lstrip("_"): origin.clause for origin in read_provenance(record).origins if origin.clause}
