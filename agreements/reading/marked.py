"""What a reading hands to the service that recognises markings: all its words, each with its place."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import groupby

from agreements.marking import MARKING_FIELDS, PlacedText, label_pieces, values
from agreements.reading.blocks import Block, Line, Reading

_EDGE = 3  # lines at the top and foot of a page that may hold a marking
_COMMENTED = 4000  # characters of a line of a comment that are looked at without its elements
_TAGS = re.compile(r"<[^<>]*>")
_SHORT = 80  # characters of a line that repeats as a running head


def pieces_of(reading: Reading, blocks: Sequence[Block]) -> list[PlacedText]:
    """Return all words of `reading` with their places: page edges, lines, `blocks`, and what is no part of its text."""
    lines = _of_lines(reading) if reading.lines else _of_edges(reading)
    return [*lines, *_of_blocks(blocks), *_of_records(reading), *reading.asides]


def _of_records(reading: Reading) -> Iterator[PlacedText]:
    """Yield the values of a file of JSON that is read as a text."""
    for line in reading.text.split("\n") if reading.name.lower().endswith((".json", ".jsonl")) else ():
        with suppress(ValueError, RecursionError):
            yield from values(json.loads(line), "")


def _of_edges(reading: Reading) -> Iterator[PlacedText]:
    return (PlacedText(edge, "a header, a footer, or the first or last lines", "edge") for edge in reading.page_edges)


def _of_lines(reading: Reading) -> Iterator[PlacedText]:
    """Yield the lines at the edges of pages as they were printed, and those that come again and again."""
    for page, found in groupby(reading.lines, key=lambda line: line.page):
        lines = list(found)
        place = f"page {page}" if page else "the text"
        yield from _edge(reading, lines[:_EDGE], f"the top of {place}")
        yield from _edge(reading, lines[-_EDGE:], f"the foot of {place}", last=True)
    counted = Counter(line.text for line in reading.lines if len(line.text) <= _SHORT)
    yield from (PlacedText(text, "a running head", "line") for text, times in counted.items() if times > 1)
    yield from (PlacedText(line.text, "a line", "paragraph") for line in reading.lines if "//" in line.text[:_SHORT])


def _edge(reading: Reading, lines: Sequence[Line], where: str, *, last: bool = False) -> Iterator[PlacedText]:
    printed = [reading.text[line.start : line.end] if line.top is None else line.text for line in lines]
    ends = (reading.lines[0], reading.lines[-1])
    worded = [line for line in lines if any(sign.isalpha() for sign in line.text)]
    outermost = worded[-1 if last else 0] if worded else None
    for line, text in zip(lines, printed, strict=True):
        yield PlacedText(text, where, "edge" if line in ends else "line" if line is outermost else "inner")
    outer = printed[-2:] if last else printed[:2]
    if len(outer) > 1:
        yield PlacedText(" ".join(outer), where, "line")


def _of_blocks(blocks: Sequence[Block]) -> Iterator[PlacedText]:
    table = 0
    for number, block in enumerate(blocks, 1):
        page = f", page {block.page}" if block.page else ""
        if block.kind == "table":
            cells = block.text.split(" | ")
            yield from (PlacedText(cell, f"a table{page}", "cell", block.struck, table) for cell in cells)
            continue
        table = -number  # the tables of other parts count upwards
        outer = number in (1, len(blocks))
        where = f"paragraph {number}{page}"
        yield PlacedText(block.text, where, "paragraph", block.struck)
        if outer:
            yield PlacedText(
                block.text, "the first paragraph" if number == 1 else "the last paragraph", "edge", block.struck
            )


def comments(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the comments `<!-- ... -->` of a text begin and end; one that is not closed is none."""
    start = text.find("<!--")
    while start >= 0:
        end = text.find("-->", start + 4)
        if end < 0:
            return
        yield start, end + 3
        start = text.find("<!--", end + 3)


def comment_pieces(text: str) -> Iterator[PlacedText]:
    """Yield the lines of the comments of a text."""
    for start, end in comments(text):
        for line in text[start + 4 : end - 3].split("\n"):
            yield PlacedText(line.strip(), "a comment", "aside")
            if "<" in line:  # a page for an older program
                parts = (part.strip() for part in _TAGS.split(line[:_COMMENTED]))
                yield from (PlacedText(part, "a comment", "aside") for part in parts if part)


def pieces_beside(text: str, front: str | None = None) -> Iterator[PlacedText]:
    """Yield the words of Markdown that are no part of its text: `front` (all of it, where not given) and comments."""
    yield from front_matter_pieces(text if front is None else front)
    yield from comment_pieces(text)


_LABEL = re.compile(r"(?:^|\s)[&*]([\w-]{2,80})")  # an anchor of YAML, and what refers to it
_ESCAPED = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U000([0-9A-Fa-f]{5}))")


def _unescaped(value: str) -> str:
    """Return a value of YAML with the signs that are written by their numbers in double quotes."""
    if not value.startswith('"') or "\\" not in value:
        return value
    return _ESCAPED.sub(lambda found: chr(int(found[1] or found[2] or found[3], 16)), value)


def front_matter_pieces(front: str) -> Iterator[PlacedText]:
    """Yield the values of front matter, line by line: a damaged one is looked at like any other."""
    for line in front.split("\n"):
        bare = line.strip().lstrip("- ")
        key, colon, value = bare.partition(":")
        named = bool(colon) and key.replace("_", "").replace("-", "").isalnum()
        marks = named and key.lower() in MARKING_FIELDS
        words = _unescaped((value if named else bare).strip()).strip("\"'[]")
        yield from label_pieces(key if named else "", "the name of a field of the front matter")
        yield from (piece for label in _LABEL.findall(bare) for piece in label_pieces(label, "the front matter"))
        if value.strip().startswith("[") and "," in words:
            own = (each.strip().strip("\"'") for each in words.split(","))
            yield from (PlacedText(each, "the front matter, a list", "aside") for each in own if each)
        if words:
            place = f"the field {key} of the front matter" if named and key.isascii() else "the front matter"
            yield PlacedText(words, place if named else "the front matter", "marking" if marks else "entry")
        if named and value:
            yield PlacedText(bare, "the front matter", "aside")
