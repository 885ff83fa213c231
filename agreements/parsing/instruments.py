"""The several instruments of one file: main text, annexes, appendices, notes, protocols, agreed minutes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from agreements.families import by_title
from agreements.languages import fold, languages, phrases
from agreements.model import Role
from agreements.parsing import closing, notes
from agreements.parsing.heads import head_of, is_heading, styled
from agreements.parsing.phrases import any_of
from agreements.parsing.titles import TITLE_LIMIT, title_length
from agreements.reading import Block, BlockRole

_NUMBER = (
    r"(?!(?:TO|OF|ON|IN|AT|BY|NO|OR)\b)"
    r"(?:\d{1,3}|[IVXLC]{1,6}|[A-Z]|One|Two|Three|ONE|TWO|THREE)(?:[-./]?[A-Z0-9]{1,2})?"
)
_WORDS = ("Annex", "Annexe", "Annexure", "Appendix", "Schedule", "Attachment", "Enclosure", "Exhibit", "Addendum")
_ANNEX = re.compile(
    rf"[*_“\"\[]*(?P<word>{'|'.join((*_WORDS, *(word.upper() for word in _WORDS)))})\b"
    rf"(?:\s+(?:[Nn][or]\.? ?)?[“\"'(]?(?P<number>{_NUMBER})[”\"')]?(?!\w))?(?P<rest>.*)"
)
_LONG_WORD = 5  # letters from which on a word alone on its line is no name
_FOREIGN_NUMBER = r"(?:\d{1,3}|[IVXLC]{1,6}|[^\W\d_]\u0640?|[一二三四五六七八九十]{1,3})"
_LATER: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("agreed-minutes", any_of(r"(?<![*_])[*_]*+agreed minutes?\b")),
    ("side-letter", any_of(r"(?<![*_])[*_]*+side letter\b")),
    (
        "implementing-arrangement",
        any_of(
            r"(?<![*_])[*_]*+implementing (?:arrangement|agreement)\b",
            r"(?<![*_])[*_]*+memorandum of (?:understanding|agreement)\b",
        ),
    ),
    ("protocol", any_of(r"(?<![*_])[*_]*+(?:(?:additional|optional|final|signature|first|second) )?protocol\b")),
    (
        "annex",
        any_of(
            r"(?<![*_])[*_]*+(?:(?:joint|unilateral|interpretative) )?"
            r"(?:declaration|statement|understanding|final act)s?\b"
        ),
    ),
)
_BEHIND_ANNEXES = any_of(  # what stands behind the annexes of a text that was signed, and is no heading in one
    r"\W*(?:agreed minutes?|side letter|protocol of signature|(?:final|additional|signature) protocol)\W*"
)
_MAY_NAME = any_of(  # what prints call instruments beside the nouns of the packs
    r"\b(?:regulations?|reglement|rules|code|resolutions?|decisions?|recommendations?|plan|programme|guidelines)\b",
    r"\b(?:principles|terms of reference|minutes|amendments?|annex|appendix|acts?|letters?|notes?)\b",
    r"\bstatements? (?!of purpose)\w+",
    r"\b(?:conditions|provisions|specimen|draft|template|cooperation|co-operation)\b",
)
_RUNNING = re.compile(r"[*_ ]*(?:[a-z(,;]|to (?:which|this)\b)")
_TO_ANOTHER = re.compile(r" (?:to|of) (?:the )?(?:Annex|Appendix|Schedule|Attachment|Protocol)\b.{0,12}")
_TO = re.compile(r"[*_ ]*(?:to|TO|of|OF) ")


@dataclass(slots=True)
class InstrumentBlocks:
    """The blocks of one instrument. `heads` are its title lines, `blocks` what stands under them."""

    role: Role
    number: str | None = None
    heads: list[Block] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)


def divide(blocks: Sequence[Block]) -> list[InstrumentBlocks]:
    """Return the instruments that `blocks` hold, in order; every block is in exactly one of them."""
    starts = notes.starts(blocks)
    foreign = _foreign_annex(closing.spoken(blocks))
    ends = closing.ends(blocks)
    texts: list[InstrumentBlocks] = []
    current = InstrumentBlocks("main")
    closed = signed = False  # whether the current text has come to its testimonium, and any
    for i, block in enumerate(blocks):
        note = starts.get(i)
        begun = _note(block, note) if note else _later(blocks, i, current, closed=closed, signed=signed)
        if begun is None and foreign and (closed or current.role in ("annex", "appendix")):
            begun = _foreign(blocks, i, foreign)
        if begun is None:
            current.blocks.append(block)
            closed = closed or i in ends
            signed = signed or closed
            continue
        if note and current.role == "main" and _is_all_title(current.blocks):
            begun.heads[:0] = current.blocks  # the title over an exchange of notes
        elif current.blocks or (current.heads and begun.heads[:1] != current.heads[:1]):
            texts.append(current)
        current, closed = begun, False
    texts.append(current)
    for text in texts:
        _take_title(text)
    return texts


def title_of(texts: Sequence[InstrumentBlocks]) -> str:
    """Return the title of the agreement: over its main text, or over the notes of an exchange."""
    text = next((text for text in texts if text.role == "main"), texts[0] if texts else InstrumentBlocks("main"))
    return " ".join(block.text for block in text.heads if not notes.is_head(block))


def _is_all_title(blocks: Sequence[Block]) -> bool:
    return title_length(blocks, main=True, headed=True) == len(blocks)


def _note(block: Block, start: notes.Start) -> InstrumentBlocks:
    return (
        InstrumentBlocks(start.role, None, [block], [])
        if start.headed
        else InstrumentBlocks(start.role, None, [], [block])
    )


def _later(
    blocks: Sequence[Block], i: int, current: InstrumentBlocks, *, closed: bool, signed: bool
) -> InstrumentBlocks | None:
    """Return the annex, protocol or minutes that begins with block `i`, if one does."""
    block = blocks[i]
    if block.kind in ("table", "footnote") or block.number or not (current.blocks or current.heads):
        return None
    heads_column = block.beside and not styled(block)  # `Schedule` over the days of payment
    found = None if heads_column else _ANNEX.match(block.text)
    may_be_later = styled(block) and (closed or (signed and _BEHIND_ANNEXES.fullmatch(block.text) is not None))
    if not (found or may_be_later) or (i and (head := head_of(blocks[i - 1])) and head.alone):
        return None  # plain words, or the heading of an article
    if found and _stands_alone(block, found["rest"], closed=closed or current.role in ("annex", "appendix")):
        if i + 1 >= len(blocks) or (_ANNEX.match(blocks[i + 1].text) and not styled(block)):
            return None  # a list of annexes
        word = found["word"].lower()
        role: Role = "appendix" if word.startswith("append") else "annex"
        above = [] if current.blocks or current.role == "main" else current.heads  # `Appendix A` over `Attachment 1`
        return InstrumentBlocks(role, found["number"], [*above, block])
    if may_be_later and len(block.text.split()) <= TITLE_LIMIT:
        for role, pattern in _LATER:
            if pattern.match(block.text):
                return InstrumentBlocks(role, None, [block])
    return None


@cache
def _foreign_annex(codes: frozenset[str]) -> re.Pattern[str] | None:
    """Return a pattern for the line that opens an annex in the languages `codes` beside English; None: they have none.

    A word with its number, or a long word alone, and nothing else: a line after the signatures may be a name.
    """
    packs = (languages()[code] for code in sorted(codes - {"en"}) if code in languages())
    words = sorted(
        {form for pack in packs for word in pack.annex for form in (word, word.upper())}, key=len, reverse=True
    )
    if not words:
        return None
    long = "|".join(re.escape(word) for word in words if len(word) >= _LONG_WORD)
    number = rf"(?: ?(?:nr\.?|no\.?|n\.?[°º]|núm\.?|№))? ?[“\"'«(]?(?P<number>{_FOREIGN_NUMBER})[”\"'»)]?[.:]?"
    alone = rf"|(?:{long})" if long else ""
    return re.compile(rf"[*_\[]*(?:(?:{'|'.join(map(re.escape, words))}){number}{alone})[*_\]]*")


def _foreign(blocks: Sequence[Block], i: int, pattern: re.Pattern[str]) -> InstrumentBlocks | None:
    """Return the annex that a line in another language than English opens after the signatures, if it does."""
    block = blocks[i]
    if block.kind in ("table", "footnote") or block.number or i + 1 >= len(blocks):
        return None
    found = pattern.fullmatch(block.text)
    if found is None or pattern.fullmatch(blocks[i + 1].text):  # a list of annexes
        return None
    return InstrumentBlocks("annex", found["number"], [block])


def _stands_alone(block: Block, rest: str, *, closed: bool) -> bool:
    words = rest.split()
    if block.kind == "heading":
        return len(words) <= TITLE_LIMIT
    if _RUNNING.match(rest) and not _TO.match(rest):
        return False
    if rest.rstrip(" *_").endswith((".", ";", ",")) or len(words) > 30:
        return False
    belongs = _TO_ANOTHER.fullmatch(rest) is not None
    return not words or styled(block) or (closed and (belongs or is_heading(rest.lstrip(" :.–—-") or "x")))


def _take_title(text: InstrumentBlocks) -> None:
    """Move the title lines from the blocks of `text` to its heads."""
    if text.role in ("offer-note", "reply-note", "correcting-note"):
        return
    if text.role == "main" and any(map(_is_title, text.blocks)):
        text.heads += filter(_is_title, text.blocks)
        text.blocks = [block for block in text.blocks if not _is_title(block)]
        return
    count = title_length(text.blocks, main=text.role == "main", headed=bool(text.heads))
    if text.role == "main" and not text.heads and _says_too_little(text.blocks[:count]):
        count = 0
    text.heads += text.blocks[:count]
    del text.blocks[:count]


def _says_too_little(lines: Sequence[Block]) -> bool:
    """Whether no word of lines that look like a title says that they name an instrument, or what a family is about.

    They are a letterhead, an organisation, the heading of what comes first.
    """
    words = " ".join(line.text for line in lines)
    if _MAY_NAME.search(words) or by_title(words) != "other":
        return False
    return not any(noun in fold(words) for noun in phrases("instruments"))


def _is_title(block: Block) -> bool:
    return block.role is not None and block.role.role is BlockRole.TITLE
