"""Variants of the same mark: straight and curly quotation marks, kinds of blank and of dash, ligatures.

Word processors change these by themselves, in every paragraph they touch. Two texts that differ in nothing else say the
same words. Another mark is another text: a comma, a hyphen or quotation marks that come or go, double for single ones,
a capital.
"""

import re
import unicodedata
from functools import lru_cache

_VARIANTS = {
    '"': "“”„‟«»″",
    "'": "‘’‚‛‹›′`´",
    "-": "\u2010\u2011\u2012\u2013\u2014\u2015\u2212",  # hyphens, figure, en and em dash, bar, minus
    " ": "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t\n\r\v\f",
    "": "\u00ad\u200b\u200c\u200d\u2060\ufeff",  # a hyphen where a line may end, and signs without width
    "...": "…",
    "ff": "ﬀ",
    "fi": "ﬁ",
    "fl": "ﬂ",
    "ffi": "ﬃ",
    "ffl": "ﬄ",
    "st": "ﬅﬆ",
}
_PLAIN = str.maketrans({variant: mark for mark, variants in _VARIANTS.items() for variant in variants})
_BLANKS = re.compile(" {2,}")
_DASHES = re.compile("-{2,3}")  # a dash typed as two hyphens


@lru_cache(maxsize=1 << 15)  # the same words and paragraphs are asked for again and again
def plain(text: str) -> str:
    """Return `text` with one mark for all its variants, and one blank for several."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    text = text.translate(_PLAIN)
    return _DASHES.sub("-", _BLANKS.sub(" ", text))


def says_the_same(one: str, other: str) -> bool:
    """Whether the two texts differ in typography alone; texts that are equal do so too."""
    return one == other or plain(one).strip() == plain(other).strip()
