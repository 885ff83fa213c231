"""What an agreement applies and was not read: not held, or named so that nobody can say which text is meant."""

from agreements.lineage.graph import Edge, Incorporation, StandingGraph
from agreements.survey.coverage import CarriedTopics, TopicPlace

WHOLE = Incorporation("I", "", "")


def test_a_name_that_settles_on_nothing_known_is_not_told_as_a_text_that_is_not_held() -> None:
    edges = [
        Edge("a", "visits-1960", "applies", "Agreement on Visits", WHOLE, signed="1960-05-03"),
        Edge("a", "", "applies", "Supplementary Agreement", WHOLE, "1960-05-03"),
        Edge("a", "", "applies", "Supplementary Agreement", WHOLE, "1960-05-03"),
        Edge("a", "read-1950", "applies", "Agreement that was read", WHOLE),
    ]
    carried = CarriedTopics({}, StandingGraph({"a": edges}), frozenset({"read-1950"}))
    assert list(carried.unread("a")) == [
        "it applies visits-1960 (as a whole), signed 1960-05-03, whose text is not held",
        "it applies Supplementary Agreement (as a whole), since 1960-05-03, "
        "by a name that settles on no agreement known here",
    ]
    assert not list(carried.unread("read-1950"))


def test_what_is_applied_to_one_matter_brings_no_other() -> None:
    by = Incorporation("VI", "", "Agreement on Purchases", matter="purchases")
    edges = [Edge("a", "purchases-1988", "applies", "Agreement on Purchases", by)]
    place, there = TopicPlace("a#VI", "VI", ""), TopicPlace("purchases-1988#2", "2", "")
    topics = {
        "a": {"contracting": [place.packed("a")]},
        "purchases-1988": {topic: [there.packed("purchases-1988")] for topic in ("contracting", "labor")},
    }
    carried = CarriedTopics(topics, StandingGraph({"a": edges}), frozenset({"a"}))
    assert list(carried.by_route("a")) == ["contracting"]
    assert list(carried.unread("a", "contracting"))
    assert not list(carried.unread("a", "labor"))


def test_a_place_is_the_same_out_of_the_row_that_keeps_it() -> None:
    for place in (
        TopicPlace("a#VI", "VI", ""),
        TopicPlace("a#VI", "VI", "Agreement on Purchases"),
        TopicPlace("a#VI", "VI", "", "left to later arrangements by a#VI"),
        TopicPlace("b#2", "VI", ""),
    ):
        assert TopicPlace.of_packed("a", place.packed("a")) == place
    assert TopicPlace("a#VI", "VI", "").packed("a") == "VI"
