"""The end of a text: testimonium and signatures.

In print they follow the last article without a head of their own, so they are found by their formulas.
"""

import re
from collections.abc import Sequence

from agreements.parsing.body import fill
from agreements.parsing.formulas import opens_like
from agreements.parsing.nodes import ProvisionDraft, text_node
from agreements.parsing.phrases import contains, standing_in
from agreements.parsing.spans import cut
from agreements.reading.blocks import Block

_WITNESS = (
    r"(?:IN (?:WITNESS|FAITH|TESTIMONY) (?:WHEREOF|THEREOF)|In (?:witness|faith|testimony) (?:whereof|thereof)"
    r"|IN (?:witness|faith|testimony) (?:whereof|thereof)"
    r"|(?:DONE|Done|SIGNED|Signed) (?:at|in|AT|IN|on|ON|this|THIS|and signed)\b|The foregoing is the authentic text"
    r"|EN FOI DE QUOI|En foi de quoi|ZU URKUND|Zu Urkund|EN FE DE LO CUAL|TEN BLIJKE|Ten blijke)"
)
_AT_START = re.compile(rf"[*_“\"]*{_WITNESS}")
_WITNESS_WHOLE = ("in witness whereof", "in faith whereof", "in testimony whereof")
_WITHIN = re.compile(rf"(?<=[.;:,”\")]) ?[*_]*(?={_WITNESS})")
_SIGNED_FOR = re.compile(
    r"[*_“\"]*(?:FOR|For|POUR|Pour) (?:AND ON BEHALF OF |and on behalf of )?(?:the|THE|le|la|LE|LA|[A-Z])"
)
_SIGNATURE_WITHIN = re.compile(
    r"(?<=[^\s(])(?<![*_]) ?[*_]*+(?=(?:FOR|For) (?:the|THE) "
    r"(?:[Gg]overnment|GOVERNMENT|Kingdom|KINGDOM|Republic|REPUBLIC|United|UNITED|Federal|FEDERAL|Swiss|Grand|State|Ministry"
    r"|Department|DEPARTMENT|European|Organi[sz]ation|Secretary|Minister)[^.;]{0,120}(?:[:,*]|\(sd|\(s\)|$))"
)
_SIGNED = re.compile(r"[*_]*\(?(?:sd|s|sgd|signed|w\.g)\.?\)|/s/", re.IGNORECASE)
_NAMED = re.compile(r"\((?:sd|s|sgd|signed|w\.g)\.?\)|/s/|_{4}|\bDate\b", re.IGNORECASE)
_MAY_CLOSE = ("HEREOF", "hereof", "DONE", "Done", "SIGNED", "Signed", "The foregoing", "FOI", "foi", "rkund", "RKUND",
              "FE DE", "BLIJKE", "blijke")  # fmt: skip
_LONG = 40  # words: more than that is no signature


def divide(blocks: Sequence[Block], source: str) -> tuple[list[Block], list[ProvisionDraft]]:
    """Divide the last blocks of a text into what belongs to its body, and testimonium and signature provisions."""
    for i, block in enumerate(blocks):
        start = 0 if _opens(block.text) else None
        if start is None and (found := _within(block.text)):
            start = found.end()
        if start is None:
            continue
        body = list(blocks[:i])
        tail = block
        if start:
            first, tail = cut(block, start, source)
            body.append(first)
        return body, _closing([tail, *blocks[i + 1 :]], source)
    for i, block in enumerate(blocks):
        if i and _SIGNED_FOR.match(block.text) and _NAMED.search(" ".join(b.text for b in blocks[i : i + 4])):
            return list(blocks[:i]), _signatures([p for b in blocks[i:] for p in _pieces(b, source)], source)
    return list(blocks), []


def _closing(blocks: Sequence[Block], source: str) -> list[ProvisionDraft]:
    pieces = [piece for block in blocks for piece in _pieces(block, source)]
    at = next((i for i, p in enumerate(pieces) if i and _signs(p)), len(pieces))
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


def _pieces(block: Block, source: str) -> list[Block]:
    """Cut a closing block before `DONE at` and before each signature that runs on in it."""
    pieces: list[Block] = []
    rest = block
    while True:
        ends = [f.end() for p in (_WITHIN, _SIGNATURE_WITHIN) if (f := p.search(rest.text, 1))]
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
    signs = standing_in("\n".join(block.text for block in blocks), _MAY_CLOSE)
    return frozenset(i for i, block in enumerate(blocks) if _opens(block.text) or _within(block.text, signs))


def _opens(text: str) -> bool:
    """Return whether `text` opens with a closing formula, also a misread one."""
    return _AT_START.match(text) is not None or opens_like(text, _WITNESS_WHOLE)


def _within(text: str, signs: tuple[str, ...] = _MAY_CLOSE) -> re.Match[str] | None:
    """Search for a closing formula after the end of a sentence; a text in which none of `signs` stands has none."""
    return _WITHIN.search(text) if contains(text, signs) else None
