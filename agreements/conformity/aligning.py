"""Which part of one language text answers to which of the other: by numbers, else by what they share.

No word is translated. What two languages share are numbers, dates, references, names and words of one root
(`jurisdiction`, `juridiction`), how many parts a provision has, and how long it is: a text of another language is
longer by a share that is the same all along (Gale and Church, Computational Linguistics 19, 1993), so that a paragraph
which was merged, split or left out shows in the lengths.
"""

import math
import re
import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import combinations, pairwise

from agreements.conformity.statements import Statement, letter_place, stated
from agreements.language import numbers
from agreements.languages import fold, languages, value_of
from agreements.model import Document, Provision
from agreements.reference import provision_paths

_WORD = re.compile(r"[^\W\d_]{5,}")
_ROOT = 5  # letters that words of one root have in common
_LETTER = re.compile(r"\(?[^\W\d_]ـ?\)")  # a reader leaves it in the words where it does not know the script
_HELD = ("part", "chapter")
_CLOSING = ("testimonium", "signature")
_NUMBERED = ("article", "section", "paragraph", "subparagraph", "item")
_SWAP_GAIN = 0.5  # likeness by which another order must be better than that of the numbers
_SHIFT_GAIN = 0.28  # the same, for each provision that another order would pair otherwise
_ONE = 1.25  # how much longer or shorter what two provisions became may be
_LEAP = 3  # numbers that may be left out between two that follow each other
_AGAINST = 0.5  # what is stated in one of two units alone speaks against the pair
_SKIP, _MERGE = 1.05, 0.45
_PROVEN = 0.3  # what another part left out must cost more: of 900 that were left out none was named wrongly from 0.2 on
_MERGED = 0.6  # the same of what became one: of 612 none of two units of 40 characters was named wrongly
_MERGED_LENGTH = 40
_MOST_WAYS = 400
_SPREAD = 2.2


@dataclass(frozen=True, slots=True, eq=False)
class _Weights:
    """What is known of a stretch of text without reading its language."""

    roots: Counter[str]
    stated: tuple[Statement, ...]


@dataclass(frozen=True, eq=False)
class LanguageUnit:
    """A provision of a language text as it is aligned: `place` is its path, `text` all its words with those below it.

    `own` are its children that have words, without the closing of the text. `code` is the language.
    """

    place: str
    provision: Provision
    code: str
    own: tuple["LanguageUnit", ...] = ()
    text: str = ""
    zone: str = "body"
    value: int | None = None

    @property
    def number(self) -> str:
        """The number as it is printed, or the letter in brackets that opens its words; empty where there is none."""
        if self.provision.number:
            return self.provision.number
        letter = _LETTER.match(self.provision.text) if self.provision.kind == "text" else None
        return letter.group() if letter else ""

    @property
    def heading(self) -> str:
        """The heading, empty where there is none."""
        return self.provision.heading or ""

    @cached_property
    def weights(self) -> _Weights:
        """What it states and the roots of its words."""
        roots = Counter(fold(word)[:_ROOT] for word in _WORD.findall(f"{self.heading} {self.text}"))
        return _Weights(roots, tuple(each for each in stated(self.text, self.code) if not each.is_weak))


@dataclass(frozen=True, slots=True)
class UnitPair:
    """What answers each other: units of the first text and of the second. One side may be empty, or have two.

    `is_quiet` where a line without a number stands apart in one text alone, which is how a reader parted it;
    `is_by_number` where it is known by its number alone that nothing answers, and another may be what was left out.
    """

    a: tuple[LanguageUnit, ...]
    b: tuple[LanguageUnit, ...]
    is_quiet: bool = False
    is_by_number: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether one answers one."""
        return len(self.a) == len(self.b) == 1


@dataclass(frozen=True, slots=True)
class LanguageText:
    """A document of one language as units: the preamble, the numbered body, and the words that close it."""

    code: str
    preamble: tuple[LanguageUnit, ...]
    body: tuple[LanguageUnit, ...]
    closing: str
    title: str = ""
    closing_place: str = ""


@dataclass
class UnitAlignment:
    """The pairs in the order of the first text, and those that stand at another place in the second.

    `trouble` says why nothing can be aligned here, empty where it can.
    """

    pairs: list[UnitPair] = field(default_factory=list)
    moved: list[UnitPair] = field(default_factory=list)
    trouble: str = ""


def language_text(document: Document) -> LanguageText:
    """Return `document` as units."""
    paths = {id(chain[-1]): path for path, chain in provision_paths(document)}
    preamble: list[LanguageUnit] = []
    body: list[LanguageUnit] = []
    for provision in _tops(document.provisions):
        if provision.kind == "preamble":
            preamble.append(_unit(provision, document.language, paths, "preamble"))
        elif provision.kind not in _CLOSING:
            zone = "body" if provision.kind in _NUMBERED else "text"
            body.append(_unit(provision, document.language, paths, zone))
    closing = [each for each in document.walk() if each.kind in _CLOSING]
    words = "\n".join(each.words() for each in closing)
    return LanguageText(
        document.language,
        tuple(preamble),
        tuple(_valued([each for each in body if each.text or each.heading])),
        words,
        document.title or "",
        paths.get(id(closing[0]), "") if closing else "",
    )


def _tops(provisions: Sequence[Provision]) -> list[Provision]:
    found: list[Provision] = []
    for each in provisions:
        found += _tops(each.children) if each.kind in _HELD else [each]
    return found


def _unit(provision: Provision, code: str, paths: dict[int, str], zone: str) -> LanguageUnit:
    own = _valued([_unit(child, code, paths, zone) for child in provision.children if child.kind not in _CLOSING])
    words = "\n".join(x for x in (provision.text, *(f"{u.heading} {u.text}".strip() for u in own)) if x)
    return LanguageUnit(paths.get(id(provision), ""), provision, code, tuple(own), words, zone)


def _valued(units: Sequence[LanguageUnit]) -> list[LanguageUnit]:
    """Return units that stand beside each other with the values of their numbers: `i` is one where `ii` follows."""
    bare = [unit.number.strip(" .()[]{}°º:-–") for unit in units]
    first = next((each for each in bare if each), "")
    is_roman = first.lower() == "i"
    return [replace(unit, value=_value(each, unit, is_roman=is_roman)) for unit, each in zip(units, bare, strict=True)]


def _value(bare: str, unit: LanguageUnit, *, is_roman: bool) -> int | None:
    if not bare:
        return None
    if unit.provision.kind in ("article", "section") and not bare[0].isdigit():
        pack = languages().get(unit.code)
        spelled = pack.counted().get(fold(bare)) if pack else None
        return spelled or value_of(bare) or numbers.number(bare)
    if bare.isalpha() and not is_roman:
        return letter_place(bare) or value_of(bare)
    return value_of(bare) or letter_place(bare)


def style_of(units: Sequence[LanguageUnit]) -> str:
    """Return whether most numbers of units are figures or letters; empty where none has a number."""
    signs = Counter(
        "figures" if u.number.strip(" .([").lstrip()[:1].isdigit() else "letters" for u in units if u.number
    )
    return signs.most_common(1)[0][0] if signs else ""


# ---------------------------------------------------------------------- likeness


def likeness(one: LanguageUnit, other: LanguageUnit, ratio: float) -> float:
    """Return how alike two units are, at most 1, by what they state, roots of words, parts, length (`ratio` b to a)."""
    here, there = one.weights, other.weights
    parts = 1.0 if len(one.own) == len(other.own) else 0.0
    length = math.exp(-abs(math.log((len(other.text) + 20) / (ratio * len(one.text) + 20))) * _SPREAD)
    roots = _overlap(here.roots, there.roots)
    facts = _facts_alike(here.stated, there.stated)
    return 0.4 * facts + 0.25 * roots + 0.15 * parts + 0.2 * length


def _overlap(one: Counter[str], other: Counter[str]) -> float:
    least = min(one.total(), other.total())
    return (one & other).total() / least if least else 0.0


def _facts_alike(one: Sequence[Statement], other: Sequence[Statement]) -> float:
    if not one and not other:
        return 0.5
    left = list(other)
    met = 0
    for each in one:
        found = next((o for o in left if each.same(o)), None) or next((o for o in left if each.answers(o)), None)
        if found is not None:
            left.remove(found)
            met += 1
    share = met / max(len(one), len(other))
    return share - _AGAINST * (1 - share)


def length_ratio(a: Sequence[LanguageUnit], b: Sequence[LanguageUnit]) -> float:
    """Return how much longer the second text is than the first, by the median of what has the same number."""
    there = {unit.value: unit for unit in b if unit.value}
    ratios = [
        len(there[u.value].text) / len(u.text)
        for u in a
        if u.value in there and len(u.text) > 60 and there[u.value].text
    ]
    if len(ratios) >= 3:
        return max(0.3, min(3.0, statistics.median(ratios)))
    total_a, total_b = (sum(len(u.text) for u in units) for units in (a, b))
    return total_b / total_a if total_a and total_b else 1.0


# ---------------------------------------------------------------------- alignment


def align_units(a: Sequence[LanguageUnit], b: Sequence[LanguageUnit], ratio: float) -> UnitAlignment:
    """Return which units of `a` answer to which of `b`: by numbers unless what they share speaks against it."""
    if not a or not b:
        return UnitAlignment([UnitPair((u,), ()) for u in a] + [UnitPair((), (u,)) for u in b])
    ours, theirs = ([u.value for u in units if u.value] for units in (a, b))
    is_article = any(u.provision.kind in ("article", "section") for u in (*a, *b))
    sound = len(set(ours)) == len(ours) and len(set(theirs)) == len(theirs)
    if not is_article and (trouble := _trouble(a, b)):
        return UnitAlignment(trouble=trouble)
    if sound and ours and (set(ours) == set(theirs) or _has_gap(set(ours), set(theirs))):
        return _by_number(a, b, ratio)
    table = _table(a, b, ratio)
    pairs = _by_content(a, b, table, ratio)
    if not is_article and _are_listed(a) and _are_listed(b) and not _is_proven(pairs, a, b, table, ratio):
        return UnitAlignment(_at_their_numbers(a, b))
    return UnitAlignment([_quiet(pair, a, b, ratio) for pair in pairs])


def _trouble(a: Sequence[LanguageUnit], b: Sequence[LanguageUnit]) -> str:
    """Return why the numbers of paragraphs or items tell nothing of what answers to what; empty where they do."""
    ours, theirs = ([u.value for u in units if u.value] for units in (a, b))
    if any(len(set(values)) < len(values) for values in (ours, theirs)):
        return "its numbers begin anew in one of the texts"
    if set(ours) != set(theirs) and not (_rises(ours) and _rises(theirs)):
        return "its numbers do not rise one by one in one of the texts"
    if style_of(a) and style_of(b) and style_of(a) != style_of(b):
        return "one text has figures where the other has letters"
    return ""


def _are_listed(units: Sequence[LanguageUnit]) -> bool:
    """Whether units are numbered from one on without a gap."""
    return [unit.value for unit in units] == list(range(1, len(units) + 1))


def _at_their_numbers(a: Sequence[LanguageUnit], b: Sequence[LanguageUnit]) -> list[UnitPair]:
    """Return the pairs of two lists by their numbers, with the end of the longer one alone."""
    least = min(len(a), len(b))
    pairs = [UnitPair((one,), (other,)) for one, other in zip(a, b, strict=False)]
    pairs += [UnitPair((unit,), (), is_by_number=True) for unit in a[least:]]
    return pairs + [UnitPair((), (unit,), is_by_number=True) for unit in b[least:]]


def _is_proven(
    pairs: Sequence[UnitPair],
    a: Sequence[LanguageUnit],
    b: Sequence[LanguageUnit],
    table: Sequence[Sequence[float]],
    ratio: float,
) -> bool:
    """Whether pairs of two lists of other lengths are likelier by far than any others: what is left out is known."""
    if len(a) == len(b):
        return True
    if len(a) < len(b):
        table = [list(column) for column in zip(*table, strict=True)]
        a, b, ratio = b, a, 1 / ratio
        pairs = [UnitPair(pair.b, pair.a) for pair in pairs]
    cost = {way: price for price, way in _ways(a, b, table, ratio)}
    chosen = tuple(u.value or 0 for pair in pairs if not pair.b for u in pair.a)
    two = [pair for pair in pairs if pair.a and pair.b and not pair.is_whole]
    if two:
        chosen = tuple(-(u.value or 0) for u in two[0].a)
    if chosen not in cost or len(two) > 1:
        return False
    if two and min(len(u.text) for u in two[0].a) < _MERGED_LENGTH:
        return False
    others = min((price for way, price in cost.items() if way != chosen), default=math.inf)
    return others - cost[chosen] >= (_MERGED if two else _PROVEN)


def _ways(
    a: Sequence[LanguageUnit], b: Sequence[LanguageUnit], table: Sequence[Sequence[float]], ratio: float
) -> list[tuple[float, tuple[int, ...]]]:
    """Return what each way costs in which the shorter list `b` may have come of `a`.

    A way is the numbers of what was left out, or those, below zero, of two that became one. None where they are many.
    """
    size, less = len(a), len(a) - len(b)
    if not b or math.comb(size, less) > _MOST_WAYS:
        return []
    found: list[tuple[float, tuple[int, ...]]] = []
    for gone in combinations(range(size), less):
        kept = (i for i in range(size) if i not in gone)
        found.append(
            (sum(2 * (1 - table[i][j]) for j, i in enumerate(kept)) + _SKIP * less, tuple(i + 1 for i in gone))
        )
    for i in range(size - 1) if less == 1 else ():
        price = _price(a[i : i + 2], b[i : i + 1], table, (i + 2, i + 1), ratio)
        rest = sum(2 * (1 - table[k][k if k < i else k - 1]) for k in range(size) if k not in (i, i + 1))
        found.append((rest + price, (-(i + 1), -(i + 2))))
    return found


def _quiet(pair: UnitPair, a: Sequence[LanguageUnit], b: Sequence[LanguageUnit], ratio: float) -> UnitPair:
    """Return a pair of lines without numbers as quiet where it shows only how a reader parted the same words."""
    units = (*pair.a, *pair.b)
    if pair.is_whole or any(unit.value for unit in units):
        return pair
    if pair.a and pair.b:
        return replace(pair, is_quiet=True)
    here, there = (sum(len(unit.text) for unit in side) for side in (a, b))
    missing = here * ratio - there if pair.a else there - here * ratio
    length = sum(len(unit.text) for unit in units) * (ratio if pair.a else 1)
    return replace(pair, is_quiet=missing < length / 2)


def _table(a: Sequence[LanguageUnit], b: Sequence[LanguageUnit], ratio: float) -> list[list[float]]:
    return [[likeness(one, other, ratio) for other in b] for one in a]


def _rises(values: Sequence[int]) -> bool:
    """Whether numbers rise, with no leap that only a number of another kind makes."""
    return all(0 < second - first <= _LEAP for first, second in pairwise((0, *values)))


def _has_gap(ours: set[int], theirs: set[int]) -> bool:
    """Whether one text has all numbers of the other and more, and the other was not numbered anew without them."""
    less, more = sorted((ours, theirs), key=len)
    return bool(less) and less < more and max(less) > len(less)


def _by_number(a: Sequence[LanguageUnit], b: Sequence[LanguageUnit], ratio: float) -> UnitAlignment:
    """Return the pairs by numbers, with lines that have none beside the numbered ones that they stand behind."""
    ours, theirs = (_anchored(units) for units in (a, b))
    common = [u for u in a if u.value and any(o.value == u.value for o in b)]
    others = [u for u in b if u.value and any(o.value == u.value for o in a)]
    order = [next(j for j, other in enumerate(others) if other.value == one.value) for one in common]
    better = _better_order(_table(common, others, ratio), order)
    found = _ordered(common, others, better)
    pairs = {id(pair.a[0]): pair for pair in found.pairs}
    made = [*_loose(ours[0][1], theirs[0][1])]
    behind = {id(anchor): rest for anchor, rest in theirs if anchor}
    for anchor, rest in ours[1:]:
        pair = pairs.get(id(anchor))
        if pair is None and anchor:
            made.append(UnitPair((anchor, *rest), ()))
        elif pair is not None:
            there = behind[id(pair.b[0])]
            if len(rest) == len(there):
                made += [pair, *(UnitPair((u,), (o,)) for u, o in zip(rest, there, strict=True))]
            else:
                made.append(UnitPair((*pair.a, *rest), (*pair.b, *there), is_quiet=True))
    met = {id(pair.b[0]) for pair in found.pairs}
    made += [UnitPair((), (anchor, *rest)) for anchor, rest in theirs[1:] if anchor and id(anchor) not in met]
    return UnitAlignment(made, found.moved)


def _anchored(units: Sequence[LanguageUnit]) -> list[tuple[LanguageUnit | None, list[LanguageUnit]]]:
    """Return each numbered unit with those without a number behind it; first those before any."""
    found: list[tuple[LanguageUnit | None, list[LanguageUnit]]] = [(None, [])]
    for unit in units:
        if unit.value:
            found.append((unit, []))
        else:
            found[-1][1].append(unit)
    return found


def _loose(a: Sequence[LanguageUnit], b: Sequence[LanguageUnit]) -> list[UnitPair]:
    if len(a) == len(b):
        return [UnitPair((u,), (o,)) for u, o in zip(a, b, strict=True)]
    return [UnitPair(tuple(a), tuple(b), is_quiet=True)]


def _better_order(table: Sequence[Sequence[float]], by_number: list[int]) -> list[int]:
    """Return the order by numbers, or one that exchanges or moves provisions where they are far more alike so."""
    order = list(by_number)
    size = len(order)
    while True:
        best, change = 0.0, order
        for i in range(size):
            for j in range(i + 1, size):
                swapped = list(order)
                swapped[i], swapped[j] = order[j], order[i]
                if (gain := _gain(table, order, swapped) - _SWAP_GAIN) > best:
                    best, change = gain, swapped
                for moved in (_shifted(order, i, j), _shifted(order, j, i)) if j - i > 1 else ():
                    gain = _gain(table, order, moved) - max(_SWAP_GAIN, _SHIFT_GAIN * (j - i + 1))
                    if gain > best:
                        best, change = gain, moved
        if change is order:
            return order
        order = change


def _shifted(order: list[int], start: int, end: int) -> list[int]:
    moved = list(order)
    moved.insert(end, moved.pop(start))
    return moved


def _gain(table: Sequence[Sequence[float]], before: list[int], after: list[int]) -> float:
    return sum(table[i][after[i]] - table[i][before[i]] for i in range(len(before)) if after[i] != before[i])


def _ordered(a: Sequence[LanguageUnit], b: Sequence[LanguageUnit], order: list[int]) -> UnitAlignment:
    """Return the pairs of an order, with those that stand out of it: all but the longest run that rises."""
    kept = set(_rising(order))
    pairs = [UnitPair((a[i],), (b[j],)) for i, j in enumerate(order)]
    return UnitAlignment(pairs, [pair for i, pair in enumerate(pairs) if i not in kept])


def _rising(order: Sequence[int]) -> list[int]:
    """Return the places of a longest subsequence that rises."""
    best: list[list[int]] = []
    for i, value in enumerate(order):
        before = max((run for run in best if order[run[-1]] < value), key=len, default=[])
        best.append([*before, i])
    return max(best, key=len, default=[])


def _by_content(
    a: Sequence[LanguageUnit], b: Sequence[LanguageUnit], table: Sequence[Sequence[float]], ratio: float
) -> list[UnitPair]:
    """Return the pairs in order, with what was left out, merged or split, by the least cost over all."""
    rows, columns = len(a), len(b)
    cost = [[math.inf] * (columns + 1) for _ in range(rows + 1)]
    step: dict[tuple[int, int], tuple[int, int]] = {}
    cost[0][0] = 0.0
    for i in range(rows + 1):
        for j in range(columns + 1):
            for di, dj in ((1, 1), (1, 0), (0, 1), (2, 1), (1, 2)):
                if i < di or j < dj or cost[i - di][j - dj] == math.inf:
                    continue
                price = cost[i - di][j - dj] + _price(a[i - di : i], b[j - dj : j], table, (i, j), ratio)
                if price < cost[i][j]:
                    cost[i][j], step[i, j] = price, (di, dj)
    pairs: list[UnitPair] = []
    i, j = rows, columns
    while i or j:
        di, dj = step[i, j]
        pairs.append(UnitPair(tuple(a[i - di : i]), tuple(b[j - dj : j])))
        i, j = i - di, j - dj
    return pairs[::-1]


def _price(
    a: Sequence[LanguageUnit],
    b: Sequence[LanguageUnit],
    table: Sequence[Sequence[float]],
    end: tuple[int, int],
    ratio: float,
) -> float:
    if not a or not b:
        return _SKIP
    if len(a) == len(b) == 1:
        same = 0.08 if a[0].value is not None and a[0].value == b[0].value else 0.0
        kind = 0.5 if (a[0].zone == "body") != (b[0].zone == "body") else 0.0
        return 2 * (1 - table[end[0] - 1][end[1] - 1]) - same + kind
    if not all(u.text and not u.own for u in (*a, *b)):
        return math.inf
    joined = _joined(a), _joined(b)
    share = len(joined[1].text) / (ratio * len(joined[0].text))
    if not 1 / _ONE <= share <= _ONE:
        return math.inf  # words are missing: that is no merging
    return 2 * (1 - likeness(*joined, ratio)) + _MERGE


def _joined(units: Sequence[LanguageUnit]) -> LanguageUnit:
    first = units[0]
    if len(units) == 1:
        return first
    return LanguageUnit(first.place, first.provision, first.code, (), "\n".join(u.text for u in units), first.zone)
