"""`agreements undo`: the last acts, within 80 columns, and one of them reversed."""

import json
from pathlib import Path

import pytest

from agreements.commands import main


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    for name in ("first", "second"):
        (tmp_path / f"{name}.md").write_text(
            f"# Agreement on {name} harbours\n\n## Article I\n\nFees of {name}.\n", "utf-8"
        )

    def go(*words: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as stop:
            main(["--repo", str(tmp_path / "repo"), *words])
        said = capsys.readouterr()
        return int(stop.value.code or 0), said.out, said.err

    go("import", str(tmp_path / "first.md"), str(tmp_path / "second.md"), "--jobs", "1")
    return go


def test_the_last_acts_are_listed_and_one_is_undone(run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("LOGNAME", "a-name-of-a-login-that-is-rather-long-for-a-column")
    run("hold", "second", "--reason", "an inquiry")
    code, out, _ = run("undo", "1")
    assert (code, "Act 1 on first is undone" in out) == (0, True)
    code, out, _ = run("undo")
    assert code == 0
    assert max(map(len, out.splitlines())) <= 80
    assert [line.split()[0] for line in out.splitlines()] == ["act", "1", "2", "3", "4"]
    assert "import, undone by 4" in out
    assert json.loads(run("undo", "--json", "--of", "first")[1])[1]["undoes"] == 1
    assert "first" not in run("list")[1]
    assert [hit["agreement"] for hit in json.loads(run("search", "fees", "--json")[1])["hits"]] == ["second"]


def test_what_cannot_be_undone_says_why_in_one_line(run) -> None:
    code, out, err = run("undo", "9")
    assert (code, out) == (1, "")
    assert "There is no act 9." in err
    run("undo", "2")
    code, _, err = run("undo", "2")
    assert code == 1
    assert "was undone by act 3" in err
    assert run("undo", "3")[0] == 0
    assert "second" in run("list")[1]


def test_an_edit_of_what_was_changed_since_it_was_shown_is_refused(run, tmp_path: Path) -> None:
    seen = json.loads(run("show", "first", "--json")[1])["fingerprint"]
    main_file = tmp_path / "repo" / "agreements" / "first" / "agreement.md"
    before = main_file.read_text("utf-8")
    for name in ("ours", "theirs"):
        (tmp_path / f"{name}.md").write_text(before.replace("Fees of", f"Fees of {name} and of"), "utf-8")
    assert run("edit", "first", "--from", str(tmp_path / "theirs.md"), "--expected", seen)[0] == 0
    code, _, err = run("edit", "first", "--from", str(tmp_path / "ours.md"), "--expected", seen)
    assert code == 1
    assert "changed by somebody else" in " ".join(err.split())
    assert "Fees of theirs" in main_file.read_text("utf-8")
    seen = json.loads(run("show", "first#I", "--json")[1])["fingerprint"]
    assert run("edit", "first", "--from", str(tmp_path / "ours.md"), "--expected", seen)[0] == 0
