"""Numbers that a scan has torn or misread are set right where their sequence is plain, and a finding says so."""

from collections.abc import Callable

import pytest

from agreements.parsing import Parsed


@pytest.mark.parametrize(
    ("lines", "numbers", "why"),
    [
        (["l. Guests knock.", "2. Guests wait."], ["1.", "2."], "before two"),
        (["(l) Guests knock.", "(2) Guests wait."], ["(1)", "(2)"], "in brackets"),
        (["I. Guests knock.", "2. Guests wait."], ["1.", "2."], "a capital"),
        (["l. Guests:", "(a) knock;", "(b) wait.", "2. Hosts open."], ["1.", "2."], "with a list between"),
        (["k. Guests knock.", "l. Guests wait.", "m. Guests enter."], ["k.", "l.", "m."], "a letter among letters"),
        (["I. Guests knock.", "II. Guests wait."], ["I.", "II."], "a Roman number"),
    ],
)
def test_one_read_as_a_letter(parsed: Callable[..., Parsed], lines: list[str], numbers: list[str], why: str) -> None:
    result = parsed("# Article 1", *lines)
    article = result.agreement.documents[0].provisions[0]
    assert [child.number for child in article.children] == numbers, why
    assert sum(f.code == "number-misread" for f in result.findings) == (
        lines[0].strip("(")[0] != numbers[0].strip("(")[0]
    )


def test_nothing_follows_in_the_next_article(parsed: Callable[..., Parsed]) -> None:
    found = parsed("# Article 1", "l. Guests knock.", "# Article 2", "1. Hosts open.", "2. Hosts wait.")
    assert not [f for f in found.findings if f.code == "number-misread"]


@pytest.mark.parametrize(
    ("heads", "numbers"),
    [
        (["Article 1st", "Article 2nd", "Article 3rd"], ["1st", "2nd", "3rd"]),
        (["ARTICLE I", "AR TICLE II", "ARTICLE III"], ["I", "II", "III"]),
    ],
)
def test_numbers_of_heads_stay_as_printed(
    outline: Callable[..., list[str]], heads: list[str], numbers: list[str]
) -> None:
    lines = outline(*(line for head in heads for line in (head, "Guests knock.")))
    assert lines == [f"article {number} Guests knock." for number in numbers]


def test_a_head_torn_into_two_lines_is_one(outline: Callable[..., list[str]]) -> None:
    lines = outline("^ Article", "^ I", "Guests knock.", "^ Article", "^ II", "Hosts open.")
    assert lines == ["article I Guests knock.", "article II Hosts open."]
