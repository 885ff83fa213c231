"""The README says what is true: its commands exist, its files are there, its example runs."""

import re
import shlex
from pathlib import Path

import pytest

from agreements.commands import COMMANDS

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")])


def _commands(page: Path) -> set[str]:
    """Return the verbs of every `agreements ...` line in the code blocks of `page`."""
    found = set()
    for block in re.findall(r"```sh\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL):
        for line in block.splitlines():
            if match := re.match(r"agreements (?:--repo \S+ |--json )*([a-z-]+)\b", line.strip()):
                found.add(match.group(1))
                shlex.split(line.split("  #", maxsplit=1)[0])  # quotes are balanced
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_that_a_page_shows_exists(page: Path) -> None:
    assert _commands(page) <= set(COMMANDS)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    prose = re.sub(r"`[^`]*`", "", page.read_text(encoding="utf-8"))  # what stands in backticks is no link
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", prose):
        assert (page.parent / target).exists(), target


def test_the_readme_has_its_two_commands() -> None:
    lines = [
        x for x in (ROOT / "README.md").read_text(encoding="utf-8").splitlines() if x.startswith("python3 -m venv")
    ]
    assert len(lines) == 2
    assert lines[0].endswith("agreements tour")
    assert "pytest" in lines[1]


def test_the_library_example_of_the_readme_runs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    example = re.search(r"```python\n(.*?)```", readme, re.DOTALL)
    assert example
    (tmp_path / "texts").mkdir()
    text = "ARTICLE I\n\n1. A dispute about official duty is put to an arbitrator.\n\nARTICLE II\n\nThe end.\n"
    (tmp_path / "texts" / "visits.txt").write_text(text, encoding="utf-8")
    code = (
        example.group(1).replace('"repository"', repr(str(tmp_path / "r"))).replace("texts/", str(tmp_path / "texts"))
    )
    exec(compile(code, "README.md", "exec"), {})
    assert capsys.readouterr().out.startswith("visits#I.1 ")
