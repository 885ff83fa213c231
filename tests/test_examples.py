"""The examples in the docs: every scenario that is told has its draft and its picture."""

import re
import struct
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).resolve().parents[1] / "docs" / "examples"
ROWS = re.findall(
    r"^\| \*\*\[[^\]]+\]\(drafts/(\S+)\.yaml\)\*\*\. (.*?) \| !\[[^\]]+\]\(drafts/pictures/(\S+)\.png\) \|$",
    (EXAMPLES / "README.md").read_text(encoding="utf-8"),
    re.MULTILINE,
)
SCENARIOS = (
    *("sofa-notes", "sofa-agreement", "dca-norlandia", "dca-meridia", "dca-annex-change"),
    *("sma-hanbyul", "acsa-orlenia", "facilities-zenara", "transit-karuzhan", "flights-marena"),
)


def test_the_ten_scenarios_are_told_first() -> None:
    assert tuple(draft for draft, _, _ in ROWS[:10]) == SCENARIOS


@pytest.mark.parametrize(("draft", "told", "picture"), ROWS, ids=[row[0] for row in ROWS])
def test_each_has_its_draft_two_sentences_and_its_picture(draft: str, told: str, picture: str) -> None:
    assert (EXAMPLES / "drafts" / f"{draft}.yaml").is_file()
    assert picture == draft
    assert told.replace("U.S.", "US").count(".") == 2
    content = (EXAMPLES / "drafts" / "pictures" / f"{picture}.png").read_bytes()
    assert content.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", content[16:24])
    assert 1.2 < height / width < 1.5  # a whole page
    assert len(content) < 60_000


def test_no_picture_is_left_over() -> None:
    assert {path.stem for path in (EXAMPLES / "drafts" / "pictures").glob("*.png")} == {row[2] for row in ROWS}
