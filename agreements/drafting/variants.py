"""The variants of clauses that there are, as their files describe them."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from agreements.drafting.clauses import ClauseText
from agreements.drafting.loading import families, family
from agreements.topics import core_of


@dataclass(frozen=True, slots=True)
class VariantRow:
    """One variant of one clause, as its file describes it (see `agreements.drafting.clauses.FrontMatter`).

    `family` is `common` where all families share it; `file` is where it stands.
    """

    family: str
    clause: str
    variant: str
    code: str
    label: str
    effect: str
    use: str
    note: str
    differs: Mapping[str, str]
    requires: tuple[str, ...]
    excludes: tuple[str, ...]
    precedents: tuple[str, ...]
    unfinished: str
    taken_from: str
    core_topics: tuple[str, ...]
    file: str

    def as_json(self) -> dict[str, Any]:
        """Return the row for JSON."""
        row = {name: getattr(self, name) for name in self.__slots__}
        return row | {"differs": dict(self.differs)}


def clause_variants(name: str | None = None) -> list[VariantRow]:
    """Return the variants that the family `name` (default: every family) can use, each file once.

    Raises `NotFoundError` listing the known families.
    """
    rows: dict[Path, VariantRow] = {}
    for known in (name,) if name else families():
        store = family(known).clauses
        for clause in store.clause_ids():
            for variant in store.variants(clause):
                found = store.get(clause, variant)
                rows[found.path] = _row(found)
    return sorted(rows.values(), key=lambda row: (row.family, row.clause, row.variant))


def _row(clause: ClauseText) -> VariantRow:
    front = clause.front
    topics = tuple(sorted({core_of(topic) for topic in front.topics}))
    return VariantRow(
        family=clause.path.parents[2].name,
        clause=clause.id,
        variant=clause.variant,
        code=front.code,
        label=front.label,
        effect=front.effect,
        use=front.use,
        note=front.note,
        differs={str(kind): words for kind, words in front.differs.items()},
        requires=front.requires,
        excludes=front.excludes,
        precedents=front.precedents,
        unfinished=front.unfinished,
        taken_from=front.taken_from,
        core_topics=topics,
        file=str(clause.path),
    )
