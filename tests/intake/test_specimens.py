"""Specimens are our own drafts between invented States, and the files that ship are what the templates give."""

import re

import pytest

from agreements.intake.specimens import specimens
from agreements.model import Agreement
from agreements.repository import Repository
from agreements.resources import shipped
from agreements.states import find_in


@pytest.fixture(scope="module")
def assembled() -> list[Agreement]:
    return list(specimens())


def test_two_or_more_of_each_family_that_is_drafted(assembled: list[Agreement]) -> None:
    families = [a.family for a in assembled]
    assert {family: families.count(family) >= 2 for family in ("sofa", "dca", "acsa")} == dict.fromkeys(
        ("sofa", "dca", "acsa"), True
    )


def test_no_real_state_and_no_statute_of_one_survives(assembled: list[Agreement]) -> None:
    for agreement in assembled:
        names = [party.name for party in agreement.parties]
        assert not any(find_in(name) for name in names)
        words = "\n".join([agreement.title, *(p.words() for d in agreement.documents for p in d.provisions)])
        assert not re.search(r"\bU\.?S\.|United States|\bUSC\b|Foreign Claims Act|American", words)


def test_they_are_marked_wherever_they_appear(assembled: list[Agreement]) -> None:
    for agreement in assembled:
        assert agreement.id.startswith("specimen-")
        assert (agreement.standing, agreement.authority, agreement.marking) == ("specimen", "specimen", "UNCLASSIFIED")
        assert agreement.notes


def test_the_files_that_ship_are_what_the_templates_give(assembled: list[Agreement]) -> None:
    corpus = Repository(shipped("corpus"))
    held = {i: corpus.get(i) for i in corpus.ids() if i.startswith("specimen-")}
    assert held == {a.id: a for a in assembled}, "run: python -m agreements.intake.specimens"
