"""Small files of each format, made in the test that reads them."""

import io
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pypdfium2
import pytest

from agreements.reading.source import SourceFile

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'

PdfLine = tuple[float, float, str]
"""Left and top in points, and the words; a word in capitals `B:` before them makes them bold, `D:` diagonal."""


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
    words = text.removeprefix("B:").removeprefix("D:").replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    matrix = {0: "1 0 0 1", 90: "0 1 -1 0", 180: "-1 0 0 -1", 270: "0 -1 1 0"}[turn]
    if text.startswith("D:"):
        matrix = "0.7071 0.7071 -0.7071 0.7071"
    return f"BT /{font} {size} Tf {matrix} {left} {842 - top} Tm ({words}) Tj ET"


@pytest.fixture
def word() -> Callable[..., SourceFile]:
    """Make the source of a Word file from the XML of its body and parts."""
    return lambda body, **parts: SourceFile.of("draft.docx", word_bytes(body, parts))


@pytest.fixture
def pdf() -> Callable[..., SourceFile]:
    """Make the source of a PDF from the lines of its pages."""
    return lambda *pages, **options: SourceFile.of("print.pdf", pdf_bytes(pages, **options))


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, bytes], Path]:
    """Write a file into a folder of this test."""

    def written(name: str, data: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return written


def scan_bytes(printed: bytes, *, dpi: int = 150, turn: int = 0) -> bytes:
    """Return a PDF whose pages are pictures of the pages of `printed`, turned clockwise by `turn` degrees."""
    document = pypdfium2.PdfDocument(printed)
    pictures = []
    for page in document:
        bitmap = page.render(scale=dpi / 72, grayscale=True, rotation=turn)
        rows = (bytes(bitmap.buffer)[n * bitmap.stride :][: bitmap.width] for n in range(bitmap.height))
        pictures.append((bitmap.width, bitmap.height, zlib.compress(b"".join(rows))))
        bitmap.close()
        page.close()
    document.close()
    return _picture_pdf(pictures, dpi)


def _picture_pdf(pictures: Sequence[tuple[int, int, bytes]], dpi: int) -> bytes:
    kids = " ".join(f"{3 + 3 * n} 0 R" for n in range(len(pictures)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pictures)} >>".encode(),
    ]
    for number, (across, down, grey) in enumerate(pictures):
        width, height = across * 72 / dpi, down * 72 / dpi
        first = 3 + 3 * number
        page = f"/MediaBox [0 0 {width} {height}] /Resources << /XObject << /I {first + 2} 0 R >> >>"
        objects.append(f"<< /Type /Page /Parent 2 0 R {page} /Contents {first + 1} 0 R >>".encode())
        show = f"{width} 0 0 {height} 0 0 cm /I Do".encode()
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(show), show))
        kind = f"/Type /XObject /Subtype /Image /Width {across} /Height {down} /ColorSpace /DeviceGray"
        head = f"<< {kind} /BitsPerComponent 8 /Filter /FlateDecode /Length {len(grey)} >>".encode()
        objects.append(head + b"\nstream\n" + grey + b"\nendstream")
    out = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    trailer = f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF"
    return out + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{trailer}".encode()


@pytest.fixture
def scan() -> Callable[..., SourceFile]:
    """Make the source of a PDF that holds pictures of pages with the given lines."""

    def scanned(*pages: Sequence[PdfLine], size: float = 12, **options: int) -> SourceFile:
        return SourceFile.of("scan.pdf", scan_bytes(pdf_bytes(pages, size=size), **options))

    return scanned
