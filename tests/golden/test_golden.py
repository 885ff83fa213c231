"""The answers of the command line are what they were: a change of one is made on purpose (`python -m tests.golden`)."""

import pytest

from tests.golden.play import ANSWERS, answers, cases


@pytest.fixture(scope="module")
def now(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What every command answers now; they are run once, one after another."""
    return dict(answers(tmp_path_factory.mktemp("golden").resolve()))


@pytest.mark.parametrize("name", [case.name for case in cases()])
def test_the_answer_is_what_it_was(now: dict[str, str], name: str) -> None:
    assert now[name] == (ANSWERS / f"{name}.txt").read_text(encoding="utf-8")


def test_no_answer_is_kept_of_a_command_that_is_gone() -> None:
    assert {file.stem for file in ANSWERS.glob("*.txt")} == {case.name for case in cases()}
