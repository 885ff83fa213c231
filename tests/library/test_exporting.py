"""Files that are in no repository, in other forms."""

from pathlib import Path

import pytest

from agreements import library
from agreements.errors import AgreementsError
from agreements.export import pdf
from agreements.reading import read

TREATY = Path(__file__).resolve().parents[2] / "docs/examples/drafts/transit-karuzhan.yaml"


@pytest.fixture(scope="module")
def draft(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("exporting") / "draft.docx"
    library.assemble_file(TREATY, file)
    return file


@pytest.mark.parametrize("form", ["json", "markdown", "html", "akn"])
def test_a_draft_in_word_becomes_any_text_format(draft: Path, form: str) -> None:
    text = library.export_file(draft, form).text
    assert text
    assert "Transit aircraft shall use the agreed routes" in text


@pytest.mark.skipif(pdf.converter() is None, reason="LibreOffice is not installed")
def test_a_word_file_becomes_pdf_as_it_stands(draft: Path, tmp_path: Path) -> None:
    (made,) = library.export_file(draft, "pdf", tmp_path / "draft.pdf").files
    assert any("U.S. proposal" in line for line in read(made).page_edges)  # its header too
    with pytest.raises(AgreementsError, match="no name for a PDF"):
        library.export_file(draft, "pdf", tmp_path / "draft.txt")
