"""What a reader sees of a Word file that is no word of its text: boxes of forms, hidden rows, lines above notes."""

import pytest

from agreements.commands import main
from agreements.ooxml.fields import form_shown
from agreements.ooxml.package import Package
from agreements.ooxml.schema import name
from agreements.ooxml.xml import make
from agreements.word.flattened import flattened
from agreements.word.raw_package import RawPackage
from agreements.word.revising.changes import read_changes
from agreements.word.revising.proof import all_accepted, second_reading
from tests.ooxml.building import NAMES, cell, code, field, p, r, row, table, word_file

HEAD = p("Agreement between Arland and Borduria on the Harbour of Lorn") + p("Article I")
BY = 'w:author="P" w:date="2031-05-04T09:00:00Z"'
W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'


def begin(held):
    return f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{held}</w:ffData></w:fldChar></w:r>'


def box(state):
    return p(
        "The port is open: ", inner=begin(f"<w:checkBox>{state}</w:checkBox>") + code("FORMCHECKBOX") + field("end")
    )


def choice(state):
    entries = '<w:listEntry w:val="keeps"/><w:listEntry w:val="waives"/>'
    shown = begin(f"<w:ddList>{state}{entries}</w:ddList>") + code("FORMDROPDOWN") + field("end")
    return p("Each Party ", inner=shown + r(" its claims."))


def note(*held):
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    notes = "".join(held) + f'<w:footnote w:id="2">{p("Of ships.")}</w:footnote>'
    return word_file(HEAD + p("Ships enter.", inner=reference), parts={"footnotes": notes})


def lined(words):
    return note(f'<w:footnote w:type="separator" w:id="0">{p(words)}</w:footnote>')


def in_run(words):
    inside = f'<mc:Choice Requires="wps"><w:t>{words}</w:t></mc:Choice><mc:Fallback><w:t>old</w:t></mc:Fallback>'
    return p(inner=f"<w:r><w:t>Pay </w:t><mc:AlternateContent>{inside}</mc:AlternateContent></w:r>")


def hidden(look):
    return table(row(cell(p("Pier"))), f"<w:tr>{look}{cell(p('Quay'))}</w:tr>")


def numbered_notes(form):
    return f'<w:sectPr><w:footnotePr><w:numFmt w:val="{form}"/></w:footnotePr></w:sectPr>'


def listed(form, look=""):
    level = f'<w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="%1."/>{look}'
    lists = f'<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0">{level}</w:lvl></w:abstractNum>'
    lists += '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    body = HEAD + p("Ships enter.", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
    return word_file(body, parts={"numbering": lists})


SEEN = {
    "a box that is ticked": (word_file(HEAD + box("")), word_file(HEAD + box("<w:checked/>"))),
    "a box that begins ticked": (word_file(HEAD + box("")), word_file(HEAD + box('<w:default w:val="1"/>'))),
    "the entry of a list": (word_file(HEAD + choice("")), word_file(HEAD + choice('<w:result w:val="1"/>'))),
    "words of an alternative in a run": (word_file(HEAD + in_run("three")), word_file(HEAD + in_run("seven"))),
    "words in the line before notes": (lined(""), lined("Agreed in principle only.")),
    "a row that is hidden": (word_file(HEAD + hidden("")), word_file(HEAD + hidden("<w:trPr><w:hidden/></w:trPr>"))),
    "how notes are numbered": tuple(word_file(HEAD + numbered_notes(form)) for form in ("decimal", "lowerRoman")),
    "letters without a colour": tuple(
        word_file(HEAD + f"<w:p>{r('It pays.', look)}</w:p>")
        for look in ("", f"<w14:textFill {W14}><w14:noFill/></w14:textFill>")
    ),
    "Russian letters of a list": (listed("decimal"), listed("russianLower")),
    "a form of numbers that is not known": (listed("decimal"), listed("bahtText")),
    "numbers that a list hides": (listed("decimal"), listed("decimal", "<w:rPr><w:vanish/></w:rPr>")),
}


@pytest.mark.parametrize("kind", SEEN)
def test_what_a_reader_sees_otherwise_is_told_by_both_commands(kind, capsys, tmp_path):
    ours, theirs = tmp_path / "ours.docx", tmp_path / "theirs.docx"
    ours.write_bytes(SEEN[kind][0])
    theirs.write_bytes(SEEN[kind][1])
    for arguments in (["review", ours, theirs, "--no-precedents"], ["compare", ours, theirs]):
        with pytest.raises(SystemExit):
            main([*map(str, arguments)])
        said = " ".join(capsys.readouterr().out.split())
        assert "Nothing in" not in said
        assert "No word in" not in said
        assert "finds no difference either" not in said


@pytest.mark.parametrize("kind", SEEN)
def test_the_same_file_is_no_change(kind):
    for file in SEEN[kind]:
        assert second_reading(file, file) == []


@pytest.mark.parametrize(
    ("held", "shown"),
    [
        ("<w:checkBox/>", "☐"),
        ('<w:checkBox><w:default w:val="1"/><w:checked w:val="0"/></w:checkBox>', "☐"),
        ("<w:checkBox><w:checked/></w:checkBox>", "☒"),
        ('<w:ddList><w:default w:val="1"/><w:listEntry w:val="a"/><w:listEntry w:val="b"/></w:ddList>', "b"),
        ('<w:ddList><w:result w:val="9"/><w:listEntry w:val="a"/></w:ddList>', ""),
        ("<w:textInput/>", ""),
    ],
)
def test_both_readings_say_what_a_form_shows(held, shown):
    file = word_file(p(inner=begin(held) + field("end")))
    mark = next(Package.of("form.docx", file).body().iter(name("fldChar")))
    assert form_shown(mark) == shown
    told = flattened(RawPackage(file), all_accepted).stories["body"]
    assert "".join(each.words for each in told) == shown
    assert form_shown(make("fldChar")) == ""


def test_words_of_a_field_in_the_code_of_another_are_no_words():
    inner = field("begin") + code(" PAGE ") + field("separate") + r("1") + field("end")
    outer = field("begin") + code(" IF 1 = ") + inner + field("separate") + r("within three days") + field("end")
    told = flattened(RawPackage(word_file(p("See ", inner=outer))), all_accepted).stories["body"]
    assert [each.words for each in told] == ["See within three days"]


def test_a_hidden_row_that_a_tracked_change_makes_is_settled():
    change = f'<w:trPr><w:hidden/><w:trPrChange w:id="5" {BY}><w:trPr/></w:trPrChange></w:trPr>'
    file = RawPackage(word_file(hidden(change)))
    assert flattened(file, all_accepted).rows == ["1", "unseen 1"]
    assert flattened(file, lambda _: False).rows == ["1", "1"]


def test_references_to_notes_that_are_not_there_are_alike(tmp_path, capsys):
    file = tmp_path / "a.docx"
    file.write_bytes(word_file(HEAD + p("Ships enter.", inner='<w:r><w:footnoteReference w:id="99"/></w:r>')))
    with pytest.raises(SystemExit):
        main(["review", str(file), str(file), "--no-precedents"])
    assert "Nothing in a.docx was changed without tracking" in capsys.readouterr().out


def test_changes_inside_a_formula_are_told_with_their_letters():
    m = NAMES["m"]
    inside = "".join(
        f'<w:{tag} w:id="{n}" {BY}><m:r xmlns:m="{m}"><m:t>{letter}</m:t></m:r></w:{tag}>'
        for n, (tag, letter) in enumerate((("ins", "x7"), ("del", "y3")), 5)
    )
    marked = read_changes(word_file(p("Pay ", inner=f"<m:oMath>{inside}</m:oMath>")))
    assert [(each.kind, each.text) for each in marked.changes] == [("inserted", "x7"), ("deleted", "y3")]
    assert marked.paragraphs == ("Pay x7",)
    assert marked.originals == ("Pay y3",)


def test_changes_beside_the_text_are_counted(tmp_path, capsys):
    styles = f'<w:style w:styleId="Q"><w:rPr><w:b/><w:rPrChange w:id="4" {BY}><w:rPr/></w:rPrChange></w:rPr></w:style>'
    file = tmp_path / "a.docx"
    file.write_bytes(word_file(HEAD, parts={"styles": styles}))
    with pytest.raises(SystemExit):
        main(["changes", str(file)])
    assert "1 more in the definitions of styles and lists or in comments" in capsys.readouterr().out
