"""LibreOffice as an independent reader: it numbers lists and computes references by itself."""

import re
import shutil
import subprocess
import zipfile

import pytest

from agreements import word
from agreements.parsing import parse
from agreements.reading import read
from agreements.textform import print_document
from tests.word import samples

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
pytestmark = pytest.mark.skipif(
    not (SOFFICE and shutil.which("pdftotext")), reason="LibreOffice and poppler-utils are not installed"
)
_CACHED = re.compile(
    r'(fldCharType="separate"/></w:r><w:r>(?:<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?<w:t xml:space="preserve">)[^<]*'
)


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """The text of each page of the samples, the cached values of their fields replaced by nonsense."""
    folder = tmp_path_factory.mktemp("rendered")
    options = word.WordOptions(draft_line="DRAFT - 22 November 2026", separate_notes=False)
    agreements = {"main": samples.visiting_forces(), "notes": samples.exchange(), "odd": samples.odd_numbers()}
    for stem, agreement in agreements.items():
        (path,) = word.write(agreement, folder / f"{stem}.docx", options=options)
        _forget_cached_values(path)
    _convert([folder / f"{stem}.docx" for stem in agreements], "pdf", folder)
    return {stem: _pages(folder / f"{stem}.pdf") for stem in agreements}


def _convert(files, form, folder):
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [SOFFICE, profile, "--headless", "--convert-to", form, "--outdir", str(folder)]
    subprocess.run([*command, *map(str, files)], check=True, capture_output=True, timeout=120)


def _forget_cached_values(path):
    with zipfile.ZipFile(path) as file:
        parts = {item: file.read(item) for item in file.namelist()}
    document, count = _CACHED.subn(r"\1NOT UPDATED", parts["word/document.xml"].decode())
    assert count == document.count('fldCharType="separate"')
    parts["word/document.xml"] = document.encode()
    with zipfile.ZipFile(path, "w") as file:
        for item, content in parts.items():
            file.writestr(item, content)


def _pages(path):
    shown = subprocess.run(["pdftotext", "-layout", str(path), "-"], check=True, capture_output=True, text=True)
    return [" ".join(page.split()) for page in shown.stdout.split("\f") if page.strip()]


def test_references_are_computed_as_the_draft_says_them(pages):
    shown = " ".join(pages["main"])
    assert "NOT UPDATED" not in shown
    for words in (
        "an area listed in Annex A and includes",
        "as Article 2 of Annex A provides",
        "The rules of paragraph 1 of this Article apply",
        "Subparagraph (b) of paragraph 1 does not",
        "subject to paragraph 2 of Article II and Article IV.",
        "follow paragraph 1(a) of Article II, Articles I and III",
    ):
        assert words in shown
    assert "other claims follow paragraph 1." in " ".join(pages["notes"])


def test_numbers_are_those_of_the_model(pages):
    shown = " ".join(pages["main"])
    assert re.findall(r"Article ([IV]+) (?=[A-Z][a-z]+)", shown) == ["I", "II", "III", "IV", "V"]
    assert "1. Members of a visiting force" in shown
    assert "(b) an individual or collective movement order, both of which" in shown
    assert "(ii) its airspace" in shown
    assert "2. The controller is told" in shown


def test_odd_numbers_are_those_of_the_model(pages):
    shown = " ".join(pages["odd"])
    for words in (
        "TITLE ONE",
        "(A) deeper; (1) deepest",
        "Article 1 bis Put in later",
        "(2) Bracketed too",
        "7. Leaves",
    ):
        assert words in shown


def test_pages_bear_marking_status_and_number(pages):
    assert len(pages["main"]) == 3
    for number, page in enumerate(pages["main"], 1):
        assert page.startswith("UNCLASSIFIED DRAFT - 22 November 2026 ")
        assert page.endswith(f"Page {number} UNCLASSIFIED")
    assert "ANNEX A" in pages["main"][2][:60]
    assert len(pages["notes"]) == 2


def test_the_title_is_a_block_of_capitals(pages):
    assert "AGREEMENT BETWEEN THE GOVERNMENT OF THE REPUBLIC OF VALDORIA AND THE GOVERNMENT" in pages["main"][0]


def test_signatures_stand_with_the_testimonium(pages):
    assert "In witness whereof" in pages["main"][1]
    assert "For the Government of the Republic of For the Government of the Kingdom of" in pages["main"][1]


def test_a_file_that_libreoffice_saved_again_reads_back_as_the_same_tree(tmp_path):
    written = [
        word.write(agreement, tmp_path / f"{agreement.id}.docx", options=word.WordOptions(separate_notes=False))[0]
        for agreement in (samples.visiting_forces(), samples.titled_notes())
    ]
    again = tmp_path / "again"
    again.mkdir()
    _convert(written, "docx", again)
    for path in written:
        ours, theirs = (parse(read(p), id="x").agreement for p in (path, again / path.name))
        assert [print_document(d) for d in theirs.documents] == [print_document(d) for d in ours.documents]
