import csv

import pytest

from agreements import states
from agreements.errors import NotFoundError
from agreements.resources import data


@pytest.mark.parametrize(
    ("name", "code", "why"),
    [
        ("the Kingdom of the Netherlands", "NLD", "official name with article"),
        ("THE REPUBLIC OF TURKEY", "TUR", "capitals, a name no longer used"),
        ("Türkiye", "TUR", "today's name, with its letters"),
        ("Turkiye", "TUR", "the same without them"),
        ("the Government of Japan", "JPN", "a government stands for its State"),
        ("Kyrgyz Republic", "KGZ", "official name unlike the short one"),
        ("Cape Verde", "CPV", "former English name"),
        ("Côte d’Ivoire", "CIV", "typographic apostrophe"),
        ("Union of Soviet Socialist Republics", "SUN", "a State that is no more keeps its last code"),
        ("Republic of Korea", "KOR", "not the Democratic People's Republic"),
        ("Democratic People's Republic of Korea", "PRK", "not the Republic"),
        ("Holy See", "VAT", "party to treaties, no member of the United Nations"),
        ("North Atlantic Treaty Organization", "NATO", "organisations have their acronym"),
        ("Ruritania", None, "no State"),
        ("", None, "nothing"),
        ("the Government of", None, "no name follows"),
    ],
)
def test_code_of(name: str, code: str | None, why: str) -> None:
    assert states.code_of(name) == code, why


@pytest.mark.parametrize(
    ("text", "found", "why"),
    [
        ("Finland's forces and Japan’s ports", ["FIN", "JPN"], "possessives"),
        ("between Papua New Guinea and Guinea", ["PNG", "GIN"], "the longest name at each place"),
        ("the United Kingdom of Great Britain and Northern Ireland", ["GBR"], "no Ireland in it"),
        ("the Republic of the Congo, the Democratic Republic of the Congo", ["COG", "COD"], "two neighbours"),
        ("turkey and china on the menu", [], "names begin with a capital"),
        ("in the Netherlands.", ["NLD"], "the full stop ends the sentence"),
        ("the U.S.S.R. and Romania", ["SUN", "ROU"], "full stops inside an acronym"),
        ("Saint Christopher (Saint Kitts) and Nevis", ["KNA"], "brackets inside a name"),
        ("States of the region and the United Nations", ["UN"], "organisations too"),
    ],
)
def test_find_in(text: str, found: list[str], why: str) -> None:
    assert [named.code for named in states.find_in(text)] == found, why


def test_find_in_gives_the_characters_of_the_name() -> None:
    text = "between (the) French Republic, and others"
    (named,) = states.find_in(text)
    assert text[named.start : named.end] == "French Republic"


def test_every_name_in_the_table_leads_back_to_its_code() -> None:
    with data("states.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len({row["code"] for row in rows}) == len(rows) >= 193
    wrong = [
        (name, row["code"]) for row in rows for name in row["names"].split("|") if states.code_of(name) != row["code"]
    ]
    assert not wrong


def test_name_of_gives_the_usual_name_and_refuses_unknown_codes() -> None:
    assert states.name_of("DEU") == "Germany"
    with pytest.raises(NotFoundError, match="XXX"):
        states.name_of("XXX")


def test_kinds() -> None:
    assert states.is_organisation("NATO")
    assert not states.is_organisation("NLD")
    assert states.is_territory("ABW")


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Free City of Orlen", "FREE CITY OF ORLEN"),
        ("the Government of the Free  City of Orlen", "FREE CITY OF ORLEN"),
        ("Norway", "NOR"),
        ("the Government of Norway", "NOR"),
        ("NOR", "NOR"),
    ],
)
def test_a_party_is_looked_for_by_its_code_or_its_name(name: str, key: str) -> None:
    assert states.party_key(name) == key


def test_a_predecessor_is_told_from_a_new_name() -> None:
    assert states.is_predecessor("United Arab Republic")
    assert not states.is_predecessor("Burma")
