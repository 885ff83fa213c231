"""PDF to printed lines with their places, by pypdfium2; pages that are pictures through recognition."""

import io
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from agreements import marking
from agreements.errors import NotFoundError, UnreadableError
from agreements.reading import ocr, watching
from agreements.reading.blocks import Line, Reading
from agreements.reading.columns import in_reading_order
from agreements.reading.garbled import is_garbled
from agreements.reading.ocr_page import pieces_of as recognised_pieces
from agreements.reading.pages import Page, findings
from agreements.reading.pdf_asides import asides as pdf_asides
from agreements.reading.pdf_page import pieces_of
from agreements.reading.pdf_pictures import drawn, is_picture
from agreements.reading.pieces import LineFragment
from agreements.reading.source import SourceFile
from agreements.reading.text import page_edges

PAGE_LIMIT = 10_000
_DOTS = 4_000_000  # of a page that is drawn to be looked at
RECOGNISED_LIMIT = 1_000  # pages of one file; recognition takes seconds for each


def read(source: SourceFile) -> Reading:
    """Return the lines of a PDF.

    Raises `UnreadableError` when it is damaged, protected, beyond a limit, or when no page can be read.
    """
    document = _open(source)
    try:
        count = len(document)
        if count > PAGE_LIMIT:
            raise UnreadableError(f"{source.name} has {count:,} pages, the limit is {PAGE_LIMIT:,}.")
        pages = _pages(document, count)
        _recognise(document, source.name, [page for page in pages if page.lack])
        title = document.get_metadata_value("Title")
        asides = tuple(pdf_asides(document, source.data))
    except pypdfium2.PdfiumError as error:
        raise UnreadableError(
            f"{source.name} is damaged: page contents cannot be read.", hint="Get the file again from its source."
        ) from error
    finally:
        document.close()
    return _reading(source, pages, title, asides)


def _open(source: SourceFile) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(source.data, password=source.password or None)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD or "password" in str(error).lower():
            if source.password:
                message = f"{source.name} is protected by a password, and the one that was given does not open it."
                raise UnreadableError(message, hint="Try again, or ask who sent it.") from None
            message = f"{source.name} is protected by a password."
            raise UnreadableError(message, hint="Try again with --password, which asks for it.") from None
        message = f"{source.name} is damaged or was cut off: it does not open as PDF."
        raise UnreadableError(message, hint="Get the file again from its source.") from error


def outline(content: bytes) -> list[tuple[str, int]]:
    """Return the headings that the PDF `content` lists for its readers, each with its page, from 1, where it has one.

    Raises `UnreadableError` for what is no PDF.
    """
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise UnreadableError("This is no PDF that can be read.") from error
    try:
        found = ((item.get_title(), item.get_dest()) for item in document.get_toc())
        return [(title, int(place.get_index()) + 1) for title, place in found if place is not None]
    finally:
        document.close()


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """A page of a PDF as a picture (PNG), its size in points, and how many pages the file has."""

    png: bytes
    width: float
    height: float
    pages: int


def draw_page(content: bytes, number: int, *, scale: float = 1.4) -> DrawnPage:
    """Return page `number`, from 1, of the PDF `content` as a picture of `scale` dots a point.

    Needs the package pillow. Raises `UnreadableError` for what is no PDF or a page that is damaged, `NotFoundError` for
    a page that it does not have.
    """
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise UnreadableError("This is no PDF that can be drawn.") from error
    try:
        if not 1 <= number <= len(document):
            raise NotFoundError(f"There is no page {number}.", hint=f"The file has pages 1 to {len(document)}.")
        return _drawn(document[number - 1], scale, len(document))
    except (pypdfium2.PdfiumError, MemoryError) as error:
        raise UnreadableError(f"Page {number} cannot be drawn.", hint="Open the file itself.") from error
    finally:
        document.close()


def _drawn(page: Any, scale: float, pages: int) -> DrawnPage:
    width, height = page.get_size()
    fitting = min(scale, math.sqrt(_DOTS / max(1.0, width * height)))  # a poster is drawn more coarsely
    bitmap = page.render(scale=fitting)
    try:
        out = io.BytesIO()
        bitmap.to_pil().convert("P", palette=1, colors=64).save(out, "png")
    finally:
        bitmap.close()
    return DrawnPage(out.getvalue(), width, height, pages)


# ---------------------------------------------------------------------- text layers


def _pages(document: pypdfium2.PdfDocument, count: int) -> list[Page]:
    """Return all pages by their text layers; what most pages show of columns helps to read the others."""
    pages = [_page(document, number) for number in range(1, count + 1)]
    usual = _usual_strip(pages)
    if usual is None:
        return pages
    return [page if page.strip is not None else _page(document, page.number, usual) for page in pages]


def _page(document: pypdfium2.PdfDocument, number: int, strip: float | None = None) -> Page:
    """Return one page by its text layer, its lines in reading order, and let go of what it holds in memory."""
    page = document[number - 1]
    try:
        text_page = page.get_textpage()
        try:
            found, boxes, stamps = pieces_of(page, text_page)
            pieces, strip = in_reading_order(found, boxes, strip)
        finally:
            text_page.close()
        return Page(number, pieces, strip, _lack(page, pieces), stamps=stamps)
    finally:
        page.close()


def _lack(page: Any, pieces: Sequence[LineFragment]) -> str:
    if is_picture(page, sum(len(piece.text) for piece in pieces)):
        return "picture"
    return "garbled" if is_garbled(" ".join(piece.text for piece in pieces)) else ""


def _usual_strip(pages: Sequence[Page]) -> float | None:
    """Return where the strip between the columns is on most pages, None where most have no columns."""
    found = [page.strip for page in pages if page.strip is not None]
    return median(found) if len(found) * 2 >= len(pages) and found else None


# ---------------------------------------------------------------------- recognition


def _recognise(document: pypdfium2.PdfDocument, name: str, pages: Sequence[Page]) -> None:
    """Read `pages` as pictures where that is possible, and note on each why where it is not."""
    recogniser = ocr.recogniser() if pages else None
    for page in pages:
        if recogniser is None:
            _leave(page, ocr.NOT_INSTALLED)
    if recogniser is None:
        return
    for page in pages[RECOGNISED_LIMIT:]:
        _leave(page, f"more than {RECOGNISED_LIMIT:,} pages of the file would need recognition, which is the limit")
    shown: list[tuple[Page, ocr.Picture]] = []
    results = recogniser.pages(_pictures(document, pages[:RECOGNISED_LIMIT], shown))
    read: list[tuple[Page, list[ocr.OcrWord], ocr.Picture]] = []
    for found in results:
        page, picture = shown.pop(0)
        if isinstance(found, ocr.RecognitionError):
            _leave(page, str(found))
        else:
            page.language = found.language if len(recogniser.languages) > 1 else ""
            _take(page, found.words, picture)
            read.append((page, found.words, ocr.Picture(picture.width, picture.height, b"", picture.dpi)))
        watching.tell(name, page.number, pages[-1].number)
    usual = _usual_strip([page for page, _, _ in read])
    for page, words, picture in read:
        if usual is not None and page.strip is None and page.quality is not None:
            page.pieces, _ = in_reading_order(*recognised_pieces(words, picture), usual)


def _pictures(
    document: pypdfium2.PdfDocument, pages: Sequence[Page], shown: list[tuple[Page, ocr.Picture]]
) -> Iterator[ocr.Picture]:
    """Draw the pages one after the other as they are asked for, and note in `shown` which were."""
    for page in pages:
        leaf = document[page.number - 1]
        try:
            picture = drawn(leaf)
        finally:
            leaf.close()
        if picture is None:
            _leave(page, "the page is too large to be drawn")
        else:
            shown.append((page, ocr.Picture(picture.width, picture.height, b"", picture.dpi)))
            yield picture


def _take(page: Page, words: list[ocr.OcrWord], picture: ocr.Picture) -> None:
    """Give `page` its recognised words, unless its text layer (a stamp) says more than they do."""
    pieces, strip = in_reading_order(*recognised_pieces(words, picture), None)
    more = sum(len(piece.text) for piece in pieces) > sum(len(piece.text) for piece in page.pieces)
    if page.lack == "garbled" or more:
        page.pieces, page.strip, page.quality = pieces, strip, ocr.quality(words)
    else:
        page.lack = ""


def _leave(page: Page, problem: str) -> None:
    """Leave `page` without recognition because of `problem`; of a picture the text layer stays, it may be a stamp."""
    page.problem = problem
    if page.lack == "garbled":
        page.pieces = []


# ---------------------------------------------------------------------- the whole


def _reading(source: SourceFile, pages: Sequence[Page], title: str, asides: tuple[marking.PlacedText, ...]) -> Reading:
    """Return the lines of all pages. Raises `UnreadableError` when there are none."""
    found = findings(source.name, pages)
    lines: list[Line] = []
    texts: list[str] = []
    position = 0
    for page in pages:
        for piece in page.pieces:
            end = position + len(piece.text)
            lines.append(
                Line(
                    piece.text,
                    position,
                    end,
                    page.number,
                    piece.top,
                    piece.left,
                    piece.right,
                    piece.size,
                    piece.bold,
                    piece.column,
                    piece.raised,
                )
            )
            texts.append(piece.text)
            position = end + 1
    if not lines:
        raise UnreadableError(f"{source.name} holds no text: its pages are blank.", hint="Look at the original.")
    return Reading(
        source.name,
        source.sha256,
        "\n".join(texts),
        lines=tuple(lines),
        page_edges=tuple(dict.fromkeys((*page_edges(lines), *(stamp for page in pages for stamp in page.stamps)))),
        title=title,
        findings=found,
        recognised=frozenset(page.number for page in pages if page.quality is not None),
        asides=asides,
    )
