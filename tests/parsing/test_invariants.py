"""What holds of a text that was read right is asked of each; a hole in the numbers finds the head that is missing."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from agreements.findings import Finding
from agreements.model import Agreement, Document, Provenance, Provision
from agreements.parsing import Parsed, parse
from agreements.parsing.damaged_heads import filled
from agreements.parsing.invariants import broken
from agreements.reading import read_text
from agreements.reading.blocks import Block
from agreements.reference import places

TITLE = "AGREEMENT BETWEEN VALDORIA AND KARUZHA ON LANTERNS\n\n"


def _read(*articles: str):
    text = TITLE + "\n\n".join(f"{head}\n\nThe lantern burns {n} hours." for n, head in enumerate(articles))
    return parse(read_text(text, name="lanterns.txt"), id="x")


def _numbers(parsed):
    return [p.number for p in parsed.agreement.documents[0].provisions if p.kind == "article"]


def _codes(findings):
    return [finding.code for finding in findings]


@pytest.mark.parametrize(
    "damaged",
    [
        *("| ARTICLE III", "ARTIICLE III", "ARTICTE III,", "“ARTICLE III", "M E ARTICLE III", "ARTICLES III"),
        *("ARTICLE III .", "ARTICLE: III", "ARTlCLE III"),
    ],
)
def test_a_damaged_head_is_found_by_the_hole_it_leaves(damaged):
    parsed = _read("ARTICLE I", "ARTICLE II", damaged, "ARTICLE IV")
    assert _numbers(parsed) == ["I", "II", "III", "IV"]


def test_a_damaged_head_is_a_finding_with_its_words():
    found = [f for f in _read("Article 1", "Artlcle 2", "Article 3").findings if f.code == "head-damaged"]
    assert [f.where for f in found] == ["Article 2"]
    assert "Artlcle 2" in found[0].message


def test_the_first_and_the_last_head_may_be_damaged():
    assert _numbers(_read("; ARTICLE I", "ARTICLE II", "ARTICLE III", "ARTIGLE IV")) == ["I", "II", "III", "IV"]


@pytest.mark.parametrize("line", ["Articles 2 and 5 stay.", "See article 2", "Vehicle 2", "“Article 7"])
def test_without_a_hole_that_it_fills_nothing_is_taken(line):
    blocks = [Block("Article 1"), Block("Words."), Block(line), Block("Words."), Block("Article 3"), Block("Words.")]
    assert filled(blocks) == (blocks, ())
    assert _numbers(_read("Article 1", "“Article 2", "Article 2")) == ["1", "2"]


# ---------------------------------------------------------------------- invariants


def test_a_hole_and_a_twin_are_told():
    assert "numbering" in _codes(_read("Article 1", "Article 2", "Article 5").findings)
    assert "numbering" in _codes(_read("Article 1", "Article 2", "Article 2").findings)


@pytest.mark.parametrize(
    "heads",
    [
        ("Article 1", "Article 2", "Article 3"),
        ("Article 1", "Article 1 bis", "Article 2"),
        ("Article 1", "Article 1A", "Article 2"),
        ("Article One", "Article Two"),
        ("Article 1001", "Article 1002", "Article 1101", "Article 1102"),
        ("第一条", "第二条", "第三条"),
        ("1. cikk", "2. cikk"),
        ("First Article", "Second Article"),
        ("Article 1er", "Article 2", "Article 3"),
    ],
)
def test_numbers_that_go_on_are_no_finding(heads):
    assert {"numbering", "order-broken", "words-unplaced"}.isdisjoint(_codes(_read(*heads).findings))


def test_a_hole_in_the_paragraphs_of_an_article_is_told():
    text = f"{TITLE}Article 1\n\n1. The lamp burns.\n\n2. It is lit.\n\n4. It is put out.\n"
    found = [f for f in parse(read_text(text, name="x.txt"), id="x").findings if f.code == "numbering"]
    assert [f.where for f in found] == ["1"]


def _broken(document: Document, *blocks: Block) -> list[Finding]:
    held = Agreement(id="x", documents=(document,))
    return list(broken(tuple(places(held)), (document,), blocks))


def test_order_is_that_of_the_source():
    one, two = (
        Provision(kind="text", text=words, provenance=Provenance(source="x", start=start, end=start + 3))
        for words, start in (("one", 0), ("two", 4))
    )
    blocks = (Block("one", 0, 3), Block("two", 4, 7))
    assert _codes(_broken(Document(provisions=(one, two)), *blocks)) == []
    assert _codes(_broken(Document(provisions=(two, one)), *blocks)) == ["order-broken"]


def test_a_word_that_stands_nowhere_is_told():
    document = Document(provisions=(Provision(kind="text", text="the lamp burns"),))
    block = Block("the lamp burns")
    assert _broken(document, block) == []
    assert _codes(_broken(document, replace(block, text="the old lamp burns"))) == ["words-unplaced"]
    assert _broken(document, replace(block, text="thelamp burns")) == []  # cut where the source has no blank


def test_a_text_that_counts_in_its_own_way_is_one_finding():
    numbers = [f for f in _read(*(f"Article {n}" for n in range(1, 60, 3))).findings if f.code == "numbering"]
    assert len(numbers) == 1
    assert "19 numbers" in numbers[0].message


# ---------------------------------------------------------------------- order and headings


def test_bullets_stand_after_the_sentence_that_introduces_them():
    text = f"{TITLE}Article 1\n\n1. A lamp is lit.\n\n2. A lamp is kept.\n\nIt gives:\n\n— light;\n\n— warmth.\n"
    article = parse(read_text(text, name="x.txt"), id="x").agreement.documents[0].provisions[-1]
    assert [child.text for child in article.children] == [
        *("A lamp is lit.", "A lamp is kept.", "It gives:", "— light;", "— warmth.")
    ]


def test_bullets_that_a_point_introduces_stand_in_it():
    text = f"{TITLE}Article 1\n\n1. A lamp is lit.\n\n2. A lamp gives:\n\n— light;\n\n— warmth.\n"
    article = parse(read_text(text, name="x.txt"), id="x").agreement.documents[0].provisions[-1]
    assert [child.text for child in article.children[1].children] == ["— light;", "— warmth."]


def test_headings_that_only_some_articles_have():
    body = (
        "Purpose\n\nLamps burn.",
        "The Parties light lamps.",
        "Care of lamps\n\nThe Parties take care.",
        "They end.",
    )
    text = TITLE + "\n\n".join(f"ARTICLE {n}\n\n{words}" for n, words in enumerate(body, 1))
    articles = parse(read_text(text, name="x.txt"), id="x").agreement.documents[0].provisions
    assert [a.heading for a in articles] == ["Purpose", None, "Care of lamps", None]


def test_a_number_with_a_letter_is_one_number():
    text = f"{TITLE}Article 1\n\n1.1 Lamps burn.\n\n1.2 Lamps are lit.\n\n1.2A Lamps are kept.\n\n1.3 Lamps go out.\n"
    article = parse(read_text(text, name="x.txt"), id="x").agreement.documents[0].provisions[-1]
    assert [child.number for child in article.children] == ["1.1", "1.2", "1.2A", "1.3"]


def test_a_number_in_words_is_one(parsed: Callable[..., Parsed]) -> None:
    found = parsed("# Article premier", "Les Parties.", "# Article 2", "Les tentes.", "# Article 3", "La fin.")
    assert "numbering" not in {finding.code for finding in found.findings}
    found = parsed("# Article premier", "Les Parties.", "# Article 3", "Les tentes.")
    assert "numbering" in {finding.code for finding in found.findings}
