"""What `draft explain` and `handover` print."""

import zipfile
from pathlib import Path

import pytest

from agreements.commands import main

TREATY = Path(__file__).resolve().parents[2] / "docs/examples/drafts/transit-karuzhan.yaml"


def status(arguments: list[str]) -> object:
    """The exit status of a command."""
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    return ended.value.code


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    file = tmp_path / "draft.docx"
    assert status(["draft", "assemble", str(TREATY), "-o", str(file), "--working"]) == 0
    return file


def test_each_clause_is_told_once_with_its_label_and_values(draft: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert status(["draft", "explain", str(draft)]) == 0
    printed = capsys.readouterr().out
    assert "V to V.3  " in printed
    assert "validity" in printed
    assert "all as drafted" in printed
    assert all(len(line) <= 100 for line in printed.splitlines())


def test_what_was_changed_stands_by_itself(draft: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with zipfile.ZipFile(draft) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    body = parts["word/document.xml"].decode()
    parts["word/document.xml"] = body.replace("interfered with", "touched", 1).encode()
    back = draft.with_name("back.docx")
    with zipfile.ZipFile(back, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    capsys.readouterr()
    assert status(["draft", "explain", str(back)]) == 0
    printed = capsys.readouterr().out
    assert [line.split("  ")[0] for line in printed.splitlines() if line.endswith("CHANGED")] == ["VII.1"]
    assert "1 read otherwise" in printed


def test_a_working_copy_is_refused_and_its_clean_copy_leaves(draft: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = draft.with_name("out.docx")
    assert status(["handover", str(draft.with_name("draft-working.docx")), "-o", str(out)]) == 1
    told = capsys.readouterr()
    assert "a working copy of ours" in told.out
    assert "Nothing was written" in told.out
    assert not out.exists()
    assert status(["handover", str(draft), "-o", str(out)]) == 0
    told = capsys.readouterr().out
    assert "found: nothing" in told
    assert "not found: tracked changes" in told
    assert "not examined: what the words themselves tell" in told
    assert "leave" not in told
    assert out.exists()


def test_only_one_file_at_a_time_is_made(draft: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert status(["handover", str(draft), str(draft), "-o", "x.docx"]) == 2
    assert "name a folder" in capsys.readouterr().err


def test_copies_of_several_files_go_into_a_folder(draft: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    other = draft.with_name("other.docx")
    other.write_bytes(draft.read_bytes())
    assert status(["handover", str(draft), str(other), "-o", str(folder)]) == 0
    assert sorted(file.name for file in folder.iterdir()) == ["draft.docx", "other.docx"]
