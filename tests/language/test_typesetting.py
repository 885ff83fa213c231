"""Quotation marks and blanks as a treaty office prints them: each sign in the place of one other."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agreements.language.typesetting import set_text, typeset
from agreements.language.typography import says_the_same
from agreements.model import Agreement, Document, Provision

# `~` stands for a blank at which no line ends.
SET = [
    ('(hereinafter "the Parties"),', "(hereinafter “the Parties”),", "it opens after a blank"),
    ('"dependent" means', "“dependent” means", "it opens at the beginning"),
    ("a 'visiting force' is", "a ‘visiting force’ is", "single marks too"),
    ("the Parties' obligations", "the Parties’ obligations", "an apostrophe opens nothing"),
    ("the forces of the '90s leave", "the forces of the ’90s leave", "nor does one before figures"),
    ("\"'Force' means a unit\"", "“‘Force’ means a unit”", "one mark in the other"),
    ('("area")', "(“area”)", "it opens after a bracket"),
    ('the words "Annex A"; and', "the words “Annex~A”; and", "what is quoted is set too"),
    ("at 59° 20' 15\" North", "at 59° 20' 15\" North", "minutes and seconds of an angle are no quotation"),
    ("Article XII and Articles II and V", "Article~XII and Articles~II and V", "the word keeps its first number"),
    ("under paragraph 2(a) of this Article", "under paragraph~2(a) of this Article", "a figure with its letter"),
    ("in subparagraph (b) above", "in subparagraph~(b) above", "a letter in brackets"),
    ("as annex 1 says", "as annex~1 says", "a word in small letters"),
    ("an article of clothing", "an article of clothing", "no number follows"),
    ("Part A states", "Part~A states", "a letter alone is a number"),
    ("the Section Ministers name", "the Section Ministers name", "a word is none"),
    ("U.S. forces and U.S. Government", "U.S.~forces and U.S.~Government", "the noun stays"),
    ("of the U.S. The Parties", "of the U.S. The Parties", "a sentence may begin on a new line"),
    ("of the U.S. and of Tessaria", "of the U.S. and of Tessaria", "no noun follows"),
    ("done on 22 November 2026", "done on 22~November 2026", "the day stays with its month"),
    ("on June 19, 1951", "on June~19, 1951", "so in the American order"),
    ("No. 7, TIAS 10-101, § 5, $ 3", "No.~7, TIAS~10-101, §~5, $~3", "signs of a number"),
    ("may apply", "may apply", "no month"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "printed", "why"), SET, ids=[row[2] for row in SET])
def test_words_are_set(typed: str, printed: str, why: str) -> None:
    assert set_text(typed, "curly") == printed.replace("~", "\u00a0"), why
    assert set_text(printed.replace("~", "\u00a0"), "straight") == typed


_SIGNS = st.lists(st.sampled_from([*"\"'()- .,°/“”‘’\u00a0aAIVx19USN", "Article", "U.S."]), max_size=40).map("".join)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_SIGNS)
def test_no_place_moves_and_no_word_changes(text: str) -> None:
    printed = set_text(text, "curly")
    assert len(printed) == len(text)
    assert says_the_same(printed, text)
    assert set_text(printed, "curly") == printed, "a text that is set stays as it is"
    assert set_text(text, "as-held") == text


def test_an_agreement_is_set_wherever_it_has_words_in_english() -> None:
    said = 'The "Force" of Article V'
    part = Provision(kind="article", number="I", heading=said, children=(Provision(kind="paragraph", text=said),))
    documents = (Document(title=said, provisions=(part,)), Document(language="de", title=said, provisions=(part,)))
    printed = typeset(Agreement(id="x", title=said, documents=documents), "curly")
    curly = "The “Force” of Article\u00a0V"
    english, german = printed.documents
    own = english.provisions[0]
    assert [printed.title, english.title, own.heading, own.children[0].text] == [curly] * 4
    assert german == documents[1], "other languages have marks of their own"
