"""Markdown as statute books write it."""

import pytest

from agreements.reading.blocks import Block
from agreements.reading.markdown import from_text, is_markdown


def blocks(text: str) -> tuple[Block, ...]:
    return from_text(text, name="t", sha256="").blocks


@pytest.mark.parametrize(
    ("source", "text", "why"),
    [
        ("rights *in rem* over land", "rights in rem over land", "emphasis is markup"),
        ("2.*Scope of Work*The Parties", "2.Scope of Work The Parties", "asterisks that kept words apart"),
        ("in*complete*ness", "incompleteness", "emphasis inside a word"),
        ("(\\*b\\*) and 5\\. June", "(*b*) and 5. June", "escaped signs are printed"),
        ("CO<sub>2</sub> gases", "CO2 gases", "tags inside the line"),
        ("Legs* of the route", "Legs* of the route", "one asterisk alone is a footnote mark"),
        ("see [the Annex](http://example.org/a)", "see the Annex", "a link is its words"),
        ("Smith &amp; Sons", "Smith & Sons", "entities"),
        ("form_of_words", "form_of_words", "an underscore inside words"),
        ("10\u00a0October", "10\u00a0October", "fixed blanks stay"),
    ],
)
def test_words_stay_and_markup_goes(source: str, text: str, why: str) -> None:
    assert [b.text for b in blocks(source)] == [text], why


def test_heads_need_no_blank_and_keep_their_level() -> None:
    found = blocks("###Nr. I\n\n## Article 1 ##\n\nTitle\n=====\n\nWords.")
    assert [(b.kind, b.level, b.text) for b in found] == [
        ("heading", 3, "Nr. I"),
        ("heading", 2, "Article 1"),
        ("heading", 1, "Title"),
        ("paragraph", 0, "Words."),
    ]


def test_emphasis_becomes_marks_unless_all_is_emphasised() -> None:
    part, whole = blocks("property *in rem* only\n\n*Definitions*")
    assert [part.text[m.start : m.end] for m in part.marks] == ["in rem"]
    assert (whole.italic, whole.marks) == (True, ())


def test_each_line_is_a_paragraph_unless_the_file_is_wrapped() -> None:
    assert len(blocks("# T\n\n1. first point\n2. second point\nclosing words")) == 4
    wrapped = "The Parties shall consult each other at the request of either of them on\n" * 6
    assert len(blocks(f"# T\n\n{wrapped}")) == 2


def test_tables_lists_rules_notes_and_front_matter() -> None:
    front, table = "---\ntitle: T\n---\n", "| --- | --- |\n|:---|:---|\n|SECRET | HEMLIG|\n"
    text = f"{front}{table}\n---\n\n- an item\n\n[^1]: a note\n\n<!-- no -->"
    assert [(b.kind, b.number, b.text) for b in blocks(text)] == [
        ("table", None, "SECRET | HEMLIG"),
        ("list", None, "an item"),
        ("footnote", "1", "a note"),
    ]


def test_blocks_point_at_their_lines() -> None:
    text = "# Agreement\n\nThe *Parties* agree.\n"
    reading = from_text(text, name="t", sha256="")
    assert [reading.text[b.start : b.end] for b in reading.blocks] == ["# Agreement", "The *Parties* agree."]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("## A\n\n## B", True), ("#Title\nwords", True), ("Item # 4\n# 5 bolts\n", False), ("plain words", False)],
)
def test_markdown_is_told_from_plain_text(text: str, expected: bool) -> None:
    assert is_markdown(text) is expected


NOTED = """# Agreement on Stores

## Article 1
The Parties *store* grain[^1] and hay[^hay].

## Article 2
Each bears its costs [^9].

[^1]: Grain means wheat.

[^hay]: Hay is dry.

[^7]: Nothing leads here.
"""


def test_a_note_stands_after_the_block_of_its_mark() -> None:
    blocks = [(block.kind, block.number, block.text) for block in from_text(NOTED, name="x.md", sha256="").blocks]
    assert blocks[2:] == [
        ("paragraph", None, "The Parties store grain and hay."),
        ("footnote", "1", "Grain means wheat."),
        ("footnote", "hay", "Hay is dry."),
        ("heading", None, "Article 2"),
        ("paragraph", None, "Each bears its costs [^9]."),
        ("footnote", "7", "Nothing leads here."),
    ]
    (emphasis,) = from_text(NOTED, name="x.md", sha256="").blocks[2].marks
    assert (emphasis.start, emphasis.end) == (12, 17)
