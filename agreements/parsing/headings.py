"""Which lines are the headings of articles: on the line of the head, below it, or above it."""

from collections.abc import Sequence
from dataclasses import dataclass

from agreements.parsing.heads import Head, head_of, is_heading, styled
from agreements.parsing.markers import number_marker
from agreements.reading.blocks import Block

_SHARE = 0.5  # of the articles must show a pattern before it is believed of plain text


@dataclass(frozen=True, slots=True)
class Lines:
    """What stands where: heads by block, and the headings that belong to heads (head block -> heading block)."""

    heads: dict[int, Head]
    headings: dict[int, int]


def read_lines(blocks: Sequence[Block]) -> Lines:
    """Return the heads among `blocks` and the headings that stand alone below or above them."""
    heads = _in_sequence(blocks, {i: head for i, block in enumerate(blocks) if (head := head_of(block))})
    alone = [i for i, head in heads.items() if head.alone and head.kind != "preamble"]
    below = {i: i + 1 for i in alone if _may_be_heading(blocks, heads, i, i + 1)}
    above = {i: i - 1 for i in alone if _may_be_heading(blocks, heads, i, i - 1)}
    articles = [i for i in alone if heads[i].kind == "article"]
    looks = any(styled(blocks[i]) for i in articles)
    count_below = sum(1 for i in articles if i in below)
    if not looks and count_below < _SHARE * len(articles):
        below = {i: j for i, j in below.items() if heads[i].kind != "article"}
    count_above = sum(1 for i in articles if i in above and i not in below)
    if count_above < max(2, 0.6 * len(articles)):
        above = {}
    return Lines(heads, {**above, **below})


def _may_be_heading(blocks: Sequence[Block], heads: dict[int, Head], head: int, at: int) -> bool:
    if not 0 <= at < len(blocks) or at in heads:
        return False
    block, own = blocks[at], blocks[head]
    if block.kind in ("table", "footnote", "list") or (number_marker(block) and block.kind != "heading"):
        return False
    if block.kind == "heading":
        return True
    if not is_heading(block.text) or (styled(own) and not styled(block)):
        return False
    has_body = at < head or (at + 1 < len(blocks) and at + 1 not in heads)
    return has_body or heads[head].kind != "article"


def _in_sequence(blocks: Sequence[Block], heads: dict[int, Head]) -> dict[int, Head]:
    """Leave out heads that may be running text and do not go on the numbers before them."""
    kept: dict[int, Head] = {}
    last: dict[str, int] = {}
    for i, head in heads.items():
        previous = last.get(head.kind, 0)
        goes_on = head.value is None or head.value in (previous, previous + 1, 1)
        if not goes_on and not head.certain and not styled(blocks[i]):
            continue
        kept[i] = head
        if head.value is not None:
            last[head.kind] = head.value
    return kept
