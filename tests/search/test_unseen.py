"""The graded queries of `benchmarks/data` over world treaties keep their own rule and are scored by it."""

import json

import pytest

from benchmarks.search_quality import UNSEEN, graded, measured


def test_each_query_is_graded_in_the_agreements_of_its_half_alone() -> None:
    data = json.loads(UNSEEN.read_text(encoding="utf-8"))
    halves = {name: set(agreements) for name, agreements in data["halves"].items()}
    assert not halves["tuning"] & halves["reporting"]
    assert len({row["id"] for row in data["queries"]}) == 60
    for row in data["queries"]:
        number = int(row["id"].removeprefix("u"))
        assert row["half"] == ("tuning" if number % 2 else "reporting")
        assert {ref.partition("#")[0] for ref in row["relevant"]} <= halves[row["half"]], row["id"]
        assert bool(row["relevant"]) == (row["kind"] != "none"), row["id"]
        assert set(row["relevant"].values()) <= {1, 2}


@pytest.mark.parametrize("name", ["development.json", "strangers.json"])
def test_what_may_be_looked_at_is_over_other_treaties(name: str) -> None:
    data = json.loads(UNSEEN.with_name(name).read_text(encoding="utf-8"))
    (held,) = data["halves"].values()
    unseen = json.loads(UNSEEN.read_text(encoding="utf-8"))
    others = {each for half in unseen["halves"].values() for each in half if each.startswith("bwbv")}
    assert not others & set(held)
    assert not {row["text"] for row in unseen["queries"]} & {row["text"] for row in data["queries"]}
    for row in data["queries"]:
        assert {ref.partition("#")[0] for ref in row["relevant"]} <= set(held), row["id"]
        assert bool(row["relevant"]) == (row["kind"] != "none"), row["id"]
        assert set(row["relevant"].values()) <= {1, 2, 3}


def test_a_hit_stands_for_the_graded_provision_it_lies_in_or_holds() -> None:
    grades = {"a#1.2": 2, "a#1.2.b": 1, "a#3": 1}
    assert graded(["a#1.2.c"], grades) == ["a#1.2"]  # lies in it
    assert graded(["a#1.2.b"], grades) == ["a#1.2.b"]  # the nearest
    assert graded(["a#1", "a#1"], grades) == ["a#1.2", "a#1.2.b"]  # holds them, the best first
    assert graded(["a#12", "a#30"], grades) == ["a#12", "a#30"]  # numbers that only begin alike
    assert measured(grades, graded(["a#1.2", "a#1.2.a", "a#9"], grades))[1] == 1 / 3  # each counts once
