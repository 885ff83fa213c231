# ruff: noqa: E501  (tables, one row a line)
"""What rests on general knowledge alone is called unconfirmed wherever it is shown, and what a text says is not."""

import csv
import io
import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from agreements import library
from agreements.commands import group
from agreements.model import (
    Agreement,
    Citation,
    Document,
    EntryIntoForce,
    Party,
    Provision,
    Relation,
    Signing,
    Status,
    is_confirmed,
)
from agreements.repository import Repository

RECALLED = "general knowledge; a desk officer must confirm"
PARTIES = (Party(code="USA", name="United States of America"), Party(code="VST", name="Vastria"))
WORDS = "Each Party waives its claims for damage to its property."
FACTS = {
    "family": "sofa",
    "parties": PARTIES,
    "signings": (Signing(date="2025-03-10"),),
    "entry_into_force": EntryIntoForce(date="2026-12-01", basis=RECALLED),
    "status": Status(value="in-force", as_of="2026-10", basis=RECALLED),
    "citations": (Citation(text="TIAS 25-310", basis=RECALLED),),
    "confidence": "medium",
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("unconfirmed") / "repository"
    text = Document(
        provisions=(
            Provision(
                kind="article", number="I", heading="Claims", children=(Provision(kind="paragraph", text=WORDS),)
            ),
        )
    )
    recalled = Agreement(id="recalled", title="Ships", term="two years", **FACTS)
    repository = Repository(folder)
    repository.add(recalled)
    repository.add(recalled.model_copy(update={"id": "held", "title": "Harbours", "documents": (text,)}))
    sure = {
        "entry_into_force": EntryIntoForce(date="2026-12-01", basis="found on a public page"),
        "status": Status(value="in-force", as_of="2026-10", basis="found on a public page"),
        "citations": (Citation(text="TIAS 25-310", basis="found on a public page"),),
        "confidence": "high",
        "relations": (Relation(kind="amends", target="recalled"),),
    }
    repository.add(recalled.model_copy(update={"id": "sure", "title": "Fuel", **sure}))
    return folder


def _run(desk: Path, *words: str) -> str:
    done = CliRunner().invoke(group, ["--repo", str(desk), *words], catch_exceptions=False, env={"COLUMNS": "80"})
    assert done.exit_code == 0, done.output
    return " ".join(done.output.split())


@pytest.mark.parametrize(
    ("basis", "confirmed"),
    [
        ("", True),
        ("found on a public page", True),
        ("the official print", True),
        ("found in part on a public page", False),
        ("General knowledge", False),
        ("reference list from public pages and general knowledge; a desk officer must confirm", False),
        ("to verify", False),
    ],
)
def test_what_a_basis_confirms(basis: str, confirmed: bool) -> None:
    assert is_confirmed(basis) is confirmed


def test_citations(desk: Path) -> None:
    said = _run(desk, "cite", "recalled")
    assert "signed 10 March 2025 (unconfirmed)" in said
    assert "TIAS 25-310 (unconfirmed)" in said
    assert "in force (as of 2026-10, unconfirmed)" in said
    assert _run(desk, "cite", "recalled", "--style", "plain") == "Ships (2025, unconfirmed)"
    assert "(unconfirmed)" in _run(desk, "cite", "recalled", "--style", "bluebook")
    assert "unconfirmed" not in "".join(
        _run(desk, "cite", "sure", "--style", s) for s in ("formal", "plain", "bluebook")
    )
    held = _run(desk, "cite", "held")
    assert "signed 10 March 2025;" in held  # its text says so
    assert "in force (as of 2026-10, unconfirmed)" in held
    ended = Agreement(id="x", title="Ended", status=Status(value="expired", as_of="2020", basis=RECALLED))
    Repository(desk).add(ended)
    assert _run(desk, "cite", "x", "--style", "bluebook") == "Ended (expired, unconfirmed)."


@pytest.mark.parametrize(
    ("words", "unsure", "sure"),
    [
        (["list"], "recalled sofa, 2025-03-10 (unconfirmed), in-force (unconfirmed)", "sure sofa, 2025-03-10, in-force,"),
        (["partner", "VST"], "in force (as of 2026-10, unconfirmed)", "sofa, in force (as of 2026-10) Fuel"),
        (["partner", "VST"], "in force 2026-12-01 (unconfirmed); term two years (unconfirmed)", "in force 2026-12-01; term"),
        (["partner", "VST"], "first term ends 2028-12-01 (unconfirmed)", "first term ends 2028-12-01;"),
        (["partner", "VST", "--as-of", "2026-11"], "signed, not yet in force (unconfirmed)", "signed, not yet in force Fuel"),
        (["relations", "sure"], "in force (as of 2026-10, unconfirmed)", ""),
        (["timeline"], "2026-12-01 in force (unconfirmed) recalled", "2026-12-01 in force sure"),
        (["timeline"], "2025-03-10 signed (unconfirmed) recalled", "2025-03-10 signed held"),
        (["variants", "claims"], "in-force (unconfirmed)", "in-force"),
        (["show", "recalled"], "in force (as of 2026-10, unconfirmed)", ""),
        (["search", "claims"], "in force (unconfirmed)", ""),
        (["search", "claims", "--cite"], "in force (as of 2026-10, unconfirmed)", ""),
        (["search", "claims", "--format", "table"], "in-force (unconfirmed)", ""),
    ],
)  # fmt: skip
def test_every_door_says_so(desk: Path, words: list[str], unsure: str, sure: str) -> None:
    said = _run(desk, *words)
    assert unsure in said
    assert sure in said


def test_days_that_run_from_such_a_date_say_so(desk: Path) -> None:
    found = {(d.subject.id, d.rule.id): d for d in library.calendar(desk, ["recalled", "held", "sure"])}
    unsure = {key for key, d in found.items() if any("UNCONFIRMED" in each for each in d.remarks)}
    assert {("recalled", "text-to-state"), ("recalled", "publication"), ("held", "publication")} <= unsure
    assert ("recalled", "term-end") in unsure
    assert ("held", "text-to-state") not in unsure
    assert not any(agreement == "sure" for agreement, _ in unsure)
    assert found["recalled", "publication"].as_json()["unconfirmed"] is True
    assert "UNCONFIRMED: 2026-12-01 rests on general knowledge." in _run(desk, "calendar", "held")


def test_a_day_that_somebody_names_is_theirs(desk: Path) -> None:
    given = {"entry-into-force": "2026-12-02"}
    found = {d.rule.id: d for d in library.calendar(desk, ["held"], events=given)}
    assert not any("UNCONFIRMED" in each for each in found["publication"].remarks)


def test_rows_and_json_say_so(desk: Path, tmp_path: Path) -> None:
    results = library.search(desk, "claims")
    assert [hit.unconfirmed for hit in results.hits] == [["status", "in_force", "citations"]]
    library.write_hits(desk, results, tmp_path / "hits.csv")
    row = next(csv.DictReader(io.StringIO((tmp_path / "hits.csv").read_text("utf-8-sig"))))
    assert row["status"] == "in-force (unconfirmed)"
    assert "unconfirmed" in row["citation"]
    rows = {row["id"]: row for row in json.loads(_run(desk, "--json", "list"))}
    assert rows["recalled"]["unconfirmed"] == ["status", "in_force", "signed", "citations", "term"]
    assert rows["sure"]["unconfirmed"] == []


@pytest.mark.parametrize("name", ["hits.docx", "hits.xlsx"])
def test_a_binder_says_so(desk: Path, tmp_path: Path, name: str) -> None:
    library.write_hits(desk, library.search(desk, "claims"), tmp_path / name)
    with zipfile.ZipFile(tmp_path / name) as archive:
        words = "".join(archive.read(part).decode("utf-8", "replace") for part in archive.namelist() if "xml" in part)
    assert "as of 2026-10, unconfirmed" in words
