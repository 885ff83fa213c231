"""The verb `similar`: references and texts, differences to the letter, wordings that stand together or alone."""

import io
import json
from dataclasses import replace
from pathlib import Path

import docx
import pytest

from agreements import library
from agreements.commands import main
from agreements.errors import AgreementsError, NotFoundError, QueryError

WAIVER = "Each Party waives all claims against the other Party for damage to its property."
TEXTS = {
    "arland-borduria": WAIVER,
    "arland-cordova": "Each Party waives all claims against the other Party for damage to its vehicles.",
    "arland-dresden": "Neither Party pays for property that the other damages; claims against the other are waived.",
    "arland-estmark": "Visitors wear the uniform of their service on official occasions.",
}


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("similar")
    for name, words in TEXTS.items():
        text = (
            f"# Agreement of {name}\n\n## Article I\n\n### Rules\n\n1. {words}\n\n2. This point has no other like it.\n"
        )
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    library.import_files(folder / "repository", sorted(folder.glob("*.md")))
    return folder / "repository"


def test_a_reference_leaves_out_its_own_agreement(repository: Path) -> None:
    found = library.similar(repository, "arland-borduria#I.1")
    assert [row.hit.ref for row in found.alike][:2] == ["arland-cordova#I.1", "arland-dresden#I.1"]
    assert found.alike[0].likeness > found.alike[1].likeness
    assert "arland-borduria" not in {hit.agreement for hit in found.hits}


def test_differences_lead_from_one_text_to_the_other_to_the_letter(repository: Path) -> None:
    for row in library.similar(repository, "arland-borduria#I.1").alike:
        assert "".join(p.text for p in row.pieces if p.kind != "inserted") == WAIVER
        assert "".join(p.text for p in row.pieces if p.kind != "deleted") == row.hit.text


def test_the_size_compared_is_that_of_the_source(repository: Path) -> None:
    assert {hit.path for hit in library.similar(repository, "arland-borduria#I").hits} == {"I"}
    assert {hit.path for hit in library.similar(repository, text=WAIVER).hits} == {"I.1"}
    assert {hit.path for hit in library.similar(repository, text=f"1. {WAIVER}\n2. More.").hits} == {"I"}
    assert {hit.path for hit in library.similar(repository, text=WAIVER, by="article").hits} == {"I"}


def test_wordings_stand_together_and_outliers_alone(repository: Path) -> None:
    wordings = [[row.hit.ref for row in rows] for rows in library.similar(repository, text=WAIVER).wordings()]
    assert wordings[0] == ["arland-borduria#I.1", "arland-cordova#I.1"]
    assert ["arland-dresden#I.1"] in wordings[1:]


def test_json_is_that_of_search_and_more(repository: Path) -> None:
    out = library.similar(repository, "arland-borduria#I.1", limit=2).as_json()
    assert {"query", "total", "took_ms", "hits", "facets", "suggestion", "source", "wordings"} <= out.keys()
    hit = out["hits"][0]
    assert hit["words_deleted"] == hit["words_inserted"] == 1
    assert ["deleted", "property"] in hit["differences"]
    assert len(out["hits"]) == 2


def test_what_cannot_be_compared_says_so(repository: Path) -> None:
    with pytest.raises(QueryError, match="whole agreement"):
        library.similar(repository, "arland-borduria")
    with pytest.raises(NotFoundError):
        library.similar(repository, "arland-borduria#IX")


def test_the_command_reads_standard_input(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(WAIVER.encode())))
    with pytest.raises(SystemExit) as stop:
        main(["--json", "--repo", str(repository), "similar", "--text", "-", "--limit", "1"])
    assert stop.value.code == 0
    assert [hit["ref"] for hit in json.loads(capsys.readouterr().out)["hits"]] == ["arland-borduria#I.1"]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ([], 2, "Name one provision"),
        (["arland-borduria#I.1", "--text", "-"], 2, "Name one provision"),
        (["--text", "/nowhere/at/all.txt"], 1, "cannot be read"),
        (["arland-borduria#I.1"], 0, "Nearly the same wording|A wording of its own"),
    ],
    ids=["nothing named", "two things named", "no such file", "for a person"],
)
def test_the_command_for_a_person(
    repository: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, said: str
) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["--repo", str(repository), "similar", *arguments])
    shown = capsys.readouterr()
    assert stop.value.code == code
    assert any(words in shown.out + shown.err for words in said.split("|"))


def test_one_clause_stands_side_by_side_the_oldest_first(repository: Path, tmp_path: Path) -> None:
    found = library.similar(repository, "arland-borduria#I.1")
    days = {"arland-cordova": ["2004-05-01"], "arland-dresden": ["1990-07-02"]}
    dated = [replace(row, hit=replace(row.hit, signed=days.get(row.hit.agreement, []))) for row in found.alike]
    found = replace(found, alike=dated)
    library.write_wordings(repository, found, tmp_path / "wordings.docx")
    paper = docx.Document(str(tmp_path / "wordings.docx"))
    rows = [[cell.text for cell in row.cells] for row in paper.tables[0].rows]
    assert [row[0] for row in rows[1:3]] == ["2 July 1990", "1 May 2004"]
    assert {row[0] for row in rows[3:]} <= {"undated"}
    assert rows[1][1].split("\n")[-1] == "arland-dresden#I.1"
    assert "vehicles" in rows[2][2]
    lines = [paragraph.text for paragraph in paper.paragraphs]
    assert any(line.startswith("Text asked about: arland-borduria#I.1: “Each Party waives") for line in lines)
    assert any("first signed 2 July 1990" in line for line in lines)
    assert paper.sections[0].page_width > paper.sections[0].page_height
    with pytest.raises(AgreementsError, match="Nothing like it is held"):
        library.write_wordings(repository, replace(found, alike=[]), tmp_path / "none.docx")
