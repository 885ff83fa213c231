"""Search by meaning beside search by words: what the two are worth to each other.

A `Meaning` gives the wordings nearest to a text. Those that filters and the rest of the query let through become
alternatives of the bare words, each worth a share of what the best match by words scores, so that the engine ranks all
in one. A question is in a person's words: there meaning counts most; keywords and phrases are best left near their
words.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from agreements.search import tree
from agreements.search.clauses import Bool, Clause, KeywordClause, Weighed
from agreements.search.engine import IndexReader
from agreements.search.fields import wording_of
from agreements.search.ranking import plan

Wordings = Sequence[tuple[str, float]]
"""Wordings (`fields.wording_of`), the nearest first, with their cosine."""
Meaning = Callable[[str, int], Wordings]
"""Text and number -> so many wordings."""

NEIGHBOURS = 300
WORTH, WORTH_ASKED = 0.1, 0.15
"""What the nearest wording is worth, as a share of the best match by words; the second for questions."""

_MORE, _MOST = 4, 20_000  # while filters leave too few, so many times as many wordings are tried, and at most so many


@dataclass(frozen=True, slots=True)
class Nearby:
    """What is near in meaning in the index of `reader`: `best` is the score of the best match by words."""

    meaning: Meaning
    reader: IndexReader
    best: float

    def added(self, node: tree.Node, held: Sequence[Clause]) -> tree.Node:
        """Return `node` with the wordings near to its bare words of which there are rows that are all of `held`."""
        if not isinstance(node, tree.And):
            return self._near(node, held)
        nodes = []
        for own in node.nodes:
            others = tuple(n for n in node.nodes if n is not own)
            nodes.append(self._near(own, (*held, plan(tree.And(others)))) if others else self._near(own, held))
        return replace(node, nodes=tuple(nodes))

    def _near(self, node: tree.Node, held: Sequence[Clause]) -> tree.Node:
        if not isinstance(node, tree.Some) or node.optional:
            return node
        text = " ".join(n.surface for n in node.nodes if isinstance(n, tree.Word | tree.Phrase))
        found = self._nearest(text, held) if text else []
        if not found:
            return node
        highest, lowest = found[0][1], min(found[-1][1], found[0][1] - 1e-6)
        worth = (self.best or 1.0) * (WORTH_ASKED if node.question else WORTH)
        near = tuple((wording, worth * (cosine - lowest) / (highest - lowest)) for wording, cosine in found)
        return replace(node, near=near)

    def _nearest(self, text: str, held: Sequence[Clause]) -> Wordings:
        """Return the nearest wordings after the conditions `held`, not before: else a narrow filter leaves none."""
        count = NEIGHBOURS
        while True:
            tried = self.meaning(text, count)
            rows = self._rows([wording for wording, _ in tried], held)
            found = [(wording, cosine) for wording, cosine in tried if wording in rows]
            if len(found) >= NEIGHBOURS or len(tried) < count or count >= _MOST:
                return found[:NEIGHBOURS]
            count *= _MORE

    def _rows(self, wordings: Sequence[str], held: Sequence[Clause]) -> set[str]:
        """Return those of `wordings` of which there is a row that is all of `held`."""
        if not wordings:
            return set()
        any_of = Bool(should=tuple(KeywordClause("wording", wording) for wording in wordings), at_least=1)
        clause = Bool(must=(any_of, *(Weighed(condition, 0.0) for condition in held)))
        shown = (json.loads(payload) for _, payload in self.reader.search(clause, limit=_MOST).rows)
        return {wording_of(hit["heading"], hit["text"]) for hit in shown}
