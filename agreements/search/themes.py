"""What a query is about: the topics whose vocabulary its words belong to.

A provision seldom has the words in which people ask for it ("who pays when a lorry hits a house" against "claims of
third parties arising out of acts or omissions"); its topic is the bridge. The vocabulary of a topic is its label,
definition and triggers (`data/topics.csv`), and the words in which people who do not read treaties ask about it
(`data/asked_words.csv`). Words are worth the more, the fewer topics they belong to.
"""

import csv
import math
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from agreements.resources import data
from agreements.search import tree
from agreements.search.analysis import STOP_WORDS, fold, stem

_WORD = re.compile(r"[^\W\d_]+")
_SAME_START = 3  # words with one stem begin alike: only those that do need to be stemmed
_IN_LABEL, _ASKED, _IN_TEXT = 1.0, 0.8, 0.5
_MOST = 4
_NEAR_BEST = 0.6  # a further topic needs this share of what speaks for the first


_LEAST, _LEAST_ASKED = 0.5, 0.25  # share of the words that must speak for a topic, in keywords and in a question
_QUESTION_WORDS = """
are can could did do does has have how is may must shall should was were what when where which who whom whose why
will would
"""
_ASKING = frozenset(_QUESTION_WORDS.split())
_WORDS_OF_ALL = "agreement army country force forces military party soldiers state treaty troops"
_ANYWHERE = frozenset(_WORDS_OF_ALL.split())


class Theme(NamedTuple):
    """A topic that a query is about, and how much of the query's words speaks for it, from 0 to 1."""

    topic: str
    share: float


def themed(node: tree.Node) -> tree.Node:
    """Return `node` with the topics that its bare words are about, where they are the query or all must answer it."""
    if isinstance(node, tree.Word):
        return _with_themes(tree.Some((node,)))
    if isinstance(node, tree.And):
        return replace(node, nodes=tuple(_with_themes(n) if isinstance(n, tree.Some) else n for n in node.nodes))
    return _with_themes(node) if isinstance(node, tree.Some) else node


def _with_themes(some: tree.Some) -> tree.Some:
    if some.optional:
        return some
    words = [n for n in some.nodes if isinstance(n, tree.Word)]
    question = bool(words) and fold(words[0].surface) in _ASKING
    asked = [word for n in words if not n.stop for word in _words(n.surface) if word not in _ANYWHERE]
    found = themes(asked, _LEAST_ASKED if question else _LEAST)
    return replace(some, themes=tuple((t.topic, t.share) for t in found), question=question)


def topics_sought(node: tree.Node) -> list[str]:
    """Return the topics that bare words of the query `node` are about, by `themed`."""
    own = [topic for topic, _ in node.themes] if isinstance(node, tree.Some) else []
    return own + [topic for child in tree.children(node) for topic in topics_sought(child)]


def themes(words: Sequence[str], least: float) -> list[Theme]:
    """Return the topics that folded `words` are about, the likeliest first, of those with at least the share `least`.

    The share of a topic is what its words among `words` are worth of what all are worth; a word that is in no
    vocabulary speaks for no topic and is worth as much as one that is in one only.
    """
    found: dict[str, float] = defaultdict(float)
    total = 0.0
    for word in dict.fromkeys(words):
        worth = _worth(word)
        total += max(worth.values(), default=_rarest())
        for topic, value in worth.items():
            found[topic] += value
    ranked = sorted(((value / total, topic) for topic, value in found.items()), reverse=True)
    if not ranked or ranked[0][0] < least:
        return []
    best = ranked[0][0]
    return [Theme(topic, share) for share, topic in ranked[:_MOST] if share >= max(least, best * _NEAR_BEST)]


@cache
def _worth(word: str) -> Mapping[str, float]:
    """Return what `word` is worth to each topic whose vocabulary has it."""
    wanted = stem(word)
    weights: dict[str, float] = {}
    for known, topics in _by_start().get(word[:_SAME_START], {}).items():
        if known == word or stem(known) == wanted:
            for topic, weight in topics.items():
                weights[topic] = max(weight, weights.get(topic, 0.0))
    rarity = math.log(1 + _count() / (1 + len(weights)))
    return {topic: weight * rarity for topic, weight in weights.items()}


def _rarest() -> float:
    return math.log(1 + _count() / 2)


def _count() -> int:
    return len(_vocabularies())


@cache
def _by_start() -> Mapping[str, Mapping[str, Mapping[str, float]]]:
    """Return by their first letters the words of all vocabularies, with their weight for each topic."""
    out: dict[str, dict[str, dict[str, float]]] = defaultdict(lambda: defaultdict(dict))
    for topic, words in _vocabularies().items():
        for word, weight in words.items():
            out[word[:_SAME_START]][word][topic] = weight
    return out


@cache
def _vocabularies() -> Mapping[str, Mapping[str, float]]:
    """Return the folded words of every topic with their weight."""
    out: dict[str, dict[str, float]] = defaultdict(dict)
    for row in _rows("topics.csv"):
        own = out[row["id"]]
        for column, weight in (("definition", _IN_TEXT), ("triggers", _IN_TEXT), ("label", _IN_LABEL)):
            own.update(dict.fromkeys(_words(row[column]), weight))
    for row in _rows("asked_words.csv"):
        own = out[row["topic"]]
        for word in _words(row["words"]):
            own[word] = max(_ASKED, own.get(word, 0.0))
    return out


def _rows(name: str) -> list[dict[str, str]]:
    with data(name).open(encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows))


def _words(text: str) -> list[str]:
    return [word for word in _WORD.findall(fold(text)) if word not in STOP_WORDS]
