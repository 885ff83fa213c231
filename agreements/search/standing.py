"""Precedents apart from what is none: specimens, drafts and rejected texts are found when asked for, never counted."""

from agreements.search.clauses import Bool, Clause, KeywordClause, unscored
from agreements.search.engine import IndexReader
from agreements.search.filters import PRECEDENT, Filters


def beside(filters: Filters, reader: IndexReader, clause: Clause) -> dict[str, int]:
    """Return how many rows of each standing that is no precedent match `clause`, where precedents are held too."""
    if not _mixed(filters, reader):
        return {}
    counts = {standing: reader.search(_of(clause, standing), limit=0).total for standing in filters.beside}
    return {standing: count for standing, count in counts.items() if count}


def precedents(filters: Filters, reader: IndexReader, clause: Clause) -> Clause:
    """Return what is counted of `clause`: the precedents; where none is held, all, and a note says what they are."""
    return _of(clause, PRECEDENT) if _mixed(filters, reader) else unscored(clause)


def _mixed(filters: Filters, reader: IndexReader) -> bool:
    return bool(filters.beside) and reader.frequency("standing", PRECEDENT) > 0


def _of(clause: Clause, standing: str) -> Clause:
    return Bool(must=(unscored(clause), KeywordClause("standing", standing)))
