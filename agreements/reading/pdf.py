"""PDF to printed lines with their places, by pypdfium2; pages in their own reading order."""

from statistics import median

import pypdfium2
import pypdfium2.raw as pdfium

from agreements.errors import UnreadableError
from agreements.findings import Finding, warning
from agreements.reading.blocks import Line, Reading
from agreements.reading.columns import in_reading_order
from agreements.reading.pdf_page import Piece, pieces_of
from agreements.reading.source import Source
from agreements.reading.text import page_edges

PAGE_LIMIT = 10_000
_FEWEST = 10  # characters; a page with fewer has no text layer worth the name
_OCR = "Have the pages recognised (OCR), for example with ocrmypdf, and read the result."


def read(source: Source) -> Reading:
    """Return the lines of a PDF.

    Raises `UnreadableError` when it is damaged, protected, beyond a limit, or when no page has a text layer.
    """
    document = _open(source)
    try:
        count = len(document)
        if count > PAGE_LIMIT:
            raise UnreadableError(f"{source.name} has {count:,} pages, the limit is {PAGE_LIMIT:,}.")
        pages = _pages(document, count)
        title = document.get_metadata_value("Title")
    except pypdfium2.PdfiumError as error:
        raise UnreadableError(
            f"{source.name} is damaged: page contents cannot be read.", hint="Get the file again from its source."
        ) from error
    finally:
        document.close()
    return _reading(source, pages, title)


def _open(source: Source) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(source.data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD or "password" in str(error).lower():
            message = f"{source.name} is protected by a password."
            raise UnreadableError(message, hint="Remove the password and try again.") from error
        message = f"{source.name} is damaged or was cut off: it does not open as PDF."
        raise UnreadableError(message, hint="Get the file again from its source.") from error


def _pages(document: pypdfium2.PdfDocument, count: int) -> list[list[Piece]]:
    """Return the lines of all pages; what most pages show of columns helps to read the others."""
    pages: list[list[Piece]] = []
    strips: list[float | None] = []
    for index in range(count):
        lines, strip = _page(document, index)
        pages.append(lines)
        strips.append(strip)
    found = [strip for strip in strips if strip is not None]
    if len(found) * 2 >= count:
        usual = median(found)
        for index in (n for n, strip in enumerate(strips) if strip is None):
            pages[index], _ = _page(document, index, usual)
    return pages


def _page(document: pypdfium2.PdfDocument, index: int, strip: float | None = None) -> tuple[list[Piece], float | None]:
    """Return the lines of one page in reading order, and let go of what the page holds in memory."""
    page = document[index]
    try:
        text_page = page.get_textpage()
        try:
            return in_reading_order(*pieces_of(page, text_page), strip)
        finally:
            text_page.close()
    finally:
        page.close()


def _reading(source: Source, pages: list[list[Piece]], title: str) -> Reading:
    lines: list[Line] = []
    texts: list[str] = []
    position = 0
    for number, pieces in enumerate(pages, 1):
        for piece in pieces:
            end = position + len(piece.text)
            lines.append(
                Line(
                    piece.text,
                    position,
                    end,
                    number,
                    piece.top,
                    piece.left,
                    piece.right,
                    piece.size,
                    piece.bold,
                    piece.column,
                )
            )
            texts.append(piece.text)
            position = end + 1
    findings = _without_text(source.name, pages)
    if not lines:
        raise UnreadableError(f"{source.name} holds no text.", hint=_OCR)
    return Reading(
        source.name,
        source.sha256,
        "\n".join(texts),
        lines=tuple(lines),
        page_edges=page_edges(lines),
        title=title,
        findings=findings,
    )


def _without_text(name: str, pages: list[list[Piece]]) -> tuple[Finding, ...]:
    """Return a finding on pages that are pictures. Raises `UnreadableError` when all of them are."""
    blank = [n for n, pieces in enumerate(pages, 1) if sum(len(p.text) for p in pieces) < _FEWEST]
    if not blank:
        return ()
    if len(blank) == len(pages):
        raise UnreadableError(f"{name} has no text layer: its pages are pictures (a scan).", hint=_OCR)
    shown = ", ".join(map(str, blank[:20])) + (" ..." if len(blank) > 20 else "")
    message = f"{len(blank)} of {len(pages)} pages have no text layer and were not read: {shown}"
    return (warning("no-text-layer", f"page {blank[0]}", message, _OCR),)
