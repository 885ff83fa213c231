"""Clauses that carry a topic by reference only: what they say stands in another instrument. Pure."""

import re

from agreements.language.negation import affirmed
from agreements.language.sentences import clauses

_LONGEST = 130  # words: a longer clause says something of its own
_OTHER = (
    r"(?!(?:this|the present|the said) )(?:the |that |an? )?(?:[\w’'().,-]+ ){0,8}?"
    r"(?:Agreement|Convention|Treaty|Protocol|SOFA|Memorandum|Arrangement|Accord|Compact)\b"
)
_PLACE = r"(?:(?:Articles?|paragraphs?|sections?|Parts?|Chapters?) [\w(),. ]{1,40}?(?: and [\w()]+)? (?:of|in) )?"
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:provisions|terms|rules|conditions|procedures)(?: \w+){{0,4}} (?:of|in|under) {_PLACE}{_OTHER}"
        r".{0,160}?\b(?:shall|will) (?:also |likewise |mutatis mutandis )*(?:apply|be applied|govern)",
        rf"\b{_PLACE}{_OTHER}.{{0,120}}?\b(?:shall|will) (?:also |likewise )*(?:apply|be applied|govern)"
        r"(?: (?:to|in|for|mutatis|accordingly)\b|[.,;]|$)",
        r"\b(?:(?:shall|will|must) (?:also |likewise )?be|is|are|remains?) "
        r"(?:dealt with|settled|handled|governed|determined|regulated|resolved|treated|exercised)"
        r".{0,60}?(?:in accordance with|under|by|pursuant to) (?:the )?(?:provisions of |terms of )?"
        rf"{_PLACE}{_OTHER}",
        rf"\b(?:status|rights|privileges|immunities).{{0,100}}?(?:as (?:is|are|those) )?"
        rf"(?:provided|set forth|laid down|specified|defined)"
        rf".{{0,80}}?(?:in|under|by|of) {_PLACE}{_OTHER}",
    )
)
_OWN = re.compile(
    r"\b(?:this|the present) (?:Agreement|Convention|Protocol|Memorandum|Treaty|Arrangement)\b", re.IGNORECASE
)

_POINTS_HERE = re.compile(
    r"\b(?:this|the present|the said)\s$", re.IGNORECASE
)  # before a match that begins at the noun


def applied_elsewhere(text: str) -> str:
    """Return the words by which the clause `text` applies another instrument in place of rules of its own.

    Empty when it has rules of its own, as a long clause has, or when nothing says so.
    """
    if len(text.split()) > _LONGEST:
        return ""
    every = clauses(" ".join(text.split()))
    for pattern in _PATTERNS:
        for clause in every:
            for found in affirmed(clause, pattern):
                if not _OWN.search(found.group()) and not _POINTS_HERE.search(clause.text[: found.start()]):
                    return found.group()
    return ""
