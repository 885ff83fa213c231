"""How a text is set for print: curly quotation marks, and blanks at which no line may end.

Texts are assembled and stored with the marks that a keyboard has. A treaty office prints curly ones, keeps the number
with its word (`Article XII`, `paragraph 4`, `No. 7`, `22 November`) and `U.S.` with its noun, so that no line begins
with what belongs to the one before. Each sign is set in the place of one other, so every place in a text stands where
it stood, and `language.typography` takes both settings for the same words.

English alone is set so: other languages have marks of their own, which stay as they are.
"""

import re
from collections.abc import Callable
from functools import lru_cache, partial
from typing import Literal

from agreements.model import Agreement, Document, Provision

Quotes = Literal["curly", "straight", "as-held"]
"""`curly` as a treaty office prints, `straight` as a keyboard has them, `as-held` as the text is stored."""

_NO_BREAK = "\u00a0"
_BLANKS = re.compile("[\u00a0\u202f]")
_OPENERS = "([{<–—/“‘„‚"
_MARK = re.compile("[\"']")
_DEGREES = re.compile(r"°\s*\d[\d.,]*\s*['′](?:\s*\d[\d.,]*\s*[\"″])?")  # minutes and seconds are no quotation marks
_STRAIGHT = str.maketrans(
    {**dict.fromkeys("“”„‟", '"'), **dict.fromkeys("‘’‚‛", "'"), **dict.fromkeys("\u00a0\u202f", " ")}
)

_COUNTED = (
    r"articles?|paragraphs?|sub-?paragraphs?|annex(?:es)?|appendix|appendices|attachments?|sections?|parts?|chapters?|"
    r"items?|points?|clauses?|schedules?|tables?|protocols?|titles?"
)
_NUMBER = r"(?:\d|\([a-z0-9]{1,5}\)|[IVXLCivxlc]+(?![\w'’])|[A-Z](?![\w'’]))"
_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
# What follows `U.S.` where it stands for the State itself, or ends its sentence.
_NO_NOUN = (
    r"and|or|of|in|to|for|on|at|by|with|from|under|shall|may|must|will|is|are|was|were|has|have|if|as|that|which|who|"
    r"The|This|These|Those|That|An?|If|In|It|Each|Any|All|No|For|Where|When|Upon|Such|Either|Both|They"
)
_TIES = re.compile(
    rf"\b(?i:{_COUNTED})(?P<a> )(?={_NUMBER})"
    rf"|\bU\.S\.(?P<b> )(?=[A-Za-z])(?!(?:{_NO_NOUN})\b)"
    rf"|\b\d{{1,2}}(?P<c> )(?={_MONTH}\b)|\b(?:{_MONTH})(?P<d> )(?=\d{{1,2}}\b)"
    r"|\b(?:Nos?\.|TIAS|USD|EUR|Mr\.|Mrs\.|Ms\.|Dr\.)(?P<e> )(?=[\dA-Z])|[$€§](?P<f> )(?=\d)"
)


def typeset(agreement: Agreement, quotes: Quotes) -> Agreement:
    """Return `agreement` with its titles, names and words set as `quotes` says; no place in any text moves."""
    if quotes == "as-held":
        return agreement
    parties = tuple(party.model_copy(update={"name": set_text(party.name, quotes)}) for party in agreement.parties)
    documents = tuple(typeset_document(document, quotes) for document in agreement.documents)
    title = set_text(agreement.title, quotes)
    return agreement.model_copy(update={"title": title, "parties": parties, "documents": documents})


def typeset_document(document: Document, quotes: Quotes) -> Document:
    """Return `document` with its title and words set as `quotes` says, where it is in English."""
    if quotes == "as-held" or document.language != "en":
        return document
    return _each_line(document, partial(set_text, quotes=quotes))


def with_plain_blanks(agreement: Agreement) -> Agreement:
    """Return `agreement` with blanks alone between its words, for patterns that know no other; no place moves."""
    if not any(_NO_BREAK in f"{p.heading}{p.text}" for document in agreement.documents for p in document.walk()):
        return agreement
    documents = (_each_line(document, partial(_BLANKS.sub, " ")) for document in agreement.documents)
    return agreement.model_copy(update={"documents": tuple(documents)})


def _each_line(document: Document, change: Callable[[str], str]) -> Document:
    """Return `document` with `change` made to each of its lines; it moves no place in them."""

    def changed(provision: Provision) -> Provision:
        heading = None if provision.heading is None else change(provision.heading)
        children = tuple(map(changed, provision.children))
        return provision.model_copy(update={"heading": heading, "text": change(provision.text), "children": children})

    title = None if document.title is None else change(document.title)
    return document.model_copy(update={"title": title, "provisions": tuple(map(changed, document.provisions))})


@lru_cache(maxsize=1 << 12)
def set_text(text: str, quotes: Quotes) -> str:
    """Return the English `text` set as `quotes` says, each of its characters in its place."""
    if quotes == "as-held":
        return text
    if quotes == "straight":
        return text.translate(_STRAIGHT)
    signs = list(text)
    for found in _TIES.finditer(text):
        signs[found.start(str(found.lastgroup))] = _NO_BREAK
    measured = {at for found in _DEGREES.finditer(text) for at in range(*found.span())}
    for found in _MARK.finditer(text):
        if found.start() not in measured:
            signs[found.start()] = _curly(signs, found.start())
    return "".join(signs)


def is_set(text: str) -> bool:
    """Whether `text` has marks or blanks that a keyboard has not."""
    return text.translate(_STRAIGHT) != text


def _curly(signs: list[str], at: int) -> str:
    """Return the curly mark for the straight one at `at`; those before it are set already."""
    before = signs[at - 1] if at else " "
    after = signs[at + 1] if at + 1 < len(signs) else " "
    opens = (before.isspace() or before in _OPENERS) and not after.isspace()
    if signs[at] == '"':
        return "“" if opens else "”"
    return "‘" if opens and _is_closed(signs, at) else "’"


def _is_closed(signs: list[str], at: int) -> bool:
    """Whether a single mark after `at` can close what one at `at` would open; `'90s` opens nothing."""
    closing = (i for i in range(at + 2, len(signs)) if signs[i] == "'" and not signs[i - 1].isspace())
    return any(not (signs[i + 1 : i + 2] or [" "])[0].isalnum() for i in closing)
