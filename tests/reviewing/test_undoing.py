"""Untracked changes undone: whatever a partner did to tables, lists, headers and footers, rejecting it gives ours."""

import io
import re

import docx
import pytest

from agreements import word
from agreements.errors import AgreementsError
from agreements.library import answer, review
from agreements.ooxml.package import Package
from agreements.reviewing.words import summary
from agreements.word.flattened import flattened
from agreements.word.raw_package import RawPackage
from agreements.word.revising.proof import all_accepted
from tests.ooxml.building import cell, code, field, p, r, row, sdt, table, word_file
from tests.word import editing
from tests.word.test_redline import audited

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
    grid = file.add_table(rows=0, cols=2)
    for texts in ROWS:
        for made, text in zip(grid.add_row().cells, texts, strict=True):
            made.text = text
    for text in ("and of water", "at all times"):
        grid.cell(1, 1).add_paragraph(text)
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
    assert _read(_rejected(sent, theirs, tmp_path)) == _read(sent) != _read(theirs)


def _rejected(sent, theirs, folder):
    """The clean copy where everything of theirs is rejected."""
    (folder / "ours.docx").write_bytes(sent)
    (folder / "theirs.docx").write_bytes(theirs)
    (folder / "decisions.yaml").write_text("default: reject\n", encoding="utf-8")
    found = review(folder / "ours.docx", folder / "theirs.docx")
    assert found.untracked
    paths = folder / "decisions.yaml", folder / "reply.docx"
    answer(found, *paths, clean=folder / "clean.docx", author="U.S. delegation", date="2026-11-22")
    return (folder / "clean.docx").read_bytes()


def _read(file):
    styles = [paragraph.style.name for paragraph in docx.Document(io.BytesIO(file)).paragraphs]
    return editing.story(file), styles


# ---------------------------------------------------------------------- what stands among the words

LISTED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
CONTROLLED = sdt(p("The controlled words stand here."))
FIELD = field("begin") + code(" REF x ") + field("separate") + r("Article IV") + field("end")
LINK = f'<w:hyperlink r:id="rL">{r("the annex")}</w:hyperlink>'
NOTE = '<w:r><w:footnoteReference w:id="1"/></w:r>'
DRAWN = (
    "<w:drawing><wp:inline><a:graphic><a:graphicData><wps:wsp><wps:txbx><w:txbxContent>{}</w:txbxContent></wps:txbx>"
)
BOX = (
    f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{DRAWN.format(p("words in the box"))}</wps:wsp>'
    "</a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict/></mc:Fallback>"
    "</mc:AlternateContent></w:r>"
)
SYMBOL = '<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>'
BODY = "".join(
    (
        p("ARTICLE I"),
        p("The areas are listed below.", inner=NOTE),
        p("First duty of the host State.", LISTED),
        p("Second duty of both.", LISTED),
        CONTROLLED,
        p("See ", inner=FIELD + r(" of this text.")),
        p("ARTICLE II"),
        p("Boxed:", inner=BOX),
        p("A link to ", inner=LINK + r(" that binds.")),
        p("Formula ", inner="<m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath>" + r(" applies.")),
        p("Not ", inner=SYMBOL + r(" ten.")),
        p("The last line."),
    )
)
PARTS = {
    "footnotes": f'<w:footnote w:id="1">{p("The note says this.")}{p("And this.")}</w:footnote>',
    "numbering": '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
}
LINKS = {"rL": "https://example.org/a"}
AMONG = {
    "a content control": {CONTROLLED: ""},
    "what a field shows": {"Article IV": "Article V"},
    "what a field refers to": {" REF x ": " REF y "},
    "a field": {FIELD: r("Article IV")},
    "a text box": {BOX: ""},
    "a link": {LINK: r("the annex")},
    "a formula": {"a+b": "a-b"},
    "a symbol": {"F0B3": "F0A3"},
    "the words of a note": {"note says this": "note says that"},
    "a line of a note": {p("And this."): ""},
    "another line of a note": {p("And this."): p("And this.") + p("And more.")},
    "a note": {NOTE: ""},
    "a note at another place": {NOTE: "", r("The last line."): r("The last line.") + NOTE},
    "a paragraph with a note": {p("The areas are listed below.", inner=NOTE): ""},
    "a paragraph with a link": {p("A link to ", inner=LINK + r(" that binds.")): ""},
    "a paragraph that was split": {
        r("The areas are listed below."): r("The areas") + "</w:p><w:p>" + r("are listed below.")
    },
    "a list's first number": {LISTED: ""},
    "another content control": {p("The last line."): sdt(p("They add this.")) + p("The last line.")},
    "another paragraph in a content control": {
        CONTROLLED: sdt(p("The controlled words stand here.") + p("And these."))
    },
    "a moved paragraph": {
        p("The last line."): "",
        p("First duty of the host State.", LISTED): p("The last line.") + p("First duty of the host State.", LISTED),
    },
}


def _file(changes=(), links=LINKS):
    body, notes = BODY, PARTS["footnotes"]
    for old, new in dict(changes).items():
        assert old in body + notes
        body, notes = body.replace(old, new, 1), notes.replace(old, new, 1)
    return word_file(body, parts={**PARTS, "footnotes": notes}, links=links)


def _flat(file):
    """What independent code reads in a file: words with a sign for what stands among them, and numbers."""
    stories = flattened(RawPackage(file), all_accepted).stories
    return {
        story: [(each.held, each.number) for each in told] for story, told in stories.items() if story != "loose notes"
    }


def _faults(file):
    """What is wrong with a file wherever it stands: our small ones lack settings, fonts and more."""
    return {re.sub(r"[/\w:]+\[\d+\]|\[\d+\]", "", each) for each in audited(file)}


@pytest.mark.parametrize("change", AMONG)
def test_what_stands_among_the_words_comes_back_with_them(change, tmp_path):
    sent, theirs = _file(), _file(AMONG[change])
    assert _flat(_rejected(sent, theirs, tmp_path)) == _flat(sent) != _flat(theirs)
    for written in ("clean.docx", "reply.docx"):
        assert _faults((tmp_path / written).read_bytes()) <= _faults(sent)


def test_what_only_their_note_says_goes_with_it(tmp_path):
    theirs = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    added = f'<w:footnote w:id="2">{p("They note this.")}</w:footnote>'
    body = BODY.replace(r("The last line."), r("The last line.") + theirs)
    sent, theirs = _file(), word_file(body, parts={**PARTS, "footnotes": PARTS["footnotes"] + added}, links=LINKS)
    clean = _rejected(sent, theirs, tmp_path)
    assert _flat(clean) == _flat(sent) != _flat(theirs)
    assert b"They note this" not in Package.of("clean", clean).data("word/footnotes.xml")


def test_a_field_that_a_tracked_change_meets_is_not_put_back_over_it(tmp_path):
    sent = _file()
    quiet = _file({" REF x ": " REF y "})
    openly = _file({" REF x ": " REF y ", " of this text.": " of that text."})
    theirs = word.redline(quiet, openly, word.RedlineOptions(author="Ana Partner", date="2026-11-20")).content
    (tmp_path / "ours.docx").write_bytes(sent)
    (tmp_path / "theirs.docx").write_bytes(theirs)
    rules = "default: accept\nrules:\n  - kind: untracked\n    do: reject\n"
    (tmp_path / "decisions.yaml").write_text(rules, encoding="utf-8")
    found = review(tmp_path / "ours.docx", tmp_path / "theirs.docx")
    with pytest.raises(AgreementsError, match="cannot be undone"):
        answer(found, tmp_path / "decisions.yaml", tmp_path / "r.docx", author="U.S. delegation", date="2026-11-22")


def test_a_link_leads_again_to_where_ours_leads(tmp_path):
    sent, theirs = _file(), _file(links={"rL": "https://example.org/b"})
    assert _flat(_rejected(sent, theirs, tmp_path)) == _flat(sent) != _flat(theirs)


LOOKS = {
    "struck out": "<w:strike/>",
    "hidden": "<w:vanish/>",
    "white": '<w:color w:val="FFFFFF"/>',
    "tiny": '<w:sz w:val="2"/>',
    "struck out by a style": '<w:rStyle w:val="Gone"/>',
}


@pytest.mark.parametrize("look", LOOKS)
def test_words_that_nobody_reads_any_more_are_told_and_never_called_as_sent(look, tmp_path):
    style = '<w:style w:type="character" w:styleId="Gone"><w:name w:val="Gone"/><w:rPr><w:strike/></w:rPr></w:style>'
    files = [
        word_file(
            p("ARTICLE I") + p("It is agreed:") + p(inner=r("The host State pays.", own)), parts={"styles": style}
        )
        for own in ("", LOOKS[look])
    ]
    for name, file in zip(("ours", "theirs"), files, strict=True):
        (tmp_path / f"{name}.docx").write_bytes(file)
    found = review(tmp_path / "ours.docx", tmp_path / "theirs.docx")
    assert found.struck in (("I.p2",), ("I",))  # what is hidden has no place of its own
    assert "struck" in {finding.code for finding in found.findings}
    said = list(summary(found))
    assert said[0].startswith(
        "UNTRACKED: words are struck out, hidden, faint or tiny by their look alone in one place: I"
    )
    assert not any(each.startswith(("Nothing", "No word")) for each in said)
    assert not review(tmp_path / "theirs.docx", tmp_path / "theirs.docx").struck
    (tmp_path / "decisions.yaml").write_text("default: accept\n", encoding="utf-8")
    paths = tmp_path / "decisions.yaml", tmp_path / "reply.docx"
    reply = answer(found, *paths, clean=tmp_path / "clean.docx", author="U.S. delegation", date="2026-11-22")
    assert [each.fix for each in reply.findings if each.code == "struck"] == [
        "Look at them in reply.docx and clean.docx."
    ]


def test_a_row_that_was_hidden_is_told(tmp_path):
    hidden = "<w:trPr><w:hidden/></w:trPr>"
    for name, look in (("ours", ""), ("theirs", hidden)):
        rows = row(cell(p("Area")), cell(p("Use"))), row(look + cell(p("Camp")), cell(p("Fuel")))
        (tmp_path / f"{name}.docx").write_bytes(word_file(p("ARTICLE I") + table(*rows)))
    found = review(tmp_path / "ours.docx", tmp_path / "theirs.docx")
    assert len(found.struck) == 2
    assert next(summary(found)).startswith("UNTRACKED")
