"""Exchanges of notes or letters: where each note begins, and whether it offers or replies (11 FAM 731.1)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from agreements.model import Role
from agreements.parsing.heads import head_of, styled
from agreements.parsing.phrases import any_of, contains
from agreements.parsing.titles import leading_title
from agreements.reading.blocks import Block

_HEAD = re.compile(
    r"[*_\s]*(?:(?:(?:nr|no|n°|nº|note|letter|brief|nota)\b\.?\s*)(?:no\.?\s?)?(?P<named>[IVX]{1,5}|\d{1,2})"
    r"|(?P<bare>[IVX]{1,4}))[.*_\s]*",
    re.IGNORECASE,
)
_NOTE = any_of(
    "presents? (?:its|his|her|their) compliments",
    r"\b(?:I|it|he|she|we) ha(?:ve|s) the honou?r\b",
    r"\bha(?:s|ve) the honou?r(?: to\b|,)",
    r"(?<!his )(?<!her )(?<!your )\bExcellenc(?:y|ies)\s?[:,]",
    r"\bthis (?:letter|note) refers to\b",
    r"\bI refer to\b",
    r"\bDear (?:Sir|Mr|Minister|Ambassador|Madam)",
    r"\b(?:Sir|Madam),",
    r"\bI (?:hereby )?acknowledge receipt",
    r"\bnote verbale\b",
)
_SIGNS = ("compliments", "hono", "excellenc", "refers", "i refer to", "dear", "sir", "madam", "acknowledge", "verbale")
_REPLY = any_of(
    r"\b(?:confirm|acknowledg)\w*+ (?:the )?(?:receipt|reception)",
    "receipt of (?:your|the)",
    "in reply(?: to|,)",
    "received your (?:note|letter)",
    "with reference to your",
    r"your (?:excellency[’']s )?(?:note|letter) (?:of|dated|no)[^.]{0,80}(?:reads|reading|as follows)",
    r"refer to (?:your|the (?:embassy|ministry)[’']s) (?:note|letter)",
)
_CORRECTS = any_of(r"\b(?:correct(?:s|ing|ion)|rectif\w+|clerical error)\b[^.]{0,100}\bnote\b")
_OPENING_WORDS = 1500  # characters of a note within which it says what it is
_HEADS_WITHIN = 8  # blocks of letterhead, place, date and number before the courtesies


@dataclass(frozen=True, slots=True)
class Start:
    """Where a note begins: its role, and whether the first block is a head (`No. II`) and none of its words."""

    role: Role
    headed: bool


def starts(blocks: Sequence[Block]) -> dict[int, Start]:
    """Return the notes among `blocks` by the index of the first block of each."""
    heads = [i for i, block in enumerate(blocks) if is_head(block)]
    begin = [i for i in heads if _opens_note(blocks, i + 1)]
    if any(_is_named(blocks[i]) for i in begin):  # where `Nr. II` is a note, so is `Nr. I`
        begin = [i for i in heads if i in begin or _is_named(blocks[i])]
    headed = set(begin)
    first = blocks[: begin[0]] if begin else blocks
    title = leading_title(first)
    if len(first) > title and _opens_note(first, title):
        begin.insert(0, title)
    ranges = zip(begin, [*begin[1:], len(blocks)], strict=False)
    alone = len(begin) == 1
    return {i: Start(_role(blocks[i:stop], order, alone=alone), i in headed) for order, (i, stop) in enumerate(ranges)}


def is_head(block: Block) -> bool:
    """Return whether `block` is nothing but the head of a note, such as `No. II`."""
    head = None if block.number else _HEAD.fullmatch(block.text)
    return head is not None and (head["named"] is not None or styled(block))


def _is_named(block: Block) -> bool:
    head = _HEAD.fullmatch(block.text)
    return head is not None and head["named"] is not None


def _opens_note(blocks: Sequence[Block], start: int) -> bool:
    """Whether the blocks from `start` on, before any article, begin as notes do."""
    opening = ""
    for block in blocks[start : start + _HEADS_WITHIN]:
        head = head_of(block)
        if len(opening) > _OPENING_WORDS or (opening and is_head(block)) or (head and head.kind == "article"):
            break
        opening += " " + block.text[:_OPENING_WORDS]
    opening = opening[:_OPENING_WORDS]
    return contains(opening.lower(), _SIGNS) and _NOTE.search(opening) is not None


def _role(blocks: Sequence[Block], order: int, *, alone: bool) -> Role:
    """Return the role of a note; one that stands `alone` replies where it says so before it proposes anything."""
    opening = " ".join(block.text for block in blocks[:_HEADS_WITHIN])[: 2 * _OPENING_WORDS]
    if _CORRECTS.search(opening):
        return "correcting-note"
    replies = _REPLY.search(opening)
    if replies and (order or (alone and "propos" not in opening[: replies.start()].casefold())):
        return "reply-note"
    return "offer-note"
