"""Word files: words as a reader of the final text sees them."""

import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest

from agreements.errors import UnreadableError
from agreements.ooxml import package
from agreements.reading.source import SourceFile
from agreements.reading.word import read

Word = Callable[..., SourceFile]
NUMBERING = (
    '<w:numbering><w:abstractNum w:abstractNumId="0">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="Article %1"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>'
    '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)
STYLES = (
    "<w:styles>"
    '<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:basedOn w:val="N"/><w:pPr>'
    '<w:numPr><w:numId w:val="1"/></w:numPr><w:jc w:val="center"/><w:outlineLvl w:val="0"/></w:pPr>'
    "<w:rPr><w:b/></w:rPr></w:style>"
    '<w:style w:type="paragraph" w:styleId="T1"><w:name w:val="toc 1"/></w:style></w:styles>'
)


def p(text: str, properties: str = "", run: str = "") -> str:
    return (
        f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
    )


def level(number: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{number}"/><w:numId w:val="1"/></w:numPr>'


def test_automatic_numbers_heads_and_looks(word: Word) -> None:
    body = p("Scope", '<w:pStyle w:val="H1"/>') + p("first", level(1)) + p("second", level(1), "<w:b/>")
    body += p("Terms", '<w:pStyle w:val="H1"/>') + p("again", level(1))
    blocks = read(word(body, styles=STYLES, numbering=NUMBERING)).blocks
    assert [(b.kind, b.number, b.text) for b in blocks] == [
        ("heading", "Article I", "Scope"),
        ("list", "1.", "first"),
        ("list", "2.", "second"),
        ("heading", "Article II", "Terms"),
        ("list", "1.", "again"),
    ]
    assert (blocks[0].centred, blocks[0].bold, blocks[0].style) == (True, True, "heading 1")
    assert (blocks[1].bold, blocks[2].bold, blocks[1].level) == (False, True, 1)


def test_line_breaks_tabs_hyphens_and_symbols(word: Word) -> None:
    body = (
        "<w:p><w:r><w:t>1.</w:t><w:tab/><w:t>cross</w:t><w:noBreakHyphen/><w:t>border</w:t><w:br/><w:t>cases</w:t>"
        '<w:softHyphen/><w:sym w:font="Symbol" w:char="F0A3"/></w:r></w:p>'
    )
    assert read(word(body)).blocks[0].text == "1. cross-border cases≤"


def test_fields_show_their_results_and_not_their_codes(word: Word) -> None:
    def char(sort: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{sort}"/></w:r>'

    code, result = "<w:r><w:instrText>REF a</w:instrText></w:r>", "<w:r><w:t>VII</w:t></w:r>"
    inner = char("begin") + code + char("separate") + result + char("end")
    simple = '<w:fldSimple w:instr="REF b"><w:r><w:t>VIII</w:t></w:r></w:fldSimple>'
    body = f'<w:p><w:r><w:t xml:space="preserve">Article </w:t></w:r>{inner}<w:r><w:t> and </w:t></w:r>{simple}</w:p>'
    assert (
        read(word(body.replace("<w:t> and", '<w:t xml:space="preserve"> and'))).blocks[0].text == "Article VII and VIII"
    )


def test_tracked_changes_are_read_as_final_and_said_with_author_and_day(word: Word) -> None:
    who = 'w:author="A. Smith" w:date="2024-03-01T10:00:00Z"'
    body = (
        f"<w:p><w:r><w:t>The Parties </w:t></w:r><w:del {who}><w:r><w:delText>may</w:delText></w:r></w:del>"
        f"<w:ins {who}><w:r><w:t>shall</w:t></w:r></w:ins><w:r><w:t> agree.</w:t></w:r></w:p>"
    ).replace("<w:t>", '<w:t xml:space="preserve">')
    reading = read(word(body))
    assert reading.blocks[0].text == "The Parties shall agree."
    found = {f.code: f for f in reading.findings}
    assert set(found) == {"tracked-deleted", "tracked-inserted"}
    assert all("A. Smith 2024-03-01" in f.message and f.severity == "warning" for f in found.values())
    assert "may" in found["tracked-deleted"].message


def test_a_deleted_paragraph_end_joins_the_next_paragraph(word: Word) -> None:
    mark = '<w:rPr><w:del w:author="A"/></w:rPr>'
    body = p("The Parties ", mark) + p("agree.") + p("last", mark)
    assert [b.text for b in read(word(body)).blocks] == ["The Parties agree.", "last"]


def test_hidden_text_is_left_out_with_a_warning(word: Word) -> None:
    reading = read(word(p("shown") + p("secret position", run="<w:vanish/>")))
    assert [b.text for b in reading.blocks] == ["shown"]
    assert [(f.code, f.severity) for f in reading.findings] == [("hidden-text", "warning")]
    assert "secret position" in reading.findings[0].message


def test_notes_stand_apart_and_heads_and_feet_are_edges(word: Word) -> None:
    body = '<w:p><w:r><w:t>Text</w:t><w:footnoteReference w:id="5"/></w:r></w:p>'
    stored = (f'<w:footnote w:id="{number}">{p(text)}</w:footnote>' for number, text in ((0, "rule"), (5, "a note")))
    notes = f"<w:footnotes>{''.join(stored)}</w:footnotes>"
    reading = read(word(body, footnotes=notes, header=f"<w:hdr>{p('UNCLASSIFIED')}</w:hdr>"))
    assert [(b.kind, b.number, b.text) for b in reading.blocks] == [
        ("paragraph", None, "Text"),
        ("footnote", "1", "a note"),
    ]
    assert reading.page_edges[0] == "UNCLASSIFIED"


def test_tables_text_boxes_and_content_controls(word: Word) -> None:
    def cell(text: str) -> str:
        return f"<w:tc>{p(text)}</w:tc>"

    data = f"<w:tbl><w:tr>{cell('Us')}{cell('Them')}</w:tr><w:tr>{cell('SECRET')}{cell('HEMLIG')}</w:tr></w:tbl>"
    signed = f"<w:tbl><w:tr>{cell('For A:')}{cell('For B:')}</w:tr></w:tbl>"
    box = f"<w:p><w:r><w:t>before</w:t><w:pict><w:txbxContent>{p('boxed')}</w:txbxContent></w:pict></w:r></w:p>"
    control = f"<w:sdt><w:sdtContent>{p('filled')}</w:sdtContent></w:sdt>"
    assert [(b.kind, b.text) for b in read(word(data + signed + box + control)).blocks] == [
        ("table", "Us | Them"),
        ("table", "SECRET | HEMLIG"),
        ("paragraph", "For A:"),
        ("paragraph", "For B:"),
        ("paragraph", "before"),
        ("paragraph", "boxed"),
        ("paragraph", "filled"),
    ]


def test_contents_pages_are_left_out_and_said(word: Word) -> None:
    reading = read(word(p("Article I Scope 3", '<w:pStyle w:val="T1"/>') + p("Words."), styles=STYLES))
    assert [b.text for b in reading.blocks] == ["Words."]
    assert "Article I Scope 3" in reading.findings[0].message


def test_a_document_type_is_refused(word: Word) -> None:
    source = word(p("x"))
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(source.data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            evil = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' if name == "word/document.xml" else b""
            new.writestr(name, evil + data)
    with pytest.raises(UnreadableError, match="declares a document type"):
        read(SourceFile.of("a.docx", out.getvalue()))


@pytest.mark.parametrize(
    ("limit", "value", "message"),
    [
        ("UNPACKED_LIMIT", 100, "unpacks to"),
        ("ENTRY_LIMIT", 1, "the limit is 1"),
        ("RATIO_LIMIT", 1, "times its size"),
        ("PART_LIMIT", 10, "the limit is"),
    ],
)
def test_archive_bombs_are_refused_by_a_named_limit(
    word: Word, monkeypatch: pytest.MonkeyPatch, limit: str, value: int, message: str
) -> None:
    monkeypatch.setattr(package, "RATIO_MATTERS", 10)
    monkeypatch.setattr(package, limit, value)
    with pytest.raises(UnreadableError, match=message):
        read(word(p("words " * 200)))


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.9, 0.99])
def test_a_file_cut_off_anywhere_is_one_error(word: Word, kept: float) -> None:
    data = word(p("words " * 200)).data
    with pytest.raises(UnreadableError, match="damaged or was cut off"):
        read(SourceFile.of("a.docx", data[: int(len(data) * kept)]))


def test_a_footnote_stands_after_the_paragraph_that_refers_to_it(word: Word) -> None:
    body = '<w:p><w:r><w:t>First</w:t><w:footnoteReference w:id="5"/></w:r></w:p>' + p("Second")
    notes = f'<w:footnotes><w:footnote w:id="5">{p("a note")}</w:footnote></w:footnotes>'
    assert [b.text for b in read(word(body, footnotes=notes)).blocks] == ["First", "a note", "Second"]


def test_the_choice_of_an_alternative_is_read_at_every_level(word: Word) -> None:
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ends = "</mc:Choice><mc:Fallback><w:p><w:r><w:t>old</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent>"
    body = p("First") + f"<mc:AlternateContent {mc}><mc:Choice>{p('a duty of the Host State')}{ends}" + p("Last")
    assert [b.text for b in read(word(body)).blocks] == ["First", "a duty of the Host State", "Last"]


def test_rows_and_cells_in_controls_are_read_in_order(word: Word) -> None:
    def control(inside: str) -> str:
        return f"<w:sdt><w:sdtContent>{inside}</w:sdtContent></w:sdt>"

    def cell(text: str) -> str:
        return f"<w:tc>{p(text)}</w:tc>"

    second = control("<w:tr>" + cell("Pier") + control(cell("ten")) + "</w:tr>")
    rows = f"<w:tr>{cell('Item')}{cell('Fee')}</w:tr>{second}"
    assert [b.text for b in read(word(f"<w:tbl>{rows}</w:tbl>")).blocks] == ["Item | Fee", "Pier | ten"]


def test_what_is_not_known_is_a_finding(word: Word) -> None:
    reading = read(word(p("Words.") + "<w:odd><w:t>lost</w:t></w:odd>"))
    assert [(f.code, f.severity) for f in reading.findings] == [("unknown-element", "warning")]
    assert "odd" in reading.findings[0].message


def test_a_row_that_was_taken_out_is_a_deletion(word: Word) -> None:
    gone = '<w:trPr><w:del w:id="1" w:author="A" w:date="2026-01-02T00:00:00Z"/></w:trPr>'
    rows = f"<w:tr><w:tc>{p('Stays')}</w:tc></w:tr><w:tr>{gone}<w:tc>{p('Goes')}</w:tc></w:tr>"
    reading = read(word(f"<w:tbl>{rows}</w:tbl>"))
    assert [b.text for b in reading.blocks] == ["Stays"]
    assert "words deleted, left out: Goes" in reading.findings[0].message


def test_a_watermark_stands_among_the_edges(word: Word) -> None:
    shape = '<w:pict><v:textpath xmlns:v="urn:schemas-microsoft-com:vml" string="DRAFT"/></w:pict>'
    header = f"<w:hdr><w:p><w:r>{shape}</w:r></w:p></w:hdr>"
    assert "DRAFT" in read(word(p("Words."), header=header)).page_edges


def test_a_tracked_change_says_what_became_of_its_words(word: Word) -> None:
    by = 'w:author="Ana Partner" w:date="2026-11-22T00:00:00Z"'
    body = (
        '<w:p><w:r><w:t xml:space="preserve">within </w:t></w:r>'
        f'<w:del w:id="1" {by}><w:r><w:delText>ten</w:delText></w:r></w:del>'
        f'<w:ins w:id="2" {by}><w:r><w:t>five</w:t></w:r></w:ins>'
        '<w:r><w:t xml:space="preserve"> days</w:t></w:r></w:p>'
    )
    found = read(word(body))
    assert [block.text for block in found.blocks] == ["within five days"]
    assert {f.code: f.message for f in found.findings if f.code.startswith("tracked")} == {
        "tracked-deleted": "Tracked change by Ana Partner 2026-11-22: words deleted, left out: ten",
        "tracked-inserted": "Tracked change by Ana Partner 2026-11-22: words inserted, read as part of the text: five",
    }


def test_a_second_body_is_said(word: Word) -> None:
    reading = read(word(p("First.") + "</w:body><w:body>" + p("Second.")))
    assert [b.text for b in reading.blocks] == ["First."]
    assert [f.code for f in reading.findings] == ["unknown-element"]
