"""Collections: `.jsonl` and `.jsonl.gz` files with one text a line (`id`, `title`, `text`)."""

import gzip
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

from agreements.errors import ClassifiedError, UnreadableError
from agreements.marking import refuse, values
from agreements.ooxml.package import MEBI
from agreements.reading.source import TEXT_LIMIT, printable_name

SUFFIXES = (".jsonl", ".jsonl.gz")


@dataclass(frozen=True, slots=True)
class CollectionText:
    """One text of a collection. `line` counts from 1; `error` says why a line could not be used (then no text).

    `code` says what sort of reason it is.
    """

    id: str
    title: str
    text: str
    line: int = 0
    error: str = ""
    code: str = "unreadable"


def is_collection(path: Path) -> bool:
    """Return whether the name says that the file holds many texts."""
    return path.name.lower().endswith(SUFFIXES)


def records(path: Path) -> Iterator[CollectionText]:
    """Yield the texts of a collection one by one, in constant memory. A bad line is a record with `error`.

    Raises `UnreadableError` when the file cannot be opened or its compression is damaged.
    """
    name = printable_name(path)
    try:
        with _open(path) as file:
            yield from _records(file)
    except (OSError, EOFError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or "its compression is damaged or it was cut off"
        raise UnreadableError(f"{name} cannot be read: {reason}.") from error


def _open(path: Path) -> IO[bytes]:
    with path.open("rb") as file:
        packed = file.read(2) == b"\x1f\x8b"
    return cast(IO[bytes], gzip.open(path, "rb")) if packed else path.open("rb")


def _records(file: IO[bytes]) -> Iterator[CollectionText]:
    at = 0
    while raw := file.readline(TEXT_LIMIT + 1):
        at += 1
        if len(raw) > TEXT_LIMIT:
            yield CollectionText("", "", "", at, f"line {at} is longer than the limit of {TEXT_LIMIT // MEBI} MB")
            while raw and not raw.endswith(b"\n"):
                raw = file.readline(MEBI)
        elif raw.strip():
            yield _record(raw, at)


def _record(raw: bytes, at: int) -> CollectionText:
    try:
        row = json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        reason = getattr(error, "msg", None) or "it is not UTF-8 text" if isinstance(error, ValueError) else "too deep"
        return CollectionText("", "", "", at, f"line {at} is not JSON: {reason}")
    if isinstance(row, dict) and (reason := _marked(row)):
        return CollectionText("", "", "", at, f"line {at}: {reason}", "classified")
    if not isinstance(row, dict):
        return CollectionText("", "", "", at, f"line {at} is not a JSON object with id, title and text")
    key = _field(row, "id")
    text = _field(row, "text")
    if not key or not text.strip():
        missing = "text" if key else "id"
        return CollectionText(key, _field(row, "title"), "", at, f"line {at} has no {missing}")
    return CollectionText(key, _field(row, "title"), text, at)


def _marked(row: dict[str, Any]) -> str:
    """Return why a record is refused for a marking in its fields, empty where it is not; its text is read later."""
    try:
        refuse(list(values({name: value for name, value in row.items() if name != "text"}, "")), what="the record")
    except ClassifiedError as error:
        return f"{error} {error.hint}"
    return ""


def _field(row: dict[str, Any], name: str) -> str:
    value = row.get(name)
    return value if isinstance(value, str) else str(value) if isinstance(value, int | float) else ""
