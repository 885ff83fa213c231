"""Small files of each format, made in the test that reads them."""

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from agreements.reading.source import Source

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'

PdfLine = tuple[float, float, str]
"""Left and top in points, and the words; a word in capitals `B:` before them makes them bold."""


def word_bytes(body: str, parts: Mapping[str, str] | None = None) -> bytes:
    """Return a Word file whose body is `body`; `parts` are `styles`, `numbering`, `footnotes` and so on."""
    related = ""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        main = f'<Relationship Id="r" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
        archive.writestr("_rels/.rels", f"{_RELS}{main}</Relationships>")
        archive.writestr("word/document.xml", f"<w:document {_W}><w:body>{body}</w:body></w:document>")
        for number, (kind, xml) in enumerate((parts or {}).items()):
            related += f'<Relationship Id="r{number}" Type="{_OFFICE}/{kind}" Target="{kind}{number}.xml"/>'
            archive.writestr(f"word/{kind}{number}.xml", xml.replace(">", f" {_W}>", 1))
        archive.writestr("word/_rels/document.xml.rels", f"{_RELS}{related}</Relationships>")
    return out.getvalue()


def pdf_bytes(pages: Sequence[Sequence[PdfLine]], *, size: float = 10, rotate: int = 0, turn: int = 0) -> bytes:
    """Return a PDF of A4 pages with one text object for each line, in Helvetica.

    `rotate` turns the pages as they are shown, `turn` the lines on them (degrees, against the clock).
    """
    count = len(pages)
    kids = " ".join(f"{5 + 2 * n} 0 R" for n in range(count))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
    ]
    for number, lines in enumerate(pages):
        fonts = "/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >>"
        box = f"/MediaBox [0 0 595 842] /Rotate {rotate}"
        objects.append(f"<< /Type /Page /Parent 2 0 R {box} {fonts} /Contents {6 + 2 * number} 0 R >>")
        stream = "\n".join(_shown(line, size, turn) for line in lines)
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    out = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    trailer = f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF"
    return out + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{trailer}".encode()


def _shown(line: PdfLine, size: float, turn: int) -> str:
    left, top, text = line
    font = "F2" if text.startswith("B:") else "F1"
    words = text.removeprefix("B:").replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    matrix = {0: "1 0 0 1", 90: "0 1 -1 0", 180: "-1 0 0 -1", 270: "0 -1 1 0"}[turn]
    return f"BT /{font} {size} Tf {matrix} {left} {842 - top} Tm ({words}) Tj ET"


@pytest.fixture
def word() -> Callable[..., Source]:
    """Make the source of a Word file from the XML of its body and parts."""
    return lambda body, **parts: Source.of("draft.docx", word_bytes(body, parts))


@pytest.fixture
def pdf() -> Callable[..., Source]:
    """Make the source of a PDF from the lines of its pages."""
    return lambda *pages, **options: Source.of("print.pdf", pdf_bytes(pages, **options))


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, bytes], Path]:
    """Write a file into a folder of this test."""

    def written(name: str, data: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return written
