"""What is agreed article by article: who and when, what was reopened, and that a change to it is read first."""

import docx
import pytest

from agreements import library, word
from agreements.errors import NotFoundError
from tests.negotiation.conftest import OURS, THEIRS, agreement


@pytest.fixture
def kept(run, texts, tmp_path):
    run("negotiation", "new", "visits", "--partner", "Tamaris", "--family", "sofa")
    run("negotiation", "round", "visits", "--date", "2026-03-01", "--ad-referendum", "III")
    run("negotiation", "table", "visits", tmp_path / "ours.docx", "--date", "2026-03-02")
    return "visits"


def states(run, kept):
    return {row["path"]: row["state"] for row in run("negotiation", "agree", kept, as_json=True)}


def test_each_article_has_its_last_word_with_who_and_when(run, kept):
    run("negotiation", "agree", kept, "II", "--state", "agreed", "--by", "heads of delegation", "--date", "2026-03-03")
    assert states(run, kept) == {
        "preamble": "none recorded",
        "I": "none recorded",
        "II": "agreed",
        "III": "ad-referendum",
        "IV": "none recorded",
    }
    shown = run("negotiation", "agree", kept)[1].replace("\n      ", " ")
    assert "II  Claims: agreed on 2026-03-03 by heads of delegation" in shown
    assert "III  Taxation: agreed ad referendum on 2026-03-01 in round 1" in shown


def test_what_is_reopened_is_agreed_no_more_and_stays_on_record(run, kept, tmp_path):
    run("negotiation", "agree", kept, "III", "--state", "reopened", "--by", "Tamaris", "--date", "2026-04-01")
    assert states(run, kept)["III"] == "reopened"
    held = library.negotiations_in(tmp_path / "repo").get(kept)
    assert held.noted_as_agreed == ()
    assert held.entries_by_path["III"].by == "Tamaris"
    run("negotiation", "agree", kept, "III", "--state", "agreed", "--date", "2026-04-02")
    assert library.negotiations_in(tmp_path / "repo").get(kept).noted_as_agreed == ("III",)


def test_a_path_that_the_text_has_not_is_refused(run, kept, tmp_path):
    with pytest.raises(NotFoundError, match="no provision IX"):
        library.agree_articles(tmp_path / "repo", kept, ["II", "IX"], {})
    assert states(run, kept)["II"] == "none recorded"


def test_a_change_to_what_is_agreed_is_read_first_in_review_and_brief(run, kept, tmp_path):
    """Article II changes too, and comes first in the text and by its topic; III was agreed."""
    theirs = tmp_path / "answer.docx"
    word.write(agreement(THEIRS), theirs)
    run("negotiation", "receive", kept, theirs, "--date", "2026-03-20")
    shown = run("review", "--negotiation", kept, "--no-precedents")[1]
    assert shown.index("Reopened") < shown.index("\nIII  Taxation") < shown.index("\nII.2")
    run("negotiation", "brief", kept, "-o", tmp_path / "brief.docx")
    points = next(t for t in docx.Document(tmp_path / "brief.docx").tables if t.rows[0].cells[0].text == "Where")
    first, second = (row.cells[0].text for row in points.rows[1:])
    assert first.startswith("III")
    assert "REOPENED: agreed before" in first
    assert "REOPENED" not in second


def test_an_article_that_was_agreed_and_is_open_again_counts_as_reopened(run, kept, tmp_path):
    joint = tmp_path / "joint.docx"
    word.write(agreement(OURS.replace("all taxes", "\\[US: all taxes\\] \\[PARTNER: direct taxes\\]")), joint)
    run("negotiation", "table", kept, joint, "--joint", "--date", "2026-05-01")
    assert states(run, kept)["III"] == "reopened"


def test_an_undone_agreement_stays_on_record(run, kept, tmp_path):
    run("negotiation", "agree", kept, "II", "--by", "heads", "--date", "2026-03-03")
    acts = library.acts(tmp_path / "repo")
    run("undo", str(max(act.number for act in acts)))
    assert states(run, kept)["II"] == "none recorded"
    assert "article II" in run("negotiation", "status", kept)[1]


def test_what_was_agreed_goes_with_its_article_when_numbers_change(run, kept, tmp_path):
    """Definitions go: Taxation was III and is II; what is III now was never agreed."""
    run("negotiation", "agree", kept, "I", "--state", "agreed", "--date", "2026-03-04")
    start, end = OURS.index("## Article I:"), OURS.index("## Article II:")
    shorter = OURS[:start] + OURS[end:].replace("Article II:", "Article I:").replace("Article III:", "Article II:")
    theirs = tmp_path / "shorter.docx"
    word.write(agreement(shorter.replace("Article IV:", "Article III:")), theirs)
    run("negotiation", "set", kept, "--stage", "in-negotiation")
    run("negotiation", "agree", kept, "III", "--state", "agreed", "--date", "2026-03-05")
    run("negotiation", "receive", kept, theirs, "--date", "2026-03-20")
    rows = {(row["path"], row["heading"]): row["state"] for row in run("negotiation", "agree", kept, as_json=True)}
    assert rows["II", "Taxation"] == "agreed"
    assert rows["III", "Entry into Force"] == "none recorded"
    assert rows["I", "not found in text 2"] == "agreed"


def test_nothing_is_agreed_where_no_text_was_exchanged(run, tmp_path):
    run("negotiation", "new", "visits", "--partner", "Tamaris", "--family", "sofa")
    status, _, told = run("negotiation", "agree", "visits", "I")
    assert status == 1
    assert "no text that was exchanged" in told


def test_what_is_agreed_finally_is_never_called_ad_referendum(run, kept, tmp_path):
    run("negotiation", "agree", kept, "II", "--state", "agreed", "--date", "2026-03-03")
    assert "ad ref.    III\nagreed     II\n" in run("negotiation", "status", kept)[1]
    told = run("negotiation", "status", kept, as_json=True)
    assert (told["agreed_ad_referendum"], told["agreed_finally"]) == (["III"], ["II"])
    run("negotiation", "receive", kept, tmp_path / "ours.docx", "--date", "2026-03-04")
    run("negotiation", "brief", kept, "-o", tmp_path / "brief.docx")
    lines = [p.text for p in docx.Document(str(tmp_path / "brief.docx")).paragraphs]
    assert lines[lines.index("Agreed ad referendum") + 1] == "III"
    assert lines[lines.index("Agreed") + 1] == "II"
    run("paper", "email", kept, "-o", tmp_path / "mail.txt")
    assert "Agreed: ad referendum: III; finally: II" in (tmp_path / "mail.txt").read_text("utf-8")
    made = run(
        "negotiation", "joint", tmp_path / "ours.docx", tmp_path / "ours.docx", "--negotiation", kept, as_json=True
    )
    assert made["agreed_ad_referendum"] == ["III"]


def test_what_is_said_of_an_article_overtakes_what_was_said_before_of_its_parts(run, kept, tmp_path):
    run("negotiation", "agree", kept, "II.1", "--state", "reopened", "--date", "2026-03-03")
    assert states(run, kept)["II.1"] == "reopened"
    run("negotiation", "agree", kept, "II", "--state", "agreed", "--date", "2026-03-04")
    assert "II.1" not in states(run, kept)
    run("negotiation", "agree", kept, "II.1", "--state", "reopened", "--date", "2026-03-05")
    held = library.negotiations_in(tmp_path / "repo").get(kept)
    assert (states(run, kept)["II.1"], states(run, kept)["II"]) == ("reopened", "agreed")
    assert held.finally_agreed(["II", "II.1", "II.2", "III"]) == ("II", "II.2")


def test_the_brief_says_before_all_that_is_open_what_was_agreed_and_has_other_words(run, kept, tmp_path):
    run("negotiation", "agree", kept, "III", "--date", "2026-03-03")
    run("negotiation", "receive", kept, tmp_path / "ours.docx", "--date", "2026-03-04")
    word.write(agreement(THEIRS), tmp_path / "joint.docx")
    run("negotiation", "table", kept, tmp_path / "joint.docx", "--joint", "--date", "2026-03-20")
    run("negotiation", "brief", kept, "-o", tmp_path / "brief.docx")
    lines = [p.text for p in docx.Document(str(tmp_path / "brief.docx")).paragraphs]
    at = lines.index("Agreed before, and other words now")
    assert lines[at + 1].startswith("In text 3: ") and "III" in lines[at + 1]
    assert at < next(i for i, line in enumerate(lines) if line.startswith("Open points"))


def test_another_file_than_was_cleared_is_told_by_clear_and_by_the_brief(run, kept, tmp_path):
    run("negotiation", "clear", kept, "--ask", "L", "--text", "1", "--date", "2026-03-02")
    run("negotiation", "approve", kept, "L", "--date", "2026-03-03")
    said = "text 2 (joint text) is another file than L cleared"
    assert said not in run("negotiation", "clear", kept)[1]
    word.write(agreement(THEIRS), tmp_path / "joint.docx")
    run("negotiation", "table", kept, tmp_path / "joint.docx", "--joint", "--date", "2026-03-20")
    assert said in run("negotiation", "clear", kept)[1]
    run("negotiation", "brief", kept, "-o", tmp_path / "brief.docx")
    assert any(said in p.text for p in docx.Document(str(tmp_path / "brief.docx")).paragraphs)
