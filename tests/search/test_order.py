"""What scores alike comes in an order of its own, whatever the order of the index, and pages agree with each other."""

import json
from itertools import permutations

from agreements.search.clauses import Every
from agreements.search.engine import RankedRows
from agreements.search.order import in_order


class Rows:
    """Rows as an engine gives them."""

    def __init__(self, rows: list[tuple[float, bytes]]) -> None:
        self._rows = rows

    def search(self, clause: object, *, limit: int, offset: int = 0) -> RankedRows:
        return RankedRows(len(self._rows), self._rows[offset : offset + limit])


def _row(score: float, agreement: str, signed: str) -> tuple[float, bytes]:
    return score, json.dumps({"agreement": agreement, "signed": [signed] if signed else []}).encode()


def test_the_order_of_imports_does_not_show() -> None:
    best, *tied = [_row(2, "a", "1951"), _row(1, "b", "1990-02"), _row(1, "c", "2001-05-03"), _row(1, "d", "")]
    for order in permutations(tied):
        pages = [in_order(Rows([best, *order]), Every(), 2, offset).rows for offset in (0, 2)]
        shown = [json.loads(payload)["agreement"] for page in pages for _, payload in page]
        assert shown == ["a", "c", "b", "d"]
