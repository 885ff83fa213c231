"""docs/clearance.md: drafts of offices become one cleared text, each command run, each output as the page prints it.

After a change of what commands print, or of the templates, bring the page up to date and read what changed:

    python docs/scripts/offices.py
    python -m tests.test_clearance_page
"""

import tempfile
from pathlib import Path

import pytest

from agreements import word
from tests.test_negotiation_page import HASH, played
from tests.word.auditing import audited

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "clearance.md"
EXAMPLES = ROOT / "docs" / "examples" / "clearance"
FINDS = (0, 1)  # a command that finds something ends with 1


@pytest.fixture(scope="module")
def cleared(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """The page as its commands print it now, and the folder that they wrote to."""
    folder = tmp_path_factory.mktemp("clearance")
    return played(PAGE.read_text(encoding="utf-8"), folder, EXAMPLES, FINDS), folder


def test_the_page_prints_what_the_commands_print(cleared: tuple[str, Path]) -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert HASH.sub("", cleared[0]).splitlines() == HASH.sub("", page).splitlines()


def test_each_office_signs_its_own_and_the_files_are_valid(cleared: tuple[str, Path]) -> None:
    merged = (cleared[1] / "merged.docx").read_bytes()
    assert {change.author for change in word.read_changes(merged).changes} == {"Legal", "Finance"}
    known = audited((cleared[1] / "draft.docx").read_bytes())
    made = ("merged", "matrix", "decided", "second")
    found = {name: audited((cleared[1] / f"{name}.docx").read_bytes()) - known for name in made}
    assert found == {name: set() for name in made}


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        text = played(PAGE.read_text(encoding="utf-8"), Path(name).resolve(), EXAMPLES, FINDS)
        PAGE.write_text(text, encoding="utf-8")
