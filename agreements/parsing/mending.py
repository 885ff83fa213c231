"""Paragraphs that were cut in error, put together again.

A reference that a print breaks before its words (`in accordance with / Article 24 / of this Convention`) looks
like a head on a line of its own. A head whose word and number stand on two lines is one head.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from agreements.parsing.heads import head_of
from agreements.reading import Block

_UNFINISHED = re.compile(
    r"\b(?:of|to|in|with|and|or|under|by|from|the|this|that|see|per|than|for|through|until|both|either)$|[a-z],$"
)
_WORD_OF_HEAD = re.compile(r"[*_ ]*(?:Article|ARTICLE|Section|SECTION|Chapter|CHAPTER)[*_ ]*")
_NUMBER_OF_HEAD = re.compile(r"[*_ ]*[0-9IVXLCivxl|]{1,6}[.:*_ ]*")
_GOES_ON = re.compile(r"[a-z(,;.)]")


def mended(blocks: Sequence[Block]) -> list[Block]:
    """Return `blocks` with references that stand alone between two halves of a sentence joined to them."""
    out: list[Block] = []
    for i, block in enumerate(blocks):
        if out and _is_torn_head(out[-1], block):
            out[-1] = joined(out[-1], block)
            continue
        if out and out[-1].kind == block.kind == "paragraph" and not block.number:
            before = out[-1]
            if _is_broken_reference(before, block, blocks[i + 1] if i + 1 < len(blocks) else None):
                out[-1] = joined(before, block)
                continue
            if i and _is_half(before, blocks[i - 1]) and _GOES_ON.match(block.text):
                out[-1] = joined(before, block)
                continue
        out.append(block)
    return out


def joined(first: Block, second: Block) -> Block:
    """Return one block of the words of both."""
    shift = len(first.text) + 1
    marks = (
        *first.marks,
        *(m.model_copy(update={"start": m.start + shift, "end": m.end + shift}) for m in second.marks),
    )
    return replace(first, text=f"{first.text} {second.text}", end=max(first.end, second.end), marks=marks)


def _is_broken_reference(before: Block, block: Block, after: Block | None) -> bool:
    head = head_of(block)
    if head is None or not head.alone or not _UNFINISHED.search(before.text) or head_of(before):
        return False
    return after is None or not block.centred or bool(_GOES_ON.match(after.text))


def _is_torn_head(before: Block, block: Block) -> bool:
    """Whether a scan has the word and the number of a head on lines of their own: `Article`, then `II`."""
    alone = not (before.number or block.number) and "table" not in (before.kind, block.kind)
    return alone and bool(_WORD_OF_HEAD.fullmatch(before.text) and _NUMBER_OF_HEAD.fullmatch(block.text))


def _is_half(before: Block, last: Block) -> bool:
    """Whether `before` ends with the reference `last` that was just joined to it."""
    return before.text != last.text and before.text.endswith(last.text) and head_of(last) is not None
