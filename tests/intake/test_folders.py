"""A folder is read whole: what is not read is named with what to do; nothing outside it is opened, nothing waits."""

import os
import sys
from pathlib import Path

import pytest

from agreements import library
from agreements.errors import UnreadableError
from agreements.intake.files import parse_file
from tests.reading.offices import PLAIN


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    (folder / "below").mkdir(parents=True)
    (folder / "below" / "harbours.txt").write_text(PLAIN, encoding="utf-8")
    return folder


def not_read(tmp_path: Path, folder: Path) -> dict[str, str]:
    report = library.import_files(tmp_path / "repository", [folder])
    assert [row.id for row in report.imported] == ["harbours"]
    return {Path(row.file).name: row.error for row in report.failed}


def test_every_file_that_is_not_read_is_named_with_what_to_do(tmp_path: Path, folder: Path) -> None:
    for name in ("scan.jpg", "costs.xlsx", "old.wpd", "unheard.of", "nothing", ".hidden.docx"):
        (folder / name).write_bytes(b"something")
    for name in (".DS_Store", "Thumbs.db", "~$open.docx", "._harbours.txt"):
        (folder / name).write_bytes(b"something")
    told = not_read(tmp_path, folder)
    assert set(told) == {"scan.jpg", "costs.xlsx", "old.wpd", "unheard.of", "nothing", ".hidden.docx"}
    assert "recognised" in told["scan.jpg"]
    assert "save it as Word" in told["old.wpd"]
    assert "Name it" in told[".hidden.docx"]


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes of POSIX")
def test_links_out_pipes_and_circles_are_not_followed(tmp_path: Path, folder: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "else.txt").write_text(PLAIN.replace("30", "60"), encoding="utf-8")
    (folder / "out.txt").symlink_to(outside / "else.txt")
    (folder / "out").symlink_to(outside)
    (folder / "lost.txt").symlink_to(outside / "nothing.txt")
    (folder / "circle").symlink_to(folder)
    os.mkfifo(folder / "pipe.txt")
    told = not_read(tmp_path, folder)
    assert set(told) == {"out.txt", "out", "lost.txt", "pipe.txt"}
    assert "leads out" in told["out.txt"]
    assert "pipe" in told["pipe.txt"]


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of POSIX")
def test_a_pipe_that_is_named_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    report = library.import_files(tmp_path / "repository", [tmp_path / "pipe.txt"])
    assert "pipe" in report.failed[0].error
    with pytest.raises(UnreadableError):
        parse_file(tmp_path / "pipe.txt")


def test_a_link_inside_the_folder_is_read_once(tmp_path: Path, folder: Path) -> None:
    (folder / "again.txt").symlink_to(folder / "below" / "harbours.txt")
    report = library.import_files(tmp_path / "repository", [folder])
    assert sorted(row.status for row in report.imported) == ["new", "unchanged"]
    assert not report.failed
