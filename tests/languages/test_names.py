"""Names of States and languages in the words of each full pack, in any case and gender."""

import pytest

from agreements.languages import languages, names

FULL = [code for code, pack in languages().items() if pack.full and code != "en"]


@pytest.mark.parametrize("code", FULL)
def test_every_name_of_a_pack_is_found_as_that_state(code):
    for state, ways in languages()[code].states.items():
        for way in ways:
            found = [(named.code, way[named.start : named.end]) for named in names.states_in(way, code)]
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
