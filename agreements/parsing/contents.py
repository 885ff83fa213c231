"""Tables of contents: they name the articles, in order and without bodies, and are no articles."""

import re
from collections.abc import Sequence

from agreements.findings import Finding, info
from agreements.parsing.heads import head_of, is_heading
from agreements.reading import Block

_LEADER = re.compile(r"(?<!\.)(?<!\.\s)(?:\.\s?){4,}+\s*+[\divxl]{0,5}$|(?<!…)…++\s*+\d{0,4}$|(?<!\s)\s{2,}+\d{1,4}$")
_TITLE = re.compile(r"[*_\W]*(?:table of )?contents[*_\W]*", re.IGNORECASE)
_LEAST = 3  # entries; one less where a line says that they are contents


def without_contents(blocks: Sequence[Block]) -> tuple[list[Block], tuple[Finding, ...]]:
    """Return `blocks` without their table of contents, and a finding that gives its words."""
    start, end = _range(blocks)
    if start == end:
        return list(blocks), ()
    words = " / ".join(" ".join(x for x in (block.number, block.text) if x) for block in blocks[start:end])
    page = next((f"page {block.page}" for block in blocks[start:end] if block.page), "")
    left_out = info("contents", page, f"Table of contents left out: {words}")
    return [*blocks[:start], *blocks[end:]], (left_out,)


def _range(blocks: Sequence[Block]) -> tuple[int, int]:
    """Return where the table of contents begins and ends; an empty range where there is none."""
    start = next((i for i, block in enumerate(blocks) if _is_entry(block)), len(blocks))
    end = start
    entries = 0
    seen: set[tuple[str, str | None]] = set()
    led: set[str] = set()  # the words that lead to a page
    while end < len(blocks) and (_is_entry(blocks[end]) or (end > start and is_heading(blocks[end].text))):
        head, words = head_of(blocks[end]), blocks[end].text.casefold()
        if (head and (head.kind, head.number) in seen) or words in led:
            break  # the first article, or the preamble, itself
        if head:
            seen.add((head.kind, head.number))
        if _has_leader(words):
            led.add(_LEADER.sub("", words).strip())
        entries += _is_entry(blocks[end])
        end += 1
    while end > start and not _is_entry(blocks[end - 1]):
        end -= 1
    titled = start > 0 and _TITLE.fullmatch(blocks[start - 1].text) is not None
    least = _LEAST - titled
    if entries < least or not _repeated(blocks[start:end], blocks[end:], least):
        return (0, 0)
    while start and _TITLE.fullmatch(blocks[start - 1].text):
        start -= 1
    return start, end


def _is_entry(block: Block) -> bool:
    if block.kind in ("table", "footnote"):
        return False
    if _has_leader(block.text):
        return True
    head = head_of(block)
    return head is not None and (head.alone or is_heading(block.text[head.at :].rstrip(" .0123456789")))


def _has_leader(text: str) -> bool:
    """Whether `text` ends as the line of a table of contents does; a first look rules out most."""
    may = text.count(".") > 3 or "…" in text or text[-1:].isdigit()
    return may and _LEADER.search(text) is not None


def _repeated(entries: Sequence[Block], rest: Sequence[Block], least: int) -> bool:
    """Whether the entries have leaders to page numbers, or the heads among them all come again further on."""
    if sum(_has_leader(entry.text) for entry in entries) >= least:
        return True
    heads = [(head.kind, head.number) for entry in entries if (head := head_of(entry)) and head.number]
    again = {(head.kind, head.number) for block in rest if (head := head_of(block))}
    return len(set(heads)) >= least and len(set(heads)) == len(heads) and all(head in again for head in heads)
