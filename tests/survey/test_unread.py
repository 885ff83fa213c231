"""What an agreement applies and was not read: not held, or named so that nobody can say which text is meant."""

from agreements.lineage.graph import Edge, Incorporation, StandingGraph
from agreements.survey.coverage import CarriedTopics

WHOLE = Incorporation("I", "", "")


def test_a_name_that_settles_on_nothing_known_is_not_told_as_a_text_that_is_not_held() -> None:
    edges = [
        Edge("a", "visits-1960", "applies", "Agreement on Visits", WHOLE, "1960-05-03"),
        Edge("a", "", "applies", "Supplementary Agreement", WHOLE, "1960-05-03"),
        Edge("a", "", "applies", "Supplementary Agreement", WHOLE, "1960-05-03"),
        Edge("a", "read-1950", "applies", "Agreement that was read", WHOLE),
    ]
    carried = CarriedTopics({}, StandingGraph({"a": edges}), frozenset({"read-1950"}))
    assert list(carried.unread("a")) == [
        "it applies visits-1960 (as a whole), since 1960-05-03, whose text is not held",
        "it applies Supplementary Agreement (as a whole), since 1960-05-03, "
        "by a name that settles on no agreement known here",
    ]
    assert not list(carried.unread("read-1950"))
