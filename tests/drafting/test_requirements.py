"""Clauses that contradict each other are an error with the reason and the way out, whoever chose them."""

from dataclasses import replace
from pathlib import Path

import pytest

from agreements.drafting.assembly import assemble
from agreements.drafting.clauses import ClauseText, FrontMatter
from agreements.drafting.effects import completed
from agreements.drafting.request import DraftRequest
from agreements.drafting.requirements import contradictions


def clause(name: str, **front: object) -> ClauseText:
    identifier, _, variant = name.partition("/")
    return ClauseText(identifier, variant or "standard", Path("x"), FrontMatter(label=name.title(), **front), "", 1)


@pytest.mark.parametrize(
    ("first", "code", "told"),
    [
        (clause("waiver", requires=("recall",)), "clause-requires", "the clause recall"),
        (clause("waiver", requires=("claims/none",)), "clause-requires", "claims in the variant none"),
        (clause("waiver", requires=("claims",)), "", ""),
        (clause("waiver", requires=("claims/full",)), "", ""),
        (clause("waiver", excludes=("claims/full",)), "clause-excludes", "beside the clause claims"),
        (clause("waiver", excludes=("claims/none", "recall")), "", ""),
        (clause("waiver", needs=({"test": "allied", "message": "they must be allies"},)), "clause-needs", "be allies"),
        (clause("waiver", needs=({"test": "not allied", "message": "m"},)), "", ""),
    ],
)
def test_what_a_clause_asks_for(first: ClauseText, code: str, told: str) -> None:
    found = list(contradictions([first, clause("claims/full")], {"allied": False}))
    assert [f.code for f in found] == ([code] if code else [])
    assert all(told in f.message and f.fix and f.where == "waiver" for f in found)


@pytest.mark.parametrize(
    ("family", "form", "variants", "code"),
    [
        ("dca", "agreement", {"jurisdiction_base": "in_full", "trial_safeguards": "beside_nato_sofa"}, "clause-needs"),
        ("sofa", "agreement", {"jurisdiction": "concurrent", "status": "embassy_staff"}, "clause-excludes"),
        ("sofa", "agreement", {"jurisdiction": "embassy_immunity", "status": "functional"}, "clause-requires"),
        ("sofa", "agreement", {"duration": "indefinite", "termination": "after_initial"}, "clause-excludes"),
        ("sofa", "exchange-of-notes", {"note_opening": "first_person", "note_closing": "third_person"},
         "clause-requires"),
        ("transit", "agreement", {"emergency": "air", "safety": "surface"}, "clause-needs"),
    ],
    ids=[
        "a base in full beside safeguards that rest on the NATO SOFA",
        "a divided right beside the immunity of embassy staff",
        "immunity by equivalence without the equivalence",
        "an initial period in an agreement that has none",
        "a note signed by its sender that closes as a note of the mission",
        "an emergency in the air, safety on the road",
    ],
)  # fmt: skip
def test_contradictions_of_shipped_variants(family: str, form: str, variants: dict[str, str], code: str) -> None:
    request = completed(DraftRequest(family, form, {"initial_term": {"years": "5"}}))
    assert [f.message for f in assemble(request).findings if f.code.startswith("clause-")] == []
    assert code in {f.code for f in assemble(replace(request, variants=variants)).findings}
