"""The languages that agreements are read in: their words, each in a file of `data/languages/`, and their heads.

To add one, add a file; its `examples` are tried by the tests. `calendar` reads dates, `names` States and languages,
`authentic` which texts are authentic, `ordinals` the days that are counted off, in the words of each; `not_read` says
what is not read in a language. Names are loaded when first used, since who leads a reference reads numbers and no
languages.
"""

from typing import TYPE_CHECKING

from agreements.registry import lazy

if TYPE_CHECKING:
    from agreements.languages.folding import Folded as Folded
    from agreements.languages.folding import folded as folded
    from agreements.languages.folding import folded_pattern as folded_pattern
    from agreements.languages.heads import HeadWords as HeadWords
    from agreements.languages.heads import head_words as head_words
    from agreements.languages.heads import value_of as value_of
    from agreements.languages.packs import LanguagePack as LanguagePack
    from agreements.languages.packs import PackTable as PackTable
    from agreements.languages.packs import fold as fold
    from agreements.languages.packs import languages as languages
    from agreements.languages.packs import phrases as phrases
    from agreements.languages.reads import ReadMatter as ReadMatter
    from agreements.languages.reads import not_read as not_read

__all__ = [
    "Folded",
    "HeadWords",
    "LanguagePack",
    "PackTable",
    "ReadMatter",
    "authentic",
    "calendar",
    "fold",
    "folded",
    "folded_pattern",
    "head_words",
    "languages",
    "lengths",
    "names",
    "not_read",
    "ordinals",
    "phrases",
    "value_of",
]
__getattr__, __dir__, _ = lazy(
    __name__,
    {
        "Folded": "folding",
        "HeadWords": "heads",
        "LanguagePack": "packs",
        "PackTable": "packs",
        "ReadMatter": "reads",
        "fold": "packs",
        "folded": "folding",
        "folded_pattern": "folding",
        "head_words": "heads",
        "languages": "packs",
        "not_read": "reads",
        "phrases": "packs",
        "value_of": "heads",
    },
)
