"""Mistakes planted into sound drafts are found, each by the right code at the right place; sound drafts have none."""

from agreements.checks import check
from tests.checks.planting import DRAFTS, new_findings, plants, sound

_STYLE = {"blank", "missing-topic"}  # a date to be filled in, a topic that the example leaves out on purpose


def test_there_are_enough_plants_of_every_kind() -> None:
    kinds = [plant.kind for plant in plants()]
    assert len(kinds) >= 120
    assert len(set(kinds)) >= 25


def test_most_planted_mistakes_are_found_where_they_stand() -> None:
    missed = [plant for plant in plants() if not plant.is_caught(new_findings(plant))]
    assert len(missed) <= 0.1 * len(plants()), [(plant.subject, plant.at, plant.codes) for plant in missed]


def test_our_examples_have_no_finding() -> None:
    names = [file.stem for file in sorted(DRAFTS.glob("*.yaml"))]
    found = [(name, f.code, f.where, f.message) for name in names for f in check(sound(name)) if f.code not in _STYLE]
    assert found == []
