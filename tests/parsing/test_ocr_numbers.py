"""Numbers of heads that recognition misread are set right by their sequence, and no others."""

import pytest

from agreements.parsing.damaged_heads import repaired
from agreements.reading.blocks import Block

BODY = "The Parties shall consult each other on this matter."


def _numbers(heads: str, *, recognised: bool) -> str:
    blocks = [Block(text, page=1) for head in heads.split(" / ") for text in (head, BODY)]
    out, findings = repaired(blocks, frozenset([1] if recognised else []))
    assert len(findings) == sum(a != b for a, b in zip(blocks, out, strict=True))
    assert [block.text for block in out[1::2]] == [BODY] * (len(blocks) // 2)
    return " / ".join(" ".join(x for x in (block.number, block.text) if x) for block in out[::2])


@pytest.mark.parametrize(
    ("printed", "expected", "why"),
    [
        ("Article II / Article II1 / Article IV", "Article II / Article III / Article IV", "a digit for a letter"),
        ("Article I / Article Il", "Article I / Article II", "a small l for a capital i"),
        ("Article XVI / Article XVII / Article XVlI l", "Article XVI / Article XVII / Article XVIII", "broken up"),
("Article (1) / Article (2)", "Article (1) / Article (2)", "in brackets"),
        ("Article 1 / Article A", "Article 1 / Article A", "a letter of its own"),
        ("Article VI / Article Vil Claims", "Article VI / Article VII Claims", "with a heading after it"),
        ("Article l / Article 2 / Article 3", "Article 1 / Article 2 / Article 3", "a small l for a one"),
        ("ARTICLE I / ARTICLE II / ARTICLE II / ARTICLE IV", "ARTICLE I / ARTICLE II / ARTICLE II / ARTICLE IV",
         "a misprint that is well formed is kept in a text"),
        ("Article I / Article II / Article IV", "Article I / Article II / Article IV", "an article is left out"),
        ("Article I / Article III of the Convention applies", "Article I / Article III of the Convention applies",
         "running text"),
        ("Article II / Article ill-treatment", "Article II / Article ill-treatment", "a word is no number"),
    ],
)  # fmt: skip
def test_signs_that_are_no_numbers_are_set_right_everywhere(printed: str, expected: str, why: str) -> None:
    assert _numbers(printed, recognised=False) == expected, why


@pytest.mark.parametrize(
    ("printed", "expected", "why"),
    [
        ("Article I / Article I / Article Il / Article IV", "Article I / Article II / Article III / Article IV",
         "lost strokes"),
        ("Article II / Article II / Article IV", "Article II / Article III / Article IV", "a lost stroke"),
        ("Article XII / Article XTII / Article XIV", "Article XII / Article XIII / Article XIV", "a T for an I"),
        ("Article VIII / Article [X / Article X", "Article VIII / Article IX / Article X", "a bracket for an I"),
        ("Article 7 / Article 3 / Article 9", "Article 7 / Article 8 / Article 9", "a misread digit"),
        ("Article 4 / Article S / Article 6", "Article 4 / Article 5 / Article 6", "a letter for a digit"),
        ("Article 2 / Artic1e 3 / Article 4", "Article 2 / Article 3 / Article 4", "the word is misread"),
        ("Article IV / Article V / Article I / Article II", "Article IV / Article V / Article I / Article II",
         "an annex starts again"),
        ("Article IV / Article VI / Article VII", "Article IV / Article VI / Article VII", "an article is left out"),
        ("Part B / Part E / Part F", "Part B / Part E / Part F", "letters of their own"),
        ("Article V / Article I", "Article V / Article I", "an annex of one article"),
    ],
)  # fmt: skip
def test_on_recognised_pages_the_sequence_decides(printed: str, expected: str, why: str) -> None:
    run = _until(printed.split(" / ", 1)[0])
    assert _numbers(run + printed, recognised=True) == run + expected, why


def _until(head: str) -> str:
    """Return the heads before `head`, so that the sequence is whole."""
    number = head.split()[1]
    if head.startswith("Part"):
        return ""
    roman = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
    series = [str(n) for n in range(1, 13)] if number.isdigit() else list(roman)
    return "".join(f"Article {n} / " for n in series[: series.index(number)])


def test_the_finding_says_what_was_printed() -> None:
    blocks = [Block(head, page=3) for head in ("Article I", "Article II", "Article II1. Entry")]
    out, (finding,) = repaired(blocks, frozenset())
    assert (out[2].number, out[2].text) == ("Article III", "Entry")
    assert (finding.code, finding.severity, finding.where) == ("number-misread", "info", "page 3")
    assert "“Article II1. Entry” is taken for Article III" in finding.message


def test_text_without_misread_heads_stays_as_it_is() -> None:
    blocks = [Block("Article I"), Block(BODY), Block("Article II"), Block("Part of the costs is shared.")]
    assert repaired(blocks, frozenset()) == (blocks, ())
