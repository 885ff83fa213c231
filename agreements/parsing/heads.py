"""Heads: the lines that open articles, sections, chapters, parts and the preamble.

A head stands alone: `Article XII provides that ...` is running text. What may follow the number
on the same line is a heading, or, after a full stop, dash or colon, the first words of the article.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import cast

from agreements.languages import HeadWords, fold, head_words, languages, phrases
from agreements.model import ProvisionKind
from agreements.parsing.nodes import automatic_number
from agreements.reading import Block

_ALONE = re.compile(r"[*_\s.:]*")
_AFTER_PREAMBLE = re.compile(r"[*_\s.:–—-]*$|[*_.:]*\s*(?=[A-Z“\"])")
_LONGEST_PHRASE = 40  # characters
_SEPARATOR = re.compile(r"\u3000|[*_\s\u00a0]*+(?:\.\s*+[-–—]{1,3}|[.:]|[-–—]{1,3})[*_\s]*+")
_MARKER = re.compile(r"\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,5})[.)]")
_SENTENCE = re.compile(
    r"\b(shall|may|will|must|is|are|was|were|has|have|means|agrees?|undertakes?|appl(?:y|ies)|enters?)\b"
)
_UNCASED = re.compile(r"[\u0590-\u06ff\u0e00-\u0eff\u10d0-\u10ff\u3040-\u9fff\uac00-\ud7af]")  # scripts of one case
_OPENING = re.compile(r"(?:for the purposes?|in this|in the present|in these|as used)\b", re.IGNORECASE)

_RUN_IN_HEADING = re.compile(r"([^.;:]{3,60}?)(\.\s*[–—-]+\s*|\s+[–—]\s+|\.\s+)(?=[A-Z0-9(“\"])")
_BRACKETS = re.compile(r"[(（](?P<within>[^()（）]{2,80})[)）]")
MAX_HEADING_WORDS = 30
_SHORT = 7  # words: a heading that ends with a full stop or runs into the body has no more


@dataclass(frozen=True, slots=True)
class Head:
    """A head found on a block.

    `number` is as printed without the word, `value` its value (None for letters and `Sole Article`), `label` the
    word where it is not the kind's own. `at` is where what follows the number begins in the block's text.
    `alone` says that nothing follows, `certain` that the line cannot be running text.
    """

    kind: ProvisionKind
    number: str | None
    value: int | None
    label: str | None
    at: int
    alone: bool
    certain: bool


def head_of(block: Block) -> Head | None:
    """Return the head that `block` opens with, or None where it is running text; it is looked for once."""
    if block.head is None:
        block.head = (_read(block),)
    found: Head | None = block.head[0]
    return found


def _read(block: Block) -> Head | None:
    if block.kind in ("table", "footnote"):
        return None
    if automatic_number(block):
        number = block.number or ""
        found = head_words(number)
        if found is None or not _ALONE.fullmatch(number, found.at):
            return None
        return _head(found, rest_at=0, alone=not block.text, certain=True)
    found = head_words(block.text)
    return _head_of_text(found, block) if found else _unnumbered(block.text)


def _head_of_text(found: HeadWords, block: Block) -> Head | None:
    rest = block.text[found.at :]
    separator = _SEPARATOR.match(rest)
    body = rest[separator.end() :] if separator else rest.lstrip("*_ \u00a0")
    if not body.strip("*_. "):
        return _head(found, rest_at=len(block.text), alone=True, certain=found.capital)
    if not found.capital or not _may_follow(body, separated=bool(separator), is_styled=styled(block)):
        return None
    certain = styled(block) or is_heading(body) or bool(separator)
    return _head(found, rest_at=len(block.text) - len(body), alone=False, certain=certain)


def _head(found: HeadWords, *, rest_at: int, alone: bool, certain: bool) -> Head:
    return Head(
        cast(ProvisionKind, found.kind), found.number, found.value, found.label, rest_at, alone=alone, certain=certain
    )


def _unnumbered(text: str) -> Head | None:
    """Return the head that is a phrase: `Sole Article`, `Preamble`, `Artículo único`."""
    if text[:1] not in _initials():
        return None
    low = fold(text[:_LONGEST_PHRASE].strip(" *_.:–—-"))
    if low in phrases("sole"):
        return Head("article", None, 1, text.strip(" *_.:"), len(text), alone=True, certain=True)
    opening = text.lstrip("*_ ")
    for phrase in phrases("preamble"):
        if low.startswith(phrase):
            end = len(text) - len(opening) + _folded_length(opening, phrase)
            after = _AFTER_PREAMBLE.match(text, end)
            if after and not opening[:1].islower():
                return Head("preamble", None, None, None, after.end(), alone=after.end() == len(text), certain=True)
    return None


@cache
def _initials() -> frozenset[str]:
    """Return the characters with which a phrase that is a head may begin, as printed."""
    words = (word for pack in languages().values() for word in (*pack.sole, *pack.preamble))
    return frozenset(c for word in words for c in (word[0], word[0].upper(), fold(word[0]).upper(), "*", "_"))


def _folded_length(text: str, folded: str) -> int:
    """Return how many characters of `text` give `folded`."""
    end = len(folded)
    while end < len(text) and fold(text[:end]) != folded and len(fold(text[:end])) < len(folded):
        end += 1
    return end


def _may_follow(body: str, *, separated: bool, is_styled: bool) -> bool:
    """Whether `body` may follow a number on the line of a head."""
    first = body[0]
    if first.islower() or first in ",;)":
        return is_styled and first in ",;"
    if separated or is_styled or _MARKER.match(body):
        return True
    return first.isupper() or first in "“\"‘'([（「『" or _UNCASED.match(first) is not None


def styled(block: Block) -> bool:
    """Return whether `block` is set apart by its look: heading, centred, bold, italic or in capitals."""
    return block.kind == "heading" or block.centred or block.bold or block.caps or block.italic


def is_heading(text: str) -> bool:
    """Return whether `text` reads as a heading and not as a sentence: short, without a verb or an end stop."""
    bare = text.strip("*_ ")
    if not bare or bare[-1] in ".;:,—–。；：、，" or len(bare) > 250 or bare[0] in "-–—•(":
        return False
    words = bare.split()
    if len(words) > MAX_HEADING_WORDS or not any(c.isalpha() for c in bare):
        return False
    if bare[0].islower() or " | " in bare or _OPENING.match(bare):  # no row of a table
        return False
    return not _SENTENCE.search(bare)


def is_bracketed(text: str) -> bool:
    """Return whether `text` is a heading in brackets, as in Italian, Japanese and Korean prints: `(Definizioni)`."""
    found = _BRACKETS.fullmatch(text.strip("*_ "))
    return found is not None and not _MARKER.match(text.lstrip("*_ ")) and is_heading(found["within"])


def split_heading(rest: str) -> tuple[str | None, int]:
    """Split what follows a head's number on its line into heading and body; return heading and where the body begins.

    A short phrase closed by a full stop or dash before a sentence (`Definitions. In this Agreement`) is a heading.
    """
    if is_bracketed(rest) or (is_heading(rest.rstrip(".")) and (rest[-1] != "." or len(rest.split()) <= _SHORT)):
        return rest, len(rest)
    found = _RUN_IN_HEADING.match(rest)
    if found and len(found.group(1).split()) <= _SHORT and is_heading(found.group(1)) and not _MARKER.match(rest):
        return rest[: found.end()].strip(), found.end()
    return None, 0
