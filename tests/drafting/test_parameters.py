"""Parameters: every problem at once, each with its path, a reason and an example."""

from collections.abc import Callable
from typing import Any

import pytest

from agreements.drafting import DraftRequest, assemble, families, family, strictyaml
from agreements.drafting.declarations import FamilyTemplate
from agreements.drafting.parameters import form_parameters, validate
from agreements.drafting.values import DraftParty
from agreements.errors import TemplateError
from tests.drafting.conftest import RECEIVING, Mini

Ask = Callable[..., DraftRequest]
_MORE = """
parameters:
  days: {type: integer, label: Days, minimum: 1, maximum: 90}
  flag: {type: boolean, label: Flag}
  on: {type: date, label: Date}
  sum: {type: money, label: Sum}
  rate: {type: percent, label: Rate}
  names: {type: list, item: line, label: Names}
  notice:
    type: period
    label: Notice
    checks: [{test: notice.about_days <= 365, message: it is at most a year}]
"""


@pytest.fixture
def root(mini: Mini) -> Any:
    return mini({"a": "## {#a}: A\n{{ words }} {{ receiving.short }}"})


@pytest.fixture
def check(mini: Mini) -> Callable[..., Any]:
    """Validate these parameters of a family that has one of each type."""
    folder = mini({"a": "## {#a}: A\n{{ receiving.short }}"})
    path = folder / "mini" / "family.yaml"
    path.write_text(path.read_text().replace("parameters: {}\n", _MORE.lstrip()))
    return lambda **given: validate(family("mini", folder), "agreement", {"receiving": RECEIVING, **given})


@pytest.mark.parametrize(
    ("given", "where", "reason"),
    [
        ({"days": "many"}, "parameters.days", "valid integer"),
        ({"days": "91"}, "parameters.days", "less than or equal to 90"),
        ({"flag": "perhaps"}, "parameters.flag", "valid boolean"),
        ({"on": "22 November 2026"}, "parameters.on", "year-month-day"),
        ({"on": "2026-02-30"}, "parameters.on", "valid date"),
        ({"sum": "5"}, "parameters.sum", "fields with values"),
        ({"sum": {"amount": "-1", "currency": "USD"}}, "parameters.sum.amount", "greater than or equal to 0"),
        ({"rate": "101"}, "parameters.rate", "less than or equal to 100"),
        ({"names": "one"}, "parameters.names", "is not a list"),
        ({"names": ["", "b"]}, "parameters.names.0", "it is empty"),
        ({"notice": {"months": "2", "days": "3"}}, "parameters.notice", "give one unit"),
        ({"notice": {"years": "2"}}, "parameters.notice", "at most a year"),
        ({"notice": {"moons": "2"}}, "parameters.notice.moons", "no field 'moons'"),
        ({"length": "eternal"}, "parameters.length", "not one of: indefinite, fixed"),
        ({"receiving": {"long": "Republic of Valdoria"}}, "parameters.receiving.short", "short is missing"),
        ({"words": "a\x07b"}, "parameters.words", "control character"),
        ({"recieving": "x"}, "parameters.recieving", "no parameter 'recieving'"),
        ({"length": "fixed"}, "parameters.period", "Period is missing"),
    ],
)
def test_each_problem_has_its_place_its_reason_and_a_way_out(
    check: Callable[..., Any], given: dict[str, Any], where: str, reason: str
) -> None:
    finding = next(f for f in check(**given).findings if f.where == where)
    assert reason in finding.message
    assert finding.severity == "error"
    assert finding.fix


def test_all_problems_come_at_once(root: Any) -> None:
    asked = DraftRequest("mini", parameters={"length": "x", "site": "y", "words": "\x00", "z": "1"}, draft_date="soon")
    draft = assemble(asked, root=root)
    assert draft.agreement is None
    assert sorted(f.where for f in draft.findings) == [
        "draft_date", "marking", "parameters.length", "parameters.receiving", "parameters.site", "parameters.words",
        "parameters.z",
    ]  # fmt: skip


def test_a_problem_names_the_clause_that_needs_the_parameter(root: Any) -> None:
    (finding,) = validate(family("mini", root), "agreement", {}).findings
    assert "needed by the clause a" in finding.message


def test_traps_of_yaml_mean_what_they_look_like(check: Callable[..., Any]) -> None:
    given = {"receiving": {**RECEIVING, "short": "no"}, "flag": "no", "days": "08", "on": "2026-11-22", "words": "1.10"}
    values = check(**given).values
    assert (values["receiving"].short, values["flag"], values["days"], values["words"]) == ("no", False, 8, "1.10")


def test_lines_of_a_value_become_one(check: Callable[..., Any]) -> None:
    assert check(words="one\n  two\r\nthree ").values["words"] == "one two three"


def test_what_does_not_count_is_said_and_left_out(check: Callable[..., Any]) -> None:
    result = check(period={"years": "2"})
    assert [(f.code, f.severity) for f in result.findings] == [("parameter-unused", "warning")]
    assert result.values["period"] is None


def test_a_default_is_checked_like_a_value(mini: Mini) -> None:
    folder = mini({"a": "## {#a}: A\nText."})
    path = folder / "mini" / "family.yaml"
    path.write_text(path.read_text().replace("{}", '{n: {type: integer, label: N, default: "x"}}'))
    with pytest.raises(TemplateError, match="default of the parameter n"):
        validate(family("mini", folder), "agreement", {"receiving": RECEIVING})


@pytest.mark.parametrize(
    ("names", "reason"),
    [
        ({"long": "Kingdom of Norway and the Republic of Poland", "short": "Norway"}, "more than one State"),
        ({"long": "Republic of Tamaris and the Kingdom of Tolland", "short": "Tamaris"}, "more than one State"),
    ],
)
def test_a_party_is_one_state(check: Callable[..., Any], names: dict[str, str], reason: str) -> None:
    (finding,) = check(receiving=names | {"adjective": "Norse"}).findings
    assert reason in finding.message
    assert "A draft has two Parties" in finding.message


ORGANIZATIONS = [
    {"long": "North Atlantic Treaty Organization", "short": "NATO"},
    {"long": "Headquarters of the Inner Seas", "short": "Headquarters", "code": "NATO"},
    {"long": "Support and Procurement Agency of the Alliance", "short": "the Agency"},
    {"long": "League of the Inner Seas", "short": "League", "article": "the", "kind": "organization"},
]


@pytest.mark.parametrize("names", ORGANIZATIONS)
def test_an_organization_is_party_only_where_the_clauses_can_speak_of_one(names: dict[str, str]) -> None:
    for name in families():
        template = family(name)
        for form in template.forms:
            found = validate(template.in_form(form), form, {"receiving": names}).findings
            refused = [f for f in found if "that only a State has" in f.message]
            assert bool(refused) == ((name, form) != ("acsa", "agreement") and _asks_for_parties(template, form)), form


def _asks_for_parties(template: FamilyTemplate, form: str) -> bool:
    return "receiving" in form_parameters(template.in_form(form), form)


@pytest.mark.parametrize("names", ORGANIZATIONS)
def test_an_organization_has_nothing_that_is_a_states(names: dict[str, str]) -> None:
    party = DraftParty.model_validate(names)
    assert party.is_organization
    assert party.the_government == party.the_department == party.the_ministry == party.the_long
    assert party.the_forces == f"the forces that serve under {party.the_short}"
    assert party.adjective == party.short
    own = DraftParty.model_validate(names | {"department": "Supply Office", "forces": "Guards"})
    assert own.the_department == f"the Supply Office of {own.the_long}"
    assert own.the_forces == "the Guards"


def test_a_state_is_no_organization(check: Callable[..., Any]) -> None:
    given = {"long": "Kingdom of Norway", "short": "Norway", "adjective": "Norse", "kind": "organization"}
    (finding,) = check(receiving=given).findings
    assert "it names a State; leave out its kind" in finding.message


@pytest.mark.parametrize(
    "long", ["Republic of Trinidad and Tobago", "Bosnia and Herzegovina", "Kingdom of the Isles and Fells"]
)
def test_a_state_may_have_two_names(check: Callable[..., Any], long: str) -> None:
    assert not check(receiving={"long": long, "short": "Isles", "adjective": "Islander"}).findings


def test_who_gives_a_third_party_is_told_that_there_are_two(check: Callable[..., Any]) -> None:
    for name in ("third", "third_party", "parties", "party_3"):
        (finding,) = check(**{name: RECEIVING}).findings
        assert "A draft has two Parties" in finding.fix, name
    (finding,) = check(receiving=[RECEIVING, RECEIVING]).findings
    assert "a draft has two Parties" in finding.message


def test_a_party_is_built_from_its_names(check: Callable[..., Any]) -> None:
    party = check(
        receiving={"long": "Kingdom of the Isles", "short": "Isles", "adjective": "Islander", "article": "the"}
    )
    isles = party.values["receiving"]
    assert isles.the_government == "the Government of the Kingdom of the Isles"
    assert (isles.the_short, isles.the_possessive) == ("the Isles", "the Isles'")
    assert (isles.forces, isles.personnel) == ("Islander Armed Forces", "Islander personnel")


def _shown_value(fix: str, name: str) -> Any:
    return strictyaml.load(fix.removeprefix("For example "))[name]


@pytest.mark.parametrize("name", families())
def test_the_example_for_a_number_out_of_its_limits_keeps_to_them(name: str) -> None:
    form = next(iter(family(name).forms))
    template = family(name).in_form(form)
    declared = {n: d for n, d in template.parameters.items() if d.minimum is not None}
    given = {n: "0" if d.maximum is None else str(10**9) for n, d in declared.items()}
    for finding in validate(template, form, given).findings if given else ():
        asked = finding.where.removeprefix("parameters.")
        if asked in declared and finding.code == "parameter-invalid":
            shown = float(_shown_value(finding.fix, asked))
            assert declared[asked].minimum <= shown <= (declared[asked].maximum or shown), finding


def test_the_example_for_a_value_that_fails_a_test_passes_it() -> None:
    acsa = family("acsa").in_form("agreement")
    given = {"receiving": RECEIVING, "party_names": "departments", "entry_into_force": "5b"}
    finding = next(f for f in validate(acsa, "agreement", given).findings if f.where == "parameters.entry_into_force")
    shown = _shown_value(finding.fix, "entry_into_force")
    again = validate(acsa, "agreement", {**given, "entry_into_force": shown}).findings
    assert not [f for f in again if f.where == "parameters.entry_into_force"]


def test_where_no_example_passes_it_is_said_what_the_value_is_held_against() -> None:
    sma = family("sma").in_form("agreement")
    given = {"receiving": RECEIVING, "contribution_model": "total", "labor_share": "90"}
    found = [f for f in validate(sma, "agreement", given).findings if "100 together" in f.message]
    assert [f.fix for f in found] == ["Change it, or construction_share or labor_share."]
