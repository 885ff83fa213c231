"""The short status of forces agreement: its content, its forms, and every mix of its options."""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agreements.drafting import Draft, DraftRequest, assemble, family, load_parameters
from agreements.model import Agreement, Provision
from tests.drafting.sound import ROOT, all_words, check_sound
from tests.drafting.strategies import requests

EXAMPLES = [ROOT / "docs" / "examples" / "drafts" / f"sofa-{name}.yaml" for name in ("notes", "agreement")]
SPECIMENS = [ROOT / "corpus" / "specimens" / "params" / f"sofa-{number}.yaml" for number in (1, 2)]
SOFA = family("sofa")
ARTICLES = [
    "Definitions", "Purpose and Scope", "Respect for Law", "Status of Personnel", "Entry and Exit",
    "Licenses and Motor Vehicles", "Criminal Jurisdiction", "Uniforms and Arms", "Taxation", "Import and Export",
    "Movement of Vessels, Aircraft and Vehicles", "Contracting", "Contractors",
    "Facilities, Services and Communications", "Claims", "Implementation and Settlement of Disputes",
    "Entry into Force, Amendment and Duration",
]  # fmt: skip


def made(draft: Draft) -> Agreement:
    assert draft.agreement is not None, draft.findings
    return draft.agreement


def sofa(form: str = "agreement", **parameters: Any) -> Agreement:
    given = {
        "receiving": {"long": "Republic of Tamaris", "short": "Tamaris", "adjective": "Tamarisian"},
        "activities": ["training", "exercises"],
        **parameters,
    }
    return made(assemble(DraftRequest("sofa", form, given, "UNCLASSIFIED", "2026-11-22")))


def by_id(agreement: Agreement) -> dict[str, Provision]:
    return {p.id: p for document in agreement.documents for p in document.walk() if p.id}


@pytest.mark.parametrize("path", [*EXAMPLES, *SPECIMENS], ids=lambda p: p.stem)
@pytest.mark.parametrize("original", ["us", "partner"])
def test_examples_and_specimens_assemble(path: Path, original: Any) -> None:
    draft = assemble(load_parameters(path), original=original)
    assert not draft.findings
    check_sound(made(draft))


def test_the_articles_stand_in_their_usual_order() -> None:
    articles = [p for p in sofa().documents[0].provisions if p.kind == "article"]
    assert [p.heading for p in articles] == ARTICLES
    assert all(len(p.children) >= 2 for p in articles)


# What a reader looks for in each article: who, what right or duty, period, exception.
@pytest.mark.parametrize(
    ("provision", "elements"),
    [
        ("purpose", ["for training and exercises", "such other activities", "does not of itself oblige"]),
        ("respect_for_law", ["shall respect the laws of Tamaris", "political activity", "withdraw"]),
        ("status", ["18 April 1961", "administrative and technical staff", "outside the course of duty"]),
        ("entry", ["identification document", "movement order", "No passport or visa", "registration"]),
        ("licenses", ["without test or fee", "practice of a profession", "need not be registered"]),
        ("jurisdiction", ["immune", "authorizes the United States", "waive immunity", "third State", "at once"]),
        ("uniforms_arms", ["wear uniform", "orders authorize", "sympathetic consideration"]),
        ("taxes", ["not be liable", "at the time of purchase", "certificate", "resident"]),
        ("customs", ["free of inspection", "certificate", "personal effects", "sold or given", "abuse"]),
        ("movement", ["landing", "overflight", "navigation", "services that it requests", "free from boarding"]),
        ("contracting", ["its own law and procedures", "without restriction"]),
        ("contractors", ["visas and permits", "exempt", "civil and criminal jurisdiction of Tamaris"]),
        ("facilities", ["without rent", "protect", "environment", "frequencies", "free of cost", "seal"]),
        ("claims", ["waives all claims", "contract", "third parties", "laws and regulations"]),
        ("implementation", ["availability of funds", "consultation", "tribunal", "implement this Agreement"]),
        ("final_provisions", ["later note", "agreement in writing", "twelve (12) months", "Article XV", "pending"]),
    ],
)
def test_each_article_has_its_substance(provision: str, elements: list[str]) -> None:
    words = by_id(sofa())[provision].words()
    assert [e for e in elements if e not in words] == []


# Every variant says what sets it apart from its neighbours.
@pytest.mark.parametrize(
    ("parameters", "provision", "words", "absent"),
    [
        ({"jurisdiction_model": "J1"}, "jurisdiction", "to the exclusion of Tamaris", "primary right"),
        ({"jurisdiction_model": "J3"}, "jurisdiction", "thirty (30) days", "to the exclusion"),
        ({"jurisdiction_model": "J3"}, "status", "for the performance of their functions", "Vienna Convention"),
        ({"jurisdiction_model": "J3"}, "jurisdiction", "shall be conclusive", "due weight"),
        ({"jurisdiction_model": "J3", "duty_certificate": "weight"}, "jurisdiction", "due weight", "conclusive"),
        ({"no_surrender": "no"}, "jurisdiction", "immune", "third State"),
        ({"claims_model": "C3"}, "claims", "gross negligence or willful misconduct", "waives all claims"),
        ({"tax_method": "refund"}, "taxes", "refunded within sixty (60) days", "at the time of purchase"),
        ({"fees_rule": "military_rates"}, "movement", "no more than the armed forces of Tamaris", "lighterage"),
        ({"arms_rule": "facilities"}, "uniforms_arms", "civilian clothing", "small arms"),
        ({"contractors_model": "entry"}, "contractors", "law on taxation", "exempt from taxes"),
        ({"entry_documents": "passport"}, "entry", "valid passport", "No passport"),
        ({"spectrum_free": "no"}, "facilities", "frequencies", "free of cost"),
        ({"funds": "no"}, "implementation", "consultation", "availability of funds"),
        ({"entry_into_force": "1"}, "entry_into_force", "upon signature", "note"),
        ({"entry_into_force": "2"}, "entry_into_force", "last signature", "note"),
        (
            {"entry_into_force": "5a", "entry_delay": {"days": "30"}},
            "entry_into_force",
            "thirty (30) days after",
            "month",
        ),
        (
            {"entry_into_force": "5b", "entry_delay": {"months": "2"}},
            "entry_into_force",
            "first day of the second",
            "(2)",
        ),
        ({"entry_into_force": "6", "entry_date": "2027-01-01"}, "entry_into_force", "on 1 January 2027", "note"),
        ({"entry_into_force": "8"}, "entry_into_force", "exchange of the instruments of ratification", "note"),
        (
            {"entry_into_force": "7", "entry_with": "the Treaty of Amity, signed at Ilva on 3 May 2027"},
            "entry_into_force",
            "on the date on which the Treaty of Amity, signed at Ilva on 3 May 2027 enters into force",
            "note",
        ),
        ({"provisional_application": "yes"}, "provisional_application", "from the date of its signature", "reply"),
        ({"duration": "fixed", "initial_term": {"years": "3"}}, "duration", "for three (3) years", "terminated"),
        (
            {"duration": "continuing", "initial_term": {"years": "5"}},
            "termination",
            "initial period has ended",
            "renew",
        ),
        (
            {"supersedes": ["the Agreement of 1999", "the Notes of 2004"]},
            "supersession",
            "those instruments",
            "that inst",
        ),
    ],
    ids=lambda v: v if isinstance(v, str) else "",
)
def test_a_variant_is_what_it_says(parameters: dict[str, Any], provision: str, words: str, absent: str) -> None:
    shown = by_id(sofa(**parameters))[provision].words()
    assert words in shown
    assert absent not in shown


@pytest.mark.parametrize("form", ["agreement", "exchange-of-notes"])
@given(data=st.data())
@settings(max_examples=25, deadline=None)
def test_any_mix_of_options_is_sound(form: str, data: st.DataObject) -> None:
    draft = assemble(data.draw(requests(SOFA, form)), original=data.draw(st.sampled_from(["us", "partner"])))
    assert not [f for f in draft.findings if f.severity == "error"]
    agreement = made(draft)
    check_sound(agreement)
    assert not re.search(r"United States|U\.S\.|American|Department of", all_words(agreement))


_HOSTILE = [
    "A & B <b>",
    "\"quoted\" 'and'",
    "\u202eright to left",
    "flag \U0001f1fa\U0001f1f8",
    "x" * 10_000,
    "1. one",
    "(a) b",
    "i.",
    "## Head",
    "# t",
    "Annex A: x",
    "{{ sending }}",
    "[x](term:y)",
    "{#id}",
    "**bold** x",
    "\\ back",
]


@pytest.mark.parametrize("value", _HOSTILE, ids=lambda v: v[:12])
def test_hostile_values_come_out_as_typed(value: str) -> None:
    agreement = sofa(
        receiving={"long": value, "short": value, "adjective": value},
        activities=[value, "exercises"],
        subject=value,
        supersedes=[value],
        receiving_signer={"name": value, "title": value},
        signing_place=value,
    )
    plain, found = by_id(sofa()), by_id(agreement)
    for name in plain.keys() - {"final_provisions"}:  # which the clause on earlier instruments joins
        assert found[name].kind == plain[name].kind
        assert len(found[name].children) == len(plain[name].children)
    assert agreement.title.endswith(f" on {value}")
    assert f"for {value} and exercises" in found["purpose.scope"].text
    assert f"supersedes {value}. Rights" in found["supersession"].text
    assert [p.text for p in agreement.documents[0].provisions[-1].children][-2:] == [value, value]
    assert f"DONE at {value}, in duplicate" in agreement.documents[0].provisions[-2].children[1].text


def test_the_alternat_differs_only_where_it_must() -> None:
    request = load_parameters(EXAMPLES[1])
    ours, theirs = (made(assemble(request, original=side)) for side in ("us", "partner"))  # type: ignore[arg-type]
    differing = [
        (a.id or a.text[:8])
        for a, b in zip(ours.documents[0].walk(), theirs.documents[0].walk(), strict=True)
        if (a.text, a.heading) != (b.text, b.heading)
    ]
    parties, done, titles = "The Gove", "DONE at ", [f"signatures.{side}.title" for side in ("sending", "receiving")]
    assert differing == [parties, "implementing_arrangements", done, "FOR THE ", titles[0], "FOR THE ", titles[1]]
    signatures = [[p.text for p in x.documents[0].provisions[-1].children] for x in (ours, theirs)]
    assert signatures[1] == signatures[0][2:] + signatures[0][:2]
    assert "English and French languages" in all_words(ours)
    assert "French and English languages" in all_words(theirs)


def test_notes_have_no_alternat() -> None:
    request = load_parameters(EXAMPLES[0])
    assert made(assemble(request, original="us")) == made(assemble(request, original="partner"))


def test_an_exchange_is_our_note_and_the_draft_of_the_reply() -> None:
    offer, reply = made(assemble(load_parameters(EXAMPLES[0]))).documents
    assert (offer.role, reply.role) == ("offer-note", "reply-note")
    kinds = [p.kind for p in offer.provisions]
    assert kinds == ["text"] * 3 + ["paragraph"] * 17 + ["text"] * 3
    assert "No. 047" in reply.provisions[1].text
    assert "enters into force on the date of the present note" in reply.provisions[2].text
    assert "Article" not in "\n".join(p.words() for p in offer.provisions)


def test_facts_of_the_draft_follow_from_its_parameters() -> None:
    agreement = made(assemble(load_parameters(SPECIMENS[0])))
    assert [(p.name, p.code) for p in agreement.parties] == [
        ("Commonwealth of Aurelia", ""),
        ("Republic of Sarnovia", ""),
    ]
    assert (agreement.standing, agreement.authority, agreement.form) == ("draft", "unsigned", "agreement")
    assert agreement.entry_into_force is not None
    assert agreement.entry_into_force.formula == "5b"
    assert (agreement.term, agreement.termination_notice_months) == ("five (5) years", 6)
    assert [(s.date, s.place) for s in agreement.signings] == [("2019-05-07", "Port Laurent")]


@pytest.mark.parametrize(
    ("languages", "words"),
    [
        (["English"], "in the English language."),
        (["English", "French"], "in the English and French languages, both texts being equally authentic."),
        (["English", "Arabic", "French"], "in the English, Arabic and French languages, all texts being equally"),
    ],
)
def test_the_testimonium_names_the_languages(languages: list[str], words: str) -> None:
    given = [{"code": name[:2].lower(), "name": name} for name in languages]
    testimonium = sofa(languages=given).documents[0].provisions[-2]
    assert words in testimonium.children[1].text
    prevailing = sofa(languages=given, prevailing_language="English").documents[0].provisions[-2]
    assert prevailing.children[1].text.endswith("In case of divergence, the English text shall prevail.")
