"""Heads in many languages and ways of printing, and lines that open as heads do and are none."""

import pytest

from agreements.languages import head_words

# line -> kind, number as printed, value, what follows; 60 forms of 40 languages and the ways of numbering
FORMS = [
    ("Article 1001", "article", "1001", 1001, ""),
    ("Article 1.2A", "article", "1.2A", 2, ""),
    ("Article I bis", "article", "I bis", 1, ""),
    ("Article 22 ter", "article", "22 ter", 22, ""),
    ("Article 1st", "article", "1st", 1, ""),
    ("1st Article", "article", "1st", 1, ""),
    ("First Article", "article", "First", 1, ""),
    ("TWELFTH ARTICLE", "article", "TWELFTH", 12, ""),
    ("§ 1", "section", "1", 1, ""),
    ("Clause 2", "section", "2", 2, ""),
    ("ARTICLE - 1", "article", "1", 1, ""),
    ("Article No. 4", "article", "4", 4, ""),
    ("Article [5]", "article", "[5]", 5, ""),
    ("Article Twenty-three: Claims", "article", "Twenty-three", 23, ": Claims"),
    ("ARTICLE XIVA", "article", "XIVA", 14, ""),
    ("Article premier", "article", "premier", 1, ""),
    ("Article 1er", "article", "1er", 1, ""),
    ("Titre II Dispositions", "part", "II", 2, " Dispositions"),
    ("Artículo primero.", "article", "primero", 1, "."),
    ("ARTICULO 7o", "article", "7o", 7, ""),
    ("Artículo décimo segundo", "article", "décimo segundo", 12, ""),
    ("Artigo 3.º", "article", "3.º", 3, ""),
    ("Artigo décimo primeiro", "article", "décimo primeiro", 11, ""),
    ("Articolo primo", "article", "primo", 1, ""),
    ("Artikel 9 Haftung", "article", "9", 9, " Haftung"),
    ("Zweiter Abschnitt", "section", "Zweiter", 2, ""),
    ("Hoofdstuk IV", "chapter", "IV", 4, ""),
    ("Artykuł 5", "article", "5", 5, ""),
    ("ROZDZIAŁ II", "chapter", "II", 2, ""),
    ("ARTICOLUL 6", "article", "6", 6, ""),
    ("Článek 7", "article", "7", 7, ""),
    ("ČLÁNOK III", "article", "III", 3, ""),
    ("4. cikk", "article", "4", 4, ""),
    ("II. FEJEZET", "chapter", "II", 2, ""),
    ("Első cikk", "article", "Első", 1, ""),
    ("8. člen", "article", "8", 8, ""),
    ("Članak 9.", "article", "9", 9, "."),
    ("Члан 10.", "article", "10", 10, "."),
    ("Член 11", "article", "11", 11, ""),
    ("ΑΡΘΡΟ 12", "article", "12", 12, ""),
    ("Άρθρο τέταρτο", "article", "τέταρτο", 4, ""),
    ("MADDE 13 - Süre", "article", "13", 13, " - Süre"),
    ("Beşinci Madde", "article", "Beşinci", 5, ""),
    ("СТАТЬЯ 14", "article", "14", 14, ""),
    ("Глава V", "chapter", "V", 5, ""),
    ("Стаття перша", "article", "перша", 1, ""),
    ("მუხლი 15", "article", "15", 15, ""),
    ("Հոդված 16", "article", "16", 16, ""),
    ("المادة الثانية عشرة", "article", "الثانية عشرة", 12, ""),
    ("المادة (٧)", "article", "(٧)", 7, ""),
    ("ماده ۵", "article", "۵", 5, ""),
    ("סעיף 17", "article", "17", 17, ""),
    ("第二十一条", "article", "二十一", 21, ""),
    ("第１２条　定義", "article", "１２", 12, "　定義"),
    ("第三条の二", "article", "三条の二", 3, ""),
    ("第四章 總則", "chapter", "四", 4, " 總則"),
    ("제18조 (정의)", "article", "18", 18, " (정의)"),
    ("Pasal 19", "article", "19", 19, ""),
    ("ข้อ ๔", "article", "๔", 4, ""),
    ("Điều 20. Phạm vi", "article", "20", 20, ". Phạm vi"),
    ("Artikkel 21", "article", "21", 21, ""),
    ("Kapittel 2", "chapter", "2", 2, ""),
    ("22 artikla", "article", "22", 22, ""),
    ("3. gr.", "article", "3", 3, "."),
    ("23. pants", "article", "23", 23, ""),
    ("24 straipsnis", "article", "24", 24, ""),
    ("Neni i dytë", "article", "i dytë", 2, ""),
]


@pytest.mark.parametrize(("line", "kind", "number", "value", "rest"), FORMS)
def test_a_head_is_read_whole(line, kind, number, value, rest):
    head = head_words(line)
    assert head
    assert (head.kind, head.number, head.value, line[head.at :]) == (kind, number, value, rest)


def test_the_forms_are_those_that_were_promised():
    assert len(FORMS) >= 60


@pytest.mark.parametrize(
    ("line", "label"),
    [("Article 4", None), ("Artikel 4", "Artikel"), ("Art. 4", "Art."), ("4. cikk", "#. cikk"), ("第四条", "第#条"),
     ("First Article", "# Article"), ("§ 4", "§")],
)  # fmt: skip
def test_the_label_is_the_head_without_its_number(line, label):
    head = head_words(line)
    assert head
    assert head.label == label


@pytest.mark.parametrize(
    "line",
    ["Article as “the Board”) meets", "Article d'un accord", "Articles 3 and 4", "Part of the force", "1. Section 5",
     "The first article", "First the Parties agree", "5. The Parties", "IV. Costs", "2 cars", "Artikels", "第一",
     "Article", "Un article premier", "In Article 5", "Third State"],
)  # fmt: skip
def test_running_text_opens_no_head(line):
    assert head_words(line) is None
