"""The registry of topics is whole and answers by name."""

import pytest

from agreements import topics
from agreements.errors import NotFoundError


def test_every_core_topic_is_a_topic_that_counts_under_itself() -> None:
    registry = topics.topics()
    cores = {t.core for t in registry.values()}
    assert len(registry) == 80
    assert len(cores) == 58
    assert all(registry[core].core == core for core in cores)


def test_every_topic_can_be_explained_and_found() -> None:
    for topic in topics.topics().values():
        assert topic.label, topic.id
        assert topic.definition, topic.id
        assert topic.triggers, topic.id


@pytest.mark.parametrize(
    ("fine", "core"),
    [
        ("personal_tax", "official_tax"),  # both sides of taxation are one column of a matrix
        ("criminal_jurisdiction", "criminal_jurisdiction"),
        ("uniforms", "weapons_carriage"),
    ],
)
def test_core_of(fine: str, core: str) -> None:
    assert topics.core_of(fine) == core
    assert fine in topics.fine_of(core)


def test_families_are_those_of_the_library() -> None:
    known = {"sofa", "dca", "sma", "acsa", "facilities_access", "transit", "state_flights"}
    assert {f for t in topics.topics().values() for f in t.families} == known
    assert topics.topic("ordering").usual_in("acsa")
    assert not topics.topic("ordering").usual_in("sofa")
    assert topics.topic("termination").usual_in("other")


def test_an_unknown_topic_lists_the_known_ones() -> None:
    with pytest.raises(NotFoundError) as caught:
        topics.topic("claims")
    assert "claims_government" in caught.value.hint


def test_only_a_core_topic_has_fine_ones() -> None:
    assert topics.fine_of("personal_tax") == ()
