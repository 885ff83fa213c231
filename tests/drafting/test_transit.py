"""The transit family: passage by air, rail and road, its substance article by article, in every mix of options."""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agreements.drafting import DraftRequest, assemble, family, load_parameters
from agreements.model import Agreement, Provision
from tests.drafting.sound import ROOT, all_words, articles, check_sound, draft
from tests.drafting.strategies import requests

KARUZHAN = ROOT / "docs/examples/drafts/transit-karuzhan.yaml"
SPECIMENS = [ROOT / "corpus/specimens/params" / f"transit-{n}.yaml" for n in (1, 2)]
TRANSIT = family("transit")


def transit(form: str = "agreement", **changed: Any) -> Agreement:
    given = {**load_parameters(KARUZHAN).parameters, **changed}
    if form == "exchange-of-notes":
        given.pop("entry_into_force")
    return draft(DraftRequest("transit", form, given, "UNCLASSIFIED", "2026-11-22"))


def by_id(agreement: Agreement) -> dict[str, Provision]:
    return {p.id: p for document in agreement.documents for p in document.walk() if p.id}


RAILWAY = ROOT / "docs/examples/drafts/transit-rail.yaml"


@pytest.mark.parametrize("path", [KARUZHAN, RAILWAY, *SPECIMENS], ids=lambda p: p.stem)
@pytest.mark.parametrize("original", ["us", "partner"])
def test_examples_and_specimens_assemble(path: Path, original: Any) -> None:
    made = assemble(load_parameters(path), original=original)
    assert not made.findings
    assert made.agreement is not None
    check_sound(made.agreement)


def test_the_articles_stand_in_their_usual_order() -> None:
    agreement = transit()
    assert [a.heading for a in articles(agreement).values()] == [
        "Subject", "Definitions", "Supplies That May Be Carried", "Request and Permission", "Air Routes",
        "Passage without Landing", "Immunity and Inspection", "Personnel in Transit", "Charges", "Customs and Taxes",
        "Safety and Dangerous Goods", "Emergency Landing, Search and Rescue", "Refusal and Suspension", "Claims",
        "Designated Authorities", "Implementation and Settlement of Disputes",
        "Entry into Force, Amendment and Duration",
    ]  # fmt: skip
    assert all(len(a.children) >= 2 for a in articles(agreement).values())
    assert [(d.role, d.number) for d in agreement.documents] == [("main", None), ("annex", "A"), ("annex", "B")]


# What a reader looks for: who, what right or duty, period, exception.
@pytest.mark.parametrize(
    ("provision", "elements"),
    [
        ("purpose", ["permits supplies in transit", "right of passage only", "station persons"]),
        ("definitions", ['"transit" means flight', "exclusively for", "agreed routes"]),
        ("cargo", ["fuel and lubricants", "special cargo", "nuclear", "before the movement begins"]),
        ("permission", ["seventy-two (72) hours", "ninety-six (96) hours", "medical evacuation", "Annex B"]),
        ("routes", ["points of entry and exit", "air traffic control", "in distress"]),
        ("halts", ["without landing, except", "sensor", "transponder"]),
        ("inspection", ["shall not be boarded", "Civil aircraft", "presence of a representative"]),
        ("personnel", ["neither passport nor visa", "unloaded", "Vienna Convention"]),
        ("fees", ["No charges of any kind", "overflight", "services that were requested"]),
        ("customs", ["free of customs duties", "no customs declaration", "thirty (30) days"]),
        ("safety", ["due regard", "class and United Nations number"]),
        ("emergency", ["in distress", "search and rescue at once", "recorders", "remains of the dead"]),
        ("refusal", ["national security", "shall state which", "forty-eight (48) hours", "already entered"]),
        ("claims", ["waives all claims", "third parties", "carrier"]),
        ("authorities", ["designated authority is", "quarter", "third State"]),
        ("final_provisions", ["one (1) year", "sixty (60) days before", "Annexes", "pending"]),
        ("annex_routes.list", ["LUMAR", "(e)", "MINAR"]),
        ("annex_request.data", ["call sign", "Coordinated Universal Time", "number of passengers"]),
    ],
)
def test_each_article_has_its_substance(provision: str, elements: list[str]) -> None:
    found = by_id(transit())[provision]
    words = found.words() + "".join(child.number or "" for child in found.children)
    assert [e for e in elements if e not in words] == []


ROAD = {"mode": "road", "halt_rule": "", "landing_order": ""}
RAIL = ROAD | {"mode": "rail"}


@pytest.mark.parametrize(
    ("parameters", "provision", "words", "absent"),
    [
        ({"cargo_model": "special_by_permission"}, "cargo", "ten (10) days beforehand", "fuel and lubricants"),
        ({"permission_model": "series"}, "permission", "program of movements", "standing"),
        ({"permission_model": "notification"}, "permission", "standing transit permission", "program"),
        ({"ceiling": "4500"}, "permission", "(4,500) movements", "program"),
        ({"halt_rule": "technical_stop", "stops": ["Tarun"]}, "halts", "crew rest", "without landing"),
        ({"landing_order": "yes"}, "inspection", "order it to land", "otherwise interfered"),
        ({"landing_order": "yes"}, "inspection", "remains immune", "otherwise interfered"),
        (ROAD, "inspection", "seals of the United States", "aircraft"),
        (ROAD | {"opening_rule": "joint"}, "inspection", "up to 5 percent", "shall not be opened, unless"),
        (ROAD, "routes", "convoys", "air traffic control"),
        (RAIL, "halts", "change of gauge", "aircraft"),
        (RAIL, "customs", "within six (6) hours", "on board"),
        ({"travelers": "no"}, "definitions", '"transit" means', "personnel in transit"),
        ({"travel_documents": "passport"}, "personnel", "within seven (7) days", "neither passport"),
        ({"personnel_status": "J3"}, "personnel", "acts on board", "Vienna Convention"),
        ({"fees_rule": "services"}, "fees", "published charges", "of any kind"),
        ({"fees_rule": "tariff", "tariff_discount": "20"}, "fees", "less 20 percent", "of any kind"),
        ({"fees_rule": "tariff", "tariffs": ["a wagon, USD 9"]}, "fees", "rates that Annex C states", "published"),
        ({"refusal_rule": "discretion"}, "refusal", "need not state its reasons", "only where"),
        ({"claims_model": "C3"}, "claims", "gross negligence", "whoever is at fault"),
    ],
    ids=lambda v: v if isinstance(v, str) else "",
)
def test_a_variant_is_what_it_says(parameters: dict[str, Any], provision: str, words: str, absent: str) -> None:
    shown = by_id(transit(**parameters))[provision].words()
    assert words in shown
    assert absent not in shown


def test_the_rates_of_a_railway_stand_in_an_annex_that_both_sides_change() -> None:
    agreement = draft(load_parameters(RAILWAY))
    annex = agreement.documents[-1]
    assert (annex.number, annex.title) == ("C", "Tariffs")
    assert [
        point.text.endswith(("USD 410;", "USD 290;", "USD 120; and", "USD 65."))
        for point in annex.provisions[0].children
    ] == [True] * 4
    assert "exchange of letters" in annex.provisions[2].text
    assert "the rates that Annex C states" in articles(agreement)["fees"].words()


def test_annexes_stand_with_the_note_that_offers() -> None:
    roles = [d.role for d in transit("exchange-of-notes").documents]
    assert roles == ["offer-note", "annex", "annex", "reply-note"]


@pytest.mark.parametrize("form", ["agreement", "exchange-of-notes"])
@given(data=st.data())
@settings(max_examples=25, deadline=None)
def test_any_mix_of_options_is_sound(form: str, data: st.DataObject) -> None:
    request = data.draw(requests(TRANSIT, form, answer_time={"hours": "6"}))
    agreement = draft(request, data.draw(st.sampled_from(["us", "partner"])))
    check_sound(agreement)
    assert not re.search(r"United States|U\.S\.|American|Department of", all_words(agreement))
    if request.parameters["mode"] != "air":
        assert "aircraft" not in by_id(agreement)["inspection"].words()


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"answer_time": {"days": "9"}}, "parameters.answer_time"),
        ({"mode": "sea"}, "parameters.mode"),
        ({"corridors": ""}, "parameters.corridors"),
        ({"halt_rule": "technical_stop"}, "parameters.stops"),
        ({"lead_time": {"hours": "72", "days": "1"}}, "parameters.lead_time"),
    ],
    ids=["answer after the movement", "no such mode", "no route", "no airport to stop at", "two units"],
)
def test_wrong_parameters_are_findings(change: dict[str, Any], where: str) -> None:
    given = {**load_parameters(KARUZHAN).parameters, **change}
    made = assemble(DraftRequest("transit", parameters=given, marking="UNCLASSIFIED"))
    assert made.agreement is None
    assert where in {f.where for f in made.findings if f.severity == "error"}
