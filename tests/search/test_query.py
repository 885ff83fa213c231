"""The query language: how each kind of query is read, and that every text is."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from agreements.search import tree
from agreements.search.lucene import read
from agreements.search.repair import DEEPEST, LONGEST, repair


@pytest.mark.parametrize(
    ("query", "read_as"),
    [
        ("claims", "claims"),
        ("claims waiver", "claims waiver"),
        ("Claims AND waiver", "Claims AND waiver"),
        ("claims && waiver", "claims AND waiver"),
        ("claims || waiver", "claims OR waiver"),
        ("claims and waiver", "claims and waiver"),  # lower-case operators are words
        ("a AND b OR c", "(a AND b) OR c"),
        ("NOT claims", "NOT claims"),
        ("!claims", "NOT claims"),
        ("claims -waiver", "claims AND NOT waiver"),
        ("claims OR NOT waiver", "claims AND NOT waiver"),  # NOT always excludes
        ("(a OR b) AND (c OR d)", "(a OR b) AND (c OR d)"),
        ('waiver "official duty"', '+"official duty" waiver'),  # who quotes words asks for them
        ("“official duty”", '"official duty"'),  # typographic quotes
        ('"official duty"~5', '"official duty"~5'),
        ('"duty"', "duty"),
        ("jurisdict*", "jurisdict*"),
        ("licen?e", "licen?e"),
        ("arbitrater~", "arbitrater~2"),
        ("force~1", "force~1"),
        ("claims^2 waiver", "claims^2 waiver"),
        ("heading:claims", "heading:(claims)"),
        ("HEADING:claims", "heading:(claims)"),
        ("heading: claims", "heading:(claims)"),
        ('heading:"entry into force"', 'heading:("entry into force")'),
        ("heading:(a OR b)", "heading:(a OR b)"),
        ("family:SOFA", "family:sofa"),
        ("family:FAA", "family:facilities_access"),
        ("party:jor", "party:JOR"),
        ("party:Jordan", "party:JOR"),
        ('party:"United States"', "party:USA"),
        ("party:(United States)", "party:USA"),
        ("party:(JOR OR QAT)", "party:JOR OR party:QAT"),
        ("party:(JOR QAT)", "party:JOR OR party:QAT"),
        ("country:Türkiye", "party:TUR"),
        ("topic:claims_government", "topic:claims_government"),
        ("topic:claims-government", "topic:claims_government"),
        ("signed:2001", "signed:[2001-01-01 TO 2001-12-31]"),
        ("signed:[2000 TO 2010]", "signed:[2000-01-01 TO 2010-12-31]"),
        ("signed:[2010 to 2000]", "signed:[2000-01-01 TO 2010-12-31]"),  # ends the wrong way round
        ("signed:2000-2010", "signed:[2000-01-01 TO 2010-12-31]"),
        ("signed:2000..2010", "signed:[2000-01-01 TO 2010-12-31]"),
        ("signed:[2000 TO *]", "signed:[2000-01-01 TO 9999-12-31]"),
        ("signed:1951-06-19", "signed:[1951-06-19 TO 1951-06-19]"),
        ("claims party:JOR", "claims AND party:JOR"),  # what a field names must hold
        ("claims waiver party:JOR", "(claims waiver) AND party:JOR"),
        ("+claims waiver", "+claims waiver"),
        ("cross-servicing", "cross-servicing"),
        ("who pays for damage?", "who pays for damage"),  # the question mark is punctuation
        ("damage?", "damage?"),  # alone it is a wildcard
        ("", "*"),
        ("*", "*"),
        ("?!", "*"),
        ("- + & |", "*"),
        ("()", "*"),
        ("((()))", "*"),
        ("heading:", "heading"),
        ("Article V:", "Article V"),
        ("note: claims", "note claims"),
        ("and/or", "and or"),
        ("'claims'", "claims"),
        ("[claims]", "claims"),
        ("claims\\", "claims"),
        ("a TO b", "a to b"),
    ],
)
def test_reads_as(query: str, read_as: str) -> None:
    assert tree.describe(read(query).tree) == read_as


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ('"official duty', "partner"),
        ("claims)", "pair"),
        ("((claims", "pair"),
        ("claims AND", "AND"),
        ("OR claims", "OR"),
        ("claims AND OR waiver", "AND"),
        ("colour:red", "colour"),
        ("signed:yesterday", "date"),
        ("heading:[a TO b]", "words"),
        ("party:Atlantis", "Atlantis"),
        ("x" * (LONGEST + 1), str(LONGEST)),
    ],
)
def test_what_was_changed_is_said(query: str, word: str) -> None:
    assert any(word in note for note in read(query).notes)


def test_a_clean_query_has_no_notes() -> None:
    assert read('heading:claims AND ("official duty"~3 OR party:JOR) -waiver signed:[1990 TO 2000]').notes == ()


def test_stop_words_have_no_weight_and_phrases_keep_them() -> None:
    some = read("the claims of a force").tree
    assert isinstance(some, tree.Some)
    assert [n.surface for n in some.nodes if isinstance(n, tree.Word) and not n.stop] == ["claims", "force"]
    assert read('"entry into force"').tree == tree.Phrase(("entri", "into", "forc"), "entry into force")


def test_plus_makes_the_rest_optional() -> None:
    found = read("+claims waiver").tree
    assert isinstance(found, tree.And)
    assert tree.Word("claim", "claims") in found.nodes
    assert any(isinstance(n, tree.Some) and n.optional for n in found.nodes)


_SIGNS = [*'"()[]{}+-!~^*?:/\\&|<>=', "AND", "OR", "NOT", "TO", "~2", "^3", " "]
_PARTS = ["party:", "signed:", "heading:", "x:", "1951", "claims", "[1 TO 2]", '"a b"']
_SYNTAX = st.lists(st.sampled_from(_SIGNS + _PARTS), max_size=25)


@given(st.one_of(st.text(max_size=80), _SYNTAX.map(" ".join), _SYNTAX.map("".join)))
def test_every_text_is_a_query(query: str) -> None:
    found = read(query)
    assert tree.describe(found.tree)


@given(_SYNTAX.map(" ".join))
@example('" AND ? ?')
def test_what_was_repaired_needs_no_more_repair(query: str) -> None:
    once = repair(query).query
    assert repair(once).query == once


def test_brackets_without_end_are_read() -> None:
    assert tree.describe(read("(" * 500 + "claims" + ")" * 500).tree) == "claims"
    assert read("(" * (DEEPEST + 5) + "claims").tree == tree.Word("claim", "claims")
