"""What a text lacks: against the pattern of its family, and beside its nearest precedents."""

import pytest

from agreements.checks import check
from agreements.checks.missing import beside, missing_beside, nearest
from agreements.drafting.assembly import assemble
from agreements.drafting.effects import completed
from agreements.drafting.request import DraftRequest
from agreements.families import FAMILIES
from agreements.model import Agreement
from agreements.textform import parse_document
from agreements.topics import topics


def test_the_patterns_name_families_and_core_topics() -> None:
    assert {name for name, family in FAMILIES.items() if family.topics} == set(FAMILIES) - {"other"}
    assert all(core in topics() and topics()[core].core == core for each in FAMILIES.values() for core in each.topics)


@pytest.mark.parametrize("family", sorted(set(FAMILIES) - {"other", "state_flights"}))
def test_a_full_draft_lacks_nothing_of_its_pattern(family: str) -> None:
    draft = assemble(completed(DraftRequest(family, "agreement", {}))).agreement
    assert draft is not None
    assert [f.message for f in check(draft, ["missing-topics"])] == []


def test_a_clause_that_was_taken_out_is_missed() -> None:
    draft = assemble(completed(DraftRequest("sofa", "agreement", {}))).agreement
    assert draft is not None
    kept = tuple(
        p
        for p in draft.documents[0].provisions
        if p.heading not in ("Contracting", "Contractors", "Entry and Exit", "Uniforms and Arms")
    )
    cut = draft.model_copy(update={"documents": (draft.documents[0].model_copy(update={"provisions": kept}),)})
    told = " ".join(f.message for f in check(cut, ["missing-topics"]))
    assert "entry and exit" in told
    assert all(f.fix and f.where == "main" for f in check(cut, ["missing-topics"]))


def test_a_fragment_and_an_amendment_are_left_alone() -> None:
    document = parse_document("## Article I: Claims\nEach Party waives all claims.\n")
    fragment = Agreement(id="x", family="sofa", form="agreement", documents=(document,))
    assert check(fragment, ["missing-topics"]) == ()


def test_the_nearest_precedents_are_those_with_the_same_topics() -> None:
    held = {"a": {"labor", "termination"}, "b": {"labor"}, "c": {"ordering"}}
    assert list(nearest(frozenset({"labor"}), held)) == ["b", "a"]


def test_what_most_of_the_nearest_have_is_missed() -> None:
    carried = frozenset({"labor", "termination"})
    held = {name: {"labor", "termination", "prepositioning"} for name in "abc"} | {"d": {"labor", "ordering"}}
    (found,) = missing_beside(carried, held)
    assert found.code == "missing-beside-precedents"
    assert "a, b, c" in found.message
    assert list(missing_beside(carried | {"prepositioning"}, held)) == []


def test_that_nothing_lacks_beside_precedents_or_that_there_are_none_is_said() -> None:
    carried = frozenset({"labor", "termination"})
    held = {name: {"labor", "termination"} for name in "abc"}

    def said(precedents: dict[str, set[str]]) -> list[tuple[str, str]]:
        return [(f.code, f.message) for f in beside(carried, precedents, "Labor")]

    assert said(held) == [
        ("held-beside-precedents",
         "Labor: held against a, b, c; no topic that 3 of them carry was found to be missing."),
    ]  # fmt: skip
    assert "held are a alone" in said({"a": held["a"]})[0][1]
    assert "no agreement with clauses" in said({})[0][1]
    assert [code for code, _ in said({name: held[name] | {"prepositioning"} for name in held})] == [
        "missing-beside-precedents"
    ]
