"""Precedent binders: cover, authorities and whole provisions, in Word and Excel; precedents only."""

import datetime
import io
from pathlib import Path

import docx
import openpyxl
import pytest

from agreements import library
from agreements.errors import AgreementsError, NotFoundError
from agreements.export.binder import Binder, BinderEntry, to_word
from agreements.export.csvs import COLUMNS, hits_csv
from agreements.export.xlsx import to_excel
from agreements.model import Agreement, Citation, Document, Mark, Party, Provision, Signing, Status
from agreements.repository import Repository
from agreements.search import Results

FORMULA = '=HYPERLINK("http://elsewhere.example") is what a lantern clause must never become.'


def paragraph(number: str, text: str, *children: Provision, marks: tuple[Mark, ...] = ()) -> Provision:
    return Provision(kind="paragraph", number=number, text=text, children=children, marks=marks)


def _agreement(name: str, year: str, standing: str = "agreement") -> Agreement:
    main = Document(
        title=f"Agreement of {name}",
        provisions=(
            Provision(
                kind="article",
                number="IV",
                heading="Lanterns",
                children=(
                    paragraph("1.", FORMULA),
                    paragraph(
                        "2.",
                        "A lantern under paragraph 1 is:",
                        Provision(kind="subparagraph", number="(a)", text="lit at dusk; or"),
                        Provision(kind="subparagraph", number="(b)", text="put out at dawn."),
                        marks=(Mark(start=16, end=27, kind="reference", target="IV.1"),),
                    ),
                ),
            ),
        ),
    )
    return Agreement.model_validate(
        {
            "id": f"{name.lower()}-{year}",
            "family": "sofa",
            "title": f"Agreement of {name} on Lanterns",
            "parties": (Party(code="USA", name="the United States of America"), Party(code="VAL", name=name)),
            "signings": (Signing(date=f"{year}-06-19", place="Kestrel City"),),
            "citations": (Citation(text="TIAS 4711"),),
            "status": Status(value="superseded", as_of="2020"),
            "standing": standing,
            "documents": (main,),
        }
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("binder") / "repository"
    with Repository(made).writing() as writer:
        for agreement in (
            _agreement("Valdoria", "1999"),
            _agreement("Borduria", "2005"),
            _agreement("Specimenia", "2010", "specimen"),
            _agreement("Draftland", "2020", "draft"),
        ):
            writer.add(agreement)
    return made


@pytest.fixture(scope="module")
def results(folder: Path) -> Results:
    return library.search(folder, "lantern", specimens=True, drafts=True, limit=50)


@pytest.fixture(scope="module")
def binder(folder: Path, results: Results) -> Binder:
    return library.make_binder(folder, results, conditions=["family sofa"], made="2026-11-22")


def _paragraphs(content: bytes) -> list[str]:
    return [p.text for p in docx.Document(io.BytesIO(content)).paragraphs]


def test_only_precedents_are_bound_and_it_is_said(binder: Binder, results: Results) -> None:
    assert {h.standing for h in results.hits} == {"agreement", "specimen", "draft"}
    assert {e.hit.standing for e in binder.entries} == {"agreement"} and len(binder.entries) == 4
    assert binder.total == results.total == len(binder.entries)
    assert any("no precedents" in note for note in binder.notes)


def test_authorities_name_every_provision_once(binder: Binder) -> None:
    table = binder.table_of_authorities()
    assert [citation.split(" on ")[0] for citation, _ in table] == ["Agreement of Borduria", "Agreement of Valdoria"]
    assert sorted(n for _, numbers in table for n in numbers) == [e.number for e in binder.entries] == [1, 2, 3, 4]


def test_word_holds_cover_authorities_and_whole_provisions(binder: Binder) -> None:
    lines = _paragraphs(to_word(binder))
    whole = "\n".join(lines)
    for wanted in ("Precedent binder", "Query: lantern", "Condition: family sofa", "Made: 22 November 2026"):
        assert wanted in lines
    assert lines.index("Table of authorities") < lines.index("Provisions")
    for entry in binder.entries:
        assert f"Reference: {entry.hit.ref}" in lines and entry.hit.citation in lines
        assert all(p.text in whole for p in entry.provision.walk())
    assert to_word(binder) == to_word(binder)


def test_a_reference_in_a_provision_does_not_lead_into_another_text(binder: Binder) -> None:
    for entry in binder.entries:
        assert "paragraph 1 is:" in entry.provision.text or entry.provision.number == "1."
    assert b"REF " not in docx.Document(io.BytesIO(to_word(binder))).element.xml.encode()


def test_excel_holds_words_and_no_formulas(binder: Binder) -> None:
    book = openpyxl.load_workbook(io.BytesIO(to_excel(binder)))
    assert book.sheetnames == ["Cover", "Authorities", "Provisions"]
    sheet = book["Provisions"]
    rows = list(sheet.iter_rows(min_row=2))
    assert len(rows) == 4
    assert {row[-1].value for row in rows} >= {FORMULA}
    assert {cell.data_type for row in rows for cell in row if cell.value} == {"s"}
    assert to_excel(binder) == to_excel(binder)


def test_excel_does_not_tell_when_it_was_saved(binder: Binder, monkeypatch: pytest.MonkeyPatch) -> None:
    from openpyxl.writer import excel

    class Later(datetime.datetime):
        @classmethod
        def now(cls, tz: datetime.tzinfo | None = None) -> "datetime.datetime":
            return datetime.datetime(2099, 1, 1, tzinfo=tz)

    before = to_excel(binder)
    monkeypatch.setattr(excel.datetime, "datetime", Later)
    assert to_excel(binder) == before


def test_a_text_longer_than_a_cell_goes_on_in_the_next_row(binder: Binder) -> None:
    from dataclasses import replace

    text = "lantern " * 9000
    entry = BinderEntry(1, replace(binder.entries[0].hit, text=text), binder.entries[0].provision)
    sheet = openpyxl.load_workbook(io.BytesIO(to_excel(replace(binder, entries=[entry]))))["Provisions"]
    assert "".join(str(row[-1].value) for row in sheet.iter_rows(min_row=2)) == text
    assert sheet.max_row == 4


def test_csv_runs_nothing(results: Results) -> None:
    import csv

    head, *rows = list(csv.reader(io.StringIO(hits_csv(results.hits))))
    assert tuple(head) == COLUMNS and len(rows) == len(results.hits)
    texts = {row[-1] for row in rows}
    assert f"'{FORMULA}" in texts and not any(text.startswith("=") for text in texts)


@pytest.mark.parametrize("suffix", [".docx", ".xlsx", ".csv"])
def test_files_are_written_by_their_suffix(folder: Path, results: Results, tmp_path: Path, suffix: str) -> None:
    target = tmp_path / f"out{suffix}"
    count = library.write_hits(folder, results, target)
    assert target.stat().st_size > 100 and count == (8 if suffix == ".csv" else 4)


def test_what_cannot_be_bound_is_said(folder: Path, tmp_path: Path) -> None:
    nothing = library.search(folder, "xyzzyqwerty")
    with pytest.raises(AgreementsError, match="no precedent"):
        library.write_hits(folder, nothing, tmp_path / "b.docx")
    with pytest.raises(NotFoundError, match="kind of file"):
        library.write_hits(folder, nothing, tmp_path / "b.pdf")
    assert list(tmp_path.iterdir()) == []
