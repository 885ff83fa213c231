"""The family of special measures: a total with an implementing arrangement, or named items with agreed minutes."""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agreements.drafting import DraftRequest, assemble, load_parameters
from agreements.model import Agreement, Document
from agreements.reference import places
from tests.drafting.sound import ROOT, all_words, articles, cached, check_sound, draft

HANBYUL = ROOT / "docs/examples/drafts/sma-hanbyul.yaml"
ITEMIZED, NEEDS = (ROOT / "corpus/specimens/params" / f"sma-{n}.yaml" for n in (1, 2))
FILES = [HANBYUL, ITEMIZED, NEEDS]
TOTALS = [HANBYUL, NEEDS]

PATTERNS = {
    HANBYUL: [
        "Definitions",
        "Contribution",
        "Amount and Growth",
        "Categories of the Contribution",
        "Efforts to Economize",
        "Implementation and Taxes",
        "Accounting and Transparency",
        "Consultation and Settlement of Disputes",
        "Entry into Force, Amendment and Duration",
    ],
    ITEMIZED: [
        "Definitions",
        "Costs Borne as a Special Measure",
        "Wages of Workers",
        "Utilities",
        "Training Relocation",
        "Efforts to Economize",
        "Implementation and Taxes",
        "Accounting and Transparency",
        "Consultation and Settlement of Disputes",
        "Entry into Force, Amendment and Duration",
    ],
}
ARRANGEMENT = [
    "Labor Cost Sharing",
    "Military Construction",
    "Logistics Cost Sharing",
    "Payments",
    "Funds Not Spent",
    "Coordination and Audit",
    "Effect, Amendment and Term",
]

# Article id, words that must stand in it (a pattern), and the element of substance that they are.
EVERY = [
    ("contribution", r"by way of exception from Article \w+ of the \w+", "an exception to a named article"),
    ("contribution", r"All other costs .* shall continue to be borne", "everything else stays as it is"),
    ("implementation", r"shall be subject to taxes, duties", "no tax on what is contributed"),
    ("implementation", r"shall bear it in addition", "a tax that cannot be avoided"),
    ("accounting", r"preserve them for at least five \(5\) years", "records, with a period"),
    ("accounting", r"Within \w+ \(\d+\) months of the end", "a report, with a period"),
    ("consultation", r"within thirty \(30\) days of a request", "consultation, with a period"),
    ("consultation", r"shall not be referred to a national or international court", "no tribunals"),
    ("final", r"shall enter into force", "entry into force"),
    ("final", r"shall remain in force until (?:31 \w+|\w+ 31,) \d{4}\.", "a last day"),
    ("final", r"may amend", "amendment"),
    ("final", r"shall not affect amounts", "what outlives it"),
]
OF_A_TOTAL = [
    ("contribution", r"shall be used only for", "use bound to its purpose"),
    ("amount", r"\b\w{3,4} [\d,]{9,}\b", "an amount with its currency"),
    ("amount", r"In every later contribution year", "growth"),
    ("amount", r"not later than ninety \(90\) days", "notice of the amount, with a period"),
    ("categories", r"labor cost sharing, \d+ percent", "labor"),
    ("categories", r"military construction, \d+ percent", "construction"),
    ("categories", r"logistics cost sharing, \d+ percent", "logistics"),
    ("categories", r"in-kind contribution", "in kind"),
    ("categories", r"become, the property of", "ownership of works"),
    ("implementation", r"Implementing Arrangement that .* sign", "who signs the arrangement"),
    ("implementation", r"include the Contribution in its budget", "the budget"),
]
OF_ITEMS = [
    ("labor_costs", r"not more than 18,400 workers at any one time", "the ceiling of workers"),
    ("labor_costs", r"basic wages, .* and retirement allowances", "the wages borne"),
    ("utility_costs", r"shall bear 61 percent", "the share of utilities"),
    ("utility_costs", r"shall not exceed rin 17,300,000,000", "the ceiling of utilities"),
    ("training_relocation", r"requests training relocation", "relocation on request"),
    ("training_relocation", r"a place outside it that the Parties have agreed upon", "relocation abroad"),
    ("economies", r"further efforts to economize", "economies"),
    ("implementation", r"promptly notify", "expenditure by notification"),
    ("implementation", r"four installments", "payment"),
]
OF_THE_ARRANGEMENT = [
    ("arrangement_labor", r"wages, allowances, insurance,? and severance pay", "what labor pays for"),
    ("arrangement_construction", r"ten \(10\) months before", "the list of projects, with a period"),
    ("arrangement_construction", r"award and administer the contracts", "who builds in kind"),
    ("arrangement_construction", r"within one \(1\) year of acceptance", "defects, with a period"),
    ("arrangement_logistics", r"companies established in", "suppliers"),
    ("arrangement_payments", r"equal installments in (March|February)", "months of payment"),
    ("arrangement_payments", r"more than thirty \(30\) days", "delay"),
    ("arrangement_unspent", r"carried over to the next in the same category", "funds not spent"),
    ("arrangement_records", r"audited each year", "audits"),
    ("arrangement_final", r"shall end when the Agreement ends", "it ends with the agreement"),
]
CASES = [
    *((path, *element) for path in FILES for element in EVERY),
    *((path, *element) for path in TOTALS for element in OF_A_TOTAL),
    *((ITEMIZED, *element) for element in OF_ITEMS),
]


def second(agreement: Agreement) -> Document:
    """The implementing arrangement, or the agreed minutes."""
    return agreement.documents[1]


def hanbyul(**changes: Any) -> Agreement:
    parameters = {**load_parameters(HANBYUL).parameters, **changes}
    return draft(DraftRequest("sma", parameters=parameters, marking="UNCLASSIFIED"))


@pytest.mark.parametrize("original", ["us", "partner"])
@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_examples_and_specimens_assemble_sound(path: Path, original: str) -> None:
    check_sound(draft(load_parameters(path), original))


@pytest.mark.parametrize("path", PATTERNS, ids=lambda p: p.stem)
def test_articles_stand_in_their_order(path: Path) -> None:
    assert [article.heading for article in articles(cached(path)).values()] == PATTERNS[path]


@pytest.mark.parametrize(("path", "article", "pattern", "element"), CASES, ids=lambda v: str(v).split("/")[-1][:30])
def test_each_article_has_its_substance(path: Path, article: str, pattern: str, element: str) -> None:
    assert re.search(pattern, articles(cached(path))[article].words(), re.DOTALL), f"{article}: {element}"


@pytest.mark.parametrize("path", TOTALS, ids=lambda p: p.stem)
@pytest.mark.parametrize(("article", "pattern", "element"), OF_THE_ARRANGEMENT, ids=lambda v: v[:30])
def test_the_arrangement_has_its_substance(path: Path, article: str, pattern: str, element: str) -> None:
    found = next(p for p in second(cached(path)).provisions if p.id == article)
    assert re.search(pattern, found.words(), re.DOTALL), f"{article}: {element}"


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_every_article_has_two_operative_paragraphs(path: Path) -> None:
    for document in cached(path).documents:
        for article in (p for p in document.provisions if p.kind == "article"):
            assert len([c for c in article.children if c.number]) >= 2, article.heading


def test_scenario_hanbyul_says_what_was_asked() -> None:
    words = all_words(cached(HANBYUL))
    for asked in (
        "from 2031 through 2035",
        "the contribution year 2031 shall be hana 1,480,000,000,000",
        "consumer price index of Hanbyul",
        "shall not rise by more than 5 percent",
        "labor cost sharing, 45 percent, in cash",
        "military construction, 35 percent, wholly by in-kind contribution",
        "logistics cost sharing, 20 percent",
        "March, June, September, and December",
        "until December 31, 2035",
        "FOR THE MINISTRY OF NATIONAL DEFENSE OF THE REPUBLIC OF HANBYUL:",
    ):
        assert asked in words, asked
    assert [(d.role, len(d.provisions)) for d in cached(HANBYUL).documents] == [
        ("main", 12),
        ("implementing-arrangement", 10),
    ]
    heads = [p.heading for p in second(cached(HANBYUL)).provisions if p.kind == "article"]
    assert heads == ARRANGEMENT


def test_named_items_come_with_agreed_minutes_that_cite_the_articles() -> None:
    minutes = second(cached(ITEMIZED))
    assert minutes.role == "agreed-minutes"
    points = [p for p in minutes.provisions if p.kind == "paragraph"]
    assert len(points) == 6
    assert all(m.target for p in points[:5] for m in p.marks if m.kind == "reference")
    assert points[0].text.startswith("Regarding paragraph 2 of Article III of the Agreement:")


@pytest.mark.parametrize("path", [ITEMIZED, NEEDS], ids=lambda p: p.stem)
def test_specimens_name_no_real_state(path: Path) -> None:
    assert not re.search(r"United States|U\.S\.|America|Korea|Japan", all_words(cached(path)))


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_the_two_originals_differ_only_where_both_parties_are_named(path: Path) -> None:
    request = load_parameters(path)
    ours, theirs = (list(places(draft(request, original))) for original in ("us", "partner"))
    assert len(ours) == len(theirs)
    different = {
        a.provision.id or a.chain[0].kind
        for a, b in zip(ours, theirs, strict=True)
        if a.provision.text != b.provision.text
    }
    assert "signature" in different
    assert different <= {"preamble", "testimonium", "signature", "text", "implementation.arrangement"}


@pytest.mark.parametrize(
    ("labor", "construction", "logistics", "headings", "closes"),
    [
        (45, 35, 20, ARRANGEMENT[:3], "logistics cost sharing, 20 percent, wholly by in-kind contribution."),
        (100, 0, 0, ARRANGEMENT[:1], "labor cost sharing, 100 percent, in cash."),
        (0, 100, 0, ARRANGEMENT[1:2], "military construction, 100 percent, wholly by in-kind contribution."),
        (50, 50, 0, ARRANGEMENT[:2], "military construction, 50 percent, wholly by in-kind contribution."),
        (60, 0, 40, [ARRANGEMENT[0], ARRANGEMENT[2]], "logistics cost sharing, 40 percent"),
        ("37.5", "42.5", "20", ARRANGEMENT[:3], "military construction, 42.5 percent"),
    ],
    ids=["three", "labor only", "construction only", "no logistics", "no construction", "halves of a percent"],
)
def test_a_share_of_zero_drops_its_category(
    labor: object, construction: object, logistics: object, headings: list[str], closes: str
) -> None:
    shares = {"labor_share": labor, "construction_share": construction, "logistics_share": logistics}
    agreement = hanbyul(**{name: str(value) for name, value in shares.items()})
    check_sound(agreement)
    held = [p.heading for p in second(agreement).provisions if p.kind == "article"]
    assert held == headings + ARRANGEMENT[3:]
    assert closes in articles(agreement)["categories"].words()


@pytest.mark.parametrize(
    ("changes", "said", "not_said"),
    [
        ({"growth": "cpi", "growth_cap": "5"}, "more than 5 percent", "defense budget"),
        ({"growth": "cpi", "growth_cap": ""}, "consumer price index", "shall not rise by more than"),
        ({"growth": "cpi", "growth_floor": "no"}, "adjusted by the rate of change", "is negative"),
        ({"growth": "defense_budget"}, "defense budget of Hanbyul", "consumer price"),
        ({"growth": "fixed", "growth_rate": "8.3", "growth_cap": ""}, "increased by 8.3 percent", "adjusted"),
        ({"growth": "none", "growth_cap": ""}, "The same amount shall apply", "increased"),
        ({"amount_model": "needs"}, "up to a ceiling", "owed in full"),
        ({"labor_floor": "75"}, "at least 75 percent of the labor costs", "{"),
        ({"unspent_rule": "credited"}, "credited against the first installment", "carried over"),
        ({"audit_rule": "joint"}, "officials of both Parties shall jointly examine", "{"),
        ({"stop_gap": "full", "stop_gap_period": {"months": "6"}}, "for not more than six (6) months", "{"),
        ({"initial_term": {"years": "1"}}, "one (1) contribution year, 2031, and", "2031 through"),
        ({"year_kind": "fiscal"}, "until 31 March 2036", "31 December"),
        ({"construction_in_kind": "0"}, "military construction, 35 percent, in cash", "Works in kind shall meet"),
    ],
    ids=lambda v: "-".join(f"{a}-{b}" for a, b in v.items())[:40] if isinstance(v, dict) else "",
)
def test_an_option_changes_what_it_says_it_changes(changes: dict[str, Any], said: str, not_said: str) -> None:
    agreement = hanbyul(**changes)
    check_sound(agreement)
    assert said in all_words(agreement)
    assert not_said not in all_words(agreement)


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"logistics_share": "25"}, "logistics_share"),
        ({"labor_share": "101"}, "labor_share"),
        ({"base_amount": ""}, "base_amount"),
        ({"base_amount": {"amount": "-1", "currency": "hana"}}, "base_amount.amount"),
        ({"growth": "fixed"}, "growth_rate"),
        ({"growth": "inflation"}, "growth"),
        ({"initial_term": {"months": "60"}}, "initial_term"),
        ({"first_year": "31"}, "first_year"),
        ({"contribution_model": "itemized", "utilities_ceiling": {"amount": "1", "currency": "X"}}, "worker_ceiling"),
        ({"base_agreement": ""}, "base_agreement"),
        ({"duration": "indefinite"}, "duration"),
        (
            {"stop_gap": "labor", "labor_share": "0", "construction_share": "80"},
            "stop_gap",
        ),
    ],
    ids=[
        "shares make 105",
        "a share above the whole",
        "no amount",
        "a negative amount",
        "fixed growth without a rate",
        "an index that is not known",
        "years given in months",
        "a year of two digits",
        "no ceiling of workers",
        "no agreement to depart from",
        "no end",
        "wages across a gap without a share of labor",
    ],
)
def test_wrong_parameters_are_findings(changes: dict[str, Any], where: str) -> None:
    parameters = {**load_parameters(HANBYUL).parameters, **changes}
    made = assemble(DraftRequest("sma", parameters=parameters, marking="UNCLASSIFIED"))
    assert made.agreement is None
    assert f"parameters.{where}" in [f.where for f in made.findings if f.severity == "error"]


YES_NO = st.sampled_from(["yes", "no"])
PERCENT = st.sampled_from(["0", "12.5", "88", "100"])
SHARES = st.sampled_from(
    [("45", "35", "20"), ("100", "0", "0"), ("0", "55", "45"), ("70", "0", "30"), ("0", "100", "0")]
)
OPTIONS = st.fixed_dictionaries(
    {
        "contribution_model": st.sampled_from(["total", "itemized"]),
        "year_kind": st.sampled_from(["calendar", "fiscal"]),
        "initial_term": st.integers(1, 9).map(lambda n: {"years": str(n)}),
        "base_treaty": st.sampled_from(["", "the Treaty of Mutual Defense of 1 May 1960"]),
        "amount_model": st.sampled_from(["total", "needs"]),
        "growth": st.sampled_from(["cpi", "defense_budget", "fixed", "none"]),
        "growth_cap": st.sampled_from(["", "4"]),
        "growth_rate": st.just("3"),
        "construction_in_kind": PERCENT,
        "logistics_in_kind": PERCENT,
        "labor_floor": st.sampled_from(["", "75"]),
        "payment_months": st.sampled_from([["June"], ["March", "September"], ["January", "May", "October"]]),
        "unspent_rule": st.sampled_from(["carried", "shifted", "credited"]),
        "audit_rule": st.sampled_from(["report", "joint"]),
        "relocation_model": st.sampled_from(["territory", "abroad", "none"]),
        "installments": st.integers(1, 12).map(str),
        "stop_gap": st.sampled_from(["none", "labor", "full"]),
        "party_names": st.sampled_from(["governments", "states"]),
        "article_numbers": st.sampled_from(["roman", "arabic"]),
        "entry_into_force": st.sampled_from(["1", "2", "4", "5a", "5b", "6"]),
        "entry_delay": st.just({"months": "2"}),
        "entry_date": st.just("2030-01-01"),
        "worker_ceiling": st.integers(1, 40_000).map(str),
        "utilities_ceiling": st.just({"amount": "900000", "currency": "rin"}),
        "supersedes": st.sampled_from([[], ["the Agreement of 1 May 1990"]]),
        **dict.fromkeys(("growth_floor", "economies", "working_group", "funds", "provisional_application"), YES_NO),
    }
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(options=OPTIONS, shares=SHARES)
def test_any_options_give_a_sound_draft(options: dict[str, Any], shares: tuple[str, str, str]) -> None:
    if shares[0] == "0" and options["stop_gap"] == "labor":
        options["stop_gap"] = "full"
    names = ("labor_share", "construction_share", "logistics_share")
    given_shares = dict(zip(names, shares, strict=True))
    parameters = {**load_parameters(NEEDS).parameters, **options, **given_shares}
    agreement = draft(DraftRequest("sma", parameters=parameters, marking="UNCLASSIFIED"))
    check_sound(agreement)
    role = "implementing-arrangement" if options["contribution_model"] == "total" else "agreed-minutes"
    assert [d.role for d in agreement.documents] == ["main", role]
    assert not re.search(r"United States|U\.S\.|Hanbyul", all_words(agreement))
