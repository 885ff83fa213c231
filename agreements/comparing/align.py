"""Two texts side by side, provision by provision, with the words that differ."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from agreements.comparing.matching import MOVE_LIKENESS, MOVE_WORDS, match
from agreements.comparing.nodes import ComparedText, ComparedUnit, texts
from agreements.comparing.tokens import words
from agreements.comparing.words import DiffSegment, differences, likeness
from agreements.model import Agreement, Document
from agreements.reference import Place

_ALIKE = 0.3  # annexes under other numbers are one from this likeness on

ChangeKind = Literal["same", "renumbered", "changed", "moved", "moved-changed", "added", "removed"]
"""What became of a provision. `renumbered`: the same words at the same place under another number."""


@dataclass(frozen=True, slots=True)
class AlignedProvision:
    """A provision as one of the two texts has it: its path, and its own number, heading and text."""

    path: str
    kind: str
    number: str
    heading: str
    text: str


@dataclass(frozen=True)
class Pair:
    """A provision of the first text and the one of the second that answers it; either may be missing."""

    a: AlignedProvision | None
    b: AlignedProvision | None
    moved: bool = False

    @cached_property
    def heading(self) -> tuple[DiffSegment, ...]:
        """The differences of the headings."""
        return differences(self.a.heading if self.a else "", self.b.heading if self.b else "")

    @cached_property
    def text(self) -> tuple[DiffSegment, ...]:
        """The differences of the provisions' own words."""
        return differences(self.a.text if self.a else "", self.b.text if self.b else "")

    @property
    def change(self) -> ChangeKind:
        """What became of the provision."""
        if self.a is None:
            return "added"
        if self.b is None:
            return "removed"
        same = (self.a.heading, self.a.text) == (self.b.heading, self.b.text)
        if self.moved:
            return "moved" if same else "moved-changed"
        if not same:
            return "changed"
        return "same" if self.a.number == self.b.number else "renumbered"

    @property
    def words_deleted(self) -> int:
        """How many words of the first text are not in the second."""
        return sum(p.words for p in (*self.heading, *self.text) if p.kind == "deleted")

    @property
    def words_inserted(self) -> int:
        """How many words of the second text are not in the first."""
        return sum(p.words for p in (*self.heading, *self.text) if p.kind == "inserted")

    @cached_property
    def similarity(self) -> float:
        """How much the two have in common, from 0 (one is missing) to 1 (the same words)."""
        if self.a is None or self.b is None:
            return 0.0
        if self.change in ("same", "renumbered", "moved"):
            return 1.0
        left = (*words(self.a.heading), *words(self.a.text))
        return likeness(left, (*words(self.b.heading), *words(self.b.text)))


@dataclass(slots=True)
class _Row:
    """A pair of nodes, before the own words of an article are put back under its head."""

    a: ComparedUnit | None
    b: ComparedUnit | None
    moved: bool = False


def align(a: Agreement | Document | Place, b: Agreement | Document | Place) -> tuple[Pair, ...]:
    """Return every provision of `a` and `b`, paired where one answers the other, in the reading order of `b`.

    Provisions answer each other by their id (drafted ones keep it), then by the same words, number and heading, then
    by likeness. What only `a` has stands where it would be read; a provision found elsewhere has `moved`. Two single
    provisions (`Place`) always answer each other.
    """
    left, right = texts(a), texts(b)
    rows: list[_Row] = []
    for first, second in _documents(left, right):
        if isinstance(a, Place) and isinstance(b, Place) and first and second:
            rows += _paired(first.nodes[0], second.nodes[0])
        else:
            rows += _aligned(first.nodes if first else (), second.nodes if second else ())
    return tuple(_folded(_with_moves(rows)))


def _documents(
    left: Sequence[ComparedText], right: Sequence[ComparedText]
) -> list[tuple[ComparedText | None, ComparedText | None]]:
    """Return which document answers which, in the order of the second side."""
    partner: dict[int, int] = {}
    for answers in (_same_number, _same_title, _alike, _first):
        for j, text in enumerate(right):
            free = (i for i in range(len(left)) if i not in partner.values() and answers(left[i], text))
            if j not in partner and (i := next(free, None)) is not None:
                partner[j] = i
    rows: list[tuple[ComparedText | None, ComparedText | None]] = []
    shown = 0
    for j, text in enumerate(right):
        at = partner.get(j)
        if at is not None:
            rows += [(left[i], None) for i in range(shown, at) if i not in partner.values()]
            shown = max(shown, at + 1)
        rows.append((left[at] if at is not None else None, text))
    return rows + [(left[i], None) for i in range(shown, len(left)) if i not in partner.values()]


def _same_number(a: ComparedText, b: ComparedText) -> bool:
    one, other = a.document, b.document
    return (one.role, one.number, one.language) == (other.role, other.number, other.language)


def _same_title(a: ComparedText, b: ComparedText) -> bool:
    one, other = a.document, b.document
    title = (one.title or "").casefold()
    return bool(title) and (one.role, title, one.language) == (
        other.role,
        (other.title or "").casefold(),
        other.language,
    )


def _alike(a: ComparedText, b: ComparedText) -> bool:
    one, other = a.document, b.document
    return (one.role, one.language) == (other.role, other.language) and likeness(a.words, b.words) >= _ALIKE


def _first(a: ComparedText, b: ComparedText) -> bool:
    """Whether both come first: an agreement is compared with an exchange of notes by what each opens with."""
    return a.is_first and b.is_first and a.document.language == b.document.language


def _paired(a: ComparedUnit, b: ComparedUnit, *, moved: bool = False) -> list[_Row]:
    return [_Row(a, b, moved), *_aligned(a.children, b.children)]


def _aligned(a: Sequence[ComparedUnit], b: Sequence[ComparedUnit]) -> list[_Row]:
    """Return the rows of two sequences of provisions and of all under them."""
    found = match([node.item() for node in a], [node.item() for node in b])
    in_order = {j: i for i, j in found.in_order}
    moved = {j: i for i, j in found.moved}
    if a and b and a[0].own and b[0].own and 0 not in {*in_order, *in_order.values(), *moved, *moved.values()}:
        in_order[0] = 0  # the words of one article, however they were rewritten
    gone = set(moved.values())
    rows: list[_Row] = []
    at = 0
    for j, node in enumerate(b):
        if j in in_order:
            rows += _removed(a[i] for i in range(at, in_order[j]) if i not in gone)
            at = in_order[j] + 1
            rows += _paired(a[in_order[j]], node)
        elif j in moved:
            rows += _paired(a[moved[j]], node, moved=True)
        else:
            rows += [_Row(None, each) for each in node.walk()]
    return rows + _removed(a[i] for i in range(at, len(a)) if i not in gone)


def _removed(nodes: Iterable[ComparedUnit]) -> list[_Row]:
    return [_Row(each, None) for node in nodes for each in node.walk()]


def _with_moves(rows: list[_Row]) -> list[_Row]:
    """Return `rows`, with what left one article and turned up in another in one row, where it is now."""
    rows = _with_known(rows)
    gone = [(row, row.a) for row in rows if row.b is None and row.a and len(row.a.own_words) >= MOVE_WORDS]
    come = [(row, row.b) for row in rows if row.a is None and row.b and len(row.b.own_words) >= MOVE_WORDS]
    if not gone or not come:
        return rows
    found = match([node.item(whole=False) for _, node in gone], [node.item(whole=False) for _, node in come])
    dropped: set[int] = set()
    for i, j in (*found.in_order, *found.moved):
        (left, before), (right, after) = gone[i], come[j]
        if likeness(before.own_words, after.own_words) >= MOVE_LIKENESS:
            right.a, right.moved = before, True
            dropped.add(id(left))
    return [row for row in rows if id(row) not in dropped]


def _with_known(rows: list[_Row]) -> list[_Row]:
    """Return `rows`, with the provisions of one id that stand in different places in one row, whatever they say now."""
    left = {_id(row.a): row for row in rows if row.a and row.b is None}
    dropped: set[int] = set()
    for row in rows:
        if row.a is None and (before := left.pop(_id(row.b), None)) and _id(row.b):
            row.a, row.moved = before.a, True
            dropped.add(id(before))
    return [row for row in rows if id(row) not in dropped]


def _id(node: ComparedUnit | None) -> str:
    return "" if node is None or node.own else node.provision.id or ""


def _folded(rows: Sequence[_Row]) -> Iterable[Pair]:
    """Yield the pairs of `rows`; the own words of an article stand in the row of its head where both belong there."""
    alone = _Row(None, None)
    folded = False
    for row, after in zip(rows, [*rows[1:], alone], strict=True):
        if folded:
            folded = False
            continue
        folded = after is not alone and not after.moved and _belong(row.a, after.a) and _belong(row.b, after.b)
        below = after if folded else alone
        a, b = _side(row.a, below.a), _side(row.b, below.b)
        if a or b:
            yield Pair(a, b, row.moved)


def _belong(head: ComparedUnit | None, own: ComparedUnit | None) -> bool:
    """Whether `own` are the words of the provision that `head` heads; none belong anywhere."""
    return own is None or (head is not None and own.own and own.provision is head.provision)


def _side(node: ComparedUnit | None, own: ComparedUnit | None) -> AlignedProvision | None:
    """Return what a row shows of a node (and its own words); None where that is nothing, as of a preamble's head."""
    if node is None:
        return None
    text = node.text or (own.text if own else "")
    number = "" if node.own else node.provision.number or ""
    if not (number or node.heading or text):
        return None
    return AlignedProvision(node.path, node.provision.kind, number, node.heading, text)
