"""Verbs over what agreements were read from (files, words that facts rest on, pages), and their text for a page."""

from typing import TYPE_CHECKING

from agreements.platform import StrPath, as_path

if TYPE_CHECKING:
    from agreements.export import HtmlText, TextPart
    from agreements.intake.sources import FactEvidence, HeldSource, SourceRecord
    from agreements.model import Agreement
    from agreements.reading import DrawnPage


def source_record(folder: StrPath, agreement: str) -> "SourceRecord":
    """Return the files that `agreement` was read from, and the words and places that its facts rest on.

    Raises `NotFoundError`, `RepositoryError`.
    """
    from agreements.intake.sources import source_record
    from agreements.repository import open_repository

    return source_record(open_repository(as_path(folder)), agreement)


def provision_in_source(folder: StrPath, agreement: str, path: str) -> "tuple[FactEvidence | None, str]":
    """Return where the words of the provision at `path` stand on the pages of the PDF that `agreement` was read from.

    Where that cannot be shown to be so the answer is None, and the reason in a sentence. Raises `NotFoundError`,
    `RepositoryError`.
    """
    from agreements.intake.sources import provision_in_source
    from agreements.repository import open_repository

    return provision_in_source(open_repository(as_path(folder)), agreement, path)


def source_file(folder: StrPath, agreement: str, number: int) -> "HeldSource":
    """Return the source file `number`, from 1, of `agreement`; raises `NotFoundError`, `RepositoryError`."""
    from agreements.intake.sources import source_file

    return source_file(source_record(folder, agreement), number)


def source_page(folder: StrPath, agreement: str, page: int) -> "DrawnPage":
    """Return a page of the PDF that `agreement` was read from, as a picture (PNG) with its size in points.

    Needs the extra `web`. Raises `UnreadableError` where it was read from no PDF or the page is damaged,
    `NotFoundError` for a page that it does not have, `RepositoryError`.
    """
    from agreements.intake.sources import source_page
    from agreements.repository import open_repository

    return source_page(open_repository(as_path(folder)), agreement, page)


def html_texts(
    agreement: "Agreement", *, here: str = "", address: str = "", query: str = "", part: "TextPart | None" = None
) -> "tuple[HtmlText, ...]":
    """Return the documents of `agreement` as HTML for a page that has a head of its own, every word escaped.

    The provision at the path `here` is marked and takes the focus; numbers lead to `address`, their path and `query`.
    With `part`, one of `text_parts`, only what stands in it.
    """
    from agreements.export import html_texts

    return html_texts(agreement, here=here, address=address, query=query, part=part)


def text_parts(agreement: "Agreement", *, most: int = 0) -> "tuple[TextPart, ...]":
    """Return the parts in which a long text is shown, each of about `most` bytes of HTML; a short text has one."""
    from agreements.export import PART_WEIGHT, text_parts

    return text_parts(agreement, most or PART_WEIGHT)
