"""Edits by hand: taken over when they can be read, never lost when they cannot."""

import json
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from agreements.errors import AgreementsError, NotFoundError, RepositoryError
from agreements.library import doctor, edit, edit_from, import_files, purge, search
from agreements.repository import Repository, editing

ROOT = Path(__file__).resolve().parents[2]
TEXT = """\
# Agreement between the Netherlands and Norway on Visits

## Article I

### Claims

1. Each Party waives all claims against the other Party for damage to its property.

DONE at Oslo, this 14th day of March, 1999.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "visits-1999.md").write_text(TEXT, encoding="utf-8")
    import_files(tmp_path / "r", [tmp_path / "visits-1999.md"])
    return tmp_path / "r"


def editor(old: str, new: str, status: int = 0) -> list[str]:
    """A command that replaces `old` by `new` in the file named last, and ends with `status`."""
    script = (
        "import sys, pathlib; p = pathlib.Path(sys.argv[-1]); s = p.read_text(encoding='utf-8'); "
        f"p.write_text(s.replace({old!r}, {new!r}), encoding='utf-8'); sys.exit({status})"
    )
    return [sys.executable, "-c", script]


def main_file(folder: Path) -> str:
    return (folder / "agreements" / "visits-1999" / "agreement.md").read_text(encoding="utf-8")


def test_a_good_edit_takes_effect_everywhere(folder: Path) -> None:
    before = main_file(folder)
    done = edit(folder, "visits-1999", editor=editor("damage", "harm"))
    assert done.changed
    assert "harm to its property" in main_file(folder)
    assert search(folder, "harm").total == 1
    earlier = Repository(folder).history("visits-1999")
    assert [(e.folder / "agreement.md").read_text(encoding="utf-8") for e in earlier] == [before]
    assert Repository(folder).edited("visits-1999") == ("agreement.md",)
    assert not (folder / "edits" / "visits-1999").exists()


def test_an_edit_survives_a_new_import(folder: Path, tmp_path: Path) -> None:
    edit(folder, "visits-1999", editor=editor("on Visits", "on Calls"))
    report = import_files(folder, [tmp_path / "visits-1999.md"])
    assert [(row.status, [f.code for f in row.findings]) for row in report.imported] == [("unchanged", ["hand-edited"])]
    assert "on Calls" in Repository(folder).get("visits-1999").title


def test_no_change_is_no_edit(folder: Path) -> None:
    before = main_file(folder)
    assert not edit(folder, "visits-1999", editor=editor("nothing like this", "")).changed
    assert main_file(folder) == before
    assert Repository(folder).history("visits-1999") == ()


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("---\nid:", "id:", "no front matter"),  # the fence is gone
        ("id: visits-1999", "id: other-name", "the id must stay"),
        ("id: visits-1999", "id: visits-1999\nstatus: [", "front matter is not YAML"),
        ("id: visits-1999", "id: visits-1999\ncolour: red", "colour is not a field"),
        ("1. Each", "{nonsense} 1. Each", "agreement.md"),
    ],
)
def test_an_edit_that_cannot_be_read_is_kept_and_gone_on_with(folder: Path, old: str, new: str, says: str) -> None:
    before = main_file(folder)
    with pytest.raises(RepositoryError) as caught:
        edit(folder, "visits-1999", editor=editor(old, new))
    assert says in str(caught.value)
    assert str(folder / "edits" / "visits-1999") in str(caught.value)
    assert "kept" in caught.value.hint
    assert main_file(folder) == before
    told: list[str] = []
    assert edit(folder, "visits-1999", editor=editor(new, old.replace("Each", "Every")), tell=told.append)
    assert "goes on" in told[0]


def test_it_is_opened_again_as_long_as_the_person_wants(folder: Path) -> None:
    asked: list[str] = []

    def again(problem: RepositoryError) -> bool:
        asked.append(str(problem))
        return len(asked) < 3

    with pytest.raises(RepositoryError):
        edit(folder, "visits-1999", editor=editor("id: visits", "id: x"), again=again)
    assert len(asked) == 3


def test_a_text_that_changed_meanwhile_is_not_written_over(folder: Path) -> None:
    begun = Repository(folder).edit("visits-1999")
    begun.copy.write_text(begun.copy.read_text(encoding="utf-8").replace("damage", "harm"), encoding="utf-8")
    file = folder / "agreements" / "visits-1999" / "agreement.md"
    file.write_text(main_file(folder).replace("waives", "gives up"), encoding="utf-8")
    with pytest.raises(RepositoryError, match="somebody else"):
        edit(folder, "visits-1999", editor=editor("nothing", ""))
    assert "gives up" in main_file(folder)
    assert "harm" in begun.copy.read_text(encoding="utf-8")


def test_an_editor_that_fails_or_is_not_there(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(AgreementsError, match="status 3"):
        edit(folder, "visits-1999", editor=editor("damage", "harm", status=3))
    assert "damage" in main_file(folder)
    with pytest.raises(AgreementsError, match="could not be started"):
        edit(folder, "visits-1999", editor=["no-such-editor-anywhere"])
    monkeypatch.setattr("agreements.intake.editing.editor_command", list)
    with pytest.raises(AgreementsError, match="No editor"):
        edit(folder, "visits-1999")
    assert "harm" in (folder / "edits" / "visits-1999" / "agreement.md").read_text(encoding="utf-8")


def test_other_documents(folder: Path) -> None:
    with pytest.raises(NotFoundError, match="no document but its main text"):
        edit(folder, "visits-1999", "annex-z.en", editor=["true"])
    with pytest.raises(NotFoundError):
        edit(folder, "no-such-agreement", editor=["true"])


def test_a_file_can_be_taken_over(folder: Path, tmp_path: Path) -> None:
    new = tmp_path / "new.md"
    new.write_text(main_file(folder).replace("damage", "harm"), encoding="utf-8")
    assert edit_from(folder, "visits-1999", new).changed
    begun = Repository(folder).edit("visits-1999")
    begun.copy.write_text("unfinished", encoding="utf-8")
    with pytest.raises(RepositoryError, match="begun and not taken over"):
        edit_from(folder, "visits-1999", new)


def test_a_disk_that_refuses_the_text_of_a_file_is_told_in_words_and_changes_nothing(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = next(folder.rglob("agreement.md"))
    file = tmp_path / "corrected.md"
    file.write_text(held.read_text(encoding="utf-8").replace("enter", "pass"), encoding="utf-8")
    before, real = held.read_bytes(), editing.replace_file

    def refusing(path: Path, content: bytes) -> None:
        if content == file.read_bytes():
            raise OSError(28, "No space left on device")
        real(path, content)

    monkeypatch.setattr(editing, "replace_file", refusing)
    with pytest.raises(RepositoryError, match="cannot be written: No space left on device") as caught:
        edit_from(folder, held.parent.name, file)
    assert caught.value.hint == "Make room, or check your rights."
    assert held.read_bytes() == before


def test_a_purge_takes_unfinished_edits_along(folder: Path) -> None:
    begun = Repository(folder).edit("visits-1999")
    begun.copy.write_text("spilled words", encoding="utf-8")
    purge(folder, "visits-1999", "spilled", spill="S-1")
    assert b"spilled words" not in b"".join(p.read_bytes() for p in folder.rglob("*") if p.is_file())


def test_the_command_uses_the_editor_of_the_person(folder: Path) -> None:
    import os

    command = shlex.join(editor("damage", "harm"))
    done = subprocess.run(
        [sys.executable, "-m", "agreements", "--repo", str(folder), "--json", "edit", "visits-1999"],
        env={**os.environ, "EDITOR": command, "VISUAL": ""},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["changed"] is True
    assert doctor(folder).is_well
