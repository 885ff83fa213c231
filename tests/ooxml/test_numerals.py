import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreements.ooxml.numerals import NumberFormat, numeral, readings


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (7, "decimal", "7"),
        (14, "upperRoman", "XIV"),
        (49, "lowerRoman", "xlix"),
        (26, "lowerLetter", "z"),
        (27, "lowerLetter", "aa"),  # Word doubles the letter; it does not go on like the columns of a sheet
        (28, "upperLetter", "BB"),
    ],
)
def test_numerals(value, form, text):
    assert numeral(value, form) == text


@given(
    st.integers(1, 100),
    st.sampled_from(["decimal", "lowerLetter", "lowerRoman", "upperRoman", "upperLetter"]),
    st.sampled_from([("", "."), ("(", ")"), ("", ")"), ("", ""), ("(", ").")]),
)
def test_what_is_printed_is_read_back(value, form, around):
    own = NumberFormat(form, *around)
    assert (own, value) in readings(own.text(value))


@given(st.text("0123456789ivxlcabzIVX().] ", max_size=6))
def test_a_reading_prints_the_number_it_was_read_from(number):
    assert all(form.text(value) == number for form, value in readings(number))


@pytest.mark.parametrize(
    "number",
    ["5 bis", "1.2.", "01.", "IIX", "ab", "one", "1-A", "", "()", "0"],  # no list of Word counts like these
)
def test_no_reading(number):
    assert readings(number) == ()


def test_a_letter_may_be_a_roman_number_too():
    found = {(form.numeral, value) for form, value in readings("(i)")}
    assert found == {("lowerLetter", 9), ("lowerRoman", 1)}


@pytest.mark.parametrize(
    ("number", "values"),
    [
        ("MMMCMXCIX", {("upperRoman", 3999)}),
        ("MMMM", {("upperLetter", 91)}),
        ("(i)", {("lowerLetter", 9), ("lowerRoman", 1)}),
        ("iiii", {("lowerLetter", 87)}),
        ("0", set()),
        ("12.", {("decimal", 12)}),
    ],
)
def test_every_reading_of_a_number(number, values):
    assert {(own.numeral, value) for own, value in readings(number)} == values
