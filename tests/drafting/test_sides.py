"""What is open between the sides: any parameter and any variant, both in brackets where the words differ."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agreements.drafting import DraftRequest, assemble, family, load_parameters
from agreements.drafting.alternat import Original
from agreements.drafting.parameters import form_parameters
from agreements.drafting.sides import Merger
from agreements.inline import decode
from agreements.model import Provision
from tests.drafting.sound import ROOT, articles, check_sound, draft

NORLANDIA = ROOT / "docs/examples/drafts/dca-norlandia.yaml"
TAMARIS = ROOT / "docs/examples/drafts/sofa-agreement.yaml"


def asked(path: Any = NORLANDIA, variants: dict[str, Any] | None = None, **changed: Any) -> DraftRequest:
    request = load_parameters(path)
    return replace(request, parameters={**request.parameters, **changed}, variants=variants or {})


def sides(us: Any, partner: Any) -> dict[str, Any]:
    return {"us": us, "partner": partner}


def texts(request: DraftRequest) -> dict[str, str]:
    agreement = draft(request)
    check_sound(agreement)
    return {p.id: p.text for d in agreement.documents for p in d.walk() if p.id}


@pytest.mark.parametrize(
    ("changed", "place", "words"),
    [
        ({"vehicle_limit": sides("2", "1")}, "customs_personal", "exceed [US: two (2)] [PARTNER: one (1)] for each"),
        (
            {"entry_into_force": "6", "entry_date": sides("2028-03-01", "2029-04-05")},
            "final",
            "on [US: March 1, 2028] [PARTNER: April 5, 2029].",
        ),
        (
            {"no_permanent_base": sides("no", "yes")},
            "purpose",
            "[PARTNER: The United States shall not establish a permanent military base",
        ),
        (
            {"recall_authority": sides("the Minister", "the Attorney General")},
            "jurisdiction",
            "[US: Minister] [PARTNER: Attorney General] may recall",
        ),
        ({"jurisdiction_model": sides("J4", "J3")}, "jurisdiction", "[PARTNER: A request that Norlandia waive"),
        ({"tax_method": sides("source", "refund")}, "official_tax", "[US: The exemption shall apply at the point of"),
    ],
    ids=["a number", "a date", "a clause that one side wants", "words", "a model", "a method"],
)
def test_any_parameter_can_be_open(changed: dict[str, Any], place: str, words: str) -> None:
    agreement = draft(asked(**changed))
    check_sound(agreement)
    assert words in articles(agreement)[place].words()


def test_money_that_is_open_stands_in_brackets() -> None:
    zenara = ROOT / "docs/examples/drafts/facilities-zenara.yaml"
    rent = sides({"amount": "24500000", "currency": "USD"}, {"amount": "30000000", "currency": "USD"})
    words = articles(draft(asked(zenara, rent=rent)))["rent"].words()
    assert "USD [US: 24,500,000] [PARTNER: 30,000,000]" in words


def test_a_whole_variant_can_be_open() -> None:
    found = texts(asked(variants={"claims": sides("full_waiver", "limited_waiver")}))
    assert found["claims.waiver"].startswith("[US: Each Party waives all claims")
    assert "] [PARTNER: Each Party waives its claims" in found["claims.waiver"]
    assert found["claims.fault"].startswith("[PARTNER: ")
    assert "] [PARTNER: The United States shall settle" in found["claims.third_party"]
    assert found["claims.filing"].startswith("A claim under paragraph 3 of this Article shall")  # both point to one


@pytest.mark.parametrize("original", ["us", "partner"])
@pytest.mark.parametrize(("ours", "theirs"), [("C1", "C3"), ("C3", "C1")])
def test_claims_can_be_open_in_both_originals(ours: str, theirs: str, original: Original) -> None:
    made = assemble(asked(claims_model=sides(ours, theirs)), original=original)
    assert made.agreement is not None, made.findings
    check_sound(made.agreement)
    filing = texts(asked(claims_model=sides(ours, theirs)))["claims.filing"]
    assert filing.startswith("A claim under paragraph ")


def test_what_both_have_at_two_places_stands_once() -> None:
    def clause(*ids: str) -> list[Provision]:
        return [Provision(kind="paragraph", id=each, text=f"Words on {each}.") for each in ids]

    made = Merger().merged(clause("a", "b", "ours", "c"), clause("theirs", "c", "a", "b"))
    assert [p.id for p in made if p.id in ("a", "b", "c")] == ["a", "b", "c"]
    assert {p.text for p in made if p.id in ("a", "b", "c")} == {"Words on a.", "Words on b.", "Words on c."}
    assert sorted(p.text for p in made if p.text.startswith("[")) == [
        "[PARTNER: Words on theirs.]",
        "[US: Words on ours.]",
    ]


def test_who_names_a_variant_chooses_the_value_that_takes_it() -> None:
    by_variant, by_value = asked(variants={"claims": "full_waiver"}), asked(claims_model="C1")
    assert texts(by_variant) == texts(by_value)


def test_a_parameter_that_one_side_has_no_use_for_is_no_remark() -> None:
    made = assemble(asked(jurisdiction_model=sides("J4", "J3"), recall_days={"days": "30"}))
    assert not made.findings


def test_what_is_wrong_with_one_side_is_a_finding() -> None:
    made = assemble(asked(jurisdiction_model=sides("J4", "J9")))
    assert made.agreement is None
    assert [(f.code, f.where) for f in made.findings] == [("parameter-invalid", "parameters.jurisdiction_model")]


@pytest.mark.parametrize(
    ("ours", "theirs", "merged", "reason"),
    [
        ("A b c.", "A b c.", "A b c.", "the same"),
        ("A [b](term:b) c.", "A b c.", "A [b](term:b) c.", "a term marked on one side only"),
        ("Within ten days.", "Within one year.", "Within {ten days|one year}.", "a few words"),
        ("One. Two. Three.", "One. Three.", "One. {Two.|} Three.", "a sentence more"),
        ("A; and", "A.", "A; and", "only the end of a list item"),
        (
            "By [x](reference:?a||).",
            "By [x](reference:?b||).",
            "By {[x](reference:?a||)|[x](reference:?b||)}.",
            "marks",
        ),
    ],
)
def test_words_of_both(ours: str, theirs: str, merged: str, reason: str) -> None:
    def one(line: str) -> Provision:
        text, marks = decode(line)
        return Provision(kind="paragraph", number="#.", text=text, marks=marks, id="x")

    (result,) = Merger().merged([one(ours)], [one(theirs)])
    plain = decode(merged)[0]
    for sign, shown in (("{", "[US: "), ("|}", "]"), ("|", "] [PARTNER: "), ("}", "]")):
        plain = plain.replace(sign, shown)
    assert result.text == plain, reason
    assert all(result.text[m.start : m.end].startswith("[") for m in result.marks if m.kind == "bracket")


_SOFA = form_parameters(family("sofa").in_form("agreement"), "agreement")
_CHOICES = {name: declared for name, declared in _SOFA.items() if declared.type in ("choice", "boolean")}


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_any_two_choices_open_give_a_sound_draft(data: st.DataObject) -> None:
    names = data.draw(st.lists(st.sampled_from(sorted(_CHOICES)), min_size=1, max_size=3, unique=True))
    changed: dict[str, Any] = {
        "entry_delay": {"months": "2"},
        "entry_date": "2030-01-01",
        "initial_term": {"years": "5"},
        "entry_with": "the Agreement on Ports, signed at Norhavn on 5 May 2027",
    }
    changed |= {"renewal_term": {"years": "5"}, "tax_threshold": {"amount": "500", "currency": "USD"}}
    for name in names:
        values = st.sampled_from(sorted(_CHOICES[name].choices) or ["yes", "no"])
        changed[name] = sides(data.draw(values), data.draw(values))
    check_sound(draft(asked(TAMARIS, **changed)))
