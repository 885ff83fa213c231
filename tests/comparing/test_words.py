from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreements.comparing.words import differences, edits, likeness

ROWS = [
    ("A. B.", "A. New. B.", "A. {New. }B.", "a sentence is inserted whole, not as the end of one and half of the next"),
    (
        "shall promptly notify the Embassy",
        "shall immediately notify its Embassy",
        "shall [promptly]{immediately} notify [the]{its} Embassy",
        "single words far enough apart stay single changes",
    ),
    (
        "The Parties shall consult annually.",
        "The Parties shall consult as often as they think fit and at least annually.",
        "The Parties shall consult {as often as they think fit and at least }annually.",
        "an insertion begins with its first word",
    ),
    (
        "Each party agrees to the red house in town.",
        "Both states consent to a blue house in cities.",
        "[Each party agrees to the red house in town]{Both states consent to a blue house in cities}.",
        "words that a rewritten sentence shares by chance are no islands",
    ),
    (
        "visas, permits, licenses and fees",
        "visas, permits and fees",
        "visas, permits[, licenses] and fees",
        "a member of a list goes with its comma",
    ),
    (
        "within thirty (30) days of it",
        "within forty-five (45) days of it",
        "within [thirty (30)]{forty-five (45)} days of it",
        "a number in words takes its figures with it, bracket and all",
    ),
    ("Article\u00a0I", "Article I", "Article[\u00a0]{ }I", "a blank that does not break is another character"),
    ("same", "same", "same", "nothing"),
    ("", "new", "{new}", "all is new"),
    ("old", "", "[old]", "all is gone"),
]


def marked(pieces):
    signs = {"equal": "{}", "deleted": "[{}]", "inserted": "{{{}}}"}
    return "".join(signs[p.kind].format(p.text) for p in pieces)


@pytest.mark.parametrize(("a", "b", "expected", "reason"), ROWS)
def test_a_lawyer_would_mark_it_so(a, b, expected, reason):
    assert marked(differences(a, b)) == expected, reason


_texts = st.lists(
    st.sampled_from(
        ["the", "Party", "shall", " ", ",", ".", "waive", "claims", "\u00a0", "  ", "U.S.", "1,000", "العربية"]
    ),
    max_size=40,
).map("".join) | st.text(max_size=40)


@given(_texts, _texts)
def test_pieces_give_back_both_texts(a, b):
    pieces = differences(a, b)
    assert "".join(p.text for p in pieces if p.kind != "inserted") == a
    assert "".join(p.text for p in pieces if p.kind != "deleted") == b


_tokens = st.lists(st.sampled_from(["a", "b", "c", " ", ".", "waive", "claims"]), max_size=30)


@given(_tokens, _tokens)
def test_edits_stand_apart_and_between_them_all_is_equal(a, b):
    found = edits(a, b)
    at = bt = 0
    for edit in found:
        assert a[at : edit.a0] == b[bt : edit.b0]
        assert edit.a0 < edit.a1 or edit.b0 < edit.b1
        at, bt = edit.a1, edit.b1
    assert a[at:] == b[bt:]
    assert all(one.a1 < other.a0 for one, other in pairwise(found))


def test_likeness_goes_from_nothing_to_all():
    assert likeness([], []) == 1.0
    assert likeness(["a"], ["b"]) == 0.0
    assert likeness(["a", "b"], ["a", "c"]) == 0.5
