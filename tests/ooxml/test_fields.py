from lxml import etree

from agreements.ooxml.fields import bookmarked, field, number_reference, page_results
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


WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def _field(code: str, *shown: str) -> str:
    runs = "".join(f"<w:r><w:t>{words}</w:t></w:r>" for words in shown)
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{code}</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{runs}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def test_only_what_a_field_of_page_numbers_shows_is_its_result() -> None:
    body = (
        f"<w:p><w:r><w:t>Page </w:t></w:r>{_field(' PAGE ', '4')}{_field('NUMPAGES', '1', '2')}</w:p>"
        f"<w:p>{_field(' REF art ', 'Article V')}</w:p>"
        '<w:p><w:fldSimple w:instr=" PAGE \\* MERGEFORMAT "><w:r><w:t>7</w:t></w:r></w:fldSimple>'
        '<w:fldSimple w:instr=" DATE "><w:r><w:t>8</w:t></w:r></w:fldSimple></w:p>'
    )
    root = etree.fromstring(f'<w:body xmlns:w="{WORD}">{body}</w:body>')
    assert sorted(found.text or "" for found in page_results(root)) == ["1", "2", "4", "7"]
