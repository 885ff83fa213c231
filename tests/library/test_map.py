"""Matrix, timeline and relations: what carries what, what happened when, what acts on what."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

from agreements.classifying.by_reference import applied_elsewhere
from agreements.errors import NotFoundError
from agreements.library import matrix, relations, timeline

ROOT = Path(__file__).resolve().parents[2]


def run(desk: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "agreements", "--repo", str(desk), *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, encoding="utf-8")


def test_a_topic_is_carried_by_reference_or_not_found(desk: Path) -> None:
    cells = matrix(desk).cells
    assert cells["base-1999"]["claims_government"].ref == "base-1999#II"
    assert cells["base-1999"]["claims_government"].state == "carried"
    referring = cells["detachment-2003"]["claims_government"]
    assert referring.state == "by-reference"
    uniforms = cells["detachment-2003"]["weapons_carriage"]  # only in the agreement that it supplements
    assert (uniforms.state, uniforms.ref) == ("by-reference", "base-1999#III")
    assert uniforms.via == "supplements base-1999, signed 2003-05-02"
    assert (
        cells["base-1999"]["entry_into_force"].state == cells["detachment-2003"]["entry_into_force"].state == "carried"
    )


def test_what_is_shown(desk: Path) -> None:
    found = matrix(desk)
    assert [facts.id for facts in found.agreements] == ["base-1999", "detachment-2003"]  # facts alone have no topics
    assert "preamble" not in found.topics  # formal parts say nothing
    assert all(any(found.cells[i][t].state != "not-found" for i in found.cells) for t in found.topics)
    assert matrix(desk, since="2000").cells.keys() == {"detachment-2003"}
    assert matrix(desk, until="1999").cells.keys() == {"base-1999"}
    assert matrix(desk, families=["acsa"]).agreements == ()
    with pytest.raises(NotFoundError):
        matrix(desk, ids=["nowhere"])


@pytest.mark.parametrize("suffix", ["csv", "html", "xlsx"])
def test_files(desk: Path, tmp_path: Path, suffix: str) -> None:
    target = tmp_path / f"map.{suffix}"
    assert run(desk, "matrix", "-o", str(target)).returncode == 0
    if suffix == "csv":
        rows = list(csv.reader(target.read_text(encoding="utf-8-sig").splitlines()))
        assert rows[0] == ["topic", "base-1999", "detachment-2003"]
        assert ["Inter-governmental claims waiver", "II", "detachment-2003#I (by reference)"] in rows
    elif suffix == "html":
        assert "<td>detachment-2003#I (by reference)</td>" in target.read_text(encoding="utf-8")
    else:
        import openpyxl

        sheet = openpyxl.load_workbook(target).worksheets[0]
        assert [cell.value for cell in sheet[1]] == ["topic", "base-1999", "detachment-2003"]


def test_an_unknown_kind_of_file_names_the_known(desk: Path, tmp_path: Path) -> None:
    done = run(desk, "matrix", "-o", str(tmp_path / "map.pdf"))
    assert done.returncode == 1
    assert ".csv, .html, .xlsx" in done.stderr


@pytest.mark.parametrize(
    ("text", "is_elsewhere"),
    [
        ("Claims shall be dealt with in accordance with Article VIII of the NATO SOFA.", True),
        ("The provisions of Article IX of the Convention of 1951 shall apply mutatis mutandis.", True),
        ("The terms of the Status of Forces Agreement shall apply to the personnel.", True),
        ("The provisions of this Agreement shall apply to vessels.", False),  # its own rules
        ("Disputes shall be resolved by consultation between the Parties.", False),
        ("Each Party waives claims for damage to its property.", False),
        (
            "Claims shall be settled under the Agreement of 1951. " + "Here follow rules of its own. " * 30,
            False,
        ),  # long
    ],
)
def test_clauses_that_only_refer(text: str, is_elsewhere: bool) -> None:
    assert bool(applied_elsewhere(text)) == is_elsewhere


def test_a_timeline_says_how_the_end_is_known(desk: Path) -> None:
    events = [(e.date, e.what, e.agreement, e.by) for e in timeline(desk, parties=["USA"])]
    assert ("2005-09-01", "ended", "old-1990", False) in events  # when its successor entered into force
    assert ("2025-12", "ended", "italy-2011", True) in events  # some day before: no date is invented
    assert events[0] == ("1990-01-01", "signed", "old-1990", False)
    assert [e.agreement for e in timeline(desk, parties=["USA"], since="2011", until="2011")] == ["italy-2011"] * 2
    assert {e.family for e in timeline(desk, families=["acsa"])} == {"acsa"}


def test_relations_go_both_ways(desk: Path) -> None:
    rows = {(r.kind, r.id): r for r in relations(desk, "new-2005")}
    assert rows.keys() == {("amended-by", "change-2008"), ("supersedes", "old-1990")}
    assert {r.stated_by for r in rows.values()} == {"other"}  # its own facts are silent
    assert rows["supersedes", "old-1990"].status == "superseded (as of 2025-12)"
    assert [r.kind for r in relations(desk, "old-1990")] == ["superseded-by"]
    assert relations(desk, "club-1990") == ()


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("1989-12-31", "not yet signed"),
        ("1990-01-15", "signed, not yet in force"),
        ("2000", "in force"),  # its end is known: a successor
        ("2005-09-01", "superseded since 2005-09-01"),
    ],
)
def test_the_status_on_a_day(desk: Path, day: str, expected: str) -> None:
    assert [r.status for r in relations(desk, "new-2005", as_of=day) if r.id == "old-1990"] == [expected]


def test_after_the_day_of_the_facts_nothing_is_claimed(desk: Path) -> None:
    row = next(r for r in relations(desk, "old-1990", as_of="2030") if r.id == "new-2005")
    assert row.status == "not established"
    assert next(r for r in relations(desk, "old-1990", as_of="2020") if r.id == "new-2005").status == "in force"


def test_the_commands_print_json_and_words(desk: Path) -> None:
    assert (
        json.loads(run(desk, "--json", "matrix").stdout)["agreements"][0]["topics"]["definitions"]["state"] == "carried"
    )
    assert json.loads(run(desk, "--json", "timeline").stdout)[0]["date"] == "1990-01-01"
    assert json.loads(run(desk, "--json", "relations", "old-1990").stdout)["relations"][0]["id"] == "new-2005"
    assert "→" in run(desk, "matrix").stdout
    assert "by 2025-12" in run(desk, "timeline").stdout
    assert "superseded by" in run(desk, "relations", "old-1990").stdout
