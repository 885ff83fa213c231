"""Parties are read as they are named: those that no table knows too, none under the code of another."""

from collections.abc import Callable

import pytest

from agreements.parsing import Parsed, parties

US = "United States of America"


@pytest.mark.parametrize(
    ("second", "code", "name", "why"),
    [
        ("the Republic of Vardania", "", "Republic of Vardania", "unknown"),
        ("the Free City of Orlen", "", "Free City of Orlen", "no State"),
        ("the Trust Territory of the Western Isles", "", "Trust Territory of the Western Isles", "of the"),
        ("the Government of the Kingdom of Orlen", "", "Kingdom of Orlen", "its government"),
        ("the Royal Afghan Government", "AFG", "Royal Afghan Government", "an adjective"),
        ("the Imperial Ethiopian Government", "ETH", "Imperial Ethiopian Government", "an adjective"),
        ("the Sovereign Order of Malta", "", "Sovereign Order of Malta", "not Malta"),
        ("the American Institute in Taiwan", "", "American Institute in Taiwan", "lies there"),
        ("the Federation of Rhodesia and Nyasaland", "", "Federation of Rhodesia and Nyasaland", "one of two"),
        ("the Kingdom of Serbs, Croats and Slovenes", "", "Kingdom of Serbs, Croats and Slovenes", "three peoples"),
        ("the International Bank for Lorn and Development", "", "International Bank for Lorn and Development", "for"),
        ("the Allied High Commission", "", "Allied High Commission", "a body"),
        ("Trinidad and Tobago", "TTO", "Trinidad and Tobago", "and within a name"),
        ("the Czechoslovak Republic", "CSK", "Czechoslovak Republic", "a former State"),
        ("the United Nations", "UN", "United Nations", "an organisation"),
        ("the Swiss Federal Council", "CHE", "Swiss Federal Council", "the government of a State"),
    ],
)  # fmt: skip
def test_the_second_party_of_a_title(second: str, code: str, name: str, why: str) -> None:
    for title in (
        f"Agreement between the {US} and {second} concerning the Status of Forces",
        f"Agreement between the Government of the {US} and {second} regarding Transit",
    ):
        found = parties.from_title(title)
        assert [(party.code, party.name) for party in found] == [("USA", US), (code, name)], why


def test_an_unknown_party_among_known_ones_is_kept() -> None:
    found = parties.from_title("Convention between France, the Free City of Orlen, Norway and Poland on Rivers")
    assert [party.code or party.name for party in found] == ["FRA", "Free City of Orlen", "NOR", "POL"]


def test_a_ministry_stands_for_its_state_where_that_is_named_and_for_itself_where_not() -> None:
    title = (
        f"Arrangement between the Department of Defense of the {US} and the Ministry of War of the Republic of Orlen"
    )
    assert [party.code or party.name for party in parties.from_title(title)] == ["USA", "Republic of Orlen"]
    found = parties.from_title("Agreement between the Ministry of Works and the Harbour Board on visits")
    assert [party.name for party in found] == ["Ministry of Works", "Harbour Board"]


def test_the_parties_of_a_recital_that_goes_on(parsed: Callable[..., Parsed]) -> None:
    lines = (
        "# TREATY OF PEACE",
        "The Empire of Orlen and the Duchy of Nor conclude this treaty.",
        "# Article 1",
        "Peace.",
    )
    assert [party.name for party in parsed(*lines).agreement.parties] == ["Empire of Orlen", "Duchy of Nor"]


@pytest.mark.parametrize(
    "title",
    [
        "Arrangement between the Parties and their competent authorities on transit",
        "Agreement between the competent authorities of both States on mail",
        "Protocol between the two Governments and the States concerned",
    ],
)
def test_who_is_no_party(title: str) -> None:
    assert parties.from_title(title) == ()


@pytest.mark.parametrize(
    ("title", "code", "found"),
    [
        ("Accord entre le Gouvernement de la République française et le Gouvernement de la République d'Orlen "
         "relatif au transit", "fr", ["FRA", "République d'Orlen"]),
        ("Convenio entre el Reino de España y la República de Orlen sobre carga", "es", ["ESP", "República de Orlen"]),
        ("Abkommen zwischen der Republik Österreich und der Republik Orlen über Fracht", "de",
         ["AUT", "Republik Orlen"]),
        ("Acordo entre a República Portuguesa e a República de Angola sobre carga", "pt", ["PRT", "AGO"]),
    ],
)  # fmt: skip
def test_the_unknown_one_of_two_in_another_language(title: str, code: str, found: list[str]) -> None:
    assert [party.code or party.name for party in parties.from_title(title, code)] == found
