"""Sixty forms of heads in forty languages, from knowledge of the languages and not from the packs: each found whole."""

import pytest

from agreements.languages import head_words

FORMS = [
    ("en", "ARTICLE XIV", 14), ("en", "Section 2", 2), ("en", "Article 12 bis", 12), ("en", "Second Article", 2),
    ("fr", "Article 1er", 1), ("fr", "ARTICLE DEUXIÈME", 2), ("fr", "Chapitre III", 3), ("es", "ARTÍCULO DÉCIMO", 10),
    ("es", "Artículo 4º", 4), ("es", "CAPÍTULO II", 2), ("pt", "Artigo 5.º", 5), ("pt", "ARTIGO SÉTIMO", 7),
    ("it", "Articolo 6", 6), ("it", "ARTICOLO QUINTO", 5), ("ro", "ARTICOLUL 7", 7), ("ro", "Articolul IV", 4),
    ("de", "Artikel 8", 8), ("de", "Zweiter Artikel", 2), ("de", "Abschnitt III", 3), ("nl", "Artikel 9", 9),
    ("nl", "HOOFDSTUK II", 2), ("da", "ARTIKEL 4", 4), ("sv", "Artikel 5", 5), ("no", "Artikkel 6", 6),
    ("is", "7. gr.", 7), ("fi", "8 artikla", 8), ("et", "Artikkel 9", 9), ("lv", "10. pants", 10),
    ("lt", "11 straipsnis", 11), ("pl", "Artykuł 12", 12), ("pl", "ARTYKUŁ PIERWSZY", 1), ("cs", "Článek 13", 13),
    ("sk", "ČLÁNOK 14", 14), ("hu", "15. cikk", 15), ("hu", "III. FEJEZET", 3), ("sl", "16. člen", 16),
    ("hr", "Članak 17.", 17), ("sr", "Члан 18.", 18), ("mk", "Член 19", 19), ("bg", "Член 20", 20),
    ("ru", "Статья 21", 21), ("ru", "СТАТЬЯ ПЕРВАЯ", 1), ("uk", "Стаття 22", 22), ("el", "Άρθρο 23", 23),
    ("el", "ΑΡΘΡΟ ΤΡΙΤΟ", 3), ("tr", "MADDE 24", 24), ("tr", "Madde 25", 25), ("sq", "Neni 26", 26),
    ("ka", "მუხლი 27", 27), ("hy", "Հոդված 28", 28), ("ar", "المادة ٢٩", 29), ("ar", "المادة الثانية", 2),
    ("fa", "ماده ۳۰", 30), ("he", "סעיף 31", 31), ("ja", "第三十二条", 32), ("zh", "第三十三条", 33),
    ("ko", "제34조", 34), ("th", "ข้อ 35", 35), ("vi", "Điều 36", 36), ("id", "Pasal 37", 37),
]  # fmt: skip


def test_there_are_sixty_of_forty_languages() -> None:
    assert len(FORMS) >= 60
    assert len({code for code, _, _ in FORMS}) >= 40


@pytest.mark.parametrize(("code", "line", "value"), FORMS)
def test_a_head_is_found_whole(code: str, line: str, value: int) -> None:
    head = head_words(line)
    assert head, line
    assert head.value == value
    assert line[head.at :].strip(" .") == "", line
    assert code in head.codes
