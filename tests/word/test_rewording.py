"""The words of one paragraph exchanged: what stands among them stays, and two sets of changes meet or do not."""

import pytest
from lxml import etree

from agreements.ooxml.revisions import Tracker
from agreements.ooxml.schema import name
from agreements.word.revising.rewording import Conflict, applied, merged, remove, reword
from tests.ooxml.building import SPACES, cell, code, field, p, r, row, sdt, table

NOTE = '<w:r><w:footnoteReference w:id="1"/></w:r>'
ARTICLE = f"{field('begin')}{code(' REF a5 ')}{field('separate')}{r('Article V')}{field('end')}"


def _tree(xml: str) -> etree._Element:
    return etree.fromstring(f"<w:body {SPACES}>{xml}</w:body>")


def _shape(paragraph: etree._Element) -> str:
    """The words of a paragraph, `#` for a note, `<` and `>` where a field begins and ends."""
    signs = {"begin": "<", "separate": "", "end": ">"}
    out = ""
    for each in paragraph.iter():
        if each.tag == name("t"):
            out += each.text or ""
        elif each.tag == name("footnoteReference"):
            out += "#"
        elif each.tag == name("fldChar"):
            out += signs[each.get(name("fldCharType"))]
    return out


@pytest.mark.parametrize(
    ("inner", "text", "shape"),
    [
        (ARTICLE + r(" applies."), "As Article V applies.", "As <Article V> applies."),
        (ARTICLE + r(" applies."), "Under Article V it applies.", "Under <Article V> it applies."),
        (ARTICLE + r(" applies."), "As Article VI applies.", "As Article VI applies."),
        (ARTICLE + r(" applies."), "As V applies.", "As V applies."),
        (ARTICLE + r(" applies."), "It ends.", "It ends."),
        (NOTE + r("it ends."), "As it ends.", "As #it ends."),
        (r("it") + NOTE + r(" ends."), "As it stops.", "As it# stops."),
        (r("it ends") + NOTE + r("."), "As we agree", "As we agree#"),
        (r("it ends") + NOTE + NOTE, "", "##"),
        (r("it") + NOTE + r(" ends ") + ARTICLE, "As it ends here Article V", "As it# ends here <Article V>"),
    ],
)
def test_what_stands_among_the_words_stays_where_its_words_stay(inner, text, shape):
    (paragraph,) = _tree(p("As ", inner=inner))
    reword(paragraph, text)
    assert _shape(paragraph) == shape
    assert not paragraph.findall(f".//{name('ins')}") + paragraph.findall(f".//{name('del')}")


def test_new_words_have_the_look_of_the_first_words():
    (paragraph,) = _tree(f"<w:p>{NOTE}{r('As', '<w:b/>')}{r(' it ends.')}</w:p>")
    reword(paragraph, "Thus far.")
    looks = [run.find(f"{name('rPr')}/{name('b')}") is not None for run in paragraph if run.find(name("t")) is not None]
    assert looks and looks[0]


def test_a_word_that_stays_keeps_its_look():
    (paragraph,) = _tree(f"<w:p>{r('As ')}{r('it', '<w:b/>')}{r(' ends.')}</w:p>")
    reword(paragraph, "So it stops.")
    bold = ["".join(run.itertext()) for run in paragraph if run.find(f"{name('rPr')}/{name('b')}") is not None]
    assert bold == ["it"]


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        ("a b c d X", "Y b c d e", "Y b c d X"),
        ("X b c d e", "a b c d Y", "X b c d Y"),
        ("a X c d e", "a X c d Y", "a X c d Y"),
        ("a b c d e f", "X b c d e", "X b c d e f"),
        ("b c d e", "a b c d", "b c d"),
    ],
)
def test_changes_of_two_that_meet_nowhere_are_both_made(one, other, both):
    assert merged("a b c d e", one, other) == both
    assert merged("a b c d e", other, one) == both


@pytest.mark.parametrize(
    ("one", "other"),
    [("a X c d e", "a Y c d e"), ("a X X d e", "a b Y d e"), ("a c d e", "a Y c d e"), ("a b X c d e", "a b Y c d e")],
)
def test_changes_of_two_that_meet_are_a_conflict(one, other):
    with pytest.raises(Conflict):
        merged("a b c d e", one, other)
    with pytest.raises(Conflict):
        merged("a b c d e", other, one)


def test_nothing_changed_is_what_it_was():
    assert applied(["a", " ", "b"], []) == ["a", " ", "b"]
    assert merged("a b", "a b", "a b") == "a b"


@pytest.mark.parametrize(
    ("xml", "taken", "left"),
    [
        (p("a") + sdt(p("b")), 1, ["a"]),
        (p("a") + sdt(sdt(p("b"))), 1, ["a"]),
        (p("a") + sdt(p("b") + p("c")), 1, ["a", "c"]),
        (p("a") + sdt(sdt(p("b")) + p("c")), 1, ["a", "c"]),
        (table(row(cell(p("a"), p("b")))), 0, ["b"]),
        (table(row(cell(p("a")))), 0, [""]),
        (table(row(cell(sdt(p("a"))))), 0, [""]),
    ],
)
def test_a_paragraph_goes_with_the_controls_that_it_leaves_empty_and_no_cell_is_without_one(xml, taken, left):
    body = _tree(xml)
    remove(list(body.iter(name("p")))[taken])
    assert ["".join(paragraph.itertext()) for paragraph in body.iter(name("p"))] == left
    assert all(len(each) for each in body.iter(name("sdtContent")))
    assert len(list(body.iter(name("sdt")))) == len(list(body.iter(name("sdtContent"))))


# ---------------------------------------------------------------------- marks of ends and rows


def _tags(element: etree._Element) -> list[str]:
    return [etree.QName(each).localname for each in element]


def test_a_row_is_marked_behind_its_exceptions_and_before_an_older_change():
    tracker = Tracker("Ana", "2026-11-22T00:00:00Z", 7)
    change = '<w:trPr><w:cantSplit/><w:trPrChange w:id="1" w:author="B"><w:trPr/></w:trPrChange></w:trPr>'
    inner = "<w:tc><w:p/></w:tc>"
    rows = _tree(f"<w:tr><w:tblPrEx/>{inner}</w:tr><w:tr>{inner}</w:tr><w:tr>{change}{inner}</w:tr>")
    for each in rows:
        tracker.row(each, "ins")
    assert [_tags(each) for each in rows] == [["tblPrEx", "trPr", "tc"], ["trPr", "tc"], ["trPr", "tc"]]
    looks = [each.find(name("trPr")) for each in rows]
    assert [_tags(look) for look in looks] == [["cantSplit", "ins"]] * 2 + [["cantSplit", "ins", "trPrChange"]]
    assert [look.find(name("ins")).get(name("id")) for look in looks] == ["7", "8", "9"]


def test_the_mark_of_a_paragraph_keeps_the_look_that_it_has():
    tracker = Tracker("Ana", "2026-11-22T00:00:00Z", 7)
    one, other = _tree(p("a", "<w:rPr><w:b/></w:rPr>") + p("b"))
    for each in (one, other):
        tracker.mark(each, "del")
    assert _tags(one.find(f"{name('pPr')}/{name('rPr')}")) == ["del", "b"]
    assert _tags(other.find(f"{name('pPr')}/{name('rPr')}")) == ["del"]
    assert len(one.findall(f"{name('pPr')}/{name('rPr')}")) == 1
