"""A repository that an earlier version made, and that a person edited, opens and reads the same.

`made_by_ffa4e74` was written by the code of that commit: an import, a text replaced, one purged, a legal hold, a saved
search, a negotiation, and two files changed by hand afterwards. `expected.json` is what that code read of it. Where a
format changes, a step that migrates has to keep this test as it is.
"""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from agreements import library
from agreements.errors import RepositoryError
from agreements.model import Agreement
from agreements.repository import Repository
from agreements.repository.layout import FORMAT

MADE = Path(__file__).parent / "made_by_ffa4e74"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(MADE / "repository", tmp_path / "r")
    return tmp_path / "r"


def _expected() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((MADE / "expected.json").read_text(encoding="utf-8"))
    return found


def test_it_reads_the_same(folder: Path) -> None:
    repository = Repository(folder)
    assert repository.ids() == tuple(_expected())
    assert repository.problems() == ()
    for own, row in _expected().items():
        assert repository.get(own) == Agreement.model_validate(row["agreement"])
        assert list(repository.edited(own)) == row["edited"]
        earlier = [Agreement.model_validate(each) for each in row["history"]]
        assert [each.read() for each in repository.history(own)] == earlier


def test_the_edits_of_a_person_stay(folder: Path) -> None:
    held = Repository(folder).get("harbours")
    assert held.short_title == "Harbours"
    assert "within 30 days of the call" in held.documents[0].provisions[1].children[1].text
    assert "since 2001" in held.documents[1].model_dump_json()
    report = library.import_files(folder, [MADE / "harbours.txt"])
    assert [(row.id, row.status) for row in report.imported] == [("harbours", "unchanged")]
    assert Repository(folder).get("harbours") == held


def test_it_goes_on_to_be_used(folder: Path) -> None:
    assert library.search(folder, "harbour dues").total > 0
    assert [stone.id for stone in Repository(folder).tombstones()] == ["lights"]
    refused = library.import_files(folder, [MADE / "lights.md"])
    assert [row.status for row in refused.imported] == ["refused"]
    with pytest.raises(RepositoryError, match="hold"):
        Repository(folder).purge("harbours", "x", spill="S-1")
    assert list(library.negotiations_in(folder).ids()) == ["talks"]
    assert (folder / "saved" / "dues.json").is_file()


def test_a_format_version_stands_in_it(folder: Path) -> None:
    marker = folder / "repository.json"
    assert json.loads(marker.read_bytes())["format"] <= FORMAT
    library.hold(folder, "airfields", "x")  # a write brings it to the format of this version
    assert json.loads(marker.read_bytes())["format"] == FORMAT
    marker.write_text(json.dumps({"format": FORMAT + 1}), encoding="utf-8")
    with pytest.raises(RepositoryError, match=f"format {FORMAT + 1}"):
        Repository(folder)
