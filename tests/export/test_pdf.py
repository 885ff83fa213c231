"""PDF through LibreOffice, and what is said where that is missing."""

from pathlib import Path

import pytest

from agreements.errors import AgreementsError
from agreements.export import export, pdf
from agreements.reading import read
from tests.word import samples


@pytest.mark.skipif(pdf.converter() is None, reason="LibreOffice is not installed")
def test_a_pdf_holds_the_text(tmp_path: Path) -> None:
    target = tmp_path / "x.pdf"
    assert export(samples.visiting_forces(), "pdf", target).files == (target,)
    assert target.read_bytes().startswith(b"%PDF")
    held = " ".join(read(target).text.split())
    assert "Members of a visiting force may enter and leave without visas" in held
    assert list(tmp_path.iterdir()) == [target]


def test_without_libreoffice_it_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(AgreementsError, match="LibreOffice") as raised:
        export(samples.visiting_forces(), "pdf", tmp_path / "x.pdf")
    assert "docx" in raised.value.hint
    assert not (tmp_path / "x.pdf").exists()


def test_a_program_that_fails_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nexit 3\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(AgreementsError, match=r"could not write x\.pdf"):
        export(samples.visiting_forces(), "pdf", tmp_path / "x.pdf")


def test_the_name_of_a_pdf_ends_in_pdf(tmp_path: Path) -> None:
    with pytest.raises(AgreementsError, match="no name for a PDF"):
        export(samples.visiting_forces(), "pdf", tmp_path / "x.docx")
