"""The end of a text: testimonium and signatures.

In print they follow the last article without a head of their own, so they are found by their formulas.
"""

import re
from collections.abc import Sequence
from functools import cache

from agreements.languages import calendar, folded, languages
from agreements.parsing.body import fill
from agreements.parsing.formulas import opens_like
from agreements.parsing.markers import number_marker
from agreements.parsing.nodes import ProvisionDraft, text_node
from agreements.parsing.phrases import contains
from agreements.parsing.spans import cut
from agreements.reading.blocks import Block

_SIGNED_FOR = re.compile(
    r"[*_“\"]*(?:FOR|For|POUR|Pour) (?:AND ON BEHALF OF |and on behalf of )?(?:the|THE|le|la|LE|LA|[A-Z])"
)
_SIGNATURE_WITHIN = re.compile(
    r"(?<=[^\s(])(?<![*_]) ?[*_]*+(?=(?:FOR|For) (?:the|THE) "
    r"(?:[Gg]overnment|GOVERNMENT|Kingdom|KINGDOM|Republic|REPUBLIC|United|UNITED|Federal|FEDERAL|Swiss|Grand|State|Ministry"
    r"|Department|DEPARTMENT|European|Organi[sz]ation|Secretary|Minister)[^.;]{0,120}(?:[:,*]|\(sd|\(s\)|$))"
)
_SIDES = re.compile(r"(?<![^\s:*_])(?:FOR|For|POUR|Pour) (?:the|THE|le|la|LE|LA) ")
_SIGNED = re.compile(r"[*_]*\(?(?:sd|s|sgd|signed|w\.g)\.?\)|/s/", re.IGNORECASE)
_NAMED = re.compile(r"\((?:sd|s|sgd|signed|w\.g)\.?\)|/s/|_{4}|\bDate\b", re.IGNORECASE)
_WITNESS_WHOLE = ("in witness whereof", "in faith whereof", "in testimony whereof")
_EDGE = (".", ";", ":", ",", "”", '"', ")", "。", "؛", "،")
_DECORATION = '*_“" '
_VERB_LAST = 30  # characters from the end within which a formula stands that ends its sentence
_DATE_LINE = 60  # characters
_LONG = 40  # words: more than that is no signature


def divide(blocks: Sequence[Block], source: str) -> tuple[list[Block], list[ProvisionDraft]]:
    """Divide the last blocks of a text into what belongs to its body, and testimonium and signature provisions."""
    codes = spoken(blocks)
    for i, block in enumerate(blocks):
        start = 0 if _opens(block.text, codes) else _within(block.text, codes)
        if start is None:
            continue
        if (
            i
            and not start
            and _is_place_and_day(blocks[i - 1])
            and not calendar.find(block.text, block.language or "en")
        ):
            return list(blocks[: i - 1]), _closing(blocks[i - 1 :], source, codes)
        body = list(blocks[:i])
        tail = block
        if start:
            first, tail = cut(block, start, source)
            body.append(first)
        return body, _closing([tail, *blocks[i + 1 :]], source, codes)
    for i, block in enumerate(blocks):
        if i and _SIGNED_FOR.match(block.text) and _signed_from(blocks, i):
            return list(blocks[:i]), _signatures([p for b in blocks[i:] for p in _pieces(b, source, codes)], source)
    return list(blocks), []


def _is_place_and_day(block: Block) -> bool:
    """Whether a line is no more than where and when: `Lorn, this 3rd day of May 2001`, above `Done in duplicate`."""
    text = block.text.rstrip(" .")
    found = calendar.find(text, block.language or "en") if len(text) <= _DATE_LINE and not block.number else []
    return len(found) == 1 and found[0].end == len(text) and "," in text[: found[0].start] and text[0].isupper()


def _signed_from(blocks: Sequence[Block], start: int) -> bool:
    """Whether signatures stand from `start` on: with a name or a line for it, or for two parties, at the end."""
    lines = blocks[start : start + 4]
    if _NAMED.search(" ".join(block.text for block in lines)):
        return True
    if len(_SIDES.findall(lines[0].text)) > 1 and lines[0].text.rstrip("*_ ").endswith(":"):
        return True
    sides = [block for block in lines if _SIGNED_FOR.match(block.text) and block.text.rstrip("*_ ").endswith(":")]
    return len(sides) > 1 and not any(
        len(block.text.split()) > _LONG or number_marker(block) for block in blocks[start:]
    )


def _closing(blocks: Sequence[Block], source: str, codes: frozenset[str]) -> list[ProvisionDraft]:
    pieces = [piece for block in blocks for piece in _pieces(block, source, codes)]
    at = next((i for i, p in enumerate(pieces) if i and _signs(p) and not _opens(p.text, codes)), len(pieces))
    return [_holding("testimonium", pieces[:at]), *_signatures(pieces[at:], source)]


def _signatures(signatures: list[Block], source: str) -> list[ProvisionDraft]:
    """Return the provision of the signatures, and what stands after them: texts and lists that no head opens."""
    end = next((i for i, p in enumerate(signatures) if len(p.text.split()) > _LONG), len(signatures))
    signed = [_holding("signature", signatures[:end])] if end else []
    after = ProvisionDraft("text")
    fill(after, signatures[end:], source, own_text=False)
    return signed + after.children


def _signs(block: Block) -> bool:
    return bool(_SIGNED_FOR.match(block.text) or _SIGNED.match(block.text)) or len(block.text.split()) <= 8


def _pieces(block: Block, source: str, codes: frozenset[str]) -> list[Block]:
    """Cut a closing block before `DONE at` and before each signature that runs on in it."""
    pieces: list[Block] = []
    rest = block
    while True:
        signature = _SIGNATURE_WITHIN.search(rest.text, 1)
        ends = [at for at in (_within(rest.text, codes), signature.end() if signature else None) if at]
        if not ends:
            return [*pieces, rest]
        first, rest = cut(rest, min(ends), source)
        pieces.append(first)


def _holding(kind: str, blocks: Sequence[Block]) -> ProvisionDraft:
    node = ProvisionDraft(
        "testimonium" if kind == "testimonium" else "signature", start=blocks[0].start, end=blocks[0].start
    )
    node.children = [text_node(block) for block in blocks]
    return node


def ends(blocks: Sequence[Block]) -> frozenset[int]:
    """Return the indexes of the blocks in which a testimonium stands."""
    codes = spoken(blocks)
    return frozenset(
        i for i, block in enumerate(blocks) if _opens(block.text, codes) or _within(block.text, codes) is not None
    )


def spoken(blocks: Sequence[Block]) -> frozenset[str]:
    """Return the languages that the closing of `blocks` may be in: those of the blocks, and English."""
    return frozenset({"en", *(block.language for block in blocks if block.language)})


def _opens(text: str, codes: frozenset[str]) -> bool:
    """Return whether `text` opens with a closing formula, also a misread one, or ends with one that comes last."""
    bare = text.lstrip(_DECORATION)
    if not bare or bare[0].islower():
        return False
    opening, ending, longest = _formulas(codes)
    may_open = bare[0].lower() in _initials(codes) or not bare[0].isascii()
    if may_open and opening.match(folded(bare[:longest]).text) is not None:
        return True
    end = folded(bare[-_VERB_LAST:]).text if ending else ""
    if ending and contains(end, ending) and any(calendar.find(bare, code) for code in codes):
        return True
    return opens_like(text, _WITNESS_WHOLE)


def _within(text: str, codes: frozenset[str]) -> int | None:
    """Return where a closing formula stands in `text` after the end of a sentence, with a capital letter; else None."""
    if codes == _ENGLISH and not contains(text.lower(), _phrases(codes)):
        return None
    opening = _formulas(codes)[0]
    words = folded(text)
    for found in opening.finditer(words.text, 1):
        at = words.start(found.start())
        before = text[:at].rstrip("*_").removesuffix(" ").rstrip("*_")
        if before.endswith(_EDGE) and not text[at].islower():
            return at
    return None


_ENGLISH = frozenset({"en"})


@cache
def _formulas(codes: frozenset[str]) -> tuple[re.Pattern[str], tuple[str, ...], int]:
    """Return a pattern for the formulas that open a closing, those that end its sentence, and the longest length."""
    opening = sorted(_phrases(codes), key=len, reverse=True)
    ending = tuple(p.removeprefix("…") for p in _said(codes) if p.startswith("…"))
    return re.compile(rf"(?:{'|'.join(map(re.escape, opening))})(?!\w)"), ending, 2 * max(map(len, opening))


@cache
def _initials(codes: frozenset[str]) -> frozenset[str]:
    return frozenset(phrase[0] for phrase in _phrases(codes))


@cache
def _phrases(codes: frozenset[str]) -> tuple[str, ...]:
    return tuple(phrase for phrase in _said(codes) if not phrase.startswith("…"))


def _said(codes: frozenset[str]) -> tuple[str, ...]:
    packs = (languages()[code] for code in sorted(codes) if code in languages())
    return tuple(dict.fromkeys(folded(phrase).text for pack in packs for phrase in (*pack.witness, *pack.done)))
