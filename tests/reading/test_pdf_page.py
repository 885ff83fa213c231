"""Places and sizes of the characters of a PDF page."""

from pathlib import Path

import pypdfium2
import pytest

from agreements.reading.pdf_page import Boxes, pieces_of


@pytest.mark.parametrize("pattern", ["*.pdf2.pdf", "*2638.pdf"])
def test_size_and_foot_that_are_asked_once_for_a_font_are_those_of_every_piece(shared: Path, pattern: str) -> None:
    path = sorted((shared / "fixtures").glob(pattern))[0]
    document = pypdfium2.PdfDocument(path)
    for page in document:
        text_page = page.get_textpage()
        pieces, _, _ = pieces_of(page, text_page)
        exact = Boxes(page, text_page)
        assert len(pieces) > 1
        for piece in pieces:
            assert piece.size == pytest.approx(exact.size(piece.first), abs=0.01)
            assert piece.top + piece.size == pytest.approx(exact.foot(piece.first), abs=0.01)
        text_page.close()
        page.close()
    document.close()
