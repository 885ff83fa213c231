"""`parse --show`: the outline of a file with what a person should look at beside its place."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEXT = """\
# Agreement between the Netherlands and Norway on Visits

## Article I

1. Each Party waives all claims against the other Party for damage to its property.

## Article III

As Article IX provides, either Party may terminate this Agreement by six months notice.
"""


def show(file: Path, *options: str) -> list[str]:
    command = [sys.executable, "-m", "agreements", "parse", str(file), *options]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, encoding="utf-8")
    return (done.stdout + done.stderr).splitlines()


def test_findings_stand_beside_their_place(tmp_path: Path) -> None:
    file = tmp_path / "visits.md"
    file.write_text(TEXT, encoding="utf-8")
    lines = show(file, "--show")
    article = next(i for i, line in enumerate(lines) if line.strip().startswith("article III"))
    assert "! Article III follows article I." in lines[article + 1]
    assert any("1 reference names no provision" in line for line in lines[article + 1 : article + 4])
    assert lines[-1].startswith("info: marking:")  # what has no place in the text comes last


def test_without_show_the_outline_stands_alone(tmp_path: Path) -> None:
    file = tmp_path / "visits.md"
    file.write_text(TEXT, encoding="utf-8")
    assert not any("names no provision" in line for line in show(file))
    assert sum("follows" in line for line in show(file, "--show")) == 1  # the reading and the gate say the same
