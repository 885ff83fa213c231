"""What scores alike has an order of its own: not that of the index, which is that in which texts were imported.

The latest signed agreement comes first, agreements of one day by their ids, the provisions of one as they are read.
"""

import json
import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from agreements.search.clauses import Clause
from agreements.search.engine import IndexReader, RankedRows
from agreements.search.fields import place_key

MOST = 500
"""How many rows of one score are put in order; of more, those that the engine gives first."""

_PIECES = re.compile(r"\d+|[^\W\d]+")
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


def _place(row: _Row) -> tuple[Any, ...]:
    shown = json.loads(row[1])
    latest = [-int(part) for part in _PIECES.findall(max(shown["signed"], default="0"))]
    return latest, shown["agreement"], _in_text(shown["path"])


def _in_text(path: str) -> list[tuple[int, int, str]]:
    """Return the key by which the paths of one agreement stand as they are read: `IX` after `V`, 10 after 9."""
    document = re.match(r"[a-z]{3}", path) is not None  # an annex stands after the articles
    plain = path if document else place_key(path.split("."))
    pieces = [(0, int(piece), "") if piece.isdigit() else (1, 0, piece) for piece in _PIECES.findall(plain)]
    return [(int(document and not path.startswith("preamble")), 0, ""), *pieces]
