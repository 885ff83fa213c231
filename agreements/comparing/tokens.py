"""Words, blanks and punctuation: what texts are compared by."""

import re
from collections.abc import Iterable
from functools import lru_cache

_SOLID = r"\d+(?:[.,]\d+)+|\w+(?:['’\u2010-\u2013-]\w+)*|-{2,3}|\.{3}|[^\w\s]"
_TOKEN = re.compile(rf"{_SOLID}|\s+")
_WORD = re.compile(_SOLID)
FUNCTION_WORDS = frozenset(
    (
        *("a", "an", "and", "any", "are", "as", "at", "be", "by", "for", "from", "if", "in", "is", "it", "its"),
        *("no", "not", "of", "on", "or", "other", "shall", "such", "that", "the", "their", "them", "they", "this"),
        *("those", "to", "under", "was", "were", "which", "who", "will", "with"),
    )
)
"""Words that say little alone: left standing between two changes, they do not help a reader."""


def tokens(text: str) -> list[str]:
    """Return the words, blanks and punctuation marks of `text`; joined, they are `text` again."""
    return _TOKEN.findall(text)


@lru_cache(maxsize=1 << 16)  # texts say the same few thousand words again and again
def is_word(token: str) -> bool:
    """Whether a token is a word or a number, and not blank or punctuation."""
    return token[:1].isalnum() or (len(token) > 1 and not token.isspace())


def count_words(found: Iterable[str]) -> int:
    """Return how many of the tokens are words."""
    return sum(map(is_word, found))


@lru_cache(maxsize=1 << 12)  # the same paragraphs are matched by several steps
def words(text: str) -> tuple[str, ...]:
    """Return the words and punctuation marks of `text`, without blanks."""
    return tuple(_WORD.findall(text))
