"""The state flights family: one-way and reciprocal, as notes in either style and as signed agreement."""

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

MARENA = ROOT / "docs/examples/drafts/flights-marena.yaml"
SPECIMENS = [ROOT / "corpus/specimens/params" / f"flights-{n}.yaml" for n in (1, 2)]
FLIGHTS = family("state_flights")


def flights(form: str = "exchange-of-notes", **changed: Any) -> Agreement:
    given = {**load_parameters(MARENA).parameters, **changed}
    given.pop("entry_into_force")
    return draft(DraftRequest("state_flights", form, given, "UNCLASSIFIED", "2026-11-22"))


def by_id(agreement: Agreement) -> dict[str, Provision]:
    return {p.id: p for document in agreement.documents for p in document.walk() if p.id}


@pytest.mark.parametrize("path", [MARENA, *SPECIMENS], ids=lambda p: p.stem)
@pytest.mark.parametrize("original", ["us", "partner"])
def test_examples_and_specimens_assemble(path: Path, original: Any) -> None:
    made = assemble(load_parameters(path), original=original)
    assert not made.findings
    assert made.agreement is not None
    check_sound(made.agreement)


def test_every_article_of_the_agreement_has_two_paragraphs_or_more() -> None:
    found = articles(flights("agreement"))
    assert len(found) == 17
    assert all(len(a.children) >= 2 for a in found.values())


@pytest.mark.parametrize(
    ("provision", "elements"),
    [
        ("scope", ["of either Party", "visiting Party", "host Party", "official visits", "no right to station"]),
        ("clearance", ["blanket", "each calendar year", "forty-eight (48) hours", "medical evacuation", "call sign"]),
        ("airfields", ["Puerto Marena", "Punta Verde", "nearest suitable airfield"]),
        ("conduct", ["flight plan", "transponder", "due regard", "sensor"]),
        ("cargo", ["seven (7) days", "for that flight alone", "no manifest", "nuclear"]),
        ("charges", ["every kind", "landing", "company"]),
        ("services", ["refueling", "at cost", "sixty (60) days"]),
        ("crew", ["identification card", "Neither passport nor visa", "thirty (30) days", "detention"]),
        ("customs", ["free of customs duties", "statement of the commander"]),
        ("immunity", ["remain immune from boarding", "come as guests", "leave without delay"]),
        ("security", ["shall protect", "leave of its commander"]),
        ("accidents", ["in distress", "conducts the inquiry", "remains of the dead"]),
        ("claims", ["waives all claims", "third parties", "out of a contract"]),
        ("authorities", ["competent authority is", "Once a year"]),
        ("implementation", ["consultation", "tribunal", "availability of funds"]),
        ("final_provisions", ["date of the note in reply", "six (6) months", "flights that have begun"]),
    ],
)
def test_each_point_has_its_substance(provision: str, elements: list[str]) -> None:
    words = by_id(flights())[provision].words()
    assert [e for e in elements if e not in words] == []


@pytest.mark.parametrize(
    ("parameters", "provision", "words", "absent"),
    [
        ({"reciprocal": "no"}, "clearance", "Isla Marena shall issue", "host Party"),
        ({"reciprocal": "no"}, "claims", "United States shall settle", "visiting Party"),
        ({"charter": "yes"}, "definitions", "do not share the immunity", "operate and other"),
        ({"clearance_model": "block"}, "clearance", "fifty (50) flights", "calendar year"),
        ({"clearance_model": "each"}, "clearance", "seventy-two (72) hours from", "calendar year"),
        ({"airfield_rule": "open", "airfields": ""}, "airfields", "open to international traffic", "Punta"),
        ({"sending_airfields": ["Northgate Air Base"]}, "airfields", "may land at Northgate Air Base", "names to it"),
        ({"cargo_rule": "hazardous_notified"}, "cargo", "under any", "flight alone"),
        ({"charges_rule": "military_only"}, "charges", "At civil airports", "every kind"),
        ({"charges_rule": "route_rules"}, "charges", "every exemption", "every kind"),
        ({"services_rule": "host_rates"}, "services", "published rates", "at cost"),
        ({"crew_documents": "passport"}, "crew", "valid passport", "Neither passport"),
        ({"security_rule": "shared_guard"}, "security", "four (4) guards", "as it guards its own"),
        ({"claims_model": "C2"}, "claims", "75 percent", "in accordance with its laws"),
    ],
    ids=lambda v: v if isinstance(v, str) else "",
)
def test_a_variant_is_what_it_says(parameters: dict[str, Any], provision: str, words: str, absent: str) -> None:
    shown = by_id(flights(**parameters))[provision].words()
    assert words in shown
    assert absent not in shown


def test_first_person_notes_are_written_and_signed_by_a_person() -> None:
    offer, reply = draft(load_parameters(SPECIMENS[1])).documents
    first, last = offer.provisions, [p.text for p in offer.provisions[-3:]]
    assert [p.text for p in first[:3]] == ["No. 9", "Qaresh City, 19 April 2022", "Excellency:"]
    assert last == ["L. Arden", "Ambassador of the Union of Tesmark", "The Minister of Foreign Affairs of the Sultanate of Qaresh"]  # fmt: skip  # noqa: E501
    words = [p.text for p in reply.provisions]
    assert "Your Excellency's note No. 9 of 19 April 2022" in words[3]
    assert words[-1] == "The Ambassador of the Union of Tesmark"
    assert not any("Embassy" in p.text and "compliments" in p.text for d in (offer, reply) for p in d.provisions)


@pytest.mark.parametrize("form", ["agreement", "exchange-of-notes"])
@given(data=st.data())
@settings(max_examples=25, deadline=None)
def test_any_mix_of_options_is_sound(form: str, data: st.DataObject) -> None:
    request = data.draw(requests(FLIGHTS, form))
    agreement = draft(request, data.draw(st.sampled_from(["us", "partner"])))
    check_sound(agreement)
    words = all_words(agreement)
    assert not re.search(r"United States|U\.S\.|American|Department of", words)
    assert ("host Party" in words) == (request.parameters.get("reciprocal", "yes") == "yes")
