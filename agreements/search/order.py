"""The order of what answers: by words, the best of them by sense too, and what scores alike in an order of its own.

Words find what answers; among a hundred provisions that have them, those come first that say something near
(`senses.py`): bare words only, since phrases, operators and citations ask for what they say. What scores alike has not
the order of the index, which is that in which texts were imported: the latest signed agreement comes first, agreements
of one day by their ids, the provisions of one as they are read.
"""

import json
from collections.abc import Iterator, Sequence
from itertools import groupby

from agreements.isodates import days
from agreements.search import tree
from agreements.search.clauses import Clause
from agreements.search.engine import IndexReader, RankedRows
from agreements.search.ranking import weighty
from agreements.search.results import sense_in
from agreements.search.senses import nearness, sense_of

MOST = 500
"""How many rows of one score are put in order; of more, those that the engine gives first."""

DEPTH = 100
"""How many of the best rows by words are put in order by sense; the others stay behind them as they are."""

WORTH = 0.1
"""What the nearest of them gains, as a share of what the best scores by words."""

_Row = tuple[float, bytes]


def sense_asked(node: tree.Node) -> str:
    """Return the sense of the bare words that the query `node` wants; empty where it has none, or none is known."""
    wanted = (some for some in _runs(node) if not some.optional)
    return sense_of(word.term for some in wanted for word in weighty(some) if isinstance(word, tree.Word))


def _runs(node: tree.Node) -> Iterator[tree.Some]:
    if isinstance(node, tree.Some):
        yield node
    elif isinstance(node, tree.And):
        for each in node.nodes:
            yield from _runs(each)


def in_order(reader: IndexReader, clause: Clause, limit: int, offset: int, sense: str = "") -> RankedRows:
    """Return the rows from `offset` on that match `clause`, best first by words and by the `sense` that is asked.

    Rows of one score stand in their own order. A sense changes the first `DEPTH` rows only, whatever page is asked for.
    """
    end = offset + limit
    if not sense or not limit or offset >= DEPTH:
        found = _by_words(reader, clause, end if limit else 0)
        return RankedRows(found.total, found.rows[offset:end])
    found = _by_words(reader, clause, max(end, DEPTH))
    return RankedRows(found.total, _by_sense(found.rows, sense)[offset:end])


def _by_words(reader: IndexReader, clause: Clause, count: int) -> RankedRows:
    found = reader.search(clause, limit=count + 1 if count else 0)
    if len(found.rows) > count and _score(found.rows[count - 1]) == _score(found.rows[count]):
        found = reader.search(clause, limit=count + MOST)
    return RankedRows(found.total, list(_sorted(found.rows))[:count])


def _by_sense(rows: Sequence[_Row], asked: str) -> list[_Row]:
    """Return `rows` with the first of them in order by sense too.

    The farthest of them gains nothing and the nearest `WORTH`, so that none falls behind the others.
    """
    first = rows[:DEPTH]
    near = nearness(asked, [sense_in(payload) for _, payload in first])
    least, most = min(near, default=0.0), max(near, default=0.0)
    if most <= least:
        return list(rows)
    share = WORTH * first[0][0] / (most - least)
    scored = [(score + share * (each - least), payload) for (score, payload), each in zip(first, near, strict=True)]
    return [*sorted(scored, key=lambda row: -row[0]), *rows[DEPTH:]]


def _sorted(rows: Sequence[_Row]) -> Iterator[_Row]:
    for _, alike in groupby(rows, key=_score):
        tied = list(alike)
        yield from sorted(tied, key=_place) if len(tied) > 1 else tied


def _score(row: _Row) -> float:
    return round(row[0], 4)


def _place(row: _Row) -> tuple[int, str]:
    """Return by what rows of one score stand; those of one agreement keep the order in which they were read."""
    shown = json.loads(row[1])
    days_of = [found[1] for date in shown["signed"] if (found := days(date))]
    return -max(days_of, default=0), shown["agreement"]
