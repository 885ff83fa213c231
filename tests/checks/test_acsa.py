"""The items of 10 U.S.C. 2341 to 2350: what a text states, does not state, differs from, and its times added up."""

from datetime import date

import pytest

from agreements.checks import check
from agreements.checks.acsa import ChecklistAnswer, Partner, checklist, rules
from agreements.findings import Finding
from agreements.model import Agreement, Party
from agreements.textform import parse_document

USA = Party(code="USA", name="United States of America")
JORDAN = Party(code="JOR", name="Hashemite Kingdom of Jordan")


def text(body: str, *others: Party) -> Agreement:
    document = parse_document(f"# T\n## Article I: Rule\n{body}\n")
    return Agreement(id="x", family="acsa", parties=(USA, *(others or (JORDAN,))), documents=(document,))


@pytest.mark.parametrize(
    ("item", "body", "state"),
    [
        ("reciprocal", "The Parties provide each other with support.", "stated"),
        ("reciprocal", "Jordan supplies fuel.", "not-stated"),
        ("bars-guided-missiles", "Guided missiles shall not be transferred.", "stated"),
        (
            "bars-guided-missiles",
            "1. The following shall not pass:\n  (a) guided missiles; and\n  (b) mines.",
            "stated",
        ),
        ("bars-guided-missiles", "Food shall not be transferred.", "not-stated"),
        ("bars-significant-equipment", "Guided missiles shall not be transferred.", "not-stated"),
        ("bars-mines-torpedoes", "The Parties may transfer naval mines.", "differs"),
        ("bars-mines-torpedoes", "The Parties may transfer food, but not naval mines.", "stated-in-part"),
        ("bars-mines-torpedoes", "The Parties may transfer to U.S. forces naval mines.", "differs"),
        ("methods", "Payment shall be made in cash.", "stated-in-part"),
        ("methods", "Payment by the U.S. Party is made in cash.", "stated-in-part"),
        ("price-stock", "Goods from stock cost what its own forces pay.", "stated"),
        ("price-stock", "Stocks of the U.S. Department cost what its own forces pay.", "stated"),
        ("price-contractors", "Prices no less favorable than those of U.S. contractors apply.", "stated"),
        ("offset", "No debt may be set off.", "differs"),
        ("offset", "Debts shall not be offset.", "differs"),
        ("offset", "The U.S. Party may offset debts.", "stated-in-part"),
        ("offset", "Any set-off against claims of the U.S. is excluded.", "differs"),
        ("support-defined", "“Logistic support” of the U.S. forces means food, fuel and repairs.", "stated"),
        ("term-of-art", "They provide logistic support, supplies, and services.", "stated"),
        ("term-of-art", "They provide logistic support, supplies and services.", "differs"),
        ("temporary-use", "The temporary use of other military equipment is included.", "differs"),
        ("temporary-use", "The temporary use of vehicles and other nonlethal items is included.", "stated-in-part"),
        ("third-parties", "Nothing passes to a State with which the United States has no such agreement.", "stated"),
        ("third-parties", "Nothing passes on without consent.", "not-stated"),
        ("no-hostilities", "Nothing here commits a Party to bring forces into hostilities.", "stated"),
        ("no-fixed-quantities", "The U.S. Party shall supply U.S. fuel at least yearly.", "differs"),
        ("no-fixed-quantities", "Jordan shall supply at least 500 tons.", "differs"),
        ("inventories", "A Party shall keep stocks in U.S. depots for the other Party.", "differs"),
        ("inventories", "The Party shall maintain stocks for the other Party.", "differs"),
        ("inventories", "A Party shall not maintain stocks for the other Party.", "stated"),
        ("order-remit", "The order names the office to which payment is remitted.", "stated"),
        ("order-remit", "The order names the payee, to be designated on remittance.", "not-stated"),
        ("order-type", "The order has these blocks: transaction type.", "stated"),
        ("no-hostilities", "Support is given not only in peacetime but also in hostilities.", "not-stated"),
        ("no-hostilities", "Nothing in this Agreement commits a Party to bring forces into hostilities.", "stated"),
        ("third-parties", "It may pass to any ally of the receiving Party.", "differs"),
        ("third-parties", "It may pass to another State with the consent of the supplying Party.", "not-stated"),
        ("reciprocal", "The Parties follow reciprocal pricing principles.", "not-stated"),
        ("reciprocal", "It applies to support of the forces of one Party by the forces of the other.", "stated"),
        (
            "price-contractors",
            "For an acquisition from others the price is no less favorable than for own forces.",
            "stated",
        ),
    ],
)
def test_how_a_text_answers(item: str, body: str, state: str) -> None:
    (answer,) = [answer for answer in checklist(text(body)) if answer.rule.id == item]
    assert answer.state == state
    assert bool(answer.finding()) == (state in ("differs", "not-stated", "stated-in-part"))


@pytest.mark.parametrize(
    ("item", "body", "arithmetic"),
    [
        (
            "liquidation",
            "An invoice shall be paid within sixty (60) days.",
            "= 60 days; the statute: 12 months (365 days)",
        ),
        ("liquidation", "An invoice shall be paid within 18 months.", "18 months from invoice to payment (I)"),
        (
            "liquidation",
            "The Party shall invoice within 200 days of delivery. The other shall pay the invoice within 180"
            " days of it.",
            "200 days from delivery to invoice (I) + 180 days from invoice to payment (I) = 380 days",
        ),
        ("liquidation", "The Parties pay outstanding balances quarterly.", "quarterly between payments (I) = 91 days"),
        (
            "in-kind-period",
            "Goods shall be replaced within two years of delivery.",
            "two years from delivery (I) = 730 days",
        ),
    ],
)
def test_times_are_added_up_without_a_verdict(item: str, body: str, arithmetic: str) -> None:
    (answer,) = [answer for answer in checklist(text(body)) if answer.rule.id == item]
    assert answer.state == "stated"
    assert arithmetic in answer.why


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        ("An invoice shall be paid within 12 months.", []),
        ("An invoice shall be paid within one year.", []),
        ("An invoice shall be paid in good time.", []),
        ("An invoice shall be paid within 18 months.", [("acsa-liquidation", "error")]),
        (
            "The Party shall invoice within 200 days of delivery. The other shall pay the invoice within 180"
            " days of it.",
            [("acsa-liquidation", "warning")],
        ),
        ("(a) goods shall be replaced within six months; (b) records are kept for ten years.", []),
    ],
)
def test_times_that_add_up_to_more_than_the_statute_are_a_finding(body: str, codes: list[tuple[str, str]]) -> None:
    assert [(f.code, f.severity) for f in check(text(body), ["acsa"])] == codes


@pytest.mark.parametrize(
    ("partner", "open_facts"),
    [
        ("nato", {"consultation", "yearly-report"}),
        ("organization", {"consultation", "yearly-report"}),
        ("other", {"partner", "designation-notice", "conclusion-notice", "consultation", "yearly-report"}),
        ("unknown", {"partner", "designation-notice", "conclusion-notice", "consultation", "yearly-report"}),
    ],
)
def test_facts_outside_of_the_text(partner: Partner, open_facts: set[str]) -> None:
    found = {a.rule.id for a in checklist(text("x"), partner) if a.state == "to-establish"}
    assert found == open_facts


def test_a_time_in_kind_is_none_to_pay_an_invoice() -> None:
    body = "The Parties pay balances quarterly. If a Party does not pay in kind within a replacement schedule of at"
    body += " most 1 year from the delivery, the transaction shall be deemed a reimbursable transaction."
    (answer,) = [answer for answer in checklist(text(body)) if answer.rule.id == "liquidation"]
    assert answer.state == "stated-in-part"
    assert answer.why.startswith("quarterly between payments (I) = 91 days; the statute")
    assert "1 year from delivery (I) = 365 days, and the time to pay." in answer.why


def test_every_item_has_a_source_of_the_statute_and_a_day() -> None:
    assert all("10 U.S.C. 23" in rule.citation and rule.fix and rule.basis for rule in rules())
    assert all(date.fromisoformat(rule.checked) for rule in rules())
    assert any(not rule.verified and "not verified" in rule.source for rule in rules())


def test_what_takes_too_long_is_a_finding_with_the_statute() -> None:
    found: tuple[Finding, ...] = check(text("Goods shall be replaced within two years."), ["acsa"])
    assert [(f.code, f.severity, f.where) for f in found] == [("acsa-in-kind-period", "error", "I")]
    assert "10 U.S.C. 2345" in found[0].message


def test_agreements_of_others_and_of_other_families_are_left_alone() -> None:
    body = "Goods shall be replaced within two years."
    assert check(text(body).model_copy(update={"family": "sofa"}), ["acsa"]) == ()
    assert check(text(body).model_copy(update={"parties": (JORDAN,)}), ["acsa"]) == ()


def answered(item: str, body: str) -> ChecklistAnswer:
    (answer,) = [answer for answer in checklist(text(body)) if answer.rule.id == item]
    return answer


@pytest.mark.parametrize(
    ("item", "body", "state", "missing"),
    [
        ("bars-major-end-items", "1. These shall not pass:\n  (a) weapon systems; and\n  (b) food.", "stated-in-part",
         "Not: major end items."),
        ("bars-major-end-items", "1. These shall not pass:\n  (a) weapon systems; and\n  (b) major end items.",
         "stated", "Also major end items: I.1.b."),
        ("bars-mines-torpedoes", "Torpedoes shall not be transferred.", "stated-in-part", "Not: naval mines."),
        ("bars-chaff", "Chaff dispensers shall not be transferred.", "stated-in-part", "Not: chaff."),
        ("bars-chaff", "Chaff and chaff dispensers shall not be transferred.", "stated", ""),
        ("bars-nuclear-munitions", "Special nuclear material shall not be transferred.", "not-stated", ""),
        ("bars-nuclear-material", "Source and by-product material shall not pass.", "stated-in-part",
         "Not: special nuclear material, what else the Atomic Energy Act governs."),
        ("bars-significant-equipment", "Items not designated as significant military equipment may be lent.",
         "not-stated", ""),
        ("offset", "After eighteen months debts may be offset with the concurrence of the Secretary of State.",
         "stated", ""),
        ("price-stock", "The reciprocal pricing principles apply.", "stated-in-part",
         "Not: the price of what comes from stock."),
        ("no-hostilities", "The Parties shall bring their forces into hostilities.", "differs", ""),
        ("commercial-sources", "Fuel is bought from commercial sources.", "not-stated", ""),
    ],
)  # fmt: skip
def test_an_item_is_stated_where_every_element_of_it_is(item: str, body: str, state: str, missing: str) -> None:
    answer = answered(item, body)
    assert (answer.state, answer.why) == (state, missing)


def test_the_place_that_says_most_of_an_item_is_cited() -> None:
    body = (
        "1. They give support for payment in cash.\n2. “transfer” means support for payment in cash,"
        " replacement-in-kind or equal-value exchange.\n3. Orders are settled by payment in cash, by"
        " replacement-in-kind or by equal-value exchange."
    )
    assert answered("methods", body).where == "I.3"
    priced = (
        "1. The following reciprocal pricing principles apply:\n  (a) for what its contractors deliver, a price no less"
        " favorable than the one that its own forces pay; and\n  (b) from its stocks, the price for its own forces."
    )
    cited = [answered(item, priced).where for item in ("price-contractors", "price-stock")]
    assert [path[-1] for path in cited] == ["a", "b"]


def test_a_route_that_the_sum_leaves_out_is_named() -> None:
    body = (
        "1. An invoice shall be sent within 180 days of delivery. It shall be paid within 45 days.\n2. Goods shall be"
        " replaced within twelve months of delivery.\n3. If replacement is not completed in time, the transaction"
        " becomes one for payment in cash. The invoice shall be paid within 45 days."
    )
    answer = answered("liquidation", body)
    assert answer.state == "stated-in-part"
    assert "Not counted: I.3" in answer.why
    assert "= 410 days, and the time to the invoice." in answer.why
    assert answered("liquidation", body.partition("\n3.")[0]).state == "stated"


def test_what_is_no_transfer_does_not_define_the_support() -> None:
    aside = "Food, water, fuel, and the like that are consumed in common are not a transfer."
    (answer,) = [answer for answer in checklist(text(aside)) if answer.rule.id == "support-defined"]
    assert answer.state == "not-stated"
