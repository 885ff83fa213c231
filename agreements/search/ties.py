"""What scores alike has an order of its own: not that of the index, which is that in which texts were imported.

The latest signed agreement comes first, agreements of one day by their ids, the provisions of one as they are read.
"""

import json
from collections.abc import Iterator, Sequence
from itertools import groupby

from agreements.isodates import days
from agreements.search.clauses import Clause
from agreements.search.engine import IndexReader, RankedRows

MOST = 500
"""How many rows of one score are put in order; of more, those that the engine gives first."""

_Row = tuple[float, bytes]


def in_order(reader: IndexReader, clause: Clause, limit: int, offset: int) -> RankedRows:
    """Return the rows from `offset` on that match `clause`, best first, those of one score in their own order."""
    end = offset + limit
    found = reader.search(clause, limit=end + 1 if limit else 0)
    if len(found.rows) > end and _score(found.rows[end - 1]) == _score(found.rows[end]):
        found = reader.search(clause, limit=end + MOST)
    return RankedRows(found.total, list(_sorted(found.rows))[offset:end])


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
