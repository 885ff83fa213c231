"""The words in which lay people ask: the table is sound, and questions that use its words reach their topics."""

import csv
import re

import pytest

from agreements.resources import data
from agreements.search.lucene import read
from agreements.search.themes import themed, topics_sought
from agreements.topics import topics

WORDS = {
    row["topic"]: row["words"].split()
    for row in csv.DictReader(data("lay_words.csv").read_text(encoding="utf-8").splitlines())
}
MOST_TOPICS = 4  # a word that points to more says little about any

QUESTIONS = [
    ("where can they go shopping?", "military_service_activities", "a form of a word of the table"),
    ("is there anybody who picks up the garbage?", "environment_health_safety", "one telling word among many"),
    ("does my landlord get any rent?", "no_rent", "two words for one topic"),
    ("who compensates the victim of a crash?", "claims_third_party", "three words for one topic"),
    ("can they be extradited to The Hague?", "no_third_surrender", "a place that stands for a court"),
    (
        "are the letters of a marine opened at the post office?",
        "postal",
        "an ordinary word for what the text calls mail",
    ),
]


def test_every_topic_has_lay_words() -> None:
    assert set(WORDS) == set(topics())
    assert all(len(words) >= 5 for words in WORDS.values())


@pytest.mark.parametrize("topic", sorted(WORDS))
def test_words_are_single_folded_and_given_once(topic: str) -> None:
    words = WORDS[topic]
    assert [word for word in words if not re.fullmatch("[a-z]+", word)] == []
    assert len(words) == len(set(words))


def test_no_word_points_everywhere() -> None:
    every = [word for words in WORDS.values() for word in words]
    assert {word for word in every if every.count(word) > MOST_TOPICS} == set()


@pytest.mark.parametrize(("question", "topic", "why"), QUESTIONS, ids=[row[2] for row in QUESTIONS])
def test_questions_reach_their_topic(question: str, topic: str, why: str) -> None:
    assert topic in topics_sought(themed(read(question).tree)), why


def test_keywords_are_terms_of_the_field() -> None:
    assert "claims_third_party" in topics_sought(themed(read("what about the neighbour?").tree))
    assert "claims_third_party" not in topics_sought(themed(read("neighbour").tree))
