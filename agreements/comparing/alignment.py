"""Two texts side by side, provision by provision, with the words that differ."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from agreements.comparing.matching import MOVE_LIKENESS, MOVE_WORDS, match
from agreements.comparing.nodes import ComparedText, ComparedUnit, texts
from agreements.comparing.tokens import words
from agreements.comparing.words import DiffSegment, differences, likeness, same_words
from agreements.language.party_order import PartyName, closes_alike, in_other_order, party_names, reordered, signs_of
from agreements.language.typography import plain
from agreements.model import Agreement, Document
from agreements.reference import Place, places

_ALIKE = 0.3  # annexes under other numbers are one from this likeness on

_PARTED = 0.9  # likeness from which two provisions together are one of the other text
_PARTS = 3  # provisions, beside the first, that one is split into
_CLOSING = frozenset(("testimonium", "signature"))

ChangeKind = Literal[
    "same", "renumbered", "typography", "alternat", "changed", "split", "split-changed", "merged", "merged-changed",
    "moved", "moved-changed", "added", "removed",
]  # fmt: skip
"""What became of a provision. `renumbered`: the same words at the same place under another number; `typography`: they
differ in variants of the same marks, or a heading in capitals; `alternat`: in the order of the parties, as the other
original has it; `split`, `merged`: they stand in several provisions now, or with those of others."""
UNTOUCHED: frozenset[ChangeKind] = frozenset(("same", "renumbered"))
"""Where nothing became of a provision but its number."""
WORDS_STAND: frozenset[ChangeKind] = UNTOUCHED | {"typography", "alternat"}
"""Where every word stands as and where it did."""


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
    """A provision of the first text and the one of the second that answers it; either may be missing.

    `parts` are the provisions of the second text that hold what `a` was split into, or of the first that were merged
    into `b`, in reading order; each other than `a` or `b` also has a row of its own, in which the other side is missing
    and `part_of` is the path of the provision it belongs to. `ordered` are heading and text of `a` with the parties
    named in the order of the second text, where that is the other original of one agreement.
    """

    a: AlignedProvision | None
    b: AlignedProvision | None
    moved: bool = False
    parts: tuple[AlignedProvision, ...] = ()
    part_of: str = ""
    parted: Literal["", "split", "merged"] = ""
    ordered: tuple[str, str] | None = None

    @cached_property
    def heading(self) -> tuple[DiffSegment, ...]:
        """The differences of the headings."""
        if self.a and self.b and same_words(self.a.heading.casefold(), self.b.heading.casefold()):
            return (DiffSegment("equal", self.b.heading, self.a.heading),) if self.b.heading else ()
        before = self.ordered[0] if self.ordered else self.a.heading if self.a else ""
        return differences(before, self.b.heading if self.b else "", by_words=True)

    @cached_property
    def text(self) -> tuple[DiffSegment, ...]:
        """The differences of the provisions' own words; those of all parts where it was split or merged."""
        if self.part_of:
            side = self.a or self.b
            return (DiffSegment("equal", side.text),) if side and side.text else ()
        return differences(*self._texts, by_words=True)

    @property
    def _texts(self) -> tuple[str, str]:
        before = self.ordered[1] if self.ordered else self.a.text if self.a else ""
        after = self.b.text if self.b else ""
        whole = " ".join(part.text for part in self.parts)
        return {"": (before, after), "split": (before, whole), "merged": (whole, after)}[self.parted]

    @cached_property
    def change(self) -> ChangeKind:
        """What became of the provision."""
        if self.parted:
            stands = self.part_of or not (self.words_deleted or self.words_inserted or _changed_marks(self.text))
            return self.parted if stands else "split-changed" if self.parted == "split" else "merged-changed"
        if self.a is None:
            return "added"
        if self.b is None:
            return "removed"
        if (self.a.heading, self.a.text) == (self.b.heading, self.b.text):
            return "moved" if self.moved else "same" if self.a.number == self.b.number else "renumbered"
        heading, text = self.ordered or (self.a.heading, self.a.text)
        if same_words(heading.casefold(), self.b.heading.casefold()) and same_words(text, self.b.text):
            return "moved" if self.moved else "typography" if self.ordered is None else "alternat"
        return "moved-changed" if self.moved else "changed"

    @property
    def words_deleted(self) -> int:
        """How many words of the first text are not in the second."""
        return sum(p.words for p in (*self.heading, *self.text) if p.kind == "deleted")

    @property
    def words_inserted(self) -> int:
        """How many words of the second text are not in the first."""
        return sum(p.words for p in (*self.heading, *self.text) if p.kind == "inserted")

    @property
    def names(self) -> tuple[str, str]:
        """The paths in the first and in the second text, those of all parts where it was split or merged."""
        here, there = (side.path if side else "" for side in (self.a, self.b))
        parts = ", ".join(part.path for part in self.parts)
        return {"": (here, there), "split": (here, parts or there), "merged": (parts or here, there)}[self.parted]

    @cached_property
    def similarity(self) -> float:
        """How much the two have in common, from 0 (one is missing) to 1 (the same words)."""
        if self.part_of or self.change in WORDS_STAND or self.change in ("moved", "split", "merged"):
            return 1.0
        if self.a is None or self.b is None:
            return 0.0
        left = (*words(self.a.heading), *words(self.a.text))
        return likeness(left, (*words(self.b.heading), *words(self.b.text)))


def _changed_marks(pieces: Iterable[DiffSegment]) -> bool:
    return any(piece.kind != "equal" for piece in pieces)


@dataclass(slots=True)
class _Row:
    """A pair of nodes, before the own words of an article are put back under its head."""

    a: ComparedUnit | None
    b: ComparedUnit | None
    moved: bool = False


def align(a: Agreement | Document | Place, b: Agreement | Document | Place) -> tuple[Pair, ...]:
    """Return every provision of `a` and `b`, paired where one answers the other, in the reading order of `b`.

    Provisions answer each other by their id (drafted ones keep it), then by the same words, number and heading, then
    by likeness. What only `a` has stands where it would be read; a provision found elsewhere has `moved`. One that was
    split in several, or several that were merged, are told as such, and so is the other original of one agreement. Two
    single provisions (`Place`) always answer each other.
    """
    left, right = texts(a), texts(b)
    rows: list[_Row] = []
    for first, second in _documents(left, right):
        if isinstance(a, Place) and isinstance(b, Place) and first and second:
            rows += _paired(first.nodes[0], second.nodes[0])
        else:
            rows += _aligned(first.nodes if first else (), second.nodes if second else ())
    found = _with_parts(list(_folded(_with_moves(rows))))
    if isinstance(a, Agreement) and isinstance(b, Agreement):
        found = _in_their_order(found, a, b)
    return tuple(found)


def paired_documents(a: Agreement, b: Agreement) -> list[tuple[Document | None, Document | None]]:
    """Return the documents of `a` and `b`, paired where one answers the other, in the order of `b`."""
    pairs = _documents(texts(a), texts(b))
    return [(one.document if one else None, other.document if other else None) for one, other in pairs]


def _documents(
    left: Sequence[ComparedText], right: Sequence[ComparedText]
) -> list[tuple[ComparedText | None, ComparedText | None]]:
    """Return which document answers which, in the order of the second side."""
    partner: dict[int, int] = {}
    for passes in ((_same_head, _same_title), (_same_number, _first)):
        for answers in passes:
            for j, text in enumerate(right):
                free = (i for i in range(len(left)) if i not in partner.values() and answers(left[i], text))
                if j not in partner and (i := next(free, None)) is not None:
                    partner[j] = i
        for _, _, i, j in sorted(_alike(left, right, partner), reverse=True):
            if j not in partner and i not in partner.values():
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


def _same_head(a: ComparedText, b: ComparedText) -> bool:
    """Whether number and title are the same: annexes of other titles, or of none, may have changed places."""
    return _same_number(a, b) and (a.document.role == "main" or _same_title(a, b))


def _same_number(a: ComparedText, b: ComparedText) -> bool:
    one, other = a.document, b.document
    return (one.role, one.number, one.language) == (other.role, other.number, other.language)


def _same_title(a: ComparedText, b: ComparedText) -> bool:
    one, other = a.document, b.document
    title = one.own_title.casefold()
    return bool(title) and (one.role, title, one.language) == (
        other.role,
        other.own_title.casefold(),
        other.language,
    )


def _alike(
    left: Sequence[ComparedText], right: Sequence[ComparedText], partner: Mapping[int, int]
) -> Iterator[tuple[float, bool, int, int]]:
    """Yield how alike those are that have no partner yet, whether their numbers are the same, and which they are."""
    for j, b in enumerate(right):
        for i, a in enumerate(left):
            of_a_kind = (a.document.role, a.document.language) == (b.document.role, b.document.language)
            is_free = of_a_kind and j not in partner and i not in partner.values()
            if is_free and (alike := likeness(a.words, b.words)) >= _ALIKE:
                yield alike, _same_number(a, b), i, j


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


# ---------------------------------------------------------------------- split and merged


def _with_parts(pairs: list[Pair]) -> list[Pair]:
    """Return `pairs`, with those told that were split into neighbours which came, or merged with some that went."""
    found = list(pairs)
    for at, pair in enumerate(pairs):
        if pair.change == "changed" and pair.words_deleted:
            _divide(found, at, "split")
        if found[at] is pair and pair.change == "changed" and pair.words_inserted:
            _divide(found, at, "merged")
    return found


def _divide(found: list[Pair], at: int, parted: Literal["split", "merged"]) -> None:
    """Tell in `found` that the pair at `at` was `parted`, where its neighbours hold the words that it lacks."""
    pair = found[at]
    whole, kept = (pair.a, pair.b) if parted == "split" else (pair.b, pair.a)
    if whole is None or kept is None:
        return
    sought = words(whole.text)
    best, alike = range(at, at + 1), likeness(sought, words(kept.text))
    for stretch in _around(found, at, parted):
        said = [token for place in stretch for token in words(_kept(found[place], parted).text)]
        if (now := likeness(sought, said)) >= _PARTED and now > alike:
            best, alike = stretch, now
    if len(best) == 1:
        return
    parts = tuple(_kept(found[place], parted) for place in best)
    for place in best:
        if place == at:
            found[place] = replace(pair, parts=parts, parted=parted)
        else:
            found[place] = replace(found[place], part_of=whole.path, parted=parted)


def _kept(pair: Pair, parted: str) -> AlignedProvision:
    side = pair.b if parted == "split" else pair.a
    if side is None:
        raise ValueError("a part stands in the text that has the parts")
    return side


def _is_alone(pair: Pair, parted: str) -> bool:
    """Whether the words of a pair came (or went) whole: a provision did, or the words right under a head."""
    alone, other = (pair.b, pair.a) if parted == "split" else (pair.a, pair.b)
    if alone is None or pair.parted or not alone.text:
        return False
    return other is None or (not other.text and same_words(other.heading, alone.heading))


def _around(found: Sequence[Pair], at: int, parted: str) -> Iterator[range]:
    """Yield the stretches of neighbours around `at` that came (or went) and stand beside each other."""
    parent = _kept(found[at], parted).path.rpartition(".")[0]

    def fits(place: int) -> bool:
        if not (0 <= place < len(found) and _is_alone(found[place], parted)):
            return False
        path = _kept(found[place], parted).path
        return path == parent or path.rpartition(".")[0] == parent

    first = at
    while at - first < _PARTS and fits(first - 1):
        first -= 1
    for begin in range(first, at + 1):
        end = at
        while end - begin < _PARTS and fits(end + 1):
            end += 1
            yield range(begin, end + 1)
        if begin < at:
            yield range(begin, at + 1)


# ---------------------------------------------------------------------- the other original


def _in_their_order(pairs: list[Pair], a: Agreement, b: Agreement) -> list[Pair]:
    """Return `pairs`, the words of `a` in the order of the parties of `b` where that is the other original of it."""
    parties = other_original(pairs, a, b)
    if not parties:
        return pairs
    closing = [pair for pair in pairs if _closes(pair)]
    lines = [line for pair in closing if (line := _line(pair.a))]
    lines_there = [line for pair in closing if (line := _line(pair.b))]
    closes = closes_alike(lines, lines_there, parties) and sign_alike(a, b)
    if closes and _signers(a) == _signers(b):
        pairs = list(_with_their_side(pairs))
    return [_ordered(pair, parties, closes=closes) for pair in pairs]


def _with_their_side(pairs: Sequence[Pair]) -> Iterator[Pair]:
    """Yield `pairs`, those of the closing that moved as standing in their place, also where they came and went."""
    gone = {_line(pair.a): pair for pair in pairs if pair.b is None and _closes(pair)}
    come = {_line(pair.b) for pair in pairs if pair.a is None and _closes(pair)}
    for pair in pairs:
        answer = gone.get(_line(pair.b)) if pair.a is None and _closes(pair) else None
        if answer is not None:
            yield replace(pair, a=answer.a)
        elif pair.b is not None or not _closes(pair) or _line(pair.a) not in come:
            yield replace(pair, moved=False) if pair.moved and _closes(pair) else pair


def _signers(agreement: Agreement) -> Counter[tuple[str, str]]:
    """Return who signs for whom: each line of the signatures with the one above it, `For ...` lines with none."""
    signed = [p for place in places(agreement) if (p := place.provision).kind == "signature"]
    lines = [plain(line.text) for block in signed for line in block.walk() if line.text]
    alone = [line.casefold().startswith("for ") for line in lines]
    rows = zip(lines, ["", *lines], alone, strict=False)
    return Counter((line, "" if is_head else above) for line, above, is_head in rows)


def sign_alike(a: Agreement, b: Agreement) -> bool:
    """Whether nobody signs in `b` for another Party than in `a`, as far as the two can be told.

    Who signs stands under a line `For ...`. Where such a line has nobody under it (a block that was read row by row),
    it cannot be told, and nothing is said against it.
    """
    ours, theirs = _signed_for(a), _signed_for(b)
    read = all(lines for lines in (*ours.values(), *theirs.values()))
    return not read or ours.keys() != theirs.keys() or ours == theirs


def _signed_for(agreement: Agreement) -> dict[str, Counter[str]]:
    """Return the lines under each line `For ...` of the signatures, by that line."""
    signed = [p for place in places(agreement) if (p := place.provision).kind == "signature"]
    found: dict[str, Counter[str]] = {}
    under = ""
    for line in (" ".join(signs_of(each.text)) for block in signed for each in block.walk() if each.text):
        if line.startswith("for "):
            under = line
            found.setdefault(line, Counter())
        elif under:
            found[under][line] += 1
    return found


def other_original(pairs: Iterable[Pair], a: Agreement, b: Agreement) -> tuple[PartyName, ...]:
    """Return the parties of `a` and `b` where `b` is the other original of one agreement, else nothing.

    It is where title or preamble differ in the order of the parties alone; what else differs does not matter.
    """
    opening = [(a.title, b.title)]
    opening += [(p.a.text, p.b.text) for p in pairs if p.a and p.b and p.b.path.startswith("preamble")]
    parties = party_names((*a.parties, *b.parties), a.title, b.title)
    return parties if any(_exchanged(one, other, parties) for one, other in opening) else ()


def _exchanged(one: str, other: str, parties: Sequence[PartyName]) -> bool:
    here, there = signs_of(one), signs_of(other)
    return here != there and in_other_order(here, there, parties)


def _closes(pair: Pair) -> bool:
    return any(side is not None and not _CLOSING.isdisjoint(side.path.split(".")) for side in (pair.a, pair.b))


def _line(side: AlignedProvision | None) -> str:
    return f"{side.heading} {side.text}".strip() if side else ""


def _ordered(pair: Pair, parties: Sequence[PartyName], *, closes: bool) -> Pair:
    if pair.a is None or pair.b is None or pair.change in WORDS_STAND:
        return pair
    if closes and _closes(pair):
        return replace(pair, ordered=(pair.b.heading, pair.b.text))
    sides = ((pair.a.heading, pair.b.heading), (pair.a.text, pair.b.text))
    now = tuple(put_in_order(one, other, parties) for one, other in sides)
    return pair if now == (pair.a.heading, pair.a.text) else replace(pair, ordered=(now[0], now[1]))


def put_in_order(ours: str, theirs: str, parties: Sequence[PartyName]) -> str:
    """Return `ours` with the parties in the order of `theirs`, wherever it names both as that does."""
    return theirs if _exchanged(ours, theirs, parties) else reordered(ours, theirs, parties)
