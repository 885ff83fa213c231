"""Where sentences and clauses end: treaty style, abbreviations, numbers of paragraphs, lists."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreements.language.sentences import around, clauses, sentences

CASES = [
    (
        "Aircraft of U.S. forces may land. They stay.",
        ["Aircraft of U.S. forces may land.", "They stay."],
        "U.S. ends none",
    ),
    (
        "They land in the U.S. The Parties agree.",
        ["They land in the U.S.", "The Parties agree."],
        "only an opener ends",
    ),
    ("The non-U.S. Party pays.", ["The non-U.S. Party pays."], "a prefix before an abbreviation"),
    ("See 10 U.S.C. 2341 et seq. and Pub. L. 89-497.", ["See 10 U.S.C. 2341 et seq. and Pub. L. 89-497."], "laws"),
    (
        "Art. 3 and No. 5 apply. Arts. I and II too.",
        ["Art. 3 and No. 5 apply.", "Arts. I and II too."],
        "numbers follow",
    ),
    ("He declined. Nobody came.", ["He declined.", "Nobody came."], "two plain sentences"),
    ("Goods, i.e. food and fuel, pass.", ["Goods, i.e. food and fuel, pass."], "i.e."),
    ("Goods (e.g. Fuel) pass. It is so.", ["Goods (e.g. Fuel) pass.", "It is so."], "e.g. before a capital"),
    ("1. The force goes. 2. It returns.", ["1. The force goes.", "2. It returns."], "numbers of paragraphs"),
    ("a. the force goes. b. it returns.", ["a. the force goes.", "b. it returns."], "letters of paragraphs"),
    ("(a) A force. (b) A ship.", ["(a) A force.", "(b) A ship."], "bracketed letters"),
    ("1.2 Costs of 3.5 million are shared.", ["1.2 Costs of 3.5 million are shared."], "points within numbers"),
    ("Signed by J. R. Orlen and Mr. A. Vald. Done.", ["Signed by J. R. Orlen and Mr. A. Vald.", "Done."], "initials"),
    ("Annex A. Sites. Article I. Scope.", ["Annex A.", "Sites.", "Article I.", "Scope."], "letters of annexes"),
    ("On Sept. 4, 1951 at 8 a.m. Lorn time.", ["On Sept. 4, 1951 at 8 a.m. Lorn time."], "months and hours"),
    ("It ended in 1995. In 1996 it began.", ["It ended in 1995.", "In 1996 it began."], "a year"),
    (
        "It lapses. 30 days later it revives.",
        ["It lapses.", "30 days later it revives."],
        "a sentence opens with a figure",
    ),
    ("He said “It is done.” They left.", ["He said “It is done.”", "They left."], "a quotation closes"),
    ("Is it due? Yes! It is.", ["Is it due?", "Yes!", "It is."], "other stops"),
    ("the territory.The force", ["the territory.", "The force"], "a blank lost in print"),
    ("paid otherwise.I have the honor", ["paid otherwise.", "I have the honor"], "a blank lost before I"),
    ("approx. five tons. of food", ["approx. five tons. of food"], "a small letter goes on"),
    ("Lorn Works Ltd. and H.E. The Minister agree.", ["Lorn Works Ltd. and H.E. The Minister agree."], "names"),
    ("Claims\nEach State pays.", ["Claims", "Each State pays."], "a heading on its line"),
    (
        "They may:\n(a) land;\n(b) leave.\nNext.",
        ["They may:\n(a) land;\n(b) leave.", "Next."],
        "a list is one sentence",
    ),
    ("The force\nmay land, and\nleave.", ["The force", "may land, and\nleave."], "a comma at a line end goes on"),
    ("", [], "nothing"),
    ("   \n ", [], "blanks alone"),
    ("no stop at the end", ["no stop at the end"], "a rest"),
    ("The E.U. and the U.A.E. consult.", ["The E.U. and the U.A.E. consult."], "initials of States"),
    ("See vol. 199, p. 67. It is short.", ["See vol. 199, p. 67.", "It is short."], "pages"),
    ("Under para. (a) it runs. Sec. 4 too.", ["Under para. (a) it runs.", "Sec. 4 too."], "a bracket after para."),
]


@pytest.mark.parametrize(("text", "expected", "why"), CASES)
def test_sentences(text: str, expected: list[str], why: str) -> None:
    assert [sentence.words for sentence in sentences(text)] == expected, why


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("(a) A; (b) B; and (c) C.", ["(a) A;", "(b) B; and", "(c) C."], "points of a list"),
        ("A (see Art. 3; Art. 4); B.", ["A (see Art. 3; Art. 4);", "B."], "a semicolon in brackets parts nothing"),
        (
            "They may:\n(a) land;\n(b) leave.",
            ["They may:\n(a) land;", "(b) leave."],
            "the opening words stand with the first",
        ),
        ("One. Two; three.", ["One.", "Two;", "three."], "clauses of all sentences"),
    ],
)
def test_clauses(text: str, expected: list[str], why: str) -> None:
    assert [clause.words for clause in clauses(text)] == expected, why


def test_the_sentence_around_some_characters() -> None:
    text = "One stands. Two stands here. Three."
    assert around(text, text.index("here"), text.index("here") + 4).words == "Two stands here."
    assert around(text, 2, text.index("Two") + 1).words == "One stands. Two stands here."


_PIECES = st.sampled_from(
    ["U.S. forces", "Art. 3", "; ", ". ", "\n", "(a) ", "The Party", "pays", ", ", "1. ", "“so.” ", ":"]
)


@given(st.lists(_PIECES, max_size=40).map("".join))
def test_no_character_is_lost_and_offsets_are_those_of_the_text(text: str) -> None:
    for found in (sentences(text), clauses(text)):
        at, seen = 0, ""
        for span in found:
            assert span.start >= at
            assert span.words == text[span.start : span.end] == span.words.strip() != ""
            assert text[at : span.start].strip() == ""
            at, seen = span.end, seen + span.words
        assert text[at:].strip() == ""
