"""The formats: a file is read by what its content is, and its name only has to agree."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from agreements.findings import info
from agreements.reading import markdown, source, text
from agreements.reading.blocks import Reading
from agreements.reading.source import Source

Reader = Callable[[Source], Reading]


def _later(module: str) -> Reader:
    """Return the `read` of a reader module that is imported when the first file of its format comes."""

    def read_source(of: Source) -> Reading:
        reader: Reader = import_module(f"agreements.reading.{module}").read
        return reader(of)

    return read_source


# A new format is a module with `read`, a row here, and its signs in `source.kind_of`.
READERS: dict[str, Reader] = {
    "text": text.read,
    "markdown": markdown.read,
    "html": _later("html"),
    "word": _later("word"),
    "pdf": _later("pdf"),
}


def read(path: Path) -> Reading:
    """Return the document in the file at `path`, whole or not at all.

    Raises `UnreadableError` with one line that names the file, the reason, and what to do.
    """
    loaded = source.load(path)
    return read_source(loaded)


def read_source(loaded: Source) -> Reading:
    """Return the document in bytes that are at hand; raises `UnreadableError`."""
    kind = source.kind_of(loaded)
    source.check_size(loaded.name, len(loaded.data), source.LIMITS[kind])
    if kind == "text" and markdown.is_markdown(text.characters(loaded)[0]):
        kind = "markdown"
    reading = READERS[kind](loaded)
    declared = source.SUFFIXES.get(loaded.suffix)
    if declared is None or declared == kind or {declared, kind} == {"text", "markdown"}:
        return reading
    message = f"The name says {loaded.suffix}, the content is {source.KINDS[kind]}; it was read as that."
    return replace(reading, findings=(*reading.findings, info("format-by-content", loaded.name, message)))


def read_text(words: str, *, name: str = "text") -> Reading:
    """Return the document in characters that are at hand (a record of a collection): Markdown or plain text.

    Raises `UnreadableError` when there are no words.
    """
    digest = hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()
    reader = markdown.from_text if markdown.is_markdown(words) else text.from_text
    return reader(words.lstrip("\ufeff"), name=name, sha256=digest)
