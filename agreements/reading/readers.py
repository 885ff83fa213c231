"""The formats: a file is read by what its content is, and its name only has to agree."""

import hashlib
from dataclasses import replace
from pathlib import Path

from agreements.errors import UnreadableError
from agreements.findings import info, warning
from agreements.reading import markdown, source, text
from agreements.reading.blocks import Reading
from agreements.reading.source import SourceFile
from agreements.registry import READERS

LINE_LIMIT = 400_000
"""Printed lines of a text; some 8,000 pages."""
BLOCK_LIMIT = 200_000
"""Paragraphs of a document."""


def read(path: Path, *, password: str = "") -> Reading:
    """Return the document in the file at `path`, whole or not at all; `password` opens a protected PDF.

    Raises `UnreadableError` with one line that names the file, the reason, and what to do.
    """
    return read_source(replace(source.load(path), password=password))


def read_source(loaded: SourceFile) -> Reading:
    """Return the document in bytes that are at hand; raises `UnreadableError`."""
    kind = source.kind_of(loaded)
    source.check_size(loaded.name, len(loaded.data), source.LIMITS.get(kind, source.TEXT_LIMIT))
    if kind == "text" and markdown.is_markdown(text.characters(loaded)[0]):
        kind = "markdown"
    reading: Reading = READERS[kind].read(loaded)
    _check_length(reading)
    declared = source.SUFFIXES.get(loaded.suffix)
    if declared is None:
        said = (warning("reader-not-loaded", loaded.name, each) for each in source.troubles(loaded))
        return replace(reading, findings=(*reading.findings, *said))
    if declared == kind or {declared, kind} == {"text", "markdown"}:
        return reading
    message = f"The name says {loaded.suffix}, the content is {source.KINDS[kind]}; it was read as that."
    return replace(reading, findings=(*reading.findings, info("format-by-content", loaded.name, message)))


def _check_length(reading: Reading) -> None:
    """Raise `UnreadableError` for a text so long that what is made of it would not fit into memory."""
    for count, limit, what in (
        (len(reading.lines), LINE_LIMIT, "lines"),
        (len(reading.blocks), BLOCK_LIMIT, "paragraphs"),
    ):
        if count > limit:
            raise UnreadableError(
                f"{reading.name} is too long: {count:,} {what}, the limit is {limit:,}.",
                hint="Split it into the agreements that it holds.",
            )


def read_text(words: str, *, name: str = "text") -> Reading:
    """Return the document in characters that are at hand (a record of a collection): Markdown or plain text.

    Raises `UnreadableError` when there are no words.
    """
    digest = hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()
    reader = markdown.from_text if markdown.is_markdown(words) else text.from_text
    reading = reader(words.lstrip("\ufeff"), name=name, sha256=digest)
    _check_length(reading)
    return reading
