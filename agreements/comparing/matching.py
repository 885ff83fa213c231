"""Which item of one sequence answers which of another: by id, by words, by heading, then by likeness.

Items are provisions or paragraphs of a Word file. Sequences of thousands of items are matched in well under a
second: candidates come from rare runs of three words, and only gaps of a few items are compared each with each.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise, takewhile

from agreements.comparing.tokens import words
from agreements.comparing.words import likeness

MOVE_WORDS = 8
"""Fewer words than this are no move: short phrases recur everywhere."""
MOVE_LIKENESS = 0.75
_PAIR = 0.5  # likeness from which two items with rare words in common are one
_NEAR = 0.8  # likeness from which an item beside a pair is one without a look at the others
_PLACE = 0.4  # likeness from which two items at the same place are one
_NUMBERED_PLACE = 0.25  # the same, where the number is the same too
_HEADED = 0.2  # the same, where the heading is the same
_EMPTY = 0.01  # what a pair of items without words is worth
_SHAPED = 0.005  # the same for a table or row of few words that gained or lost most of them, its cells as before
_CANDIDATES = 3
_COMMON = 12  # a run of words in more items than this says nothing
_GAP = 6400  # pairs compared in a gap between matched items


@dataclass
class MatchItem:
    """What is known of a provision or paragraph: only items of one `sort` are matched.

    `text` is what must agree for it to be the same, `id` a stable name, `head` a heading and `number` the printed
    number, `shape` how the cells of a table or row lie; each may be empty. `given` are the words of `text`, where they
    are at hand.
    """

    text: str
    sort: str = ""
    id: str = ""
    head: str = ""
    number: str = ""
    shape: str = ""
    given: tuple[str, ...] | None = None

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The tokens of its text without blanks; most items are matched without them."""
        return words(self.text) if self.given is None else self.given

    @cached_property
    def has_words(self) -> bool:
        """Whether it says anything."""
        return bool(self.text.strip())


@dataclass(slots=True)
class Matches:
    """Pairs of indexes: those that stand in the same order on both sides, and those that moved."""

    in_order: list[tuple[int, int]] = field(default_factory=list)
    moved: list[tuple[int, int]] = field(default_factory=list)


def match(a: Sequence[MatchItem], b: Sequence[MatchItem]) -> Matches:
    """Return which items of `a` and `b` are the same, each at most once."""
    if not a or not b:  # most provisions have none under them
        return Matches()
    pairs = _Pairs(a, b)
    pairs.by(lambda item: item.id)
    pairs.by(lambda item: item.text if item.has_words else "")
    pairs.by(lambda item: item.head, least=_HEADED)
    pairs.by_neighbours()
    pairs.by_likeness()
    ordered = _heaviest_chain(sorted(pairs.partner.items()), lambda i: len(a[i].text) + 1)
    anchors = [(-1, -1), *ordered, (len(a), len(b))]
    in_place = set(ordered)
    moved = [(i, j) for i, j in pairs.partner.items() if (i, j) not in in_place and _is_move(a[i], b[j])]
    gone, come = {i for i, _ in moved}, {j for _, j in moved}
    found = list(ordered)
    for (i0, j0), (i1, j1) in pairwise(anchors):
        left = [i for i in range(i0 + 1, i1) if i not in gone]
        right = [j for j in range(j0 + 1, j1) if j not in come]
        found += _gap(a, b, left, right)
    return Matches(sorted(found), sorted(moved, key=lambda pair: pair[1]))


class _Pairs:
    """Pairs found so far, wherever they stand."""

    def __init__(self, a: Sequence[MatchItem], b: Sequence[MatchItem]) -> None:
        self._a, self._b = a, b
        self.partner: dict[int, int] = {}
        self._taken: set[int] = set()

    def _free(self) -> tuple[list[int], list[int]]:
        return (
            [i for i in range(len(self._a)) if i not in self.partner],
            [j for j in range(len(self._b)) if j not in self._taken],
        )

    def _pair(self, i: int, j: int) -> None:
        self.partner[i] = j
        self._taken.add(j)

    def by(self, key: Callable[[MatchItem], Hashable], *, least: float = 0.0) -> None:
        """Pair the items whose `key` is the same and stands once on each side, if they are `least` alike."""
        left, right = self._free()
        first = _unique(((self._a[i].sort, key(self._a[i])), i) for i in left if key(self._a[i]))
        second = _unique(((self._b[j].sort, key(self._b[j])), j) for j in right if key(self._b[j]))
        for name, i in first.items():
            j = second.get(name)
            if j is not None and (not least or likeness(self._a[i].words, self._b[j].words) >= least):
                self._pair(i, j)

    def by_neighbours(self) -> None:
        """Pair what stands beside a pair, or at the beginning or end of both, where it is nearly the same."""
        known = [(-1, -1), *sorted(self.partner.items()), (len(self._a), len(self._b))]
        for step, anchors in ((1, known), (-1, known[::-1])):
            for anchor in anchors:
                i, j = (place + step for place in anchor)
                while self._is_near(i, j):
                    self._pair(i, j)
                    i, j = i + step, j + step

    def _is_near(self, i: int, j: int) -> bool:
        if not (0 <= i < len(self._a) and 0 <= j < len(self._b)) or i in self.partner or j in self._taken:
            return False
        a, b = self._a[i], self._b[j]
        return a.sort == b.sort and len(a.words) >= MOVE_WORDS and likeness(a.words, b.words) >= _NEAR

    def by_likeness(self) -> None:
        """Pair the items that share rare runs of words, the most alike first."""
        left, right = self._free()
        index: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for j in right:
            for run in _runs(self._b[j].words):
                index[run].append(j)
        scored: list[tuple[float, int, int, int]] = []
        for i in left:
            votes = Counter(
                j
                for run in _runs(self._a[i].words)
                if len(index.get(run, ())) <= _COMMON
                for j in index.get(run, ())
                if self._b[j].sort == self._a[i].sort
            )
            for j, _ in votes.most_common(_CANDIDATES):
                score = likeness(self._a[i].words, self._b[j].words)
                if score >= _PAIR:
                    scored.append((-score, abs(i - j), i, j))
        for _, _, i, j in sorted(scored):
            if i not in self.partner and j not in self._taken:
                self._pair(i, j)


def _unique(named: Iterable[tuple[Hashable, int]]) -> dict[Hashable, int]:
    found: dict[Hashable, int] = {}
    twice: set[Hashable] = set()
    for name, index in named:
        if name in found:
            twice.add(name)
        found[name] = index
    return {name: index for name, index in found.items() if name not in twice}


def _runs(words: Sequence[str]) -> set[tuple[str, ...]]:
    return {tuple(words[k : k + 3]) for k in range(len(words) - 2)}


def _is_move(a: MatchItem, b: MatchItem) -> bool:
    if a.id and a.id == b.id:
        return True
    if len(a.words) < MOVE_WORDS or len(b.words) < MOVE_WORDS:
        return False
    same = a.text == b.text or (a.head and a.head == b.head)
    return bool(same) or likeness(a.words, b.words) >= MOVE_LIKENESS


def _heaviest_chain(pairs: Sequence[tuple[int, int]], weight: Callable[[int], int]) -> list[tuple[int, int]]:
    """Return the pairs of most weight that rise on both sides; `pairs` rise on the first."""
    ends: list[int] = []  # second indexes at which some chain ends, rising
    best: list[int] = []  # the weight of the best chain that ends there, rising too
    last: list[int] = []
    before: list[int] = []
    for at, (i, j) in enumerate(pairs):
        place = bisect_left(ends, j)
        before.append(last[place - 1] if place else -1)
        total = (best[place - 1] if place else 0) + weight(i)
        stop = place
        while stop < len(ends) and best[stop] <= total:
            stop += 1
        ends[place:stop], best[place:stop], last[place:stop] = [j], [total], [at]
    chain: list[tuple[int, int]] = []
    at = last[-1] if last else -1
    while at >= 0:
        chain.append(pairs[at])
        at = before[at]
    return chain[::-1]


def _gap(
    a: Sequence[MatchItem], b: Sequence[MatchItem], left: Sequence[int], right: Sequence[int]
) -> list[tuple[int, int]]:
    """Return the pairs in order among the items `left` and `right` that make the most of their likeness.

    What is the same at both ends needs no search: so a change among hundreds of like lines is that change alone.
    """
    head = _same_ahead(a, b, left, right)
    tail = _same_ahead(a, b, left[head:][::-1], right[head:][::-1])
    ends = [*zip(left[:head], right[:head], strict=True)]
    ends += zip(left[len(left) - tail :], right[len(right) - tail :], strict=True)
    return ends + _searched(a, b, left[head : len(left) - tail], right[head : len(right) - tail])


def _same_ahead(a: Sequence[MatchItem], b: Sequence[MatchItem], left: Sequence[int], right: Sequence[int]) -> int:
    """Return how many of the items `left` and `right` say the same one by one from the first."""
    pairs = ((a[i], b[j]) for i, j in zip(left, right, strict=False))
    return sum(1 for _ in takewhile(lambda pair: (pair[0].sort, pair[0].text) == (pair[1].sort, pair[1].text), pairs))


def _searched(
    a: Sequence[MatchItem], b: Sequence[MatchItem], left: Sequence[int], right: Sequence[int]
) -> list[tuple[int, int]]:
    """Return those pairs by comparing each with each, none where these are too many."""
    if not left or not right or len(left) * len(right) > _GAP:
        return []
    scores = [[_score(a[i], b[j]) for j in right] for i in left]
    best = [[0.0] * (len(right) + 1) for _ in range(len(left) + 1)]
    for x in range(len(left) - 1, -1, -1):
        for y in range(len(right) - 1, -1, -1):
            pair = best[x + 1][y + 1] + scores[x][y] if scores[x][y] else 0.0
            best[x][y] = max(pair, best[x + 1][y], best[x][y + 1])
    found: list[tuple[int, int]] = []
    x = y = 0
    while x < len(left) and y < len(right):
        if scores[x][y] and best[x][y] == best[x + 1][y + 1] + scores[x][y]:
            found.append((left[x], right[y]))
            x, y = x + 1, y + 1
        elif best[x][y] == best[x + 1][y]:
            x += 1
        else:
            y += 1
    return found


def _score(a: MatchItem, b: MatchItem) -> float:
    """Return what pairing two items at the same place is worth, 0 when they are not one."""
    if a.sort != b.sort:
        return 0.0
    same_shape = bool(a.shape) and a.shape == b.shape
    if not (a.has_words and b.has_words):
        return _EMPTY if a.text == b.text else _SHAPED if same_shape else 0.0
    alike = likeness(a.words, b.words)
    same_number = bool(a.number) and a.number == b.number
    if alike < (_NUMBERED_PLACE if same_number else _PLACE):
        return _SHAPED if alike and same_shape else 0.0
    return alike + 0.1 * same_number + 0.2 * (bool(a.head) and a.head == b.head)
