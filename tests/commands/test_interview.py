"""`agreements draft new` with scripted input: the file is written after each answer, and no answer is lost."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from agreements.commands import output
from agreements.commands.draft import command
from agreements.drafting import DraftRequest, assemble, load_parameters
from agreements.drafting.interview import Answers, Interview

GIVEN = {
    "form": "1",
    "marking": "UNCLASSIFIED",
    "draft_date": "2026-11-22",
    "long": "Republic of Isla Marena",
    "short": "Isla Marena",
    "adjective": "Marenan",
    "airfields": "Punta Verde Airfield",
}


def run(file: Path, lines: list[str], family: str = "state_flights", *, as_json: bool = False) -> Result:
    session = output.Session(repo=None, as_json=as_json)
    return CliRunner().invoke(command, ["new", family, "-o", str(file)], input="\n".join(lines) + "\n", obj=session)


@pytest.fixture(scope="module")
def whole() -> list[str]:
    """What a person types from the first question to the last."""
    interview, lines = Interview(Answers(DraftRequest("state_flights", ""))), []
    while question := interview.question():
        known = GIVEN.get(question.field or question.name, "")
        keep = question.default or question.given
        lines.append("" if keep else known)
        assert interview.answer(question, lines[-1]) == ""
    return lines


def test_the_answers_make_a_file_that_assembles(tmp_path: Path, whole: list[str]) -> None:
    file = tmp_path / "flights.yaml"
    result = run(file, whole)
    assert result.exit_code == 0, result.output
    assert f"draft assemble {file} -o" in result.output
    draft = assemble(load_parameters(file))
    assert draft.agreement is not None
    assert not draft.findings


@pytest.mark.parametrize("stop", [1, 5, 7, 20])
def test_an_interview_broken_off_anywhere_goes_on_where_it_was(
    tmp_path: Path, whole: list[str], stop: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    once, twice = tmp_path / "answers.yaml", tmp_path / "other" / "answers.yaml"
    twice.parent.mkdir()
    monkeypatch.setattr("secrets.token_hex", lambda size: "5f" * size)
    run(once, whole)
    broken = run(twice, whole[:stop])  # the terminal goes away in the middle of the next question
    assert broken.exit_code == 1
    assert twice.exists()
    result = run(twice, whole[stop:])
    assert "Everything is answered" in result.output
    assert "Going on with" in result.output
    assert twice.read_bytes() == once.read_bytes()


def test_each_interview_makes_a_draft_with_a_key_of_its_own(tmp_path: Path) -> None:
    keys = set()
    for name in ("a.yaml", "b.yaml"):
        run(tmp_path / name, ["1"])
        keys.add(load_parameters(tmp_path / name).draft_key)
    assert len(keys) == 2
    assert all(len(key) == 32 for key in keys)


def test_a_wrong_answer_is_explained_and_the_next_one_counts(tmp_path: Path) -> None:
    result = run(tmp_path / "a.yaml", ["1", "SECRET", "CUI", "."])
    assert "Type one of: UNCLASSIFIED" in result.output
    assert load_parameters(tmp_path / "a.yaml").marking == "CUI"


def test_a_preview_shows_the_clause_and_answers_nothing(tmp_path: Path) -> None:
    parties = ["", "Republic of Isla Marena", "Isla Marena", "Marenan", "", "", "", ""]
    result = run(tmp_path / "a.yaml", ["1", "CUI", "", *parties, "?2", "."])
    assert "With states:" in result.output
    assert "party_names" not in (tmp_path / "a.yaml").read_text()


def test_going_back_changes_an_answer(tmp_path: Path) -> None:
    run(tmp_path / "a.yaml", ["1", "CUI", "<", "UNCLASSIFIED", "."])
    assert load_parameters(tmp_path / "a.yaml").marking == "UNCLASSIFIED"


def test_a_file_of_another_family_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    run(file, ["1", "CUI", "."])
    before = file.read_bytes()
    result = run(file, ["1"], family="sofa")
    assert result.exit_code == 1
    assert "state_flights" in str(result.exception)
    assert file.read_bytes() == before


def test_no_interview_in_json(tmp_path: Path) -> None:
    assert run(tmp_path / "a.yaml", ["1"], as_json=True).exit_code == 2
