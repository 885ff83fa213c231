"""The formulas of treaties as prints and recognition give them: `IN WITNFSS WHERE0F` is still a closing.

Recitals that run on in one paragraph, as some prints have them, are cut where a new one plainly begins.

Only long formulas are compared so: a few letters of a short one may be those of other words.
"""

import re
from functools import cache
from itertools import pairwise

from rapidfuzz.distance import Levenshtein

from agreements.languages import folded, languages
from agreements.parsing.phrases import any_of, contains
from agreements.parsing.spans import cut
from agreements.reading import Block

_SHARE = 6  # one letter in so many may be misread
_AGREED = any_of(
    r"\b(?:have|has|hereby)\s+agree(?:d)?\b[^.]{0,60}:?\s*$",
    r"\bas follows\s*+:?\s*+$",
    r"\b(?:have|has|hereby)\s+(?:\w+ ){0,3}?(?:reach(?:ed)?|come to|arrived? at|decided?|concluded?|confirm(?:ed)?"
    r"|adopt(?:ed)?|declared?|determined?|established?)\b[^.]{0,60}\bfollowing\b[^.]{0,60}:?\s*$",
)
_AGREED_WHOLE = (
    *("have agreed as follows", "have agreed the following", "hereby agree as follows"),
    *("have reached the following understanding", "have reached the following understandings"),
)
_LAST = 160  # characters at the end of a text within which the formula stands
_BEHIND = 30  # of them, what may stand behind it: `de ce qui suit :`
_WORD = 7  # letters that a formula of one word may have
_ENDING = 4  # letters of its end, by which it is looked for

_UNSPACED = re.compile("[\u3040-\u9fff]")  # the signs of the East, of which few make a formula

_PARTICIPLE = (
    r"(?:[A-Z][a-z]{2,12}ing|Aware|Convinced|Determined|Resolved|Mindful|Conscious|Desirous|Cognizant|Concerned|Guided"
    r"|Anxious|Whereas|Inspired|Alarmed)"
)
_RECITAL = re.compile(
    rf"(?<=[,;:.]) ?(?:and |AND )?(?={_PARTICIPLE}\b[ ,])|(?<=[a-z,;:.)”\"]) ?(?=(?:Have|HAVE|Has) (?:agreed|AGREED)\b)"
)


def ends_agreed(text: str) -> bool:
    """Return whether `text` ends a preamble: `have agreed as follows`, `have reached the following understandings`."""
    end = text[-_LAST:]
    if _AGREED.search(end) is not None or ends_like(text, _AGREED_WHOLE):
        return True
    words = folded(end).text
    endings = _agreed()
    return any(
        words.endswith(phrase, 0, at)
        for at in range(max(_ENDING, len(words) - _BEHIND), len(words) + 1)
        for phrase in endings.get(words[at - _ENDING : at], ())
    )


@cache
def _agreed() -> dict[str, list[str]]:
    """Return the formulas of all languages but English, and but those of one word, by their last letters."""
    packs = (pack for code, pack in languages().items() if code != "en")
    found: dict[str, list[str]] = {}
    for phrase in {folded(phrase).text for pack in packs for phrase in pack.agreed}:
        if len(phrase) > _WORD or (len(phrase) >= _ENDING and _UNSPACED.match(phrase)):
            found.setdefault(phrase[-_ENDING:], []).append(phrase)
    return found


def opens_like(text: str, formulas: tuple[str, ...]) -> bool:
    """Return whether `text` opens with one of `formulas` (in small letters), but for a few misread letters."""
    start = text.lstrip('*_“" ')
    if start[:1].islower():
        return False
    start = start[: max(map(len, formulas))].lower()
    return contains(start, _traces(formulas)) and any(_alike(start[: len(formula)], formula) for formula in formulas)


def ends_like(text: str, formulas: tuple[str, ...]) -> bool:
    """Return whether `text` ends with one of `formulas` (in small letters), but for a few misread letters."""
    end = text.rstrip("*_ :.")[-max(map(len, formulas)) :].lower()
    return contains(end, _traces(formulas)) and any(_alike(end[-len(formula) :], formula) for formula in formulas)


def _alike(text: str, formula: str) -> bool:
    most = len(formula) // _SHARE
    return len(text) >= len(formula) - most and Levenshtein.distance(text, formula, score_cutoff=most) <= most


@cache
def _traces(formulas: tuple[str, ...]) -> tuple[str, ...]:
    """Return parts of which one is whole in every reading of `formulas`: one part more than letters can be misread."""
    found: dict[str, None] = {}
    for formula in formulas:
        parts = len(formula) // _SHARE + 1
        edges = [len(formula) * part // parts for part in range(parts + 1)]
        found |= dict.fromkeys(formula[a:b] for a, b in pairwise(edges))
    return tuple(found)


def recitals(block: Block, source: str) -> list[Block]:
    """Return `block` cut before each recital and before `Have agreed as follows`; usually one block."""
    if len(block.text) < 60 or block.kind in ("table", "heading"):
        return [block]
    pieces: list[Block] = []
    rest = block
    while found := _RECITAL.search(rest.text, 1):
        first, rest = cut(rest, found.end(), source)
        pieces.append(first)
    return [*pieces, rest]
