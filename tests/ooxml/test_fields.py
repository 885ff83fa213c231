from agreements.ooxml.fields import bookmarked, field, number_reference
from agreements.ooxml.schema import local, name
from agreements.ooxml.xml import run


def test_a_field_is_begin_instruction_separate_result_end():
    runs = field(number_reference("_p_7"), [run("2")])
    kinds = [r[0].get(name("fldCharType")) or local(r[0]) for r in runs]
    assert kinds == ["begin", "instrText", "separate", "t", "end"]
    assert runs[1][0].text == r" REF _p_7 \n \h "


def test_a_bookmark_has_one_id_at_both_ends():
    start, words, end = bookmarked(4, "_p_4", [run("x")])
    assert (local(start), local(words), local(end)) == ("bookmarkStart", "r", "bookmarkEnd")
    assert start.get(name("id")) == end.get(name("id")) == "4"
    assert start.get(name("name")) == "_p_4"
