"""Heads: the lines that open articles, sections, chapters, parts and the preamble.

A head stands alone: `Article XII provides that ...` is running text. What may follow the number
on the same line is a heading, or, after a full stop, dash or colon, the first words of the article.
"""

import re
from dataclasses import dataclass

from agreements.model import ProvisionKind
from agreements.parsing import numerals
from agreements.parsing.nodes import automatic_number
from agreements.reading.blocks import Block

_KINDS: dict[str, ProvisionKind] = {
    **dict.fromkeys(("part", "title", "book", "partie", "parte", "teil", "deel", "titre", "titel"), "part"),
    **dict.fromkeys(("chapter", "chapitre", "kapitel", "capitulo", "capítulo", "capitolo", "hoofdstuk"), "chapter"),
    **dict.fromkeys(("section", "sec", "seccion", "sección", "abschnitt", "afdeling", "seção"), "section"),
    **dict.fromkeys(
        ("article", "art", "artikel", "articulo", "artículo", "artigo", "articolo", "articolul", "artykuł", "madde",
         "статья", "стаття", "член", "άρθρο", "المادة", "مادة", "regulation", "rule"), "article"
    ),
}  # fmt: skip
_INITIALS = frozenset(c for w in (*_KINDS, "sole", "final", "only", "preamble") for c in (w[0], w[0].upper()))
_SUFFIX = r"(?:[ \u00a0]?(?:bis|ter|quater|quinquies|sexies|septies)\b|er\b|[º°ª]|[A-Za-z](?![\w]))?"
_SPELLED = rf"(?:{numerals.SPELLED})"
_NUMBER = rf"(?:\d{{1,3}}(?:[./-]\d{{1,3}})*|[IVXLCDM]{{1,7}}(?:\.\d{{1,3}})*|{_SPELLED}(?:[-\s]{_SPELLED})?|[A-Z])"
_HEAD = re.compile(
    rf"[*_\s]*(?P<word>{'|'.join(sorted(_KINDS, key=len, reverse=True))})\b(?P<stop>\.?)[*_\s\u00a0]*"
    rf"(?P<number>[(\[]?(?P<value>{_NUMBER}){_SUFFIX}[)\]]?)(?!\w)(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_SOLE = re.compile(r"[*_\s]*(sole|single|final|only) (article)[*_\s.:]*", re.IGNORECASE)
_PREAMBLE = re.compile(
    r"[*_\s]*(preamble|pr[eé]ambule|präambel|pre[aá]mbulo)(?:[*_\s.:–—-]*$|[*_.:]*\s*(?=[A-Z“\"]))", re.IGNORECASE
)
_SEPARATOR = re.compile(r"[*_\s\u00a0]*(?:[.:\-–—]|\.\s*[–—-])[*_\s]*")
_MARKER = re.compile(r"\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,5})[.)]")
_SENTENCE = re.compile(
    r"\b(shall|may|will|must|is|are|was|were|has|have|means|agrees?|undertakes?|appl(?:y|ies)|enters?)\b"
)
_OPENING = re.compile(r"(?:for the purposes?|in this|in the present|in these|as used)\b", re.IGNORECASE)

_RUN_IN_HEADING = re.compile(r"([^.;:]{3,60}?)(\.\s*[–—-]+\s*|\s+[–—]\s+|\.\s+)(?=[A-Z0-9(“\"])")
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
    """Return the head that `block` opens with, or None where it is running text."""
    if block.kind in ("table", "footnote"):
        return None
    if automatic_number(block):
        found = _HEAD.fullmatch(block.number or "")
        return _head(found, rest_at=0, alone=not block.text, certain=True) if found else None
    if not _may_open(block.text):
        return None
    found = _HEAD.match(block.text)
    return _head_of_text(found, block) if found else _unnumbered(block.text)


def _may_open(text: str) -> bool:
    """Whether a head may begin as `text` does; most text is ruled out by its first character."""
    first = text[:1]
    return not (first.isascii() and first.isalnum()) or first in _INITIALS


def _head_of_text(found: re.Match[str], block: Block) -> Head | None:
    rest, capital = found["rest"], found["word"][0].isupper()
    separator = _SEPARATOR.match(rest)
    body = rest[separator.end() :] if separator else rest.lstrip("*_ \u00a0")
    if not body.strip("*_. "):
        return _head(found, rest_at=len(block.text), alone=True, certain=capital)
    if not capital or not _may_follow(body, separated=bool(separator), is_styled=styled(block)):
        return None
    certain = styled(block) or is_heading(body) or bool(separator)
    return _head(found, rest_at=len(block.text) - len(body), alone=False, certain=certain)


def _head(found: re.Match[str], *, rest_at: int, alone: bool, certain: bool) -> Head:
    word = found["word"]
    kind = _KINDS[word.lower()]
    label = None if word.lower() == kind else word + found["stop"]
    return Head(kind, found["number"].strip(), numerals.number(found["value"]), label, rest_at, alone, certain)


def _unnumbered(text: str) -> Head | None:
    if found := _SOLE.fullmatch(text):
        return Head("article", None, 1, text.strip(" *_.:"), len(text), alone=True, certain=True)
    if (found := _PREAMBLE.match(text)) and found.group(1)[0].isupper():
        return Head("preamble", None, None, None, found.end(), found.end() == len(text), certain=True)
    return None


def _may_follow(body: str, *, separated: bool, is_styled: bool) -> bool:
    """Whether `body` may follow a number on the line of a head."""
    first = body[0]
    if first.islower() or first in ",;)":
        return is_styled and first in ",;"
    if separated or is_styled or _MARKER.match(body):
        return True
    return first.isupper() or first in "“\"‘'(["


def styled(block: Block) -> bool:
    """Return whether `block` is set apart by its look: heading, centred, bold, italic or in capitals."""
    return block.kind == "heading" or block.centred or block.bold or block.caps or block.italic


def is_heading(text: str) -> bool:
    """Return whether `text` reads as a heading and not as a sentence: short, without a verb or an end stop."""
    bare = text.strip("*_ ")
    if not bare or bare[-1] in ".;:,—–" or len(bare) > 250 or bare[0] in "-–—•(":
        return False
    words = bare.split()
    if len(words) > MAX_HEADING_WORDS or not any(c.isalpha() for c in bare):
        return False
    if bare[0].islower() or _OPENING.match(bare):
        return False
    return not _SENTENCE.search(bare)


def split_heading(rest: str) -> tuple[str | None, int]:
    """Split what follows a head's number on its line into heading and body; return heading and where the body begins.

    A short phrase closed by a full stop or dash before a sentence (`Definitions. In this Agreement`) is a heading.
    """
    if is_heading(rest.rstrip(".")) and (rest[-1] != "." or len(rest.split()) <= _SHORT):
        return rest, len(rest)
    found = _RUN_IN_HEADING.match(rest)
    if found and len(found.group(1).split()) <= _SHORT and is_heading(found.group(1)) and not _MARKER.match(rest):
        return rest[: found.end()].strip(), found.end()
    return None, 0
