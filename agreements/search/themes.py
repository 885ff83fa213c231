"""What a query is about: the topics whose vocabulary its words belong to.

A provision seldom has the words in which people ask for it ("who pays when a lorry hits a house" against "claims of
third parties arising out of acts or omissions"); its topic is the bridge. The vocabulary of a topic is its label,
definition and triggers (`data/topics.csv`), the words in which lay people speak of it (`data/lay_words.csv`, written
by hand), and for a word that is not among those the topics that are near to it in meaning (`data/plain_words.csv`, made
by `benchmarks/plain_words.py`). Words are worth the more, the fewer topics they belong to.
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from agreements.resources import data
from agreements.search import tree
from agreements.search.analysis import STOP_WORDS, fold, stem
from agreements.search.asking import ASKING
from agreements.topics import topics as topics_by_id

_WORD = re.compile(r"[^\W\d_]+")
_SAME_START = 3  # words with one stem begin alike: only those that do need to be stemmed
_IN_LABEL, _SAID_BY_LAYMEN, _ELSEWHERE = 1.0, 1.0, 0.5
_MOST = 4
_NEAR_BEST = 0.6  # a further topic needs this share of what speaks for the first

_LEAST, _LEAST_ASKED = 0.5, 0.15  # share of the words that must speak for a topic, in keywords and in a question
_WORDS_OF_ALL = "agreement army country force forces military party soldiers state treaty troops"
_ANYWHERE = frozenset(_WORDS_OF_ALL.split())


class Theme(NamedTuple):
    """A topic that a query is about, and how much of the query's words speaks for it, from 0 to 1."""

    topic: str
    share: float


def themed(node: tree.Node, *, asked: bool = False) -> tree.Node:
    """Return `node` with the topics that its bare words are about, where they are the query or all must answer it.

    They are a question where they were `asked` as one, or begin as one.
    """
    if isinstance(node, tree.Word):
        return _with_themes(tree.Some((node,)), asked=asked)
    if isinstance(node, tree.And):
        nodes = tuple(_with_themes(n, asked=asked) if isinstance(n, tree.Some) else n for n in node.nodes)
        return replace(node, nodes=nodes)
    return _with_themes(node, asked=asked) if isinstance(node, tree.Some) else node


def _with_themes(some: tree.Some, *, asked: bool) -> tree.Some:
    if some.optional:
        return some
    words = [n for n in some.nodes if isinstance(n, tree.Word)]
    question = asked or (bool(words) and fold(words[0].surface) in ASKING)
    sought = [word for n in words if not n.stop for word in _words(n.surface) if word not in _ANYWHERE]
    found = themes(sought, question=question)
    return replace(some, themes=tuple((t.topic, t.share) for t in found), question=question)


def topics_sought(node: tree.Node) -> list[str]:
    """Return the topics that bare words of the query `node` are about, by `themed`."""
    own = [topic for topic, _ in node.themes] if isinstance(node, tree.Some) else []
    return own + [topic for child in tree.children(node) for topic in topics_sought(child)]


def is_question(node: tree.Node) -> bool:
    """Whether bare words of the query `node` are put as a question, by `themed`."""
    return getattr(node, "question", False) or any(map(is_question, tree.children(node)))


def themes(words: Sequence[str], *, question: bool) -> list[Theme]:
    """Return the topics that folded `words` of a question, or else keywords, are about, the likeliest first.

    The share of a topic is what its words among `words` are worth of what all are worth; a word that is in no
    vocabulary speaks for no topic and is worth as much as one that is in one only.
    """
    least = _LEAST_ASKED if question else _LEAST
    found: dict[str, float] = defaultdict(float)
    total = 0.0
    for word in dict.fromkeys(words):
        worth = _worth(word, question=question)
        total += max(worth.values(), default=_rarest())
        for topic, value in worth.items():
            found[topic] += value
    ranked = sorted(((value / total, topic) for topic, value in found.items()), reverse=True)
    if not ranked or ranked[0][0] < least:
        return []
    best = ranked[0][0]
    return [Theme(topic, share) for share, topic in ranked[:_MOST] if share >= max(least, best * _NEAR_BEST)]


def is_term(word: str) -> bool:
    """Whether the folded `word` is in the vocabulary of a topic: one of its own words, or one that laymen have."""
    start = word[:_SAME_START]
    return any(_weights(word, table.get(start, {}).items()) for table in (_vocabulary(), _lay()))


def is_everyday(word: str) -> bool:
    """Whether the folded `word` is one of the language by the tables here, and so no slip at the keyboard."""
    return word in STOP_WORDS or bool(_worth(word, question=True))


@cache
def _worth(word: str, *, question: bool) -> Mapping[str, float]:
    """Return what `word` is worth to each topic whose vocabulary has it; keywords are taken for terms of the field."""
    start = word[:_SAME_START]
    weights = _weights(word, _vocabulary().get(start, {}).items())
    lay = _weights(word, _lay().get(start, {}).items()) if question else {}
    everyday = lay or _weights(word, _plain(start))
    for topic, weight in everyday.items():
        weights[topic] = max(weight, weights.get(topic, 0.0))
    rarity = math.log(1 + len(topics_by_id()) / (1 + len(weights)))
    return {topic: weight * rarity for topic, weight in weights.items()}


def _weights(word: str, known: Iterable[tuple[str, Mapping[str, float]]]) -> dict[str, float]:
    """Return the weight for each topic of those of the words `known` that are a form of `word`."""
    wanted, weights = stem(word), dict[str, float]()
    for other, topics in known:
        if other == word or stem(other) == wanted:
            for topic, weight in topics.items():
                weights[topic] = max(weight, weights.get(topic, 0.0))
    return weights


def _rarest() -> float:
    return math.log(1 + len(topics_by_id()) / 2)


@cache
def _vocabulary() -> Mapping[str, Mapping[str, Mapping[str, float]]]:
    """Return by their first letters the words of `topics.csv`, with their weight for each topic."""
    out: dict[str, dict[str, dict[str, float]]] = defaultdict(lambda: defaultdict(dict))
    for topic in topics_by_id().values():
        said = dict.fromkeys(_words(f"{topic.definition} {' '.join(topic.triggers)}"), _ELSEWHERE)
        for word, weight in (said | dict.fromkeys(_words(topic.label), _IN_LABEL)).items():
            out[word[:_SAME_START]][word][topic.id] = weight
    return out


@cache
def _lay() -> Mapping[str, Mapping[str, Mapping[str, float]]]:
    """Return by their first letters the words of `lay_words.csv`, with their weight for each topic."""
    out: dict[str, dict[str, dict[str, float]]] = defaultdict(lambda: defaultdict(dict))
    for line in data("lay_words.csv").read_text(encoding="utf-8").splitlines()[1:]:
        topic, _, words = line.partition(",")
        for word in words.split():
            out[word[:_SAME_START]][word][topic] = _SAID_BY_LAYMEN
    return out


def _plain(start: str) -> Iterator[tuple[str, Mapping[str, float]]]:
    """Yield the everyday words that begin with `start`, with their weight for each topic."""
    text = _plain_words()  # sorted, and only a few of its many lines are read
    at = text.find(f"\n{start}")
    while at >= 0:
        end = text.find("\n", at + 1)
        word, _, topics = text[at + 1 : end].partition(",")
        yield word, dict.fromkeys(topics.split(), _ELSEWHERE)
        at = end if text.startswith(start, end + 1) else -1


@cache
def _plain_words() -> str:
    return data("plain_words.csv").read_text(encoding="utf-8")


def _words(text: str) -> list[str]:
    return [word for word in _WORD.findall(fold(text)) if word not in STOP_WORDS]
