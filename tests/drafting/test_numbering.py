from agreements.drafting.numbering import as_points, merge_single_items, merge_single_paragraphs, numbered
from agreements.model import Provision
from agreements.textform import parse_provisions, print_provisions


def tree(text: str) -> tuple[Provision, ...]:
    return parse_provisions(text)


def test_numbers_run_by_level_and_start_again_in_each_article() -> None:
    given = "## : One\n#. a\n  (#) b\n    (#) c\n    (#) d\n  (#) e\n#. f\n\n## : Two\n#. g\n#. h\n"
    wanted = (
        "## Article I: One\n1. a\n  (a) b\n    (i) c\n    (ii) d\n  (b) e\n2. f\n\n## Article II: Two\n1. g\n2. h\n"
    )
    assert print_provisions(numbered(tree(given), "roman")) == wanted
    assert "## Article 2: Two" in print_provisions(numbered(tree(given), "arabic"))


def test_a_list_below_the_own_text_of_an_article_takes_letters() -> None:
    given = "## : Terms\nIn this Agreement:\n(#) one;\n(#) two.\n"
    assert print_provisions(numbered(tree(given), "roman")).splitlines()[2:] == ["(a) one;", "(b) two."]


def test_printed_numbers_stay() -> None:
    given = "## Article VII bis: Seven\n5. five\n#. one\n"
    assert print_provisions(numbered(tree(given), "roman")) == "## Article VII bis: Seven\n5. five\n1. one\n"


def test_the_only_paragraph_of_an_article_is_its_own_text() -> None:
    merged, aliases = merge_single_paragraphs(tree("## {#c}: Claims\n#. {#c.waiver} Both waive:\n  (#) a\n  (#) b\n"))
    assert aliases == {"c.waiver": "c"}
    assert print_provisions(numbered(merged, "roman")) == "## {#c} Article I: Claims\nBoth waive:\n(a) a\n(b) b\n"


def test_two_paragraphs_stay_numbered() -> None:
    given = tree("## {#c}: Claims\n#. a\n#. b\n")
    assert merge_single_paragraphs(given) == (given, {})


def test_articles_become_points_of_a_note() -> None:
    given = tree(
        "opening\n## {#a}: Entry and Exit\n#. one\n  (#) sub\n#. two\n\n## {#b}: Claims\nAll waived.\n## /\nclosing\n"
    )
    shown = print_provisions(numbered(as_points(given, {}), "roman"))
    assert shown.splitlines() == [
        "opening",
        "1. {#a} With respect to entry and exit:",
        "  (a) one",
        "    (i) sub",
        "  (b) two",
        "2. {#b} All waived.",
        "closing",
    ]


def test_a_point_opens_with_the_lead_of_its_clause() -> None:
    (point,) = as_points(tree("## {#a}: U.S. Contractors\n#. one\n#. two\n"), {"a": "Contractors:"})
    assert point.text == "Contractors:"
    (point,) = as_points(tree("## {#a}: U.S. Contractors\n#. one\n#. two\n"), {})
    assert point.text == "With respect to U.S. contractors:"


def test_a_list_of_one_item_is_run_in_and_what_stands_under_it_moves_up() -> None:
    given = (
        "## : One\n#. The office is:\n  (#) {#only} [A](term:a):\n    (#) x;\n    (#) y.\n#. Two:\n  (#) b;\n  (#) c.\n"
    )
    merged, aliases = merge_single_items(tree(given))
    office, two = numbered(merged, "roman")[0].children
    assert office.text == "The office is: A:"
    assert [office.text[m.start : m.end] for m in office.marks] == ["A"]
    assert [(c.kind, c.number) for c in office.children] == [("item", "(a)"), ("item", "(b)")]
    assert len(two.children) == 2
    assert (office.id, aliases) == ("only", {})  # references to the item mean the paragraph
