"""Footnotes are kept apart and attached to their place; nothing else is taken for one."""

import pytest

from agreements.parsing import footnotes, parse
from agreements.parsing.paragraphs import blocks_of
from agreements.reading import read_text
from agreements.reading.blocks import Line

SMALL, USUAL = 8.0, 11.0
BODY = [
    "Article I",
    "The Parties shall consult each other",
    "on the use of the areas1 that are",
    "agreed between them.",
]
FOOT = ["1 See the exchange of notes", "of 4 May 1961."]


def _page(body: list[str], foot: list[str], *, size: float = SMALL, page: int = 1) -> list[Line]:
    lines, position = [], 0
    for number, text in enumerate([*body, *foot]):
        own = USUAL if number < len(body) else size
        lines.append(Line(text, position, position + len(text), page, 14.0 * number, 72.0, 300.0, own))
        position += len(text) + 1
    return lines


def _split(body: list[str], foot: list[str], *, size: float = SMALL) -> tuple[str, list[tuple[str, str]]]:
    kept, notes = footnotes.split(_page(body, foot, size=size))
    return " / ".join(line.text for line in kept), [(n.mark, n.block().text) for n in notes]


def test_a_footnote_and_its_mark_are_taken_from_the_text() -> None:
    kept, notes = _split(BODY, FOOT)
    assert kept == " / ".join(BODY).replace("areas1", "areas")
    assert notes == [("1", "See the exchange of notes of 4 May 1961.")]


@pytest.mark.parametrize(
    ("body", "foot", "marks", "why"),
    [
        (["the areas* that", "are agreed"], ["* See the notes."], ["*"], "a star"),
        (["the areas [1] that", "are agreed"], ["[1] See the notes."], ["1"], "in square brackets"),
        (["the areas,1 and ships2 that", "are agreed"], ["1 See the notes.", "2 See Annex A."], ["1", "2"], "two"),
        (["the areas2 and ships1 that", "are agreed"], ["1 See the notes.", "2 See Annex A."], ["2", "1"], "by place"),
        (["the areas that", "are agreed"], ["1 See the notes."], [], "no mark in the text: a paragraph in small type"),
        (["the areas1 that", "are agreed"], ["See the notes."], [], "no number at the foot"),
        (["the areas1 that", "are agreed"], ["1961 was the year."], [], "a year opens no footnote"),
    ],
)
def test_what_is_a_footnote(body: list[str], foot: list[str], marks: list[str], why: str) -> None:
    kept, notes = _split(body, foot)
    assert [mark for mark, _ in notes] == marks, why
    if not marks:
        assert kept == " / ".join([*body, *foot])


def test_type_of_the_same_size_is_text() -> None:
    assert _split(BODY, FOOT, size=USUAL)[1] == []


def test_a_raised_sign_is_the_mark_and_a_number_of_the_text_is_not() -> None:
    first, *rest = _page(["under Article 1 the areas1 that", "are agreed"], ["1 See the notes."])
    raised = first.text.index("areas1") + 5
    marked = Line(first.text, 0, first.end, 1, 0.0, 72.0, 300.0, USUAL, raised=((raised, raised + 1),))
    kept, (note,) = footnotes.split([marked, *rest])
    assert kept[0].text == "under Article 1 the areas that"
    assert note.anchor == raised


def test_plain_text_needs_a_rule_above_the_footnotes() -> None:
    body = "Article I\n\nThe Parties shall consult each other on the use of the areas1 that are\nagreed between them."
    with_rule = read_text(f"{body}\n_____________\n1 See the exchange of notes.\n\fArticle II\n\nThe Parties agree.\n")
    blocks, found = blocks_of(with_rule)
    shown = " / ".join(f"[{b.number} {b.text}]" if b.kind == "footnote" else b.text for b in blocks)
    assert shown == (
        "Article I / The Parties shall consult each other on the use of the areas that are / "
        "[1 See the exchange of notes.] / agreed between them. / Article II / The Parties agree."
    )
    assert [(f.code, f.where, f.message) for f in found if f.code == "footnote"] == [
        ("footnote", "page 1", "Footnote 1 kept apart: See the exchange of notes.")
    ]
    without = read_text(f"{body}\n1 See the exchange of notes.\n\fArticle II\n\nThe Parties agree.\n")
    assert all(block.kind != "footnote" for block in blocks_of(without)[0])


def test_a_text_without_pages_has_its_footnotes_at_the_end() -> None:
    text = "Article I\n\nThe Parties use the areas1 agreed[2].\n\nArticle II\n\nThe Parties agree.\n\n________\n"
    blocks, found = blocks_of(read_text(f"{text}1 See the notes.\n2 In the annex.\n"))
    assert [(b.kind == "footnote", b.text) for b in blocks] == [
        (False, "Article I"),
        (False, "The Parties use the areas agreed."),
        (True, "See the notes."),
        (True, "In the annex."),
        (False, "Article II"),
        (False, "The Parties agree."),
    ]
    assert [(f.code, f.where) for f in found] == [("footnote", ""), ("footnote", "")]


def test_what_follows_a_footnote_in_a_text_without_pages_is_text() -> None:
    text = (
        "Article I\n\nThe Parties use the areas[1] that are agreed between\n_______\n"
        "[1] See the notes,\nand the map.\n\nthem for tents.\n\n"
        "Article II\n\nThey dine¹ there.\n_______\n¹ At noon.\nArticle III\n\nThe Parties agree.\n"
    )
    (article, second, third) = parse(read_text(text), id="a").agreement.documents[0].provisions
    assert article.text == "The Parties use the areas that are agreed between them for tents."
    assert [mark.target for mark in article.marks] == ["1 See the notes, and the map."]
    assert [mark.target for mark in second.marks] == ["¹ At noon."]
    assert third.text == "The Parties agree."


def test_signatures_under_a_rule_are_no_footnotes() -> None:
    text = "Article I\n\nThe Parties use the areas of Lorn.\n\nFor Arland:\n_________\n1 Minister of Defence\n"
    assert all(block.kind != "footnote" for block in blocks_of(read_text(text))[0])


def test_the_provision_holds_its_footnote_as_a_mark() -> None:
    text = (
        "Article I\n\n1. The Parties shall consult each other on the use of the areas1 that are\nagreed between them.\n"
        "_____________\n1 See the exchange of notes.\n\fArticle II\n\nThe Parties agree.\n"
    )
    agreement = parse(read_text(text), id="a").agreement
    (article, _) = agreement.documents[0].provisions
    (mark,) = article.children[0].marks
    assert (mark.kind, mark.target) == ("note", "1 See the exchange of notes.")
