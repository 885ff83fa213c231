import io

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from agreements import word
from agreements.errors import AgreementsError, UnreadableError
from agreements.library import read_changes
from agreements.model import Agreement
from agreements.ooxml.schema import name
from agreements.reference import places
from agreements.textform import parse_document
from agreements.word.revising.changes import read_changes as read
from agreements.word.revising.paths import paths_of
from tests.ooxml.building import p, r, word_file
from tests.word import editing, samples
from tests.word.test_redline import FILES, US, agreement


def test_changes_are_told_by_author_date_and_provision(tmp_path):
    later = samples.MAIN.replace("Each Party waives", "Either Party waives").replace(
        "## Article V: Final", "## Article V: Closing"
    )
    later = later.replace("The Annex forms part of it.", "")
    path = tmp_path / "theirs.docx"
    path.write_bytes(word.redline(agreement(samples.MAIN), agreement(later), US).content)
    report = read_changes(path)
    rows = [(where, c.kind, c.text) for where, c in report.changes]
    assert rows == [
        ("IV.1", "deleted", "Each"),
        ("IV.1", "inserted", "Either"),
        ("V", "deleted", "Final"),
        ("V", "inserted", "Closing"),
        ("V", "deleted", "The Annex forms part of it."),
    ]
    assert [report.place_of(where, c) for where, c in report.changes][-2:] == ["V", "after V"], (
        "gone, it stands nowhere"
    )
    assert {(c.author, c.date) for _, c in report.changes} == {("U.S. delegation", "2026-11-22T00:00:00Z")}
    with pytest.raises(AgreementsError, match="neither changed nor commented"):
        read_changes(path, author="Nobody")


def test_a_paragraph_with_hidden_words_keeps_its_place():
    """The agreement has not the words that cannot be seen: the paragraph says more than its provision."""
    text = Agreement(id="text", documents=(parse_document(samples.MAIN),))
    said = {place.path: place.provision.text for place in places(text)}
    paragraphs = [said["IV.1"], f"{said['IV.2']} Courts of the host may hear such claims.", said["V"]]
    assert paths_of(text, paragraphs) == ["IV.1", "IV.2", "V"]
    assert paths_of(text, [said["IV.1"], "Nothing of this is in the text, in no provision."]) == ["IV.1", "IV.1"]


def test_two_authors_stay_two():
    file = editing.with_revisions(FILES[4], "Ana Partner")
    keep = word.RedlineOptions(author="U.S.", date="2026-11-22", prior="keep")
    both = word.redline(file, editing.edited(word.accept(file), [("word", 3, 2, "shall")]), keep).content
    assert [c.author for c in read(file).changes] == ["Ana Partner"] * 2
    assert {c.author for c in read(both).changes} == {"Ana Partner", "U.S."}


def test_comments_with_the_words_they_are_about(tmp_path):
    file = docx.Document(io.BytesIO(FILES[4]))
    paragraph = file.paragraphs[1]
    file.add_comment(paragraph.runs[1:3], text="Why only property?", author="Ana Partner", initials="AP")
    (comment,) = read(editing.saved(file)).comments
    assert (comment.author, comment.text, comment.paragraph) == ("Ana Partner", "Why only property?", 1)
    assert comment.about == "".join(r.text for r in paragraph.runs[1:3])
    assert (comment.reply_to, comment.done) == ("", False)


def test_a_file_without_changes_has_none():
    marked = read(FILES[0])
    assert (marked.changes, marked.comments) == ((), ())


def test_only_word_files_have_changes(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("Words of an agreement.")
    with pytest.raises(UnreadableError, match="is no Word file"):
        read_changes(path)


def test_a_change_inside_another_authors_words_says_whose_they_are():
    file = editing.with_revisions(FILES[4], "Ana Partner", "put in by them at great length")
    keep = word.RedlineOptions(author="U.S.", date="2026-11-22", prior="keep")
    wanted = editing.changed(word.accept(file), lambda body: _swap(body, " at great length", ""))
    found = [(c.author, c.kind, c.text, c.inside) for c in read(word.redline(file, wanted, keep).content).changes]
    assert ("U.S.", "deleted", " at great length", "Ana Partner") in found
    assert ("Ana Partner", "deleted", "taken out ", "") in found


def _swap(body, old, new):
    for text in body.iter(name("t")):
        text.text = (text.text or "").replace(old, new)


def test_headers_notes_and_tables_have_changes_too():
    a = editing.with_footnotes(FILES[4], "As amended in 1962.", "See the joint report.")
    b = editing.with_footnotes(editing.edited(FILES[4], [("row", 1, 3, "Camp Birch")]), "As amended in 1971.", "x")
    file = docx.Document(io.BytesIO(b))
    file.sections[0].header.paragraphs[0].text = "Draft of both sides"
    changes = read(word.redline(a, editing.saved(file), US).content).changes
    assert {c.story for c in changes} == {"body", "header", "footnote"}
    assert ("inserted", "1971") in {(c.kind, c.text) for c in changes if c.story == "footnote"}
    assert any("Camp Birch" in c.text for c in changes if c.story == "body")


def test_three_readings_of_a_file(tmp_path):
    later = samples.MAIN.replace("Each Party waives", "Either Party waives")
    path = tmp_path / "theirs.docx"
    path.write_bytes(word.redline(agreement(samples.MAIN), agreement(later), US).content)
    (paragraph,) = [p for p in read_changes(path).paragraphs if p.path == "IV.1"]

    def seen(view):
        return "".join(stretch.text for stretch in paragraph.seen(view))[:11]

    assert (seen("original"), seen("final"), seen("markup")) == ("Each Party ", "Either Part", "EachEither ")
    rows = read_changes(path).as_json("markup")["paragraphs"]
    (row,) = [row for row in rows if row["path"] == "IV.1"]
    assert [[hand["kind"] for hand in piece["by"]] for piece in row["pieces"]][:3] == [["deleted"], ["inserted"], []]
    assert read_changes(path, since="2026-11-23").changes == ()
    assert len(read_changes(path, since="2026-11-22").changes) == 2


def test_replies_stand_under_the_comment_they_answer(tmp_path):
    file = docx.Document(io.BytesIO(FILES[4]))
    runs = file.paragraphs[1].runs
    first = file.add_comment(runs[1:3], text="Why only property?", author="Ana Partner", initials="AP")
    reply = file.add_comment(runs[1:3], text="Because persons are in Article 3.", author="U.S.", initials="US")
    path = tmp_path / "threads.docx"
    path.write_bytes(
        editing.with_threads(editing.saved(file), {reply.comment_id: first.comment_id}, {first.comment_id})
    )
    comments = {c.author: c for _, c in read_changes(path).comments}
    assert comments["U.S."].reply_to == comments["Ana Partner"].id
    assert (comments["Ana Partner"].done, comments["Ana Partner"].reply_to) == (True, "")


def test_damaged_revisions_are_read_or_refused_in_words(tmp_path):
    """Changes without author, date or content, ends without beginnings: what there is is told, nothing fails."""

    def damage(body):
        first = body.find(name("p"))
        for xml in (
            '<w:ins {}/>', '<w:del {} w:id="x"><w:r><w:delText>gone</w:delText></w:r></w:del>',
            '<w:moveToRangeEnd {} w:id="99"/>', '<w:moveFromRangeStart {} w:id="98"/>',
            '<w:ins {0} w:id="3"><w:ins {0}><w:r><w:t>twice in</w:t></w:r></w:ins></w:ins>',
        ):  # fmt: skip
            first.append(parse_xml(xml.format(nsdecls("w"))))

    file = editing.changed(FILES[4], damage)
    found = {(c.kind, c.author, c.text) for c in read(file).changes}
    assert found >= {("deleted", "", "gone"), ("inserted", "", "twice in")}
    assert "gone" not in editing.paragraphs(word.accept(file))[0]
    assert "twice in" not in editing.paragraphs(word.reject(file))[0]
    path = tmp_path / "cut.docx"
    path.write_bytes(file[: len(file) // 2])
    with pytest.raises(UnreadableError, match=r"cut\.docx is damaged"):
        read_changes(path)


def test_a_paragraph_before_a_table_never_runs_on_into_it():
    """The end of a paragraph is deleted, and what follows is a table: its words stay a paragraph of their own."""
    file = docx.Document()
    paragraph = file.add_paragraph("Each Party waives claims as listed:")
    mark = parse_xml(f'<w:rPr {nsdecls("w")}><w:del w:id="1" w:author="Ana" w:date="2026-11-22T00:00:00Z"/></w:rPr>')
    paragraph._p.get_or_add_pPr().append(mark)
    file.add_table(1, 1).cell(0, 0).text = "Ships"
    done = docx.Document(io.BytesIO(word.accept(editing.saved(file))))
    assert [p.text for p in done.paragraphs if p.text] == ["Each Party waives claims as listed:"]
    (table,) = done.tables
    assert {child.tag for child in table._tbl} <= {name("tblPr"), name("tblGrid"), name("tr")}
    assert table.cell(0, 0).text == "Ships"


def _in_conflict(kind, run):
    signed = 'w:id="5" w:author="Ana Partner" w:date="2026-11-22T00:00:00Z"'
    space = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    return f"<w14:conflict{kind} {space} {signed}>{run}</w14:conflict{kind}>"


def test_changes_that_word_keeps_of_a_conflict_are_changes_like_others():
    """Two persons edited one place at once: [MS-DOCX], `conflictIns` and `conflictDel`."""
    gone = '<w:r><w:delText xml:space="preserve">three</w:delText></w:r>'
    body = p("Due in ", inner=_in_conflict("Del", gone) + _in_conflict("Ins", r("seven")) + r(" days."))
    file = word_file(body)
    found = read(file)
    assert [(c.kind, c.author, c.text) for c in found.changes] == [
        ("deleted", "Ana Partner", "three"),
        ("inserted", "Ana Partner", "seven"),
    ]
    assert (found.paragraphs, found.originals) == (("Due in seven days.",), ("Due in three days.",))
    for settled, words in ((word.accept(file), "Due in seven days."), (word.reject(file), "Due in three days.")):
        assert read(settled).paragraphs == (words,)
        assert not read(settled).changes
        assert word.second_reading(settled, word_file(p(words))) == []
    assert word.second_reading(file, word.accept(file)) == []
