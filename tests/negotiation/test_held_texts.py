"""What is recorded of a negotiation is held against its texts: positions, what is agreed, a file that came again"""

import docx
import pytest

from tests.negotiation.conftest import OURS, agreement


@pytest.fixture
def kept(run, tmp_path):
    from agreements import word

    word.write(agreement(OURS), tmp_path / "ours.docx")
    run("negotiation", "new", "visits", "--partner", "Tamaris", "--family", "sofa", "--title", "Visiting forces")
    return "visits"


def told(answer):
    return " ".join(answer[2].split())


def test_a_position_on_a_clause_that_no_text_has_is_told_with_near_ones(run, kept, tmp_path):
    position = ("negotiation", "position", kept)
    assert "no text is kept yet" in told(run(*position, "II.7", "--preferred", "words"))
    run("negotiation", "table", kept, tmp_path / "ours.docx", "--date", "2026-03-01")
    said = told(run(*position, "II.7", "--preferred", "words"))
    assert "No text that is kept has a provision II.7 (text 1)" in said
    assert "Near: II.1 to II.2." in said
    assert "II.7" not in told(run(*position, "II.2", "--preferred", "words"))
    assert "II.7" in told(run(*position))
    assert "was not examined: no text is kept with the record" in told(run(*position, "claimz", "--preferred", "words"))
    assert "II.7" not in told(run(*position, "II.7", "--status", "dropped"))


def test_another_file_with_the_words_of_one_that_is_kept_is_told_as_that(run, kept, tmp_path):
    run("negotiation", "table", kept, tmp_path / "ours.docx", "--date", "2026-03-01")
    again = docx.Document(str(tmp_path / "ours.docx"))
    again.core_properties.title = "Another title of the file"
    again.save(str(tmp_path / "again.docx"))
    said = told(run("negotiation", "receive", kept, tmp_path / "again.docx", "--date", "2026-03-04"))
    assert "Another file than text 1 of 2026-03-01 (ours.docx), and the same words as read" in said
    same = told(run("negotiation", "receive", kept, tmp_path / "again.docx", "--date", "2026-03-05"))
    assert "This is the same file as text 2" in same
    assert "Another file" not in same
    next(p for p in again.paragraphs if p.text.startswith("Claims of third")).runs[-1].text = "Claims are settled."
    again.save(str(tmp_path / "other.docx"))
    other = told(run("negotiation", "receive", kept, tmp_path / "other.docx", "--date", "2026-03-06"))
    assert "Another file" not in other


def test_nothing_is_agreed_before_its_words_were_on_the_table(run, kept, tmp_path):
    run("negotiation", "table", kept, tmp_path / "ours.docx", "--date", "2026-03-01")
    status, _, error = run("negotiation", "agree", kept, "II", "--date", "2026-02-20")
    assert status == 1
    assert (
        "On 2026-02-20 no text of visits had been exchanged: text 1, the first that is kept, is of 2026-03-01." in error
    )
    assert run("negotiation", "agree", kept, "II", "--date", "2026-03")[0] in (0, None)


def test_what_was_agreed_before_the_last_text_rests_on_the_one_of_that_day(run, kept, tmp_path):
    run("negotiation", "table", kept, tmp_path / "ours.docx", "--date", "2026-03-01")
    later = docx.Document(str(tmp_path / "ours.docx"))
    next(p for p in later.paragraphs if p.text.startswith("Claims of third")).runs[-1].text = "Claims are settled."
    later.save(str(tmp_path / "later.docx"))
    run("negotiation", "receive", kept, tmp_path / "later.docx", "--date", "2026-03-10")
    shown = " ".join(run("negotiation", "agree", kept, "II", "--date", "2026-03-05")[1].split())
    assert "its words are others in text 2" in shown
    assert "This rests on text 1, the last one exchanged by that day." in shown
    assert "This rests" not in run("negotiation", "agree", kept, "II", "--date", "2026-03-11")[1]
