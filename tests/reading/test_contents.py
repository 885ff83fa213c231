"""A table of contents in a Word file is held against the headings of the text that it stands in"""

import docx
import pytest

from agreements import word
from agreements.reading import read_source, source
from tests.negotiation.conftest import OURS, agreement


@pytest.fixture
def written(tmp_path):
    path = tmp_path / "ours.docx"
    word.write(agreement(OURS), path, options=word.WordOptions(contents="always"))
    return path


def stale(path):
    return [f.message for f in read_source(source.load(path)).findings if f.code == "contents-stale"]


def edited(path, how):
    made = docx.Document(str(path))
    how({p.text.strip(): p for p in made.paragraphs})
    made.save(str(path))
    return path


def strike(paragraph):
    paragraph._p.getparent().remove(paragraph._p)


def test_contents_as_they_were_made_are_those_of_the_text(written):
    assert any(f.code == "contents" for f in read_source(source.load(written)).findings)
    assert stale(written) == []


def test_a_struck_article_stands_in_the_contents_and_the_later_ones_have_other_numbers(written):
    (told,) = stale(edited(written, lambda by: strike(by["Claims"])))
    assert "no heading says “Article II Claims" in told
    assert "“Article II Taxation”, “Article III Entry into Force” are not in it" in told


def test_a_heading_in_other_words_is_not_that_of_the_contents(written):
    def reword(by):
        by["Taxation"].runs[-1].text = "Taxes and Duties"

    (told,) = stale(edited(written, reword))
    assert "“Article III Taxation" in told
    assert "“Article III Taxes and Duties” is not in it" in told


def test_an_edit_of_words_under_a_heading_leaves_the_contents_right(written):
    def reword(by):
        by["The force shall be exempt from all taxes of Tamaris."].runs[-1].text = "No tax is due."

    assert stale(edited(written, reword)) == []
