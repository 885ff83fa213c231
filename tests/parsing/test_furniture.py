"""Running heads and page numbers, and what looks like them and is not."""

from collections.abc import Sequence

import pytest

from agreements.parsing import furniture
from agreements.reading.blocks import Line
from agreements.reading.text import from_text


def removed(text: str) -> list[tuple[str, str]]:
    _, gone = furniture.split(from_text(text, name="t", sha256="").lines)
    return [(item.kind, item.line.text) for item in gone]


def printed(pages: Sequence[tuple[str, str]], body: int = 6) -> str:
    """Return a text of pages with a head, some lines of their own, and a foot."""
    shown = []
    for number, (head, foot) in enumerate(pages):
        words = [
            f"words {chr(97 + number)}{chr(97 + line)} of the text, which differ on every page" for line in range(body)
        ]
        shown.append("\n".join(x for x in (head, *words, foot) if x))
    return "\n\f".join(shown)


def test_a_running_head_and_its_page_numbers_go() -> None:
    pages = [("", "- 1 -"), *((f"TREATY SERIES, VOL. {n}", f"- {n} -") for n in (2, 2, 2))]
    pages[2] = (pages[2][0], "- 3 -")
    pages[3] = (pages[3][0], "- 4 -")
    gone = removed(printed(pages))
    assert gone.count(("running-head", "TREATY SERIES, VOL. 2")) == 3
    assert [text for kind, text in gone if kind == "page-number"] == ["- 1 -", "- 2 -", "- 3 -", "- 4 -"]


@pytest.mark.parametrize(
    ("pages", "why"),
    [
        (
            [("Page 1: DEFENSE", ""), ("Page 2: DEFENSE", ""), ("Page 3: DEFENSE", "")],
            "a number that follows the pages",
        ),
        (
            [("12 TREATY", ""), ("TREATY 13", ""), ("14 TREATY", ""), ("TREATY 15", ""), ("16 TREATY", "")],
            "odd and even",
        ),
    ],
)
def test_heads_with_page_numbers_in_them_go(pages: list[tuple[str, str]], why: str) -> None:
    text = printed([("TITLE PAGE", ""), *pages] if "odd" not in why else pages)
    assert {t for _, t in removed(text)} >= {head for head, _ in pages if head.startswith(pages[-1][0][:2])}, why


@pytest.mark.parametrize(
    ("pages", "why"),
    [
        ([("ARTICLE 1", ""), ("ARTICLE 2", ""), ("ARTICLE 3", "")], "heads of articles that each begin a page"),
        ([("1. The Parties", ""), ("2. The Parties", ""), ("3. The Parties", "")], "numbered paragraphs"),
        ([("", "1."), ("", "2."), ("", "3.")], "numbers of paragraphs whose words are on the next line"),
        ([("", "1951"), ("", "1962"), ("", "1987")], "numbers that do not go up with the pages"),
        ([("same", "")], "one page repeats nothing"),
        ([("a", "x"), ("b", "y"), ("c", "z")], "nothing repeats"),
    ],
)
def test_what_stays(pages: list[tuple[str, str]], why: str) -> None:
    assert removed(printed(pages)) == [], why


def test_the_title_on_the_first_page_stays_when_the_others_repeat_it() -> None:
    text = printed([("Agreement on Forces", ""), *[("Agreement on Forces", "")] * 3])
    assert removed(text) == [("running-head", "Agreement on Forces")] * 3
    lines = from_text(text, name="t", sha256="").lines
    kept, _ = furniture.split(lines)
    assert kept[0].text == "Agreement on Forces"


def test_a_series_line_goes_from_the_first_page_too() -> None:
    assert removed(printed([("TIAS 19-101", "")] * 4)) == [("running-head", "TIAS 19-101")] * 4


def test_a_text_without_form_feeds_gets_its_pages_from_its_numbers() -> None:
    text = printed([("SERIES", f"- {n} -") for n in range(1, 6)]).replace("\f", "")
    gone = removed(text)
    assert len([x for x in gone if x[0] == "page-number"]) == 5
    assert len([x for x in gone if x[0] == "running-head"]) >= 4


def test_numbers_in_a_table_are_no_page_numbers() -> None:
    assert removed("\n".join(str(n) for n in range(1, 9))) == []


def test_places_on_the_page_tell_a_title_from_the_head() -> None:
    def line(text: str, page: int, top: float) -> Line:
        return Line(text, 0, 1, page, top, 72.0, 200.0, 10.0)

    body = [line(f"words {chr(97 + n)}{chr(97 + p)}", p, 200.0 + 12 * n) for p in (1, 2, 3) for n in range(5)]
    heads = [line("Status of Forces", 1, 150.0), line("Status of Forces", 2, 30.0), line("Status of Forces", 3, 30.0)]
    lines = sorted([*heads, *body], key=lambda x: (x.page, x.top or 0))
    _, gone = furniture.split(lines)
    assert [item.line.page for item in gone] == [2, 3]


def test_findings_say_what_went_and_from_where() -> None:
    _, gone = furniture.split(from_text(printed([("Agreement", "")] * 5), name="t", sha256="").lines)
    (finding,) = furniture.findings(gone)
    assert (finding.code, finding.severity, finding.where) == ("running-head", "info", "page 2-5")
    assert finding.message == "Running head taken out (4 times): Agreement"


@pytest.mark.parametrize(
    ("foot", "goes"),
    [
        ("C01234567 UNCLASSIFIED", True),
        ("UNCLASSIFIED U.S. Department of State Case No. F-2010-00001 Doc No. C01234567 Date: 01/02/2011", True),
        ("UNCLASSIFIED", False),  # a marking of the text itself
        ("List C01234567 is UNCLASSIFIED", False),
    ],
)
def test_the_stamp_of_a_release_goes_from_a_single_page(foot: str, goes: bool) -> None:
    assert removed(printed([("", foot)])) == ([("running-head", foot)] if goes else [])


ONE_PAGE = [
    "UNCLASSIFIED",
    "DRAFT - 3 May 2004",
    *(f"Words {n} of the note." for n in range(5)),
    "Page 1",
    "UNCLASSIFIED",
]


@pytest.mark.parametrize(
    ("lines", "gone", "why"),
    [
        (ONE_PAGE, ["UNCLASSIFIED", "DRAFT - 3 May 2004", "Page 1", "UNCLASSIFIED"], "head, line of a draft, number"),
        (ONE_PAGE[1:], ["Page 1"], "words at one edge alone may be the text"),
        (["NOTE", *ONE_PAGE[2:7], "1", "UNCLASSIFIED"], [], "a bare number may be one of the text"),
    ],
)
def test_a_single_printed_page_bears_a_head_and_a_number(lines: list[str], gone: list[str], why: str) -> None:
    made = [
        Line(text, 0, 0, 1, 40.0 + 14 * n, 72.0, 200.0, 10.0 if text.startswith("DRAFT") else 12.0)
        for n, text in enumerate(lines)
    ]
    assert [item.line.text for item in furniture.split(made)[1]] == gone, why
