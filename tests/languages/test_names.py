"""Names of States and languages in the words of each full pack, in any case and gender."""

import pytest

from agreements.languages import languages, names

FULL = [code for code, pack in languages().items() if pack.full and code != "en"]


@pytest.mark.parametrize("code", FULL)
def test_every_name_of_a_pack_is_found_as_that_state(code):
    for state, ways in languages()[code].states.items():
        for way in ways:
            found = [(n.code, way[n.start : n.end]) for n in names.states_in(way, code, doubtful=True)]
            assert found == [(state, way)], way


@pytest.mark.parametrize("code", FULL)
def test_every_language_of_a_pack_is_found(code):
    for tongue, ways in languages()[code].tongues.items():
        for way in ways:
            assert [named.code for named in names.tongues_in(f" {way} ", code)] == [tongue], way


@pytest.mark.parametrize(
    ("code", "text", "codes"),
    [
        ("ru", "между Правительством Российской Федерации и Королевством Испания", ["RUS", "ESP"]),
        ("ru", "с Нигерией и с Нигером", ["NGA", "NER"]),
        ("pl", "między Rządem Rzeczypospolitej Polskiej a Rządem Stanów Zjednoczonych Ameryki", ["POL", "USA"]),
        ("de", "mit den Vereinigten Staaten von Amerika und dem Königreich der Niederlande", ["USA", "NLD"]),
        ("ar", "حكومة المملكة المغربية والجمهورية الفرنسية", ["MAR", "FRA"]),
        ("fr", "les visites en suisse", []),
    ],
)
def test_cases_and_small_letters(code, text, codes):
    assert [named.code for named in names.states_in(text, code)] == codes


def test_the_form_of_a_state_belongs_to_its_name():
    text = "entre el Reino de España y la República de Chile"
    assert [text[n.start : n.end] for n in names.states_in(text, "es")] == ["Reino de España", "República de Chile"]


@pytest.mark.parametrize(
    ("code", "text", "codes"),
    [
        ("ru", "О ПЕРЕВОЗКЕ ГРУЗОВ И ДАННЫХ МАЛЫМИ СУДАМИ", []),  # of cargo, data, small: stems of three States
        ("ru", "С ГРУЗИЕЙ, ИРАНОМ И ДАНИЕЙ", ["GEO", "IRN", "DNK"]),
        ("ru", "Того требует Сторона. Правительство Того", ["TGO"]),  # that; Togo
        ("pl", "O OCHRONIE DANYCH", []), ("pl", "z Danią i Polską", ["DNK", "POL"]),
        ("pt", "A CÂMARA DOS DEPUTADOS", []), ("pt", "República dos Camarões", ["CMR"]),
        ("it", "LIBERO TRANSITO", []), ("it", "con la Liberia", ["LBR"]),
        ("es", "GRANADAS Y CUBOS", []), ("es", "con Granada y con Cuba", ["GRD", "CUB"]),
        ("fr", "GRENADE À MAIN", []), ("fr", "avec la Grenade", ["GRD"]),
        ("ar", "الدعم المالي", []), ("ar", "جمهورية مالي", ["MLI"]),
        ("de", "Ein Schweizer Franken; Polens Grenze", ["POL"]),
    ],
)  # fmt: skip
def test_a_common_word_with_the_stem_of_a_name_is_no_state(code, text, codes):
    assert [named.code for named in names.states_in(text, code)] == codes


@pytest.mark.parametrize("code", [code for code, pack in languages().items() if pack.tongues and code != "en"])
def test_the_languages_of_the_treaties_of_central_asia_and_the_caucasus_have_words_in_every_pack(code):
    assert {"kk", "ky", "uz", "tg", "tk", "mn", "az", "hy", "ka", "uk", "ps", "prs"} <= languages()[code].tongues.keys()


@pytest.mark.parametrize(
    ("code", "text"), [("ru", "в дар"), ("pl", "dary"), ("it", "dare"), ("es", "daría"), ("ar", "داري")]
)
def test_a_word_near_a_language_that_is_not_declined_is_none(code, text):
    assert names.tongues_in(text, code) == []
