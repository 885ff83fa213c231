"""docs/conformity.md: each command run, each output as the page prints it.

After a change of what commands print, bring the page up to date and read what changed:

    python -m tests.test_conformity_page
"""

import re
import shutil
import tempfile
from pathlib import Path

from tests.terminal import shown

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "conformity.md"
EXAMPLES = ROOT / "docs" / "examples" / "conformity"
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^\$ agreements (.*?[^\\])$", re.MULTILINE | re.DOTALL)
DIFFERS = ("conform ",)  # commands that end with 1 here


def _run(command: str, folder: Path) -> str:
    """Return what a terminal 80 columns wide shows for the command."""
    status, text = shown(command, folder)
    assert status == (1 if command.startswith(DIFFERS) else 0), f"{command}\n{text}"
    return text


def played(page: str, folder: Path) -> str:
    """Return `page` with what its commands print when they are run one after another in `folder`."""
    shutil.copytree(EXAMPLES, folder, dirs_exist_ok=True)

    def block(found: re.Match[str]) -> str:
        commands = COMMAND.findall(found.group(1))
        return "```console\n" + "".join(f"$ agreements {c}\n{_run(c, folder)}" for c in commands) + "```"

    return BLOCK.sub(block, page)


def test_the_page_prints_what_the_commands_print(tmp_path: Path) -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert played(page, tmp_path / "visits").splitlines() == page.splitlines()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        PAGE.write_text(played(PAGE.read_text(encoding="utf-8"), Path(name) / "visits"), encoding="utf-8")
