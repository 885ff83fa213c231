"""Cutting a block in two without losing where its words stand in the source."""

from collections.abc import Sequence
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


def unstruck(blocks: Sequence[Block]) -> tuple[list[Block], list[str]]:
    """Return `blocks` without the words that are struck out, and those words, one entry for each place."""
    out: list[Block] = []
    gone: list[str] = []
    for block in blocks:
        gone += [block.text[start:end] for start, end in block.struck_at]
        if not block.struck_at:
            out.append(block)
        elif not block.struck:
            out.append(_without_struck(block))
    return out, gone


def _without_struck(block: Block) -> Block:
    """Return a block without its struck words; marks over the others stay on them."""
    places: list[int] = []  # of each character of the block in what is left
    kept: list[str] = []
    gone = {at for start, end in block.struck_at for at in range(start, end)}
    for at, character in enumerate(block.text):
        places.append(len(kept))
        doubled = character == " " and (not kept or kept[-1] == " ")
        if at not in gone and not doubled:
            kept.append(character)
    text = "".join(kept).rstrip()
    places.append(len(text))
    marks = tuple(
        mark.model_copy(update={"start": places[mark.start], "end": min(places[mark.end], len(text))})
        for mark in block.marks
        if mark.start == mark.end or places[mark.start] < min(places[mark.end], len(text))
    )
    return replace(block, text=text, marks=marks, caps=text.isupper(), struck_at=())


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
