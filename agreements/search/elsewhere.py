"""The words for places of an agreement in other languages than English: `Artikel 22 Absatz 2`, `artículo III`.

They are those of the packs in `data/languages`. Reading these takes longer than a search: they are asked only where a
query has a word before a short number that says no place in English.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from agreements.search.analysis import fold

if TYPE_CHECKING:
    from agreements.languages import LanguagePack

_ENGLISH_WORDS = """
article articles art arts section sections sec secs sect paragraph paragraphs para paras subparagraph annex appendix
part point item clause letter title chapter rule schedule and or to of the in on at for no by than over with
"""
_ENGLISH = frozenset(_ENGLISH_WORDS.split())
_BEFORE_NUMBER = re.compile(r"(?P<word>[^\W\d_]{2,20})\b\.?\s{1,3}(?=(?:\d{1,3}[a-z]?|[IVXLC]{1,7}|[a-z])(?!\w))")
_ARTICLE, _PARAGRAPH, _SECTION = "art", "\N{PILCROW SIGN}", "\N{SECTION SIGN}"


def in_signs(query: str) -> str:
    """Return `query` with the words of other languages before a number as `art`, `¶` and `§`, as long as before."""
    out = query
    for found in _BEFORE_NUMBER.finditer(query):
        word = fold(found["word"])
        if word not in _ENGLISH and (sign := _signs().get(word)):
            length = len(found.group().rstrip())
            out = out[: found.start()] + sign[:length].ljust(length) + out[found.start() + length :]
    return out


@cache
def _signs() -> dict[str, str]:
    """Return what stands for the words of the packs, folded."""
    from agreements.languages import languages

    signs: dict[str, str] = {}
    for code, pack in languages().items():
        for word in _cited(pack) if code != "en" else ():
            plain = fold(word).strip(".")
            sign = _sign(plain, pack)
            if sign and (len(plain) >= len(sign)) and plain not in _ENGLISH:
                signs.setdefault(plain, sign)
    return signs


def _cited(pack: "LanguagePack") -> Iterable[str]:
    return (*pack.references, *pack.cites.get("article", ()), *pack.cites.get("part", ()))


def _sign(word: str, pack: "LanguagePack") -> str:
    starts = {_ARTICLE: [fold(each) for each in pack.article], _SECTION: [fold(each) for each in pack.section]}
    if word in map(fold, pack.annex):
        return ""
    found = (sign for sign, words in starts.items() if any(word[:4] == each[:4] for each in words))
    return next(found, _PARAGRAPH)
