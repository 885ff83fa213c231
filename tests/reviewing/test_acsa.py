"""The review of an ACSA from end to end: a draft, its Word file, the memo, the command."""

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from agreements import library
from agreements.commands.acsa import command
from agreements.commands.output import Session
from agreements.errors import AgreementsError
from agreements.reading import read
from agreements.resources import shipped

DRAFT = shipped("examples") / "drafts" / "acsa-orlenia.yaml"


def test_the_shipped_draft_states_the_statute_item_by_item() -> None:
    review = library.acsa_review(DRAFT)
    left = {a.rule.id for a in review.answers if a.state not in ("stated", "to-establish")}
    assert left == {"offset", "liquidation"}
    assert review.partner.endswith("Orlenia")


def test_its_word_file_gets_the_same_answers(tmp_path: Path) -> None:
    written = tmp_path / "acsa.docx"
    library.assemble_file(DRAFT, written)
    told = {a.rule.id: a.state for a in library.acsa_review(DRAFT).answers}
    assert {a.rule.id: a.state for a in library.acsa_review(written).answers} == told


def test_times_that_are_too_long_are_added_up_and_left_to_a_lawyer(tmp_path: Path) -> None:
    draft = tmp_path / "acsa.md"
    draft.write_text(
        "# Agreement between the United States of America and Norway on Mutual Support\n\n## Article I: Settlement\n\n"
        "1. Goods shall be replaced within twenty-four (24) months of delivery.\n\nDone at Oslo on 2 May 2019.\n"
    )
    review = library.acsa_review(draft)
    (found,) = [a for a in review.answers if a.rule.id == "in-kind-period"]
    assert (found.state, found.where[:1]) == ("stated", "I")
    assert "= 730 days; the statute: 12 months (365 days)" in found.why
    assert review.partner_is == "nato"


def test_the_memo_names_every_item_and_source(tmp_path: Path) -> None:
    review = library.acsa_review(DRAFT)
    memo = library.write_acsa_memo(review, tmp_path / "memo.docx", today=date(2026, 11, 22))
    words = " ".join(block.text for block in read(memo).blocks)
    assert all(a.rule.item in words and a.rule.citation in words for a in review.answers)
    with pytest.raises(AgreementsError, match="no name for a Word file"):
        library.write_acsa_memo(review, tmp_path / "memo.txt")


def test_the_command_in_json(tmp_path: Path) -> None:
    session = Session(repo=str(tmp_path), as_json=True)
    made = CliRunner().invoke(command, [str(DRAFT), "-o", str(tmp_path / "memo.docx")], obj=session)
    assert made.exit_code == 0, made.output
    told = json.loads(made.output)
    assert told["files"] == [str(tmp_path / "memo.docx")]
    assert all(row["citation"] for row in told["answers"])
