"""A batch of agreements on their way into the index, at every level at once. Used while indexing only."""

from collections.abc import Iterable, Mapping

from agreements.model import Agreement
from agreements.search.engine import IndexWriter
from agreements.search.fields import IndexRow, UnitLevel
from agreements.search.rows import rows_of
from agreements.search.units import GivenTopics, units_of

PreparedRows = list[tuple[tuple[UnitLevel, ...], IndexRow]]
"""The rows of one agreement and the levels of each: plain data, which another process may have made."""


def prepare(agreement: Agreement, topics: GivenTopics | None = None) -> PreparedRows:
    """Return what the index will hold of `agreement`; `topics` gives ids of fine topics by path.

    Most of the work of indexing, and pure: it may be done in another process than the writing.
    """
    return list(rows_of(units_of(agreement, topics)))


class Batch:
    """What is put here is in the index when the batch ends well; `fingerprint` says what it then stands for."""

    def __init__(self, writers: Mapping[UnitLevel, IndexWriter]) -> None:
        self._writers = writers
        self.fingerprint = ""
        self.provisions = 0

    def put(self, agreement: Agreement, topics: GivenTopics | None = None) -> None:
        """Index `agreement` in place of what was held of it; `topics` gives ids of fine topics by path."""
        self.put_prepared(agreement.id, rows_of(units_of(agreement, topics)))

    def put_prepared(self, agreement_id: str, rows: Iterable[tuple[tuple[UnitLevel, ...], IndexRow]]) -> None:
        """Index what `prepare` made of an agreement in place of what was held of it."""
        self.drop(agreement_id)
        for levels, row in rows:
            for level in levels:
                self._writers[level].add(row)
            self.provisions += 1

    def drop(self, agreement_id: str) -> None:
        """Take an agreement out of the index."""
        for writer in self._writers.values():
            writer.drop(agreement_id)
