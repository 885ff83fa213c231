"""New text as an amending instrument quotes it, line by line, made a provision again.

By custom every line of a quotation of several paragraphs opens with a quotation mark and the last one closes it;
numbers, and the head of an article, stand within the quotation.
"""

import re
from collections.abc import Iterator, Sequence

from agreements.model import Provision, ProvisionKind

_OPENING, _CLOSING = ("“", '"', "«"), ("”", '"', "»")
_NUMBERED = re.compile(r"(?P<number>\d{1,3}\.|\(\d{1,3}\)|\([a-z]{1,4}\)|[a-z]\.) (?P<words>.+)")
_ROMAN = re.compile(r"\([ivx]+\)")
_KINDS: tuple[ProvisionKind, ...] = ("paragraph", "subparagraph", "item")


def is_quotation(lines: Sequence[str]) -> bool:
    """Whether each of `lines` opens with a quotation mark, and the last one closes it."""
    return bool(lines) and all(line[:1] in _OPENING for line in lines) and lines[-1].rstrip(".;")[-1:] in _CLOSING


def restored(lines: Sequence[str], target: Provision) -> Provision:
    """Return what the quotation `lines` puts in the place of `target`: its number, and its heading if it keeps it."""
    plain = [line[1:].lstrip() for line in lines]
    plain[-1] = plain[-1].rstrip().removesuffix(".").removesuffix(";")[:-1].rstrip() if plain else ""
    heading = target.heading
    if target.number and re.fullmatch(rf"{target.kind} {re.escape(target.number)}\W*", plain[0], re.IGNORECASE):
        del plain[0]
        if len(plain) > 1 and not _NUMBERED.fullmatch(plain[0]) and plain[0][-1:] not in ".;:,":
            heading = plain.pop(0)
    own = ""
    if plain and target.number and target.kind in _KINDS and plain[0].startswith(f"{target.number} "):
        own = plain.pop(0)[len(target.number) :].lstrip()
    elif plain and not _NUMBERED.fullmatch(plain[0]):
        own = plain.pop(0)
    depth = _KINDS.index(target.kind) + 1 if target.kind in _KINDS else 0
    update = {"heading": heading, "text": own, "marks": (), "children": _children(plain, depth)}
    return Provision.model_validate(target.model_dump(include={"kind", "number", "label"})).model_copy(update=update)


def _children(lines: Sequence[str], depth: int) -> tuple[Provision, ...]:
    """Return `lines` as provisions; those that stand deeper are taken in by the one before."""
    out: list[Provision] = []
    for provision, below in _grouped(lines, depth):
        out.append(provision.model_copy(update={"children": _children(below, depth + 1)}))
    return tuple(out)


def _grouped(lines: Sequence[str], depth: int) -> Iterator[tuple[Provision, list[str]]]:
    """Yield each provision of the first level that occurs, with the lines that stand under it."""
    levels = [_level(line) for line in lines]
    top = min((level for level in levels if level >= 0), default=-1)
    at = 0
    while at < len(lines):
        end = at + 1
        while levels[at] == top and end < len(lines) and levels[end] > top:
            end += 1
        found = _NUMBERED.fullmatch(lines[at])
        kind = _KINDS[min(depth, 2)] if found else "text"
        own = Provision(kind=kind, number=found["number"], text=found["words"]) if found else _text(lines[at])
        yield own, list(lines[at + 1 : end])
        at = end


def _text(line: str) -> Provision:
    return Provision(kind="text", text=line)


def _level(line: str) -> int:
    """Return how deep the number of `line` stands: 0 for `1.`, 1 for `(a)`, 2 for `(i)`; -1 where there is none."""
    found = _NUMBERED.fullmatch(line)
    if not found:
        return -1
    number = found["number"]
    return 0 if number[:1].isdigit() else 2 if _ROMAN.fullmatch(number) else 1
