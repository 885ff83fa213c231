"""The copy for signature: nothing in it can change by itself, nothing says that it is a draft."""

import re
import zipfile
from pathlib import Path

import pytest

from agreements import library
from agreements.library import parse_file
from agreements.reference import places

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "docs/examples/drafts"
NAMES = ("sofa-agreement", "transit-karuzhan", "dca-norlandia")


def package(file: Path) -> str:
    with zipfile.ZipFile(file) as parts:
        return "\n".join(
            parts.read(n).decode() for n in parts.namelist() if n.startswith("word/") and n.endswith(".xml")
        )


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("original", ["us", "partner"])
def test_numbers_and_references_are_typed_and_the_text_is_the_same(tmp_path: Path, name: str, original: str) -> None:
    params = EXAMPLES / f"{name}.yaml"
    drafted = library.assemble_file(params, tmp_path / "draft.docx", original=original)  # type: ignore[arg-type]
    signed = library.assemble_file(
        params, tmp_path / "signing.docx", original=original, copies=library.CopyOptions(signing=True)
    )  # type: ignore[arg-type]
    (draft,), (copy,) = drafted.files, signed.files
    body = package(copy)
    assert "DRAFT" in package(draft)
    assert "DRAFT" not in body
    assert "SENSITIVE" not in body
    document = zipfile.ZipFile(copy).read("word/document.xml").decode()
    assert " REF " in zipfile.ZipFile(draft).read("word/document.xml").decode()
    assert not re.search(r"w:instrText|w:fldSimple|w:fldChar", document)
    assert not re.search(r'<w:numId w:val="[1-9]', document)
    texts = [[(p.path, p.provision.text) for p in places(parse_file(f).agreement)] for f in (draft, copy)]
    assert texts[0] == texts[1]


def test_a_text_with_open_brackets_is_not_for_signature(tmp_path: Path) -> None:
    source = (EXAMPLES / "sofa-agreement.yaml").read_text()
    params = tmp_path / "open.yaml"
    open_period = "termination_notice: {us: {months: 12}, partner: {months: 6}}"
    params.write_text(source.replace("termination_notice: {months: 12}", open_period))
    report = library.assemble_file(params, tmp_path / "signing.docx", copies=library.CopyOptions(signing=True))
    assert report.files == []
    assert [f.code for f in report.findings if f.severity == "error"] == ["signing-open"]
    assert not (tmp_path / "signing.docx").exists()
    assert library.assemble_file(params, tmp_path / "draft.docx").files
