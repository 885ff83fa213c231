"""From blocks to an agreement: structure, facts, references; pure, without files.

Names are loaded when first used: who leads a reference parses nothing.
"""

from typing import TYPE_CHECKING

from agreements.registry import lazy

if TYPE_CHECKING:
    from agreements.parsing.citing import cited_in as cited_in
    from agreements.parsing.evidence import Evidence as Evidence
    from agreements.parsing.evidence import PageBox as PageBox
    from agreements.parsing.invariants import articles as articles
    from agreements.parsing.invariants import rising as rising
    from agreements.parsing.invariants import where_in as where_in
    from agreements.parsing.locators import Cited as Cited
    from agreements.parsing.locators import cited as cited
    from agreements.parsing.locators import with_between as with_between
    from agreements.parsing.pipeline import Parsed as Parsed
    from agreements.parsing.pipeline import gate as gate
    from agreements.parsing.pipeline import gate_text as gate_text
    from agreements.parsing.pipeline import parse as parse
    from agreements.parsing.terms import NoticeOfEnd as NoticeOfEnd
    from agreements.parsing.terms import term_notices as term_notices
    from agreements.parsing.titles import may_be_a_title as may_be_a_title

__getattr__, __dir__, __all__ = lazy(
    __name__,
    {
        "Cited": "locators",
        "Evidence": "evidence",
        "NoticeOfEnd": "terms",
        "PageBox": "evidence",
        "Parsed": "pipeline",
        "articles": "invariants",
        "cited": "locators",
        "with_between": "locators",
        "cited_in": "citing",
        "gate": "pipeline",
        "gate_text": "pipeline",
        "may_be_a_title": "titles",
        "parse": "pipeline",
        "rising": "invariants",
        "term_notices": "terms",
        "where_in": "invariants",
    },
)
