"""Tracked changes of every kind settled either way, by small files of one change each."""

import pytest

from agreements import word
from agreements.ooxml.package import Package
from agreements.ooxml.schema import faults, local, name
from agreements.word.flattened import shown_lines
from tests.ooxml.building import cell, p, r, row, sdt, table, word_file

BY = 'w:id="1" w:author="A" w:date="2026-01-02T00:00:00Z"'


def settled(file, how):
    return Package.of("settled", getattr(word, how)(file))


def old(tag, before):
    return f"<w:{tag}Change {BY}><w:{tag}>{before}</w:{tag}></w:{tag}Change>"


@pytest.mark.parametrize(("how", "cells"), [("accept", ["a"]), ("reject", ["a", "b"])])
def test_a_cell_that_was_taken_out_and_looks_otherwise_comes_back_as_it_was(how, cells):
    before = old("tcPr", '<w:tcW w:w="5"/>')
    gone = f'<w:tc><w:tcPr><w:tcW w:w="9"/><w:cellDel {BY}/>{before}</w:tcPr>{p("b")}</w:tc>'
    body = settled(word_file(table(row(cell(p("a")), gone))), how).body()
    assert [t.text for t in body.iter(name("t"))] == cells
    assert [w.get(name("w")) for w in body.iter(name("tcW"))] == (["5"] if how == "reject" else [])
    assert not list(body.iter(name("cellDel"), name("tcPrChange")))
    assert not list(faults(body))


@pytest.mark.parametrize(("how", "rows"), [("accept", ["a"]), ("reject", ["a", "b"])])
def test_a_row_that_was_taken_out_and_looks_otherwise(how, rows):
    gone = f"<w:tr><w:trPr><w:cantSplit/><w:del {BY}/>{old('trPr', '<w:tblHeader/>')}</w:trPr>{cell(p('b'))}</w:tr>"
    body = settled(word_file(table(row(cell(p("a"))), gone)), how).body()
    assert [t.text for t in body.iter(name("t"))] == rows
    assert len(list(body.iter(name("tblHeader")))) == (how == "reject")


@pytest.mark.parametrize(("how", "bold"), [("accept", True), ("reject", False)])
def test_changes_of_styles_are_settled_too(how, bold):
    own = f"<w:rPr><w:b/>{old('rPr', '<w:i/>')}</w:rPr>"
    styles = f'<w:style w:type="paragraph" w:styleId="N"><w:name w:val="Normal"/>{own}</w:style>'
    root = settled(word_file(p("x"), parts={"styles": styles}), how).first("styles")
    assert [local(e) for e in root.iter(name("b"), name("i"), name("rPrChange"))] == (["b"] if bold else ["i"])


@pytest.mark.parametrize(("how", "controls"), [("accept", 0), ("reject", 1)])
def test_a_control_of_which_nothing_is_left_goes(how, controls):
    gone = f"<w:pPr><w:rPr><w:del {BY}/></w:rPr></w:pPr><w:del {BY}><w:r><w:delText>x</w:delText></w:r></w:del>"
    body = settled(word_file(sdt(f"<w:p>{gone}</w:p>") + p("Last")), how).body()
    assert len(list(body.iter(name("sdt")))) == controls


def test_an_empty_control_that_was_empty_before_stays():
    body = settled(word_file(sdt("") + p("x", inner=f"<w:ins {BY}>{r('y')}</w:ins>")), "accept").body()
    assert len(list(body.iter(name("sdt")))) == 1


_RUNS_ON = f"<w:p><w:pPr><w:rPr><w:del {BY}/></w:rPr></w:pPr>{r('One, ')}</w:p>"


@pytest.mark.parametrize(
    ("body", "left"),
    [
        (sdt(_RUNS_ON) + p("two."), ["One, two."]),  # out of a content control
        (_RUNS_ON + sdt(p("two.")), ["One, two."]),  # into one
        (sdt(_RUNS_ON) + sdt(sdt(p("two."))) + p("Three."), ["One, two.", "Three."]),  # from one into another
        (sdt(_RUNS_ON) + table(row(cell(p("a")))) + p("two."), ["One, ", "a", "two."]),  # never into a table
        (table(row(cell(_RUNS_ON), cell(p("b")))) + p("two."), ["One, ", "b", "two."]),  # nor out of its cell
    ],
)
def test_a_paragraph_whose_end_goes_runs_on_over_the_edge_of_a_control(body, left):
    file = word_file(body)
    found = settled(file, "accept").body()
    assert ["".join(t.text for t in each.iter(name("t"))) for each in found.iter(name("p"))] == left
    assert shown_lines(file, lambda change: True) == [words.strip() for words in left]


def _noted(words: str, *, whole: bool = True) -> str:
    """An inserted last paragraph with a comment on its words, or on these and the words before it."""
    begins = '<w:commentRangeStart w:id="3"/>'
    ends = '<w:commentRangeEnd w:id="3"/><w:r><w:commentReference w:id="3"/></w:r>'
    own = f"<w:pPr><w:rPr><w:ins {BY}/></w:rPr></w:pPr>"
    before = f"<w:p>{'' if whole else begins}{r('Stays')}</w:p>"
    return f"{before}<w:p>{own}{begins if whole else ''}<w:ins {BY}>{r(words)}</w:ins>{ends}</w:p>"


def test_a_comment_goes_with_all_the_words_that_it_is_on():
    comments = '<w:comment w:id="3" w:author="Ana"><w:p><w:r><w:t>Why?</w:t></w:r></w:p></w:comment>'
    package = settled(word_file(_noted("Comes"), parts={"comments": comments}), "reject")
    assert [e.tag for e in package.body() if e.tag == name("p")] == [name("p")]
    assert not list(package.body().iter(name("commentReference"), name("commentRangeStart")))


def test_a_comment_on_words_that_stay_is_kept():
    comments = '<w:comment w:id="3" w:author="Ana"><w:p><w:r><w:t>Why?</w:t></w:r></w:p></w:comment>'
    package = settled(word_file(_noted("Comes", whole=False), parts={"comments": comments}), "reject")
    assert len(list(package.body().iter(name("commentReference")))) == 1
    kept = settled(word_file(_noted("Comes"), parts={"comments": comments}), "accept").body()
    assert len(list(kept.iter(name("commentReference")))) == 1
