"""Instruments of like names are told apart: a treaty from the agreement on forces of its parties, and what is added."""

import pytest

from agreements.language.well_known import well_known_in
from agreements.lineage.names import NameIndex
from agreements.repository import Facts
from agreements.search.naming import Catalog
from agreements.search.understanding import understand

SOFA = Facts(
    id="nato-sofa-1951",
    title="Agreement between the Parties to the North Atlantic Treaty regarding the Status of their Forces",
    short_title="NATO SOFA",
    parties=("NATO",),
    signed=("1951-06-19",),
    family="sofa",
    documents=1,
)


@pytest.mark.parametrize(
    ("text", "title", "why"),
    [
        ("article 5 of the NATO treaty", "North Atlantic Treaty", "the treaty"),
        ("Article 5 North Atlantic Treaty", "North Atlantic Treaty", "its own name"),
        (SOFA.title, "NATO SOFA", "its parties' agreement"),
        ("Article V of the NATO Status of Forces Agreement", "NATO SOFA", "a usual name"),
        ("Ottawa agreement, article 5", "Ottawa Agreement", "another"),
        ("Article 4 of the Paris Protocol", "Paris Protocol", "another"),
        ("PfP SOFA article II", "PfP SOFA", "another"),
        ("Further Additional Protocol to the PfP SOFA", None, "added to it"),
        ("Supplementary Agreement to the NATO SOFA", None, "added to it"),
        ("Protocol to the North Atlantic Treaty on the Accession of Orlenia", None, "added to it"),
        ("North Atlantic Treaty Organization", None, "an organisation"),
    ],
)
def test_which_instrument_is_named(text: str, title: str | None, why: str) -> None:
    found = well_known_in(text)
    assert (found and found.title) == title, why


@pytest.mark.parametrize("name", ["NATO Treaty", "North Atlantic Treaty", "Ottawa Agreement", "PfP SOFA"])
def test_a_name_of_another_means_no_agreement_that_is_held(name: str) -> None:
    assert NameIndex({SOFA.id: SOFA}).find(name, SOFA) == ((), ())


def test_a_place_in_another_is_none_in_the_agreement_that_is_held() -> None:
    catalog = Catalog(lambda: [SOFA])
    assert [place.agreement for place in understand("article 5 of the NATO SOFA", catalog).places] == [SOFA.id]
    asked = understand("article 5 of the NATO treaty", catalog)
    assert not asked.places
    assert "North Atlantic Treaty is not held here" in asked.notes[-1]
    assert "two, each with its articles" in understand("NATO article 5", catalog).notes[0]
