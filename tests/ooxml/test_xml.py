from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from agreements.ooxml.schema import local, name
from agreements.ooxml.xml import properties, run


def _text(element):
    shown = {"t": lambda e: e.text or "", "tab": lambda e: "\t", "br": lambda e: "\n"}
    return "".join(shown[local(e)](e) for e in element.iter() if local(e) in shown)


@given(st.text(st.characters(codec="utf-8", exclude_characters="\ufffe\uffff", exclude_categories=("Cs", "Cc"))))
def test_text_comes_out_as_it_went_in(text):
    made = etree.fromstring(etree.tostring(run(text)))
    assert _text(made) == text


def test_markup_stays_text():
    made = run('<w:br/>&amp; "x" <![CDATA[')
    assert _text(etree.fromstring(etree.tostring(made))) == '<w:br/>&amp; "x" <![CDATA['


def test_edge_blanks_are_kept_and_tabs_and_breaks_are_elements():
    made = run(" a\tb\nc ", breaks=True)
    assert [local(e) for e in made] == ["t", "tab", "t", "br", "t"]
    assert made[0].get("{http://www.w3.org/XML/1998/namespace}space") == "preserve"


def test_characters_that_no_xml_can_hold_are_shown_as_replaced():
    assert _text(run("a\x00b\ufffec")) == "a\ufffdb\ufffdc"


def test_property_values():
    made = properties("rPr", {"b": True, "i": False, "sz": 24, "lang": {"val": "fr", "bidi": "ar"}})
    assert {local(e): dict(e.attrib) for e in made} == {
        "b": {},
        "i": {name("val"): "0"},
        "sz": {name("val"): "24"},
        "lang": {name("val"): "fr", name("bidi"): "ar"},
    }
