"""The facilities access family: agreement, exchange of notes, a memorandum that binds nobody, change of an annex."""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agreements.checks import check
from agreements.drafting import DraftRequest, assemble, family, load_parameters
from agreements.model import Agreement
from agreements.reference import places
from tests.drafting.sound import ROOT, all_words, articles, cached, check_sound, draft

ZENARA, MEMORANDUM = (ROOT / "docs/examples/drafts" / f"facilities-{name}.yaml" for name in ("zenara", "memorandum"))
NOTES, SPECIMEN_MEMORANDUM = (ROOT / "corpus/specimens/params" / f"facilities-{n}.yaml" for n in (1, 2))
CHANGE = ROOT / "docs/examples/drafts/facilities-annex-change.yaml"
FILES = [ZENARA, MEMORANDUM, CHANGE, NOTES, SPECIMEN_MEMORANDUM]
MEMORANDA = [MEMORANDUM, SPECIMEN_MEMORANDUM]

PATTERN = [
    "Definitions",
    "Purpose",
    "Access to and Use of Authorized Locations",
    "Exclusive-Use Areas and Control of Entry",
    "Status of Personnel",
    "Entry and Exit",
    "Aircraft, Vessels and Vehicles",
    "Construction",
    "Ownership and Return of Property",
    "Security",
    "Customs and Taxes",
    "Contracting",
    "Utilities and Communications",
    "Rent",
    "Claims",
    "Environment, Health and Safety",
    "Implementation and Settlement of Disputes",
    "Entry into Force, Amendment and Duration",
]
SECTIONS = [
    "Purpose",
    "Terms",
    "Use of Authorized Locations",
    "Control of Entry",
    "Status and Entry",
    "Aircraft, Vessels and Vehicles",
    "Construction and Property",
    "Security",
    "Costs",
    "Environment, Health and Safety",
    "Coordination and Differences",
    "Coming into Effect, Changes and End",
    "Non-Binding Character",
]
# Words that only a text that binds may use, with those whose presence has to be looked into.
BINDING = re.compile(
    r"\b(shall|will|must|agrees?|agreed|undertakes?|undertaken|(?-i:Part(?:y|ies))|(?-i:Articles?)|enters? into force"
    r"|done at|in duplicate|equally authentic|obliged|hereby|in witness)\b",
    re.IGNORECASE,
)

# Article id, words that must stand in it (a pattern), and the element of substance that they are.
ELEMENTS = [
    ("definitions", r'"exclusive-use areas" means', "exclusive parts"),
    ("definitions", r'"Executive Agent" means', "who acts for each side"),
    ("purpose", r"for the following activities", "activities are named"),
    ("purpose", r"respect for the sovereignty", "sovereignty"),
    ("use", r"grants .* access to and use of the authorized locations", "the right of access"),
    ("use", r"commanders .* shall coordinate", "joint use"),
    ("use", r"rights of way", "ways of access"),
    ("entry_control", r"control entry", "who controls entry"),
    ("status", r"status|Vienna Convention", "status"),
    ("status", r"contractors (have no immunity|have the position)", "contractors"),
    ("entry", r"movement orders", "orders"),
    ("entry", r"within \w+ \(\d+\) days", "visas of contractors, with a period"),
    ("entry", r"may possess and carry arms at", "arms under orders"),
    ("movement", r"clearance", "clearance"),
    ("movement", r"at least \w+ \(\d+\) days", "notice, with a period"),
    ("movement", r"No charge for navigation", "no navigation fees"),
    ("movement", r"shall not be boarded, searched,? or inspected", "immunity of State aircraft and vessels"),
    ("construction", r"at their expense", "who pays for construction"),
    ("construction", r"within \S+ \(\d+\) days", "an answer to plans, with a period"),
    ("property", r"remain the property of", "sites stay the receiving State's"),
    ("property", r"relocatable structures", "movable property stays the sending State's"),
    ("property", r"residual value", "residual value"),
    ("security", r"self-defense", "self-defense"),
    ("security", r"shall take reasonable measures to protect", "the receiving State's duty"),
    ("customs_taxes", r"in(?:to)?, used in and exported from", "imports and exports"),
    ("customs_taxes", r"for official use", "official purchases"),
    ("customs_taxes", r"resident there", "personal tax"),
    ("contracting", r"under the law and procedures of", "the law of contracts"),
    ("utilities", r"shall pay", "the price of utilities"),
    ("utilities", r"radio spectrum", "spectrum"),
    ("claims", r"[Cc]laims", "claims"),
    ("environment", r"spill without delay", "spills"),
    ("implementation", r"implementing arrangements", "implementing arrangements"),
    ("implementation", r"court, a tribunal,? or any other third party", "no tribunals"),
    ("final", r"shall enter into force", "entry into force"),
    ("final", r"Annex A forms an integral part", "the annex"),
    ("final", r"remain in force", "duration"),
    ("final", r"notice", "notice"),
    ("final", r"shall withdraw.*within \w+ \(\d+\) months", "withdrawal, with a period"),
]


def zenara(**changes: Any) -> Agreement:
    parameters = {**load_parameters(ZENARA).parameters, **changes}
    return draft(DraftRequest("facilities_access", parameters=parameters, marking="UNCLASSIFIED"))


def heads(agreement: Agreement, kind: str) -> list[str]:
    return [p.heading or "" for p in agreement.documents[0].provisions if p.kind == kind]


@pytest.mark.parametrize("original", ["us", "partner"])
@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_examples_and_specimens_assemble_sound(path: Path, original: str) -> None:
    check_sound(draft(load_parameters(path), original))


def test_the_articles_and_the_annex_stand_in_their_order() -> None:
    agreement = cached(ZENARA)
    assert heads(agreement, "article") == PATTERN
    assert [(d.role, d.number) for d in agreement.documents] == [("main", None), ("annex", "A")]


def test_notes_have_a_point_for_each_article_an_annex_and_a_reply() -> None:
    agreement = cached(NOTES)
    assert [d.role for d in agreement.documents] == ["offer-note", "annex", "reply-note"]
    points = [p for p in agreement.documents[0].provisions if p.kind == "paragraph"]
    assert [p.number for p in points] == [f"{n}." for n in range(1, len(PATTERN) + 1)]
    assert not re.search(r"\bthis Article\b|\bArticle [IVX\d]", all_words(agreement))


@pytest.mark.parametrize(("article", "pattern", "element"), ELEMENTS, ids=lambda v: v[:30])
def test_each_article_has_its_substance(article: str, pattern: str, element: str) -> None:
    in_notes = {p.id: p.words() for p in cached(NOTES).documents[0].provisions}
    for words in (articles(cached(ZENARA))[article].words(), in_notes[article]):
        assert re.search(pattern, words, re.DOTALL), f"{article}: {element}"


def test_every_article_has_two_operative_paragraphs() -> None:
    for article in articles(cached(ZENARA)).values():
        assert len([c for c in article.children if c.number]) >= 2, article.heading


def test_scenario_zenara_says_what_was_asked() -> None:
    words = all_words(cached(ZENARA))
    for asked in (
        "Port Sable Naval Station",
        "an initial period of ten (10) years",
        "may extend it once, on the same terms, for a further period of ten (10) years",
        "USD 24,500,000 for each year",
        "each period of five (5) years after entry into force, the annual rent shall increase by 2.5 percent",
        "Zenara shall control entry at the perimeter",
        "U.S. forces shall control entry to exclusive-use areas",
        "administrative and technical staff of a mission under the Vienna Convention on Diplomatic Relations",
    ):
        assert asked in words, asked


@pytest.mark.parametrize("path", MEMORANDA, ids=lambda p: p.stem)
def test_a_memorandum_speaks_in_words_that_do_not_bind(path: Path) -> None:
    agreement = cached(path)
    assert (agreement.form, agreement.binding) == ("mou", False)
    assert heads(agreement, "section") == SECTIONS
    words = re.sub(r"It is not an international agreement|(?:the|Status) Agreement\b", "", all_words(agreement))
    assert not (found := BINDING.search(words)), f"{found}: {words[found.start() - 60 : found.end() + 60]}"
    last = agreement.documents[0].provisions[-3]
    assert "not intended to be legally binding" in last.text
    assert check(agreement, ["register"]) == ()


@pytest.mark.parametrize("path", MEMORANDA, ids=lambda p: p.stem)
def test_a_memorandum_confers_no_status(path: Path) -> None:
    words = all_words(cached(path))
    assert not re.search(r"Vienna Convention|jurisdiction|free of (?:dut|tax)|exempt from", words)


def test_a_change_of_the_annex_says_what_changes_and_sets_the_annex_out_anew() -> None:
    change, annex = cached(CHANGE).documents
    assert [p.kind for p in change.provisions] == ["preamble", *["paragraph"] * 3, "testimonium", "signature"]
    sites = [site.text for site in annex.provisions[0].children]
    added, removed = ([site.text for site in point.children] for point in change.provisions[1:3])
    assert len(sites) == 4
    assert all(any(site.startswith(words.split(",")[0]) for site in sites) for words in added)
    assert not any(site.startswith(words.split(",")[0]) for site in sites for words in removed)
    assert "replaces the earlier text from January 1, 2029" in change.provisions[3].text


@pytest.mark.parametrize("path", [NOTES, SPECIMEN_MEMORANDUM], ids=lambda p: p.stem)
def test_specimens_name_no_real_state(path: Path) -> None:
    assert not re.search(r"United States|U\.S\.|America|Panama|Djibouti", all_words(cached(path)))


@pytest.mark.parametrize("path", [ZENARA, CHANGE, *MEMORANDA], ids=lambda p: p.stem)
def test_the_two_originals_differ_only_where_both_sides_are_named(path: Path) -> None:
    request = load_parameters(path)
    ours, theirs = (list(places(draft(request, original))) for original in ("us", "partner"))
    assert len(ours) == len(theirs)
    different = {
        a.chain[0].id or a.chain[0].kind
        for a, b in zip(ours, theirs, strict=True)
        if a.provision.text != b.provision.text
    }
    assert "signature" in different
    assert different <= {"preamble", "testimonium", "signature", "implementation", "text"}


@pytest.mark.parametrize(
    ("changes", "said", "not_said"),
    [
        ({"rent_model": "none", "rent": ""}, "without rent or similar charge", "USD"),
        ({"rent_model": "fixed"}, "The amount does not change during that time", "2.5 percent"),
        ({"entry_control": "host"}, "Entry shall be refused to nobody on the lists", "control entry to exclusive-use"),
        ({"entry_control": "sending"}, "may establish passes and checkpoints", "Zenara shall control entry"),
        ({"status_model": "J2"}, "authorizes the United States to exercise criminal jurisdiction", "Status Agreement"),
        ({"status_model": "sofa"}, "are official duties for the purposes of the Status Agreement", "Vienna Convention"),
        (
            {"claims_model": "C3"},
            "gross negligence or willful misconduct",
            "in connection with activities under this Agreement. A claim",
        ),
        ({"claims_model": "reference"}, "shall be settled as the Status Agreement provides", "waives"),
        ({"third_state_rule": "consent"}, "without the express consent of Zenara in each case", "take its views"),
        (
            {"preposition_rule": "notice"},
            "after notice of at least fourteen (14) days",
            "prior consent of the Executive",
        ),
        ({"construction_rule": "consent"}, "deemed to be given if no answer is received", "after consultation with"),
        ({"security_model": "joint"}, "a joint plan for the security", "is responsible for the security of"),
        ({"tax_method": "refund"}, "refunded within sixty (60) days", "on a certificate that the purchase"),
        (
            {"contracting_rule": "local_preference"},
            "preference shall be given to suppliers",
            "suppliers of their choice",
        ),
        (
            {"utilities_rule": "actual_cost"},
            "the actual cost of what they use",
            "rates no less favorable than those paid",
        ),
        ({"fees_rule": "military_rates"}, "pay no more than the armed forces of Zenara", "berthing or pilotage"),
        ({"environment_model": "host_law"}, "in conformity with the law of Zenara on environment", "jointly survey"),
        ({"further_option": "yes"}, "a further extension at a rate of rent to be agreed", "{"),
        ({"duration": "continuing"}, "but not before the initial period has ended", "material breach"),
        ({"funds": "no"}, "Zenara", "availability of funds"),
        ({"no_permanent_base": "yes"}, "establishes no permanent military base in Zenara", "{"),
    ],
    ids=lambda v: "-".join(f"{a}-{b}" for a, b in v.items())[:40] if isinstance(v, dict) else "",
)
def test_an_option_changes_what_it_says_it_changes(changes: dict[str, Any], said: str, not_said: str) -> None:
    agreement = zenara(**changes)
    check_sound(agreement)
    assert said in all_words(agreement)
    assert not_said not in all_words(agreement)


@pytest.mark.parametrize(
    ("form", "changes", "where"),
    [
        ("agreement", {"sites": ""}, "sites"),
        ("agreement", {"rent": ""}, "rent"),
        ("agreement", {"rent_increase": ""}, "rent_increase"),
        ("agreement", {"rent_increase": "250"}, "rent_increase"),
        ("agreement", {"status_agreement": ""}, "status_agreement"),
        ("agreement", {"status_model": "J2", "claims_model": "reference"}, "claims_model"),
        ("agreement", {"entry_into_force": "3"}, "entry_into_force"),
        ("exchange-of-notes", {"entry_into_force": "1"}, "entry_into_force"),
        ("mou", {"rent_model": "fixed"}, "rent_model"),
        ("mou", {"status_model": "J2"}, "status_model"),
        ("mou", {"duration": "option"}, "duration"),
        ("annex-change", {"changed_agreement": "the Agreement", "change_basis": "Annex A"}, "added_sites"),
        ("annex-change", {"added_sites": ["Sable Point"], "change_basis": "Annex A"}, "changed_agreement"),
    ],
    ids=[
        "no sites",
        "rent without an amount",
        "a rise without a rate",
        "a rise above the whole",
        "no agreement to refer to for status",
        "no agreement to refer to for claims",
        "no reply to a signed agreement",
        "no signature of notes",
        "no promise of rent in a memorandum",
        "no immunity in a memorandum",
        "no option in a memorandum",
        "a change that changes nothing",
        "a change of no agreement",
    ],
)
def test_wrong_parameters_are_findings(form: str, changes: dict[str, Any], where: str) -> None:
    parameters = {**load_parameters(ZENARA).parameters, **changes}
    made = assemble(DraftRequest("facilities_access", form, parameters, "UNCLASSIFIED"))
    assert made.agreement is None
    assert f"parameters.{where}" in [f.where for f in made.findings if f.severity == "error"]


def options(form: str) -> st.SearchStrategy[dict[str, Any]]:
    """Every choice and yes or no that `form` declares, with values for what choices ask for."""
    declared = family("facilities_access").in_form(form).parameters
    free = {
        name: st.sampled_from(sorted(declaration.choices)) if declaration.choices else st.sampled_from(["yes", "no"])
        for name, declaration in declared.items()
        if declaration.type in ("choice", "boolean")
    }
    needed = {
        "status_agreement": st.just("the Agreement on Visiting Personnel of 2 October 2001"),
        "rent": st.just({"amount": "100000", "currency": "EUR"}),
        "rent_increase": st.just("3"),
        "entry_delay": st.just({"months": "2"}),
        "entry_date": st.just("2030-01-01"),
        "renewal_term": st.just({"years": "2"}),
        "supersedes": st.sampled_from([[], ["the Agreement of 1 May 1990"]]),
    }
    return st.fixed_dictionaries(free | needed)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data(), form=st.sampled_from(["agreement", "exchange-of-notes", "mou"]))
def test_any_options_give_a_sound_draft(data: st.DataObject, form: str) -> None:
    chosen = data.draw(options(form))
    if chosen["status_model"] == "J2" and chosen["claims_model"] == "reference":
        chosen["claims_model"] = "C1"
    with_other = {"entry_with": "the Agreement on Ports, signed at Norhavn on 5 May 2027"}
    parameters = {**load_parameters(SPECIMEN_MEMORANDUM).parameters, **with_other, **chosen}
    agreement = draft(DraftRequest("facilities_access", form, parameters, "UNCLASSIFIED"))
    check_sound(agreement)
    words = all_words(agreement)
    assert not re.search(r"United States|U\.S\.|Zenara", words)
    if form == "mou":
        assert not re.search(r"\b(shall|will|Party|Parties|this Agreement)\b", words)
