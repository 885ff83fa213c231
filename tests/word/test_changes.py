import io

import docx
import pytest

from agreements import word
from agreements.errors import UnreadableError
from agreements.library import read_changes
from agreements.word.changes import read_changes as read
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
    assert {(c.author, c.date) for _, c in report.changes} == {("U.S. delegation", "2026-11-22T00:00:00Z")}
    assert read_changes(path, author="Nobody").changes == ()


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
