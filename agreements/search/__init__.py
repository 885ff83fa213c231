"""Search: the only package that knows a search engine or a query syntax.

    with Index(folder).building() as batch: batch.put(agreement); batch.fingerprint = ...
    results = search(folder, '"official duty" AND arbitrator', filters=Filters(party=("USA",)))

A query becomes a neutral tree (`repair`, `lucene`, `tree`), the tree what an engine is asked (`ranking`,
`clauses`), and each engine compiles that (`engine` is the port). Snippets are made here from the original text
(`highlight`), so that they are the same whatever the engine.
"""

from typing import TYPE_CHECKING

from agreements.registry import ENGINES, lazy

if TYPE_CHECKING:
    from agreements.search import as_of as as_of
    from agreements.search import fresh as fresh
    from agreements.search import phrases as phrases
    from agreements.search import precedents as precedents
    from agreements.search import provisions as provisions
    from agreements.search import rows as rows
    from agreements.search import saved as saved
    from agreements.search import units as units
    from agreements.search.engine import DEFAULT as DEFAULT
    from agreements.search.filters import Filters as Filters
    from agreements.search.index import Index as Index
    from agreements.search.index import Stamp as Stamp
    from agreements.search.page import HITS_PER_LINE as HITS_PER_LINE
    from agreements.search.page import HitPage as HitPage
    from agreements.search.page import PageLine as PageLine
    from agreements.search.page import filled_page as filled_page
    from agreements.search.page import marks_explained as marks_explained
    from agreements.search.page import marks_of as marks_of
    from agreements.search.page import page_of as page_of
    from agreements.search.page import short_citation as short_citation
    from agreements.search.page import shortened as shortened
    from agreements.search.results import Hit as Hit
    from agreements.search.results import Results as Results
    from agreements.search.searching import Searcher as Searcher
    from agreements.search.searching import search as search
    from agreements.search.understanding import Understanding as Understanding

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
    "filled_page",
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

__getattr__, __dir__, _ = lazy(
    __name__,
    {
        "DEFAULT": "engine",
        "Filters": "filters",
        "HITS_PER_LINE": "page",
        "Hit": "results",
        "HitPage": "page",
        "Index": "index",
        "PageLine": "page",
        "Results": "results",
        "Searcher": "searching",
        "Stamp": "index",
        "Understanding": "understanding",
        "as_of": "",
        "fresh": "",
        "marks_explained": "page",
        "marks_of": "page",
        "filled_page": "page",
        "page_of": "page",
        "phrases": "",
        "precedents": "",
        "provisions": "",
        "rows": "",
        "saved": "",
        "search": "searching",
        "short_citation": "page",
        "shortened": "page",
        "units": "",
    },
)
