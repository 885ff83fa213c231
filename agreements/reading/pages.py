"""Pages of a PDF as they were read, and what is said of those whose words are not in the file as text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from agreements.errors import UnreadableError
from agreements.findings import Finding, info, warning
from agreements.reading import ocr
from agreements.reading.pieces import LineFragment

_POOR = 0.75  # quality below which a person should compare the page with the original
_SHOWN = 20  # page numbers in one message
_HOW = "Read by recognition (OCR)"
_LACKS = {
    "picture": "no text layer: {} pictures (a scan)",
    "garbled": "a text layer that cannot be read: the file maps {} characters wrongly",
}


@dataclass(slots=True)
class Page:
    """A page as it was read: its lines, the strip between its columns, and what is wrong with its text layer.

    `lack` is `picture` or `garbled` where the words cannot be had from the text layer, `problem` why they could not
    be had by recognition either, `quality` (0 to 1) how sure the recognition was, `language` which model of several
    read it, `stamps` the words that run diagonally across the page.
    """

    number: int
    pieces: list[LineFragment] = field(default_factory=list)
    strip: float | None = None
    lack: str = ""
    problem: str = ""
    quality: float | None = None
    language: str = ""
    stamps: list[str] = field(default_factory=list)


def findings(name: str, pages: Sequence[Page]) -> tuple[Finding, ...]:
    """Return what a person should know of `pages`. Raises `UnreadableError` when none of them could be read."""
    unread = [page for page in pages if page.problem]
    if unread and not any(page.pieces for page in pages if not page.problem):
        first = unread[0]
        lack = _LACKS[first.lack].format("its pages are" if first.lack == "picture" else "its")
        because = "" if first.problem == ocr.NOT_INSTALLED else f" Recognition: {first.problem}."
        raise UnreadableError(f"{name} has {lack}.{because}", hint=_advice(first))
    return (*_of_unread(unread), *_of_recognised(pages), *_of_stamped(pages))


def _of_unread(unread: Sequence[Page]) -> Iterator[Finding]:
    for lack, reason in _LACKS.items():
        for problem in dict.fromkeys(page.problem for page in unread if page.lack == lack):
            same = [page for page in unread if (page.lack, page.problem) == (lack, problem)]
            numbers = ", ".join(str(page.number) for page in same[:_SHOWN]) + (" ..." if len(same) > _SHOWN else "")
            words = reason.format("they are" if lack == "picture" else "their")
            message = f"{len(same)} pages were not read ({problem}); they have {words}. Pages: {numbers}"
            code = "no-text-layer" if lack == "picture" else "garbled-text"
            yield warning(code, f"page {same[0].number}", message, _advice(same[0]))


def _of_recognised(pages: Sequence[Page]) -> Iterator[Finding]:
    for page in pages:
        if page.quality is None:
            continue
        where, score = f"page {page.number}", round(100 * page.quality)
        cause = "Its text layer cannot be read; " if page.lack == "garbled" else ""
        how = f"{_HOW} in one language ({page.language})" if page.language else _HOW
        if not page.pieces:
            yield info("recognised", where, "The page is a picture without words.")
        elif page.quality < _POOR:
            message = f"{cause}{how}, quality {score} of 100: poor."
            yield warning("recognised-poorly", where, message, "Compare the page with the original.")
        else:
            yield info("recognised", where, f"{cause}{how}, quality {score} of 100.")


def _of_stamped(pages: Sequence[Page]) -> Iterator[Finding]:
    for words in dict.fromkeys(stamp for page in pages for stamp in page.stamps):
        numbers = [str(page.number) for page in pages if words in page.stamps]
        shown = ", ".join(numbers[:_SHOWN]) + (" ..." if len(numbers) > _SHOWN else "")
        message = f"Words across the page were taken out of the text (pages: {shown}): {words}"
        yield info("stamp", f"page {numbers[0]}", message)


def _advice(page: Page) -> str:
    return ocr.ADVICE if page.problem == ocr.NOT_INSTALLED else "Have the pages recognised (OCR) by another program."
