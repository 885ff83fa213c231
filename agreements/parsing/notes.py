"""Exchanges of notes or letters: where each note begins, and whether it offers or replies (DOMAIN.md 4.4)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from agreements.model import Role
from agreements.parsing.heads import head_of, styled
from agreements.parsing.phrases import any_of
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
    r"\bExcellenc(?:y|ies)\b",
    r"\bDear (?:Sir|Mr|Minister|Ambassador|Madam)",
    r"\b(?:Sir|Madam),",
    r"\bI (?:hereby )?acknowledge receipt",
    r"\bnote verbale\b",
)
_REPLY = any_of(
    r"(?:confirm|acknowledg)\w* (?:the )?(?:receipt|reception)",
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
    numbered = [i for i, block in enumerate(blocks) if _is_head(block) and _opens_note(blocks, i + 1)]
    begin = numbered or _lettered(blocks)
    if numbered and numbered[0] > 0 and _opens_note(blocks, 0) and not _has_article(blocks[: numbered[0]]):
        begin = [0, *numbered]
    ranges = zip(begin, [*begin[1:], len(blocks)], strict=False)
    return {i: Start(_role(blocks[i:stop], order), i in numbered) for order, (i, stop) in enumerate(ranges)}


def _is_head(block: Block) -> bool:
    head = None if block.number else _HEAD.fullmatch(block.text)
    return head is not None and (head["named"] is not None or styled(block))


def _opens_note(blocks: Sequence[Block], start: int) -> bool:
    opening = ""
    for block in blocks[start : start + _HEADS_WITHIN]:
        if len(opening) > _OPENING_WORDS or (opening and _is_head(block)):
            break
        opening += " " + block.text[:_OPENING_WORDS]
    return bool(_NOTE.search(opening[:_OPENING_WORDS]))


def _has_article(blocks: Sequence[Block]) -> bool:
    return any((head := head_of(block)) and head.kind == "article" for block in blocks)


def _lettered(blocks: Sequence[Block]) -> list[int]:
    """Find notes that have no numbered heads: the first block of the file, if it opens a note."""
    return [0] if blocks and _opens_note(blocks, 0) and not _has_article(blocks[:1]) else []


def _role(blocks: Sequence[Block], order: int) -> Role:
    opening = " ".join(block.text for block in blocks[:_HEADS_WITHIN])[: 2 * _OPENING_WORDS]
    if _CORRECTS.search(opening):
        return "correcting-note"
    if order and _REPLY.search(opening):
        return "reply-note"
    return "offer-note"
