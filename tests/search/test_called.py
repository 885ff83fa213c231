"""What people call partners and places beside the names that treaties print, and what is not read out of a query."""

import pytest

from agreements.repository import Facts
from agreements.search.called import regions, regions_called, states_called
from agreements.search.elsewhere import is_of_another_tongue
from agreements.search.locating import sought_places
from agreements.search.naming import Catalog
from agreements.search.understanding import Held, understand

SPRING = Facts(id="spring-rule", title="Valdmark Convention on Harbour Pilots", documents=1)
ACSA = Facts(id="kor-supply", title="Supply Agreement with Korea", family="acsa", parties=("USA", "KOR"), documents=1)
CATALOG = Catalog(lambda: [SPRING, ACSA])


@pytest.mark.parametrize(
    ("query", "paths"),
    [
        ("Articles 17, 18 and 20", ["17", "18", "20"]),
        ("arts. 3-5", ["3", "4", "5"]),
        ("Article VII–IX", ["7", "8", "9"]),
        ("paragraphs 2 and 3 of Article VII", ["7.2", "7.3"]),
        ("Article 7 and 2 days", ["7"]),
        ("Article 9-3", ["9"]),  # no range goes down
        ("Articles 1 to 400", ["1"]),  # and so long a one names no places
        ("the second paragraph of Article 5", ["5.2"]),
        ("Article 5, 3rd subparagraph", ["5.3"]),
        ("second paragraph", []),
        ("Artikel 22 Absatz 2", ["22.2"]),
        ("Art. 7 Abs. 3 Buchstabe c", ["7.3.c"]),
        ("article VIII, paragraphe 6", ["8.6"]),
        ("artículo 4 apartado 1", ["4.1"]),
        ("статья 7 пункт 3", ["7.3"]),
        ("battalion 3 and vessel 4", []),
    ],
)
def test_places_in_series_and_in_other_languages(query: str, paths: list[str]) -> None:
    assert [place.keys[0] for place in sought_places(query)] == paths


@pytest.mark.parametrize(
    ("query", "code"),
    [("Korea", "KOR"), ("the UAE", "ARE"), ("uae", None), ("North Korea", None), ("Holland", "NLD"), ("choreas", None)],
)
def test_short_names_of_states(query: str, code: str | None) -> None:
    assert next((found.value for found in states_called(query)), None) == code


@pytest.mark.parametrize(
    ("query", "region"),
    [
        ("agreements with Gulf States", "gulf"),
        ("with Africa", "africa"),
        ("islands in the Caribbean", None),
        ("South African soldiers", None),
        ("Baltics", "baltic"),
    ],
)
def test_regions_are_partners_and_no_places(query: str, region: str | None) -> None:
    assert next((found.value for found in regions_called(query)), None) == region


def test_a_region_comes_first_where_one_of_its_states_is_held_and_is_noted_where_none_is() -> None:
    states = regions()["gulf"].codes
    some = Held(lambda field, value: (field, value) == ("party", states[1]))
    assert [each.id for each in understand("fees with Gulf States", CATALOG, some).first] == ["region:gulf"]
    none = understand("fees with Gulf States", CATALOG, Held(lambda field, value: False))
    assert not none.first
    assert none.notes == ("No agreement whose text is held has a party of Gulf States.",)


@pytest.mark.parametrize(
    ("query", "is_actor"),
    [
        ("custody of an American soldier", True),
        ("the American agreement on custody", False),
        ("custody American", False),
    ],
)
def test_an_adjective_of_an_agreement_names_its_partner(query: str, is_actor: bool) -> None:
    assert [each.is_actor for each in understand(query, CATALOG).first] == [is_actor]


@pytest.mark.parametrize(
    ("query", "is_another"),
    [
        ("permiso de conducir sin examen", True),
        ("Gerichtsbarkeit über Mitglieder der Truppe", True),
        ("kangaroo leather exports", False),
        ("Is there a clause on de facto control?", False),
        ("pandemic vaccination date", False),  # which is a word of French too
    ],
)
def test_a_query_in_another_language_is_told(query: str, is_another: bool) -> None:
    assert is_of_another_tongue(query) is is_another


def test_an_agreement_is_named_by_the_first_letters_of_its_title() -> None:
    assert [place.agreement for place in understand("art. 2 VCHP", CATALOG).places] == ["spring-rule"]
    assert [each.value for each in understand("VCHP pilots", CATALOG).first] == ["spring-rule"]


def test_a_place_of_another_family_is_told_as_such() -> None:
    note = "By their facts no agreement held here with South Korea is of the family Status of forces agreement"
    assert note in " ".join(understand("Article 5 of the Korea SOFA", CATALOG).notes)
    assert not understand("Article 5 of the Korea ACSA", CATALOG).notes
