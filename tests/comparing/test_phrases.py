"""From the pieces of a change to the phrases that are looked for elsewhere."""

import pytest

from agreements.comparing import differences
from agreements.comparing.phrases import phrases_of

CHANGES = [
    # before, after, the phrases
    ("Claims are waived.", "Claims are waived, but not for spite.", [("inserted", "but not for spite")]),
    ("Claims are waived for good.", "Claims are waived.", [("deleted", "for good")]),
    ("Pay in cash.", "Pay in kind.", [("inserted", "kind")]),
    ("It ends after six (6) months.", "It ends after three (3) months.", [("inserted", "three (3) months")]),
    ("Pay USD 500 a day.", "Pay USD 700 a day.", [("inserted", "USD 700")]),
    (
        "Boats may land.",
        "Boats may land. No toll is paid. Pilots are hired here.",
        [("inserted", "No toll is paid."), ("inserted", "Pilots are hired here.")],
    ),
    ("Boats may land.", "Boats may land;", []),
    ("Boats need not land.", "Boats shall land.", []),  # `shall` alone is in every text, and found in none
]


@pytest.mark.parametrize(("before", "after", "phrases"), CHANGES)
def test_the_phrases_of_a_change(before: str, after: str, phrases: list[tuple[str, str]]) -> None:
    made = phrases_of(differences(before, after, by_words=True))
    assert [(each.change, each.phrase.words) for each in made] == phrases


def test_a_share_is_looked_for_with_what_it_counts() -> None:
    (one,) = phrases_of(differences("It rises by 4 percent.", "It rises by 6 percent.", by_words=True))
    assert (one.change, one.phrase.words) == ("inserted", "6 percent")


def test_a_phrase_stands_in_its_own_sentence() -> None:
    made = phrases_of(differences("First. Boats may land. Last.", "First. Boats may land by day. Last."))
    assert [each.phrase.text for each in made] == ["Boats may land by day."]
