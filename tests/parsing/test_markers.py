import pytest

from agreements.parsing.markers import marker_of
from agreements.parsing.numbering import OpenLists


@pytest.mark.parametrize(
    ("text", "printed", "rest", "why"),
    [
        ("1. Words", "1.", "Words", "the usual paragraph"),
        ("1.Words", "1.", "Words", "glued to its words"),
        ("(1) Words", "(1)", "Words", "in brackets"),
        ("1) Words", "1)", "Words", "half a bracket"),
        ("(a)the base", "(a)", "the base", "glued, lower case after it"),
        ("(a)“force” means", "(a)", "“force” means", "glued to a quotation mark"),
        ("a. words", "a.", "words", "letter and full stop"),
        ("(iv) words", "(iv)", "words", "Roman"),
        ("(aa) words", "(aa)", "words", "double letter"),
        ("3.1 Words", "3.1", "Words", "a number of two parts"),
        ("A.4Words", "A.4", "Words", "a lettered number of two parts"),
        ("“2. Words", "“2.", "Words", "quoted paragraph keeps its mark in the number"),
        ("2.", "2.", "", "alone on its line"),
        ("(2 bis) Words", "(2 bis)", "Words", "inserted later"),
        ("12 Words", "12", "Words", "bare number"),
        ("1). Words", "1).", "Words", "bracket and full stop"),
        ("a). words", "a).", "words", "letter, bracket and full stop"),
        ("1.. Words", "1..", "Words", "two full stops"),
        ("c)a State", "c)", "a State", "glued to an article of one letter"),
        ("a)„State” means", "a)", "„State” means", "glued to a low quotation mark"),
        ("6.2.4.2.1.a report", "6.2.4.2.1.", "a report", "five parts, glued"),
    ],
)
def test_markers(text: str, printed: str, rest: str, why: str) -> None:
    marker = marker_of(text)
    assert marker is not None, why
    assert (marker.printed, text[marker.at :]) == (printed, rest), why


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("1.5 per cent of costs", "a decimal number"),
        ("1979. The year", "four digits are a year"),
        ("U.S. personnel", "an abbreviation"),
        ("a)b", "no words after it"),
        ("1... words", "dots"),
        ("e.g. tents", "an abbreviation in lower case"),
        ("(hereinafter the Parties)", "a bracketed word"),
        ("30 days after", "a quantity before a lower-case word"),
        ("words first 1. then", "the number is not at the start"),
        ("", "nothing"),
    ],
)
def test_no_markers(text: str, why: str) -> None:
    assert marker_of(text) is None, why


@pytest.mark.parametrize(
    ("numbers", "depths", "why"),
    [
        ("1. 2. 3.", [0, 0, 0], "one list"),
        ("1. (a) (b) 2. (a)", [0, 1, 1, 0, 1], "a list under each paragraph"),
        ("1. (a) (i) (1) (2) (ii) (b) 2.", [0, 1, 2, 3, 3, 2, 1, 0], "four levels and back"),
        ("(a) (b) (c) (d) (e) (f) (g) (h) (i) (j)", [0] * 10, "(i) is the ninth letter before (j)"),
        ("(g) (h) (i) (ii) (iii)", [0, 0, 1, 1, 1], "(i) is Roman before (ii)"),
        ("(h) (i)", [0, 0], "(i) is a letter where nothing follows"),
        ("(iv) (v) (vi)", [0, 0, 0], "(v) goes on the Roman list"),
        ("(u) (v) (w) (x)", [0, 0, 0, 0], "(v) and (x) go on the lettered list"),
        ("1. a) b) 2.", [0, 1, 1, 0], "other typography"),
        ("1. 2. 1. 2.", [0, 0, 0, 0], "a list that starts again stands beside the first"),
        ("2. 3.", [0, 0], "the first paragraph has no number"),
        ("(a) (c)", [0, 0], "a letter is missing"),
        ("A. 1. 2. B. 1.", [0, 1, 1, 0, 1], "capital letters above figures"),
        ("1. 1.1 1.2 2. 2.1", [0, 1, 1, 0, 1], "numbers of two parts stand below those of one"),
        ("1.1 1.2 2.1", [0, 0, 0], "and alone they are one list"),
    ],
)  # fmt: skip
def test_depth_is_decided_by_the_sequence(numbers: str, depths: list[int], why: str) -> None:
    markers = [marker for number in numbers.split() if (marker := marker_of(f"{number} Words"))]
    numbering = OpenLists()
    assert [numbering.place(m, markers[i + 1 :]) for i, m in enumerate(markers)] == depths, why


def test_a_bare_number_counts_only_where_the_list_goes_on() -> None:
    first, second = marker_of("1 Each Party"), marker_of("2 The Parties")
    assert first is not None
    assert second is not None
    assert OpenLists().place(first, []) is None
    assert OpenLists().place(first, [second]) == 0


@pytest.mark.parametrize(
    ("line", "printed"),
    [
        ("2. veya 3. maddeye ilişkin uyuşmazlıklar çözülür.", None), ("4. und 5. Absatz gelten.", None),
        ("1., 2. ja 3. artiklan mukaan", None), ("2. Parties shall consult.", "2."), ("3. no later than 30 days", "3."),
    ],
)  # fmt: skip
def test_numbers_before_the_noun_that_they_count_open_no_paragraph(line, printed):
    found = marker_of(line)
    assert (found.printed if found else None) == printed
