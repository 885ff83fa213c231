"""Spellings that only the index can tell: `crossservicing`, `cross-servicing` and `cross servicing` are one word.

The index field `compounds` holds every hyphenated word of the texts with its parts: from it a word written closed
learns its parts. Words side by side learn whether the texts also write them as one.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from agreements.search import tree
from agreements.search.analysis import fold, stem, tokens
from agreements.search.engine import IndexReader
from agreements.search.fields import TEXT_FIELDS
from agreements.search.kin import kin
from agreements.search.matching import matches_pattern

_MOST_WORDS = 200


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
        case tree.Some(nodes=nodes):
            widened = [_with_kin(n) for n in _with_closed(nodes, reader)]
            return replace(node, nodes=tuple(expand(n, reader, field) for n in widened))
        case tree.And(nodes=nodes) | tree.Or(nodes=nodes):
            return replace(node, nodes=tuple(expand(n, reader, field) for n in nodes))
        case tree.Within(field=name, node=inner):
            return replace(node, node=expand(inner, reader, name if name in TEXT_FIELDS else ""))
        case tree.Not(node=inner) | tree.Boost(node=inner):
            return replace(node, node=expand(inner, reader, field))
    return node


def _with_parts(word: tree.Word, reader: IndexReader) -> tree.Word:
    entries = [] if word.parts else reader.vocabulary("compounds", word.term + "|", 1)
    return replace(word, parts=tuple(entries[0][0].split("|")[1:])) if entries else word


def _with_kin(node: tree.Node) -> tree.Node:
    return replace(node, kin=kin(fold(node.surface))) if isinstance(node, tree.Word) and not node.stop else node


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
    words = [token.word for token in tokens(phrase.surface)]
    others: list[tuple[str, ...]] = []
    for at in range(len(words) - 1):
        term = stem(words[at] + words[at + 1])
        if reader.frequency("text", term):
            others.append((*phrase.terms[:at], term, *phrase.terms[at + 2 :]))
    return replace(phrase, others=tuple(others))


def _spelled_out(pattern: str, reader: IndexReader) -> tree.Node:
    """Return the words of the index that match `pattern`: text fields hold stems, which a pattern cannot match."""
    start = re.split(r"[*?]", pattern, maxsplit=1)[0]
    known = (word for word, _ in reader.vocabulary("words", start) if matches_pattern(word, pattern))
    return _any_word(known) or tree.Word(stem(start), pattern)


def _any_word(words: Iterable[str]) -> tree.Node | None:
    terms = dict.fromkeys(stem(word) for word in words)
    nodes = tuple(tree.Word(term, term) for term in list(terms)[:_MOST_WORDS])
    return tree.Or(nodes) if len(nodes) > 1 else nodes[0] if nodes else None
