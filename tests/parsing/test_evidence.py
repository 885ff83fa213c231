"""The place of a fact's words in the source: in the provision that states it, wherever else the words stand."""

import pytest

from agreements.model import Provenance, Provision
from agreements.parsing.evidence import Passage

SOURCE = "in force six months\nin force six months\nin force six\nmonths"
SECOND = (20, 39)
THIRD = (40, 59)


def passage(span: tuple[int | None, int | None] | None, words: str = "six months") -> Passage:
    held = Provenance(start=span[0], end=span[1]) if span else None
    return Passage("notice", Provision(kind="article", text="in force six months", provenance=held), words)


@pytest.mark.parametrize(
    ("span", "place", "why"),
    [
        ((0, 19), (9, 19), "the first provision begins the source"),
        (SECOND, (29, 39), "the same words stand earlier, in another provision"),
        (THIRD, (49, 59), "broken over two lines"),
        (None, (0, 0), "a provision without a place in the source"),
        ((None, None), (0, 0), "a provision whose place is not known"),
        ((None, 19), (9, 19), "the beginning is not known: from that of the source"),
    ],
)
def test_words_are_placed_in_their_own_provision(span, place: tuple[int, int], why: str) -> None:
    found = passage(span).placed("IX.2", SOURCE)
    assert (found.start, found.end) == place, why


def test_words_that_are_not_there_have_the_place_of_the_provision() -> None:
    found = passage(SECOND, "twelve months").placed("IX.2", SOURCE)
    assert (found.start, found.end) == SECOND
