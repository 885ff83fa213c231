"""docs/negotiation.md: a negotiation of three rounds, each command run, each output as the page prints it.

After a change of what commands print, or of the templates, bring the page up to date and read what changed:

    python docs/scripts/their_side.py
    python -m tests.test_negotiation_page
"""

import re
import shutil
import tempfile
from pathlib import Path

import pytest

from agreements.repository.places import seed
from tests.terminal import shown
from tests.word.auditing import audited

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "negotiation.md"
EXAMPLES = ROOT / "docs" / "examples" / "negotiation"
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^\$ agreements (.*?[^\\])$", re.MULTILINE | re.DOTALL)
HASH = re.compile(r"\bsha256 [0-9a-f]+")  # of a compressed file: another library, another hash


def _run(command: str, folder: Path, statuses: tuple[int, ...]) -> str:
    """Return what a terminal 80 columns wide shows for the command, which ends with one of the exit `statuses`."""
    status, text = shown(command, folder)
    assert status in statuses, f"{command}\n{text}"
    return text


def played(page: str, folder: Path, examples: Path = EXAMPLES, statuses: tuple[int, ...] = (0,)) -> str:
    """Return `page` with what its commands print when they are run one after another in `folder` with `examples`."""
    shutil.copytree(examples, folder, dirs_exist_ok=True)
    seed(folder / "repository")

    def block(found: re.Match[str]) -> str:
        commands = COMMAND.findall(found.group(1))
        return "```console\n" + "".join(f"$ agreements {c}\n{_run(c, folder, statuses)}" for c in commands) + "```"

    return BLOCK.sub(block, page)


@pytest.fixture(scope="module")
def negotiated(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """The page as its commands print it now, and the folder that they wrote to."""
    folder = tmp_path_factory.mktemp("negotiation")
    return played(PAGE.read_text(encoding="utf-8"), folder), folder


def test_the_page_prints_what_the_commands_print(negotiated: tuple[str, Path]) -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert HASH.sub("", negotiated[0]).splitlines() == HASH.sub("", page).splitlines()


def test_the_word_files_of_the_negotiation_are_valid(negotiated: tuple[str, Path]) -> None:
    given = {path.name for path in EXAMPLES.iterdir()}
    made = sorted(path for path in negotiated[1].glob("*.docx") if path.name not in given)
    wanted = {"draft", "reply", "reply-clean", "marked", "our-reply", "joint", "brief", "agreed", "final"}
    assert wanted <= {path.stem for path in made}
    known = set().union(*(audited(path.read_bytes()) for path in EXAMPLES.glob("*.docx")))
    assert {path.name: audited(path.read_bytes()) - known for path in made} == {path.name: set() for path in made}


def test_the_page_catches_the_untracked_change() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert "UNTRACKED: 1 change was made in answer-1.docx without tracking: XI.3." in page
    assert "position    beyond authority (VII.4)" in page
    assert "no open brackets in it" in page


def test_the_page_plays_a_round_with_a_pdf_and_one_with_the_other_original() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert "answer-2.pdf is no Word file: the words as the program reads them are compared." in page
    assert "Nothing in answer-2.docx was changed without tracking" in page
    assert "their-original.docx is their original (alternat): the parties are named in its" in page
    assert "UNTRACKED: 1 change was made in their-original.docx without tracking: XVII.4." in page


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        PAGE.write_text(played(PAGE.read_text(encoding="utf-8"), Path(name).resolve()), encoding="utf-8")
