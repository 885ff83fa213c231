"""Untracked changes undone: whatever a partner did to tables, lists, headers and footers, rejecting it gives ours."""

import io

import docx
import pytest

from agreements.library import answer, review
from tests.word import editing

ROWS = (("Area", "Use"), ("North camp", "Storage of fuel"), ("South pier", "Mooring"))


def _ours():
    file = docx.Document()
    section = file.sections[0]
    section.header.paragraphs[0].text = "Draft of the delegations"
    section.header.add_paragraph("Second line above")
    section.footer.paragraphs[0].text = "Below each page"
    file.add_paragraph("AGREEMENT ON FACILITIES")
    file.add_paragraph("Article 1")
    file.add_paragraph("The host State shall provide the areas.", style="List Number")
    file.add_paragraph("The guest State shall pay for utilities.", style="List Number")
    table = file.add_table(rows=0, cols=2)
    for row in ROWS:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    for text in ("and of water", "at all times"):
        table.cell(1, 1).add_paragraph(text)
    file.add_paragraph("Article 2")
    file.add_paragraph("This Agreement ends after one year's notice.")
    return file


def _out(*paragraphs):
    for paragraph in paragraphs:
        paragraph._p.getparent().remove(paragraph._p)


def _said(paragraph, text):
    paragraph.text = text


def _emptied(cell):
    _out(*cell.paragraphs[1:])
    _said(cell.paragraphs[0], "")


CHANGES = {
    "the second paragraph of a cell": lambda f, t: _out(t.cell(1, 1).paragraphs[1]),
    "the first and the last of a cell": lambda f, t: _out(*t.cell(1, 1).paragraphs[::2]),
    "all that a cell says": lambda f, t: _emptied(t.cell(1, 1)),
    "another paragraph in a cell": lambda f, t: t.cell(2, 0).add_paragraph("and beach"),
    "the first row": lambda f, t: t._tbl.remove(t.rows[0]._tr),
    "a row between": lambda f, t: t._tbl.remove(t.rows[1]._tr),
    "another row": lambda f, t: [_said(cell, "new") for cell in t.add_row().cells],
    "the table": lambda f, t: t._tbl.getparent().remove(t._tbl),
    "another table": lambda f, t: _said(f.add_table(1, 1).cell(0, 0), "All of it new"),
    "all before the table": lambda f, t: _out(*f.paragraphs[:4]),
    "all after the table": lambda f, t: _out(*f.paragraphs[4:]),
    "a list's first number": lambda f, t: setattr(f.paragraphs[2], "style", f.styles["Normal"]),
    "the first line of the header": lambda f, t: _out(f.sections[0].header.paragraphs[0]),
    "another line of the header": lambda f, t: f.sections[0].header.add_paragraph("More above"),
    "the whole header": lambda f, t: _out(*f.sections[0].header.paragraphs),
    "the words of the header": lambda f, t: [_said(p, "") for p in f.sections[0].header.paragraphs],
    "the words of the footer": lambda f, t: _said(f.sections[0].footer.paragraphs[0], ""),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_rejected_comes_back_where_it_stood_and_nothing_beside_it(change, tmp_path):
    file, sent = _ours(), editing.saved(_ours())
    CHANGES[change](file, file.tables[0])
    theirs = editing.saved(file)
    (tmp_path / "ours.docx").write_bytes(sent)
    (tmp_path / "theirs.docx").write_bytes(theirs)
    (tmp_path / "decisions.yaml").write_text("default: reject\n", encoding="utf-8")
    found = review(tmp_path / "ours.docx", tmp_path / "theirs.docx")
    assert found.untracked
    paths = tmp_path / "decisions.yaml", tmp_path / "reply.docx"
    answer(found, *paths, clean=tmp_path / "clean.docx", author="U.S. delegation", date="2026-11-22")
    assert _read((tmp_path / "clean.docx").read_bytes()) == _read(sent) != _read(theirs)


def _read(file):
    styles = [paragraph.style.name for paragraph in docx.Document(io.BytesIO(file)).paragraphs]
    return editing.story(file), styles
