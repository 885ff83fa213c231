"""Text that is still open between the sides, and parameter files of earlier versions."""

from dataclasses import replace
from typing import Any

import pytest

from agreements import drafting
from agreements.checks import check
from agreements.drafting import DraftRequest, assemble, load_parameters
from agreements.drafting.values import Period
from agreements.model import Provision
from tests.drafting.conftest import Mini
from tests.drafting.sound import ROOT, check_sound, draft

TAMARIS = ROOT / "docs/examples/drafts/sofa-agreement.yaml"
NOTICE = {"us": {"months": "12"}, "partner": {"months": "6"}}


def sofa(**changed: Any) -> DraftRequest:
    request = load_parameters(TAMARIS)
    return replace(request, parameters={**request.parameters, **changed})


def brackets(request: DraftRequest) -> list[tuple[str, str, str]]:
    def of(provision: Provision) -> list[tuple[str, str, str]]:
        return [
            (provision.id or "", m.target, provision.text[m.start : m.end])
            for m in provision.marks
            if m.kind == "bracket"
        ]

    agreement = draft(request)
    check_sound(agreement)
    return [row for d in agreement.documents for p in d.walk() for row in of(p)]


def test_a_period_that_is_open_stands_in_brackets_with_both_sides() -> None:
    assert brackets(sofa(termination_notice=NOTICE)) == [
        ("termination", "us", "[US: twelve (12) months]"),
        ("termination", "partner", "[PARTNER: six (6) months]"),
    ]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("[US: exercises & training] [PARTNER: exercises]", ["[US: exercises & training]", "[PARTNER: exercises]"]),
        ("visits [PARTNER: of up to 30 days] to ports", ["[PARTNER: of up to 30 days]"]),
        ("[OTHER: x]", []),
        ("[US: ]", []),
        ("[US: a [PARTNER: b]", ["[PARTNER: b]"]),
        ("[US: x](term:y) # {% z %}", ["[US: x]"]),
    ],
)
def test_brackets_in_a_value_are_marked_and_read_as_typed(words: str, found: list[str]) -> None:
    request = sofa(activities=[words])
    assert [row[2] for row in brackets_of_any(request)] == found
    scope = next(p for d in draft(request).documents for p in d.walk() if p.id == "purpose.scope")
    assert f"for {words}, and" in scope.text


def brackets_of_any(request: DraftRequest) -> list[tuple[str, str, str]]:
    agreement = draft(request)
    return [
        (p.id or "", m.target, p.text[m.start : m.end])
        for d in agreement.documents
        for p in d.walk()
        for m in p.marks
        if m.kind == "bracket"
    ]


def test_open_brackets_are_counted_by_the_checks() -> None:
    assert [f.code for f in check(draft(sofa(termination_notice=NOTICE))) if "bracket" in f.code] == ["open-bracket"]


@pytest.mark.parametrize(
    "value",
    [{"us": {"months": 1}}, {"us": {"months": 1}, "partner": {"months": 2}, "days": 3}, {}, {"months": 1, "days": 2}],
)
def test_a_period_is_one_unit_or_both_sides(value: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="one unit"):
        Period.model_validate(value)


def test_an_open_period_counts_as_ours() -> None:
    period = Period.model_validate({"us": {"hours": 72}, "partner": {"days": 9}})
    assert (period.count, period.unit, period.about_days, period.in_months()) == (72, "hour", 3, None)


def test_a_parameter_of_an_earlier_version_is_taken_under_its_present_name(mini: Mini, ask: Any) -> None:
    root = mini({"a": "## {#a}: A\n\n{{ words }}"}, more="renamed: {text: words, wording: words}")
    made = assemble(ask(text="as before"), root=root)
    assert [(f.code, f.severity, f.where) for f in made.findings] == [
        ("parameter-renamed", "warning", "parameters.text")
    ]
    assert made.agreement is not None
    assert made.agreement.documents[0].provisions[0].text == "as before"
    both = drafting.assemble(ask(text="old", words="new"), root=root)
    assert both.agreement is not None
    assert both.agreement.documents[0].provisions[0].text == "new"
