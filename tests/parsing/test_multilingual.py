"""Several languages in one document."""

from dataclasses import replace

import pytest

from agreements.parsing.multilingual import detect, is_english, streams, texts, with_languages
from agreements.reading.blocks import Block, Line

EN = "The Parties shall consult each other on the application of this Agreement at the request of either of them."
NL = "De Partijen plegen op verzoek van een van beide overleg over de toepassing van dit Verdrag in hun landen."
FR = "Les Parties se consultent sur l'application du présent Accord à la demande de l'une ou l'autre d'entre elles."
AR = "يتشاور الطرفان بشأن تطبيق هذه الاتفاقية بناء على طلب أي منهما وفقا لأحكامها وللقوانين المعمول بها في بلديهما"


def treaty(words: str, head: str) -> list[Block]:
    return [Block(text) for n in range(1, 4) for text in (f"{head} {n}", f"{words} {words}")]


def runs(blocks: tuple[Block, ...]) -> list[str]:
    return [block.language for block in blocks]


@pytest.mark.parametrize(("text", "language"), [(EN, "en"), (NL, "nl"), (FR, "fr"), (AR, "ar")])
def test_detect(text: str, language: str) -> None:
    assert detect(text)[0] == language
    assert is_english(text) is (language == "en")


def test_detection_among_some_languages_leaves_the_detector_as_it_was() -> None:
    assert detect(FR, ["en", "nl"]) == ("en", 0.0)
    assert detect(FR)[0] == "fr"


DA = "Parterne rådfører sig med hinanden om anvendelsen af denne aftale, når en af dem anmoder om det."
HR = "Stranke se međusobno savjetuju o primjeni ovoga Sporazuma na zahtjev bilo koje od njih."
BS = "Strane će se međusobno konsultovati o primjeni ovog sporazuma na zahtjev bilo koje od njih."


def test_a_paragraph_of_a_near_language_is_in_the_one_that_the_document_is_in() -> None:
    language, confidence = detect(DA, ["en", "no"])
    assert language == "no"
    assert confidence == detect(DA)[1] > 0.85
    assert detect(DA) == ("da", confidence)


def test_languages_near_to_each_other_are_one_language_of_a_document() -> None:
    found = with_languages([Block(f"{words} {words}") for words in (HR, BS, HR)])
    assert len(set(runs(found))) == 1
    assert runs(found)[0] in ("hr", "bs")


@pytest.mark.parametrize("text", ["", " ", "\ud800 half a pair", "\0", "1234", FR.upper()])
def test_anything_can_be_asked(text: str) -> None:
    language, confidence = detect(text)
    assert 0 <= confidence <= 1
    assert confidence == 0 or any(character.isalpha() for character in text)
    assert language == "fr" or text != FR.upper()


def test_an_english_text_says_nothing_of_languages() -> None:
    blocks = tuple(treaty(EN, "Article"))
    assert with_languages(blocks) == blocks
    assert texts(blocks) == (("en", blocks),)


def test_a_text_in_another_language_says_so() -> None:
    found = with_languages(treaty(FR, "Article"))
    assert set(runs(found)) == {"fr"}
    assert [language for language, _ in texts(found)] == ["fr"]


@pytest.mark.parametrize(
    ("words", "head", "code"), [(NL, "Artikel", "nl"), (FR, "Article", "fr"), (AR, "المادة", "ar")]
)
def test_texts_one_after_the_other(words: str, head: str, code: str) -> None:
    blocks = [*treaty(EN, "Article"), *treaty(words, head)]
    found = with_languages(blocks)
    assert runs(found) == ["en"] * 6 + [code] * 6
    assert [(language, len(own)) for language, own in texts(found)] == [("en", 6), (code, 6)]


def test_paragraphs_that_alternate_are_brought_together() -> None:
    pairs = zip(treaty(EN, "Article"), treaty(NL, "Artikel"), strict=True)
    found = with_languages([block for pair in pairs for block in pair])
    assert runs(found) == ["en"] * 6 + ["nl"] * 6
    assert [b.text for b in found[6:8]] == ["Artikel 1", f"{NL} {NL}"]


def test_notes_in_two_languages_are_one_text() -> None:
    found = with_languages([Block(f"{FR} {FR}"), Block(FR), Block(f"{EN} {EN}"), Block(EN)])
    assert set(runs(found)) == {"fr", "en"}
    assert len(texts(found)) == 1


def column(number: int, words: str, page: int = 1) -> list[Line]:
    return [Line(f"{words}", 0, 0, page, 12.0 * n, column=number) for n in range(8)]


def test_columns_in_two_languages_are_two_streams_over_all_pages() -> None:
    lines = [x for p in (1, 2) for x in (*column(1, EN, p), *column(2, NL, p))]
    found = streams(lines)
    assert [(language, {x.column for x in own}, len(own)) for language, own in found] == [
        ("en", {1}, 16),
        ("nl", {2}, 16),
    ]


def test_columns_that_change_sides_keep_their_language() -> None:
    lines = [*column(1, EN), *column(2, NL), *column(1, NL, 2), *column(2, EN, 2), *column(1, EN, 3), *column(2, NL, 3)]
    assert {language: len(own) for language, own in streams(lines)} == {"en": 24, "nl": 24}


def test_columns_of_one_language_are_one_stream() -> None:
    lines = [*column(1, EN), *column(2, EN)]
    assert streams(lines) == (("", tuple(lines)),)
    plain = [replace(line, column=0) for line in lines]
    assert streams(plain) == (("", tuple(plain)),)
