"""Pages of a PDF that are pictures: told from pages of text, and drawn for recognition."""

import math
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from agreements.reading.ocr import Picture

DPI = 300  # what recognition is trained for
LEAST_DPI = 100  # a page so large that it would be drawn more coarsely than this is not recognised
POINT_LIMIT = 40_000_000  # of a picture: a page of A3 at 300 to the inch has 17 million
_LITTLE = 10  # characters; a page with fewer has no text layer worth the name
_STAMP = 200  # characters: a text layer that is only a stamp, a page number or a download notice
_MOST = 0.5  # of the page under a picture
_INCH = 72


def is_picture(page: Any, characters: int) -> bool:
    """Return whether a page with `characters` in its text layer shows its words as a picture.

    A page with nothing on it is none: it is blank.
    """
    if characters >= _STAMP:
        return False
    shown = list(page.get_objects(max_depth=3))
    if characters < _LITTLE:
        return bool(shown)
    width, height = page.get_size()
    return any(_area(item) > _MOST * width * height for item in shown if item.type == pdfium.FPDF_PAGEOBJ_IMAGE)


def drawn(page: Any) -> Picture | None:
    """Return the page as a picture, None where its size is beyond the limits."""
    width, height = page.get_size()
    if not (width > 0 and height > 0):
        return None
    dpi = min(DPI, math.floor(_INCH * math.sqrt(POINT_LIMIT / (width * height))))
    if dpi < LEAST_DPI:
        return None
    try:
        bitmap = page.render(scale=dpi / _INCH, grayscale=True)
    except (pypdfium2.PdfiumError, MemoryError):
        return None
    try:
        grey = bytes(bitmap.buffer)
        across, down, stride = bitmap.width, bitmap.height, bitmap.stride
    finally:
        bitmap.close()
    if stride != across:
        grey = b"".join(grey[row * stride : row * stride + across] for row in range(down))
    return Picture(across, down, grey, dpi)


def _area(item: Any) -> float:
    left, bottom, right, top = item.get_pos() if hasattr(item, "get_pos") else item.get_bounds()
    return float((right - left) * (top - bottom))
