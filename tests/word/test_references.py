import pytest

from agreements.model import Mark
from agreements.word.writing.runs import Anchor, links

ARTICLE = Anchor("_p_1", "Article\u00a0XII")
PARAGRAPH = Anchor("_p_2", "2.")
LETTER = Anchor("_p_3", "(a)")
BARE = Anchor("_p_4", "a.")


@pytest.mark.parametrize(
    ("text", "chain", "fields"),
    [
        ("paragraph 2(a) of Article XII", (ARTICLE, PARAGRAPH, LETTER), ["2", "(a)", "Article XII"]),
        ("Article\u00a0XII, paragraph 2", (ARTICLE, PARAGRAPH), ["Article\u00a0XII", "2"]),
        ("paragraph 2 of this Article", (ARTICLE, PARAGRAPH), ["2"]),
        ("this Article", (ARTICLE,), []),
        ("Articles XII", (ARTICLE,), []),  # a field would show "Article XII"
        ("Article XIII", (ARTICLE,), []),  # another number that begins alike
        ("2", (ARTICLE, PARAGRAPH), ["2"]),  # one of "paragraphs 1 and 2", marked alone
        ("subparagraph a of paragraph 2", (ARTICLE, PARAGRAPH, BARE), ["a", "2"]),
        ("a rule of paragraph 2", (ARTICLE, PARAGRAPH, BARE), ["2"]),  # an indefinite article is no number
        ("paragraph 12", (PARAGRAPH,), []),
        ("Section 2", (Anchor("_p_9", ""),), []),  # a number typed as text has no field
    ],
)
def test_what_becomes_a_field(text, chain, fields):
    mark = Mark(start=0, end=len(text), kind="reference", target="x")
    assert [text[link.start : link.end] for link in links(text, mark, chain)] == fields


def test_only_the_marked_words_are_looked_at():
    text = "Article XII and again Article XII"
    mark = Mark(start=22, end=len(text), kind="reference", target="XII")
    assert [(link.start, link.end) for link in links(text, mark, (ARTICLE,))] == [(22, 33)]
