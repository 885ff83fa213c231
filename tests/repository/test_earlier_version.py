"""A repository that an earlier version made, and that a person edited, opens and reads the same.

`made_by_ffa4e74` was written by the code of that commit: an import, a text replaced, one purged, legal holds, a saved
search, a negotiation with rounds, texts and positions, an edit that waits, and two files changed by hand afterwards.
`expected.json` and `beside.json` are what that code read of it. Where a format changes, a step that migrates has to
keep this test as it is.
"""

import json
import shutil
from collections.abc import Callable
from dataclasses import asdict, is_dataclass
from pathlib import Path
from typing import Any

import pytest

from agreements import library
from agreements.commands import main
from agreements.errors import RepositoryError
from agreements.model import Agreement
from agreements.negotiation.store import Negotiations
from agreements.repository import Repository
from agreements.repository.formats import FORMAT, MARKER

Run = Callable[..., tuple[str, str]]
MADE = Path(__file__).parent / "made_by_ffa4e74"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(MADE / "repository", tmp_path / "r")
    return tmp_path / "r"


@pytest.fixture
def run(folder: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command line on the repository; returns standard output and error, each in one line."""

    def call(*arguments: str) -> tuple[str, str]:
        with pytest.raises(SystemExit):
            main(["--repo", str(folder), *arguments])
        shown = capsys.readouterr()
        return " ".join(shown.out.split()), " ".join(shown.err.split())

    return call


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


def _dense(value: Any) -> Any:
    """Return plain data without what is empty: a field that came later and was not given says nothing."""
    if is_dataclass(value) and not isinstance(value, type):
        value = asdict(value)
    if hasattr(value, "model_dump"):
        value = value.model_dump(mode="json")
    if isinstance(value, dict):
        rows = ((name, _dense(each)) for name, each in value.items())
        return {name: each for name, each in rows if each not in (None, "", [], {})}
    return [_dense(each) for each in value] if isinstance(value, list | tuple) else value


@pytest.mark.parametrize("brought_up", [False, True])
def test_what_stands_beside_the_texts_reads_the_same(folder: Path, *, brought_up: bool) -> None:
    repository = Repository(folder)
    if brought_up:
        with repository.lock():
            assert json.loads((folder / MARKER).read_bytes())["format"] == FORMAT
    kept = Negotiations(repository)
    waiting = repository.edit("airfields")
    assert json.loads((MADE / "beside.json").read_text(encoding="utf-8")) == {
        "negotiation": _dense(kept.get("talks")),
        "positions": _dense(kept.recorded("talks")),
        "earlier": len(kept.history("talks")),
        "holds": _dense(repository.legal_holds()),
        "tombstones": _dense(repository.tombstones()),
        "edit": {"resumed": waiting.resumed, "words": waiting.copy.read_text(encoding="utf-8")},
    }
    assert all(kept.path("talks", text).is_file() for text in kept.get("talks").texts)


def test_reading_changes_nothing_and_a_write_brings_it_up(folder: Path, run: Run) -> None:
    marker = folder / MARKER
    before = marker.read_bytes()
    texts = {path: path.read_bytes() for path in folder.rglob("*.md")}
    assert "is of format" not in run("list")[1]
    assert json.loads(before)["format"] == 1
    assert marker.read_bytes() == before
    _, first = run("hold", "airfields", "--reason", "x")
    assert f"is of format {FORMAT} now and was of 1" in first
    row = json.loads(marker.read_bytes())
    assert (row["format"], [step["format"] for step in row["earlier"]]) == (FORMAT, [1])
    assert "format" not in run("hold", "airfields", "--release")[1]  # it is said once
    assert marker.read_bytes() == json.dumps(row).encode() + b"\n"
    assert {path: path.read_bytes() for path in folder.rglob("*.md")} == texts
    test_it_reads_the_same(folder)


def test_doctor_names_an_earlier_format_and_brings_it_up(folder: Path, run: Run) -> None:
    assert "format-old" in {each.finding.code for each in library.doctor(folder).concerns}
    assert json.loads((folder / MARKER).read_bytes())["format"] == 1
    repaired, beside = run("doctor", "--repair")
    assert "is of format" not in beside
    assert f"This repository is of format {FORMAT} now" in repaired
    assert "format-old" not in {each.finding.code for each in library.doctor(folder).concerns}


def test_a_later_format_is_refused_in_one_line(folder: Path) -> None:
    opened = Repository(folder)
    (folder / MARKER).write_text(json.dumps({"format": FORMAT + 1}), encoding="utf-8")
    said = rf"written by a newer version of the program \(format {FORMAT + 1};.*: update the program"
    with pytest.raises(RepositoryError, match=said):
        Repository(folder)
    with pytest.raises(RepositoryError, match=said):  # a desk that held it open while another version wrote
        opened.hold("airfields", "x")
    assert [hold.id for hold in opened.legal_holds() if hold.is_in_force] == ["harbours"]


@pytest.mark.parametrize(
    "marker", ['{"format": true}', '{"format": "1"}', '{"format": 0}', "[1]", '{"formal": 1}', "x"]
)
def test_a_damaged_marker_is_said_to_be_damaged(folder: Path, marker: str) -> None:
    (folder / MARKER).write_text(marker, encoding="utf-8")
    with pytest.raises(RepositoryError, match="is damaged"):
        Repository(folder)
