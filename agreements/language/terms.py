"""Defined terms: where a text says what a word stands for, and the forms in which the word then stands."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest

from agreements.language.sentences import around

_QUOTES = re.compile("[“\"‘']")
_QUOTED = r"[“\"‘']{1,2}(?P<term>[^”\"’“‘'`]{2,60})[”\"’']{1,2}"
_MEANS = re.compile(
    rf"(?:the (?:term|expression)s? )?{_QUOTED},?"
    r"(?: (?:shall )?(?:mean|include|refer|denote)s?\b| (?:shall )?ha(?:s|ve) the (?:same )?meaning\b|:)",
    re.IGNORECASE,
)
# (hereinafter "the Parties"), (the "Sending State"), hereinafter referred to as the "Force"
_NAMED = re.compile(
    r"(?:\(|\bherein?after,? )(?:herein?after,? )?(?:(?:jointly |collectively )?(?:referred to|called|known|designated)"
    rf"(?: jointly| collectively)?(?: as)?,? )?(?:the |an? )?{_QUOTED}",
    re.IGNORECASE,
)
_LAST_JOINT = re.compile(r"[,;:]\s|\b(?:between|and|by|with|among)\s", re.IGNORECASE)
_FAR = 160  # characters before a name in which what it stands for begins


@dataclass(frozen=True, slots=True)
class TermMeaning:
    """A term that a text defines, from character `start` to `end`, and the words it stands for.

    `in_passing` where it is a name given to words before it (`hereinafter “the Host”`), not a definition.
    """

    term: str
    start: int
    end: int
    words: str
    in_passing: bool = False


def meanings(text: str) -> Iterator[TermMeaning]:
    """Yield the terms that `text` says the meaning of (“X” means ...), each with the words that say it."""
    every = list(_MEANS.finditer(text)) if _QUOTES.search(text) else []
    for found, following in zip_longest(every, every[1:]):
        end = max(around(text, found.start(), found.end()).end, found.end())
        words = text[found.end() : min(end, following.start()) if following else end].strip(" ,:;.")
        yield TermMeaning(found["term"].strip(), found.start(), found.end(), words)


def names(text: str) -> Iterator[TermMeaning]:
    """Yield the names that `text` gives in passing: (hereinafter “the Parties”), each with the words before it."""
    for found in _NAMED.finditer(text) if _QUOTES.search(text) else ():
        yield TermMeaning(
            found["term"].strip(), found.start(), found.end(), _before(text, found.start()), in_passing=True
        )


def _before(text: str, at: int) -> str:
    start = max(0, at - _FAR)
    end = start + len(text[start:at].rstrip(" ,("))
    joints = [joint.end() for joint in _LAST_JOINT.finditer(text, start, end)]
    return text[joints[-1] if joints else around(text, end - 1, end).start : end].strip()


@lru_cache(maxsize=512)
def forms(term: str) -> re.Pattern[str]:
    """Return a pattern for the term in singular, plural and possessive."""
    stem, ending = _parts(term)
    return re.compile(rf"\b{re.escape(stem)}{ending}(?:[’']s?)?(?!\w)", re.IGNORECASE)


def stem(term: str) -> str:
    """Return in small letters what every form of a term begins with: where it does not stand, no form does."""
    return _parts(term)[0].lower()


def _parts(term: str) -> tuple[str, str]:
    """Return the stem of a term and a pattern for its endings in singular and plural."""
    stem = re.sub(r"^(?:the|an?) |\(e?s\)$", "", term.strip(), flags=re.IGNORECASE)
    low = stem.lower()
    if low.endswith("ies"):
        return stem[:-3], r"(?:y|ies)"
    if low.endswith("s"):
        return stem[:-1], "s?"
    return (stem[:-1], r"(?:y|ies)") if low.endswith("y") else (stem, r"(?:e?s)?")


def singular(term: str) -> str:
    """Return a term in the singular, as far as its ending says it."""
    return re.sub(r"ies$", "y", term) if term.endswith("ies") else re.sub(r"s$", "", term)


def key(term: str) -> str:
    """Return what is alike for every form of a term: small letters, the singular, no article."""
    return singular(re.sub(r"^(?:the|an?) ", "", re.sub(r"\(e?s\)$", "", term.strip()).lower()))
