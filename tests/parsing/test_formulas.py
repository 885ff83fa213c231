"""Formulas are known in spite of misread letters, and other words are not taken for them."""

import pytest

from agreements.parsing.formulas import ends_like, opens_like

WITNESS = ("in witness whereof", "in faith whereof")


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("IN WITNESS WHEREOF the undersigned", True, "as it should be"),
        ("IN WITNFSS WHERE0F the undersigned", True, "two letters misread"),
        ("ln witncss whercof, the representatives", False, "a small letter opens no closing"),
        ("1n witness whereof, the representatives", True, "a digit for the first letter"),
        ("In witnesses whose evidence", False, "other words"),
        ("In accordance with Article V", False, "other words"),
        ("IN", False, "too short"),
        ("", False, "nothing"),
    ],
)
def test_openings(text: str, expected: bool, why: str) -> None:
    assert opens_like(text, WITNESS) is expected, why


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Desiring to help each other, have agreed as follows:", True),
        ("Desiring to help each other, havc agrecd as foilows:", True),
        ("Desiring to help each other in what follows", False),
        ("", False),
    ],
)
def test_endings(text: str, expected: bool) -> None:
    assert ends_like(text, ("have agreed as follows",)) is expected
