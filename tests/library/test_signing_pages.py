"""Copies for signature as LibreOffice prints them: no signature stands on a page without words of the text."""

import shutil
import subprocess
from pathlib import Path

import pypdfium2
import pytest

from agreements import library
from agreements.drafting import load_parameters

EXAMPLES = Path(__file__).resolve().parents[2] / "docs/examples/drafts"
SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
SIGNED = [
    *("sofa-agreement", "dca-norlandia", "dca-meridia", "acsa-orlenia", "sma-hanbyul"),
    *("facilities-zenara", "transit-karuzhan", "facilities-memorandum"),
]
pytestmark = pytest.mark.skipif(not SOFFICE, reason="LibreOffice is not installed")


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """The text of the pages of both originals of each, by name."""
    folder = tmp_path_factory.mktemp("signing")
    for name in SIGNED:
        for original in ("us", "partner"):
            file = folder / f"{name}-{original}.docx"
            copies = library.CopyOptions(signing=True)
            assert library.assemble_file(EXAMPLES / f"{name}.yaml", file, original=original, copies=copies).files  # type: ignore[arg-type]
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [str(SOFFICE), profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*command, *map(str, folder.glob("*.docx"))], check=True, capture_output=True, timeout=300)
    found = {}
    for file in folder.glob("*.pdf"):
        with pypdfium2.PdfDocument(file) as document:
            found[file.stem] = [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]
    return found


def test_every_signature_stands_under_words_of_the_text(pages: dict[str, list[str]]) -> None:
    assert len(pages) == 2 * len(SIGNED)
    for name, texts in pages.items():
        signed = [page for page in texts if "FOR THE GOVERNMENT" in page or "FOR THE DEPARTMENT" in page]
        assert signed, name
        for page in signed:
            before = page.partition("FOR THE ")[0]
            assert len(before.split()) > 25, (name, page)
            assert page.count("FOR THE ") >= 2, (name, page)  # both sides on one page


def test_a_copy_for_signature_bears_no_header(pages: dict[str, list[str]]) -> None:
    for name, texts in pages.items():
        marking = load_parameters(EXAMPLES / f"{name.rpartition('-')[0]}.yaml").marking
        for number, page in enumerate(texts, 1):
            assert marking not in page
            assert "DRAFT" not in page
            assert f"Page {number}" in page


def test_a_copy_in_one_of_two_languages_says_so(tmp_path: Path) -> None:
    copies = library.CopyOptions(signing=True)
    one = library.assemble_file(EXAMPLES / "transit-karuzhan.yaml", tmp_path / "one.docx", copies=copies)
    assert "signing-language" in {finding.code for finding in one.findings}
    copies = library.CopyOptions(signing=True, partner_text=one.files[0])
    both = library.assemble_file(EXAMPLES / "transit-karuzhan.yaml", tmp_path / "both.docx", copies=copies)
    assert "signing-language" not in {finding.code for finding in both.findings}
