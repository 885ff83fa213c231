"""What a sentence is about in texts on forces, in words that no list of phrases has."""

import csv

import pytest

from agreements.classifying import signs
from agreements.classifying.signs import is_on_forces, opens_purpose, topics_beside, topics_said
from agreements.resources import data
from agreements.topics import topics

SENTENCES = [
    ("Neither side shall assert against the other any claim for the loss of a boat.", "claims_government"),
    ("Both sides forgo all recourse against each other for damage to their tents.", "claims_government"),
    ("Norland shall pay the inhabitants compensation for damage that tanks do to their fields.", "claims_third_party"),
    ("Wives and children who live with a member have the same rights.", "dependents"),
    ("The contingent may enter the port with the arms and ammunition that it needs.", "weapons_carriage"),
    ("A vessel of the squadron may enter the harbour and the waters around it.", "movement_vehicles_vessels_aircraft"),
    ("Members of the contingent shall abide by the laws in force in the island.", "sovereignty_law"),
    ("The guests enjoy immunity from criminal, civil and administrative courts.", "civil_jurisdiction"),
    ("The guests enjoy immunity from criminal, civil and administrative courts.", "criminal_jurisdiction"),
    ("The immunity shall not extend to a traffic offence.", "criminal_jurisdiction"),
    ("The commander is responsible for the discipline of the members of his unit.", "discipline_police"),
    ("The forces may take the steps that are necessary for the protection of the convoy.", "security_protection"),
    ("The tents and other equipment are free from inspection.", "inspection_immunity"),
    (
        "A newspaper for the troops may be printed, for the information of their families.",
        "military_service_activities",
    ),
    ("The death of a member shall be declared to the mayor.", "military_service_activities"),
    ("Norland agrees to furnish the forces with supplies and services.", "lsss_scope"),
    ("The authorities shall draw up a schedule with the details of the execution.", "implementing_arrangements"),
    ("Any change shall be the subject of consultation between the two Governments.", "consultations_committee"),
    ("The goods shall not be sold to another State without the consent of Norland.", "third_party_transfer"),
    ("What is said of claims shall remain in force until those outstanding are met.", "termination"),
    ("These letters come into operation on the day of your reply.", "entry_into_force"),
    ("The arrangement expires three years after it is signed.", "duration_renewal"),
    ("This Memorandum, made between the two Ministries, shall govern relations on the range.", "purpose_scope"),
]


@pytest.mark.parametrize(("sentence", "topic"), SENTENCES)
def test_a_sentence_says_what_it_is_about(sentence: str, topic: str) -> None:
    assert topic in topics_said(sentence)
    assert topic not in topics_said(sentence, known={topic})


@pytest.mark.parametrize(
    "sentence",
    [
        "The weather in the region is mild and the harvest is good.",
        "Neither makes a claim. The other mourns the loss.",  # the words stand in two sentences
        "Both forgo, " + "far and wide, " * 18 + "any claim against each other for damage.",  # and here too far apart
        "Both waive against each other the immunity that a claim for damage meets.",  # a word that the sign bears not
    ],
)
def test_words_that_are_no_sign(sentence: str) -> None:
    assert "claims_government" not in topics_said(sentence)


SAID = "Inhabitants who suffer damage shall be compensated."


@pytest.mark.parametrize(
    ("topics", "path", "counts"),
    [
        (["customs_official"], "IV.1", True),
        (["definitions"], "I", False),
        (["dependents", "definitions"], "I.2", False),
        (["preamble"], "preamble", False),
        (["note_offer_acceptance"], "reply-note.p1", False),
        (["note_offer_acceptance"], "p1", True),
    ],
)
def test_words_that_recite_define_or_repeat_say_hardly_anything(topics: list[str], path: str, counts: bool) -> None:
    assert ("claims_third_party" in topics_beside(SAID, topics, path)) is counts


def test_a_definition_says_who_the_dependents_are_and_a_reply_when_it_takes_effect() -> None:
    assert topics_beside("Kin are the spouse and children who live with a member.", ["definitions"], "I") == (
        "dependents",
    )
    assert "entry_into_force" in topics_beside("It shall take effect on the date of this reply.", [], "reply-note.p2")


def test_what_a_sentence_defines_it_does_not_rule_on() -> None:
    defined = (
        'The term "payment" also means what inhabitants who suffer damage shall be paid: they shall be compensated.'
    )
    assert topics_said(defined.replace('"', "")) == ("claims_third_party",)
    assert topics_said(defined) == ("definitions",)
    assert topics_said(defined, known={"definitions"}) == ()


@pytest.mark.parametrize(
    ("path", "text", "topics", "opens"),
    [
        ("1", "Norland may station a squadron in Valdoria.", (), True),
        ("2", "Norland may station a squadron in Valdoria.", (), False),
        ("1", "Norland stations a squadron in Valdoria.", (), False),
        ("1", "The number of the squadron shall be replaced by another.", (), False),
        ("1", "A squadron shall mean twelve aircraft.", ("definitions",), False),
    ],
)
def test_the_first_point_of_notes_states_their_purpose(
    path: str, text: str, topics: tuple[str, ...], opens: bool
) -> None:
    assert opens_purpose(path, text, topics) is opens


def test_texts_on_forces() -> None:
    assert is_on_forces(["The armed forces of Norland train on the ranges of Valdoria. " * 3])
    assert not is_on_forces(["The tractor fair is held in Valdoria, whatever forces it takes. " + "It rains. " * 600])
    assert not is_on_forces(["The tractor fair is held each spring."])


def test_every_sign_has_a_topic_and_words_that_are_named() -> None:
    with data("topic_signs.csv").open(encoding="utf-8", newline="") as rows:
        written = list(csv.DictReader(rows))
    assert {row["topic"] for row in written} <= topics().keys()
    named = {*signs._signs().named, "@this", "@agreement"}
    assert not {w for row in written for w in row["sign"].replace("|", " ").split() if w[0] == "@"} - named
    assert len({(row["topic"], row["sign"]) for row in written}) == len(written)
