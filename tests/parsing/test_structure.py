from collections.abc import Callable

import pytest

from agreements.parsing import Parsed
from agreements.reading.blocks import Block

Outline = Callable[..., list[str]]


def test_a_whole_agreement(outline: Outline) -> None:
    assert outline(
        "# Agreement between Orlenia and Vestmark on visits",
        "The Government of Orlenia and the Government of Vestmark,",
        "Desiring to ease visits,",
        "Have agreed as follows:",
        "# ARTICLE I",
        "# Definitions",
        "In this Agreement:",
        "(a) “visit” means a stay;",
        "(b) “host” means the receiving State.",
        "# ARTICLE II",
        "# Costs",
        "1. Each Party pays for itself.",
        "2. Guests pay:",
        "(a) for meals; and",
        "(i) breakfast,",
        "(ii) supper,",
        "(b) for beds,",
        "unless the host agrees otherwise.",
        "3. Nothing else is paid.",
        "IN WITNESS WHEREOF, the undersigned have signed.",
        "DONE at Lorn this 3rd day of May 2004.",
        "For the Government of Orlenia:",
        "A. Ketter",
        "For the Government of Vestmark:",
        "B. Sorrel",
    ) == [
        "preamble",
        "  text The Government of Orlenia and the Government of Vestmark,",
        "  text Desiring to ease visits,",
        "  text Have agreed as follows:",
        "article I [Definitions] In this Agreement:",
        "  paragraph (a) “visit” means a stay;",
        "  paragraph (b) “host” means the receiving State.",
        "article II [Costs]",
        "  paragraph 1. Each Party pays for itself.",
        "  paragraph 2. Guests pay:",
        "    subparagraph (a) for meals; and",
        "      item (i) breakfast,",
        "      item (ii) supper,",
        "    subparagraph (b) for beds,",
        "    text unless the host agrees otherwise.",
        "  paragraph 3. Nothing else is paid.",
        "  testimonium",
        "    text IN WITNESS WHEREOF, the undersigned have signed.",
        "    text DONE at Lorn this 3rd day of May 2004.",
        "  signature",
        "    text For the Government of Orlenia:",
        "    text A. Ketter",
        "    text For the Government of Vestmark:",
        "    text B. Sorrel",
    ]


@pytest.mark.parametrize(
    ("heads", "expected", "why"),
    [
        (["ARTICLE I", "ARTICLE II"], ["I", "II"], "Roman"),
        (["Article 1.", "Article 2."], ["1", "2"], "Arabic with a full stop"),
        (["Article One", "Article Two"], ["One", "Two"], "spelled"),
        (["Article (1)", "Article (2)"], ["(1)", "(2)"], "in brackets"),
        (["Art. 1", "Art. 2"], ["1", "2"], "abbreviated"),
        (["ARTICLE 1 - Purpose", "ARTICLE 2 - Costs"], ["1 [Purpose]", "2 [Costs]"], "heading on the line"),
        (["Article 1: Purpose", "Article 2: Costs"], ["1 [Purpose]", "2 [Costs]"], "heading after a colon"),
        (["Article 1\u00a0Purpose", "Article 2\u00a0Costs"], ["1 [Purpose]", "2 [Costs]"], "non-breaking blank"),
    ],
)
def test_heads_of_plain_text(outline: Outline, heads: list[str], expected: list[str], why: str) -> None:
    body = "The Parties shall help each other at all times."
    found = outline(heads[0], body, heads[1], body)
    assert [
        line.removesuffix(" " + body).removeprefix("article ").removeprefix("Art. ") for line in found
    ] == expected, why


def test_heading_above_the_head(outline: Outline) -> None:
    assert outline(
        "^ Agreement on visits",
        "The Parties agree as follows:",
        "^ Purpose",
        "^ Article 1",
        "Visits shall be easy.",
        "^ Costs",
        "^ Article 2",
        "Each Party shall pay its own.",
    )[2:] == ["article 1 [Purpose] Visits shall be easy.", "article 2 [Costs] Each Party shall pay its own."]


def test_a_centred_heading_of_two_lines(outline: Outline) -> None:
    assert outline(
        "^ Article 1",
        "^ Entry of persons and",
        "^ of their goods",
        "Entry shall be free.",
        "^ Article 2",
        "^ Exit",
        "Exit too.",
    ) == ["article 1 [Entry of persons and of their goods] Entry shall be free.", "article 2 [Exit] Exit too."]


def test_articles_without_headings_keep_their_first_words(outline: Outline) -> None:
    assert outline(
        "^ Article 1", "The flag of each Party", "^ Article 2", "The seal of each Party", "and its motto"
    ) == [
        "article 1 The flag of each Party",
        "article 2 The seal of each Party",
        "  text and its motto",
    ]


def test_running_text_is_no_head(outline: Outline) -> None:
    assert outline(
        "Article 1", "Visits are free.", "Article XII provides that none shall pay.", "Article 2", "Costs."
    ) == [
        "article 1 Visits are free.",
        "  text Article XII provides that none shall pay.",
        "article 2 Costs.",
    ]


def test_a_reference_broken_off_its_sentence_is_mended(outline: Outline) -> None:
    assert outline(
        "Article 1",
        "Visits are made in accordance with",
        "Article 24",
        "of this Agreement.",
        "Article 2",
        "Costs are shared.",
    ) == ["article 1 Visits are made in accordance with Article 24 of this Agreement.", "article 2 Costs are shared."]


def test_run_in_articles(outline: Outline) -> None:
    assert outline(
        "Article 1. Visits shall be announced in time.", "Article 2. Costs shall be shared.", "They shall be small."
    ) == [
        "article 1 Visits shall be announced in time.",
        "article 2 Costs shall be shared.",
        "  text They shall be small.",
    ]


def test_chapters_stand_over_articles(outline: Outline) -> None:
    assert outline(
        "# Chapter I",
        "# General",
        "# Article 1",
        "Visits are free.",
        "# Chapter II",
        "# Article 2",
        "Costs are shared.",
    ) == [
        "chapter I [General]",
        "  article 1 Visits are free.",
        "chapter II",
        "  article 2 Costs are shared.",
    ]


def test_sections_stand_inside_articles_of_a_compact(outline: Outline) -> None:
    assert outline(
        "TITLE THREE",
        "DEFENSE",
        "Article I",
        "Duties",
        "Section 311 (a) Orlenia shall defend Vestmark.",
        "(b) It does so alone.",
        "Section 312 Vestmark agrees to this.",
        "Article II",
        "Places",
        "Section 321 Places are agreed apart.",
    ) == [
        "part TITLE THREE [DEFENSE]",
        "  article I [Duties]",
        "    section 311",
        "      paragraph (a) Orlenia shall defend Vestmark.",
        "      paragraph (b) It does so alone.",
        "    section 312 Vestmark agrees to this.",
        "  article II [Places]",
        "    section 321 Places are agreed apart.",
    ]


def test_sections_stand_over_articles_of_a_convention(outline: Outline) -> None:
    assert outline(
        "# Part I",
        "# Section 1",
        "# Article 1",
        "Ships pass.",
        "# Section 2",
        "# Article 2",
        "Aircraft pass.",
        "# Article 3",
        "All pass.",
    ) == [
        "part I",
        "  section 1",
        "    article 1 Ships pass.",
        "  section 2",
        "    article 2 Aircraft pass.",
        "    article 3 All pass.",
    ]


def test_an_unnumbered_heading_over_articles_is_a_part(outline: Outline) -> None:
    assert outline("# Article 1", "Visits are free.", "# FINAL PROVISIONS", "# Article 2", "The end is near.") == [
        "article 1 Visits are free.",
        "part [FINAL PROVISIONS]",
        "  article 2 The end is near.",
    ]


def test_two_numbers_on_one_line(outline: Outline) -> None:
    assert outline(
        "Article 1", "1. (a) Guests shall knock.", "(b) Hosts shall open.", "2. (a) (i) Guests shall leave."
    ) == [
        "article 1",
        "  paragraph 1.",
        "    subparagraph (a) Guests shall knock.",
        "    subparagraph (b) Hosts shall open.",
        "  paragraph 2.",
        "    subparagraph (a)",
        "      item (i) Guests shall leave.",
    ]


def test_unnumbered_paragraphs_between_and_after_numbers(outline: Outline) -> None:
    assert outline(
        "Article 1",
        "Opening words.",
        "More words.",
        "1. First.",
        "Still the first.",
        "2. Second:",
        "– a bullet of the second;",
        "Last words of the Article.",
    ) == [
        "article 1 Opening words.",
        "  text More words.",
        "  paragraph 1. First.",
        "    text Still the first.",
        "  paragraph 2. Second:",
        "    text – a bullet of the second;",
        "  text Last words of the Article.",
    ]


def test_recitals_that_run_on_are_cut_where_new_ones_begin(outline: Outline) -> None:
    glued = (
        "Orlenia and Vestmark,Considering that visits are good; Recalling their old friendship, Have agreed as follows:"
    )
    assert outline(glued, "Article 1", "Visits are free.")[:5] == [
        "preamble",
        "  text Orlenia and Vestmark,",
        "  text Considering that visits are good;",
        "  text Recalling their old friendship,",
        "  text Have agreed as follows:",
    ]


def test_the_word_preamble_glued_to_its_first_recital(outline: Outline) -> None:
    assert outline("PreambleOrlenia and Vestmark,", "Article 1", "Visits are free.")[:2] == [
        "preamble [Preamble]",
        "  text Orlenia and Vestmark,",
    ]


def test_automatic_numbers_of_word_and_html(outline: Outline) -> None:
    assert outline(
        Block("Costs", number="Article 1", kind="heading"),
        Block("Each Party pays.", number="1."),
        Block("Guests pay for:", number="2."),
        Block("meals;", number="(a)", level=1),
        Block("beds.", number="(b)", level=1),
        Block("first step", number="Step 1", level=1),
    ) == [
        "article 1 [Costs]",
        "  paragraph 1. Each Party pays.",
        "  paragraph 2. Guests pay for:",
        "    subparagraph (a) meals;",
        "    subparagraph (b) beds.",
        "    item Step 1 first step",
    ]


def test_points_without_articles_follow_the_words_have_agreed(outline: Outline) -> None:
    assert outline("Orlenia and Vestmark have agreed as follows:", "1. Visits are free.", "2. Costs are shared.") == [
        "preamble",
        "  text Orlenia and Vestmark have agreed as follows:",
        "paragraph 1. Visits are free.",
        "paragraph 2. Costs are shared.",
    ]


def test_a_text_with_no_articles_is_text(outline: Outline) -> None:
    assert outline("Dear reader, this is no treaty.", "It has no articles.") == [
        "text Dear reader, this is no treaty.",
        "text It has no articles.",
    ]


def test_points_with_headings_of_their_own(outline: Outline) -> None:
    assert outline(
        "Orlenia and Vestmark have agreed as follows:",
        "# 1",
        "# Visits",
        "Visits are free.",
        "# 2",
        "# Costs",
        "a) Guests pay.",
        "b) Hosts do not.",
        "# 3 Duration",
        "One year.",
    )[2:] == [
        "paragraph 1 [Visits] Visits are free.",
        "paragraph 2 [Costs]",
        "  subparagraph a) Guests pay.",
        "  subparagraph b) Hosts do not.",
        "paragraph 3 [Duration] One year.",
    ]


def test_a_table_of_contents_is_no_articles(parsed: Callable[..., Parsed]) -> None:
    contents = ["# CONTENTS", "Article 1 Visits ........ 2", "Article 2 Costs ........ 3", "Article 3 End ........ 3"]
    body = ["# Article 1", "# Visits", "Visits are free.", "# Article 2", "Costs.", "# Article 3", "The end."]
    found = parsed("# Agreement on visits", *contents, *body)
    assert [p.number for p in found.agreement.documents[0].provisions] == ["1", "2", "3"]
    assert [f.code for f in found.findings] == ["contents"]
    assert "Article 2 Costs" in found.findings[0].message


def test_contents_without_page_numbers_are_known_by_their_heads_coming_again(parsed: Callable[..., Parsed]) -> None:
    heads = ["Article 1", "Article 2", "Article 3"]
    body = [line for head in heads for line in (head, "Visits are free.")]
    assert len(parsed("# Agreement on visits", *heads, *body).agreement.documents[0].provisions) == 3
    assert len(parsed("# Agreement on visits", *body).agreement.documents[0].provisions) == 3


def test_footnotes_are_marks_where_they_belong(parsed: Callable[..., Parsed]) -> None:
    note = Block("Not in Lorn.", kind="footnote", number="1")
    (article,) = parsed("# Article 1", "Visits are free.", note, "Costs are not.").agreement.documents[0].provisions
    assert [(m.kind, m.start, m.target) for m in article.marks] == [("note", 16, "1 Not in Lorn.")]
    assert [child.text for child in article.children] == ["Costs are not."]


@pytest.mark.parametrize(
    "words",
    [
        "The Participants have reached the following understandings:",
        "The two Governments have come to the following understanding:",
        "The Parties have decided the following:",
        "The Ministries have agreed on the following provisions:",
    ],
)
def test_formulas_that_end_a_preamble_without_heads(outline: Callable[..., list[str]], words: str) -> None:
    lines = outline("Wishing to meet,", words, "1. Guests knock.", "2. Hosts open.")
    assert lines[:3] == ["preamble", "  text Wishing to meet,", f"  text {words}"]
    assert lines[3:] == ["paragraph 1. Guests knock.", "paragraph 2. Hosts open."]


@pytest.mark.parametrize(
    ("lines", "expected", "why"),
    [
        (["“2. Guests knock.”"], ["  text “2. Guests knock.”"], "one that is quoted whole"),
        (
            ['"1. Guests knock.', '"2. Hosts open."'],
            ['  text "1. Guests knock.', '  text "2. Hosts open."'],
            "each opens with a mark, the last one closes it",
        ),
        (
            ["“1. Guests knock.", "2. Hosts open.”"],
            ["  paragraph “1. Guests knock.", "  paragraph 2. Hosts open.”"],
            "one mark before all: they are a list",
        ),
        (["(a) “guest” means a visitor;"], ["  paragraph (a) “guest” means a visitor;"], "a term in marks"),
    ],
)
def test_paragraphs_quoted_from_another_text_are_no_paragraphs_of_this_one(
    outline: Callable[..., list[str]], lines: list[str], expected: list[str], why: str
) -> None:
    assert outline("# Article 1", "Article 7 shall read:", *lines)[1:] == expected, why


@pytest.mark.parametrize(
    ("before", "points"),
    [
        (["The following has been agreed:", "“Memorandum on Guests", "“It is said that:"], True),
        (["The following has been agreed:"], False),
        (["Article 5 is replaced by:", "“Article 5. Guests"], False),
        (["1. Article 5 begins:", "“Guests are those who come."], False),
        (["Article 5 begins:", "“Guests” are those who come."], False),
    ],
    ids=["a memorandum", "paragraphs", "an article", "in a list", "a term"],
)
def test_a_text_quoted_whole_keeps_its_points(
    outline: Callable[..., list[str]], before: list[str], points: bool
) -> None:
    quoted = ["“1. Guests knock.", "“2. Guests wait.", "“3. Guests leave.”"]
    found = outline("# Note", "No. I", "Excellency:", *before, *quoted, "Accept, Excellency, my regards.")
    numbered = [row for row in found if "“2" in row and "paragraph" in row]
    assert bool(numbered) == points, found


def test_quoted_paragraphs_stay_words_where_a_list_runs_in_beside_them(outline: Callable[..., list[str]]) -> None:
    listed = "1. Guests bring: (a) bread; (b) salt; and (c) time."
    found = outline("# Article 1", listed, "“2. Hosts open.”")
    assert len(found) > 4
    assert found[-1].strip() == "text “2. Hosts open.”"
