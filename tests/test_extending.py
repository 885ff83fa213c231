"""docs/extending.md, tried literally: each example is performed in a copy of the checkout, by its words alone."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "extending.md").read_text(encoding="utf-8")
_STEP = re.compile(
    r"(?:^(?P<what>A new file|At the end of|In) `(?P<file>[^`]+)`"
    r"(?:, (?P<how>after the line|instead of the line) `(?P<line>[^`]+)`)?:\n\n)?"
    r"^```(?P<kind>\w*)\n(?P<block>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)


def _sections() -> dict[str, list[re.Match[str]]]:
    """Return the steps of each section; a head inside a block of the page is none of the page."""
    starts, fenced = [], False
    offset = 0
    for line in PAGE.splitlines(keepends=True):
        fenced ^= line.startswith("```")
        if not fenced and line.startswith("## "):
            starts.append((offset, line[3:].strip()))
        offset += len(line)
    ends = [at for at, _ in starts[1:]] + [len(PAGE)]
    return {title: list(_STEP.finditer(PAGE, at, end)) for (at, title), end in zip(starts, ends, strict=True)}


SECTIONS = {title: steps for title, steps in _sections().items() if any(step["kind"] == "console" for step in steps)}


def test_the_sections_that_must_be_tried_are():
    wanted = {"A clause variant", "A family", "A file format", "A search engine", "An export", "A check", "A command"}
    assert set(SECTIONS) == wanted | {"A screen of the workbench", "A language"}


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of what the examples change and run; compiled modules come along and stay valid."""
    for name in ("agreements", "templates", "docs/examples", "corpus", "tests/search", "tests/web"):
        shutil.copytree(ROOT / name, tmp_path / name)
    for file in [ROOT / "pyproject.toml", *(ROOT / "tests").glob("*.py")]:
        shutil.copy2(file, tmp_path / file.relative_to(ROOT))
    return tmp_path


@pytest.mark.parametrize("title", SECTIONS)
def test_a_section_does_what_it_says(title: str, checkout: Path) -> None:
    for step in SECTIONS[title]:
        if step["kind"] == "console":
            _run(step["block"], checkout)
        else:
            assert step["file"], f"{title}: a block without the file that it belongs to: {step['block'][:60]}"
            _write(step, checkout / step["file"])


def _write(step: re.Match[str], path: Path) -> None:
    if step["what"] == "A new file":
        assert not path.exists(), f"{path} is there already"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(step["block"], encoding="utf-8")
        return
    text = path.read_text(encoding="utf-8")
    if step["what"] == "At the end of":
        path.write_text(f"{text}\n{step['block']}", encoding="utf-8")
        return
    lines = text.splitlines(keepends=True)
    found = [line for line in lines if line.strip() == step["line"]]
    assert len(found) == 1, f"{path.name} has {len(found)} of {step['line']}"
    for index, line in enumerate(lines):
        if line.strip() == step["line"]:
            lines[index] = (line if step["how"] == "after the line" else "") + step["block"]
    path.write_text("".join(lines), encoding="utf-8")


def _run(block: str, folder: Path) -> None:
    """Run the commands of a console block; the lines under each have to stand in what it says."""
    said, command = "", ""
    environment = {**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "100"}
    for line in block.splitlines():
        if not line.startswith("$ "):
            assert line in said, f"{command}: {line!r} is not in\n{said[-3000:]}"
            continue
        command = line[2:]
        first, *rest = shlex.split(command)
        program = [sys.executable, "-m", "agreements"] if first == "agreements" else [sys.executable]
        done = subprocess.run(
            [*program, *rest], cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False
        )
        said = done.stdout + done.stderr
        assert done.returncode == 0, f"{command}: {said[-3000:]}"
