"""The most or the least that an agreement lasts is no term: nobody may count days from it."""

import pytest

from agreements.classifying.variants import variants_in
from agreements.language.lasting import own_term


@pytest.mark.parametrize(
    "said",
    [
        "for one year at most", "for five years at the longest", "for two (2) years, at most", "for ten years or less",
        "for two years as a maximum", "for five years at least", "for three years or longer",
        "until 1 May 2030 at the latest",
    ],
)  # fmt: skip
def test_what_is_the_most_or_the_least_is_no_term(said: str) -> None:
    sentence = f"This Agreement shall remain in force {said}."
    assert own_term(sentence) is None
    assert variants_in(sentence, ["duration_renewal"], ["term"]) == ()


@pytest.mark.parametrize(
    ("said", "term"),
    [
        ("for two years and at least until a new one is signed", "two years"),
        ("for one year", "one year"),
        ("for ten years or until it is terminated", "ten years"),
        ("until 1 May 2030", "until 1 May 2030"),
    ],
)
def test_what_goes_on_otherwise_is(said: str, term: str) -> None:
    found = own_term(f"This Agreement shall remain in force {said}.")
    assert found is not None
    assert found[0] == term
