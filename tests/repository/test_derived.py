"""Rows worked out of each agreement: made once for its files, made anew when they change, never wrong."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from agreements.errors import RepositoryError
from agreements.repository import Derived, Repository, forget_rows, one_by_one
from tests.repository.conftest import made


class Counting:
    """Works out the title of an agreement and counts how often it was asked to."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, repository: Repository, agreement: str) -> str:
        self.asked.append(agreement)
        return repository.get(agreement).title


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    repository = Repository(tmp_path / "r")
    with repository.writing() as writer:
        writer.add(made("valdoria-2019", title="On uniforms"))
        writer.add(made("valdoria-2020", title="On camps", signed="2020-01-01"))
    return repository


def test_a_row_is_worked_out_once_and_kept_for_the_next_process(repository: Repository) -> None:
    make = Counting()
    assert Derived("titles", 1, one_by_one(make)).rows(repository, repository.ids())["valdoria-2020"] == "On camps"
    again = Derived("titles", 1, one_by_one(make)).rows(Repository(repository.root), repository.ids())
    assert again == {"valdoria-2019": "On uniforms", "valdoria-2020": "On camps"}
    assert make.asked == ["valdoria-2019", "valdoria-2020"]


def test_only_what_changed_is_worked_out_anew(repository: Repository) -> None:
    make = Counting()
    titles = Derived("titles", 1, one_by_one(make))
    titles.rows(repository, repository.ids())
    repository.replace(made("valdoria-2020", title="On ports", signed="2020-01-01"))
    assert titles.rows(repository, repository.ids())["valdoria-2020"] == "On ports"
    assert make.asked[2:] == ["valdoria-2020"]


def test_of_what_is_left_out_the_last_row_is_not_given(repository: Repository) -> None:
    def all_but_one(repository: Repository, ids: Sequence[str]) -> Iterator[tuple[str, str]]:
        yield from ((each, "") for each in ids if repository.get(each).title != "On ports")

    titles = Derived("titles", 1, all_but_one)
    assert set(titles.rows(repository, repository.ids())) == {"valdoria-2019", "valdoria-2020"}
    repository.replace(made("valdoria-2020", title="On ports", signed="2020-01-01"))
    for each in (repository, Repository(repository.root)):
        assert set(titles.rows(each, repository.ids())) == {"valdoria-2019"}


def test_a_row_that_other_rules_made_is_worked_out_anew(repository: Repository) -> None:
    make = Counting()
    Derived("titles", 1, one_by_one(make)).rows(repository, ["valdoria-2019"])
    Derived("titles", 2, one_by_one(make)).rows(repository, ["valdoria-2019"])
    assert make.asked == ["valdoria-2019"] * 2


@pytest.mark.parametrize("damage", ["", "[]", '{"made by": 1}', '{"rows": {"valdoria-2019": 7}}'])
def test_a_damaged_cache_is_worked_out_anew(repository: Repository, damage: str) -> None:
    titles = Derived("titles", 1, one_by_one(Counting()))
    titles.rows(repository, repository.ids())
    (repository.cache / "derived-titles.json").write_text(damage, encoding="utf-8")
    assert titles.rows(repository, ["valdoria-2019"]) == {"valdoria-2019": "On uniforms"}


def test_a_row_that_was_changed_on_the_disk_is_worked_out_anew(repository: Repository) -> None:
    make = Counting()
    titles = Derived("titles", 1, one_by_one(make))
    titles.rows(repository, repository.ids())
    file = repository.cache / "derived-titles.json"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("On uniforms", "On uniform."), encoding="utf-8")
    assert titles.rows(Repository(repository.root), ["valdoria-2019"]) == {"valdoria-2019": "On uniforms"}
    assert make.asked[2:] == ["valdoria-2019"]


def test_many_are_worked_out_a_few_together(repository: Repository) -> None:
    asked: list[Sequence[str]] = []

    def make(repository: Repository, ids: Sequence[str]) -> Iterator[tuple[str, object]]:
        asked.append(ids)
        yield from ((each, {'"]},\n': [each, None, 1.5]}) for each in ids)

    ids = repository.ids()
    rows = Derived("titles", 1, make, together=1).rows(repository, ids)
    assert asked == [[ids[0]], [ids[1]]]
    assert rows == {each: {'"]},\n': [each, None, 1.5]} for each in ids}
    assert Derived("titles", 1, make).rows(Repository(repository.root), ids) == rows
    assert len(asked) == 2


def test_what_may_not_be_kept_is_answered_and_worked_out_again(repository: Repository) -> None:
    make = Counting()
    titles = Derived("titles", 1, one_by_one(make))
    titles.rows(repository, ["valdoria-2019"])
    for _ in range(2):
        found = titles.rows(repository, repository.ids(), may_keep=lambda: False)
        assert found == {"valdoria-2019": "On uniforms", "valdoria-2020": "On camps"}
    assert make.asked == ["valdoria-2019", "valdoria-2020", "valdoria-2020"]


def test_what_is_not_held_has_no_row_and_leaves_the_cache(repository: Repository) -> None:
    titles = Derived("titles", 1, one_by_one(Counting()))
    titles.rows(repository, repository.ids())
    repository.purge("valdoria-2019", "asked for by the partner", spill="S-1")
    assert titles.rows(repository, ["valdoria-2019", "valdoria-2020"]) == {"valdoria-2020": "On camps"}
    kept = json.loads((repository.cache / "derived-titles.json").read_text(encoding="utf-8"))
    assert list(kept["rows"]) == ["valdoria-2020"]


def test_what_was_worked_out_before_a_failure_is_kept(repository: Repository) -> None:
    def make(repository: Repository, agreement: str) -> str:
        if agreement == "valdoria-2020":
            raise RepositoryError("damaged")
        return agreement

    with pytest.raises(RepositoryError):
        Derived("titles", 1, one_by_one(make)).rows(repository, repository.ids())
    make_again = Counting()
    assert Derived("titles", 1, one_by_one(make_again)).rows(repository, ["valdoria-2019"]) == {
        "valdoria-2019": "valdoria-2019"
    }
    assert not make_again.asked


def test_forgotten_rows_are_worked_out_anew(repository: Repository) -> None:
    make = Counting()
    titles = Derived("titles", 1, one_by_one(make))
    titles.rows(repository, ["valdoria-2019"])
    forget_rows(repository)
    titles.rows(repository, ["valdoria-2019"])
    assert make.asked == ["valdoria-2019"] * 2
