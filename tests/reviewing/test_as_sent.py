"""Answers that come pasted, by mail, or with contents made anew: what changes no word is told as no change of words."""

from email.message import EmailMessage
from pathlib import Path

import pytest

from agreements.errors import UnreadableError
from agreements.library import assemble_file, review, write_draft
from agreements.parsing.paragraphs import blocks_of
from agreements.reading import read_text
from agreements.reviewing.texts import load_texts
from agreements.reviewing.words import summary
from tests.reviewing.test_review import OURS
from tests.word import editing

DRAFTS = Path(__file__).resolve().parents[2] / "docs" / "examples" / "drafts"


@pytest.fixture(scope="module")
def draft(tmp_path_factory):
    """A draft of several documents and annexes as it was sent, with the record beside it."""
    folder = tmp_path_factory.mktemp("draft")
    write_draft(assemble_file(DRAFTS / "sma-hanbyul.yaml").draft, folder / "ours.docx")
    return folder / "ours.docx"


def pasted(file: Path, *swaps: tuple[str, str]) -> Path:
    """The text of a Word file as plain lines, with words swapped."""
    lines = load_texts(file, file).ours.lines
    for old, new in swaps:
        assert old in lines
        lines = lines.replace(old, new)
    target = file.with_name("pasted.txt")
    target.write_text(lines, encoding="utf-8")
    return target


def test_a_draft_pasted_as_text_is_the_same_and_keeps_its_marking_and_its_record(draft):
    found = review(draft, pasted(draft))
    assert [c for c in found.clauses if c.change != "same"] == []
    assert found.untracked == 0
    assert found.marking == "SENSITIVE BUT UNCLASSIFIED"
    assert [f for f in found.findings if f.code.startswith("record-")] == []


def test_a_word_in_a_pasted_draft_is_the_one_change(draft):
    found = review(draft, pasted(draft, ("five (5) years after the end", "two (2) years after the end")))
    assert [(c.path, c.change) for c in found.clauses] == [("VII.1", "changed")]


def mailed(folder: Path, *attached: tuple[str, bytes]) -> Path:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.org", "b@example.org", "Our text"
    message.set_content("Our comments are attached.")
    for file_name, content in attached:
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=file_name)
    (folder / "answer.eml").write_bytes(message.as_bytes())
    return folder / "answer.eml"


def test_the_text_attached_to_a_mail_is_compared_and_the_mail_is_said_not_to_be(tmp_path):
    (tmp_path / "ours.docx").write_bytes(OURS)
    found = review(tmp_path / "ours.docx", mailed(tmp_path, ("text.docx", OURS), ("note.txt", b"See the text.")))
    (told,) = [f for f in found.findings if f.code == "taken-from-mail"]
    assert found.untracked == 0
    assert "text.docx" in told.message
    assert "4 words" in told.message
    assert "note.txt" in told.message


def test_a_mail_with_two_word_files_is_refused_with_their_names(tmp_path):
    (tmp_path / "ours.docx").write_bytes(OURS)
    with pytest.raises(UnreadableError, match=r"one\.docx, two\.docx"):
        review(tmp_path / "ours.docx", mailed(tmp_path, ("one.docx", OURS), ("two.docx", OURS)))


def _other_field(body):
    """As when a word processor makes the table of contents anew, with other switches."""
    for code in body.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}instrText"):
        if code.text and "TOC" in code.text:
            code.text += r" \z \u"


def test_contents_made_anew_are_one_line_and_never_nothing(tmp_path):
    folder = tmp_path
    write_draft(assemble_file(DRAFTS / "dca-norlandia.yaml").draft, folder / "ours.docx")
    (folder / "theirs.docx").write_bytes(editing.changed((folder / "ours.docx").read_bytes(), _other_field))
    found = review(folder / "ours.docx", folder / "theirs.docx")
    assert found.untracked == 0
    assert [f.code for f in found.findings if f.code == "contents-anew"] == ["contents-anew"]
    assert not any("Nothing in" in line for line in summary(found))


def test_a_line_of_contents_never_runs_on():
    entries = "Article I Scope" + "." * 40 + "1\nAnnex A Agreed Places and Areas" + "." * 24 + "12\nThe Parties,\n"
    assert [block.text[:9] for block in blocks_of(read_text(entries))[0]] == ["Article I", "Annex A A", "The Parti"]


def test_lines_keep_words_numbers_and_breaks_by_hand(draft):
    lines = load_texts(draft, draft).ours.lines.splitlines()
    assert lines[:2] == ["Agreement", "between"]
    assert lines[lines.index("Definitions") - 1].replace("\N{NO-BREAK SPACE}", " ") == "Article I"
    assert (
        "2. Savings do not reduce the Contribution. They shall be used for further needs in the same category." in lines
    )
