"""The proof of a redline, an answer, a review: by code that shares nothing with what it proves, and that can fail."""

import ast
import io
import re
import zipfile
from pathlib import Path

import pytest

from agreements import word
from agreements.commands import main
from agreements.ooxml.package import packed
from agreements.word import flattened, raw_package
from agreements.word.raw_package import RawPackage
from agreements.word.revising.differences import FileDifferences
from agreements.word.revising.markup import RevisionWriter
from agreements.word.revising.proof import (
    Decided,
    Unlike,
    all_accepted,
    all_rejected,
    left_out,
    prove_answer,
    prove_redline,
    second_reading,
)
from tests.ooxml.building import cell, code, field, p, r, row, sdt, table, word_file
from tests.word.test_objects import LAST, NUMBERED, PARTS, SCOPE, TRACKED, both

US = word.RedlineOptions(author="US", date="2026-11-22")
DEL = '<w:del w:id="1" w:author="P"><w:r><w:delText>{}</w:delText></w:r></w:del>'
INS = '<w:ins w:id="2" w:author="P">{}</w:ins>'
GONE_ROW = row(cell(p("goes"))).replace("<w:tr>", '<w:tr><w:trPr><w:del w:id="9"/></w:trPr>')
ODD = "<w:odd><w:p><w:r><w:t>in what</w:t></w:r></w:p></w:odd>"
MARK = '<w:rPr><w:{} w:id="3" w:author="P"/></w:rPr>'
NUMBERING = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="{}"/><w:lvlText w:val="%1."/></w:lvl>'
    '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)


def said(file, taken=all_accepted, story="body"):
    return [
        " ".join(each.words.split()) for each in flattened.flattened(RawPackage(file), taken).stories.get(story, [])
    ]


def test_it_shares_no_code_with_what_it_proves():
    """The walk, the atoms, the settling of changes and the package reader are what is proven."""
    trees = [ast.parse(Path(each.__file__).read_text(encoding="utf-8")) for each in (flattened, raw_package)]
    read = {node.module for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    ours = {module for module in read if module and module.startswith("agreements")} - {raw_package.__name__}
    looks = {"agreements.ooxml.stylesheet", "agreements.ooxml.unseen"}
    assert ours == {"agreements.ooxml.numbering", "agreements.ooxml.schema", *looks}


@pytest.mark.parametrize(
    ("content", "accepted", "rejected"),
    [
        (p("x "), ["x"], ["x"]),
        (p("a ", inner=DEL.format("old") + INS.format(r("new"))), ["a new"], ["a old"]),
        (p("a", MARK.format("del")) + p("b"), ["ab"], ["a", "b"]),
        (p("a", MARK.format("ins")) + p("b"), ["a", "b"], ["ab"]),
        (sdt(p("in a control")) + ODD, ["in a control", "in what"], None),
        (table(row(sdt(cell(p("cell"))))), ["cell"], ["cell"]),
        (table(row(cell(p("stays"))), GONE_ROW), ["stays"], ["stays", "goes"]),
        (p(inner=field("begin") + code(' REF "x" ') + field("separate") + r("shown") + field("end")), ["shown"], None),
        (p(inner=INS.format(DEL.format("by two"))), [], []),
    ],
    ids=["words", "words changed", "end deleted", "end put in", "unknown", "cell", "row", "field", "by two"],
)
def test_what_a_file_says_either_way(content, accepted, rejected):
    file = word_file(content)
    assert said(file) == accepted
    assert said(file, all_rejected) == (accepted if rejected is None else rejected)


def tampered(file, pattern, new, part="word/document.xml"):
    """`file` with what matches in the XML of a part replaced: the bytes of someone who cheats, or of a fault."""
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    before = parts[part].decode()
    parts[part] = re.sub(pattern, new, before, count=1, flags=re.DOTALL).encode()
    assert parts[part].decode() != before
    return packed(parts)


@pytest.mark.parametrize("kind", TRACKED)
def test_a_redline_is_proven_and_one_without_its_changes_is_not(kind):
    ours, theirs = both(*TRACKED[kind], **PARTS)
    made = word.redline(ours, theirs, US)
    assert made.proof.outcome == "proven", made.proof
    assert prove_redline(ours, ours, theirs, headers=True).outcome != "proven"  # nothing tracked at all
    assert prove_redline(theirs, ours, theirs, headers=True).outcome != "proven"  # changed in silence


@pytest.mark.parametrize(
    ("pattern", "new"),
    [
        (r"<w:ins [^>]*>.*?</w:ins>", ""),
        (r"<w:del [^>]*>.*?</w:del>", ""),
        (r"free of rent", "for a rent"),
        (r"<w:p>(?!.*<w:p>).*?</w:p>", ""),
    ],
    ids=["insertion lost", "deletion lost", "word changed", "paragraph lost"],
)
def test_a_redline_that_was_tampered_with_is_unexplained(pattern, new):
    ours, theirs = (word_file(SCOPE + p(f"Each Party {verb} all claims.") + LAST) for verb in ("waives", "keeps"))
    made = word.redline(ours, theirs, US)
    assert made.proof.outcome == "proven"
    assert prove_redline(tampered(made.content, pattern, new), ours, theirs, headers=True).outcome == "unexplained"


def test_what_word_cannot_track_is_named_and_stands_in_a_comment():
    body = SCOPE + p("Duty of the host.", NUMBERED) + LAST
    ours, theirs = (word_file(body, parts={"numbering": NUMBERING.format(form)}) for form in ("decimal", "upperRoman"))
    made = word.redline(ours, theirs, US)
    assert made.proof.outcome == "named"
    assert [each.what for each in made.proof.accepted] == ["number"]
    (comment,) = word.read_changes(made.content).comments
    assert "“I. Duty of the host.”, not “1. Duty of the host.”" in comment.text
    assert comment.author == "US"
    assert not made.proof.rejected


def test_changes_of_others_are_told_from_ours_when_they_are_kept():
    """Part of their insertion, divided by ours, has a new number and is theirs all the same."""
    theirs = word_file(SCOPE + p("Each Party ", inner=DEL.format("waives") + INS.format(r("shall pay"))) + LAST)
    answer = word_file(SCOPE + p("Each Party waives") + LAST)
    made = word.redline(theirs, answer, word.RedlineOptions(author="US", date="2026-11-22", prior="keep"))
    assert made.proof.outcome == "proven", made.proof


@pytest.fixture
def faulty(monkeypatch):
    """A program whose redlines leave changes of words out."""
    monkeypatch.setattr(RevisionWriter, "change_words", lambda *_: False)


def files(tmp_path):
    for name, verb in (("ours.docx", "waives"), ("theirs.docx", "keeps")):
        (tmp_path / name).write_bytes(word_file(SCOPE + p(f"Each Party {verb} all claims.") + LAST))
    return [str(tmp_path / name) for name in ("ours.docx", "theirs.docx", "redline.docx")]


def run(capsys, *arguments):
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    shown = capsys.readouterr()
    return stop.value.code, " ".join((shown.out + shown.err).split())


def test_nothing_unproven_is_written_unless_a_person_insists(faulty, tmp_path, capsys):
    ours, theirs, redline = files(tmp_path)
    command = ("compare", ours, theirs, "-o", redline, "--author", "US", "--date", "2026-11-22")
    status, shown = run(capsys, *command)
    assert status == 1
    assert "“Each Party waives all claims.”, not “Each Party keeps all claims.”" in shown
    assert not Path(redline).exists()
    status, shown = run(capsys, *command, "--anyway")
    assert status == 1
    assert "NOT PROVEN" in shown
    assert Path(redline).exists()


def test_a_proven_redline_says_so(tmp_path, capsys):
    ours, theirs, redline = files(tmp_path)
    status, shown = run(capsys, "compare", ours, theirs, "-o", redline, "--author", "US", "--date", "2026-11-22")
    assert status == 0
    assert "Proven: with all changes accepted the redline is B" in shown
    assert "Not examined: " in shown


def test_a_review_that_misses_a_change_does_not_say_that_there_is_none(tmp_path, capsys, monkeypatch):
    ours, theirs, _ = files(tmp_path)
    monkeypatch.setattr("agreements.reviewing.texts.file_differences", lambda *_, **__: FileDifferences())
    _, shown = run(capsys, "review", ours, theirs, "--no-precedents")
    assert "UNTRACKED, by a second reading" in shown
    assert "Nothing in theirs.docx was changed" not in shown


def test_a_review_of_the_same_file_says_that_nothing_was_changed(tmp_path, capsys):
    ours, *_ = files(tmp_path)
    _, shown = run(capsys, "review", ours, ours, "--no-precedents")
    assert "Nothing in ours.docx was changed without tracking: two readings" in shown


@pytest.mark.parametrize("kind", TRACKED)
def test_a_second_reading_sees_what_the_first_saw_and_does_not_tell_it_again(kind):
    ours, theirs = both(*TRACKED[kind], **PARTS)
    assert second_reading(ours, theirs)
    told = word.file_differences(ours, theirs, names=("a", "b"))
    assert left_out(ours, theirs, lambda _: True, told) == []
    assert left_out(ours, theirs, lambda _: True, FileDifferences())


def test_an_answer_holds_what_was_decided_and_nothing_else():
    theirs = word_file(SCOPE + p("Each Party ", inner=DEL.format("waives") + INS.format(r("pays"))) + LAST)
    verbs = ("pays", "waives", "x")
    accepted, rejected, neither = (word_file(SCOPE + p(f"Each Party {verb}") + LAST) for verb in verbs)
    taken_back = Decided(rejected={("word/document.xml", 0), ("word/document.xml", 1)})
    assert prove_answer(accepted, theirs, Decided()).outcome == "proven"
    assert prove_answer(rejected, theirs, taken_back).outcome == "proven"
    assert prove_answer(rejected, theirs, Decided()).outcome == "unexplained"
    assert prove_answer(neither, theirs, Decided()).outcome == "unexplained"
    countered = Decided(put_in=["Each Party x"], taken_out=["Each Party pays"])
    assert prove_answer(neither, theirs, countered).outcome == "proven"
    assert prove_answer(word_file(SCOPE + LAST), theirs, countered).outcome == "proven"
    assert prove_answer(word_file(LAST), theirs, countered).outcome == "unexplained"


def test_what_was_added_and_told_is_not_told_again():
    ours, theirs = (word_file(SCOPE + inner + LAST) for inner in ("", p("Each Party pays.") + p("Each Party waits.")))
    told = word.file_differences(ours, theirs, names=("a", "b"))
    assert second_reading(ours, theirs)
    assert left_out(ours, theirs, lambda _: True, told) == []


def test_a_comparison_that_finds_nothing_does_not_hide_another_look(tmp_path, capsys):
    for name, look in (("ours.docx", ""), ("theirs.docx", "<w:b/>")):
        (tmp_path / name).write_bytes(word_file(SCOPE + p(inner=r("Each Party waives all claims.", look)) + LAST))
    status, shown = run(capsys, "compare", str(tmp_path / "ours.docx"), str(tmp_path / "theirs.docx"))
    assert status == 0
    assert "finds no difference either" not in shown
    assert "style or emphasis is another" in shown


def test_numbers_of_lists_in_notes_are_read_too():
    note = f'<w:footnote w:id="2">{p("The map of the port.", NUMBERED)}</w:footnote>'
    body = SCOPE + p("See the annex", inner='<w:r><w:footnoteReference w:id="2"/></w:r>') + LAST
    ours, theirs = (
        word_file(body, parts={"footnotes": note, "numbering": NUMBERING.format(form)})
        for form in ("decimal", "upperRoman")
    )
    assert [each.what for each in second_reading(ours, theirs)]


def test_what_is_shown_leaves_hidden_words_and_their_numbers_out():
    hidden = p(inner=r("not seen", "<w:vanish/>")).replace("<w:p>", f"<w:p><w:pPr>{NUMBERED}</w:pPr>")
    file = word_file(p("one", NUMBERED) + hidden + p("two", NUMBERED), parts={"numbering": NUMBERING.format("decimal")})
    assert flattened.shown_lines(file) == ["1. one", "2. two"]
    assert said(file) == ["one", "not seen", "two"]


def test_changes_inside_a_formula_are_settled():
    """Word puts them inside the runs of the formula; how these are divided is no difference."""
    letter = "<m:r><m:t>{}</m:t></m:r>"
    inserted = '<m:r><w:ins w:id="4" w:author="P"><m:t>2</m:t></w:ins></m:r>'
    file = word_file(p(inner=f"<m:oMath>{letter.format('A=')}{inserted}{letter.format('r')}</m:oMath>"))
    plain = [word_file(p(inner=f"<m:oMath>{letter.format(words)}</m:oMath>")) for words in ("A=2r", "A=r")]
    assert said(file) == said(plain[0]) == ["⟦formula A=2r⟧"]
    assert said(file, all_rejected) == said(plain[1])
    assert flattened.shown_lines(file, all_rejected) == ["A=r"]


def test_another_number_and_look_are_seen_beside_another_word():
    def file(verb, form, look):
        body = (
            SCOPE + p(f"Each Party {verb} all claims.") + p("Duty of the host.", NUMBERED) + p(inner=r("Last.", look))
        )
        return word_file(body, parts={"numbering": NUMBERING.format(form)})

    found = second_reading(file("waives", "decimal", ""), file("keeps", "upperRoman", "<w:b/>"))
    assert [(each.what, each.one) for each in found] == [
        ("words", "Each Party waives all claims."),
        ("number", "1. Duty of the host."),
        ("look", "Last."),
    ]
    assert found[-1].words() == "style or emphasis is another: “Last.”"


@pytest.mark.parametrize(("form", "told"), [("decimal", False), ("upperRoman", True)])
def test_numbers_that_follow_from_what_came_are_not_told_again_but_another_form_is(form, told):
    def file(more, form):
        return word_file(SCOPE + more + p("Duty of the host.", NUMBERED), parts={"numbering": NUMBERING.format(form)})

    ours, theirs = file("", "decimal"), file(p("Each Party pays.", NUMBERED), form)
    found = left_out(ours, theirs, lambda _: True, word.file_differences(ours, theirs, names=("a", "b")))
    first = word.file_differences(ours, theirs, names=("a", "b"))
    said = any(each.what == "number" for each in found) or any(each.what == "number" for each in first.differences)
    assert said is told


def section(sort="default", *, first_page=False):
    """The last properties of a body, with a header of a sort."""
    own = "<w:titlePg/>" if first_page else ""
    return f'<w:sectPr><w:headerReference w:type="{sort}" r:id="rheader"/>{own}</w:sectPr>'


def with_note(words, *, referred):
    sign = '<w:r><w:footnoteReference w:id="2"/></w:r>' if referred else ""
    return word_file(SCOPE + p("x", inner=sign), parts={"footnotes": f'<w:footnote w:id="2">{p(words)}</w:footnote>'})


def headed(words, sort="default", *, first_page=False):
    return word_file(SCOPE + section(sort, first_page=first_page), parts={"header": p(words)})


def spanning(cells):
    joined = cell(p("x")).replace("<w:tcPr/>", f'<w:tcPr><w:gridSpan w:val="{cells}"/></w:tcPr>')
    return word_file(SCOPE + table(row(joined)))


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        (spanning(1), spanning(2), [("cells", "tables")]),
        (with_note("a", referred=True), with_note("b", referred=True), [("words", "body")]),
        (with_note("a", referred=True), with_note("a", referred=True), []),
        (with_note("a", referred=False), with_note("b", referred=False), [("unused note", "loose notes")]),
        (headed("a"), headed("b"), [("words", "header")]),
        (headed("a"), word_file(SCOPE + "<w:sectPr/>"), [("header", "header")]),
        (headed("a", "first", first_page=True), headed("b", "first", first_page=True), [("words", "header")]),
        (
            headed("a", "first"),
            headed("b", "first"),
            [("header", "headers that are not shown"), ("header", "headers that are not shown")],
        ),
    ],
    ids=["cells", "note", "same", "loose note", "header", "no header", "first page", "not shown"],
)
def test_where_a_difference_lies(one, other, found):
    told = second_reading(one, other)
    assert [(each.what, each.story) for each in told] == found
    left = left_out(one, other, lambda _: True, FileDifferences())
    assert {each.what for each in left} == {what for what, _ in found}


def test_rows_that_were_put_in_and_old_numbers_come_and_go_with_their_changes():
    new_row = GONE_ROW.replace("<w:del ", "<w:ins ")
    assert said(word_file(table(row(cell(p("stays"))), new_row)), all_rejected) == ["stays"]
    changed = f'{NUMBERED}<w:pPrChange w:id="5" w:author="P"><w:pPr/></w:pPrChange>'
    file = word_file(p("Duty.", changed), parts={"numbering": NUMBERING.format("decimal")})
    for taken, number in ((all_accepted, "1."), (all_rejected, "")):
        (only,) = flattened.flattened(RawPackage(file), taken).stories["body"]
        assert only.number == number


def test_an_answer_with_a_paragraph_that_nobody_wrote_is_unexplained():
    theirs = word_file(SCOPE + p("Each Party waives") + LAST)
    more = word_file(SCOPE + p("Each Party waives") + p("Rent is free of charge forever.") + LAST)
    assert prove_answer(more, theirs, Decided()).outcome == "unexplained"
    assert prove_answer(more, theirs, Decided(put_in=["Rent is free of charge forever."])).outcome == "proven"


def test_what_differs_far_behind_its_beginning_is_told_from_there():
    """The same words quoted twice would tell nothing."""
    start = "In consequence of what stands above, and of all that was said before on the use of the areas, "
    said = Unlike("object", "body", f"{start}the first", f"{start}the second").words()
    assert said.endswith("of the areas, the first”, not “…e of the areas, the second”")
