"""What an agreement was read from: its files, pages to look at, and words that are really where the boxes are."""

from pathlib import Path

import pypdfium2
import pytest

from agreements import library
from agreements.errors import NotFoundError, UnreadableError
from agreements.reference import places
from tests.reading.conftest import PdfLine, pdf_bytes

FIRST: list[PdfLine] = [
    (100, 40, "HARBOURS AGREEMENT"),
    (100, 80, "AGREEMENT BETWEEN ARLAND AND BORDURIA ON HARBOURS"),
    (72, 120, "The Parties have agreed as follows:"),
    (72, 160, "Article 1"),
    (72, 180, "1. Each Party may use the harbours of the other Party for the supply of its ships, for the rest of"),
    (72, 194, "their crews and for repairs that cannot wait until the ship has come back to a harbour of its own,"),
]
SECOND: list[PdfLine] = [
    (100, 40, "HARBOURS AGREEMENT"),
    (72, 80, "and for no other purpose."),
    (72, 100, "2. Notice is given two days before."),
    (72, 140, "Article 2"),
    (72, 160, "This Agreement shall enter into force on the date of its signature."),
    (72, 200, "DONE at Kestrel City, this 5th day of March 1999."),
]


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    (tmp_path / "harbours.pdf").write_bytes(pdf_bytes([FIRST, SECOND]))
    (tmp_path / "plain.txt").write_text("ARTICLE I\n\nFuel is supplied at cost.\n", encoding="utf-8")
    library.import_files(tmp_path / "r", [tmp_path / "harbours.pdf", tmp_path / "plain.txt"], jobs=1)
    return tmp_path / "r"


def _letters(words: str) -> str:
    return "".join(character for character in words if character.isalnum())


def _under(file: Path, boxes: object) -> str:
    """Return the letters of the words that really stand under `boxes`, as the PDF itself says."""
    document, found = pypdfium2.PdfDocument(file), ""
    for page, left, top, right, bottom in boxes:  # type: ignore[attr-defined]
        shown = document[page - 1]
        height = shown.get_height()
        text = shown.get_textpage()
        band = bottom - top  # the middle of the line, which every letter crosses and none of the lines around it
        upper, lower = height - top - 0.5 * band, height - top - 0.7 * band
        found += text.get_text_bounded(left - 1, lower, right + 1, upper)
        text.close()
    document.close()
    return _letters(found)


def test_files_and_evidence_are_told(repository: Path) -> None:
    record = library.source_record(repository, "harbours")
    (file,) = record.files
    assert (file.number, file.name, file.is_read, file.is_pdf) == (1, "harbours.pdf", True, True)
    by_field = {row.field: row for row in record.evidence}
    assert by_field["entry_into_force"].page == 2
    assert by_field["entry_into_force"].boxes
    assert library.source_file(repository, "harbours", 1).path.read_bytes()[:5] == b"%PDF-"
    with pytest.raises(NotFoundError):
        library.source_file(repository, "harbours", 2)


def test_a_page_is_drawn(repository: Path) -> None:
    pytest.importorskip("PIL", reason="the extra `web` is not installed")
    drawn = library.source_page(repository, "harbours", 2)
    assert drawn.png.startswith(b"\x89PNG")
    assert (drawn.width, drawn.height, drawn.pages) == (595, 842, 2)
    for page in (0, 3):
        with pytest.raises(NotFoundError):
            library.source_page(repository, "harbours", page)
    with pytest.raises(UnreadableError, match="not read from a PDF"):
        library.source_page(repository, "plain", 1)


def test_the_words_of_every_provision_are_under_its_boxes(repository: Path) -> None:
    file = library.source_file(repository, "harbours", 1).path
    for place in places(library.get(repository, "harbours").agreement):
        found, why = library.provision_in_source(repository, "harbours", place.path)
        assert found, (place.path, why)
        for node in place.provision.walk():
            assert _letters(node.text) in _under(file, found.boxes).replace("HARBOURSAGREEMENT", "|") or not node.text


def test_a_paragraph_over_two_pages_has_no_box_over_the_running_head(repository: Path) -> None:
    found, _ = library.provision_in_source(repository, "harbours", "1.1")
    assert found is not None
    assert [box[0] for box in found.boxes] == [1, 1, 2]
    assert found.boxes[2][2] > 60  # below the running head of page 2


def test_what_cannot_be_shown_to_stand_there_is_not_boxed(repository: Path) -> None:
    assert library.provision_in_source(repository, "plain", "I") == (None, "The text was not read from a PDF.")
    folder = repository / "agreements" / "harbours"
    file = folder / "agreement.md"
    file.write_text(file.read_text(encoding="utf-8").replace("two days", "nine days"), encoding="utf-8")
    found, why = library.provision_in_source(repository, "harbours", "1.2")
    assert found is None
    assert "could not be found" in why
    with pytest.raises(NotFoundError):
        library.provision_in_source(repository, "harbours", "9")


@pytest.mark.parametrize("name", ["nato-sofa-1951", "nl-uganda", "shirbrig"])
def test_real_treaties(shared: Path, tmp_path: Path, name: str) -> None:
    """Acceptance: at least 97 of 100 rows of evidence have boxes; words under boxes are those of the provision."""
    library.import_files(tmp_path / "r", [shared / "fixtures" / f"{name}.pdf"], jobs=1)
    desk = library.Desk(tmp_path / "r")
    (facts,) = desk.listing()
    record = desk.source_record(facts.id)
    assert sum(bool(row.boxes) for row in record.evidence) >= 0.97 * len(record.evidence)
    assert record.read
    checked = [place for place in places(desk.get(facts.id).agreement) if place.provision.text][::7]
    for place in checked:
        found, why = desk.provision_in_source(facts.id, place.path)
        assert found, (place.path, why)
        assert _letters(place.provision.text) in _under(record.read.path, found.boxes)
    desk.close()
