"""Looking only where words can stand finds what looking everywhere finds."""

import csv

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from agreements.resources import data
from agreements.search.analysis import fold, stem, tokens
from agreements.search.clauses import Bool, Clause, Every, Flat, KeywordClause, TermClause, Weighed, unscored
from agreements.search.highlight import Highlighter
from agreements.search.lucene import read
from agreements.search.spots import Spots

_LINES = """
claims Claimants "claims" (claims) enquiry inquiries dispatch despatched gaol jail tyre tire Türkiye République
co-operation sub-contractor re-export Article VII 5 per cent percent A&T skies dying lying try tries tried size sized
anæsthetic anaesthetic paediatric ﬁscal fiscal naïve State's state’s defence Defense labour of the shall not
"""
WORDS = _LINES.split()


def spelled() -> list[str]:
    with data("spelling.csv").open(encoding="utf-8", newline="") as rows:
        return [row[column] for row in csv.DictReader(rows) for column in ("british", "american")]


@pytest.mark.parametrize("word", [*spelled(), *WORDS])
def test_every_spelling_of_a_word_is_found_by_its_term(word: str) -> None:
    for token in tokens(word):
        text = f"a {word}, b"
        found = [text[a:b] for a, b in Spots([token.term])(text, 0, len(text))]
        assert any(token.term == other.term for piece in found for other in tokens(piece)), token


@example(words=["per", "cent"], sought=["per"])
@example(words=["per", "cent"], sought=["cent"])
@given(st.lists(st.sampled_from(WORDS), max_size=40), st.lists(st.sampled_from(WORDS), min_size=1, max_size=3))
def test_highlights_are_those_of_a_look_at_every_word(words: list[str], sought: list[str]) -> None:
    text = " ".join(words)
    query = " ".join(word.strip('"()') for word in sought)
    for asked in (query, f'"{query}"', f'"{query}"~2'):
        quick, thorough = Highlighter(read(asked).tree), Highlighter(read(asked).tree)
        thorough._spots = Spots([""])  # any word may be one of these
        assert quick.snippet(text, [0]) == thorough.snippet(text, [0])


def test_only_the_neighbourhood_is_looked_at() -> None:
    text = "nothing of this kind, but claims. Nor this."
    assert [text[a:b] for a, b in Spots([stem(fold("claim"))])(text, 0, len(text))] == ["claims."]


COUNTED: list[tuple[Clause, Clause, str]] = [
    (Weighed(TermClause("text", "a"), 2.0), TermClause("text", "a"), "a weight changes no match"),
    (Flat(KeywordClause("topic", "a"), 3.0), KeywordClause("topic", "a"), "nor does a fixed score"),
    (
        Bool(must=(TermClause("text", "a"),), should=(Every(),)),
        TermClause("text", "a"),
        "what only adds to the score goes",
    ),
    (Bool(should=(Every(),), at_least=1), Bool(should=(Every(),), at_least=1), "what is needed stays"),
    (Bool(must=(Every(),), should=(Every(),), at_least=1), Bool((Every(),), (Every(),), (), 1), "also beside others"),
    (Bool(must=(Every(),), never=(Every(),)), Bool(must=(Every(),), never=(Every(),)), "so does what is excluded"),
]


@pytest.mark.parametrize(("clause", "expected", "why"), COUNTED, ids=[row[2] for row in COUNTED])
def test_what_is_counted(clause: Clause, expected: Clause, why: str) -> None:
    assert unscored(clause) == expected, why
