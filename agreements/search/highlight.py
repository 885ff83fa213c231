"""Snippets: the sentence that answers the query, letter for letter, and which of its characters do.

Made from the query tree and the stored text of the few hits shown, never by the engine; `window.py` chooses the
sentence.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from agreements.search import tree
from agreements.search.analysis import Token, cut, piece_tokens
from agreements.search.fields import lines
from agreements.search.matching import edits, matches_pattern
from agreements.search.ranking import MEANT_SLOP, weighty
from agreements.search.spelling import canonical
from agreements.search.spots import Spots
from agreements.search.window import MatchSpan, window


class _At(NamedTuple):
    """A word of the text that the query looks for: its place among the words, its term, its characters."""

    position: int
    term: str
    word: str
    start: int
    end: int


@dataclass(slots=True)
class Sought:
    """What a query looks for in a text: single terms, rows of terms with their slop, patterns, fuzzy words."""

    terms: set[str] = field(default_factory=set)
    rows: list[tuple[tuple[str, ...], int]] = field(default_factory=list)
    patterns: list[str] = field(default_factory=list)
    fuzzy: list[tuple[str, int]] = field(default_factory=list)


def sought(node: tree.Node) -> Sought:
    """Return what `node` looks for in the text of a provision."""
    out = Sought()
    _collect(node, out)
    return out


def _collect(node: tree.Node, out: Sought) -> None:
    match node:
        case tree.Word():
            out.terms.update((node.term, *node.closed, *node.kin))
            out.rows += [(node.parts, 0)] if node.parts else []
        case tree.Phrase():
            for row in (node.terms, *node.others):
                if len(row) > 1:
                    out.rows.append((row, node.slop))
                else:
                    out.terms.update(row)
        case tree.Pattern():
            out.patterns.append(node.pattern)
        case tree.Fuzzy():
            out.fuzzy.append((node.word, node.distance))
        case tree.Some():
            for wanted in weighty(node):
                _collect(wanted, out)
            meant = [row for each in node.expressions for row in each.meant]
            out.terms.update(row[0] for row in meant if len(row) == 1)
            out.rows += [(row, MEANT_SLOP) for row in meant if len(row) > 1]
        case tree.Within(field="text") | tree.And() | tree.Or() | tree.Boost():
            for below in tree.children(node):
                _collect(below, out)


class Highlighter:
    """Makes the snippets for one query."""

    def __init__(self, node: tree.Node) -> None:
        self._sought = sought(node)
        self._row_terms = {term for row, _ in self._sought.rows for term in row}
        self._pieces = _Pieces(self._sought, self._row_terms)
        anywhere = self._sought.patterns or self._sought.fuzzy
        self._spots = Spots([""] if anywhere else self._sought.terms | self._row_terms)
        self._reach = max((len(row) + slop for row, slop in self._sought.rows), default=0)

    def snippet(
        self, text: str, starts: Sequence[int], breaks: Sequence[int] = ()
    ) -> tuple[str, list[tuple[int, int]]]:
        """Return a snippet of `text` and the highlights in it (start, end exclusive, in characters of it).

        `starts` says where the words of each line of `text` begin, `breaks` where the type changes in it.
        """
        matches = self._matches(text, starts)
        start, end = window(text, starts, breaks, matches)
        inside = sorted((m.start - start, m.end - start) for m in matches if start <= m.start and m.end <= end)
        return text[start:end], _merged(inside)

    def _matches(self, text: str, starts: Sequence[int]) -> list[MatchSpan]:
        words = list(self._words(text, starts))
        found = [MatchSpan(w.start, w.end, w.term) for w in words if self._is_sought(w)]
        for row, slop in self._sought.rows:
            part = " ".join(row)
            found += [MatchSpan(start, end, part) for start, end in _rows(words, row, slop)]
        return sorted(found)

    def _words(self, text: str, starts: Sequence[int]) -> Iterator[_At]:
        position = 0
        for start, end in lines(text, starts):
            seen = start
            for begin, stop in self._spots(text, start, end):
                position += self._apart(text, seen, begin)
                for piece in cut(text, begin, stop):
                    length, kept = self._pieces[piece.group(1)]
                    for index, token in kept:
                        at = piece.start(1)
                        yield _At(position + index, token.term, token.word, at + token.start, at + token.end)
                    position += length
                seen = stop
            position += self._apart(text, seen, end)

    def _apart(self, text: str, start: int, end: int) -> int:
        """Return how many words stand between two places, counted as far as the rows sought reach."""
        if not self._reach:
            return 0
        return sum(self._pieces[p.group(1)][0] for p in islice(cut(text, start, end), self._reach))

    def _is_sought(self, word: _At) -> bool:
        return word.term in self._sought.terms or _fits(word.word, self._sought)


class _Pieces(dict[str, tuple[int, tuple[tuple[int, Token], ...]]]):
    """For each piece of text its number of words, and those that the query looks for."""

    def __init__(self, wanted: Sought, row_terms: set[str]) -> None:
        super().__init__()
        self._wanted = wanted
        self._terms = wanted.terms | row_terms

    def __missing__(self, raw: str) -> tuple[int, tuple[tuple[int, Token], ...]]:
        tokens = piece_tokens(raw)
        kept = tuple((i, t) for i, t in enumerate(tokens) if t.term in self._terms or _fits(t.word, self._wanted))
        value = self[raw] = (len(tokens), kept)
        return value


def _fits(word: str, wanted: Sought) -> bool:
    if not wanted.patterns and not wanted.fuzzy:
        return False
    forms = (word, canonical(word))
    return any(matches_pattern(form, p) for p in wanted.patterns for form in forms) or any(
        edits(form, other, distance) <= distance for other, distance in wanted.fuzzy for form in forms
    )


def _rows(words: Sequence[_At], row: tuple[str, ...], slop: int) -> Iterator[tuple[int, int]]:
    """Yield the characters of each place where `row` stands: the whole row, or its words where others are between."""
    if not slop:
        at = {w.position: w for w in words}
        for first in words:
            if first.term == row[0] and all(
                (w := at.get(first.position + i)) is not None and w.term == term for i, term in enumerate(row)
            ):
                yield first.start, at[first.position + len(row) - 1].end
        return
    needed = set(row)
    near = [w for w in words if w.term in needed]
    reach = len(row) + slop
    for index, first in enumerate(near):
        window = [w for w in near[index:] if w.position < first.position + reach]
        if _holds(window, row):
            yield from ((w.start, w.end) for w in window)


def _holds(window: Sequence[_At], row: tuple[str, ...]) -> bool:
    held = [w.term for w in window]
    return all(held.count(term) >= row.count(term) for term in set(row))


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    for start, end in spans:
        if out and start <= out[-1][1]:
            out[-1] = out[-1][0], max(end, out[-1][1])
        else:
            out.append((start, end))
    return out
