"""The checklist of 10 U.S.C. 2341 to 2350: what a text must say, must not say, and in what time."""

from datetime import date

import pytest

from agreements.checks import check
from agreements.checks.acsa import Partner, checklist, rules
from agreements.findings import Finding
from agreements.model import Agreement, Party
from agreements.textform import parse_document

USA = Party(code="USA", name="United States of America")
JORDAN = Party(code="JOR", name="Hashemite Kingdom of Jordan")


def text(body: str, *others: Party) -> Agreement:
    document = parse_document(f"# T\n## Article I: Rule\n{body}\n")
    return Agreement(id="x", family="acsa", parties=(USA, *(others or (JORDAN,))), documents=(document,))


@pytest.mark.parametrize(
    ("question", "body", "state"),
    [
        ("reciprocal", "The Parties provide each other with support.", "met"),
        ("reciprocal", "Jordan supplies fuel.", "not-found"),
        ("excluded-items", "Guided missiles shall not be transferred.", "met"),
        ("excluded-items", "1. The following shall not pass:\n  (a) guided missiles; and\n  (b) mines.", "met"),
        ("excluded-items", "Food shall not be transferred.", "not-found"),
        ("barred-transfer", "The Parties may transfer naval mines.", "departs"),
        ("barred-transfer", "The Parties may transfer food, but not naval mines.", "met"),
        ("methods", "Payment shall be made in cash.", "met"),
        ("price-stock", "Goods from stock cost what its own forces pay.", "met"),
        ("liquidation", "An invoice shall be paid within sixty (60) days.", "met"),
        ("liquidation", "An invoice shall be paid within 12 months.", "met"),
        ("liquidation", "An invoice shall be paid within one year.", "met"),
        ("liquidation", "An invoice shall be paid within 18 months.", "departs"),
        ("liquidation", "An invoice shall be paid in good time.", "not-found"),
        ("in-kind-period", "Goods shall be replaced within twelve (12) months of delivery.", "met"),
        ("in-kind-period", "Goods shall be replaced within two years of delivery.", "departs"),
        ("offset", "No debt may be set off.", "departs"),
        ("offset", "Debts shall not be offset.", "departs"),
        ("offset", "The U.S. Party may offset debts.", "met"),
        ("offset", "Any set-off against claims of the U.S. is excluded.", "departs"),
        ("support-defined", "“Logistic support” of the U.S. forces means food, fuel and repairs.", "met"),
        ("methods", "Payment by the U.S. Party is made in cash.", "met"),
        ("price-contractors", "Prices no less favorable than those of U.S. contractors apply.", "met"),
        ("price-stock", "Stocks of the U.S. Department cost what its own forces pay.", "met"),
        ("barred-transfer", "The Parties may transfer to U.S. forces naval mines.", "departs"),
        ("no-fixed-quantities", "The U.S. Party shall supply U.S. fuel at least yearly.", "departs"),
        ("inventories", "A Party shall keep stocks in U.S. depots for the other Party.", "departs"),
        ("in-kind-period", "(a) goods shall be replaced within six months; (b) records are kept for ten years.", "met"),
        ("no-fixed-quantities", "Jordan shall supply at least 500 tons.", "departs"),
        ("inventories", "The Party shall maintain stocks for the other Party.", "departs"),
        ("inventories", "A Party shall not maintain stocks for the other Party.", "met"),
    ],
)
def test_how_a_text_answers(question: str, body: str, state: str) -> None:
    (answer,) = [answer for answer in checklist(text(body)) if answer.rule.id == question]
    assert answer.state == state
    assert bool(answer.finding()) == (state in ("departs", "not-found"))


@pytest.mark.parametrize(
    ("partner", "open_facts"),
    [
        ("nato", {"consultation"}),
        ("organization", {"consultation"}),
        ("other", {"partner", "designation-notice", "conclusion-notice", "consultation"}),
        ("unknown", {"partner", "designation-notice", "conclusion-notice", "consultation"}),
    ],
)
def test_facts_outside_of_the_text(partner: Partner, open_facts: set[str]) -> None:
    found = {a.rule.id for a in checklist(text("x"), partner) if a.state == "to-establish"}
    assert found == open_facts


def test_every_question_has_a_source_of_the_statute_and_a_day() -> None:
    assert all("10 U.S.C. 23" in rule.citation and rule.fix and rule.basis for rule in rules())
    assert all(date.fromisoformat(rule.checked) for rule in rules())
    assert any(not rule.verified and "not verified" in rule.source for rule in rules())


def test_what_departs_is_a_finding_with_the_statute() -> None:
    found: tuple[Finding, ...] = check(text("Goods shall be replaced within two years."), ["acsa"])
    assert [(f.code, f.severity, f.where) for f in found] == [("acsa-in-kind-period", "error", "I")]
    assert "10 U.S.C. 2345" in found[0].message


def test_agreements_of_others_and_of_other_families_are_left_alone() -> None:
    body = "Goods shall be replaced within two years."
    assert check(text(body).model_copy(update={"family": "sofa"}), ["acsa"]) == ()
    assert check(text(body).model_copy(update={"parties": (JORDAN,)}), ["acsa"]) == ()
