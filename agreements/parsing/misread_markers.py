"""The first number of a list misread as a letter: `l.` or `I.` before `2.`, set right by what follows it.

Only the number is set right, with a finding that says what was printed.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from agreements.findings import Finding, info
from agreements.parsing.heads import head_of
from agreements.parsing.markers import number_marker
from agreements.parsing.spans import without
from agreements.reading.blocks import Block

_LIKE_ONE = re.compile(r"(?P<open>\(?)(?P<letter>[lI|!])(?P<close>[.)])[ \u00a0]+(?=[A-Z“\"(])")


def set_right(blocks: Sequence[Block], source: str) -> tuple[list[Block], tuple[Finding, ...]]:
    """Return `blocks` with such numbers as automatic ones, and a finding for each.

    A letter is a misread one only where the next number of the same article is two, in the same brackets, and no
    letter or Roman number stands before or after it.
    """
    out = list(blocks)
    findings = []
    for i, block in enumerate(blocks):
        found = _LIKE_ONE.match(block.text) if not block.number and block.kind == "paragraph" else None
        if not found or not _before_two(blocks, i, found["open"] + "2" + found["close"]):
            continue
        number = f"{found['open']}1{found['close']}"
        out[i] = replace(without(block, found.end(), source), number=number, start=block.start)
        where = f"page {block.page}" if block.page else number
        message = f"“{found.group().strip()}” is taken for {number}, by the sequence."
        findings.append(info("number-misread", where, message))
    return out, tuple(findings)


def _before_two(blocks: Sequence[Block], at: int, two: str) -> bool:
    for block in blocks[at + 1 :]:
        if head_of(block):
            return False
        if marker := number_marker(block):
            if marker.printed == two:
                return True
            if marker.readings[0][1] != 1 and marker.shape[0] != "(":  # a list of its own may stand between
                return False
    return False
