"""The frame of a question is left out of what is looked for; keywords have none."""

import pytest

from agreements.search.asking import frame, is_asked
from agreements.search.naming import Catalog
from agreements.search.understanding import understand

CASES = [
    ("is there any clause on falconry", "falconry", True),
    ("any provision about falconry", "falconry", False),
    ("which agreements say that hawks may fly", "hawks may fly", True),
    ("What do our treaties say about hawks?", "hawks?", True),
    ("inspector: who may open the mews", "who may open the mews", True),
    ("how do our texts differ on the keeping of hawks", "texts the keeping of hawks", True),
    ("If a hawk hurts a neighbour, who pays?", "If a hawk hurts a neighbour, who pays?", True),
    ("what do hawking agreements say about gloves", "hawking gloves", True),
    ("which hawking treaties provide for gloves", "hawking gloves", True),
    ("which glove covers the hand under the agreement", "which glove covers the hand under the agreement", True),
    ("compare the keeping of hawks", "keeping of hawks", False),
    ("difference between the compacts on hawks", "hawks", False),
    ("shall keep the hawks of the other side", "shall keep the hawks of the other side", False),
    ("agreement on the keeping of hawks", "agreement on the keeping of hawks", False),
    ("claims: hawks", "claims: hawks", False),
]


@pytest.mark.parametrize(("query", "rest", "asked"), CASES, ids=[row[0] for row in CASES])
def test_what_is_asked(query: str, rest: str, asked: bool) -> None:
    assert understand(query, Catalog(tuple)).rest == rest
    assert is_asked(query) is asked


def test_a_name_before_the_question_is_no_frame() -> None:
    assert understand("Iceland: may they fly hawks", Catalog(tuple)).first[0].id == "party:ISL"


def test_keywords_have_no_frame() -> None:
    assert frame("status of forces agreement with Iceland") == []
