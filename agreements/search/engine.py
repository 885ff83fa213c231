"""The port that every engine fills; `registry.ENGINES` is the table of engines.

To add an engine: one module with a class that fills `Engine`, and one row in the register. The same acceptance
tests (`tests/search/test_engines.py`) run on every row.
"""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol, cast

from agreements.registry import ENGINES
from agreements.search.clauses import Clause
from agreements.search.fields import IndexRow

Sort = Literal["relevance", "date"]

REMOTE = ("opensearch",)
"""Those of ours that keep rows elsewhere than in the folder of the index; they fill `Remote`."""

DEFAULT = "tantivy"


@dataclass(frozen=True, slots=True)
class RankedRows:
    """How many rows match, and those asked for, best first: score and payload."""

    total: int
    rows: list[tuple[float, bytes]]


class IndexReader(Protocol):
    """An index opened for searching: a snapshot that later writing does not change."""

    def search(self, clause: Clause, *, limit: int, offset: int = 0, sort: Sort = "relevance") -> RankedRows:
        """Return the rows that match `clause`; none are read for a limit of 0."""

    def facets(self, clause: Clause, fields: Iterable[str]) -> dict[str, dict[str, int]]:
        """Return for each keyword field how many matching rows have each value, the most frequent first."""

    def frequency(self, field: str, term: str) -> int:
        """Return in how many rows `term` stands in `field` (a text, word or keyword field)."""

    def vocabulary(self, field: str, prefix: str, limit: int | None = None) -> list[tuple[str, int]]:
        """Return the terms of `field` that begin with `prefix` and in how many rows each stands."""

    def close(self) -> None:
        """Let go of files; the reader is not used afterwards."""


class IndexWriter(Protocol):
    """One batch of changes to an index; nothing is seen by readers before the batch ends well."""

    def drop(self, agreement: str) -> None:
        """Remove the rows of `agreement` that were there before this batch."""

    def add(self, row: IndexRow) -> None:
        """Add `row`."""


class Engine(Protocol):
    """Writes rows into a folder and opens the folder for reading."""

    name: str

    def version(self) -> str:
        """Return the version of the engine; an index made by another one is rebuilt."""

    def writing(self, folder: Path) -> AbstractContextManager[IndexWriter]:
        """Open `folder` (made anew when it has no index) for one batch: kept at the end, undone by an exception.

        Raises `RepositoryError` when another program is writing it.
        """

    def open(self, folder: Path) -> IndexReader:
        """Open the index in `folder`; raises `OSError` or `ValueError` when there is none that can be read."""


class Summed(Engine, Protocol):
    """An engine whose files have the sums that they were written with: all can be checked without reading rows."""

    def damage(self, folder: Path) -> str:
        """Return what of the index in `folder` is missing or is not as it was written; empty where all of it is.

        Raises `OSError`, and `ValueError` where the files have another form than is known here.
        """


class Remote(Engine, Protocol):
    """An engine that keeps rows elsewhere: deleting the folder of the index does not delete them."""

    def is_elsewhere(self, root: Path) -> bool:
        """Whether there may be rows elsewhere of the index whose folder is `root`."""

    def forget(self, root: Path, agreement: str) -> None:
        """Remove the rows of `agreement` that are elsewhere, for good; raises `RepositoryError` when that fails."""


def engine(name: str) -> Engine:
    """Return the engine `name`; raises `NotFoundError` that lists the known ones."""
    return cast(Engine, ENGINES[name]())


def summed_engine(name: str) -> Summed | None:
    """Return the engine `name` if its files have sums, else None."""
    found = engine(name)
    return cast(Summed, found) if hasattr(found, "damage") else None


def remote_engine(name: str) -> Remote | None:
    """Return the engine `name` if it keeps rows elsewhere than in the folder of the index, else None."""
    found = engine(name)
    return cast(Remote, found) if hasattr(found, "is_elsewhere") else None
