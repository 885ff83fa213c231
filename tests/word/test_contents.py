"""The table of contents of long drafts."""

import re
import zipfile
from pathlib import Path

import pypdfium2
import pytest
from openxml_audit import FileFormat, OpenXmlValidator

from agreements import drafting, word
from agreements.export.pdf import to_pdf
from agreements.libreoffice import converter
from agreements.model import Agreement
from agreements.parsing import parse
from agreements.reading import read
from agreements.textform import print_document
from agreements.word.writing import contents
from agreements.word.writing.contents import LONG
from tests.word import samples

EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "examples" / "drafts"


@pytest.fixture(scope="module")
def long_draft() -> Agreement:
    draft = drafting.assemble(drafting.load_parameters(EXAMPLES / "dca-norlandia.yaml")).agreement
    assert draft is not None
    assert sum(p.kind == "article" for p in draft.documents[0].walk()) >= LONG
    return draft


def body(path: Path) -> str:
    with zipfile.ZipFile(path) as package:
        return package.read("word/document.xml").decode()


def entries(xml: str) -> list[tuple[str, str]]:
    """The anchor and the words of each line of the table."""
    lines = re.findall(r'<w:p><w:pPr><w:pStyle w:val="toc\d"/>.*?</w:p>', xml)
    anchors = [re.search(r'w:anchor="([^"]*)"', line) for line in lines]
    words = [re.sub(r"<[^>]*>", "", re.sub(r"<w:instrText.*?</w:instrText>|<w:tab/>", " ", x)) for x in lines]
    return [(a[1] if a else "", " ".join(w.split())) for a, w in zip(anchors, words, strict=True)]


def test_a_long_draft_has_one_whose_lines_lead_to_the_articles(long_draft: Agreement, tmp_path: Path) -> None:
    (path,) = word.write(long_draft, tmp_path / "x.docx")
    found = entries(body(path))
    articles = [p for p in long_draft.documents[0].walk() if p.kind == "article"]
    assert [words for _, words in found[: len(articles)]] == [f"Article {p.number} {p.heading}" for p in articles]
    assert found[-1][1].startswith("Annex")
    for anchor, words in found:
        at = body(path).index(f'w:name="{anchor}"')
        heading = words.split(" ", 2)[2]
        assert heading[:20] in body(path)[at : at + 800]


def test_it_is_one_field_and_the_file_is_valid(long_draft: Agreement, tmp_path: Path) -> None:
    (path,) = word.write(long_draft, tmp_path / "x.docx")
    table = re.search(r"<w:sdt>.*?</w:sdt>", body(path), re.DOTALL)
    assert table
    assert re.findall(r'fldCharType="(\w+)"', table[0]) == ["begin", "separate", "end"]
    assert r"TOC \o" in table[0]
    found = OpenXmlValidator(file_format=FileFormat.MICROSOFT_365, max_errors=0).validate(path)
    assert [str(error) for error in found.errors] == []


def test_without_a_layout_word_is_asked_for_the_pages(long_draft: Agreement, tmp_path: Path) -> None:
    (path,) = word.write(long_draft, tmp_path / "x.docx")
    assert body(path).count('w:dirty="1"') == 1
    assert "PAGEREF" not in body(path)


@pytest.mark.skipif(converter() is None, reason="LibreOffice is not installed")
def test_libreoffice_fills_in_the_pages(long_draft: Agreement, tmp_path: Path) -> None:
    (path,) = word.write(long_draft, tmp_path / "x.docx", options=word.WordOptions(page_numbers=True))
    xml = body(path)
    assert 'w:dirty="1"' not in xml
    printed = tmp_path / "x.pdf"
    to_pdf(path, printed)
    document = pypdfium2.PdfDocument(printed)
    for anchor, line in entries(xml):
        entry, page = line.rsplit(" ", 1)
        assert f"PAGEREF {anchor} " in xml
        number = " ".join(entry.split()[:2])
        shown = document[int(page) - 1].get_textpage().get_text_bounded().replace("\u00a0", " ").splitlines()
        assert number.upper() in {each.strip().upper() for each in shown}, line
    document.close()
    found = OpenXmlValidator(file_format=FileFormat.MICROSOFT_365, max_errors=0).validate(path)
    assert [str(error) for error in found.errors] == []
    back = parse(read(path), id="back").agreement
    without = parse(read(word.write(long_draft, tmp_path / "y.docx")[0]), id="back").agreement
    assert [print_document(d) for d in back.documents] == [print_document(d) for d in without.documents]


@pytest.mark.parametrize(
    "headings",
    [
        [("Article I Scope and Purpose", 2), ("Article III Access", 3)],  # one is not there
        [("Article II Definitions", 2), ("Article I Scope and Purpose", 3)],  # another order
        [],
    ],
)
def test_a_layout_that_lacks_a_heading_gives_no_pages(headings: list[tuple[str, int]], monkeypatch) -> None:
    lines = [contents.ContentsEntry(2, "Article I", "Scope and Purpose", "_a")]
    lines += [contents.ContentsEntry(2, "Article II", "Definitions", "_b")]
    monkeypatch.setattr(contents, "converter", lambda: "soffice")
    monkeypatch.setattr(contents, "converted", lambda *_: b"")
    monkeypatch.setattr(contents, "outline", lambda _: headings)
    assert contents.pages(b"", lines) == []
    monkeypatch.setattr(contents, "outline", lambda _: [*reversed(headings), ("ARTICLE II", 7)])
    assert contents.pages(b"", lines[1:]), "a heading is known by its number too"


def test_it_is_no_text_of_the_agreement(long_draft: Agreement, tmp_path: Path) -> None:
    trees = []
    for wanted in ("always", "never"):
        (path,) = word.write(long_draft, tmp_path / f"{wanted}.docx", options=word.WordOptions(contents=wanted))
        back = parse(read(path), id="back").agreement
        trees.append([print_document(document) for document in back.documents])
    assert trees[0] == trees[1]


@pytest.mark.parametrize(
    ("standing", "asked", "expected"),
    [
        ("draft", ("auto", False), True),
        ("agreement", ("auto", False), False),  # a precedent is written as it is
        ("draft", ("auto", True), False),  # so is the copy for signature
        ("draft", ("always", True), True),
        ("draft", ("never", False), False),
    ],
)
def test_when_there_is_one(long_draft: Agreement, tmp_path: Path, standing, asked, expected) -> None:
    wanted, frozen = asked
    options = word.WordOptions(contents=wanted, frozen=frozen)
    (path,) = word.write(long_draft.model_copy(update={"standing": standing}), tmp_path / "x.docx", options=options)
    assert bool(entries(body(path))) == expected
    if expected and frozen:  # nothing in it can change
        assert "instrText" not in body(path).split('w:val="Preamble"')[0]


def test_a_short_draft_has_none(tmp_path: Path) -> None:
    (path,) = word.write(samples.visiting_forces(), tmp_path / "x.docx")
    assert not entries(body(path))
    with zipfile.ZipFile(path) as package:
        assert b"toc" not in package.read("word/styles.xml")
