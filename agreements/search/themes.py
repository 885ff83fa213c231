"""What a query is about: the topics whose vocabulary its words belong to.

A provision seldom has the words in which people ask for it ("who pays when a lorry hits a house" against "claims of
third parties arising out of acts or omissions"); its topic is the bridge. The vocabulary of a topic is its label,
definition and triggers (`data/topics.csv`), the words in which lay people speak of it (`data/lay_words.csv`, written
by hand), and for a word that is not among those the topics that are near to it in meaning (`data/plain_words.csv`, made
by `benchmarks/plain_words.py`). Words are worth the more, the fewer topics they belong to.

A question is also put in turns of speech that no treaty has, and whose words mean nothing one by one (`get out of`,
`put on trial`). A row of `data/lay_expressions.csv`, written by hand, has some (`..` stands for up to three words), the
words in which treaties say it (`terminate`, `notice of termination`), and its topics, where any are known.
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
from agreements.search.analysis import STOP_WORDS, fold, stem, terms
from agreements.search.asking import ASKING
from agreements.topics import topics as topics_by_id

_WORD = re.compile(r"[^\W\d_]+")
_SAME_START = 3  # words with one stem begin alike: only those that do need to be stemmed
_IN_LABEL, _SAID_BY_LAYMEN, _ELSEWHERE = 1.0, 1.0, 0.5
_SAID = 1.5
_MOST = 4
_NEAR_BEST = 0.6  # a further topic needs this share of what speaks for the first

_LEAST, _LEAST_ASKED = 0.5, 0.15  # share of the words that must speak for a topic, in keywords and in a question
_GAP, _MOST_BETWEEN = "..", 3
_JOINING = frozenset(("and", "or"))
"""What no gap reaches over: `bring their sofa and family car` brings no family."""
_SHOWN = 3
_WORDS_OF_ALL = "agreement army country force forces military party soldiers state treaty troops"
_ANYWHERE = frozenset(_WORDS_OF_ALL.split())


class Theme(NamedTuple):
    """A topic that a query is about, and how much of the query's words speaks for it, from 0 to 1."""

    topic: str
    share: float


class _Said(NamedTuple):
    """An expression in a row of words: their places, what treaties say for it, and its topics."""

    places: tuple[int, ...]
    meant: tuple[str, ...]
    topics: tuple[str, ...]


class _Turn(NamedTuple):
    said: tuple[str, ...]
    meant: str
    topics: str


def themed(node: tree.Node, *, asked: bool = False, plain: bool = False) -> tree.Node:
    """Return `node` with the topics that its bare words are about, where they are the query or all must answer it.

    They are a question where they were `asked` as one, or begin as one; in a question, turns of speech are read as what
    treaties say for them, unless it is to be read as its `plain` words.
    """
    if isinstance(node, tree.Word):
        return _with_themes(tree.Some((node,)), asked=asked, plain=plain)
    if isinstance(node, tree.And):
        nodes = (_with_themes(n, asked=asked, plain=plain) if isinstance(n, tree.Some) else n for n in node.nodes)
        return replace(node, nodes=tuple(nodes))
    return _with_themes(node, asked=asked, plain=plain) if isinstance(node, tree.Some) else node


def _with_themes(some: tree.Some, *, asked: bool, plain: bool) -> tree.Some:
    if some.optional:
        return some
    words = [n for n in some.nodes if isinstance(n, tree.Word)]
    question = asked or (bool(words) and fold(words[0].surface) in ASKING)
    said = expressions([fold(word.surface) for word in words]) if question and not plain else []
    spoken = {place for each in said if len(each.places) > 1 for place in each.places}
    words = [replace(word, stop=word.stop or at in spoken) for at, word in enumerate(words)]
    sought = [word for n in words if not n.stop for word in _words(n.surface) if word not in _ANYWHERE]
    found = themes(sought, [each.topics for each in said], question=question)
    left = iter(words)
    return replace(
        some,
        nodes=tuple(next(left) if isinstance(n, tree.Word) else n for n in some.nodes),
        themes=tuple((t.topic, t.share) for t in found),
        question=question,
        expressions=tuple(_expression(each, words) for each in said),
    )


def _expression(said: _Said, words: Sequence[tree.Word]) -> tree.Expression:
    first, last = min(said.places), max(said.places)
    surface = " ".join(word.surface for word in words[first : last + 1])
    return tree.Expression(surface, tuple(tuple(terms(each)) for each in said.meant), said.meant)


def topics_sought(node: tree.Node) -> list[str]:
    """Return the topics that bare words of the query `node` are about, by `themed`."""
    own = [topic for topic, _ in node.themes] if isinstance(node, tree.Some) else []
    return own + [topic for child in tree.children(node) for topic in topics_sought(child)]


def expressions_said(node: tree.Node) -> str:
    """Return how turns of speech in the query `node` were read, each by its first words: `“quit” as terminate`."""
    own = node.expressions if isinstance(node, tree.Some) else ()
    said = [f"“{each.surface}” as {' or '.join(each.shown[:_SHOWN])}" for each in own]
    return "; ".join([*said, *(below for child in tree.children(node) if (below := expressions_said(child)))])


def is_question(node: tree.Node) -> bool:
    """Whether bare words of the query `node` are put as a question, by `themed`."""
    return getattr(node, "question", False) or any(map(is_question, tree.children(node)))


def themes(words: Sequence[str], said: Sequence[Sequence[str]] = (), *, question: bool) -> list[Theme]:
    """Return the topics that folded `words` of a question, or else keywords, are about, the likeliest first.

    The share of a topic is what its words among `words` are worth of what all are worth; a word that is in no
    vocabulary speaks for no topic and is worth as much as one that is in one only. Each of `said`, the topics of an
    expression, is worth as much as `_SAID` of those.
    """
    least = _LEAST_ASKED if question else _LEAST
    found: dict[str, float] = defaultdict(float)
    total = 0.0
    for word in dict.fromkeys(words):
        worth = _worth(word, question=question)
        total += max(worth.values(), default=_rarest())
        for topic, value in worth.items():
            found[topic] += value
    for each in said:
        total += _SAID * _rarest() if each else 0.0
        for topic in each:
            found[topic] += _SAID * _rarest()
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


# ---------------------------------------------------------------------- turns of speech


def expressions(words: Sequence[str]) -> list[_Said]:
    """Return the expressions that the folded `words` of a question hold, of each row of the table the longest.

    One that lies within a longer one is no other.
    """
    stems = [stem(word) for word in words]
    found: dict[tuple[str, str], tuple[int, ...]] = {}
    for at, word in enumerate(words):
        for row in _expressions().get(word[:_SAME_START], ()):
            places = _places(row.said, stems, at)
            if len(places) > len(found.get((row.meant, row.topics), ())):
                found[row.meant, row.topics] = places
    return [
        _Said(places, tuple(meant.split(";")), tuple(topics.split()))
        for (meant, topics), places in found.items()
        if not any(set(places) < set(each) for each in found.values())
    ]


def _places(said: Sequence[str], stems: Sequence[str], at: int) -> tuple[int, ...]:
    """Return the places of the words `said` in `stems` from `at` on; none where they do not stand there."""
    places: list[int] = []
    between = 0
    for word in said:
        if word == _GAP:
            between = _MOST_BETWEEN
            continue
        start = places[-1] + 1 if places else at
        wanted = stem(word)
        reach = range(start, min(start + between + 1, len(stems)))
        place = next((p for p in reach if stems[p] == wanted), None)
        if place is None or not _JOINING.isdisjoint(stems[start:place]):
            return ()
        places.append(place)
        between = 0
    return tuple(places)


@cache
def _expressions() -> Mapping[str, Sequence[_Turn]]:
    """Return the expressions by the first letters of their first word: words with one stem begin alike."""
    out: dict[str, list[_Turn]] = defaultdict(list)
    for line in data("lay_expressions.csv").read_text(encoding="utf-8").splitlines()[1:]:
        said, meant, topics = line.split(",")
        for each in said.split(";"):
            words = tuple(fold(each).split())
            out[words[0][:_SAME_START]].append(_Turn(words, meant, topics))
    return out
