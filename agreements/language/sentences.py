"""Sentences and clauses of treaty prose, as spans of the text that they stand in.

A full stop ends a sentence unless it belongs to an abbreviation (`data/abbreviations.csv`), to initials, to the number
of a paragraph or to one that goes on (`Art. 3`, `U.S. forces`, `1. The Parties`, `3.5`). A list that a colon opens is
one sentence over all its lines; what semicolons part are its clauses. A heading on a line of its own is
a sentence.
"""

import csv
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from agreements.resources import data


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_STOP = re.compile(r"(?<![.!?])[.!?]++(?P<close>[\"”’'»)\]]{0,3})(?=\s|$)|(?<=[a-z]{2})\.(?=[A-Z][a-z ])|\n\s*+|[。؟]")
_NEXT = re.compile(
    r"\s*(?:(?P<bracket>[\[(]\w{1,4}[\])]\s*)|[\"“‘'«(\[])?(?P<word>[^\s.,;:()\[\]“”\"]*)(?P<stop>[.)]?)"
)
_BLANK = re.compile(r"\s*")
_PREFIXED = re.compile(r"[/–-]")
_TAIL = 24  # characters before a stop that can belong to an abbreviation
_MARKER = re.compile(r"[\W_]*(?:\(?(?:\d{1,3}(?:\.\d{1,3})*|[A-Za-z]|[ivxIVX]{1,5})[.)]?)")
_LETTERS = re.compile(r"(?:^|[\s(“\"‘])(?:[A-Z]\.){1,6}$")
_NUMBERED = re.compile(r"\d|[IVXLC]+(?!\w)|[A-Z](?!\w)|[a-z](?!\w)")
_ROMAN_OR_LETTER = re.compile(r"[ivxlc]{1,5}|[a-z]")
_GOES_ON = (":", ",", ";", "–", "—", " and", " or", "; and", "; or")
_SEMICOLON = re.compile(r";(?:\s+(?:and|or|and/or|but)\b)?\s*")
_BRACKETED = re.compile(r"\([^();]{0,200};[^()]{0,200}\)")
_LETTERED = _words("Annex Appendix Article Section Chapter Part Point List Group Category Table")
_OPENERS = _words(  # in capitals they open a sentence: no name goes on with them
    "The This These Those Such That It Its They Their He She His Her Each Every Any All Both Either Neither No None "
    "If When Where Whenever Wherever While Until Unless Except In For Upon On At By With Without Within To From Under "
    "However Nevertheless Therefore Thereafter Furthermore Moreover Accordingly Notwithstanding Nothing After Before "
    "During Pursuant Subject As An Only Other"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, or a clause of one: the characters `start` to `end` of `text`, edge blanks left out."""

    text: str
    start: int
    end: int

    @property
    def words(self) -> str:
        """The characters of the sentence."""
        return self.text[self.start : self.end]

    def search(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Return the first match of `pattern` that lies within the sentence; its offsets are those of the text."""
        return pattern.search(self.text, self.start, self.end)

    def finditer(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Yield the matches of `pattern` that lie within the sentence; their offsets are those of the text."""
        return pattern.finditer(self.text, self.start, self.end)

    def clauses(self) -> tuple["Sentence", ...]:
        """Return the parts that semicolons make, those in brackets left out: `(a) ...; (b) ...` has two.

        The words that open a list stand with its first point.
        """
        shut = [found.span() for found in self.finditer(_BRACKETED)]
        cuts = {found.end() for found in self.finditer(_SEMICOLON) if not any(a < found.start() < b for a, b in shut)}
        edges = [self.start, *sorted(cuts - {self.start, self.end}), self.end]
        return tuple(part for a, b in pairwise(edges) if (part := _trimmed(self.text, a, b)))


@lru_cache(maxsize=2048)  # the readers of one clause all ask for its sentences
def sentences(text: str) -> tuple[Sentence, ...]:
    """Return the sentences of `text`, in order: all its words but the blanks between them."""
    found = []
    at = 0
    for stop in _STOP.finditer(text):
        if stop.start() < at or not _ends(text, at, stop):
            continue
        if sentence := _trimmed(text, at, stop.end()):
            found.append(sentence)
        at = stop.end()
    if rest := _trimmed(text, at, len(text)):
        found.append(rest)
    return tuple(found)


@lru_cache(maxsize=2048)
def clauses(text: str) -> tuple[Sentence, ...]:
    """Return the clauses of all sentences of `text`: what semicolons part."""
    return tuple(clause for sentence in sentences(text) for clause in sentence.clauses())


def around(text: str, start: int, end: int) -> Sentence:
    """Return the sentence of `text` in which the characters `start` to `end` stand, or those that they touch."""
    every = sentences(text)
    first = bisect_right(every, start, key=lambda sentence: sentence.end)
    last = bisect_left(every, max(end, start + 1), key=lambda sentence: sentence.start) - 1
    return Sentence(text, every[first].start, every[last].end) if first <= last else Sentence(text, start, end)


def _trimmed(text: str, start: int, end: int) -> Sentence | None:
    words = text[start:end]
    lead = len(words) - len(words.lstrip())
    bare = words.strip()
    return Sentence(text, start + lead, start + lead + len(bare)) if bare else None


def _ends(text: str, start: int, stop: re.Match[str]) -> bool:
    """Whether the stop or line break ends the sentence that began at `start`."""
    if stop[0].isspace():
        return not text[max(start, stop.start() - _TAIL) : stop.start()].rstrip().endswith(_GOES_ON)
    if text[stop.start()] != "." or stop[0].startswith(".."):
        return stop[0][0] in "!?" or _opens(text, stop.end())
    if _MARKER.fullmatch(text, start, stop.start()):
        return False
    blank = _BLANK.match(text, stop.end())
    if blank is not None and (blank.end() == len(text) or "\n" in blank.group()):
        return True
    if kind := _kind(text, stop.start() + 1):
        return _after(kind, text, stop)
    return _opens(text, stop.end())


def _after(kind: str, text: str, stop: re.Match[str]) -> bool:
    """Whether a sentence ends after an abbreviation: before a word that only opens one, not before its number."""
    following = _NEXT.match(text, stop.end())
    word = following["word"] if following else ""
    if kind == "name":
        return False
    if kind == "number" and (following is None or following["bracket"] or _NUMBERED.match(word)):
        return False
    return word in _OPENERS or bool(stop["close"] and word[:1].isupper())


def _opens(text: str, at: int) -> bool:
    """Whether what follows may open a sentence: a capital, a figure, the marker of a point."""
    following = _NEXT.match(text, at)
    if following is None:
        return True
    word = following["word"]
    if following["bracket"] or not word:
        return bool(following["bracket"])
    is_point = bool(following["stop"] and _ROMAN_OR_LETTER.fullmatch(word))
    return is_point or not word[0].islower()


def _kind(text: str, end: int) -> str:
    """Return what may follow the abbreviation that ends with the stop before `end`, empty where none does."""
    before = text[max(0, end - _TAIL) : end]
    words = [word.lstrip("(“\"‘'[") for word in before.split()[-2:]]
    known = _abbreviations()
    for each in (words[-1], _PREFIXED.split(words[-1])[-1], " ".join(words)):
        if kind := known.get(each):
            return kind
    if not _LETTERS.search(before) or (len(words[-1]) == 2 and words[0] in _LETTERED):
        return ""
    return "any"


@cache
def _abbreviations() -> dict[str, str]:
    with data("abbreviations.csv").open(encoding="utf-8", newline="") as file:
        return {word: row["before"] for row in csv.DictReader(file) for word in row["words"].split("|")}
