"""The clauses of a repository with their topics, as the index holds them: quick, because nothing is parsed."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from agreements.repository import Repository
from agreements.search.clauses import Bool, Clause, Every, KeywordClause
from agreements.search.searching import searching
from agreements.topics import topics

_ALL = 100_000_000
_FEW = 500  # agreements that an engine is asked for by name


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
    topics: Iterable[str] = (),
    tell: Callable[[str], None] | None = None,
) -> Iterator[ClauseRow]:
    """Yield the clauses (`level` article) or numbered paragraphs (`paragraph`) of the agreements `ids`, unordered.

    `topics` keeps those that are about any of these fine topics. An index that is not in step is brought in step first.
    Raises `RepositoryError`.
    """
    wanted = set(ids)
    if not wanted:
        return
    of_these = Bool(should=tuple(KeywordClause("agreement", i) for i in sorted(wanted)), at_least=1)
    with searching(repository, tell=tell) as searcher:
        if tell and searcher.behind:
            tell(searcher.behind)
        asked: Clause = of_these if len(wanted) <= _FEW else Every()
        if about := tuple(KeywordClause("topic", topic) for topic in topics):
            asked = Bool(must=(asked, Bool(should=about, at_least=1)))
        for _, payload in searcher.reader(level).search(asked, limit=_ALL).rows:
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
