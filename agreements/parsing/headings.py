"""Which lines are the headings of articles: on the line of the head, below it, or above it."""

from collections.abc import Sequence
from dataclasses import dataclass

from agreements.parsing.explaining import explains_article
from agreements.parsing.heads import Head, head_of, is_bracketed, is_heading, styled
from agreements.parsing.markers import number_marker
from agreements.reading import Block

_SHARE = 0.5  # of the articles must show a pattern before it is believed of plain text
_SHARE_OF_PLAIN = 0.8  # where heads are set apart and the lines below them are not
_ENDS = (".", ";", ":")  # signs that close a sentence or lead to a list
_PLAIN_WORDS = 8  # a plain line of no more, over a paragraph that ends as a sentence does, is a heading by itself
_SHARE_ABOVE = 0.6  # of the articles without a heading below must have one above
_RUN = 3  # so many numbers of a kind make a run in which gaps are believed (the Compacts number 311 to 316, 321 ...)
_LAST_LINE = 12  # words: a centred line under a heading that is longer is no part of it


@dataclass(frozen=True, slots=True)
class Lines:
    """What stands where: heads by block, and the heading that belongs to a head (head block -> heading blocks)."""

    heads: dict[int, Head]
    headings: dict[int, range]


def read_lines(blocks: Sequence[Block]) -> Lines:
    """Return the heads among `blocks` and the headings that stand alone below or above them."""
    heads = _in_sequence(blocks, {i: head for i, block in enumerate(blocks) if (head := head_of(block))})
    alone = [i for i, head in heads.items() if head.alone and head.kind != "preamble"]
    articles = [i for i in alone if heads[i].kind == "article"]
    below = _pattern(blocks, heads, alone, 1)
    above = _pattern(blocks, heads, [i for i in articles if i not in below], -1)
    below, above = _parted(below, above, articles)
    return Lines(heads, {i: _whole(blocks, heads, at) for i, at in {**above, **below}.items()})


def _parted(
    below: dict[int, int], above: dict[int, int], articles: Sequence[int]
) -> tuple[dict[int, int], dict[int, int]]:
    """Return both without the lines that are in both: under `Chapter I` and over `Article 1`, a line heads one.

    It is the article's where most of the other articles have a heading above.
    """
    shared = {*below.values()} & {*above.values()}
    others = [i for i in articles if above.get(i) not in shared]
    if shared and sum(i in above for i in others) > _SHARE_ABOVE * len(others):
        return {i: at for i, at in below.items() if at not in shared}, above
    return below, {i: at for i, at in above.items() if at not in shared}


def _whole(blocks: Sequence[Block], heads: dict[int, Head], at: int) -> range:
    """Return the blocks of the heading that begins with block `at`: a centred heading may run over several lines."""
    end = at + 1
    while (
        end + 1 < len(blocks)
        and end not in heads
        and blocks[end].centred
        and end + 1 not in heads
        and not blocks[end].number
        and number_marker(blocks[end]) is None
        and is_heading(blocks[at].text)
        and len(blocks[end].text.split()) <= _LAST_LINE
    ):
        end += 1
    return range(at, end)


def _pattern(blocks: Sequence[Block], heads: dict[int, Head], alone: Sequence[int], step: int) -> dict[int, int]:
    """Return the headings that stand `step` blocks from their heads.

    A heading that looks like one (set apart as its head is) is believed; one that only reads like one is believed
    where at least half of the articles have one.
    """
    looks = {i: i + step for i in alone if _may_be_heading(blocks, heads, i, i + step, by_look=True)}
    reads = {i: i + step for i in alone if _may_be_heading(blocks, heads, i, i + step, by_look=False)}
    articles = [i for i in alone if heads[i].kind == "article"]
    if step < 0 and sum(i in looks for i in articles) < max(2, _SHARE_ABOVE * len(articles)):
        looks = {}
    set_apart = any(styled(blocks[i]) for i in articles) and not any(i in looks for i in articles)
    share = _SHARE_OF_PLAIN if set_apart else _SHARE
    if sum(i in reads for i in articles) < max(2 if step < 0 else 1, share * len(articles)):
        reads = {
            i: at for i, at in reads.items() if step > 0 and (heads[i].kind != "article" or _over_body(blocks, at))
        }
    return {**reads, **looks}


def _over_body(blocks: Sequence[Block], at: int) -> bool:
    """Whether the short line `at` stands alone over words that end as a sentence does."""
    if at + 1 >= len(blocks) or len(blocks[at].text.split()) > _PLAIN_WORDS:
        return False
    below = blocks[at + 1]
    return len(below.text) > len(blocks[at].text) and below.text.rstrip("”\"' ").endswith(_ENDS)


def _may_be_heading(blocks: Sequence[Block], heads: dict[int, Head], head: int, at: int, *, by_look: bool) -> bool:
    if not 0 <= at < len(blocks) or at in heads:
        return False
    block, own = blocks[at], blocks[head]
    if explains_article(block.text):
        return False
    if (
        block.kind in ("table", "footnote", "list")
        or block.number
        or (number_marker(block) and block.kind != "heading")
    ):
        return False
    if block.kind == "heading":
        return True
    reads = is_heading(block.text.rstrip(".") if by_look else block.text) and not (
        by_look and not (styled(own) and styled(block))
    )
    if not (reads or is_bracketed(block.text)):
        return False
    after = heads.get(at + 1)
    has_body = at < head or (at + 1 < len(blocks) and (after is None or after.kind == "section"))
    return has_body or heads[head].kind != "article"


def _in_sequence(blocks: Sequence[Block], heads: dict[int, Head]) -> dict[int, Head]:
    """Leave out heads that may be running text and do not go on the numbers before them."""
    kept: dict[int, Head] = {}
    last: dict[str, int] = {}
    uncertain: dict[str, set[int]] = {}
    for i, head in heads.items():
        if head.value is not None and not head.certain and not styled(blocks[i]):
            uncertain.setdefault(head.kind, set()).add(head.value)
    for i, head in heads.items():
        previous, value = last.get(head.kind, 0), head.value
        if not (head.certain or styled(blocks[i]) or value is None):
            rises = value > previous and (value + 1 in uncertain[head.kind] or value - 1 in uncertain[head.kind])
            if value != previous + 1 and not rises and not (value > previous and len(uncertain[head.kind]) >= _RUN):
                continue
        kept[i] = head
        if value is not None:
            last[head.kind] = value
    return kept
