"""Cutting a block in two without losing where its words stand in the source."""

from dataclasses import replace

from agreements.model import Mark
from agreements.reading import Block


def cut(block: Block, at: int, source: str) -> tuple[Block, Block]:
    """Cut `block` before character `at` of its text; blanks at the cut go, spans and marks follow.

    The first part keeps the automatic number; the second is a plain continuation of it.
    """
    first = block.text[:at].rstrip()
    right = _from(block, at, source)
    left = replace(block, text=first, end=max(block.start, right.start), marks=_kept(block.marks, 0, len(first)))
    return left, right


def without(block: Block, at: int, source: str) -> Block:
    """Return what stands in `block` from character `at` of its text, without the automatic number."""
    if not at:
        return replace(block, number=None) if block.number else block
    return _from(block, at, source)


def _from(block: Block, at: int, source: str) -> Block:
    """Return the second part of `block` when it is cut before character `at` of its text."""
    words = block.text[at:].lstrip()
    at = len(block.text) - len(words)
    marks = _kept(block.marks, at, len(block.text))
    return block.rest(words, source_offset(block, at, source), marks)


def source_offset(block: Block, at: int, source: str) -> int:
    """Return the offset in `source` of character `at` of the block's text.

    Canonical text differs from the source by joined lines, blanks and line-end hyphens only, so the characters of
    the one are found in the other in order.
    """
    start = block.start
    if source.startswith(block.text[:at], start):
        return start + at
    position = start
    for character in block.text[:at]:
        if character.isspace():
            continue
        found = source.find(character, position, block.end)
        if found < 0:
            break
        position = found + 1
    while position < block.end and source[position].isspace():
        position += 1
    return position


def _kept(marks: tuple[Mark, ...], start: int, end: int) -> tuple[Mark, ...]:
    """The marks that lie over `start` to `end`, counted from `start`."""
    if not marks:
        return ()
    kept = (m for m in marks if (m.start < end and m.end > start) or (m.start == m.end and start < m.start <= end))
    return tuple(
        m.model_copy(update={"start": max(m.start, start) - start, "end": min(m.end, end) - start}) for m in kept
    )
