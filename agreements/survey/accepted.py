"""Accepted variants: which agreement has which variant of a clause, and the words it rests on."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Literal

from agreements.classifying import applied_elsewhere, matters_left_open
from agreements.classifying.variants import CODES, Variant
from agreements.display import shown_short
from agreements.errors import unknown
from agreements.language.limited import limits
from agreements.languages import not_read
from agreements.lineage import graph as lineage
from agreements.registry import VARIANTS
from agreements.repository import Derived, Facts, Repository, select
from agreements.search import fresh
from agreements.search.provisions import ClauseRow, clause_rows
from agreements.survey.absence import Recorded, recorded
from agreements.survey.coverage import TOGETHER, CarriedTopics
from agreements.topics import NOT_FOUND, core_of

AcceptanceBasis = Literal["read", "by-reference", "unsure", "not-in-text", "not-found", "not-read"]
_OWN_LIFE = ("termination_notice", "term")  # how another agreement lasts and ends stays its own
_SIDE = ("annex", "appendix", "protocol", "agreed-minutes", "side-letter", "implementing-arrangement")
_LAST: tuple[AcceptanceBasis, ...] = (
    "read",
    "by-reference",
    "unsure",
    "not-in-text",
    "not-found",
    "not-read",
)  # of the groups
_TABLES = 4  # that a desk keeps
_GROUPS = {
    "by-reference": "by reference",
    "unsure": "unsure",
    "not-in-text": "not in this text",
    "not-found": NOT_FOUND,
    "not-read": "in a language whose clauses are not read",
}


@shown_short
@dataclass(frozen=True, slots=True)
class Accepted:
    """What one agreement has: `how` it is known; the `code`, the `words` it rests on and their place, where read.

    `limits` are the words that limit it, in its sentence and in the next ones (`language.limited`).
    `candidates` are the codes that different clauses of an unsure agreement give. `via` says by which way words of
    another agreement come, and what those settle; `said` who read what when where it is not in the text.
    """

    agreement: str
    title: str
    signed: str
    status: str
    how: AcceptanceBasis
    code: str = ""
    number: int | None = None
    unit: str = ""
    ref: str = ""
    words: str = ""
    citation: str = ""
    candidates: tuple[str, ...] = ()
    via: str = ""
    said: str = ""
    limits: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """Return where it stands: the place of the words, or the agreement alone where they are those of another."""
        return self.agreement if self.via or not self.ref else self.ref

    @property
    def group(self) -> str:
        """Return the heading that it stands under."""
        return self.code or _GROUPS[self.how]

    def as_json(self) -> dict[str, Any]:
        """Return the fields that say something; `evidence` is the reference of the words."""
        row: dict[str, Any] = {"agreement": self.agreement, "signed": self.signed, "status": self.status}
        row |= {"how": self.how, "code": self.code, "number": self.number, "unit": self.unit}
        row |= {"evidence": self.ref, "words": self.words, "citation": self.citation}
        row |= {"candidates": list(self.candidates), "via": self.via, "said": self.said, "limits": list(self.limits)}
        return {k: v for k, v in row.items() if v not in ("", None, [])}


@shown_short
@dataclass(frozen=True, slots=True)
class VariantTable:
    """The agreements by variant of one `kind`: groups with the newest first, what is not settled last."""

    kind: str
    label: str
    groups: Mapping[str, tuple[Accepted, ...]]

    @property
    def meanings(self) -> dict[str, str]:
        """Return of each group what its code means, in words; empty where it needs none."""
        return {code: CODES.get(code, "") for code in self.groups}

    def as_json(self) -> dict[str, Any]:
        """Return `{kind, label, groups: [{code, meaning, agreements}]}`."""
        return {
            "kind": self.kind,
            "label": self.label,
            "groups": [
                {"code": code, "meaning": self.meanings[code], "agreements": [row.as_json() for row in rows]}
                for code, rows in self.groups.items()
            ],
        }


def kinds_for(name: str) -> tuple[str, ...]:
    """Return the kinds of variant that `name` means: a kind, or all that are read from a topic of that id.

    Raises `NotFoundError` that lists the known kinds.
    """
    if name in VARIANTS:
        return (name,)
    if found := tuple(kind for kind, row in VARIANTS.items() if name in row.topics):
        return found
    raise unknown("kind of variant", name, VARIANTS)


def accepted_variants(
    repository: Repository,
    kind: str,
    *,
    families: Sequence[str] = (),
    parties: Sequence[str] = (),
    specimens: bool = False,
    tell: Callable[[str], None] | None = None,
) -> VariantTable:
    """Return the agreements in `repository` whose text is held, by their variant of `kind`.

    Nothing is guessed: an agreement with a clause that does not settle it, or with clauses that differ, is unsure.
    Raises `NotFoundError` for an unknown kind or family, `RepositoryError`.
    """
    if kind not in VARIANTS:
        raise unknown("kind of variant", kind, VARIANTS)
    chosen = select(repository.list(), families=families, parties=parties, text_held=True, specimens=specimens)
    kept = [f for f in chosen if f.standing == "agreement" or (specimens and f.standing == "specimen")]
    ids = [f.id for f in kept]
    carried = CarriedTopics.of(repository, ids, tell=tell)
    readings = recorded(repository, ids, carried.graph)
    asked = kind, frozenset(ids), readings.words()  # what people read stands beside the files of the agreements

    def made() -> VariantTable:
        return _table(kind, kept, _Held.of(repository, carried, readings, kind, tell))

    return fresh.once_in_step(repository, "accepted variants", asked, made, most=_TABLES)


def _table(kind: str, chosen: Sequence[Facts], held: "_Held") -> VariantTable:
    rows = [_accepted(facts, kind, held) for facts in chosen]
    rows.sort(key=lambda row: (row.signed, row.agreement), reverse=True)
    found: dict[str, list[Accepted]] = {}
    for row in sorted(rows, key=lambda row: _LAST.index(row.how)):
        found.setdefault(row.group, []).append(row)
    return VariantTable(kind, VARIANTS.label(kind), {code: tuple(group) for code, group in found.items()})


@dataclass(frozen=True, slots=True)
class _ReadClause:
    """A clause on a kind as it was read, the `number`th of its agreement: the `variant` that it settles, or by which
    words it is `applied` from another text; or in words what it leaves open (`left`: then it settles nothing).

    `inside` are the numbers of the paragraphs in it that hold the words of the variant, the narrowest first; `limits`
    the words that limit the variant.
    """

    number: int
    ref: str
    path: str
    citation: str
    variant: Variant | None = None
    applied: str = ""
    left: str = ""
    inside: tuple[int, ...] = ()
    limits: tuple[str, ...] = ()

    def packed(self) -> list[Any]:
        """Return it as it is kept."""
        found = self.variant
        variant = [found.code, found.words, found.start, found.number, found.unit] if found else None
        return [self.ref, self.path, self.citation, variant, self.applied, self.left, self.inside, self.limits]

    @classmethod
    def of_packed(cls, kind: str, number: int, row: Sequence[Any]) -> "_ReadClause":
        """Return what `packed` made a row of."""
        ref, path, citation, variant, applied, left, inside, limited = row
        found = Variant(kind, *variant) if variant else None
        return cls(number, ref, path, citation, found, applied, left, tuple(inside), tuple(limited))


def _read_alone(
    kind: str, tell: Callable[[str], None] | None, repository: Repository, ids: Sequence[str]
) -> Iterator[tuple[str, list[list[Any]]]]:
    """Yield of each agreement its clauses on a kind and its paragraphs, as they were read."""
    found: dict[str, list[list[ClauseRow]]] = {i: [[], []] for i in ids}
    for at, level in enumerate(("article", "paragraph")):
        for row in clause_rows(repository, ids, level=level, topics=VARIANTS[kind].topics, tell=tell):
            found[row.agreement][at].append(row)
    for agreement, levels in found.items():
        yield agreement, [[each.packed() for each in _as_read(kind, rows, levels[1])] for rows in levels]


def _as_read(kind: str, rows: Sequence[ClauseRow], paragraphs: Sequence[ClauseRow]) -> Iterator[_ReadClause]:
    for number, row in enumerate(rows):
        variant = VARIANTS[kind].read(row.text)
        core = core_of(next(topic for topic in VARIANTS[kind].topics if topic in row.topics))
        found = None if variant else matters_left_open(row.text, row.cores).get(core)
        inside: list[int] = []
        if variant:
            below = [
                n for n, p in enumerate(paragraphs) if p.path.startswith(f"{row.path}.") and variant.words in p.text
            ]
            inside = sorted(below, key=lambda n: len(paragraphs[n].text))
        applied = "" if variant or found else applied_elsewhere(row.text)
        left = found.says(row.path) if found else ""
        limited = limits(row.text, variant.start, variant.start + len(variant.words)) if variant else ()
        yield _ReadClause(number, row.ref, row.path, row.citation, variant, applied, left, tuple(inside), limited)


@dataclass(frozen=True, slots=True)
class _Held:
    """The clauses and paragraphs on a `kind` by agreement, what stands on what, what people read not to be there."""

    kind: str
    rows: Mapping[str, Sequence[Sequence[Any]]]
    graph: lineage.StandingGraph
    readings: Recorded

    @classmethod
    def of(
        cls,
        repository: Repository,
        held: CarriedTopics,
        readings: Recorded,
        kind: str,
        tell: Callable[[str], None] | None,
    ) -> "_Held":
        alone = Derived(f"variants-{kind}", 3, partial(_read_alone, kind, tell), together=TOGETHER)
        # What somebody adds may read otherwise tomorrow, and says no version.
        is_ours = kind not in VARIANTS.others
        rows = alone.rows(repository, sorted(held.read), may_keep=lambda: is_ours and fresh.is_in_step(repository))
        return cls(kind, rows, held.graph, readings)

    def clauses(self, agreement: str) -> tuple[list[_ReadClause], list[_ReadClause]]:
        """Return the clauses of an agreement on the kind, and its paragraphs."""
        clauses, paragraphs = self.rows.get(agreement, ((), ()))
        return self._of(clauses), self._of(paragraphs)

    def _of(self, rows: Sequence[Any]) -> list[_ReadClause]:
        return [_ReadClause.of_packed(self.kind, number, row) for number, row in enumerate(rows)]


def _status(facts: Facts) -> str:
    return facts.said("status", facts.status)


def _accepted(facts: Facts, kind: str, held: _Held) -> Accepted:
    base = (
        facts.id,
        facts.called,
        facts.said("signed", max(facts.signed, default="")),
        _status(facts),
    )
    own, paragraphs = held.clauses(facts.id)
    if (found := _settled(base, own, paragraphs)) is not None:
        return found
    for route in held.graph.routes(facts.id) if kind not in _OWN_LIFE else ():
        target = route[-1].target
        rows = ([r for r in each if route[-1].reaches(r.path)] for each in held.clauses(target))
        if (there := _settled((target, "", "", ""), *rows)) is not None:
            way = ", which ".join(edge.says() for edge in route)
            ends = f": there {there.code}, {there.ref}" if there.code else f": {there.ref}"
            applied = Accepted(*base, "by-reference", ref=there.ref, citation=there.citation, via=f"{way}{ends}")
            return replace(applied, limits=there.limits)
    readings = [r for topic in VARIANTS[kind].topics[:1] if (r := held.readings(facts.id, core_of(topic)))]
    for reading in readings:
        return Accepted(*base, "not-found" if reading.why else "not-in-text", said=reading.words())
    if unread := not_read("clauses", facts.texts):
        return Accepted(*base, "not-read", said=unread)
    if said := next((row.left for row in (*own, *paragraphs) if row.left), ""):
        return Accepted(*base, "not-found", said=f"{NOT_FOUND}; {said}")
    return Accepted(*base, "not-found")


def _settled(
    base: tuple[str, str, str, str], clauses: Sequence[_ReadClause], paragraphs: Sequence[_ReadClause]
) -> Accepted | None:
    """Return what the clauses on a kind settle, that they apply another text or are unsure; None where none is."""
    clauses, paragraphs = ([row for row in rows if not row.left] for rows in (clauses, paragraphs))
    for rows in (clauses, paragraphs):
        read = [(row, row.variant) for row in rows if row.variant]
        main = [x for x in read if not x[0].path.startswith(_SIDE)] or read
        codes = tuple(dict.fromkeys(v.code for _, v in main))
        if len(codes) > 1:
            return Accepted(*base, "unsure", candidates=codes)
        if main:
            return _read(base, *main[0], paragraphs)
    for row in clauses:
        if row.applied:
            return Accepted(*base, "by-reference", ref=row.ref, words=row.applied, citation=row.citation)
    place = clauses or paragraphs
    return Accepted(*base, "unsure", ref=place[0].ref, citation=place[0].citation) if place else None


def _read(
    base: tuple[str, str, str, str], row: _ReadClause, variant: Variant, paragraphs: Sequence[_ReadClause]
) -> Accepted:
    """Return what was read, at the narrowest provision that holds the words."""
    by_number = {each.number: each for each in paragraphs}
    place = next((by_number[n] for n in row.inside if n in by_number), row)
    read = Accepted(*base, "read", variant.code, variant.number, variant.unit, place.ref, variant.words, place.citation)
    return replace(read, limits=row.limits)
