from collections.abc import Callable

import pytest

Outline = Callable[..., list[str]]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("IN WITNESS WHEREOF the undersigned have signed.", "the usual formula"),
        ("In witness thereof, the undersigned have signed.", "a variant"),
        ("IN FAITH WHEREOF we have signed.", "older"),
        ("Done at Lorn on 3 May 2004.", "no formula but place and date"),
        ("SIGNED at Lorn, in duplicate.", "signed, not done"),
    ],
)
def test_testimonium_after_the_last_article(outline: Outline, words: str, why: str) -> None:
    assert outline("Article 1", "Visits are free.", words)[-2:] == ["  testimonium", f"    text {words}"], why


def test_testimonium_and_signatures_that_run_on_are_cut(outline: Outline) -> None:
    assert outline(
        "Article 1",
        "Visits are free.IN WITNESS WHEREOF they have signed. DONE at Lorn this third day of May 2004."
        "For the Government of Orlenia: (sd.) A. KETTERFor the Government of Vestmark: (sd.) B. SORREL",
    ) == [
        "article 1 Visits are free.",
        "  testimonium",
        "    text IN WITNESS WHEREOF they have signed.",
        "    text DONE at Lorn this third day of May 2004.",
        "  signature",
        "    text For the Government of Orlenia: (sd.) A. KETTER",
        "    text For the Government of Vestmark: (sd.) B. SORREL",
    ]


def test_signatures_without_testimonium(outline: Outline) -> None:
    lines = ["For the Government of Orlenia", "(sd.) A. KETTER", "Date: 3 May 2004"]
    found = outline("Article 1", "Visits are free.", *lines)
    assert found[1:] == ["  signature", *(f"    text {line}" for line in lines)]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("An act done in Lorn is free.", "lower case inside a sentence"),
        ("For the purposes of visits, guests knock.", "`For the` begins a provision"),
        ("Witnesses may be heard.", "the word in another sense"),
    ],
)
def test_ordinary_words_close_nothing(outline: Outline, words: str, why: str) -> None:
    assert outline("Article 1", "Visits are free.", words)[-1] == f"  text {words}", why


def test_long_words_after_the_signatures_are_text(outline: Outline) -> None:
    remark = "The Parties further note " + "that all of this was agreed in good spirits " * 5 + "in Lorn."
    assert (
        outline("Article 1", "Visits are free.", "DONE at Lorn.", "(sd.) A. KETTER", remark)[-1] == f"  text {remark}"
    )


def test_a_list_after_the_signatures_keeps_its_numbers(outline: Outline) -> None:
    schedule = (
        "The schedule that the Parties have drawn up together lists " + "every gate and every door and " * 6 + "more."
    )
    lines = outline("Article 1", "Visits are free.", "DONE at Lorn.", "For Tamaris:", schedule, "1. Gates", "2. Doors")
    assert lines[-3:] == [f"  text {schedule}", "  paragraph 1. Gates", "  paragraph 2. Doors"]


def test_signatures_for_two_parties_need_no_formula_and_no_name(outline: Outline) -> None:
    lines = ["FOR THE MINISTRY OF BEDS OF ORLENIA:", "FOR THE GUESTS' OFFICE OF VESTMARK:"]
    assert outline("Article 1", "Visits are free.", *lines)[1:] == [
        "  signature",
        *(f"    text {line}" for line in lines),
    ]


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        (["For the purposes of this Article:", "guests knock."], "one such line"),
        (["For the guests:", "For the hosts:", "1. They knock."], "a number follows"),
    ],
)
def test_words_for_somebody_are_no_signatures(outline: Outline, lines: list[str], why: str) -> None:
    assert not any(line.strip() == "signature" for line in outline("Article 1", "Visits are free.", *lines)), why
