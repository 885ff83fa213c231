"""Search: the only package that knows a search engine or a query syntax.

    with Index(folder).building() as batch: batch.put(agreement); batch.fingerprint = ...
    results = search(folder, '"official duty" AND arbitrator', filters=Filters(party=("USA",)))

A query becomes a neutral tree (`repair`, `lucene`, `tree`), the tree what an engine is asked (`ranking`,
`clauses`), and each engine compiles that (`engine` is the port). Snippets are made here from the original text
(`highlight`), so that they are the same whatever the engine.
"""

from agreements.registry import ENGINES
from agreements.search import fresh
from agreements.search.engine import DEFAULT
from agreements.search.filters import Filters
from agreements.search.index import Index, Stamp
from agreements.search.page import (
    HITS_PER_LINE,
    HitPage,
    PageLine,
    marks_explained,
    marks_of,
    page_of,
    short_citation,
    shortened,
)
from agreements.search.results import Hit, Results
from agreements.search.searching import Searcher, search
from agreements.search.understanding import Understanding

__all__ = [
    "DEFAULT",
    "ENGINES",
    "HITS_PER_LINE",
    "Filters",
    "Hit",
    "HitPage",
    "Index",
    "PageLine",
    "Results",
    "Searcher",
    "Stamp",
    "Understanding",
    "as_of",
    "fresh",
    "marks_explained",
    "marks_of",
    "page_of",
    "phrases",
    "precedents",
    "provisions",
    "rows",
    "saved",
    "search",
    "short_citation",
    "shortened",
    "units",
]
