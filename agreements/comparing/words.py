"""Differences between two texts by words, grouped as a lawyer would mark them.

The longest common sequence of words alone leaves confetti: single words that two rewritten sentences happen to
share. Such islands are taken into the change around them, and a change begins where a sentence or word begins.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import LCSseq

from agreements.comparing.tokens import FUNCTION_WORDS, count_words, is_word, tokens, words
from agreements.language.typography import plain, says_the_same

_WIDEST_ISLAND = 4  # a longer stretch of equal words always stands
_REWRITTEN = 0.25  # of the shorter text: with less in common, the whole is replaced
_FEW = 4
_NEARLY_THE_SAME = 0.85  # of the words of two provisions, in order: they are one wording


@dataclass(frozen=True, slots=True)
class Edit:
    """Tokens `a0` to `a1` (exclusive) of the first text are replaced by `b0` to `b1` of the second."""

    a0: int
    a1: int
    b0: int
    b1: int


@dataclass(frozen=True, slots=True)
class DiffSegment:
    """A stretch of text that both sides have (`equal`), or only the first (`deleted`) or second (`inserted`).

    `text_of_first` is an equal stretch as the first has it, where it is written otherwise there (None: it is not).
    """

    kind: Literal["equal", "deleted", "inserted"]
    text: str
    text_of_first: str | None = None

    @property
    def words(self) -> int:
        """How many words it has."""
        return count_words(tokens(self.text))

    @property
    def in_first(self) -> str:
        """What the first text has of it."""
        return "" if self.kind == "inserted" else self.text if self.text_of_first is None else self.text_of_first


def differences(a: str, b: str, *, by_words: bool = False) -> tuple[DiffSegment, ...]:
    """Return the pieces that lead from `a` to `b`.

    Those equal or deleted make up `a`, those equal or inserted make up `b`, to the letter. `by_words` takes variants of
    one mark for equal (`language.typography`): an equal piece stands then as `b` has it.
    """
    if a == b:
        return (DiffSegment("equal", a),) if a else ()
    if by_words and same_words(a, b):
        return (DiffSegment("equal", b, a),) if a or b else ()
    return pieces_between(tokens(a), tokens(b), by_words=by_words)


def pieces_between(left: Sequence[str], right: Sequence[str], *, by_words: bool = False) -> tuple[DiffSegment, ...]:
    """Return the pieces that lead from the tokens `left` to the tokens `right`, as `differences` of their texts."""
    pieces: list[DiffSegment] = []

    def add(kind: Literal["equal", "deleted", "inserted"], found: Sequence[str], first: Sequence[str] = ()) -> None:
        if found or first:
            text, was = "".join(found), "".join(first)
            pieces.append(DiffSegment(kind, text, was if first and was != text else None))

    at = there = 0
    for edit in edits(_keys(left), _keys(right)) if by_words else edits(left, right):
        add("equal", right[there : edit.b0], left[at : edit.a0])
        add("deleted", left[edit.a0 : edit.a1])
        add("inserted", right[edit.b0 : edit.b1])
        at, there = edit.a1, edit.b1
    add("equal", right[there:], left[at:])
    return tuple(pieces)


def marked_as(one: str, other: str) -> str:
    """Return `other` with the marks of `one` wherever the two differ in variants of the same marks alone."""
    pieces = (piece for piece in differences(one, other, by_words=True) if piece.kind != "deleted")
    return "".join(piece.in_first if piece.kind == "equal" else piece.text for piece in pieces)


def same_words(one: str, other: str) -> bool:
    """Whether the two texts have the same words and marks, variants of a mark and blanks aside."""
    if says_the_same(one, other):
        return True
    return list(map(plain, words(one))) == list(map(plain, words(other)))


def _keys(found: Sequence[str]) -> list[str]:
    return [plain(token) or " " for token in found]


def edits(a: Sequence[str], b: Sequence[str]) -> list[Edit]:
    """Return what changes between the tokens `a` and `b`, in order; what lies between the edits is equal."""
    if a == b:
        return []
    found = _grouped(_raw(a, b), a)
    kept = count_words(a) - sum(count_words(a[e.a0 : e.a1]) for e in found)
    shorter = min(count_words(a), count_words(b))
    if len(found) > 1 and shorter >= _FEW and kept < _REWRITTEN * shorter:
        found = [Edit(found[0].a0, found[-1].a1, found[0].b0, found[-1].b1)]
    return _with_brackets(_slid(found, a, b), a, b)


def likeness(a: Sequence[str], b: Sequence[str]) -> float:
    """Return how much two token sequences have in common and in order, from 0 to 1; two empty ones are alike."""
    longest = max(len(a), len(b))
    return 2 * LCSseq.similarity(a, b) / (len(a) + len(b)) if longest else 1.0


def wordings(texts: Sequence[Sequence[str]]) -> list[int]:
    """Return of each of the token sequences the number of its wording: that of the first that is nearly the same."""
    heads: list[Sequence[str]] = []
    found = []
    for own in texts:
        near = (
            n for n, head in enumerate(heads) if _can_be_near(head, own) and likeness(head, own) >= _NEARLY_THE_SAME
        )
        number = next(near, len(heads))
        if number == len(heads):
            heads.append(own)
        found.append(number)
    return found


def _can_be_near(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether two texts of such lengths can have that much in common."""
    return 2 * min(len(a), len(b)) >= _NEARLY_THE_SAME * (len(a) + len(b))


def _raw(a: Sequence[str], b: Sequence[str]) -> list[Edit]:
    """Return the edits around the longest common sequence of words; blanks go with the words beside them."""
    found: list[Edit] = []
    i = j = 0
    for start, end, there in _matched(a, b):
        if start > i or there > j:
            found.append(Edit(i, start, j, there))
        i, j = end, there + end - start
    if i < len(a) or j < len(b):
        found.append(Edit(i, len(a), j, len(b)))
    return found


def _matched(a: Sequence[str], b: Sequence[str]) -> list[tuple[int, int, int]]:
    """Return the stretches that both have: (start and end in `a`, start in `b`), in order."""
    solid_a = [i for i, token in enumerate(a) if not token.isspace()]
    solid_b = [j for j, token in enumerate(b) if not token.isspace()]
    found: list[tuple[int, int, int]] = []
    i = j = 0  # where the stretch before ends
    for step in LCSseq.opcodes([a[k] for k in solid_a], [b[k] for k in solid_b]):
        if step.tag != "equal":
            continue
        for here, there in zip(
            solid_a[step.src_start : step.src_end], solid_b[step.dest_start : step.dest_end], strict=True
        ):
            start, at = here, there
            while start > i and at > j and a[start - 1] == b[at - 1] and a[start - 1].isspace():
                start, at = start - 1, at - 1
            end = here + 1
            if end < len(a) and there + 1 < len(b) and a[end] == b[there + 1] and a[end].isspace():
                end += 1
            if found and start == i and at == j:
                found[-1] = (found[-1][0], end, found[-1][2])
            else:
                found.append((start, end, at))
            i, j = end, at + end - start
    return found


def _grouped(found: Sequence[Edit], a: Sequence[str]) -> list[Edit]:
    """Return the edits with the islands between them taken in."""
    kept: list[tuple[Edit, int]] = []
    for edit in found:
        now, size = edit, _size(edit, a)
        while kept:
            before, size_before = kept[-1]
            island = [token for token in a[before.a1 : now.a0] if is_word(token)]
            if not _is_confetti(island, size_before, size):
                break
            kept.pop()
            now = Edit(before.a0, now.a1, before.b0, now.b1)
            size += size_before + len(island)
        kept.append((now, size))
    return [edit for edit, _ in kept]


def _size(edit: Edit, a: Sequence[str]) -> int:
    return max(count_words(a[edit.a0 : edit.a1]), (edit.b1 - edit.b0 + 1) // 2)


def _is_confetti(island: Sequence[str], before: int, after: int) -> bool:
    if len(island) > _WIDEST_ISLAND:
        return False
    if len(island) < min(before, after) or not island:
        return True
    return max(before, after) > len(island) and all(word.lower() in FUNCTION_WORDS for word in island)


def _slid(found: Sequence[Edit], a: Sequence[str], b: Sequence[str]) -> list[Edit]:
    """Return the edits, pure insertions and deletions moved to where a sentence or a word begins."""
    out: list[Edit] = []
    for index, edit in enumerate(found):
        floor = out[-1].a1 + 1 if out else 0  # one equal token stays between two edits
        ceiling = found[index + 1].a0 - 1 if index + 1 < len(found) else len(a)
        if edit.a0 == edit.a1:
            shift = _best_shift(b, edit.b0, edit.b1, edit.a0 - floor, ceiling - edit.a1)
        elif edit.b0 == edit.b1:
            shift = _best_shift(a, edit.a0, edit.a1, edit.a0 - floor, ceiling - edit.a1)
        else:
            shift = 0
        out.append(Edit(edit.a0 + shift, edit.a1 + shift, edit.b0 + shift, edit.b1 + shift))
    return out


def _with_brackets(found: Sequence[Edit], a: Sequence[str], b: Sequence[str]) -> list[Edit]:
    """Return the edits, a bracket that both sides of one leave open closed inside it: `six (6)`, not `six (6`."""
    out: list[Edit] = []
    for index, edit in enumerate(found):
        room = edit.a1 < (found[index + 1].a0 - 1 if index + 1 < len(found) else len(a))
        closes = room and a[edit.a1] == ")" and _is_open(a[edit.a0 : edit.a1]) and _is_open(b[edit.b0 : edit.b1])
        out.append(Edit(edit.a0, edit.a1 + closes, edit.b0, edit.b1 + closes))
    return out


def _is_open(stretch: Sequence[str]) -> bool:
    return stretch.count("(") == stretch.count(")") + 1


def _best_shift(seq: Sequence[str], start: int, end: int, left: int, right: int) -> int:
    """Return how far the stretch `start` to `end` can best be moved with the text staying the same."""
    shifts = [0]
    for k in range(1, left + 1):
        if seq[start - k] != seq[end - k]:
            break
        shifts.append(-k)
    for k in range(right):
        if seq[start + k] != seq[end + k]:
            break
        shifts.append(k + 1)
    return max(shifts, key=lambda k: (_begins(seq, start + k), -abs(k)))


def _begins(seq: Sequence[str], at: int) -> int:
    """Return how well a change may begin at token `at`: best with a sentence, then a clause, then a word."""
    if at == 0:
        return 8
    if at >= len(seq) or seq[at].isspace():
        return 0
    before = seq[at - 1]
    if not before.isspace():
        return 0
    last = seq[at - 2] if at > 1 else ""
    return 1 + 3 * (last in ".!?") + 2 * (last in ";:") + (last == ",") if last else 1
