"""Spellings that only the index can tell: `crossservicing`, `cross-servicing` and `cross servicing` are one word.

The index field `compounds` holds every hyphenated word of the texts with its parts: from it a word written closed
learns its parts. Words side by side learn whether the texts also write them as one. A number is looked for in figures
and in words, whichever was asked for.
"""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from agreements.language import numbers
from agreements.search import tree
from agreements.search.analysis import fold, stem, tokens
from agreements.search.clauses import Every
from agreements.search.engine import IndexReader
from agreements.search.fields import TEXT_FIELDS
from agreements.search.kin import kin
from agreements.search.matching import edits, expression, matches_pattern

_MOST_WORDS = 200
_MOST_ROWS = 200  # choices of words that stand near each other
_LONGEST_NUMBER = 5  # words: `one hundred and twenty one`


def expand(node: tree.Node, reader: IndexReader, field: str = "") -> tree.Node:  # noqa: PLR0911 (one for each kind)
    """Return `node` with the other spellings that occur in the index of `reader`.

    `field` is the text field in which `node` is looked for, empty for all.
    """
    match node:
        case tree.Word():
            return _with_parts(node, reader)
        case tree.Phrase():
            return _with_others(node, reader)
        case tree.Pattern(pattern=pattern) if field:
            return _spelled_out(pattern, reader)
        case tree.Regex(pattern=pattern):
            return _matching(pattern, reader)
        case tree.Together():
            return _rows_together(node, reader)
        case tree.Some(nodes=nodes):
            widened = [_with_kin(n) for n in _with_closed(nodes, reader)]
            rows = reader.search(Every(), limit=0).total
            spelled = [expand(n, reader, field) for n in widened]
            return replace(node, nodes=tuple(_with_rarity(n, rows, reader) for n in spelled))
        case tree.And(nodes=nodes) | tree.Or(nodes=nodes):
            return replace(node, nodes=tuple(expand(n, reader, field) for n in nodes))
        case tree.Within(field=name, node=inner):
            return replace(node, node=expand(inner, reader, name if name in TEXT_FIELDS else ""))
        case tree.Not(node=inner) | tree.Boost(node=inner):
            return replace(node, node=expand(inner, reader, field))
    return node


def _with_parts(word: tree.Word, reader: IndexReader) -> tree.Word:
    if spelled := _rows_of_figure(word.surface):
        row = spelled[0]
        return replace(word, parts=row) if len(row) > 1 else replace(word, closed=(*word.closed, *row))
    if word.parts and (value := numbers.spelled(word.surface)) is not None:
        return replace(word, closed=(*word.closed, str(value)))
    entries = [] if word.parts else reader.vocabulary("compounds", word.term + "|", 1)
    return replace(word, parts=tuple(entries[0][0].split("|")[1:])) if entries else word


def _with_kin(node: tree.Node) -> tree.Node:
    if not isinstance(node, tree.Word) or node.stop:
        return node
    return replace(node, kin=(*node.kin, *kin(fold(node.surface))))


def _with_rarity(node: tree.Node, rows: int, reader: IndexReader) -> tree.Node:
    """Return a word with what BM25 says of how seldom the texts have it."""
    if not isinstance(node, tree.Word) or node.stop:
        return node
    count = max(reader.frequency("text", term) for term in (node.term, *node.closed))
    return replace(node, rarity=math.log(1 + (rows - count + 0.5) / (count + 0.5)) if 0 < count <= rows else 0.0)


def _with_closed(nodes: Sequence[tree.Node], reader: IndexReader) -> list[tree.Node]:
    out = list(nodes)
    for at, (left, right) in enumerate(pairwise(nodes)):
        if not isinstance(left, tree.Word) or not isinstance(right, tree.Word) or left.stop or right.stop:
            continue
        term = stem(fold(left.surface) + fold(right.surface))
        if reader.frequency("text", term):
            for place in (at, at + 1):
                word = out[place]
                assert isinstance(word, tree.Word)
                out[place] = replace(word, closed=(*word.closed, term))
    return out


def _with_others(phrase: tree.Phrase, reader: IndexReader) -> tree.Phrase:
    words = [token.word for token in tokens(phrase.surface)] or list(phrase.terms)
    others: list[tuple[str, ...]] = []
    for at in range(len(words) - 1):
        term = stem(words[at] + words[at + 1])
        if reader.frequency("text", term):
            others.append((*phrase.terms[:at], term, *phrase.terms[at + 2 :]))
    others += _with_other_numbers(phrase.terms, words)
    return replace(phrase, others=tuple(dict.fromkeys(others)))


def _with_other_numbers(terms: tuple[str, ...], words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield a row of terms with a number in figures where it is in words, and in words or both where in figures.

    `twenty-one days` is also written `21 days` and `twenty-one (21) days`.
    """
    for start, end, figure in _numbers_in(words):
        rows = _rows_of_figure(figure)
        either = rows if end - start == 1 and words[start] == figure else [(figure,), *((*row, figure) for row in rows)]
        yield from ((*terms[:start], *row, *terms[end:]) for row in either)


def _numbers_in(words: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Yield where a number below a thousand stands in `words`, the longest at each place, and its figure."""
    at = 0
    while at < len(words):
        ends = range(min(len(words), at + _LONGEST_NUMBER), at, -1)
        found = ((end, _figure(words[at:end])) for end in ends)
        end, figure = next(((end, figure) for end, figure in found if figure), (at + 1, ""))
        if figure:
            yield at, end, figure
        at = end


def _figure(words: Sequence[str]) -> str:
    if len(words) == 1 and words[0].isdigit():
        return words[0] if _rows_of_figure(words[0]) else ""
    value = numbers.spelled(" ".join(words)) if words[-1] not in numbers.ORDINALS else None
    return str(value) if value is not None and 0 < value < 1000 else ""


def _rows_of_figure(term: str) -> list[tuple[str, ...]]:
    """Return the rows of terms by which a number in figures may stand in words; none for what is no such number."""
    if not term.isascii() or not term.isdigit() or term.startswith("0"):
        return []
    return [tuple(token.term for token in tokens(way)) for way in numbers.ways_in_words(int(term[:4]))]


def _spelled_out(pattern: str, reader: IndexReader) -> tree.Node:
    """Return the words of the index that match `pattern`: text fields hold stems, which a pattern cannot match."""
    start = re.split(r"[*?]", pattern, maxsplit=1)[0]
    known = (word for word, _ in reader.vocabulary("words", start) if matches_pattern(word, pattern))
    return _any_word(known) or tree.Word(stem(start), pattern)


def _matching(pattern: str, reader: IndexReader) -> tree.Node:
    """Return the words of the index that a regular expression matches as a whole."""
    compiled = expression(pattern)
    start = re.match(r"[a-z]*(?![*?{|])", pattern) if "|" not in re.sub(r"\(.*?\)", "", pattern) else None
    known = reader.vocabulary("words", start.group() if start else "")
    found = _any_word(word for word, _ in known if compiled.fullmatch(word))
    return found or tree.Word(f"/{pattern}/", f"/{pattern}/")


def _rows_together(node: tree.Together, reader: IndexReader) -> tree.Node:
    """Return what stands near each other as rows of words: one for each choice of a word for each of the nodes."""
    ways = [_ways(inner, reader) for inner in node.nodes]
    rows: list[tuple[str, ...]] = [()]
    for each in ways:
        rows = [(*row, *way) for row in rows for way in each][:_MOST_ROWS]
    surface = tree.describe(node)
    phrases = tuple(
        expand(tree.Phrase(row, "", node.slop, ordered=node.ordered), reader) for row in dict.fromkeys(rows)
    )
    if not phrases or not all(ways):
        return tree.Word(surface, surface)
    near = tree.Or(phrases) if len(phrases) > 1 else phrases[0]
    wholes = tuple(inner for inner in node.nodes if isinstance(inner, tree.Phrase) and len(inner.terms) > 1)
    return tree.And((near, *(expand(whole, reader) for whole in wholes))) if wholes else near


def _ways(node: tree.Node, reader: IndexReader) -> list[tuple[str, ...]]:  # noqa: PLR0911 (one for each kind)
    """Return the rows of terms that `node` may be in a text."""
    match node:
        case tree.Word(term=term, parts=parts):
            return [(term,), *([parts] if parts else [])]
        case tree.Phrase(terms=terms):
            return [terms]
        case tree.Pattern(pattern=pattern):
            return _ways(_spelled_out(pattern, reader), reader)
        case tree.Regex(pattern=pattern):
            return _ways(_matching(pattern, reader), reader)
        case tree.Fuzzy(word=word, distance=most):
            known = reader.vocabulary("words", word[:1])
            return [(stem(each),) for each, _ in known if edits(word, each, most) <= most]
        case tree.Together(nodes=nodes):
            rows: list[tuple[str, ...]] = [()]
            for inner in nodes:
                rows = [(*row, *way) for row in rows for way in _ways(inner, reader)]
            return rows
        case tree.Some(nodes=nodes) | tree.Or(nodes=nodes):
            return [way for inner in nodes for way in _ways(inner, reader)]
        case tree.Boost(node=inner) | tree.Within(node=inner):
            return _ways(inner, reader)
    return []


def _any_word(words: Iterable[str]) -> tree.Node | None:
    terms = dict.fromkeys(stem(word) for word in words)
    nodes = tuple(tree.Word(term, term) for term in list(terms)[:_MOST_WORDS])
    return tree.Or(nodes) if len(nodes) > 1 else nodes[0] if nodes else None
