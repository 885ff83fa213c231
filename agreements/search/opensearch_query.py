"""From clauses to OpenSearch's query language: plain dictionaries, so that nothing here needs a server.

Words come analysed and the index takes them as they are, so that a clause means the same as on every other engine.
"""

import re
from itertools import permutations
from typing import Any

from agreements.search.clauses import (
    Between,
    Bool,
    Clause,
    Close,
    Every,
    Flat,
    KeywordClause,
    Like,
    Near,
    TermClause,
    Weighed,
)
from agreements.search.fields import KEYWORD_FIELDS, LATEST, SIGNED, TEXT_FIELDS, WORD_FIELDS, IndexRow

Query = dict[str, Any]

PAYLOAD = "payload"
WINDOW = 100_000
"""How many rows, best first, can be reached; the server keeps as many in its memory as are asked for."""

_LONGEST_UNORDERED = 4  # words: every order of them is asked for
_LONGEST_WORD = 1000  # characters; what is longer is no word that anybody looks for
_SPECIAL = re.compile(r'[.?+*|{}\[\]()"\\#@&<>~^$-]')


def index_body() -> Query:
    """Return settings and fields of an index: nothing is seen before a refresh is asked for."""
    words = {"type": "text", "analyzer": "whitespace"}
    value = {"type": "keyword", "ignore_above": _LONGEST_WORD}
    fields: Query = dict.fromkeys(TEXT_FIELDS, words)
    fields |= dict.fromkeys((*WORD_FIELDS, *KEYWORD_FIELDS), value)
    fields |= {SIGNED: {"type": "integer"}, LATEST: {"type": "integer"}, PAYLOAD: {"type": "text", "index": False}}
    settings = {"number_of_shards": 1, "refresh_interval": "-1", "max_result_window": WINDOW}
    return {"settings": {"index": settings}, "mappings": {"dynamic": "strict", "properties": fields}}


def document(row: IndexRow) -> Query:
    """Return `row` as the index takes it."""
    return {
        **row.texts,
        **{field: words.split() for field, words in row.words.items()},
        **{field: list(values) for field, values in row.keywords.items() if values},
        SIGNED: list(row.signed),
        LATEST: row.latest,
        PAYLOAD: row.payload.decode("utf-8"),
    }


def literal(text: str) -> str:
    """Return a regular expression of the server's that means just `text`."""
    return _SPECIAL.sub(r"\\\g<0>", text)


def compiled(clause: Clause) -> Query:  # noqa: PLR0911 (one branch for each kind of clause)
    """Return what the server is asked for `clause`; scores as `clauses` says."""
    match clause:
        case TermClause(field=field, term=term):
            return {"term": {field: {"value": term}}}
        case Near():
            return _near(clause)
        case Like(field=field, pattern=pattern):
            return _scoring_one({"wildcard": {field: {"value": pattern}}})
        case Close(field=field, word=word, distance=distance):
            near = {"value": word, "fuzziness": distance, "prefix_length": 0, "transpositions": False}
            return _scoring_one({"fuzzy": {field: near}})
        case KeywordClause(field=field, value=value):
            return _condition({"term": {field: {"value": value}}})
        case Between(field=field, first=first, last=last):
            return _condition({"range": {field: {"gte": first, "lte": last}}})
        case Every():
            return _condition({"match_all": {}})
        case Weighed(clause=inner, weight=0.0):
            return _condition(compiled(inner))
        case Weighed(clause=inner, weight=weight):
            return {"bool": {"must": [compiled(inner)], "boost": weight}}
        case Flat(clause=inner, score=score):
            return {"constant_score": {"filter": compiled(inner), "boost": score}}
        case Bool():
            return _bool(clause)


def _bool(clause: Bool) -> Query:
    parts: Query = {
        "must": [compiled(c) for c in clause.must],
        "should": [compiled(c) for c in clause.should],
        "must_not": [compiled(c) for c in clause.never],
    }
    if clause.should:
        parts["minimum_should_match"] = clause.at_least
    return {"bool": {name: part for name, part in parts.items() if part or name == "minimum_should_match"}}


def _near(near: Near) -> Query:
    """Return spans in the order given or, where any will do, in every order; then the window is exact."""
    unordered = near.slop and not near.ordered and len(near.terms) <= _LONGEST_UNORDERED
    orders = sorted(set(permutations(near.terms))) if unordered else [near.terms]
    spans = [_span(near.field, order, near.slop) for order in orders]
    return spans[0] if len(spans) == 1 else {"dis_max": {"queries": spans}}


def _span(field: str, terms: tuple[str, ...], slop: int) -> Query:
    words = [{"span_term": {field: term}} for term in terms]
    return {"span_near": {"clauses": words, "slop": slop, "in_order": True}}


def _condition(query: Query) -> Query:
    return {"bool": {"filter": [query]}}


def _scoring_one(query: Query) -> Query:
    return {"constant_score": {"filter": query, "boost": 1.0}}
