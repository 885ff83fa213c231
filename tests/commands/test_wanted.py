"""`agreements wanted`: those named, or all."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from agreements.commands.output import Session
from agreements.commands.wanted import command
from agreements.model import Agreement
from agreements.repository import Repository


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    repository = Repository(tmp_path / "repository")
    for name in ("arland-1950", "borduria-1960"):
        repository.add(Agreement(id=name, title=f"Agreement {name}", family="sofa", form="agreement"))
    return tmp_path / "repository"


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ([], ["arland-1950", "borduria-1960"]),
        (["borduria-1960"], ["borduria-1960"]),
        (["borduria-1960", "arland-1950"], ["arland-1950", "borduria-1960"]),
        (["nobody-1970"], []),
    ],
)
def test_those_named_or_all_are_listed(folder: Path, named: list[str], told: list[str]) -> None:
    shown = CliRunner().invoke(command, named, obj=Session(repo=str(folder), as_json=True))
    assert [row["id"] for row in json.loads(shown.stdout)] == told


@pytest.mark.parametrize(
    ("named", "told"),
    [([], "2 agreements are known by their facts only."), (["arland-1950"], "1 agreement is known by its facts only.")],
)
def test_one_is_told_as_one(folder: Path, named: list[str], told: str) -> None:
    found = CliRunner().invoke(command, named, obj=Session(repo=str(folder), as_json=False))
    assert found.stdout.splitlines()[-1] == told
