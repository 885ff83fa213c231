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


def test_the_shipped_draft_departs_nowhere() -> None:
    review = library.acsa_review(DRAFT)
    assert {answer.state for answer in review.answers} <= {"met", "to-establish", "not-applicable"}
    assert review.partner.endswith("Orlenia")


def test_its_word_file_gets_the_same_answers(tmp_path: Path) -> None:
    written = tmp_path / "acsa.docx"
    library.assemble_file(DRAFT, written)
    told = {a.rule.id: a.state for a in library.acsa_review(DRAFT).answers}
    assert {a.rule.id: a.state for a in library.acsa_review(written).answers} == told


def test_a_text_that_departs_says_where_and_by_which_section(tmp_path: Path) -> None:
    draft = tmp_path / "acsa.md"
    draft.write_text(
        "# Agreement between the United States of America and Norway on Mutual Support\n\n## Article I: Settlement\n\n"
        "1. Goods shall be replaced within twenty-four (24) months of delivery.\n\nDone at Oslo on 2 May 2019.\n"
    )
    review = library.acsa_review(draft)
    (found,) = [f for f in review.findings if f.severity == "error"]
    assert "2345" in found.message
    assert found.where.startswith("I")
    assert review.partner_is == "nato"


def test_the_memo_names_every_question_and_source(tmp_path: Path) -> None:
    review = library.acsa_review(DRAFT)
    memo = library.write_acsa_memo(review, tmp_path / "memo.docx", today=date(2026, 11, 22))
    words = " ".join(block.text for block in read(memo).blocks)
    assert all(a.rule.question in words and a.rule.citation in words for a in review.answers)
    with pytest.raises(AgreementsError, match="no name for a Word file"):
        library.write_acsa_memo(review, tmp_path / "memo.txt")


def test_the_command_in_json(tmp_path: Path) -> None:
    session = Session(repo=str(tmp_path), as_json=True)
    made = CliRunner().invoke(command, [str(DRAFT), "-o", str(tmp_path / "memo.docx")], obj=session)
    assert made.exit_code == 0, made.output
    told = json.loads(made.output)
    assert told["files"] == [str(tmp_path / "memo.docx")]
    assert all(row["citation"] for row in told["answers"])
