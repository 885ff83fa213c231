"""The same provision elsewhere: what shares most of the rare words of a text and is about the same.

Candidates are found by the rare words of the text (BM25) and its topics; they are put in order by half their score
and half the likeness of all their words (cosine of TF-IDF vectors), so that a provision that says nothing else comes
before a longer one that says it too.
"""

import json
import math
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, partial

from agreements.search import tree
from agreements.search.analysis import STOP_WORDS, stem, terms
from agreements.search.clauses import Bool, Clause, Every, Flat, KeywordClause, TermClause, Weighed, unscored
from agreements.search.engine import IndexReader
from agreements.search.fields import FACETS
from agreements.search.filters import Filters, conditions
from agreements.search.highlight import Highlighter
from agreements.search.results import Results
from agreements.search.searching import Searcher, hits_of

_RAREST = 40
"""Words of the text that are looked for: more slow the search and add nothing."""
_TOPIC = 15.0
"""What a candidate gains by a topic of the text that is certain."""
_CANDIDATES = 100
_ENOUGH = 0.1  # of the words looked for: what has fewer of them is no match
_SHOWN = 12  # words highlighted
_HALF = 0.5
_KEPT = 4096  # texts whose weights are kept

Topics = Sequence[tuple[str, float]]


class _Weigher:
    """Weighs the words of texts by their rarity in one index, and keeps what it worked out as long as that is open."""

    def __init__(self, reader: IndexReader) -> None:
        self._frequency = partial(reader.frequency, "text")
        self._rows = reader.search(Every(), limit=0).total
        self._rarity: dict[str, float] = {}
        self._vectors: dict[str, Mapping[str, float]] = {}

    def vector(self, text: str) -> Mapping[str, float]:
        """Return the TF-IDF weights of the words of `text`, of length 1."""
        if (known := self._vectors.get(text)) is not None:
            return known
        counts, stop = Counter(terms(text)), _stop_terms()
        weights = {
            term: (1 + math.log(count) if count > 1 else 1) * self.rarity(term)
            for term, count in counts.items()
            if term not in stop
        }
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        if len(self._vectors) >= _KEPT:
            self._vectors.clear()
        found = self._vectors[text] = {term: weight / length for term, weight in weights.items()}
        return found

    def rarity(self, term: str) -> float:
        """Return how rare `term` is, above 0."""
        if (known := self._rarity.get(term)) is None:
            known = self._rarity[term] = math.log(1 + self._rows / (1 + self._frequency(term)))
        return known


def similar(
    searcher: Searcher,
    text: str,
    topics: Topics = (),
    filters: Filters | None = None,
    *,
    limit: int = 10,
    offset: int = 0,
    by: str = "article",
) -> Results:
    """Return the provisions most like `text`, which is about `topics` (ids with a confidence from 0 to 1).

    `by` is the size in which provisions come; a score is between 0 and 1. Raises `QueryError`
    for an option with an impossible value.
    """
    began = time.perf_counter()
    reader = searcher.reader(by)
    notes: list[str] = []
    weigher: _Weigher = searcher.kept(f"weigher {by}", lambda: _Weigher(reader))
    own = weigher.vector(text)
    rarest = sorted((t for t in own if reader.frequency("text", t)), key=lambda t: (-own[t], t))[:_RAREST]
    clause = _clause(text, rarest, topics, conditions(filters or Filters(), reader, notes))
    found = reader.search(clause, limit=max(_CANDIDATES, limit + offset))
    rows = _in_order(found.rows, own, weigher)[offset : offset + limit]
    highlighter = Highlighter(tree.Some(tuple(tree.Word(term, term) for term in rarest[:_SHOWN])))
    return Results(
        query=text,
        read_as=" ".join(rarest),
        total=found.total,
        took_ms=round((time.perf_counter() - began) * 1000, 2),
        hits=list(hits_of(rows, highlighter)),
        facets=reader.facets(unscored(clause), FACETS),
        notes=[*filter(None, [searcher.behind]), *notes],
    )


def _clause(text: str, rarest: Sequence[str], topics: Topics, held: Iterable[Clause]) -> Clause:
    counts = Counter(terms(text))
    words = tuple(Weighed(TermClause("text", term), math.sqrt(counts[term])) for term in rarest)
    if not words:
        return Bool(must=(Every(),), never=(Every(),))
    wanted = Bool(should=words, at_least=max(1, int(len(words) * _ENOUGH)))
    about = tuple(Flat(KeywordClause("topic", topic), _TOPIC * confidence) for topic, confidence in topics)
    return Bool(must=(wanted, *(Weighed(c, 0.0) for c in held)), should=about)


def _in_order(
    rows: Sequence[tuple[float, bytes]], own: Mapping[str, float], weigher: _Weigher
) -> list[tuple[float, bytes]]:
    """Return `rows` with new scores, the most alike first."""
    best = max((score for score, _ in rows), default=1.0)
    scored = [
        (_HALF * score / best + _HALF * _cosine(own, weigher.vector(json.loads(payload)["text"])), payload)
        for score, payload in rows
    ]
    return sorted(scored, key=lambda row: -row[0])


def _cosine(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    return sum([weight * b[term] for term, weight in a.items() if term in b])


@cache
def _stop_terms() -> frozenset[str]:
    return frozenset(map(stem, STOP_WORDS))
