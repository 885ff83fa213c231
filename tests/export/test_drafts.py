"""The copies of a draft: clean, working, negotiating."""

import re
import zipfile
from pathlib import Path

import pytest
from openxml_audit import FileFormat, OpenXmlValidator

from agreements import drafting, library
from agreements.export import drafts
from agreements.export.drafts import BANNER, draft_line
from agreements.parsing import parse
from agreements.reading import read
from agreements.textform import print_document

EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "examples" / "drafts"
NOTES = EXAMPLES / "flights-marena.yaml"
TREATY = EXAMPLES / "transit-karuzhan.yaml"


def parts(file: Path) -> dict[str, str]:
    with zipfile.ZipFile(file) as package:
        return {name: package.read(name).decode() for name in package.namelist()}


def words(xml: str) -> str:
    return " ".join(re.findall(r"<w:t[ >][^<]*", xml))


def tree(file: Path) -> list[str]:
    return [print_document(document) for document in parse(read(file), id="x").agreement.documents]


@pytest.fixture(scope="module", params=["comments", "footnotes"])
def working(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path, Path]:
    folder = tmp_path_factory.mktemp(request.param)
    copies = library.CopyOptions(working=True, notes=request.param)
    clean, noted = library.assemble_file(TREATY, folder / "draft.docx", copies=copies).files
    assert noted.name == "draft-working.docx"
    return request.param, clean, noted


def test_a_working_copy_says_of_each_clause_what_its_file_says(working: tuple[str, Path, Path]) -> None:
    shown, _, noted = working
    held = parts(noted)[f"word/{shown}.xml"]
    draft = drafting.assemble(drafting.load_parameters(TREATY))
    store = drafting.family("transit").clauses
    assert draft.agreement
    made = [p.provenance for document in draft.agreement.documents for p in document.walk()]
    carried = {(origin.clause, origin.variant) for origin in made if origin and origin.variant}
    clauses = [store.get(clause, variant) for clause, variant in sorted(carried)]
    assert len(clauses) > 10
    for clause in clauses:
        assert f"{clause.id}, variant {clause.variant}" in held
        assert clause.front.note.replace("&", "&amp;") in held
    references = re.findall(r"<w:(?:comment|footnote)Reference ", parts(noted)["word/document.xml"])
    assert len(references) == len({(clause.id, clause.variant) for clause in clauses})


def test_a_working_copy_says_so_on_every_page_and_a_clean_copy_says_nothing(working: tuple[str, Path, Path]) -> None:
    _, clean, noted = working
    for edge in ("header1", "footer1"):
        assert BANNER in parts(noted)[f"word/{edge}.xml"]
        assert BANNER not in parts(clean)[f"word/{edge}.xml"]
    assert not [name for name in parts(clean) if "comments" in name or "notes" in name]
    assert "variant" not in words(parts(clean)["word/document.xml"])


def test_both_copies_hold_the_same_text(working: tuple[str, Path, Path]) -> None:
    _, clean, noted = working
    assert tree(noted) == tree(clean)


def test_a_working_copy_is_valid_and_the_same_each_time(working: tuple[str, Path, Path], tmp_path: Path) -> None:
    shown, _, noted = working
    found = OpenXmlValidator(file_format=FileFormat.MICROSOFT_365, max_errors=0).validate(noted)
    assert [str(error) for error in found.errors] == []
    copies = library.CopyOptions(working=True, notes="comments" if shown == "comments" else "footnotes")
    again = library.assemble_file(TREATY, tmp_path / "draft.docx", copies=copies).files[1]
    assert again.read_bytes() == noted.read_bytes()


def test_the_reason_for_a_clause_stands_in_the_working_copy_alone(tmp_path: Path) -> None:
    file = tmp_path / "p.yaml"
    file.write_text("rationale:\n  claims: asked for by the finance office\n  tolls: none\n" + TREATY.read_text())
    report = library.assemble_file(file, tmp_path / "d.docx", copies=library.CopyOptions(working=True))
    clean, noted = report.files
    assert "Why in this draft: asked for by the finance office" in parts(noted)["word/comments.xml"]
    assert "finance office" not in "".join(parts(clean).values())
    (unused,) = [finding for finding in report.findings if finding.code == "rationale-unused"]
    assert unused.where == "rationale.tolls"
    assert "claims" in unused.fix


def test_the_working_copy_of_an_exchange_has_a_reply_too(tmp_path: Path) -> None:
    files = library.assemble_file(NOTES, tmp_path / "n.docx", copies=library.CopyOptions(working=True)).files
    assert [file.name for file in files] == ["n.docx", "n-reply.docx", "n-working.docx", "n-working-reply.docx"]


def test_a_negotiating_copy_numbers_lines_and_leaves_room(tmp_path: Path) -> None:
    copies = library.CopyOptions(layout="negotiating")
    (file,) = library.assemble_file(TREATY, tmp_path / "x.docx", copies=copies).files
    held = parts(file)
    assert '<w:lnNumType w:countBy="1"' in held["word/document.xml"]
    margin = re.search(r'<w:pgMar [^>]*w:right="(\d+)"', held["word/document.xml"])
    assert margin
    assert int(margin[1]) >= 2880
    assert 'w:line="360"' in held["word/styles.xml"]
    (plain,) = library.assemble_file(TREATY, tmp_path / "y.docx").files
    assert tree(file) == tree(plain)


@pytest.mark.parametrize(
    ("more", "line"),
    [
        ({}, "DRAFT - 22 November 2026 - U.S. proposal"),
        ({"draft_number": "3"}, "DRAFT 3 - 22 November 2026 - U.S. proposal"),
        ({"proposal_of": "partner"}, "DRAFT - 22 November 2026 - Karuzhani proposal"),
        ({"proposal_of": "joint"}, "DRAFT - 22 November 2026 - joint text"),
    ],
)
def test_the_draft_line_says_number_date_and_side(tmp_path: Path, more: dict[str, str], line: str) -> None:
    file = tmp_path / "p.yaml"
    head = "".join(f"{name}: {value}\n" for name, value in more.items())
    file.write_text(head + TREATY.read_text())
    made = drafting.assemble(drafting.load_parameters(file))
    assert draft_line(made) == line


def test_a_side_that_is_none_is_said(tmp_path: Path) -> None:
    file = tmp_path / "p.yaml"
    file.write_text("proposal_of: them\n" + TREATY.read_text())
    found = {finding.code: finding for finding in library.assemble_file(file).findings}
    assert "us, partner, joint" in found["proposal-of"].fix


def test_a_copy_for_signature_says_whose_layout_its_page_numbers_are_of(monkeypatch: pytest.MonkeyPatch) -> None:
    for office, told in (("soffice", True), (None, False)):
        monkeypatch.setattr(drafts, "converter", lambda office=office: office)
        copies = library.CopyOptions(signing=True, contents="always", page_numbers=True)
        report = library.assemble_file(TREATY, copies=copies)
        assert ("contents-pages" in {finding.code for finding in report.findings}) == told
