"""Pages that are pictures: read by tesseract where it is installed, else said in one clear line."""

import io
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest

from agreements.errors import UnreadableError
from agreements.intake.files import telling_pages
from agreements.reading import ocr
from agreements.reading import pdf as reader
from agreements.reading.ocr_page import pieces_of
from agreements.reading.pdf import read
from agreements.reading.source import SourceFile
from agreements.reading.watching import tell, watched

Scan = Callable[..., SourceFile]
needs_tesseract = pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")

WORDS = (
    "Article 4",
    "The Parties shall consult at the request of either of them",
    "on any matter that concerns the carrying out of this Agreement.",
    "Article 5",
    "Members of the force may enter and leave the territory of the",
    "receiving State with an identity card and a travel order.",
)
PAGE = [(72, 100 + 24 * n, text) for n, text in enumerate(WORDS)]


@pytest.fixture
def without_tesseract(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)


def _mixed(pdf: Scan, scan: Scan) -> SourceFile:
    """Return a file whose first page has text and whose second is a picture."""
    out = pypdfium2.PdfDocument.new()
    for source in (pdf([(72, 100, "The Parties have agreed on this text.")]), scan(PAGE)):
        part = pypdfium2.PdfDocument(source.data)
        out.import_pages(part)
        part.close()
    file = io.BytesIO()
    out.save(file)
    out.close()
    return SourceFile.of("mixed.pdf", file.getvalue())


@needs_tesseract
@pytest.mark.parametrize("turn", [0, 90, 180])
def test_a_picture_is_read_whichever_way_it_lies(scan: Scan, turn: int) -> None:
    reading = read(scan(PAGE, turn=turn))
    assert " ".join(line.text for line in reading.lines) == " ".join(WORDS)
    lefts = [line.left for line in reading.lines]
    assert all(left is not None and abs(left - 72) < 4 for left in lefts if turn == 0)
    tops = [line.top for line in reading.lines]
    steps = [b - a for a, b in pairwise(tops) if a is not None and b is not None]
    assert all(abs(step - 24) < 2 for step in steps)


@needs_tesseract
def test_every_page_that_is_recognised_is_told(scan: Scan) -> None:
    told: list[tuple[str, int, int]] = []
    with watched(lambda *row: told.append(row)):
        read(scan(PAGE, PAGE, PAGE))
    read(scan(PAGE))
    assert told == [("scan.pdf", page, 3) for page in (1, 2, 3)]


def test_a_person_is_told_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    lines: list[str] = []
    seconds = iter([0.0, 1.0, 6.0, 6.0, 7.0])
    monkeypatch.setattr(time, "monotonic", lambda: next(seconds))
    with telling_pages(lines.append):
        for page in (1, 2, 3):
            tell("scan.pdf", page, 1200)
    tell("scan.pdf", 4, 1200)
    assert lines == ["scan.pdf: page 2 of 1,200 recognised"]


@needs_tesseract
def test_each_page_has_its_quality(scan: Scan) -> None:
    reading = read(scan(PAGE, PAGE))
    assert [(f.code, f.severity, f.where) for f in reading.findings] == [
        ("recognised", "info", "page 1"),
        ("recognised", "info", "page 2"),
    ]
    assert "quality 9" in reading.findings[0].message
    assert reading.recognised == {1, 2}


@needs_tesseract
def test_two_columns_of_a_picture_are_read_one_after_the_other(scan: Scan) -> None:
    left = [
        "The Government of the first",
        "State shall give notice of",
        "its intention to the other",
        "and both of them",
    ]
    right = [
        "shall consult each other on",
        "the measures that they take",
        "within thirty days of this",
        "notice being given",
    ]
    lines = [(60, 100 + 20 * n, text) for n, text in enumerate(left * 3)]
    lines += [(320, 100 + 20 * n, text) for n, text in enumerate(right * 3)]
    assert [line.text for line in read(scan(lines)).lines] == [*left * 3, *right * 3]


@needs_tesseract
def test_pages_with_and_without_text_are_both_read(pdf: Scan, scan: Scan) -> None:
    reading = read(_mixed(pdf, scan))
    assert [line.page for line in reading.lines] == [1] + [2] * len(WORDS)
    assert reading.recognised == {2}


@needs_tesseract
def test_nothing_is_left_on_disk(scan: Scan, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    read(scan(PAGE))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("without_tesseract")
def test_without_tesseract_a_scan_is_one_line_that_says_what_to_install(scan: Scan) -> None:
    with pytest.raises(UnreadableError, match="no text layer: its pages are pictures") as caught:
        read(scan(PAGE))
    assert "tesseract" in caught.value.hint
    assert "\n" not in f"{caught.value} {caught.value.hint}"


@pytest.mark.usefixtures("without_tesseract")
def test_without_tesseract_the_pages_that_have_text_are_read(pdf: Scan, scan: Scan) -> None:
    reading = read(_mixed(pdf, scan))
    assert [line.text for line in reading.lines] == ["The Parties have agreed on this text."]
    (finding,) = reading.findings
    assert (finding.code, finding.severity, finding.where) == ("no-text-layer", "warning", "page 2")
    assert "tesseract" in finding.fix


@needs_tesseract
def test_a_page_that_takes_too_long_is_said(scan: Scan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "TIME_LIMIT", 0.01)
    with pytest.raises(UnreadableError, match=r"longer than 0\.01 seconds"):
        read(scan(PAGE))


@needs_tesseract
def test_more_pages_than_the_limit_are_named(scan: Scan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "RECOGNISED_LIMIT", 1)
    reading = read(scan(PAGE, PAGE))
    assert {line.page for line in reading.lines} == {1}
    assert any("limit" in f.message and f.where == "page 2" for f in reading.findings)


@needs_tesseract
def test_a_gigantic_page_is_not_drawn(scan: Scan) -> None:
    small = scan([(72, 100, "The Parties agree.")]).data
    vast = small.replace(b"/MediaBox [0 0 595", b"/MediaBox [0 0 999999")
    assert vast != small
    with pytest.raises(UnreadableError, match="too large to be drawn"):
        read(SourceFile.of("vast.pdf", vast))


def test_languages_are_those_installed_english_first(monkeypatch: pytest.MonkeyPatch) -> None:
    listed = "List of available languages (8):\nafr\nara\ndeu\neng\nfra\nosd\npor\nspa\n"
    monkeypatch.setattr(shutil, "which", lambda _: "/bin/tesseract")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: subprocess.CompletedProcess([], 0, stdout=listed))
    found = ocr.recogniser()
    assert found is not None and found.turns
    assert found.languages[0] == "eng"
    assert set(found.languages) == {"ara", "deu", "eng", "fra", "por", "spa"}  # `afr` is in no pack
    monkeypatch.setenv("AGREEMENTS_OCR_LANGUAGES", "eng+por+xyz")
    chosen = ocr.recogniser()
    assert chosen is not None and chosen.languages == ("eng", "por")


TABLE = "level\tpage\tblock\tpar\tline\tword\tleft\ttop\twidth\theight\tconf\ttext\n"


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """Have tesseract answer by the first byte of the picture, and note the language and height that it was asked."""
    calls: list[tuple[str, int]] = []

    def run(command: list[str], *, input: bytes, **_: object) -> subprocess.CompletedProcess[bytes]:
        language, grey = command[command.index("-l") + 1], input.split(b"\n", 3)[3]
        calls.append((language, len(grey) // 8))
        own = {1: "eng", 2: "fra", 3: "rus"}[min(grey)]
        sure = 96 if language == own else 30 if "rus" in (language, own) else 91
        row = f"5\t1\t1\t1\t1\t1\t0\t0\t9\t9\t{sure}\t{own}\n"
        return subprocess.CompletedProcess(command, 0, stdout=(TABLE + row).encode(), stderr=b"")

    monkeypatch.setattr(subprocess, "run", run)
    return calls


def _page(sign: int) -> ocr.Picture:
    """A page of twenty lines: five rows of ink and five without."""
    return ocr.Picture(8, 200, (bytes([sign] * 40) + b"\xff" * 40) * 20, 300)


ALL = ocr.Recogniser("/bin/tesseract", ("eng", "fra", "rus"), turns=False)


def test_each_page_is_read_in_one_language_that_is_chosen(asked: list[tuple[str, int]]) -> None:
    signs = (2, 2, 1, 3, 2)
    found = [page for page in ALL.pages(map(_page, signs)) if isinstance(page, ocr.RecognisedPage)]
    assert [page.language for page in found] == ["fra", "fra", "eng", "rus", "fra"]
    assert [page.words[0].text for page in found] == ["fra", "fra", "eng", "rus", "fra"]
    assert not any("+" in language for language, _ in asked)
    whole = [language for language, height in asked if height == 200]
    assert sorted(whole) == ["eng", "fra", "fra", "fra", "rus"]  # the others were tried on a strip


def test_a_page_like_the_one_before_is_tried_in_its_language_alone(asked: list[tuple[str, int]]) -> None:
    assert [*ALL.pages(map(_page, (2,)))]
    before = len(asked)
    assert len([*ALL.pages(map(_page, (2, 2, 2)))]) == 3
    assert len(asked) - before == before + 2 * 2  # a strip and the page for each more


def test_one_language_is_not_tried_first(asked: list[tuple[str, int]]) -> None:
    only = ocr.Recogniser("/bin/tesseract", ("eng",), turns=False)
    assert len([*only.pages(map(_page, (1, 1)))]) == 2
    assert asked == [("eng", 200)] * 2


def test_a_strip_is_cut_where_no_line_runs() -> None:
    strip = _page(2).strip()
    assert strip.height in range(24, 40)
    assert strip.grey.count(b"\x02") % 40 == 0  # whole lines
    full = ocr.Picture(8, 200, b"\x02" * 1600, 300)
    assert full.strip() == full


FRENCH = (
    "Les Parties se consultent à la demande de l'une d'elles",
    "sur toute question relative à l'exécution du présent Accord.",
    "Les membres de la force peuvent entrer sur le territoire de",
    "l'État de séjour et le quitter avec une carte d'identité.",
)


@needs_tesseract
@pytest.mark.skipif(
    not {"eng", "fra"} <= set(getattr(ocr.recogniser(), "languages", ())), reason="tesseract has no French"
)
def test_a_french_page_among_english_ones_is_read_as_french(scan: Scan) -> None:
    lines = [(72, 100 + 24 * n, text) for n, text in enumerate(FRENCH * 3)]
    reading = read(scan(PAGE, lines))
    assert [line.text for line in reading.lines if line.page == 2] == [*FRENCH * 3]
    assert "(fra)" in reading.findings[1].message and "(eng)" in reading.findings[0].message


def test_lines_of_a_crooked_page_are_laid_straight() -> None:
    picture = ocr.Picture(2000, 1000, b"", 72)
    words = [
        ocr.OcrWord(
            "none", 100 + 150 * n, 100 + 50 * row + 3 * n, 200 + 150 * n, 120 + 50 * row + 3 * n, 0.9, (1, 1, row)
        )
        for row in (1, 2, 3)
        for n in range(10)
    ]
    pieces, places = pieces_of(words, picture)
    steps = [b.top - a.top for a, b in pairwise(pieces)]
    assert steps == pytest.approx([50, 50], abs=0.5)
    firsts, lasts = [places(p.first)[3] for p in pieces], [places(p.first + len(p.raw) - 1)[3] for p in pieces]
    assert firsts == pytest.approx(lasts, abs=0.5)
