"""docs/questions.md: every command runs, and prints every reference that the page says it found."""

import io
import re
import shlex
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from agreements.commands import group
from agreements.library import import_files
from agreements.repository.places import seed

PAGE = Path(__file__).resolve().parents[2] / "docs" / "questions.md"
REFERENCE = re.compile(r"`([a-z0-9][a-z0-9-]+(?:#[\w.~-]+)?)`")


def _sections() -> list[tuple[str, list[str], list[str]]]:
    """Return number, commands and references found of each question."""
    found = []
    for section in re.split(r"^## ", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        commands = re.findall(r"^    agreements (.*)$", section, re.MULTILINE)
        prose = "\n".join(line for line in section.splitlines() if not line.startswith("    "))
        found.append((section.split(".", 1)[0], commands, REFERENCE.findall(prose)))
    return found


@pytest.fixture(scope="module")
def repository(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("questions") / "r"
    seed(folder)
    import_files(folder, [shared / "treaties" / "security"])
    return folder


def _unfolded(printed: str) -> str:
    """Return what was printed with the references that stand by their places alone (`also #2, #3`) in full."""
    lines = re.split(r"(?m)^ *\d+  (?=[a-z0-9-]+#)", printed)
    whole = [printed]
    for line in lines[1:]:
        agreement = line.partition("#")[0]
        also = re.search(r"; also ((?:#\S+,?\s+)*#\S+)", line)
        whole += [f"{agreement}{place.strip(',')}" for place in also[1].split()] if also else []
    return "\n".join(whole)


def test_there_are_twenty_five() -> None:
    assert [number for number, _, _ in _sections()] == [str(n) for n in range(1, 26)]
    assert all(commands for _, commands, _ in _sections())


@pytest.mark.parametrize(
    ("number", "commands", "references"), _sections(), ids=lambda x: x if isinstance(x, str) else ""
)
def test_the_commands_find_what_the_page_says(
    repository: Path, number: str, commands: list[str], references: list[str]
) -> None:
    printed = io.StringIO()
    for command in commands:
        with redirect_stdout(printed), redirect_stderr(io.StringIO()):
            group.main(
                ["--repo", str(repository), *shlex.split(command)], prog_name="agreements", standalone_mode=False
            )
    missing = [reference for reference in references if reference not in _unfolded(printed.getvalue())]
    assert not missing, f"question {number}: {missing} not printed by {commands}"
