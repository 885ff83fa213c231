"""Checks: an agreement or draft in, findings out. `CHECKS` is the table; a check is a function and a row in it."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from agreements.checks import references, signing, structure, words
from agreements.errors import unknown
from agreements.findings import Finding
from agreements.model import Agreement

Check = Callable[[Agreement], Iterable[Finding]]

CHECKS: dict[str, Check] = {
    "numbering": structure.numbering,
    "bodies": structure.bodies,
    "lengths": structure.lengths,
    "references": references.unresolved,
    "terms": words.defined_terms,
    "placeholders": words.placeholders,
    "brackets": words.open_brackets,
    "register": words.binding_register,
    "signatures": signing.signatures,
    "dates": signing.dates,
}


def check(agreement: Agreement, names: Sequence[str] = ()) -> tuple[Finding, ...]:
    """Return the findings of the checks `names` (default: all) over `agreement`, the gravest first.

    Raises `NotFoundError` that lists the known checks when one is not known.
    """
    order = {"error": 0, "warning": 1, "info": 2}
    return tuple(sorted(_run(agreement, names or tuple(CHECKS)), key=lambda finding: order[finding.severity]))


def _run(agreement: Agreement, names: Iterable[str]) -> Iterator[Finding]:
    for name in names:
        if name not in CHECKS:
            raise unknown("check", name, CHECKS)
        yield from CHECKS[name](agreement)


__all__ = ["CHECKS", "Check", "check"]
