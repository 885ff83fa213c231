"""Paragraphs and words that were cut in error or for their look, put together again.

A reference that a print breaks before its words (`in accordance with / Article 24 / of this Convention`) looks
like a head on a line of its own. A head whose word and number stand on two lines is one head. Letters that are set
apart (`A R T I C L E  I I`, as typed prints set off heads and titles) are put together where the words are known:
parted by more than one blank in the source, or a head, a word for an instrument or for the preamble that the packs
know. Else the line stays as it is printed. What was put together is told.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from agreements.findings import Finding, info
from agreements.languages import fold, head_words, phrases
from agreements.parsing.heads import head_of
from agreements.reading import Block

_UNFINISHED = re.compile(
    r"\b(?:of|to|in|with|and|or|under|by|from|the|this|that|see|per|than|for|through|until|both|either)$|[a-z],$"
)
_WORD_OF_HEAD = re.compile(r"[*_ ]*(?:Article|ARTICLE|Section|SECTION|Chapter|CHAPTER)[*_ ]*")
_NUMBER_OF_HEAD = re.compile(r"[*_ ]*[0-9IVXLCivxl|]{1,6}[.:*_ ]*")
_GOES_ON = re.compile(r"[a-z(,;.)]")

_FEWEST = 5  # letters of a line that is set so: `I I I I` may be a list of marks
_APART = re.compile(rf"[*_“\"]*+[^\W\d_](?:[ \u00a0][^\W\d_]){{{_FEWEST - 1},}}+(?!\w)")
_BETWEEN_WORDS = re.compile(r"\s{2,}|[\t\n]")
_LETTERS = re.compile(r"[^\W_](?:[ \u00a0][^\W_])++(?![^\W_])")
_BLANK = re.compile(r"[ \u00a0]")
_LONGEST = 160  # characters of a line
_SHOWN = 6  # lines that the finding gives


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


def close_set(blocks: Sequence[Block], source: str) -> tuple[list[Block], tuple[Finding, ...]]:
    """Return `blocks` with the letters of such lines put together, and a finding with the lines as they are printed."""
    out, done = list(blocks), []
    for i, block in enumerate(blocks):
        if block.kind == "table" or len(block.text) > _LONGEST or not _APART.match(block.text):
            continue
        words = _by_blanks(source[block.start : block.end]) or _by_known(block.text)
        if words and words != block.text:
            out[i] = replace(block, text=words, marks=(), struck_at=())
            done.append(f"“{block.text}” as “{words}”")
    if not done:
        return out, ()
    lines = "1 line" if len(done) == 1 else f"{len(done)} lines"
    more = "" if len(done) <= _SHOWN else f"; and {len(done) - _SHOWN} more"
    message = f"Letters that are set apart were read together in {lines}: {'; '.join(done[:_SHOWN])}{more}."
    return out, (info("letters-set-apart", "text", message),)


def _by_blanks(printed: str) -> str:
    """Return the words of a line whose words are further apart than its letters, nothing where they are not."""
    words = [word for word in _BETWEEN_WORDS.split(printed.strip()) if word]
    return " ".join(map(_together, words)) if len(words) > 1 else ""


def _together(word: str) -> str:
    return _LETTERS.sub(lambda found: _BLANK.sub("", found.group()), word)


def _by_known(text: str) -> str:
    """Return the words of a line that is a head, or one word that a title or preamble is called by; else nothing."""
    letters = text.strip('*_“”" ').split()
    run = next((i for i, letter in enumerate(letters) if len(letter) > 1), len(letters))
    word, rest = "".join(letters[:run]), letters[run:]
    if not rest and fold(word) in (*phrases("instruments"), *phrases("preamble")):
        return word
    for end in range(run, 2, -1):
        number = "".join(letters[end:run])
        head = " ".join(x for x in (word[:end], number, *rest) if x)
        if (found := head_words(head)) and found.word == word[:end] and found.at == len(head):
            return head
    return ""
