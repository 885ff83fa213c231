from collections.abc import Callable

import pytest


@pytest.mark.parametrize(
    ("words", "lines", "why"),
    [
        ("1. Guests bring: (a) bread; (b) salt; and (c) time.",
         ["paragraph 1. Guests bring:", "  subparagraph (a) bread;", "  subparagraph (b) salt; and",
          "  subparagraph (c) time."], "a list of three"),
        ("1. Guests bring: (a) bread: (i) white; or (ii) brown; and (b) salt.",
         ["paragraph 1. Guests bring:", "  subparagraph (a) bread:", "    item (i) white; or",
          "    item (ii) brown; and", "  subparagraph (b) salt."], "a list in a list"),
        ("1. Guests bring: (i) bread, (ii) salt. Hosts bring the rest.",
         ["paragraph 1. Guests bring:", "  subparagraph (i) bread,", "  subparagraph (ii) salt.",
          "  text Hosts bring the rest."], "the words that close the list stand under what holds it"),
        ("1. Guests bring: (h) bread; (i) salt.", ["paragraph 1. Guests bring: (h) bread; (i) salt."],
         "a list begins with its first number"),
        ("1. Guests bring: (a) bread; (c) salt.", ["paragraph 1. Guests bring: (a) bread; (c) salt."],
         "and goes on with the next"),
        ("1. Guests bring (a) bread; (b) salt.", ["paragraph 1. Guests bring (a) bread; (b) salt."],
         "without a sign that opens the list it is not certain"),
        ("1. See: paragraphs (a) and (b) of Article 2.", ["paragraph 1. See: paragraphs (a) and (b) of Article 2."],
         "references"),
        ("1. Guests bring: (a) what sub-paragraphs (a) and (b) of Article 2 name; (b) salt.",
         ["paragraph 1. Guests bring:", "  subparagraph (a) what sub-paragraphs (a) and (b) of Article 2 name;",
          "  subparagraph (b) salt."], "references in an item"),
        ("1. Guests bring: a) bread; b) salt.",
         ["paragraph 1. Guests bring:", "  subparagraph a) bread;", "  subparagraph b) salt."], "half brackets"),
        ("1. Guests: (a) knock. They wait. (b) enter.",
         ["paragraph 1. Guests:", "  subparagraph (a) knock. They wait.", "  subparagraph (b) enter."],
         "items of whole sentences have no closing words"),
        ("(a) Guests bring: (a) bread; (b) salt.", ["paragraph (a) Guests bring: (a) bread; (b) salt."],
         "a list with the numbers of the list that holds it is not told from that"),
    ],
)  # fmt: skip
def test_lists_inside_a_paragraph(outline: Callable[..., list[str]], words: str, lines: list[str], why: str) -> None:
    assert outline("# Article 1", words) == ["article 1", *(f"  {line}" for line in lines)], why


def test_a_list_in_the_words_of_an_article(outline: Callable[..., list[str]]) -> None:
    found = outline("# Article 1", "Guests bring: (a) bread; (b) salt.")
    assert found == ["article 1 Guests bring:", "  subparagraph (a) bread;", "  subparagraph (b) salt."]
