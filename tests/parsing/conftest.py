"""Shared by the tests of parsing: agreements made of a few words, and their outlines as plain lines."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from agreements.model import Document, Provision
from agreements.parsing import Parsed, parse
from agreements.reading.blocks import Block, Reading


def reading_of(*blocks: str | Block) -> Reading:
    """A reading of the given paragraphs; `# words` is a heading, `^ words` a centred line."""
    text = ""
    made: list[Block] = []
    for block in blocks:
        words = block.text if isinstance(block, Block) else block.lstrip("#^ ")
        start, text = len(text), text + words + "\n\n"
        if isinstance(block, Block):
            made.append(replace(block, start=start, end=start + len(words)))
        else:
            kind = "heading" if block.startswith("#") else "paragraph"
            made.append(Block(words, start, start + len(words), kind, centred=block.startswith("^")))
    return Reading("made-up.txt", "0" * 64, text, blocks=tuple(made))


def lines_of(document: Document) -> list[str]:
    """The outline of a document: one line for each provision, indented by depth."""

    def walk(provision: Provision, depth: int) -> list[str]:
        heading = f"[{provision.heading}]" if provision.heading is not None else ""
        parts = (provision.kind, provision.label, provision.number, heading, provision.text)
        line = "  " * depth + " ".join(part for part in parts if part)
        return [line, *(x for child in provision.children for x in walk(child, depth + 1))]

    return [line for provision in document.provisions for line in walk(provision, 0)]


@pytest.fixture
def parsed() -> Callable[..., Parsed]:
    """Parse paragraphs (see `reading_of`) to an agreement with the id `x`."""
    return lambda *blocks: parse(reading_of(*blocks), id="x")


@pytest.fixture
def outline(parsed: Callable[..., Parsed]) -> Callable[..., list[str]]:
    """Parse paragraphs and return the outline of the first document."""
    return lambda *blocks: lines_of(parsed(*blocks).agreement.documents[0])


@pytest.fixture
def outlines(parsed: Callable[..., Parsed]) -> Callable[..., dict[str, list[str]]]:
    """Parse paragraphs and return the outlines of all documents by role (and number)."""

    def all_of(*blocks: str | Block) -> dict[str, list[str]]:
        documents = parsed(*blocks).agreement.documents
        return {" ".join(x for x in (d.role, d.number) if x): lines_of(d) for d in documents}

    return all_of
