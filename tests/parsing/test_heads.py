import pytest

from agreements.parsing.heads import head_of, is_heading, split_heading
from agreements.reading.blocks import Block


@pytest.mark.parametrize(
    ("text", "kind", "number", "rest", "why"),
    [
        ("ARTICLE VII", "article", "VII", "", "Roman, capitals"),
        ("Article 7", "article", "7", "", "Arabic"),
        ("Article One", "article", "One", "", "spelled"),
        ("Article Twenty-One", "article", "Twenty-One", "", "spelled, two words"),
        ("Article (3)", "article", "(3)", "", "in brackets"),
        ("ARTICLE I.", "article", "I", "", "a full stop after the number"),
        ("Art. 5", "article", "5", "", "abbreviated"),
        ("Article 12 bis", "article", "12 bis", "", "inserted later"),
        ("ARTICLE II BIS", "article", "II BIS", "", "inserted later, in capitals"),
        ("Article 12A", "article", "12A", "", "inserted later, with a letter"),
        ("Article 4: Use of facilities", "article", "4", "Use of facilities", "heading after a colon"),
        ("ARTICLE IV - USE OF FACILITIES", "article", "IV", "USE OF FACILITIES", "heading after a dash"),
        ("Article 4 Use of facilities", "article", "4", "Use of facilities", "heading with nothing between"),
        ("Article 2. Personnel shall respect the law.", "article", "2", "Personnel shall respect the law.", "run in"),
        ("Section 311 (a) Each Party bears its costs.", "section", "311", "(a) Each Party bears its costs.", "Compact"),
        ("TITLE THREE", "part", "THREE", "", "Compact"),
        ("Chapter II", "chapter", "II", "", "chapters"),
        ("Part B", "part", "B", "", "a letter"),
        ("Regulation 3.2", "article", "3.2", "", "rules and regulations are articles by another name"),
        ("Artikel 9", "article", "9", "", "another language"),
        ("*Article 6*", "article", "6", "", "asterisks left by a converter"),
    ],
)  # fmt: skip
def test_heads(text: str, kind: str, number: str, rest: str, why: str) -> None:
    head = head_of(Block(text))
    assert head is not None, why
    assert (head.kind, head.number, text[head.at :]) == (kind, number, rest), why


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Article XII provides that costs are shared.", "running text: a verb follows"),
        ("Article 5, paragraph 2, applies.", "running text: a comma follows"),
        ("Articles 3 and 4 do not apply.", "several articles"),
        ("article 5", "no capital and not alone in style, but a reference"),
        ("Part of the force stays.", "a word, no number"),
        ("The articles of the Agreement", "no head word first"),
        ("Sections of the fence", "plural word"),
    ],
)
def test_running_text_is_no_head(text: str, why: str) -> None:
    head = head_of(Block(text))
    assert head is None or not head.certain, why


def test_an_automatic_number_is_a_head() -> None:
    head = head_of(Block("Definitions", number="Article 3", kind="heading"))
    assert head is not None
    assert (head.kind, head.number, head.at, head.alone) == ("article", "3", 0, False)


def test_label_is_kept_where_the_word_is_not_the_kinds_own() -> None:
    assert [head_of(Block(t)).label for t in ("ARTICLE 1", "Title Three", "Rule 4", "Art. 2")] == [  # type: ignore[union-attr]
        None, "Title", "Rule", "Art.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("Use of facilities", True, "short, no verb"),
        ("Research to be undertaken", True, "an infinitive is no sentence"),
        ("Definitions.", False, "a full stop ends a sentence"),
        ("Each Party shall bear its own costs.", False, "a sentence"),
        ("In this Agreement", False, "the opening of definitions"),
        ("The following terms apply:", False, "a colon announces a list"),
        ("and the receiving State", False, "begins in lower case"),
        ("", False, "nothing"),
    ],
)
def test_is_heading(text: str, expected: bool, why: str) -> None:
    assert is_heading(text) is expected, why


def test_split_heading_divides_a_run_in_heading_from_the_body() -> None:
    rest = "Definitions. In this Agreement, a base is a place."
    heading, at = split_heading(rest)
    assert (heading, rest[at:]) == ("Definitions.", "In this Agreement, a base is a place.")
    assert split_heading("Each Party shall pay. It pays at once.") == (None, 0)
