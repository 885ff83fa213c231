"""Checks for clauses of one text that contradict each other: the variants that they have, read from their words."""

from collections.abc import Iterator

from agreements.checks.passages import classified
from agreements.classifying.variants import CODES, Variant, variants_in
from agreements.findings import Finding, warning
from agreements.model import Agreement
from agreements.registry import VARIANTS

# Variants that cannot both stand in one text: who holds one group cannot hold the other.
_CONFLICTS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "criminal_jurisdiction": (frozenset({"J1", "J2"}), frozenset({"J3", "J4", "J5", "J6"})),
    "claims": (frozenset({"C1"}), frozenset({"C3"})),
    "fees": (frozenset({"waived"}), frozenset({"paid"})),
}
_PERIODS = ("termination_notice",)
_ASIDE = ("annex", "appendix", "implementing-arrangement", "protocol")


def contradictory_clauses(agreement: Agreement) -> Iterator[Finding]:
    """Say where two clauses of the main text have variants that contradict each other, or two times for one thing."""
    read: dict[str, list[tuple[str, Variant]]] = {}
    for clause in classified(agreement):
        if not clause.path.startswith(_ASIDE):
            for variant in variants_in(clause.text, [assigned.id for assigned in clause.topics]):
                read.setdefault(variant.kind, []).append((clause.path, variant))
    for kind, found in read.items():
        yield from _conflicts(kind, found)


def _conflicts(kind: str, found: list[tuple[str, Variant]]) -> Iterator[Finding]:
    path, first = found[0]
    for other_path, other in found[1:]:
        if _excludes(kind, first.code, other.code) and path != other_path:
            message = f"{VARIANTS.label(kind)}: {_named(first)} in {path}, and {_named(other)} here."
            yield warning("contradiction", other_path, message, "Keep one of the two, or say when each applies.")
            return


def _excludes(kind: str, first: str, second: str) -> bool:
    if kind in _PERIODS:
        return first != second
    groups = _CONFLICTS.get(kind)
    return groups is not None and any(first in a and second in b for a, b in (groups, groups[::-1]))


def _named(variant: Variant) -> str:
    return CODES.get(variant.code, variant.code)
