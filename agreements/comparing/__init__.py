"""Two texts compared: provisions that answer each other, and the words that differ.

Names are loaded when they are first used: words that differ need nothing of the provisions that answer each other.
"""

from typing import TYPE_CHECKING

from agreements.registry import lazy

if TYPE_CHECKING:
    from agreements.comparing.alignment import UNTOUCHED as UNTOUCHED
    from agreements.comparing.alignment import WORDS_STAND as WORDS_STAND
    from agreements.comparing.alignment import AlignedProvision as AlignedProvision
    from agreements.comparing.alignment import ChangeKind as ChangeKind
    from agreements.comparing.alignment import Pair as Pair
    from agreements.comparing.alignment import align as align
    from agreements.comparing.alignment import other_original as other_original
    from agreements.comparing.alignment import paired_documents as paired_documents
    from agreements.comparing.alignment import put_in_order as put_in_order
    from agreements.comparing.alignment import sign_alike as sign_alike
    from agreements.comparing.words import DiffSegment as DiffSegment
    from agreements.comparing.words import differences as differences
    from agreements.comparing.words import marked_as as marked_as
    from agreements.comparing.words import same_words as same_words

__all__ = [
    "UNTOUCHED",
    "WORDS_STAND",
    "AlignedProvision",
    "ChangeKind",
    "DiffSegment",
    "Pair",
    "align",
    "comparison",
    "differences",
    "drafts",
    "kinds",
    "marked_as",
    "matching",
    "other_original",
    "paired_documents",
    "phrases",
    "put_in_order",
    "same_words",
    "sign_alike",
    "similar",
    "tokens",
    "words",
]

__getattr__, __dir__, _ = lazy(
    __name__,
    {
        "AlignedProvision": "alignment",
        "ChangeKind": "alignment",
        "DiffSegment": "words",
        "Pair": "alignment",
        "UNTOUCHED": "alignment",
        "WORDS_STAND": "alignment",
        "align": "alignment",
        "differences": "words",
        "marked_as": "words",
        "other_original": "alignment",
        "paired_documents": "alignment",
        "put_in_order": "alignment",
        "same_words": "words",
        "sign_alike": "alignment",
    },
)
