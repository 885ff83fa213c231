"""The gate on the way out: what is written for others to read is looked at for markings before it is put in place."""

import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from agreements import platform
from agreements.errors import UnreadableError
from agreements.marking import PlacedText, entries, name_pieces, refuse, refuse_name, remarks, values
from agreements.model import Agreement

_WORD = (".docx", ".docm", ".dotx", ".dotm")
_READ = (".html", ".htm", ".md", ".pdf", ".odt", ".rtf", ".doc")
_XML_OF_TABLES = ".xml"


def save_checked(path: Path, content: bytes) -> None:
    """Put a finished file in place, only where neither its name nor anything in it bears a marking in use.

    Raises `ClassifiedError` that quotes nothing, and `AgreementsError` as `platform.save`.
    """
    refuse_name(path.name)
    refuse_file(path.name, content)
    platform.save(path, content)


def save_rows(path: Path, content: bytes, rows: Iterable[Sequence[object]]) -> None:
    """As `save_checked`, for a table in any form: its `rows` are asked instead of the bytes that were made of them."""
    refuse_name(path.name)
    cells = (str(cell) for row in rows for cell in row)
    refuse([piece for cell in cells for piece in entries(cell, "a cell", "field")], what=path.name)
    platform.save(path, content)


def refuse_file(name: str, content: bytes) -> None:
    """Raise `ClassifiedError` where the file `content` bears a marking in use, whatever its form; it quotes nothing.

    A file that holds others is asked for each. Of what is no text (a picture) nothing can be said.
    """
    refuse(list(pieces_of_content(name, content)), what=name)


def pieces_of_content(name: str, content: bytes) -> Iterator[PlacedText]:
    """Yield the words of a file whatever its form; raises `UnreadableError` for a damaged Word file."""
    suffix = Path(name).suffix.lower()
    if suffix in _WORD:
        from agreements.reading.word_parts import pieces_of_file

        yield from pieces_of_file(name, content)
    elif suffix in (".zip", ".xlsx"):
        yield from _of_archive(content)
    elif suffix in _READ:
        yield from _of_document(name, content)
    elif suffix == ".json":
        with suppress(ValueError, RecursionError):
            yield from values(json.loads(content), "", kind="field")
    else:
        with suppress(UnicodeDecodeError):
            yield from _of_lines(content.decode("utf-8-sig"))


def refuse_word_file(name: str, content: bytes) -> None:
    """Raise `ClassifiedError` where any part of the Word file `content` bears a marking in use; it quotes nothing."""
    from agreements.reading.word_parts import pieces_of_file

    refuse(pieces_of_file(name, content), what=name)


def refuse_agreement(agreement: Agreement) -> None:
    """Raise `ClassifiedError` where the facts or words of `agreement` bear a marking in use; it quotes nothing."""
    refuse(list(_of_agreement(agreement)), what=agreement.id)


def _of_agreement(agreement: Agreement) -> Iterator[PlacedText]:
    yield from values(agreement.model_dump(mode="json", exclude={"documents"}), "")
    for document in agreement.documents:
        yield from entries(document.title or "", f"the title of its {document.role}")
        for number, provision in enumerate(document.walk(), 1):
            for words in (provision.heading or "", provision.text):
                if words:
                    yield PlacedText(words, f"its {document.role}, provision {number}")


def _of_document(name: str, content: bytes) -> Iterator[PlacedText]:
    """Yield the words of a file as they are taken from it when it is read; one without words has none."""
    from agreements.reading.marked import pieces_of
    from agreements.reading.readers import read_source
    from agreements.reading.source import SourceFile

    try:
        reading = read_source(SourceFile.of(name, content))
    except UnreadableError:
        return
    yield from pieces_of(reading, reading.blocks)
    yield from (PlacedText(line.text, f"page {line.page}" if line.page else "a line") for line in reading.lines)


def _of_lines(text: str) -> Iterator[PlacedText]:
    """Yield the lines of a text that is no document: a cable, a calendar, a file of YAML with its comments."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for number, line in enumerate(lines, 1):
        yield PlacedText(line, f"line {number}", "edge" if number in (1, len(lines)) else "paragraph")
    yield from remarks(text)


def _of_archive(content: bytes) -> Iterator[PlacedText]:
    """Yield the words of the files in an archive, of a workbook those of its cells, each with its name."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except zipfile.BadZipFile:
        return
    with archive:
        for entry in archive.infolist():
            yield from name_pieces(entry.filename.rpartition("/")[2])
            if entry.filename.endswith(_XML_OF_TABLES):
                yield from _of_xml(archive.read(entry))
            else:
                yield from pieces_of_content(entry.filename, archive.read(entry))


def _of_xml(content: bytes) -> Iterator[PlacedText]:
    from lxml import etree

    root: Any = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    for element in root.iter(etree.Element):
        yield from entries(element.text or "", "a cell", "field")
