"""The clauses of a repository with their topics, as the index holds them: quick, because nothing is parsed."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from agreements.repository import Repository
from agreements.search.clauses import Every
from agreements.search.fresh import fresh_index
from agreements.topics import topics

_ALL = 100_000_000


@dataclass(frozen=True, slots=True)
class ClauseRow:
    """A clause: its reference, the nearest heading, its words with all under it, its fine topics, main one first."""

    ref: str
    agreement: str
    path: str
    heading: str
    text: str
    citation: str
    language: str
    topics: tuple[str, ...]

    @property
    def cores(self) -> tuple[str, ...]:
        """Return the core topics that its topics count under, main one first."""
        known = topics()
        return tuple(dict.fromkeys(known[t].core for t in self.topics if t in known))


def clause_rows(
    repository: Repository,
    ids: Iterable[str],
    *,
    level: str = "article",
    tell: Callable[[str], None] | None = None,
) -> Iterator[ClauseRow]:
    """Yield the clauses (`level` article) or numbered paragraphs (`paragraph`) of the agreements `ids`, unordered.

    An index that is not in step is brought in step first. Raises `RepositoryError`.
    """
    wanted = set(ids)
    reader = fresh_index(repository, tell=tell).open(level)
    try:
        for _, payload in reader.search(Every(), limit=_ALL).rows if wanted else ():
            row = json.loads(payload)
            if row["agreement"] in wanted:
                yield ClauseRow(
                    row["ref"],
                    row["agreement"],
                    row["path"],
                    row["heading"],
                    row["text"],
                    row["citation"],
                    row["language"],
                    tuple(row["topics"]),
                )
    finally:
        reader.close()
