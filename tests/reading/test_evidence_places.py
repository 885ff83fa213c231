"""Evidence says on which page and where on it its words stand, for text layers and recognised pages alike."""

from collections.abc import Callable
from pathlib import Path

import pytest

from agreements import parsing
from agreements.library import import_files
from agreements.parsing.evidence import Evidence
from agreements.reading import ocr
from agreements.reading.readers import read_source
from agreements.reading.source import SourceFile
from agreements.repository import Repository
from tests.reading.conftest import PdfLine

FIRST: list[PdfLine] = [
    (100, 80, "AGREEMENT BETWEEN ARLAND AND BORDURIA ON HARBOURS"),
    (72, 120, "The Parties have agreed as follows:"),
    (72, 160, "Article 1"),
    (72, 180, "Each Party may use the harbours of the other Party."),
]
SECOND: list[PdfLine] = [
    (72, 80, "Article 2"),
    (72, 100, "This Agreement shall enter into force on the date of its signature."),
    (72, 140, "DONE at Kestrel City, this 5th day of March 1999."),
]


def evidence_of(source: SourceFile) -> dict[str, Evidence]:
    parsed = parsing.parse(read_source(source), id="x")
    return {each.field: each for each in parsed.evidence}


def check(found: dict[str, Evidence], *, near: float) -> None:
    place = found["entry_into_force"]
    assert place.page == 2
    page, left, top, right, bottom = place.boxes[0]
    assert page == 2
    assert left == pytest.approx(72, abs=near)
    assert top == pytest.approx(100, abs=near)
    assert left < right < 500
    assert top < bottom < top + 25
    signed = found["signings"]
    assert signed.boxes[0][2] > bottom


def test_in_a_text_layer(pdf: Callable[..., SourceFile]) -> None:
    check(evidence_of(pdf(FIRST, SECOND)), near=12)


@pytest.mark.skipif(ocr.recogniser() is None, reason="tesseract is not installed")
def test_on_recognised_pages(scan: Callable[..., SourceFile]) -> None:
    check(evidence_of(scan(FIRST, SECOND)), near=12)


def test_a_text_without_pages_has_none() -> None:
    text = "Agreement between Arland and Borduria\n\nArticle 1\n\nIt shall enter into force on signature.\n"
    found = evidence_of(SourceFile.of("a.txt", text.encode()))
    assert all(not each.boxes for each in found.values())


def test_it_is_kept_beside_the_text(pdf: Callable[..., SourceFile], tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf(FIRST, SECOND).data)
    import_files(tmp_path / "r", [tmp_path / "a.pdf"])
    record = Repository(tmp_path / "r").reading("a")
    assert record is not None
    assert any(row["page"] == 2 and row["boxes"] for row in record.evidence)
