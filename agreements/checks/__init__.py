"""Checks: an agreement or draft in, findings out. `CHECKS` is the table; a check is a function and a row in it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from agreements.checks import (
    acsa,
    consistency,
    languages,
    leftovers,
    limits,
    missing,
    references,
    register,
    signing,
    structure,
    terms,
    words,
)
from agreements.errors import unknown
from agreements.findings import Finding
from agreements.model import Agreement


@dataclass(frozen=True, slots=True)
class Check:
    """A check: the function, and in a line what it looks for."""

    run: Callable[[Agreement], Iterable[Finding]]
    looks_for: str


CHECKS: dict[str, Check] = {
    "numbering": Check(structure.numbering, "gaps and repetitions in the numbers of articles, paragraphs and points"),
    "bodies": Check(structure.bodies, "articles that have a head and no words"),
    "lengths": Check(structure.lengths, "provisions that are oddly short or long"),
    "references": Check(references.unresolved, "references that lead nowhere"),
    "reference-levels": Check(references.levels, "references that name another level than that of the provision"),
    "reference-circles": Check(references.circles, "provisions that refer to themselves, or each to the other"),
    "terms": Check(terms.defined_terms, "terms defined twice, and terms defined and not used"),
    "terms-undefined": Check(terms.undefined, "words used as defined terms without a definition"),
    "terms-capitals": Check(terms.capitals, "defined terms written now in capitals, now in small letters"),
    "placeholders": Check(words.placeholders, "things left to fill in, and blanks"),
    "brackets": Check(words.open_brackets, "words in brackets, which are not agreed"),
    "register": Check(register.register, "treaty words in a memorandum, words that bind nobody in an agreement"),
    "leftover-names": Check(leftovers.leftover_names, "States that act in the text and are no party to it"),
    "leftover-styles": Check(leftovers.leftover_styles, "a party under a style that is not its own"),
    "limits": Check(
        limits.standing_limits, "indemnities, unfunded promises, tribunals, inspection and fees of State aircraft"
    ),
    "acsa": Check(acsa.statute, "an ACSA that departs from 10 U.S.C. 2341 to 2350: periods, excluded items, stocks"),
    "contradictions": Check(
        consistency.contradictory_clauses,
        "clauses of one text whose variants exclude each other, or two periods for one thing",
    ),
    "missing-topics": Check(
        missing.missing_topics, "topics that a full agreement of the family settles and this one does not"
    ),
    "languages": Check(languages.language_counts, "unequal numbers of paragraphs in the texts of two languages"),
    "signatures": Check(signing.signatures, "parties without a signature block"),
    "dates": Check(signing.dates, "an entry into force before the last signature"),
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
        yield from CHECKS[name].run(agreement)


__all__ = ["CHECKS", "Check", "check"]
