"""Where the words of a draft come from: by its parameters, by the hidden marks of a Word file, after changes."""

import json
import re
import zipfile
from pathlib import Path

import pytest

from agreements import library
from agreements.bookmarks import is_mark, tag_of
from agreements.drafting.provenance import SUFFIX, find, read_provenance
from agreements.errors import NotFoundError, UnreadableError
from agreements.model import Agreement

ROOT = Path(__file__).resolve().parents[2]
MARENA = ROOT / "docs/examples/drafts/flights-marena.yaml"
KARUZHAN = ROOT / "docs/examples/drafts/transit-karuzhan.yaml"


def bookmarks(file: Path) -> list[str]:
    with zipfile.ZipFile(file) as package:
        return re.findall(r'<w:bookmarkStart[^>]* w:name="([^"]*)"', package.read("word/document.xml").decode())


@pytest.fixture(scope="module")
def karuzhan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("draft") / "draft.docx"
    report = library.assemble_file(KARUZHAN, file)
    assert report.provenance == file.with_name(f"draft{SUFFIX}")
    return file


def test_every_provision_of_a_draft_says_its_clause_variant_and_file() -> None:
    rows = {row.origin.id: row.origin for row in library.explain(MARENA) if row.origin.id}
    clearance = rows["clearance.notice"]
    assert (clearance.clause, clearance.variant, clearance.template_version) == ("clearance", "blanket", "1.0")
    assert {"notice_time", "flight_data"} <= set(clearance.parameters)
    assert clearance.file.endswith("state_flights/clearance/blanket.md")
    assert clearance.label
    assert all(row.clause for row in rows.values())


def test_a_word_file_is_explained_by_its_marks_alone(karuzhan: Path) -> None:
    rows = library.explain(karuzhan)
    assert len(rows) > 50
    assert all(row.same and row.now == row.origin.path for row in rows)


def test_the_marks_say_nothing_and_each_stands_once(karuzhan: Path) -> None:
    found = bookmarks(karuzhan)
    assert len(found) == len(set(found)) > 50
    assert all(is_mark(name) for name in found)
    assert len({tag_of(name) for name in found}) == 1
    ids = {row.origin.id for row in library.explain(karuzhan) if "." in row.origin.id}
    assert len(ids) > 20
    with zipfile.ZipFile(karuzhan) as package:
        content = b"".join(package.read(part) for part in package.namelist()).decode("utf-8", "ignore")
    assert not [name for name in ids if name in content]


def test_a_changed_file_is_matched_wherever_its_provisions_stand_now(karuzhan: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(karuzhan) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    body = parts["word/document.xml"].decode()
    paragraphs = re.findall(r"<w:p>.*?</w:p>|<w:p .*?</w:p>", body, re.DOTALL)
    dropped = next(p for p in paragraphs if 'w:val="Paragraph"' in p)  # the numbers after it move up by one
    reworded = next(p for p in paragraphs[40:] if 'w:val="Paragraph"' in p and " shall " in p)
    body = body.replace(dropped, "").replace(reworded, reworded.replace(" shall ", " should ", 1))
    parts["word/document.xml"] = body.encode()
    back = tmp_path / "back.docx"
    with zipfile.ZipFile(back, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    rows = library.explain(karuzhan.with_name(f"draft{SUFFIX}"), back)
    assert [row.now for row in rows if not row.now] == [""]
    assert any(row.now != row.origin.path and row.same for row in rows if row.now)
    assert [row.same for row in rows if row.now].count(False) == 1


def test_a_file_of_another_format_is_matched_by_its_paths(karuzhan: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.yaml"
    other.write_text(KARUZHAN.read_text().replace("validity: {hours: 96}", "validity: {hours: 24}"))
    assert [row.origin.id for row in library.explain(other, karuzhan) if not row.same] == ["permission.validity"]


def test_the_same_parameters_give_the_same_marks_in_both_originals_and_others_do_not(tmp_path: Path) -> None:
    files = [tmp_path / f"{name}.docx" for name in ("us", "partner", "later")]
    later = tmp_path / "later.yaml"
    later.write_text(KARUZHAN.read_text().replace("validity: {hours: 96}", "validity: {hours: 24}"))
    library.assemble_file(KARUZHAN, files[0])
    library.assemble_file(KARUZHAN, files[1], original="partner")
    library.assemble_file(later, files[2])
    ours, theirs, third = (set(bookmarks(file)) for file in files)
    assert ours == theirs
    assert not ours & third


def test_a_draft_key_keeps_the_marks_from_round_to_round(tmp_path: Path) -> None:
    rounds = []
    for number, hours in enumerate((96, 24)):
        parameters = tmp_path / f"round-{number}.yaml"
        words = KARUZHAN.read_text().replace("validity: {hours: 96}", f"validity: {{hours: {hours}}}")
        parameters.write_text(f"draft_key: 5f3a9c\n{words}")
        library.assemble_file(parameters, tmp_path / f"round-{number}.docx")
        rounds.append(bookmarks(tmp_path / f"round-{number}.docx"))
    assert rounds[0] == rounds[1]


def test_the_copy_for_signature_carries_no_marks(tmp_path: Path) -> None:
    library.assemble_file(KARUZHAN, tmp_path / "signing.docx", copies=library.CopyOptions(signing=True))
    assert bookmarks(tmp_path / "signing.docx") == []


def test_a_draft_without_its_provenance_says_what_to_do(karuzhan: Path, tmp_path: Path) -> None:
    alone = tmp_path / "alone.docx"
    alone.write_bytes(karuzhan.read_bytes())
    (tmp_path / f"broken{SUFFIX}").write_text("[]")
    with pytest.raises(NotFoundError, match="provenance is not here") as raised:
        library.explain(alone)
    assert "--from" in raised.value.hint
    assert all(row.same for row in library.explain(KARUZHAN, alone))


@pytest.mark.parametrize("content", ["", "[]", "{}", json.dumps({"origins": [{}]})])
def test_a_file_that_is_no_provenance_is_said(tmp_path: Path, content: str) -> None:
    path = tmp_path / f"x{SUFFIX}"
    path.write_text(content)
    with pytest.raises(UnreadableError, match="no file of provenance"):
        read_provenance(path)


def test_a_file_without_marks_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="carries no marks"):
        find(Agreement(id="precedent"), {}, tmp_path / "precedent.docx")
