"""Queries in other languages than English: their words for places (`Artikel 22 Absatz 2`), and that they are in one.

They are those of the packs in `data/languages`. Reading these takes longer than a search: they are asked only where a
query has a word before a short number that says no place in English.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from agreements.search.analysis import STOP_WORDS, fold
from agreements.search.themes import is_everyday

if TYPE_CHECKING:
    from agreements.languages import LanguagePack

_ENGLISH_WORDS = """
article articles art arts section sections sec secs sect paragraph paragraphs para paras subparagraph annex appendix
part point item clause letter title chapter rule schedule and or to of the in on at for no by than over with
"""
_ENGLISH = frozenset(_ENGLISH_WORDS.split())
_BEFORE_NUMBER = re.compile(r"(?P<word>[^\W\d_]{2,20})\b\.?\s{1,3}(?=(?:\d{1,3}[a-z]?|[IVXLC]{1,7}|[a-z])(?!\w))")
_WORD = re.compile(r"[^\W\d_]+")
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


def is_of_another_tongue(query: str) -> bool:
    """Whether `query` has a small word of another language and none of English: `permiso de conducir sin examen`."""
    words = {found.casefold() for found in _WORD.findall(query)}
    return not words & STOP_WORDS and bool(words & _small_words())


@cache
def _small_words() -> frozenset[str]:
    """Return the small words by which the packs tell topics, days and pairs, and that are no English words."""
    from agreements.languages import languages

    packs = [pack for code, pack in languages().items() if code != "en"]
    english = languages()["en"]
    every = (word for pack in packs for words in _small(pack) for word in words if " " not in word)
    found = {word.casefold() for word in every if not word.isascii() or not is_everyday(word)}
    own = {word.casefold() for words in _small(english) for word in words}
    return frozenset(word for word in found - own - STOP_WORDS - _ENGLISH if len(word) > 1)


def _small(pack: "LanguagePack") -> Iterable[tuple[str, ...]]:
    return pack.topic, pack.joins, pack.between, pack.date_words


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
