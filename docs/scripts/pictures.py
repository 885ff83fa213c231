"""First pages of the example drafts, drawn into `docs/examples/drafts/pictures/`: `python docs/scripts/pictures.py`.

Each parameter file is assembled, printed by LibreOffice, and its first page drawn in sixteen shades of grey, which
keeps a page under 40 kilobytes. Run it after a change of templates or of the look of Word files, and look at every one.
"""

import struct
import tempfile
import zlib
from pathlib import Path

import pypdfium2

from agreements import library
from agreements.export.pdf import to_pdf

DRAFTS = Path(__file__).resolve().parents[1] / "examples" / "drafts"
PICTURES = DRAFTS / "pictures"
_SCALE = 0.85  # pixels for a point: 520 across a page of letter size, enough to read headings


def main() -> None:
    """Draw the first page of every example."""
    PICTURES.mkdir(exist_ok=True)
    for parameters in sorted(DRAFTS.glob("*.yaml")):
        with tempfile.TemporaryDirectory() as scratch:
            target = Path(scratch) / f"{parameters.stem}.docx"
            files = library.assemble_file(parameters, target, copies=library.CopyOptions(page_numbers=True)).files
            if not files:
                print(f"{parameters.name} does not assemble: agreements draft check {parameters}")
                continue
            to_pdf(files[0], target.with_suffix(".pdf"))
            picture = PICTURES / f"{parameters.stem}.png"
            picture.write_bytes(first_page(target.with_suffix(".pdf")))
            print(f"{picture.name}: {picture.stat().st_size // 1024} KB")


def first_page(file: Path) -> bytes:
    """Return the first page of a PDF file as PNG, four bits a pixel."""
    with pypdfium2.PdfDocument(file) as document:
        bitmap = document[0].render(scale=_SCALE, grayscale=True)
        return _png(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride)


def _png(pixels: bytes, width: int, height: int, stride: int) -> bytes:
    rows = []
    for top in range(0, height * stride, stride):
        shades = [pixels[top + x] >> 4 for x in range(width)] + [15] * (width % 2)
        rows.append(b"\0" + bytes(left << 4 | right for left, right in zip(shades[::2], shades[1::2], strict=True)))
    head = struct.pack(">IIBBBBB", width, height, 4, 0, 0, 0, 0)  # four bits of grey, no filter, no interlacing
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(b"".join(rows), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )


if __name__ == "__main__":
    main()
