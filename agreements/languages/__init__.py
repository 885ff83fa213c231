"""The languages that agreements are read in: their words, each in a file of `data/languages/`, and their heads.

To add one, add a file; its `examples` are tried by the tests. Names are loaded when first used, since who leads a
reference reads numbers and no languages.
"""

from typing import TYPE_CHECKING

from agreements.registry import lazy

if TYPE_CHECKING:
    from agreements.languages.heads import HeadWords as HeadWords
    from agreements.languages.heads import head_words as head_words
    from agreements.languages.heads import value_of as value_of
    from agreements.languages.packs import LanguagePack as LanguagePack
    from agreements.languages.packs import fold as fold
    from agreements.languages.packs import languages as languages
    from agreements.languages.packs import phrases as phrases

__all__ = ["HeadWords", "LanguagePack", "fold", "head_words", "languages", "phrases", "value_of"]
__getattr__, __dir__, _ = lazy(
    __name__,
    {
        "HeadWords": "heads",
        "LanguagePack": "packs",
        "fold": "packs",
        "head_words": "heads",
        "languages": "packs",
        "phrases": "packs",
        "value_of": "heads",
    },
)
