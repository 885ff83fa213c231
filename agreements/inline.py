"""Marks over a provision's words, written into the line itself: `[words](reference:VII.3)`.

`\\` takes the next character literally, so any text can be written; marks nest and never cross (model.Mark).
"""

import re
from collections.abc import Sequence
from typing import cast, get_args

from agreements.model import Mark, MarkKind

_KINDS = frozenset(get_args(MarkKind))
_SPECIAL = re.compile(r"[\\\[\]]")
_IN_TARGET = re.compile(r"[\\)]")
_CLOSE = re.compile(r"\]\((\w+)(?::((?:[^\\)]|\\.)*))?\)")


def encode(text: str, marks: Sequence[Mark]) -> str:
    """Return `text` with its `marks` (sorted and nested, as the model keeps them) written inline."""
    if not marks and not _SPECIAL.search(text):
        return text
    out: list[str] = []
    open_marks: list[Mark] = []
    position = 0

    def upto(end: int) -> None:
        nonlocal position
        out.append(_SPECIAL.sub(r"\\\g<0>", text[position:end]))
        position = end

    def close() -> None:
        mark = open_marks.pop()
        upto(mark.end)
        target = ":" + _IN_TARGET.sub(r"\\\g<0>", mark.target) if mark.target else ""
        out.append(f"]({mark.kind}{target})")

    for mark in marks:
        while open_marks and open_marks[-1].end <= mark.start:
            close()
        upto(mark.start)
        out.append("[")
        open_marks.append(mark)
    while open_marks:
        close()
    upto(len(text))
    return "".join(out)


def decode(line: str) -> tuple[str, tuple[Mark, ...]]:
    """Return the text and marks that `line` stands for. Raises `ValueError` saying what is unbalanced."""
    out: list[str] = []
    starts: list[int] = []
    marks: list[Mark] = []
    length = index = 0
    while index < len(line):
        found = _SPECIAL.search(line, index)
        plain = line[index : found.start() if found else len(line)]
        out.append(plain)
        length += len(plain)
        if not found:
            break
        index = found.end()
        if found.group() == "\\":
            out.append(line[index : index + 1])
            length += len(line[index : index + 1])
            index += 1
        elif found.group() == "[":
            starts.append(length)
        else:
            index, mark = _closing(line, found.start(), starts, length)
            marks.append(mark)
    if starts:
        raise ValueError("a '[' is not closed by ](kind); write \\[ for a bracket that is part of the text")
    return "".join(out), tuple(marks)


def _closing(line: str, at: int, starts: list[int], end: int) -> tuple[int, Mark]:
    close = _CLOSE.match(line, at)
    if not close or not starts:
        raise ValueError("a ']' closes no mark; write \\] for a bracket that is part of the text")
    if close.group(1) not in _KINDS:
        raise ValueError(f"there is no mark {close.group(1)!r}; known: {', '.join(sorted(_KINDS))}")
    target = re.sub(r"\\(.)", r"\1", close.group(2) or "")
    kind = cast(MarkKind, close.group(1))
    return close.end(), Mark(start=starts.pop(), end=end, kind=kind, target=target)
