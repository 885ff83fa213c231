"""Refusal of classified text: banners at the edges of pages and portion marks in use.

A table that sets the markings of two States side by side, a definition, a struck banner and the word
`confidential` in a sentence are no markings in use. The error never quotes the text.
"""

import re
from collections.abc import Sequence

from agreements.errors import ClassifiedError
from agreements.reading.blocks import Block, Reading

_LEVEL = r"(?:TOP SECRET|SECRET|CONFIDENTIAL|RESTRICTED)"
_OWNER = r"(?:COSMIC|NATO|FOCAL|UK|US|U\.S\.|EU|UE|EUROPEAN UNION|UN|NATO/ISAF|ISAF)"
_BANNER = re.compile(
    rf"[\W_]*(?:{_OWNER}[ -]+)?{_LEVEL}(?:[ ]*[-/][ ]*(?:{_OWNER}[ -]+)?{_LEVEL})?"
    r"(?:[ ]*//?[ ]*[A-Z][A-Z0-9 ,/&-]*|[ ]+(?:NOFORN|ATOMAL|ORCON|REL(?:EASABLE)? TO [A-Z, ]+))*"
    r"(?:[\s-]*(?:PAGE )?\d{1,4}(?: OF \d{1,4})?)?[\W_]*"
)
_SPACED = re.compile(r"[\W_]*(?:T O P\s+)?(?:S E C R E T|C O N F I D E N T I A L|R E S T R I C T E D)[\W_]*")
_DECLASSIFIED = re.compile(r"\bdeclassified\b|\bdowngraded to unclassified\b", re.IGNORECASE)
_STRUCK = re.compile(r"[\u0335\u0336]|~~")  # characters that strike the one before; Markdown's strike-through
_NUMBER = r"(?:[“\"]?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,4})[.)]\s*|\(\d{1,3}\)\s*)?"
_CAVEAT = r"(?://?\s?[A-Z][A-Z0-9 ,/-]{1,40})"
_PORTION_SURE = re.compile(rf"\s*{_NUMBER}\((?:TS|S{_CAVEAT}|C{_CAVEAT}|TS{_CAVEAT}|NS|NC|CTS|NR)\)\s*(?=\w|[“\"])")
_PORTION = re.compile(rf"\s*{_NUMBER}\((?P<level>S|C|U|TS|CUI|SBU)\)\s*(?=[A-Z“\"])")
_LETTER = re.compile(r"\s*\((?P<letter>[A-Z])\)")
_WITHIN = 20  # characters within which a portion mark opens, after a number
_LONGEST_BANNER = 120  # characters
_ENOUGH = 2  # portion marks that could be letters of a list must come in more than one kind, or again and again
_ADVICE = (
    "This system is for unclassified text only. Do not open or copy the file further here; call your security officer."
)


def refuse_classified(reading: Reading, blocks: Sequence[Block]) -> None:
    """Raise `ClassifiedError` where `reading` bears classification markings in use; its message quotes nothing."""
    kind = "a classification banner" if _has_banner(reading, blocks) else ""
    if not kind and _has_portion_marks(blocks):
        kind = "classification marks on its paragraphs"
    if kind:
        raise ClassifiedError(f"{reading.name} bears {kind} and was refused; nothing of it was kept.", hint=_ADVICE)


def _has_banner(reading: Reading, blocks: Sequence[Block]) -> bool:
    """Whether a banner stands alone on a line at the edge of a page, or on the first or last line of the text."""
    blocks = [block for block in blocks if not block.struck]
    ends = [block.text for block in (*blocks[:2], *blocks[-2:]) if block.kind != "table"]
    edges = [*reading.page_edges, *ends]
    if any("classified" in edge.lower() and _DECLASSIFIED.search(edge) for edge in edges):
        return False
    lines = [block.text for block in blocks if block.kind != "table" and "//" in block.text[:60]]
    return any(_is_banner(edge) for edge in edges) or any(_is_banner(line) for line in lines)


def _is_banner(line: str) -> bool:
    if len(line) > _LONGEST_BANNER or _STRUCK.search(line):
        return False
    return _BANNER.fullmatch(line) is not None or _SPACED.fullmatch(line) is not None


def _has_portion_marks(blocks: Sequence[Block]) -> bool:
    """Whether paragraphs open with portion marks: `(S//NF)`, or `(S)`, `(C)`, `(U)` that are no letters of a list."""
    levels: list[str] = []
    previous = ""
    for block in blocks:
        if "(" not in block.text[:_WITHIN] or block.struck or block.kind in ("table", "footnote"):
            continue
        if _PORTION_SURE.match(block.text):
            return True
        letter = _LETTER.match(block.text)
        found = _PORTION.match(block.text)
        if found and not (letter and previous and ord(letter["letter"]) == ord(previous) + 1):
            levels.append(found["level"])
        previous = letter["letter"] if letter else previous
    secret = [level for level in levels if level in ("S", "C", "TS")]
    return bool(secret) and (len(secret) >= _ENOUGH or len(set(levels)) > 1)
