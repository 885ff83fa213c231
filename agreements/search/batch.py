"""A batch of agreements on their way into the index, at every level at once. Used while indexing only."""

from collections.abc import Mapping, Sequence

from agreements.model import Agreement
from agreements.search.engine import Writer
from agreements.search.fields import Level
from agreements.search.rows import rows_of
from agreements.search.units import units_of


class Batch:
    """What is put here is in the index when the batch ends well; `fingerprint` says what it then stands for."""

    def __init__(self, writers: Mapping[Level, Writer]) -> None:
        self._writers = writers
        self.fingerprint = ""
        self.provisions = 0

    def put(self, agreement: Agreement, topics: Mapping[str, Sequence[str]] | None = None) -> None:
        """Index `agreement` in place of what was held of it; `topics` gives ids of fine topics by path."""
        self.drop(agreement.id)
        for levels, row in rows_of(units_of(agreement, topics)):
            for level in levels:
                self._writers[level].add(row)
            self.provisions += 1

    def drop(self, agreement_id: str) -> None:
        """Take an agreement out of the index."""
        for writer in self._writers.values():
            writer.drop(agreement_id)
