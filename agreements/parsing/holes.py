"""Heads that a scan or a misprint has damaged (`| ARTICLE XII`, `ARTIICLE IV`), found by the hole they leave.

Where the numbers of heads leave one out, the lines between the two are searched for the head that is missing: a short
line that holds a word like that of the other heads, and the number. Only such a line is taken, with a finding that
says what was printed; without a hole nothing is looked for.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import Levenshtein

from agreements.findings import Finding, warning
from agreements.languages import numerals
from agreements.ooxml.numerals import numeral
from agreements.parsing.heads import Head, head_of, is_heading
from agreements.reading.blocks import Block

_LINE = re.compile(
    r"(?P<before>[^\w]{0,4}(?:\w{1,3}[^\w]{1,3}){0,3})(?P<word>[^\W\d_][\w|!]{2,11}+)[.,:;]?(?P<gap>[ \u00a0]*)"
    r"(?P<number>[0-9IVXLCDMivxlcdm|!l1]{1,8})[.,:;)\]”\"']{0,3}(?![\w])(?P<rest>.{0,120})"
)
_LIKE_THE_WORD = 0.75  # share of the letters that are as they should be
_LONGEST = 160  # characters of a line that may be a head
_AS_NUMBER = str.maketrans({"|": "I", "!": "I"})
_AS_ROMAN = str.maketrans({"|": "I", "!": "I", "l": "I", "1": "I"})
_MOST = 400  # heads that one sequence may have


@dataclass(frozen=True, slots=True)
class _Known:
    """A head that was read: the block it stands on, the word as printed and its value; whether figures are Roman."""

    index: int
    word: str
    value: int
    roman: bool


def filled(blocks: Sequence[Block]) -> tuple[list[Block], tuple[Finding, ...]]:
    """Return `blocks` with the damaged heads that fill a hole as automatic numbers, and a finding for each."""
    out = list(blocks)
    findings = []
    for at, line, known, value in _missing(blocks):
        block = blocks[at]
        number = numeral(value, "upperRoman") if known.roman else str(value)
        head = f"{known.word} {number}"
        out[at] = replace(block, number=head, text=line["rest"].strip(' .:–—-*_”"'), marks=())
        where = f"page {block.page}" if block.page else head
        message = f"“{block.text}” is taken for {head}, which the numbers of the heads ask for here."
        findings.append(warning("head-damaged", where, message, "Compare it with the source."))
    return out, tuple(findings)


def _missing(blocks: Sequence[Block]) -> Iterator[tuple[int, re.Match[str], _Known, int]]:
    """Yield each line that fills a hole, with the head before or after the hole and the number it is taken for."""
    heads = {i: head for i, block in enumerate(blocks) if (head := head_of(block)) and head.certain}
    for kind in ("article", "section", "chapter"):
        known = [_known(i, blocks[i], head) for i, head in heads.items() if head.kind == kind and head.value]
        if len(known) < 2:
            continue
        roman = sum(each.roman for each in known) * 2 > len(known)
        sequence = [each for each in known if each.roman == roman]
        for before, after in zip([None, *sequence], [*sequence, None], strict=True):
            yield from _between(blocks, before, after, heads)


def _known(index: int, block: Block, head: Head) -> _Known:
    words = (block.number or block.text).lstrip(" *_").split(" ")
    return _Known(index, words[0].rstrip("."), head.value or 0, not any(map(str.isdigit, head.number or "")))


def _between(
    blocks: Sequence[Block], before: _Known | None, after: _Known | None, heads: dict[int, Head]
) -> Iterator[tuple[int, re.Match[str], _Known, int]]:
    near = before or after
    if near is None:
        return
    wanted, last = (before.value + 1 if before else 1), (after.value - 1 if after else _MOST)
    for i in range(before.index + 1 if before else 0, after.index if after else len(blocks)):
        if wanted > last:
            return
        block = blocks[i]
        if i in heads or block.number or len(block.text) > _LONGEST or block.kind in ("table", "footnote"):
            continue
        found = _LINE.match(block.text)
        if found and _is_like(found, near, wanted):
            yield i, found, near, wanted
            wanted += 1


def _is_like(found: re.Match[str], near: _Known, value: int) -> bool:
    """Whether the line is a head like `near` with the number `value`, but for a few letters."""
    word, rest = found["word"], found["rest"].strip(' .:–—-*_”"')
    if word[0].islower() or _in_capitals(word) != _in_capitals(near.word) or any(c.islower() for c in found["before"]):
        return False
    if Levenshtein.normalized_similarity(word.lower(), near.word.lower()) < _LIKE_THE_WORD:
        return False
    if rest and not (is_heading(rest) and rest[0].isupper()):
        return False
    number = found["number"]
    if near.roman:
        return numerals.roman(number.translate(_AS_ROMAN)) == value
    return number.translate(_AS_NUMBER) == str(value)


def _in_capitals(word: str) -> bool:
    return sum(map(str.isupper, word)) * 2 > len(word)
