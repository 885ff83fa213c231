"""Every pack reads its own examples; numbers in words and in Chinese signs have their values."""

import pytest

from agreements.language import numbers
from agreements.languages import fold, head_words, languages, phrases


@pytest.mark.parametrize("code", languages())
def test_the_examples_of_a_language_are_its_first_three_articles(code):
    found = [head_words(example) for example in languages()[code].examples]
    assert [(head.kind, head.value) for head in found if head] == [("article", 1), ("article", 2), ("article", 3)]


@pytest.mark.parametrize("code", languages())
def test_every_word_of_a_head_opens_one(code):
    for kind in ("article", "section", "chapter", "part"):
        for form in languages()[code].heads(kind):
            line = form.replace("#", "3") if "#" in form else f"{form} 3"
            head = head_words(line)
            assert head, line
            assert (head.value, head.at) == (3, len(line)), line


@pytest.mark.parametrize("code", languages())
def test_numbers_in_words_are_the_values_of_heads(code):
    language = languages()[code]
    form = language.article[0]
    if "#" in form:
        pytest.skip("its numbers stand in figures before the word")
    for ordinal in (way for ways in language.ordinals for way in ways.split("|")):
        head = head_words(f"{form} {ordinal}")
        assert head, ordinal
        assert head.value == language.counted()[fold(ordinal)]


def test_languages_are_as_many_as_the_field_needs():
    assert len(languages()) >= 40


def test_phrases_are_folded_and_each_once():
    found = phrases("preamble")
    assert "preambule" in found
    assert len(found) == len(set(found))
    assert "preamble" not in phrases("preamble", "en")


def test_accents_and_case_do_not_count():
    assert fold("ΆΡΘΡΟ") == fold("άρθρο") == fold("ΑΡΘΡΟ")
    assert fold("İKİNCİ") == fold("ikinci")


@pytest.mark.parametrize(
    ("signs", "value"),
    [("一", 1), ("十", 10), ("十二", 12), ("二十", 20), ("二十一", 21), ("百", 100), ("一百〇五", 105), ("一〇一", 101),
     ("２３", 23), ("条", None), ("", None)],
)  # fmt: skip
def test_chinese_numbers(signs, value):
    assert numbers.han(signs) == value
