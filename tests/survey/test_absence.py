"""Of a topic there are three states: carried, not found by the program, and not in this text, read by somebody."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from agreements import library
from agreements.errors import NotFoundError, QueryError, RepositoryError
from agreements.repository import Repository

ROOT = Path(__file__).resolve().parents[2]
UMBRELLA = """\
# Agreement between Norway and Chile on the Status of Visiting Forces

## Article I

### Claims

Each Party waives all claims against the other Party for damage to its property used by its armed services, other than
contractual claims, and for injury or death of its personnel.

## Article II

### Wearing of Uniforms

Members of the force may wear uniforms while performing official duties.

## Article III

### Settlement of disputes

Any dispute on the interpretation of this Agreement shall be settled by consultation between the Parties.

DONE at Kestrel City, this 14th day of March, 1999.
"""
LEANING = """\
# Agreement between Norway and Chile on a Detachment

## Article I

The Parties shall apply mutatis mutandis the provisions of the Agreement between Norway and Chile on the Status of
Visiting Forces of 14 March 1999, except Article II.

## Article II

### Driving licences

The receiving State shall accept as valid, without a driving fee or test, the driving licences of the detachment.

DONE at Kestrel City, this 2nd day of May, 2003.
"""
CLAIM = re.compile(r"\b(?:missing|silent|lack(?:s|ing)?)\b", re.IGNORECASE)


@pytest.fixture
def held(tmp_path: Path) -> Path:
    for name, text in (("umbrella", UMBRELLA), ("leaning", LEANING)):
        (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
    library.import_files(tmp_path / "r", [tmp_path / "umbrella.md", tmp_path / "leaning.md"], family="sofa")
    return tmp_path / "r"


def state(held: Path, topic: str, agreement: str = "umbrella") -> tuple[str, str]:
    cell = library.matrix(held, ids=[agreement]).cells[agreement][topic]
    return cell.state, cell.words()


def test_the_three_states(held: Path) -> None:
    assert state(held, "claims_government") == ("carried", "I")
    assert state(held, "labor") == ("not-found", "not found by the program")
    (kept,) = library.record_absence(held, "umbrella", ["labor"], by="Ada  Lorn", on="2026-11-20")
    assert state(held, "labor") == ("not-in-text", kept.words())
    assert kept.words() == "not in this text, read by Ada Lorn on 2026-11-20 (main (en))"
    assert [row.words() for row in library.absence_readings(held)] == [kept.words()]


def test_a_reading_is_asked_for_again_when_the_text_changes(held: Path) -> None:
    library.record_absence(held, "umbrella", ["labor"], by="Ada", on="2026-11-20")
    repository = Repository(held)
    agreement = repository.get("umbrella")
    (document,) = agreement.documents
    changed = document.model_copy(update={"provisions": document.provisions[:-1]})
    repository.replace(agreement.model_copy(update={"documents": (changed,)}))
    name, words = state(held, "labor")
    assert name == "not-found"
    assert "to be read again: the text changed (main (en)) after Ada read it on 2026-11-20" in words


def test_a_reading_is_asked_for_again_when_a_linked_agreement_changes(held: Path) -> None:
    library.record_absence(held, "leaning", ["labor"], by="Ada", on="2026-11-20")
    assert state(held, "labor", "leaning")[0] == "not-in-text"
    repository = Repository(held)
    agreement = repository.get("umbrella")
    (document,) = agreement.documents
    changed = document.model_copy(update={"provisions": document.provisions[:-1]})
    repository.replace(agreement.model_copy(update={"documents": (changed,)}))
    name, words = state(held, "labor", "leaning")
    assert name == "not-found"
    assert "a linked agreement came, went or changed (umbrella)" in words


def test_what_the_program_sees_is_recorded_only_anyway(held: Path) -> None:
    with pytest.raises(QueryError) as caught:
        library.record_absence(held, "umbrella", ["claims_government"], by="Ada")
    assert "umbrella#I" in str(caught.value)
    library.record_absence(held, "umbrella", ["claims_government"], by="Ada", anyway=True)
    assert state(held, "claims_government")[0] == "not-in-text"


def test_who_read_what_and_when_must_be_said(held: Path) -> None:
    with pytest.raises(QueryError):
        library.record_absence(held, "umbrella", ["labor"], by=" ")
    with pytest.raises(QueryError):
        library.record_absence(held, "umbrella", ["labor"], by="Ada", on="yesterday")
    with pytest.raises(NotFoundError):
        library.record_absence(held, "umbrella", ["weather"], by="Ada")
    with pytest.raises(NotFoundError):
        library.record_absence(held, "umbrella", ["labor"], by="Ada", texts=["annex-q"])
    with pytest.raises(NotFoundError):
        library.record_absence(held, "nowhere", ["labor"], by="Ada")


def test_a_reading_is_withdrawn_and_goes_with_a_purge(held: Path) -> None:
    library.record_absence(held, "umbrella", ["labor", "postal"], by="Ada")
    library.withdraw_absence(held, "umbrella", ["labor"])
    assert [row.reading.topic for row in library.absence_readings(held)] == ["military_service_activities"]
    with pytest.raises(RepositoryError):
        library.withdraw_absence(held, "umbrella", ["labor"])
    Repository(held).purge("umbrella", "spilled", spill="S-1")
    assert not list((held / "readings").iterdir())


def test_topics_come_by_way_of_what_is_applied_but_for_what_is_excepted(held: Path) -> None:
    name, words = state(held, "claims_government", "leaning")
    assert name == "by-reference"
    assert words.startswith("umbrella#I (by reference: applies umbrella (as a whole, except Article II)")
    assert "signed 2003-05-02" in words
    assert state(held, "weapons_carriage", "leaning")[0] == "not-found"  # Article II is excepted
    (row,) = (
        row
        for rows in library.accepted_variants(held, "claims").groups.values()
        for row in rows
        if row.agreement == "leaning"
    )
    assert (row.how, row.ref, row.place) == ("by-reference", "umbrella#I", "leaning")
    assert row.via.endswith(": there C1, umbrella#I")


def test_no_output_says_that_a_topic_does_not_exist(held: Path) -> None:
    library.record_absence(held, "umbrella", ["labor"], by="Ada", on="2026-11-20")
    for line in (
        ["matrix"], ["matrix", "umbrella"], ["--json", "matrix"], ["partner", "CHL"], ["--json", "partner", "CHL"],
        ["variants", "claims"], ["--json", "variants", "fees"], ["variants", "tax_method"],
        ["compare", "umbrella", "leaning", "--topic", "labor"], ["matrix", "--help"], ["partner", "--help"],
        ["variants", "--help"], ["compare", "--help"], ["not-in-text"],
    ):  # fmt: skip
        command = [sys.executable, "-m", "agreements", "--repo", str(held), *line]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, encoding="utf-8")
        assert done.returncode == 0, (line, done.stderr)
        assert not CLAIM.search(done.stdout), (line, CLAIM.search(done.stdout))
        if line[0] == "compare" and "--topic" in line:
            assert "A: not in this text, read by Ada on 2026-11-20 (main (en))" in done.stdout
            assert "B: not found by the program" in done.stdout


def test_a_page_of_a_partner_names_what_it_cannot_count_and_what_may_be_one_agreement(
    held: Path, tmp_path: Path
) -> None:
    (tmp_path / "nobody.md").write_text("# Memorandum on Port Visits\n\n## Article I\n\nShips may visit.\n", "utf-8")
    again = UMBRELLA.replace("other than\ncontractual claims", "other than claims from contracts")
    (tmp_path / "again.md").write_text(again, encoding="utf-8")
    library.import_files(held, [tmp_path / "nobody.md", tmp_path / "again.md"])
    page = library.partner(held, "NOR")
    assert page.uncounted == ("nobody",)
    assert [set(ids) for ids in page.alike] == [{"umbrella", "again"}]
