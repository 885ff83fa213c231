"""One walk: through every wrapper at every level, by the branch that Word shows, nothing left out in silence."""

import pytest

from agreements.ooxml import walk
from agreements.ooxml.package import Package
from agreements.ooxml.schema import local, name
from tests.ooxml.building import cell, code, field, p, r, row, sdt, table, word_file

SHAPE = "<w:drawing><wps:txbx><w:txbxContent>{}</w:txbxContent></wps:txbx></w:drawing>"
OLD_SHAPE = "<w:pict><v:shape><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></v:shape></w:pict>"


def body_of(xml):
    return Package.of("a.docx", word_file(xml)).body()


def alternate(choice, fallback, requires="wps"):
    return (
        f'<mc:AlternateContent><mc:Choice Requires="{requires}">{choice}</mc:Choice>'
        f"<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent>"
    )


def custom(content):
    return f'<w:customXml w:element="x">{content}</w:customXml>'


@pytest.mark.parametrize(
    "xml",
    [
        sdt(p("words")),
        sdt(sdt(p("words"))),
        custom(p("words")),
        alternate(p("words"), p("old words")),
        table(sdt(row(cell(p("words"))))),
        table(custom(row(cell(p("words"))))),
        table(row(sdt(cell(p("words"))))),
        table(row(custom(cell(sdt(p("words")))))),
        table(row(cell(table(row(cell(p("words"))))))),
        p(inner=sdt(r("words"))),
        p(inner=custom(f"<w:smartTag>{r('words')}</w:smartTag>")),
        p(inner=f'<w:hyperlink w:anchor="x">{r("words")}</w:hyperlink>'),
        p(inner=f'<w:dir w:val="rtl"><w:bdo w:val="rtl">{r("words")}</w:bdo></w:dir>'),
        p(inner=f'<w:ins w:id="1"><w:moveTo w:id="2">{r("words")}</w:moveTo></w:ins>'),
        p(inner=alternate(r("words"), r("old words"))),
        p(inner=f"<w:r>{alternate('<w:t>words</w:t>', '<w:t>old</w:t>')}</w:r>"),
        p(inner=f"<w:r>{alternate('<w:t>new</w:t>', '<w:t>words</w:t>', requires='unheard')}</w:r>"),
        p(inner=f'<w:fldSimple w:instr=" TITLE ">{r("words")}</w:fldSimple>'),
        p(inner="<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>above</w:t></w:r></w:rt>"
          "<w:rubyBase><w:r><w:t>words</w:t></w:r></w:rubyBase></w:ruby></w:r>"),
        p(inner="<m:oMath><m:r><m:t>wo</m:t></m:r><m:r><m:t>rds</m:t></m:r></m:oMath>"),
        p(inner="<w:r><w:t>wo</w:t></w:r><w:r><w:softHyphen/><w:t>rds</w:t></w:r>"),
        p(inner=field("begin") + code(" TITLE ") + field("separate") + r("words") + field("end")),
    ],
)  # fmt: skip
def test_words_are_found_behind_every_wrapper(xml):
    body = body_of(xml)
    assert "".join(walk.said(paragraph) for paragraph in walk.paragraphs(body)) == "words"
    assert not list(walk.unknown(body))


def test_rows_and_cells_are_found_in_controls():
    body = body_of(table(row(cell(p("a"))), sdt(row(cell(p("b")), sdt(cell(p("c")))))))
    rows = walk.rows(body[0])
    assert [len(walk.cells(each)) for each in rows] == [1, 2]


@pytest.mark.parametrize(
    "shape",
    [SHAPE.format(p("beside")), OLD_SHAPE.format(p("beside")),
     alternate(SHAPE.format(p("beside")), OLD_SHAPE.format(p("old")))],
)  # fmt: skip
def test_boxes_of_both_forms_are_found_once(shape):
    body = body_of(p("text", inner=f"<w:r>{shape}</w:r>"))
    assert [walk.said(each) for box in walk.boxes(body) for each in walk.paragraphs(box)] == ["beside"]


def test_what_is_around_words_is_said_outermost_first():
    body = body_of(p(inner=sdt('<w:ins w:id="1"><w:del w:id="2"><w:r><w:delText>x</w:delText></w:r></w:del></w:ins>')))
    (found,) = walk.inlines(body[0])
    assert [local(each) for each in found.around] == ["sdt", "ins", "del"]
    assert walk.is_removed(found)
    assert walk.said(body[0], deleted=False) == ""


@pytest.mark.parametrize(
    ("xml", "tag"),
    [("<w:odd/>", "odd"), (p(inner="<w:odd/>"), "odd"), (p(inner="<w:r><w:odd/></w:r>"), "odd"),
     (table("<w:odd/>"), "odd"), (table(row("<w:odd/>")), "odd"), (table(row(cell("<w:odd/>"))), "odd"),
     (p(inner=f"<w:r>{SHAPE.format('<w:odd/>')}</w:r>"), "odd")],
)  # fmt: skip
def test_what_is_not_known_is_named(xml, tag):
    assert [local(each) for each in walk.unknown(body_of(xml))] == [tag]


def test_a_field_may_begin_in_one_paragraph_and_end_in_a_later_one():
    first = p("A", inner=field("begin") + code("IF") + r("not shown") + field("separate") + r("B"))
    body = body_of(first + p("C", inner=field("end") + r("D")))
    state = walk.FieldState()
    shown = [each.text for paragraph in body for each in walk.inlines(paragraph) if state.shows(each)]
    assert "".join(shown) == "ABCD"
    assert [len(walk.loose_field_marks(list(walk.inlines(each)))) for each in body] == [2, 1]


@pytest.mark.parametrize(
    ("font", "sign", "shown"),
    [("Symbol", "F0B3", "≥"), ("Symbol", "F0A3", "≤"), ("Symbol", "0061", "α"), ("Wingdings", "F0FE", "☑"),
     ("Unheard Of", "F041", "A"), ("Unheard Of", "F020", " "), ("Symbol", "zz", "\ufffd"),
     ("Symbol", "D800", "\ufffd")],
)  # fmt: skip
def test_a_symbol_shows_the_character_of_its_font(font, sign, shown):
    body = body_of(p(inner=f'<w:r><w:sym w:font="{font}" w:char="{sign}"/></w:r>'))
    assert walk.said(body[0]) == shown


def test_letters_of_a_formula_that_were_deleted_are_not_said():
    deleted = '<w:del w:id="1"><m:r><m:t>2</m:t></m:r></w:del>'
    body = body_of(p(inner=f"<m:oMath><m:r><m:t>r</m:t></m:r>{deleted}</m:oMath>"))
    assert walk.formula_text(body.find(f".//{walk.MATH}oMath")) == "r"
    assert body[0].tag == name("p")
