"""What is no plain word, and words behind every container: seen, tracked where Word can, else named, by every door."""

import pytest

from agreements import word
from agreements.commands import main
from agreements.ooxml import walk
from agreements.ooxml.package import Package
from agreements.ooxml.schema import name
from agreements.word.revising.changes import read_changes
from agreements.word.revising.differences import file_differences
from tests.ooxml.building import OFFICE, cell, code, field, p, picture, r, row, sdt, table, word_file

US = word.RedlineOptions(author="US", date="2026-11-22")
SCOPE = p("The Host State provides the areas listed here to the visiting force free of rent.")
LAST = p("This Agreement enters into force on the date of the last signature.")
OLD = "<w:pict><v:shape><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></v:shape></w:pict>"
NEW = "<w:drawing><wps:txbx><w:txbxContent>{}</w:txbxContent></wps:txbx></w:drawing>"
LIST = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>'
    '<w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)
NUMBERED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'


def both(one, other, **parts):
    """Two files that say SCOPE, then `one` or `other`, then LAST."""
    return [word_file(SCOPE + inner + LAST, **parts) for inner in (one, other)]


def symbol(sign, font="Symbol"):
    return p("Notice of ", inner=f'<w:r><w:sym w:font="{font}" w:char="{sign}"/></w:r>{r(" thirty days is given.")}')


def formula(inner):
    return p("The share is ", inner=f"<m:oMath>{inner}</m:oMath>{r(' of the cost.')}")


def letter(text):
    return f"<m:r><m:t>{text}</m:t></m:r>"


def fraction(above, below):
    return f"<m:f><m:num>{letter(above)}</m:num><m:den>{letter(below)}</m:den></m:f>"


def alternate(choice, fallback):
    return (
        f'<mc:AlternateContent><mc:Choice Requires="wps">{choice}</mc:Choice>'
        f"<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent>"
    )


def spanning(first, second):
    begin = field("begin") + code(' QUOTE "x" ') + field("separate")
    return p("Each Party ", inner=begin + r(first)) + p(second, inner=r(" claims of the other.") + field("end"))


def linked(label, text="the map"):
    return p("See ", inner=f'<w:hyperlink r:id="{label}">{r(text)}</w:hyperlink>')


def noted(text):
    return p(text, inner='<w:r><w:footnoteReference w:id="2"/></w:r>')


TRACKED = {
    "row in a control": (
        table(sdt(row(cell(p("Pier")), cell(p("ten"))))), table(sdt(row(cell(p("Pier")), cell(p("two"))))),
    ),
    "cell in a control": (
        table(row(sdt(cell(p("North"))), cell(p("x")))), table(row(sdt(cell(p("South"))), cell(p("x")))),
    ),
    "run in a control": (p("The fee is ", inner=sdt(r("ten"))), p("The fee is ", inner=sdt(r("two")))),
    "block in a control": (sdt(p("The fee is ten.")), sdt(p("The fee is two."))),
    "block in an alternative": (
        alternate(p("A duty of care."), p("Old.")), alternate(p("A duty of skill."), p("Old.")),
    ),
    "field over two paragraphs": (spanning("waives", "all"), spanning("keeps", "no")),
    "symbol": (symbol("F0B3"), symbol("F0A3")),
    "symbol of another font": (symbol("F0A8", "Wingdings"), symbol("F0FE", "Wingdings")),
    "letters of a formula": (formula(letter("a+b")), formula(letter("a-b"))),
    "structure of a formula": (formula(fraction("a", "b")), formula(letter("a") + letter("b"))),
    "box": (
        p("x", inner=f"<w:r>{NEW.format(p('beside it'))}</w:r>"), p("x", inner=f"<w:r>{NEW.format(p('below'))}</w:r>"),
    ),
    "box of the old form": (
        p("x", inner=f"<w:r>{OLD.format(p('beside it'))}</w:r>"), p("x", inner=f"<w:r>{OLD.format(p('below'))}</w:r>"),
    ),
    "picture": (p("The map: ", inner=picture("rone")), p("The map: ", inner=picture("rtwo"))),
    "picture alone": (p(inner=picture("rone")), p(inner=picture("rtwo"))),
    "picture that came": (p("The map:"), p("The map:") + p(inner=picture("rtwo"))),
    "address of a link": (linked("l1"), linked("l2")),
    "link that came": (p("See the map"), linked("l2")),
    "instruction of a field": (
        p("On ", inner=field("begin") + code(" DATE ") + field("separate") + r("1 May") + field("end")),
        p("On ", inner=field("begin") + code(" SAVEDATE ") + field("separate") + r("1 May") + field("end")),
    ),
}  # fmt: skip
PARTS = {
    "media": {"one.png": b"first picture", "two.png": b"second picture"},
    "links": {"l1": "https://one.example", "l2": "https://two.example"},
}


def differ(a, b):
    found = file_differences(a, b, names=("a", "b"))
    return found.differences + found.numbers


@pytest.mark.parametrize("kind", TRACKED)
def test_a_change_is_seen_and_tracked(kind):
    ours, theirs = both(*TRACKED[kind], **PARTS)
    assert differ(ours, theirs)
    assert not differ(ours, ours)
    made = word.redline(ours, theirs, US)
    assert not [f.code for f in made.findings]
    accepted, rejected = word.accept(made.content), word.reject(made.content)
    assert not differ(accepted, theirs)
    assert not differ(rejected, ours)


@pytest.mark.parametrize("kind", TRACKED)
def test_a_change_of_a_strict_file_is_seen_and_tracked(kind):
    ours, theirs = both(*TRACKED[kind], **PARTS, strict=True)
    made = word.redline(ours, theirs, US)
    assert not differ(word.accept(made.content), theirs)
    assert not differ(word.reject(made.content), ours)


def test_pictures_that_both_files_hold_survive():
    ours, theirs = both(p("The old map: ", inner=picture("rone")), p("The new map: ", inner=picture("rone")), **PARTS)
    made = Package.of("r", word.redline(ours, theirs, US).content)
    labels = [e.get(f"{{{OFFICE}}}embed") for e in made.body().iter() if str(e.tag).endswith("}blip")]
    assert labels == ["rone"]
    assert made.data(made.target("rone")) == b"first picture"


def test_another_picture_brings_its_bytes():
    ours, theirs = both(*TRACKED["picture"], **PARTS)
    accepted = Package.of("r", word.accept(word.redline(ours, theirs, US).content))
    (blip,) = [e for e in accepted.body().iter() if str(e.tag).endswith("}blip")]
    assert accepted.data(accepted.target(blip.get(f"{{{OFFICE}}}embed"))) == b"second picture"


def test_a_picture_that_is_not_there_is_named():
    ours, theirs = both(p("The map: "), p("The map: ", inner=picture("nowhere")))
    made = word.redline(ours, theirs, US)
    assert "not-carried" in [f.code for f in made.findings]
    assert made.proof.outcome == "named"


def test_both_forms_of_a_box_say_the_new_words():
    def box(text):
        return p("x", inner=f"<w:r>{alternate(NEW.format(p(text)), OLD.format(p(text)))}</w:r>")

    ours, theirs = both(box("beside it"), box("below"))
    made = word.redline(ours, theirs, US).content
    for file, words in ((word.accept(made), "below"), (word.reject(made), "beside it")):
        found = [walk.said(each) for box in Package.of("r", file).body().iter(walk.BOX) for each in box]
        assert found == [words, words]


def test_numbers_that_a_list_shows_otherwise_are_told():
    items = p("Duty to consult.", NUMBERED) + p("Duty to inform.", NUMBERED)
    ours, theirs = (
        word_file(items, parts={"numbering": LIST.format(start=start, form=form)})
        for start, form in ((1, "decimal"), (5, "upperRoman"))
    )
    (found,) = file_differences(ours, theirs, names=("a", "b")).differences
    assert found.what == "number"
    assert [(x.kind, x.text.strip()) for x in found.pieces] == [
        ("deleted", "1."), ("inserted", "V."), ("equal", "Duty to consult."),
    ]  # fmt: skip
    (told,) = word.redline(ours, theirs, US).findings
    assert told.code == "numbers"
    assert "“1. Duty to consult.” here is “V. Duty to consult.”" in told.message
    assert "“2. Duty to inform.” here is “VI. Duty to inform.”" in told.message


def test_numbers_that_follow_from_a_new_paragraph_are_no_difference():
    numbering = {"numbering": LIST.format(start=1, form="decimal")}
    first, last = p("Duty to consult.", NUMBERED), p("Duty to inform.", NUMBERED)
    ours = word_file(first + last, parts=numbering)
    theirs = word_file(first + p("Duty to pay all of it in time.", NUMBERED) + last, parts=numbering)
    assert [d.how for d in differ(ours, theirs)] == ["added"]
    assert not word.redline(ours, theirs, US).findings


def test_a_number_that_is_typed_now_is_no_other_number():
    numbering = {"numbering": LIST.format(start=1, form="decimal")}
    ours, theirs = (word_file(x, parts=numbering) for x in (p("Duty to pay.", NUMBERED), p("1. Duty to pay.")))
    assert [d.what for d in differ(ours, theirs)] == ["typed-number"]


def test_a_reference_that_leads_elsewhere_is_seen_though_it_shows_the_same():
    def marked(label, text):
        return p(text, inner=f'<w:bookmarkStart w:id="1" w:name="{label}"/><w:bookmarkEnd w:id="1"/>')

    def file(label):
        shown = field("begin") + code(f" REF {label} ") + field("separate") + r("paragraph 1") + field("end")
        places = marked("_Ref1", "Claims are waived by both.") + marked("_Ref2", "Costs are paid in May.")
        return word_file(SCOPE + places + p("Subject to ", inner=shown + r(" it applies.")))

    assert [(d.how, d.what) for d in differ(file("_Ref1"), file("_Ref2"))] == [("changed", "object")]
    assert not differ(file("_Ref1"), file("_Ref1"))


def test_cells_that_are_joined_otherwise_are_told():
    def joined(span):
        own = f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/></w:tcPr>{p("Pier")}</w:tc>'
        return table(f"<w:tr>{own}{cell(p('ten'))}</w:tr>")

    ours, theirs = both(joined(1), joined(2))
    assert [d.what for d in differ(ours, theirs)] == ["cells"]
    assert [f.code for f in word.redline(ours, theirs, US).findings] == ["cells-joined"]


def test_what_is_not_known_is_named():
    ours, theirs = both(p("x"), p("x") + "<w:odd><w:t>lost</w:t></w:odd>")
    assert file_differences(ours, theirs, names=("a", "b")).unknown == ("odd",)
    made = word.redline(ours, theirs, US)
    (told,) = (finding for finding in made.findings if finding.code == "not-compared")
    assert "odd" in told.message
    assert made.proof.outcome == "unexplained"  # its words are in no tracked change


# ---------------------------------------------------------------------- notes and comments


def notes(text):
    return {"footnotes": f'<w:footnote w:id="2">{p(text)}{table(row(cell(p("in a table"))))}</w:footnote>'}


def test_a_note_with_a_table_comes_whole():
    ours, theirs = (
        word_file(SCOPE + LAST),
        word_file(SCOPE + noted("Costs are shared.") + LAST, parts=notes("By half.")),
    )
    made = word.redline(ours, theirs, US).content
    assert not differ(word.accept(made), theirs)
    assert not differ(word.reject(made), ours)


@pytest.mark.parametrize("nothing", ["<w:r><w:t></w:t></w:r>", '<w:r><w:t xml:space="preserve"> </w:t></w:r>'])
def test_cells_of_empty_runs_in_the_table_of_a_note_are_no_words(nothing):
    rows = [row(cell(p(said)), cell(p(inner=nothing))) for said in ("Fuel", "Water")]
    noted = p("The rates", inner='<w:r><w:footnoteReference w:id="1"/></w:r>')
    files = [
        word_file(noted, parts={"footnotes": f'<w:footnote w:id="1">{table(*held)}{p("of 2027")}</w:footnote>'})
        for held in (rows[:1], rows)
    ]
    made = word.redline(*files, US)
    assert made.proof.outcome == "proven"
    assert [change.text for change in read_changes(made.content).changes if change.text.strip()] == ["Water"]


def comment(identifier, text, author="P"):
    return f'<w:comment w:id="{identifier}" w:author="{author}" w:date="2026-11-01T00:00:00Z">{p(text)}</w:comment>'


def commented(before, inside, after, identifier):
    marks = (f'<w:commentRange{end} w:id="{identifier}"/>' for end in ("Start", "End"))
    start, end = marks
    return p(before, inner=f'{start}{r(inside)}{end}<w:r><w:commentReference w:id="{identifier}"/></w:r>{r(after)}')


@pytest.mark.parametrize(
    "said",
    [
        p("The visiting force may use the new pier at night."),
        p("The visiting force may use ", inner=r("the new pier") + r(" at night.")),
    ],
)
@pytest.mark.parametrize("ours_has_one", [False, True])
def test_a_comment_of_the_other_side_is_carried_over_on_its_words(ours_has_one, said):
    own = {"parts": {"comments": comment(0, "ours", "US")}} if ours_has_one else {}
    ours = word_file(SCOPE + said, **own)
    theirs = word_file(
        SCOPE + commented("The visiting force may use ", "the pier", " at night.", 0),
        parts={"comments": comment(0, "Which pier?")},
    )
    made = word.redline(ours, theirs, US)
    assert "comments-carried" in [f.code for f in made.findings]
    assert not differ(word.reject(made.content), ours)
    package = Package.of("r", word.accept(made.content))
    held = {e.get(name("id")): (e.get(name("author")), walk.said(e[0])) for e in package.first("comments")}
    assert ("P", "Which pier?") in held.values()
    assert len(held) == 1 + ours_has_one
    read = [c for c in read_changes(made.content).comments if c.author == "P"]
    assert [c.about for c in read] == ["the pier"]


def test_a_comment_that_only_ours_has_stays_and_is_told():
    ours = word_file(SCOPE + commented("a", "b", "c", 0), parts={"comments": comment(0, "Keep this.")})
    theirs = word_file(SCOPE + p("abc"))
    made = word.redline(ours, theirs, US)
    assert [f.code for f in made.findings] == ["comments-only-here"]
    assert len(Package.of("r", made.content).first("comments")) == 1


# ---------------------------------------------------------------------- what people see


@pytest.fixture
def run(capsys):
    """Call a command; returns its exit status and all that it printed, in one line."""

    def call(*arguments):
        try:
            main([*map(str, arguments)])
            status = 0
        except SystemExit as stop:
            status = stop.code or 0
        printed = capsys.readouterr()
        return status, " ".join(f"{printed.out} {printed.err}".split())

    return call


@pytest.fixture
def files(tmp_path):
    def write(ours, theirs):
        paths = tmp_path / "ours.docx", tmp_path / "theirs.docx"
        for path, data in zip(paths, (ours, theirs), strict=True):
            path.write_bytes(data)
        return paths

    return write


def test_compare_counts_notes_objects_and_comments(files, run):
    def file(note, label, said):
        body = SCOPE + noted("Costs are shared.") + p("The map: ", inner=picture(label)) + commented("x ", "y", " z", 0)
        return word_file(body, parts={**notes(note), "comments": comment(0, said)}, media=PARTS["media"])

    status, said = run("compare", *files(file("By half.", "rone", "Yes."), file("By thirds.", "rtwo", "No.")))
    assert status == 0
    assert "Besides: object 1, footnote 1, comments 2." in said
    assert "comment only in A: P: Yes." in said


def test_review_tells_what_it_did_not_examine(files, run):
    ours, theirs = files(word_file(SCOPE + LAST), word_file(SCOPE + LAST + "<w:odd/>"))
    _, said = run("review", ours, theirs, "--no-precedents")
    assert "The first reading finds no change without tracking in theirs.docx; the second one does." in said
    assert "“⟦odd⟧”, not nothing" in said
    assert "elements that the program does not know (odd)" in said


@pytest.mark.parametrize(
    "kind", ["cell in a control", "symbol", "picture", "structure of a formula", "address of a link"]
)
def test_review_tells_an_untracked_change(files, run, kind):
    _, said = run("review", *files(*both(*TRACKED[kind], **PARTS)), "--no-precedents")
    assert "UNTRACKED: 1 change was made" in said


@pytest.mark.parametrize("suffix", [".docx", ".docm", ".dotx", ".dotm"])
def test_every_door_reads_a_strict_file_of_any_suffix_and_part_name(tmp_path, run, suffix):
    change = f'<w:ins w:id="1" w:author="A" w:date="2026-11-01T00:00:00Z">{r("not ")}</w:ins>'
    body = SCOPE + p("The force does ", inner=change + r("pay.")) + noted("Noted.")
    path = tmp_path / f"theirs{suffix}"
    path.write_bytes(word_file(body, main="story/document2.xml", strict=True, parts=notes("By half.")))
    assert "not pay." in run("parse", path)[1]
    assert "inserted: not" in run("changes", path)[1]
    assert run("compare", path, path)[0] == 0
    assert run("review", path, path, "--no-precedents")[0] == 0


@pytest.mark.parametrize("command", ["parse", "changes", "compare", "review", "handover"])
@pytest.mark.parametrize(
    "data", [b"PK\x03\x04" + bytes(40), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)], ids=["damaged", "old"]
)
def test_a_damaged_or_old_file_gets_one_line_by_every_door(tmp_path, run, command, data):
    path = tmp_path / "theirs.docx"
    path.write_bytes(data)
    status, said = run(command, path, *([path] if command in ("compare", "review") else []))
    assert status == 1
    assert "theirs.docx is " in said
    assert "program itself failed" not in said


def test_a_list_comes_into_a_file_that_has_none():
    items = p("Duty to consult.", NUMBERED) + p("Duty to inform.", NUMBERED)
    ours = word_file(SCOPE + LAST)
    theirs = word_file(SCOPE + items + LAST, parts={"numbering": LIST.format(start=5, form="upperRoman")})
    made = word.redline(ours, theirs, US)
    assert not made.findings
    assert not differ(word.accept(made.content), theirs)
    assert not differ(word.reject(made.content), ours)


def test_changes_are_told_where_a_file_has_two_bodies(tmp_path, run):
    change = f'<w:ins w:id="1" w:author="A" w:date="2026-11-01T00:00:00Z">{r("more")}</w:ins>'
    path = tmp_path / "two.docx"
    path.write_bytes(word_file(SCOPE + "</w:body><w:body>" + p("x", inner=change)))
    status, said = run("changes", path)
    assert status == 0
    assert "inserted: more" in said


def test_a_second_bookmark_of_a_paragraph_is_known_by_its_own_name():
    marks = "".join(f'<w:bookmarkStart w:id="{n}" w:name="_Toc{n}"/><w:bookmarkEnd w:id="{n}"/>' for n in (1, 2))
    reference = field("begin") + code(" PAGEREF _Toc2 \\h ") + field("separate") + r("3") + field("end")
    file = word_file(p("Costs", inner=marks) + p("See page ", inner=reference))
    made = Package.of("f", word.redline(file, file, US).content)
    assert list(made.body().iter(name("ins"), name("del"))) == []
    assert "_Toc2" in "".join(made.body().itertext())


def test_a_formula_that_comes_in_brings_no_bookmark_twice():
    mark = '<w:bookmarkStart w:id="1" w:name="share"/><w:bookmarkEnd w:id="1"/>'
    a, b = both(formula(letter("A") + mark), formula(letter("B") + mark))
    made = Package.of("f", word.redline(a, b, US).content)
    assert len(list(made.body().iter(name("bookmarkStart")))) == 1


def test_a_title_that_is_another_is_told_by_a_comparison(tmp_path, capsys):
    for label, title in (("a", "Agreement on Fuel"), ("b", "Agreement on Water")):
        body = p(title) + p("Article 1") + SCOPE + p("Article 2") + LAST
        (tmp_path / f"{label}.docx").write_bytes(word_file(body))
    with pytest.raises(SystemExit):
        main(["compare", str(tmp_path / "a.docx"), str(tmp_path / "b.docx")])
    assert "Agreement on [-Fuel-]{+Water+}" in capsys.readouterr().out
