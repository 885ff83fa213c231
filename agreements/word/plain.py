"""The quick way for paragraphs that hold nothing but words: changes are cut out of the runs by their characters.

It marks what `marking` would mark. Whole runs that stay are left as they are, so that nothing is copied that did not
change.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import accumulate

from lxml import etree

from agreements.comparing.tokens import tokens
from agreements.comparing.words import Edit, edits
from agreements.ooxml.schema import name

_RUN, _TEXT, _LOOK = name("r"), name("t"), name("rPr")
_SIGNS = {name("tab"): "\t", name("br"): "\n"}
_TAGS = {sign: tag for tag, sign in _SIGNS.items()}
_PIECES = re.compile(r"[\t\n]|[^\t\n]+")
_AROUND = frozenset(name(tag) for tag in ("bookmarkStart", "bookmarkEnd", "proofErr"))
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(slots=True)
class PlainRuns:
    """The words of a plain paragraph: runs with the character where each begins, and what stands between them."""

    text: str = ""
    runs: list[tuple[int, etree._Element]] = field(default_factory=list)
    between: list[tuple[int, etree._Element]] = field(default_factory=list)

    def cut(self, start: int, end: int, into: etree._Element, *, copy: bool = False) -> None:
        """Put runs that hold the characters `start` to `end` into an element; whole ones move there, unless `copy`."""
        at = bisect_right(self.runs, start, key=lambda run: run[0]) - 1
        for index in range(max(at, 0), len(self.runs)):
            first, run = self.runs[index]
            last = self.runs[index + 1][0] if index + 1 < len(self.runs) else len(self.text)
            left, right = max(start, first), min(end, last)
            if first >= end:
                break
            if (left, right) == (first, last):
                into.append(deepcopy(run) if copy else run)
            elif left < right:
                _add_run(into, run, self.text[left:right])


def _add_run(into: etree._Element, like: etree._Element, text: str) -> None:
    """Add a run that says `text` and looks like another."""
    made = etree.SubElement(into, _RUN)
    look = like.find(_LOOK)
    if look is not None:
        made.append(deepcopy(look))
    for piece in _PIECES.findall(text):
        if piece in _TAGS:
            etree.SubElement(made, _TAGS[piece])
        else:
            words = etree.SubElement(made, _TEXT)
            words.text = piece
            words.set(_SPACE, "preserve")


def words_of(paragraph: etree._Element) -> PlainRuns | None:
    """Return the words of `paragraph` where it holds nothing but runs of words, tabs and breaks; else None."""
    found = PlainRuns()
    texts: list[str] = []
    length = 0
    for child in paragraph:
        if child.tag == _RUN:
            text = _said(child)
            if text is None:
                return None
            if text:
                found.runs.append((length, child))
            texts.append(text)
            length += len(text)
        elif child.tag in _AROUND:
            found.between.append((length, child))
        elif child.tag != name("pPr"):
            return None
    found.text = "".join(texts)
    return found


def _said(run: etree._Element) -> str | None:
    parts: list[str] = []
    for piece in run:
        if piece.tag == _TEXT:
            text = piece.text or ""
            if "\t" in text or "\n" in text:  # blanks to Word, signs here
                return None
            parts.append(text)
        elif piece.tag in _SIGNS and not piece.attrib:
            parts.append(_SIGNS[piece.tag])
        elif piece.tag != _LOOK:
            return None
    return "".join(parts)


@dataclass(frozen=True, slots=True)
class Replacement:
    """Characters `a0` to `a1` of the first text are replaced by `b0` to `b1` of the second."""

    a0: int
    a1: int
    b0: int
    b1: int


def changes(a: str, b: str) -> list[Replacement]:
    """Return what changes between two texts, by characters, at the edges of words."""
    left, right = tokens(a), tokens(b)
    found = edits(left, right)
    one, other = _offsets(left), _offsets(right)
    return [_placed(edit, one, other) for edit in found]


def _offsets(found: Sequence[str]) -> list[int]:
    return [0, *accumulate(map(len, found))]


def _placed(edit: Edit, a: Sequence[int], b: Sequence[int]) -> Replacement:
    return Replacement(a[edit.a0], a[edit.a1], b[edit.b0], b[edit.b1])
