"""Text that the sides have not agreed: what each asks for, and both in brackets where they differ.

A parameter or a variant given as `{us: X, partner: Y}` is open. The draft is then rendered as either side would have
it, and the two trees become one: provisions answer each other by id, then by their words and place; where their words
differ, both stand in brackets, `[US: ...] [PARTNER: ...]`, whole sentences unless only a few words differ.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any, Literal

from agreements.drafting.crossrefs import PENDING
from agreements.drafting.declarations import FamilyTemplate
from agreements.drafting.request import DraftRequest
from agreements.language.sentences import clauses
from agreements.model import Mark, Provision

Side = Literal["us", "partner"]
SIDES: tuple[Side, Side] = ("us", "partner")
_ENDING = re.compile(r"(?:[.;,]|; and|; or)$")
_ALIKE = 0.5  # share of the words in order from which two paragraphs are about the same
_FEW = 8  # words that may differ within a sentence before the sentence is bracketed whole


def requests_of(request: DraftRequest, template: FamilyTemplate) -> dict[Side, DraftRequest]:
    """Return the request as each side would have it; one, under `us`, when nothing in it is open.

    A period knows by itself how to be open (`values.Period`) and stays as it is.
    """
    kinds = {name: declaration.type for name, declaration in template.parameters.items()}
    open_parameters = {n for n, value in request.parameters.items() if is_open(value) and kinds.get(n) != "period"}
    open_variants = {n for n, value in request.variants.items() if is_open(value)}
    if not open_parameters and not open_variants:
        return {"us": request}
    return {
        side: replace(
            request,
            parameters=_of(side, request.parameters, open_parameters),
            variants=_of(side, request.variants, open_variants),
        )
        for side in SIDES
    }


def is_open(value: Any) -> bool:
    """Whether `value` is what each side asks for: a mapping of `us` and `partner`."""
    return isinstance(value, Mapping) and set(value) == set(SIDES)


def _of(side: Side, values: Mapping[str, Any], those_open: set[str]) -> dict[str, Any]:
    return {name: value[side] if name in those_open else value for name, value in values.items()}


class Merger:
    """Makes one tree of two; `aliases` says which id stands for an id of the partner's that fell away."""

    def __init__(self) -> None:
        self.aliases: dict[str, str] = {}

    def merged(self, ours: Sequence[Provision], theirs: Sequence[Provision]) -> tuple[Provision, ...]:
        """Return the provisions of both sides as one sequence; what both have stands once, where we have it."""
        theirs = _in_our_order(ours, theirs)
        keys = [_key(p) for p in ours], [_key(p) for p in theirs]
        out: list[Provision] = []
        for tag, i, j, k, m in SequenceMatcher(None, *keys, autojunk=False).get_opcodes():
            pairs = zip(ours[i:j], theirs[k:m], strict=True) if tag == "equal" else _by_clause(ours[i:j], theirs[k:m])
            for mine, other in pairs:
                if mine and other and mine.kind == other.kind and (tag == "equal" or mine.kind != "article"):
                    out.append(self._one(mine, other))
                else:
                    out += [_bracketed(p, s) for p, s in zip((mine, other), SIDES, strict=True) if p is not None]
        return tuple(out)

    def _one(self, ours: Provision, theirs: Provision) -> Provision:
        if ours == theirs:
            return ours
        if theirs.id and ours.id and theirs.id != ours.id:
            self.aliases[theirs.id] = ours.id
        marks = tuple(self._pointed(mark) for mark in theirs.marks)
        words = _both(MarkedWords(ours.text, ours.marks), MarkedWords(theirs.text, marks))
        return ours.model_copy(
            update={
                "id": ours.id or theirs.id,
                "heading": _heading(ours.heading, theirs.heading),
                "text": words.text,
                "marks": words.marks,
                "children": self.merged(ours.children, theirs.children),
            }
        )

    def _pointed(self, mark: Mark) -> Mark:
        """Return a reference of the partner's with the place that it will have: that of ours which took it in."""
        if mark.kind != "reference" or not mark.target.startswith(PENDING):
            return mark
        names, *rest = mark.target[1:].split("|")
        ids = ",".join(self.aliases.get(each, each) for each in names.split(","))
        return mark.model_copy(update={"target": PENDING + "|".join((ids, *rest))})


def _key(provision: Provision) -> object:
    return provision.id or (provision.kind, provision.heading, _ENDING.sub("", provision.text))


def _in_our_order(ours: Sequence[Provision], theirs: Sequence[Provision]) -> list[Provision]:
    """Return what the partner has with the provisions of our ids in the order in which we have them.

    A provision that both have at two places would else stand twice under one id, and no reference would know which.
    """
    place: dict[str | None, int] = {p.id: at for at, p in enumerate(ours) if p.id}
    shared = iter(sorted((p for p in theirs if p.id in place), key=lambda p: place[p.id]))
    return [next(shared) if p.id in place else p for p in theirs]


def _by_clause(
    ours: Sequence[Provision], theirs: Sequence[Provision]
) -> Iterator[tuple[Provision | None, Provision | None]]:
    """Yield the provisions that answer each other: those of a clause to those of the same clause."""
    for clause in dict.fromkeys(p.provenance and p.provenance.clause for p in (*ours, *theirs)):
        own, others = [[p for p in side if (p.provenance and p.provenance.clause) == clause] for side in (ours, theirs)]
        yield from _by_words(own, others)


def _by_words(
    ours: Sequence[Provision], theirs: Sequence[Provision]
) -> Iterator[tuple[Provision | None, Provision | None]]:
    """Yield what answers each other by its words, in order: the most alike first, then what stands beside it.

    Where nothing is alike, as many on both sides answer each other by place; of more on one side, nobody can say
    which answers which, and each stands alone.
    """
    likeness = {(i, k): _likeness(p, q) for i, p in enumerate(ours) for k, q in enumerate(theirs)}
    most = max(likeness.items(), key=lambda item: item[1], default=None)
    if most is not None and most[1] >= _ALIKE:
        i, k = most[0]
        yield from _by_words(ours[:i], theirs[:k])
        yield ours[i], theirs[k]
        yield from _by_words(ours[i + 1 :], theirs[k + 1 :])
    elif len(ours) == len(theirs):
        yield from zip(ours, theirs, strict=True)
    else:
        yield from ((each, None) for each in ours)
        yield from ((None, each) for each in theirs)


def _likeness(one: Provision, other: Provision) -> float:
    return SequenceMatcher(None, one.text.split(), other.text.split(), autojunk=False).ratio()


def _heading(ours: str | None, theirs: str | None) -> str | None:
    if ours == theirs or not ours or not theirs:
        return ours or theirs
    return f"[US: {ours}] [PARTNER: {theirs}]"


def _bracketed(provision: Provision, side: Side) -> Provision:
    """Return a provision that only one side asks for."""
    words = _in_brackets(MarkedWords(provision.text, provision.marks), side)
    return provision.model_copy(
        update={
            "heading": f"[{side.upper()}: {provision.heading}]" if provision.heading else provision.heading,
            "text": words.text,
            "marks": words.marks,
            "children": tuple(_bracketed(child, side) for child in provision.children),
        }
    )


# ---------------------------------------------------------------------- words under marks


@dataclass(frozen=True, slots=True)
class MarkedWords:
    """A stretch of text and the marks that lie within it."""

    text: str = ""
    marks: tuple[Mark, ...] = ()

    def __add__(self, other: "MarkedWords") -> "MarkedWords":
        shift = len(self.text)
        return MarkedWords(self.text + other.text, (*self.marks, *(_moved(m, shift) for m in other.marks)))

    def reads_like(self, other: "MarkedWords") -> bool:
        """Whether both say the same; it does not matter which of them marks a defined term."""
        own, others = ([m for m in words.marks if m.kind != "term"] for words in (self, other))
        return self.text == other.text and own == others

    def cut(self, start: int, end: int) -> "MarkedWords":
        """Return the words from `start` to `end`; no mark may cross either."""
        inside = (m for m in self.marks if start <= m.start and m.end <= end)
        return MarkedWords(self.text[start:end], tuple(_moved(m, -start) for m in inside))

    def split(self, where: Callable[[str], Iterator[int]]) -> list["MarkedWords"]:
        """Return the pieces between the places that `where` finds, none of them within a mark."""
        places = [at for at in where(self.text) if not any(m.start < at < m.end for m in self.marks)]
        edges = [0, *places, len(self.text)]
        return [self.cut(a, b) for a, b in pairwise(edges) if a < b]


def _moved(mark: Mark, shift: int) -> Mark:
    return mark.model_copy(update={"start": mark.start + shift, "end": mark.end + shift})


def _sentences(text: str) -> Iterator[int]:
    return (clause.start for clause in clauses(text)[1:])


def _pieces(text: str) -> Iterator[int]:
    """Words, and the punctuation after them."""
    return (found.end() for found in re.finditer(r" |.(?=[,;.](?: |$))", text))


def _joined(pieces: Sequence[MarkedWords]) -> MarkedWords:
    return sum(pieces, MarkedWords())


def _both(ours: MarkedWords, theirs: MarkedWords) -> MarkedWords:
    """Return the words of both sides, in brackets where they differ."""
    if ours.reads_like(theirs) or (not ours.marks and _ENDING.sub("", ours.text) == _ENDING.sub("", theirs.text)):
        return ours
    before, middles, after = _apart(ours.split(_sentences), theirs.split(_sentences))
    inner_before, words, inner_after = _apart(*(_joined(middle).split(_pieces) for middle in middles))
    if all(0 < len(own) <= _FEW for own in words):
        before, middles, after = [*before, *inner_before], words, [*inner_after, *after]
    mine, others = map(_joined, middles)
    return _placed(_joined(before), mine, others, _joined(after))


def _apart(
    ours: list[MarkedWords], theirs: list[MarkedWords]
) -> tuple[list[MarkedWords], tuple[list[MarkedWords], list[MarkedWords]], list[MarkedWords]]:
    """Return what both begin with, what each has in the middle, what both end with."""
    shortest = min(len(ours), len(theirs))
    start = next((i for i in range(shortest) if not ours[i].reads_like(theirs[i])), shortest)
    end = next((i for i in range(shortest - start) if not ours[-1 - i].reads_like(theirs[-1 - i])), shortest - start)
    middles = ours[start : len(ours) - end], theirs[start : len(theirs) - end]
    return ours[:start], middles, ours[len(ours) - end :]


def _placed(before: MarkedWords, ours: MarkedWords, theirs: MarkedWords, after: MarkedWords) -> MarkedWords:
    """Put the brackets between what both have, the blanks outside them."""
    brackets = [_in_brackets(_stripped(words), side) for side, words in ((SIDES[0], ours), (SIDES[1], theirs))]
    shown = [b for b in brackets if b.text]
    middle = shown[0] if len(shown) == 1 else shown[0] + MarkedWords(" ") + shown[1]
    apart = after.text and (ours.text.endswith(" ") or theirs.text.endswith(" "))
    return before + middle + (MarkedWords(" ") + after if apart else after)


def _stripped(words: MarkedWords) -> MarkedWords:
    return words.cut(0, len(words.text.rstrip()))


def _in_brackets(words: MarkedWords, side: Side) -> MarkedWords:
    if not words.text:
        return words
    inner = _of_side(words, side)
    text = f"[{side.upper()}: {inner.text}]"
    shifted = (_moved(mark, len(side) + 3) for mark in inner.marks)
    return MarkedWords(text, (Mark(start=0, end=len(text), kind="bracket", target=side), *shifted))


def _of_side(words: MarkedWords, side: Side) -> MarkedWords:
    """Return words in which brackets stand already as `side` has them: its own without brackets, the other's gone."""
    while found := next((m for m in words.marks if m.kind == "bracket"), None):
        before, inside = words.cut(0, found.start), words.cut(found.start, found.end)
        after = words.cut(found.end, len(words.text))
        start = inside.text.index(": ") + 2
        if found.target == side:
            words = before + inside.cut(start, len(inside.text) - 1) + after
        else:
            words = _stripped(before) + after if after.text[:1] in (" ", "", ",", ".", ";") else before + after
    return words
