"""What an engine is asked: fields, terms, weights. Made from the query tree by `ranking.py`, compiled by engines."""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class TermClause:
    """A term of a text field; scored by BM25."""

    field: str
    term: str


@dataclass(frozen=True, slots=True)
class Near:
    """Terms of a text field in a row; with `slop` above 0 with at most so many other words between them.

    `ordered` ones must stand in the order given. Scored by BM25 as their terms.
    """

    field: str
    terms: tuple[str, ...]
    slop: int = 0
    ordered: bool = True


@dataclass(frozen=True, slots=True)
class Like:
    """Any word of `field` that matches a pattern of `*` and `?`; every match scores 1."""

    field: str
    pattern: str


@dataclass(frozen=True, slots=True)
class Close:
    """Any word of `field` within `distance` edits of `word`; every match scores 1."""

    field: str
    word: str
    distance: int


@dataclass(frozen=True, slots=True)
class KeywordClause:
    """A value of a keyword field; scores nothing."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Between:
    """Any number of a number field from `first` to `last`, both included; scores nothing."""

    field: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Every:
    """Everything; scores nothing."""


@dataclass(frozen=True, slots=True)
class Bool:
    """All of `must`, at least `at_least` of `should`, none of `never`; the scores of what matches add up."""

    must: tuple["Clause", ...] = ()
    should: tuple["Clause", ...] = ()
    never: tuple["Clause", ...] = ()
    at_least: int = 0


@dataclass(frozen=True, slots=True)
class Weighed:
    """A clause whose score counts `weight` times; 0 makes it a mere condition."""

    clause: "Clause"
    weight: float


@dataclass(frozen=True, slots=True)
class Flat:
    """A clause whose every match scores `score`, however it matches."""

    clause: "Clause"
    score: float


Clause: TypeAlias = TermClause | Near | Like | Close | KeywordClause | Between | Every | Bool | Weighed | Flat


def unscored(clause: Clause) -> Clause:
    """Return what matches the same rows as `clause`, without what only adds to scores: for counting."""
    if isinstance(clause, Weighed | Flat):
        return unscored(clause.clause)
    if not isinstance(clause, Bool):
        return clause
    must = tuple(map(unscored, clause.must))
    should = tuple(map(unscored, clause.should)) if clause.at_least or not must else ()
    if len(must) == 1 and not should and not clause.never:
        return must[0]
    return Bool(must, should, tuple(map(unscored, clause.never)), clause.at_least)
