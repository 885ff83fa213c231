"""The defense cooperation family: thirty articles, each with its substance, in every combination of options."""

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agreements.drafting import DraftRequest, assemble, load_parameters
from agreements.reference import places
from tests.drafting.sound import ROOT, all_words, articles, cached, check_sound, draft

EXAMPLES = [ROOT / "docs/examples/drafts" / f"dca-{name}.yaml" for name in ("norlandia", "meridia")]
SPECIMENS = [ROOT / "corpus/specimens/params" / f"dca-{n}.yaml" for n in (1, 2)]
FILES = EXAMPLES + SPECIMENS

# The pattern that European agreements of this family share, article by article.
PATTERN = [
    "Scope and Purpose",
    "Definitions",
    "Access to and Use of Agreed Facilities and Areas",
    "Prepositioning of Defense Equipment, Supplies and Materiel",
    "Property Ownership and Return",
    "Security",
    "Entry and Exit",
    "Logistics Support",
    "Motor Vehicles",
    "Licenses",
    "Movement of Aircraft, Vessels and Vehicles",
    "Criminal Jurisdiction",
    "Custody and Access",
    "Discipline",
    "Claims",
    "Official Tax Exemption",
    "Personal Tax Exemption",
    "Official Importation and Exportation",
    "Personal Importation and Exportation",
    "Customs Procedures",
    "Military Service Activities",
    "Military Post Offices",
    "Currency and Exchange",
    "Labor",
    "Contracting Procedures",
    "Status of Contractors",
    "Environment, Health and Safety",
    "Utilities and Communications",
    "Implementation and Disputes",
    "Entry into Force, Amendment and Duration",
]

# Article id, words that must stand in it (a pattern), and the element of substance that they are.
ELEMENTS = [
    ("purpose", r"training, exercises and maneuvers", "activities are named"),
    ("purpose", r"respect for the sovereignty", "sovereignty of the receiving State"),
    ("access", r"access to and use of the agreed facilities and areas", "the right of access"),
    ("access", r"exclusive use .* control entry", "who controls parts for exclusive use"),
    ("access", r"without rent", "no rent"),
    ("access", r"construction, alterations,? and improvements", "construction"),
    ("access", r"shall bear the costs", "who pays"),
    ("prepositioning", r"(notify|consent).*\(\d+\) days", "notice or consent, with a period"),
    ("prepositioning", r"alone decide", "control of the materiel"),
    ("prepositioning", r"from outside sealed packages", "limit of inspection"),
    ("property", r"belong to", "sites stay the receiving State's"),
    ("property", r"relocatable structures", "relocatable structures stay the sending State's"),
    ("property", r"residual value", "residual value"),
    ("property", r"shall return it .*\(90\) days", "return on notice"),
    ("security", r"primary responsibility for the protection", "the receiving State's duty"),
    ("security", r"self-defense", "force protection"),
    ("security", r"Classified information", "information"),
    ("security", r"carry arms", "arms under orders"),
    ("entry", r"identification card and a collective movement order", "identity documents and orders"),
    ("entry", r"No passport or visa", "no visa for the force"),
    ("entry", r"registration and control of aliens", "no registration"),
    ("logistics", r"best efforts", "the duty to support"),
    ("logistics", r"no less favorable", "the price rule"),
    ("vehicles", r"plates", "plates"),
    ("vehicles", r"insurance against liability to third parties", "insurance"),
    ("licenses", r"without test or fee", "driving licenses"),
    ("licenses", r"professional license", "professional licenses"),
    ("movement", r"[Dd]iplomatic clearance", "clearance"),
    ("movement", r"No charge for navigation, overflight, landing,? or parking", "no navigation fees"),
    ("movement", r"free from boarding, search,? and inspection", "no boarding"),
    ("jurisdiction", r"primary right", "division of the primary right"),
    ("jurisdiction", r"a certificate issued by the competent military authority", "duty certificate"),
    ("custody", r"within twenty-four \(24\) hours", "notice of arrest"),
    ("custody", r"[Cc]ustody shall remain|shall remain there until", "who holds the accused"),
    ("custody", r"shall have access to them at any time", "visits"),
    ("custody", r"counsel of their own choice", "fair trial"),
    ("discipline", r"military police", "military police"),
    ("claims", r"waive|Article VIII of the NATO SOFA", "waiver between the Parties"),
    ("claims", r"third parties", "claims of third parties"),
    ("claims", r"performance of official duty", "acts in official duty"),
    ("official_tax", r"value added tax", "value added tax"),
    ("official_tax", r"refunded|refund shall be paid", "refund, with a period"),
    ("personal_tax", r"neither residence nor domicile", "residence rule"),
    ("personal_tax", r"Income", "income"),
    ("customs_official", r"in place of a customs declaration", "certificate"),
    ("customs_personal", r"household goods,? and private vehicles", "household goods and vehicles"),
    ("customs_personal", r"shall not be sold", "limit on resale"),
    ("customs_procedures", r"under official seal, shall not be opened", "sealed packages"),
    ("service_activities", r"commissaries", "exchanges and commissaries"),
    ("post", r"Official mail is free from inspection", "official mail"),
    ("currency", r"most favorable rate", "rate of exchange"),
    ("labor", r"recruit and employ civilians locally", "direct hire"),
    ("labor", r"law of \w+", "law that applies"),
    ("contracting", r"free to choose from whom they buy", "free choice of supplier"),
    ("contractors", r"no immunity from the jurisdiction", "no immunity"),
    ("contractors", r"registration and licensing of businesses", "no business license"),
    ("environment", r"protects the environment", "standards"),
    ("environment", r"spill", "notice of spills"),
    ("utilities", r"at the rates", "rates"),
    ("utilities", r"radio frequencies .* free of cost", "spectrum"),
    ("implementation", r"implementing arrangements", "implementing arrangements"),
    ("implementation", r"No dispute .* tribunal", "no tribunals"),
    ("final", r"shall enter into force", "entry into force"),
    ("final", r"amend", "amendment"),
    ("final", r"written notice", "termination on notice"),
    ("final", r"shall not affect", "what survives"),
]


@pytest.mark.parametrize("original", ["us", "partner"])
@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_examples_and_specimens_assemble_sound(path: Path, original: str) -> None:
    check_sound(draft(load_parameters(path), original))


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_the_thirty_articles_stand_in_their_order(path: Path) -> None:
    agreement = draft(load_parameters(path))
    found = list(articles(agreement).values())
    assert [article.heading for article in found] == PATTERN
    assert [article.number for article in found][-1] in ("XXX", "30")


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_every_article_has_two_operative_paragraphs(path: Path) -> None:
    for article in articles(draft(load_parameters(path))).values():
        assert len([c for c in article.children if c.number]) >= 2, article.heading


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
@pytest.mark.parametrize(("article", "pattern", "element"), ELEMENTS, ids=lambda v: v.replace(" ", "-")[:40])
def test_each_article_has_its_substance(path: Path, article: str, pattern: str, element: str) -> None:
    words = articles(cached(path))[article].words()
    assert re.search(pattern, words, re.DOTALL), f"{article}: {element}"


@pytest.mark.parametrize("path", SPECIMENS, ids=lambda p: p.stem)
def test_specimens_name_no_real_state(path: Path) -> None:
    assert not re.search(r"United States|U\.S\.|America|NATO|North Atlantic", all_words(cached(path)))


def test_the_nato_sofa_is_named_only_where_it_applies() -> None:
    norlandia, meridia = map(cached, EXAMPLES)
    assert "supplements the NATO SOFA" in all_words(norlandia)
    assert "NATO" not in all_words(meridia)


def test_scenario_norlandia_says_what_was_asked() -> None:
    agreement = cached(EXAMPLES[0])
    jurisdiction = articles(agreement)["jurisdiction"].words()
    assert "the Minister of Justice may recall the waiver" in jurisdiction
    assert "within thirty (30) days of receipt of the notification" in jurisdiction
    final = articles(agreement)["final"].words()
    assert "first day of the second month" in final
    assert "initial period of ten (10) years" in final
    assert "one (1) year after" in final
    assert "not before the initial period has ended" in final
    annex = next(d for d in agreement.documents if d.role == "annex")
    sites = annex.provisions[0].children
    assert len(sites) == 9
    assert sum("reserved for the exclusive use" in site.text for site in sites) == 3


def test_scenario_meridia_says_what_was_asked() -> None:
    agreement = cached(EXAMPLES[1])
    assert "conclusive unless the Joint Committee agrees otherwise" in articles(agreement)["jurisdiction"].words()
    assert "waives, for" not in articles(agreement)["jurisdiction"].words()
    assert "gross negligence or willful misconduct" in articles(agreement)["claims"].words()
    assert "shall not establish a permanent military base" in articles(agreement)["purpose"].words()
    assert "five (5) years after its entry into force" in articles(agreement)["final"].words()
    assert "site arrangement" in articles(agreement)["access"].words()
    assert [d.role for d in agreement.documents] == ["main"]


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_the_two_originals_differ_only_where_the_alternat_requires(path: Path) -> None:
    request = load_parameters(path)
    ours, theirs = draft(request, "us"), draft(request, "partner")
    assert len(list(places(ours))) == len(list(places(theirs)))
    different = {
        a.chain[0].kind
        for a, b in zip(places(ours), places(theirs), strict=True)
        if a.provision.text != b.provision.text
    }
    assert different <= {"preamble", "testimonium", "signature"}
    assert "signature" in different


@pytest.mark.parametrize(
    ("change", "code", "where"),
    [
        ({"nato_sofa": "no", "claims_model": "C2"}, "parameter", "parameters.claims_model"),
        ({"jurisdiction_model": "J9"}, "parameter-invalid", "parameters.jurisdiction_model"),
        ({"sites": ""}, "parameter-missing", "parameters.sites"),
        ({"recall_authority": ""}, "parameter-missing", "parameters.recall_authority"),
        ({"vehicle_limit": "0"}, "parameter-invalid", "parameters.vehicle_limit"),
    ],
    ids=["C2 needs the NATO SOFA", "unknown model", "no sites", "no authority for recall", "no vehicle at all"],
)
def test_wrong_parameters_are_findings(change: dict[str, str], code: str, where: str) -> None:
    request = load_parameters(EXAMPLES[0])
    made = assemble(DraftRequest("dca", parameters={**request.parameters, **change}, marking="UNCLASSIFIED"))
    assert made.agreement is None
    assert any(f.severity == "error" and f.where == where and f.code.startswith(code) for f in made.findings)


YES_NO = st.sampled_from(["yes", "no"])
DAYS = st.integers(1, 400).map(lambda n: {"days": str(n)})
OPTIONS = st.fixed_dictionaries(
    {
        "nato_sofa": YES_NO,
        "access_model": st.sampled_from(["listed", "arranged"]),
        "construction_rule": st.sampled_from(["consultation", "consent"]),
        "preposition_rule": st.sampled_from(["notice", "consent"]),
        "contractor_visas": st.sampled_from(["exempt", "prompt"]),
        "clearance": st.sampled_from(["standing", "each"]),
        "jurisdiction_model": st.sampled_from(["J3", "J4", "J4-excepted"]),
        "duty_certificate": st.sampled_from(["conclusive", "committee", "weight"]),
        "custody_rule": st.sampled_from(["judgment", "charge"]),
        "claims_model": st.sampled_from(["C1", "C2", "C3"]),
        "tax_method": st.sampled_from(["source", "refund"]),
        "environment_standard": st.sampled_from(["stricter", "host"]),
        "party_names": st.sampled_from(["governments", "states"]),
        "article_numbers": st.sampled_from(["roman", "arabic"]),
        "entry_into_force": st.sampled_from(["1", "2", "4", "5a", "5b", "6"]),
        "duration": st.sampled_from(["indefinite", "continuing", "renewed", "fixed"]),
        "entry_delay": st.just({"months": "3"}),
        "entry_date": st.just("2030-01-01"),
        "initial_term": st.just({"years": "8"}),
        "renewal_term": st.just({"years": "2"}),
        "review_after": st.sampled_from(["", {"years": "4"}]),
        "supersedes": st.sampled_from([[], ["the Agreement of 1 May 1990"]]),
        **dict.fromkeys(("recall_days", "refund_period", "preposition_notice", "construction_days"), DAYS),
        **dict.fromkeys(
            (
                "host_consent_recital", "no_permanent_base", "nuclear_statement", "acsa_in_force", "no_surrender",
                "funds", "joint_committee", "provisional_application",
            ),
            YES_NO,
        ),
    }
)  # fmt: skip


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(options=OPTIONS)
def test_any_options_give_a_sound_draft(options: dict[str, object]) -> None:
    if options["nato_sofa"] == "no" and options["claims_model"] == "C2":
        options["claims_model"] = "C1"
    specimen = load_parameters(SPECIMENS[0]).parameters
    request = DraftRequest("dca", parameters={**specimen, **options}, marking="UNCLASSIFIED")
    agreement = draft(request)
    check_sound(agreement)
    assert [article.heading for article in articles(agreement).values()] == PATTERN
    words = all_words(agreement)
    assert not re.search(r"United States|U\.S\.|Norlandia", words)
    assert ("NATO" in words) == (options["nato_sofa"] == "yes")


def test_a_change_of_the_annex_is_an_exchange_of_letters_with_the_annex_alone() -> None:
    request = load_parameters(ROOT / "docs/examples/drafts/dca-annex-change.yaml")
    agreement = draft(request)
    check_sound(agreement)
    letter, annex, reply = agreement.documents
    assert (letter.role, annex.role, reply.role) == ("offer-note", "annex", "reply-note")
    words = {p.id: p.text for d in agreement.documents for p in d.walk() if p.id}
    assert words["change.removed"].startswith("Elvemo Training Area ceases to be")
    assert words["change.added"].startswith("Storvik Harbor and Haugen Training Area become")
    assert words["change.date"] == "The changes apply from March 1, 2028."
    listed = "\n".join(p.text for p in annex.walk())
    assert "Haugen Training Area" in listed
    assert "Elvemo" not in listed
    assert "They apply from March 1, 2028" in "\n".join(p.text for p in reply.provisions)


def test_a_change_needs_to_name_the_agreement_and_the_sites() -> None:
    request = DraftRequest("dca", "annex-change", {}, "UNCLASSIFIED")
    missing = {f.where for f in assemble(request).findings if f.code == "parameter-missing"}
    assert {"parameters.base_agreement", "parameters.sites", "parameters.receiving"} <= missing
    assert "parameters.claims_model" not in missing
