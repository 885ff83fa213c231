"""Agreements as Word files, and what becomes of them: `write` and `render`, `redline`, `accept` and `reject`."""

from typing import TYPE_CHECKING

from agreements.registry import lazy

if TYPE_CHECKING:
    from agreements.word.differing import elsewhere as elsewhere
    from agreements.word.options import WordOptions as WordOptions
    from agreements.word.prior import Prior as Prior
    from agreements.word.redlining import Redline as Redline
    from agreements.word.redlining import RedlineOptions as RedlineOptions
    from agreements.word.redlining import redline as redline
    from agreements.word.revisions import accept as accept
    from agreements.word.revisions import reject as reject
    from agreements.word.writing import render as render
    from agreements.word.writing import write as write

__getattr__, __dir__, __all__ = lazy(
    __name__,
    {
        "Prior": "prior",
        "Redline": "redlining",
        "RedlineOptions": "redlining",
        "WordOptions": "options",
        "accept": "revisions",
        "elsewhere": "differing",
        "redline": "redlining",
        "reject": "revisions",
        "render": "writing",
        "write": "writing",
    },
)
