"""What a PDF says beside its pages, for the gate that looks for markings.

The properties of the file and those in XMP, outline, page labels, notes, form fields, alternative text, attached files.
"""

import ctypes
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from agreements.errors import UnreadableError
from agreements.marking import MARKING_FIELDS, PassageKind, PlacedText, entries, name_pieces

_OWN = re.compile(rb"/(MSIP_Label_[\w-]{1,80}|docu[\w-]{1,40})")  # properties that labels of an office write
_TAG = re.compile(r"<[^<>]*>")
_NOTE = (b"Contents", b"Subj", b"T", b"V", b"DV", b"TU", b"NM", b"RC")
_FIELD = (pdfium.FPDFAnnot_GetFormFieldValue, pdfium.FPDFAnnot_GetFormFieldAlternateName)
_SPOKEN = (
    pdfium.FPDF_StructElement_GetAltText,
    pdfium.FPDF_StructElement_GetActualText,
    pdfium.FPDF_StructElement_GetTitle,
    pdfium.FPDF_StructElement_GetExpansion,
)
_ELEMENTS = 100_000  # of one page that are asked for alternative text
_OUTLINE = 30  # levels of an outline


def asides(document: pypdfium2.PdfDocument, data: bytes) -> Iterator[PlacedText]:
    """Yield all words of the file `data`, open as `document`, that stand on none of its pages; `PdfiumError`."""
    yield from _properties(document, data)
    for item in document.get_toc(max_depth=_OUTLINE):
        yield PlacedText(item.get_title(), "the outline", "entry")
    yield from _attached(document)
    if document.get_formtype():
        document.init_forms()
    for number in range(len(document)):
        label = document.get_page_label(number)
        if label and not label.isdigit():
            yield PlacedText(label, f"the label of page {number + 1}", "entry")
        page = document[number]
        try:
            yield from _notes(document, page, number + 1)
            yield from _alternatives(page, number + 1)
        finally:
            page.close()


# ---------------------------------------------------------------------- of the file


def _properties(document: pypdfium2.PdfDocument, data: bytes) -> Iterator[PlacedText]:
    where = "the properties of the file"
    for words in document.get_metadata_dict().values():
        yield from entries(words, where)
    named = {name.encode() for field in MARKING_FIELDS for name in (field.title(), field, field.upper())}
    for key in sorted({*named, b"Company", b"Category", b"Comments", *_OWN.findall(data)}):
        value = _words(partial(pdfium.FPDF_GetMetaText, document.raw, key))
        kind: PassageKind = "marking" if key in named else "entry"
        yield from entries(value, where, kind)
    start = data.find(b"<x:xmpmeta")
    while start >= 0:
        end = data.find(b"</x:xmpmeta>", start)
        packet = data[start : end if end > 0 else len(data)].decode("utf-8", "replace")
        yield from entries(_TAG.sub("\n", packet), where)
        start = data.find(b"<x:xmpmeta", end) if end > 0 else -1


def _attached(document: pypdfium2.PdfDocument) -> Iterator[PlacedText]:
    """Yield the names and words of the files that are attached."""
    from agreements.reading.written import pieces_of_content

    for number in range(document.count_attachments()):
        attachment = document.get_attachment(number)
        name = attachment.get_name()
        yield from name_pieces(name)
        try:
            content = bytes(attachment.get_data())
        except pypdfium2.PdfiumError:
            continue  # it has no content, or one that does not unpack: no reader shows anything of it
        with suppress(UnreadableError):  # a damaged file says nothing either
            yield from pieces_of_content(name, content)


# ---------------------------------------------------------------------- of a page


def _notes(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage, number: int) -> Iterator[PlacedText]:
    """Yield what the notes and form fields on a page say."""
    for place in range(pdfium.FPDFPage_GetAnnotCount(page.raw)):
        note = pdfium.FPDFPage_GetAnnot(page.raw, place)
        try:
            for name in _NOTE:
                value = _words(partial(pdfium.FPDFAnnot_GetStringValue, note, name))
                yield from entries(_TAG.sub(" ", value) if name == b"RC" else value, f"page {number}, a note")
            if document.formenv is not None:
                for ask in _FIELD:
                    value = _words(partial(ask, document.formenv.raw, note))
                    yield from entries(value, f"page {number}, a form field")
        finally:
            pdfium.FPDFPage_CloseAnnot(note)


def _alternatives(page: pypdfium2.PdfPage, number: int) -> Iterator[PlacedText]:
    """Yield what the tags of a page say in place of what it shows."""
    tree = pdfium.FPDF_StructTree_GetForPage(page.raw)
    if not tree:
        return
    try:
        count = pdfium.FPDF_StructTree_CountChildren(tree)
        waiting = [pdfium.FPDF_StructTree_GetChildAtIndex(tree, n) for n in range(count)]
        for _ in range(_ELEMENTS):
            if not waiting:
                return
            element = waiting.pop()
            if not element:
                continue
            for ask in _SPOKEN:
                value = _words(partial(ask, element))
                yield from entries(value, f"page {number}, alternative text")
            children = pdfium.FPDF_StructElement_CountChildren(element)
            waiting += (pdfium.FPDF_StructElement_GetChildAtIndex(element, n) for n in range(children))
    finally:
        pdfium.FPDF_StructTree_Close(tree)


def _words(ask: Callable[[Any, int], int]) -> str:
    """Return the words that `ask` writes in UTF-16 into a buffer of a size, the size being what it returns."""
    size = ask(None, 0)
    if size <= 2:  # the sign of the end alone
        return ""
    held = (ctypes.c_ushort * (size // 2 + 1))()
    ask(held, size)
    return bytes(held)[: size - 2].decode("utf-16-le", "replace")
