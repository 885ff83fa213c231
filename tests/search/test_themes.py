"""Which topics a query is about, and that they help where the words of people and of treaties differ."""

import pytest

from agreements.search.kin import kin
from agreements.search.lucene import read
from agreements.search.themes import themed, topics_sought
from agreements.topics import topics

CASES = [
    ("driver's licence", ["driving_professional_licenses"], "the words of the label"),
    ("driving licenses", ["driving_professional_licenses"], "the other spelling and another form"),
    ("who treats a patient when he falls ill?", ["medical_mortuary"], "a question, in no word of the label"),
    ("zebra crossing", [], "no topic has half of the words"),
    ('"driving licence"', [], "a phrase is looked for as it stands"),
    ("+licence driving", [], "words that only add to the score say nothing about the whole"),
    ("uniforms OR weapons", [], "alternatives are not one question"),
    ("NOT uniforms", [], "what is excluded is not what is sought"),
    ("the treaty", [], "words that stand in every agreement speak for no topic"),
    ("uniforms AND party:USA", [], "a single required word is looked for as it stands"),
    ("wearing uniforms party:USA", ["uniforms"], "a condition leaves the words what they are"),
]


@pytest.mark.parametrize(("query", "expected", "why"), CASES, ids=[case[2] for case in CASES])
def test_topics_sought(query: str, expected: list[str], why: str) -> None:
    assert topics_sought(themed(read(query).tree))[: len(expected) or None] == expected, why


@pytest.mark.parametrize("topic", sorted(topics()))
def test_every_label_is_about_its_topic(topic: str) -> None:
    assert topic in topics_sought(themed(read(topics()[topic].label.replace("/", " ")).tree))


FAMILIES = [
    ("notification", "notifi", "a noun finds the verb"),
    ("notifies", "notif", "a form that is not in the list finds its family by its stem"),
    ("paid", "pay", "an irregular past"),
]


@pytest.mark.parametrize(("word", "expected", "why"), FAMILIES, ids=[row[2] for row in FAMILIES])
def test_kin(word: str, expected: str, why: str) -> None:
    assert expected in kin(word), why


def test_a_word_is_not_its_own_kin() -> None:
    assert "waiver" not in kin("waiver")
    assert kin("umbrella") == ()
