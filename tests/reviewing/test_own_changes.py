"""Our own tracked changes in a file that came back: what was done to them that its words do not show."""

import pytest

from agreements import library
from agreements.reviewing.words import summary
from tests.ooxml.building import p, r, word_file

LINES = (
    "Agreement between Arland and Borduria on the Harbour of Lorn",
    "Article I",
    "The Parties keep the harbour of Lorn open to the ships of each other.",
    "Article II",
    "This Agreement shall enter into force on the date of signature of both Parties.",
)
PAID, LATER = " It is paid in three days.", " It is paid in seven days."
NOTHING = "Nothing in theirs.docx was changed without tracking"


def deleted(words, author="Us"):
    run = f'<w:r><w:delText xml:space="preserve">{words}</w:delText></w:r>'
    return f'<w:del w:id="9" w:author="{author}" w:date="2026-01-02T00:00:00Z">{run}</w:del>'


def inserted(words, author="Us"):
    return f'<w:ins w:id="8" w:author="{author}" w:date="2026-01-02T00:00:00Z">{r(words)}</w:ins>'


def draft(*inner):
    return word_file("".join(map(p, LINES)) + "".join(p("The fee is due.", inner=each) for each in inner))


@pytest.fixture
def told(tmp_path):
    def told(ours, theirs):
        for name, content in (("ours", ours), ("theirs", theirs)):
            (tmp_path / f"{name}.docx").write_bytes(content)
        review = library.review(tmp_path / "ours.docx", tmp_path / "theirs.docx")
        return " ".join(summary(review)), review.as_json()

    return told


def test_words_that_changed_inside_our_deletion_are_told(told):
    said, data = told(draft(deleted(PAID)), draft(deleted(LATER)))
    assert NOTHING not in said
    assert f"in the words that we deleted, words differ: “{LATER.strip()}”, not “{PAID.strip()}”" in said
    assert data["settled_of_ours"] == 0


def test_of_several_deletions_the_nearest_is_told(told):
    two = draft(deleted(" It bears no stamp."), deleted(PAID))
    said, _ = told(two, draft(deleted(LATER), deleted(" It bears no stamp.")))
    assert f"“{LATER.strip()}”, not “{PAID.strip()}”" in said
    assert "stamp" not in said


@pytest.mark.parametrize("back", [draft(""), draft(deleted(PAID, "Them"))], ids=["accepted", "deleted anew by them"])
def test_a_change_of_ours_that_is_none_any_more_is_counted(told, back):
    said, data = told(draft(deleted(PAID)), back)
    assert NOTHING not in said
    assert "Tracked changes of ours in one paragraph are none any more in theirs.docx" in said
    assert data["settled_of_ours"] == 1


def test_insertions_that_were_accepted_are_counted(told):
    said, data = told(draft(inserted(PAID), inserted(LATER)), draft(r(PAID), r(LATER)))
    assert "Tracked changes of ours in 2 paragraphs are none any more" in said
    assert data["settled_of_ours"] == 2


def test_what_came_back_as_it_was_sent_is_no_news(told):
    said, data = told(draft(deleted(PAID)), draft(deleted(PAID[:9]) + deleted(PAID[9:])))
    assert NOTHING in said
    assert "of ours" not in said
    assert data["settled_of_ours"] == 0


def test_what_no_reading_looks_at_is_named(told):
    layout = p("The fee is due.", '<w:ind w:left="720"/>')
    said, _ = told(word_file("".join(map(p, LINES)) + p("The fee is due.")), word_file("".join(map(p, LINES)) + layout))
    assert "Not examined for such changes:" in said
    assert "indents" in said.partition("Not examined")[2]
    assert "which words of a paragraph a bookmark covers" in said
