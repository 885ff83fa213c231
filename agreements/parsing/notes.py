"""Exchanges of notes or letters: where each note begins, and whether it offers or replies (11 FAM 731.1)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from agreements.language import dates
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
_OFFICE = (
    r"(?:Ambassador|Minister|Secretary|Charg[ée]|Embassy|Ministry|Department|President|Chief|Envoy|Consul|Legation"
    r"|Commissioner|Representative|Counsel\w+|Government|Commander|Chancellor)"
)
_TO_WHOM = re.compile(  # the line over a note that says who writes to whom
    rf"[*_\s]*(?:From )?[Tt]he [^.:;]{{0,60}}\b{_OFFICE}\b[^.:;]{{0,80}} to (?:the|His|Her) [^.:;]{{0,60}}\b{_OFFICE}\b"
    r"[^.:;]{0,80}[*_\s]*"
)
_RUNS_ON = re.compile(r"\b(?:has|have|had|shall|will|is|are|was|presents?|refers?|proposes?|agrees?)\b")
_CLOSES = any_of(  # the courtesies at the end of a note
    r"assurances? of (?:my|its|our|their|his|her) (?:\w+ ){0,3}(?:consideration|esteem|regard)",
    r"^\W*Accept,? (?:Your )?(?:Sir|Madam|Excellency|Mr)",
    r"^\W*(?:I remain|Yours (?:sincerely|faithfully|truly|very truly)|Very truly yours|Sincerely(?: yours)?,)",
)
_CLOSING_SIGNS = ("assurance", "accept", "yours", "sincerely", "i remain")
_SALUTES = any_of(
    r"^\W*(?:(?:Your )?Excellency|Sir|Madam|(?:My )?Dear (?:Sir|Madam|Mr|Mrs|Ms|Minister|Ambassador|Dr|Colleague)\b"
    r"[^.;]{0,60}|Mr\.? (?:Minister|Ambassador|Secretary))\s?[:,]",
    r"^\W*(?:The )?[^.;]{3,120}\bpresents? (?:its|his|her|their) compliments\b",
)
_NUMBER_LINE = re.compile(r"\W*(?:no|nr|n°|nº|note|ref)\b\.?(?: no\.?)? ?[\w./-]*\d[\w./-]*\W*", re.IGNORECASE)
_REPLY_HEAD = re.compile(r"\W*(?:(?:note|letter) (?:in|of) reply|(?:the )?reply(?: note| letter)?)\W*", re.IGNORECASE)
_LETTERHEAD = re.compile(
    r"\W*(?:the )?(?:(?:royal|imperial) )?(?:embassy|ministry|department|legation|mission|foreign office)"
    r"\b[^.;:]{0,80}",
    re.IGNORECASE,
)
_DATE_LINE = 60  # characters that a line with place and date may have
_FAR = 16  # blocks between the end of a note and the salutation of the next
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
    r"\backnowledg\w+ (?:your|the \w+[’']s) (?:note|letter)",
    r"thank(?:s| you) for your (?:note|letter)",
    r"in (?:response|answer) to (?:your|the)",
    r"\b(?:accepts?|agrees? (?:to|with)|approves?) (?:its|the) (?:foregoing|above|proposals?|contents?|terms)",
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
    every = [i for i, block in enumerate(blocks) if is_head(block)]
    heads = [i for i in every if i - 1 not in every or not says_to_whom(blocks[i])]  # a number, then who writes to whom
    begin = [i for i in heads if _opens_note(blocks, i + 1)]
    if any(_is_named(blocks[i]) for i in begin):  # where `Nr. II` is a note, so is `Nr. I`
        begin = [i for i in heads if i in begin or _is_named(blocks[i])]
    begin += [i for i in _unheaded(blocks) if not any(_overlap(blocks, i, other) for other in begin)]
    begin.sort()
    headed = {i for i in begin if i in heads}
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
    return (head is not None and (head["named"] is not None or styled(block))) or says_to_whom(block)


def says_to_whom(block: Block) -> bool:
    """Return whether `block` is the line over a note that says who writes to whom."""
    text = block.text
    if " to " not in text or len(text) > 240 or block.number or not _TO_WHOM.fullmatch(text):
        return False
    return _RUNS_ON.search(text) is None


def _unheaded(blocks: Sequence[Block]) -> list[int]:
    """Return where notes begin that have no head: behind the courtesies of one, before the salutation of the next."""
    found: list[int] = []
    closed = -1
    for at, block in enumerate(blocks):
        lower = block.text.lower()
        if closed >= 0 and at - closed <= _FAR and at > closed and _SALUTES.search(block.text):
            found.append(_first_of(blocks, closed, at, found[-1] if found else 0))
            closed = -1
        if contains(lower, _CLOSING_SIGNS) and _CLOSES.search(block.text):
            closed = at
    return found


def _first_of(blocks: Sequence[Block], closed: int, salutation: int, start: int) -> int:
    """Return the first block of a note between the end of the one before, which began at `start`, and its salutation.

    A place and date there are those of the note that has none yet.
    """
    head = takewhile(lambda block: not _NOTE.search(block.text), blocks[start:closed])
    dated = any(map(_is_date_line, head))
    for at in range(closed + 1, salutation):
        block = blocks[at]
        if _NUMBER_LINE.fullmatch(block.text) or _REPLY_HEAD.fullmatch(block.text) or says_to_whom(block):
            return at
        if _is_date_line(block):
            if dated:
                return at - (at - 1 > closed and _LETTERHEAD.fullmatch(blocks[at - 1].text) is not None)
            dated = True
    return salutation


def _is_date_line(block: Block) -> bool:
    return len(block.text) <= _DATE_LINE and bool(dates.find(block.text))


def _overlap(blocks: Sequence[Block], start: int, head: int) -> bool:
    """Whether a note that seems to begin at `start` is the one that begins at `head`."""
    return head - _FAR <= start <= head + _FAR and not any(
        _CLOSES.search(block.text) for block in blocks[min(start, head) : max(start, head)]
    )


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
