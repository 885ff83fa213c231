"""`agreements hold`: what is under a legal hold is listed, is not purged, and is released by name."""

import json
from pathlib import Path

import pytest

from agreements.commands import main


def run(capsys: pytest.CaptureFixture[str], repo: Path, *words: str) -> tuple[object, str, str]:
    with pytest.raises(SystemExit) as stopped:
        main(["--repo", str(repo), *words])
    shown = capsys.readouterr()
    return stopped.value.code, shown.out, " ".join(shown.err.split())


def test_what_is_held_is_not_purged_until_it_is_released(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "visits.txt"
    source.write_text("ARTICLE I\n\nThe Parties waive claims.\n\nARTICLE II\n\nThe end.\n", encoding="utf-8")
    repo = tmp_path / "r"
    run(capsys, repo, "import", str(source))
    code, out, _ = run(capsys, repo, "hold", "visits", "--reason", "Litigation", "--by", "L")
    assert (code, "visits: held since" in out) == (0, True)
    code, _, errors = run(capsys, repo, "purge", "visits", "--reason", "spill", "--spill", "S-1", "--yes")
    assert (code, "is under a legal hold" in errors) == (1, True)
    assert [row["reason"] for row in json.loads(run(capsys, repo, "--json", "hold")[1])] == ["Litigation"]
    assert "released" in run(capsys, repo, "hold", "visits", "--release")[1]
    assert run(capsys, repo, "hold")[1] == "Nothing is under a legal hold.\n"
    assert run(capsys, repo, "purge", "visits", "--reason", "spill", "--spill", "S-1", "--yes")[0] == 0


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("hold", "nowhere", "--reason", "x"), 1, "no agreement named 'nowhere'"),
        (("hold", "nowhere"), 2, "Give a --reason"),
        (("hold", "--release"), 2, "Name the agreement"),
    ],
)
def test_what_is_wrong_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], code: int, says: str
) -> None:
    (tmp_path / "r").mkdir()
    status, _, errors = run(capsys, tmp_path / "r", *words)
    assert (status, says in errors) == (code, True)
