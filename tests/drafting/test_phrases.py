from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreements.drafting import phrases
from agreements.language.numbers import in_words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "zero"),
        (13, "thirteen"),
        (20, "twenty"),
        (45, "forty-five"),
        (100, "one hundred"),
        (180, "one hundred eighty"),
        (1_001, "one thousand one"),
        (24_500_000, "twenty-four million five hundred thousand"),
    ],
)
def test_numbers_are_written_out(value: int, words: str) -> None:
    assert in_words(value) == words


@pytest.mark.parametrize(
    ("value", "words", "figures"),
    [
        (1, "first", "1st"),
        (2, "second", "2nd"),
        (3, "third", "3rd"),
        (11, "eleventh", "11th"),
        (12, "twelfth", "12th"),
        (21, "twenty-first", "21st"),
        (30, "thirtieth", "30th"),
        (112, "one hundred twelfth", "112th"),
    ],
)
def test_ordinals(value: int, words: str, figures: str) -> None:
    assert (phrases.ordinal_words(value), phrases.ordinal_figures(value)) == (words, figures)


def test_the_phrases_of_treaties() -> None:
    assert phrases.counted(30, "day") == "thirty (30) days"
    assert phrases.counted(1, "year") == "one (1) year"
    assert phrases.done_on(date(2026, 11, 22)) == "22nd day of November, 2026"
    assert phrases.date_words(date(1999, 3, 14)) == "14 March 1999"
    assert phrases.grouped(Decimal("1480.50")) == "1,480.50"
    assert phrases.listed(["a"]) == "a"
    assert phrases.listed(["a", "b", "c"], "or") == "a, b or c"


@pytest.mark.parametrize(("value", "letters"), [(1, "a"), (26, "z"), (27, "aa"), (28, "bb")])
def test_letters_double_after_z(value: int, letters: str) -> None:
    assert phrases.letter(value) == letters


@given(st.integers(1, 3999))
def test_roman_numbers_have_the_value_they_say(value: int) -> None:
    worth = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
    signs = [worth[sign] for sign in phrases.roman(value)]
    total = sum(-s if any(s < later for later in signs[i + 1 : i + 2]) else s for i, s in enumerate(signs))
    assert total == value
