"""Coverage: which agreement carries which core topic, where, and which one lacks it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from agreements.classifying.by_reference import applied_elsewhere
from agreements.display import shown_short
from agreements.repository import Facts, Repository, select
from agreements.search.provisions import ClauseRow, clause_rows
from agreements.topics import topic as known_topic
from agreements.topics import topics

CoverageState = Literal["carried", "by-reference", "missing"]
_BASE = ("supplements", "implements", "extends")
# What every text has or what says nothing about its substance.
_FORMAL = ("preamble", "testimonium", "note_offer_acceptance", "annexes")


@dataclass(frozen=True, slots=True)
class CoverageCell:
    """Where an agreement carries a topic: `ref` and `path` of the clause; `via` says which instrument is applied."""

    state: CoverageState
    ref: str = ""
    path: str = ""
    via: str = ""


@shown_short
@dataclass(frozen=True, slots=True)
class Matrix:
    """Core topics by agreements: `cells[agreement][topic]`; agreements oldest first, topics in treaty order."""

    agreements: tuple[Facts, ...]
    topics: tuple[str, ...]
    cells: Mapping[str, Mapping[str, CoverageCell]]

    def missing(self, agreement: str) -> tuple[str, ...]:
        """Return the core topics that `agreement` lacks."""
        return tuple(t for t in self.topics if self.cells[agreement][t].state == "missing")

    def share(self, topic: str, among: Sequence[str] | None = None) -> float:
        """Return the share of the agreements (of those `among`) that have `topic`, by reference or not."""
        ids = [f.id for f in self.agreements] if among is None else list(among)
        held = sum(self.cells[i][topic].state != "missing" for i in ids)
        return held / len(ids) if ids else 0.0

    def as_json(self) -> dict[str, Any]:
        """Return `{topics, agreements: [{id, title, family, signed, topics: {topic: {state, ref, via}}}]}`."""
        return {
            "topics": [{"id": t, "label": known_topic(t).label} for t in self.topics],
            "agreements": [
                {
                    "id": f.id,
                    "title": f.short_title or f.title,
                    "family": f.family,
                    "parties": list(f.parties),
                    "signed": min(f.signed, default=""),
                    "topics": {
                        t: {k: v for k, v in (("state", c.state), ("ref", c.ref), ("via", c.via)) if v}
                        for t, c in self.cells[f.id].items()
                    },
                }
                for f in self.agreements
            ],
        }

    def rows(self) -> tuple[list[str], list[list[str]]]:
        """Return head and rows of a table: one row a topic, one column an agreement."""
        head = ["topic", *(f.id for f in self.agreements)]
        return head, [
            [known_topic(t).label, *(_words(self.cells[f.id][t]) for f in self.agreements)] for t in self.topics
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
    """Return the matrix of the agreements `chosen`, with what they carry by way of an agreement they add to."""
    cores = tuple(t.id for t in topics().values() if t.core == t.id and t.id not in _FORMAL)
    bases = {facts.id: _bases(facts, repository) for facts in chosen}
    ids = {facts.id for facts in chosen}.union(*bases.values()) if chosen else set()
    found = _found(repository, ids, tell)
    cells = {facts.id: {t: _cell(facts.id, t, found, bases[facts.id]) for t in cores} for facts in chosen}
    present = tuple(t for t in cores if any(row[t].state != "missing" for row in cells.values()))
    by_date = tuple(sorted(chosen, key=lambda f: (min(f.signed, default="9999"), f.id)))
    kept = present if len(chosen) > 1 else cores
    return Matrix(by_date, kept, {i: {t: row[t] for t in kept} for i, row in cells.items()})


def _found(
    repository: Repository, ids: set[str], tell: Callable[[str], None] | None
) -> dict[tuple[str, str], ClauseRow]:
    """Return the clause that carries each topic of each agreement: an article before a paragraph, main topic first."""
    best: dict[tuple[str, str], tuple[tuple[int, int, int], ClauseRow]] = {}
    for rank, level in enumerate(("article", "paragraph")):
        for order, row in enumerate(clause_rows(repository, ids, level=level, tell=tell)):
            for place, core in enumerate(row.cores):
                key, worth = (row.agreement, core), (rank, place, order)
                if key not in best or worth < best[key][0]:
                    best[key] = worth, row
    return {key: row for key, (_, row) in best.items()}


def _cell(agreement: str, topic: str, found: Mapping[tuple[str, str], ClauseRow], bases: Sequence[str]) -> CoverageCell:
    if row := found.get((agreement, topic)):
        words = applied_elsewhere(row.text)
        return CoverageCell("by-reference" if words else "carried", row.ref, row.path, words)
    for base in bases:
        if row := found.get((base, topic)):
            return CoverageCell("by-reference", row.ref, row.path, base)
    return CoverageCell("missing")


def _bases(facts: Facts, repository: Repository) -> tuple[str, ...]:
    """Return the agreements that this one says it adds to, where their text can be held."""
    pairs = (relation.split(" ", 1) for relation in facts.relations)
    return tuple(target for kind, target in pairs if kind in _BASE and repository.holds(target))


def _signed_between(facts: Facts, since: str, until: str) -> bool:
    if not since and not until:
        return True
    return any((not since or d >= since[: len(d)]) and (not until or d[: len(until)] <= until) for d in facts.signed)


def _words(cell: CoverageCell) -> str:
    if cell.state == "missing":
        return ""
    return cell.path if cell.state == "carried" else f"{cell.ref or cell.path} (by reference)"
