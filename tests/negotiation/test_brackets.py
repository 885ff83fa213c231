import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agreements.negotiation.brackets import Labels, bracket, encode, opened, resolve, settle

L = Labels()
WORDS = st.sampled_from(
    ["ten", "days", "weeks", "shall", "after", ",", ".", "[SEAL]", "[US: x]", "[", "]", "\\", "[US:"]
)
LINES = st.lists(WORDS, max_size=9).map(" ".join)
ODD = st.text(alphabet="ab [].:,\\US\u00a0", max_size=20).map(str.strip)


@given(LINES, LINES)
@settings(max_examples=200, deadline=None)
def test_no_bracket_has_blanks_that_a_word_processor_would_lose(us: str, partner: str) -> None:
    assert "  " not in encode(us, partner, L)


@given(LINES | ODD, LINES | ODD)
@settings(max_examples=300, deadline=None)
def test_each_side_gets_its_own_words_back(us: str, partner: str) -> None:
    written = encode(us, partner, L)
    assert resolve(written, "us", L) == us
    assert resolve(written, "partner", L) == partner


@pytest.mark.parametrize(
    ("us", "partner", "written", "why"),
    [
        ("within ten days", "within ten days", "within ten days", "what both have is plain"),
        ("within ten days", "within thirty days", "within [US: ten] [PARTNER: thirty] days", "a word for a word"),
        ("may enter freely.", "may enter.", "may enter [US: freely].", "one side only"),
        ("may enter.", "may freely enter.", "may [PARTNER: freely] enter.", "in the middle"),
        ("", "They may enter.", "[US: ] [PARTNER: They may enter.]", "one side has the provision without words"),
        (
            "give it to the other.",
            "give it to the other side",
            "give it to the [US: other.] [PARTNER: other side]",
            "no bracket opens with a blank of its own",
        ),
        ("the [SEAL] of one", "the [SEAL] of two", "the [SEAL] of [US: one] [PARTNER: two]", "other brackets stay"),
    ],
)
def test_what_is_written_reads_as_a_person_would_write_it(us: str, partner: str, written: str, why: str) -> None:
    assert encode(us, partner, L) == written, why


@pytest.mark.parametrize(
    ("text", "us", "partner", "why"),
    [
        ("within [us: ten] [Partner: thirty] days", "within ten days", "within thirty days", "case of labels"),
        ("within [US:ten][PARTNER:thirty] days", "within ten days", "within thirty days", "no blanks"),
        ("may enter [US: freely] .", "may enter freely .", "may enter.", "no blank is left over"),
        ("may [PARTNER: not ] enter", "may enter", "may not  enter", "blanks inside are words"),
        ("the [US: side", "the [US: side", "the [US: side", "not closed: plain"),
        ("a [US: b [SEAL] c] d", "a b [SEAL] c d", "a d", "a bracket in a bracket"),
    ],
)
def test_what_people_type_is_read(text: str, us: str, partner: str, why: str) -> None:
    assert (resolve(text, "us", L), resolve(text, "partner", L)) == (us, partner), why


@pytest.mark.parametrize(
    ("said", "gives"),
    [
        ({1: "ten", 2: "two "}, "ten days and two  Parties"),
        ({1: "twenty"}, "twenty days and [US: two] Parties"),
        ({2: ""}, "[US: ten] [PARTNER: thirty] days and Parties"),
        ({}, "[US: ten] [PARTNER: thirty] days and [US: two] Parties"),
    ],
)
def test_places_are_closed_one_by_one(said: dict[int, str], gives: str) -> None:
    text = "[US: ten] [PARTNER: thirty] days and [US: two] Parties"
    assert settle(text, L, lambda _, number: said.get(number)) == gives


def test_a_side_may_have_any_label() -> None:
    labels = Labels("Lorn", "Kingdom of Marn")
    text = encode("ten days", "two weeks", labels)
    assert text == "[Lorn: ten days] [Kingdom of Marn: two weeks]"
    assert len(opened(text, labels)) == 1
    assert bracket("a", "partner", labels) == "[Kingdom of Marn: a]"
