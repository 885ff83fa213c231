"""Papers of an office: rows that no page divides, heads over the columns that they name, no page for nothing."""

import io

import docx
import pytest

from agreements.word import Paper, PaperParagraph, Span, Table, paper_file
from agreements.word.writing.papers import table_file


def cell(words):
    return [[Span(words)]]


def tables(blocks):
    return docx.Document(io.BytesIO(paper_file(Paper("T", blocks)))).tables


@pytest.mark.parametrize(("words", "whole"), [("", True), ("not recorded", True), ("word " * 1200, False)])
def test_a_row_stays_whole_unless_it_may_need_more_than_a_page(words, whole):
    rows = [[cell("Name"), cell(words)]]
    wide = docx.Document(io.BytesIO(table_file("T", [], ("One", "Two"), (30, 70), rows))).tables
    for table in (*tables([Table(("One", "Two"), (30, 70), rows)]), *wide):
        head, row = table._tbl.tr_lst
        assert head.trPr.find(f"{{{row.nsmap['w']}}}cantSplit") is not None
        assert (row.trPr is not None and row.trPr.find(f"{{{row.nsmap['w']}}}cantSplit") is not None) is whole


@pytest.mark.parametrize(
    ("head", "cells"),
    [(("Who signs", ""), [2]), (("", "What", "Ours"), [1, 1, 1]), (("A", "", ""), [3]), (("A", "", "B"), [2, 1])],
)
def test_a_head_stands_over_the_columns_that_have_none(head, cells):
    (table,) = tables([Table(head, (1,) * len(head), [[cell("x")] * len(head)])])
    assert [each.grid_span for each in table._tbl.tr_lst[0].tc_lst] == cells
    assert all(p.paragraph_format.keep_with_next for each in table.rows[0].cells for p in each.paragraphs)


def test_no_blank_line_follows_the_last_table():
    blocks = [Table(("A", "B"), (1, 1), [[cell("x"), cell("y")]]), PaperParagraph("text", [Span("words")])]
    sizes = []
    for each in (blocks, blocks[::-1]):
        last = docx.Document(io.BytesIO(paper_file(Paper("T", each)))).paragraphs[-1]
        sizes.append((last.text, last.paragraph_format.line_spacing and last.paragraph_format.line_spacing.pt))
    assert sizes == [("words", None), ("", 1.0)]
