"""Struck words are no operative text: they are left out of it and told; where files are compared they stand."""

from pathlib import Path

import docx
import pytest

from agreements.model import Mark
from agreements.parsing import parse
from agreements.parsing.spans import unstruck
from agreements.reading import read
from agreements.reading.blocks import Block

STRUCK_PAGES = [
    ("an element", "<p>The guests <s>never</s> pay.</p>"),
    ("an older element", "<p>The guests <strike>never</strike> pay.</p>"),
    ("words that were deleted", "<p>The guests <del>never</del> pay.</p>"),
    ("a style", '<p>The guests <span style="text-decoration: line-through">never</span> pay.</p>'),
    ("a class of the page", '<p>The guests <span class="big gone">never</span> pay.</p>'),
    ("an element that the page strikes", "<p>The guests <u>never</u> pay.</p>"),
    ("a whole paragraph", "<p>The guests pay.</p><p><s>The guests never pay.</s></p>"),
]


@pytest.mark.parametrize(("why", "words"), STRUCK_PAGES)
def test_struck_words_of_a_page_are_left_out_and_told(why: str, words: str, tmp_path: Path) -> None:
    sheet = (
        "<style>p.x, .gone { color: red; text-decoration: line-through } u {text-decoration-line: line-through}</style>"
    )
    page = tmp_path / "page.html"
    page.write_text(f"<html><head>{sheet}</head><body><p>Article 1</p>{words}</body></html>", encoding="utf-8")
    parsed = parse(read(page), id="x")
    article = parsed.agreement.documents[0].provisions[0]
    assert " ".join(p.text for p in article.walk() if p.text) == "The guests pay.", why
    (told,) = (finding for finding in parsed.findings if finding.code == "struck-out")
    assert told.severity == "warning" and "never" in told.message
    kept = parse(read(page), id="x", struck=True)
    assert "never" in " ".join(p.text for d in kept.agreement.documents for p in d.walk())


def test_marks_stay_on_their_words_when_others_go() -> None:
    marks = (
        Mark(start=0, end=3, kind="emphasis"),
        Mark(start=4, end=9, kind="emphasis"),
        Mark(start=10, end=15, kind="term"),
    )
    (block,), gone = unstruck([Block("One never again", struck_at=((4, 9),), marks=marks)])
    assert (block.text, gone) == ("One again", ["never"])
    assert [(block.text[mark.start : mark.end], mark.kind) for mark in block.marks] == [
        ("One", "emphasis"),
        ("again", "term"),
    ]


def test_struck_words_of_a_word_file_are_left_out(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Article 1")
    paragraph = document.add_paragraph("The guests ")
    paragraph.add_run("never ").font.strike = True
    paragraph.add_run("pay.")
    document.save(str(tmp_path / "struck.docx"))
    parsed = parse(read(tmp_path / "struck.docx"), id="x")
    assert parsed.agreement.documents[0].provisions[0].text == "The guests pay."
    assert "struck-out" in {finding.code for finding in parsed.findings}
