"""Checks of style: lists that want a conjunction, words written twice, two spellings or styles of dates in one text.

A text keeps one style throughout (docs/practice.md, "Word customs"); names and titles keep the spelling they have.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from operator import eq

from agreements.checks.passages import is_english, is_operative
from agreements.findings import Finding, info
from agreements.language import dates
from agreements.language.numbers import by_first_letter
from agreements.language.text_style import serial_commas
from agreements.model import Agreement, Document, Provision
from agreements.reference import Place, document_name, places
from agreements.resources import data

_CUSTOM = "Source: word customs (docs/practice.md)."
_JOINED = re.compile(r"(?:[;,]\s*|\b)(?:and|or|and/or)$", re.IGNORECASE)
_CONJUNCTION = re.compile(r"\b(and/or|and|or)$", re.IGNORECASE)
_TWICE = re.compile(r"\b([A-Za-z][a-z]+) (?=[a-z])(?i:\1)\b(?![-’'])")
_LETTERS = re.compile(r"[a-z]+")
_SMALL_TWICE = re.compile(r"\b(The|Of|And|To|In|For|By|This|Its) \1\b")
_MARK_TWICE = re.compile(r"(?<![.\s])\.\.(?!\.)|(?<=\w),[,;:.]|;[;,:.]|:[:;,.]")
_MEANT_TWICE = frozenset(("that", "had", "is", "very"))
_KINDS = ("british", "american")
_BY_COUNTRY = {"british": "British", "american": "American"}
_PLAIN_NUMBER = re.compile(r"\d+\.?")
_OF_BOTH = ("meter",)  # what measures is a meter in either spelling
_TELLING = re.compile(r"(?:our|tre|fenc|tenc|oeuvr|ammes?)$")
_ISE = (
    r"(?:author|organ|recogn|util|minim|maxim|standard|normal|final|summar|emphas|special|econom|mobil)is"
    r"(?:e|es|ed|ing|ations?)"
)
# Words that British spelling alone has, and that have no counterpart which American spelling alone has.
_ALONE = r"(?:licences?|practis(?:e|es|ed|ing)|pretences?|grey|whilst|amongst|learnt|cheques?|kerbs?|tyres?)"
_YEAR = re.compile(r"\d{4}")
_DATE_DAY_FIRST = re.compile(r"^\d{1,2}(?:st|nd|rd|th)? ?[A-Z]")
_DATE_MONTH_FIRST = re.compile(r"^[A-Z][a-z]+ \d{1,2}(?:st|nd|rd|th)?,? ?\d{4}$")
_LISTED = re.compile(r",? (?:and|or) ")
_AND_OR = re.compile(r"\b\w+ ?\band ?/ ?or\b ?\w+", re.IGNORECASE)
_ENOUGH_LISTS, _FEW_LISTS = 5, 0.2  # lists of a text that show its style, and the share that departs from it by a slip
_DAY_FIRST, _MONTH_FIRST = "3 May 2027", "May 3, 2027"


def conjunctions(agreement: Agreement) -> Iterator[Finding]:
    """Say where the last but one point of a list has no `and` or `or` behind it, where other lists of the text do."""
    without: dict[str, list[tuple[Place, str]]] = {}
    joined: Counter[str] = Counter()
    for place in places(agreement):
        points = [child for child in place.provision.children if _is_point(child)]
        if len(points) < 2 or not is_english(place) or not is_operative(place):
            continue
        ends, text = [_end(point) for point in points], document_name(place.document)
        if any(_JOINED.search(end) for end in ends[:-1]):
            joined[text] += 1
            yield from _mixed(place, points, ends)
        elif all(end.endswith(";") for end in ends[:-1]) and ends[-1].endswith("."):
            without.setdefault(text, []).append((place, points[-2].number or "the last but one"))
    for text, found in without.items():
        for place, printed in found if len(found) <= max(1, joined[text]) else ():
            message = f"No “and” or “or” joins the points of this list: {printed} ends without one. {_CUSTOM}"
            yield info("list-conjunction", place.path, message, "Say whether all points are meant, or one of them.")


def _mixed(place: Place, points: list[Provision], ends: list[str]) -> Iterator[Finding]:
    """Yield where a point in the middle of a list is joined to the next by another word than the last two are."""
    said = [found.group(1).lower() if (found := _CONJUNCTION.search(end)) else "" for end in ends[:-1]]
    for point, word in zip(points, said, strict=False):
        if word and said[-1] and word != said[-1]:
            message = (
                f"{point.number} ends in “{word}”, the last but one in “{said[-1]}”: all points, or one? {_CUSTOM}"
            )
            yield info("list-conjunction", place.path, message, "Join the points by one word, or part the list in two.")
            return


def _is_point(child: Provision) -> bool:
    """Whether it is a point of a list: `(a)`, `b.`, `ii)`, and not a paragraph by its number alone."""
    return child.number is not None and _PLAIN_NUMBER.fullmatch(child.number) is None


def _end(point: Provision) -> str:
    return next((p.text.rstrip() for p in reversed([*point.walk()]) if p.text), "")


def doubled(agreement: Agreement) -> Iterator[Finding]:
    """Say where a word, or a mark of punctuation, stands twice in a row."""
    for place in places(agreement):
        if is_english(place):
            words = _LETTERS.findall(place.provision.text.lower())
            is_twice = any(map(eq, words, words[1:]))
            for found in _TWICE.finditer(place.provision.text) if is_twice else ():
                if found[1].lower() not in _MEANT_TWICE:
                    message = f"“{found.group()}”: a word stands twice."
                    yield info("doubled-word", place.path, message, "Strike one of them.")
            for found in _SMALL_TWICE.finditer(place.provision.text) if is_twice else ():
                message = f"“{found.group()}”: a word stands twice."
                yield info("doubled-word", place.path, message, "Strike one of them.")
            for found in _MARK_TWICE.finditer(place.provision.text):
                message = f"“{place.provision.text[max(0, found.start() - 12) : found.end()]}”: a mark stands twice."
                yield info("doubled-mark", place.path, message, "Strike one of them.")


def spelling(agreement: Agreement) -> Iterator[Finding]:
    """Say where a text that spells in one way has words in the other: `harbour` among American spellings."""
    for document in agreement.documents:
        yield from _spelt(agreement, document)


def _spelt(agreement: Agreement, document: Document) -> Iterator[Finding]:
    found: dict[str, list[tuple[Place, str]]] = {kind: [] for kind in _KINDS}
    for place in places(agreement):
        if place.document is document and is_english(place) and is_operative(place):
            for spelt in _spelled().finditer(place.provision.text):
                found[_kind_of(spelt.group())].append((place, spelt.group()))
    fewer, more = sorted(_KINDS, key=lambda kind: len(found[kind]))
    if found[fewer]:
        usual = found[more][0]
        for path, word in {place.path: word for place, word in reversed(found[fewer])}.items():
            there = f"{usual[0].path} (“{usual[1]}”)"
            message = f"“{word}” is {_BY_COUNTRY[fewer]} spelling; the text spells otherwise in {there}. {_CUSTOM}"
            yield info("spelling-mixed", path, message, "Keep one spelling in the whole text.")


def and_or(agreement: Agreement) -> Iterator[Finding]:
    """Say where `and/or` leaves open whether both are meant, or one of the two."""
    for place in places(agreement):
        found = _AND_OR.search(place.provision.text) if is_english(place) and is_operative(place) else None
        if found:
            message = f"“{found.group()}” can be read in two ways, and other languages have no word for it."
            yield info("and-or", place.path, message, "Write and, or, or ... or both.")


def _has_a_list(place: Place) -> bool:
    """Whether an English provision may hold a list, and does not quote the words of another text."""
    text = place.provision.text
    return is_english(place) and _LISTED.search(text) is not None and text[:1] not in '"“'


def commas(agreement: Agreement) -> Iterator[Finding]:
    """Say where a few lists have, or lack, the serial comma against all the others of the text."""
    for document in agreement.documents:
        found: dict[bool, list[Place]] = {True: [], False: []}
        for place in places(agreement):
            if place.document is document and _has_a_list(place):
                for _, has_comma in serial_commas(place.provision.text):
                    found[has_comma].append(place)
        usual = len(found[True]) > len(found[False])
        fewer, most = found[not usual], found[usual]
        if len(most) < _ENOUGH_LISTS or len(fewer) > _FEW_LISTS * len(most):
            continue
        for path in dict.fromkeys(place.path for place in fewer):
            said = "without" if usual else "with"
            message = f"A list stands {said} the comma before its last point, others as in {most[0].path}. {_CUSTOM}"
            yield info("commas-mixed", path, message, "Write the serial comma everywhere, or nowhere.")


def date_style(agreement: Agreement) -> Iterator[Finding]:
    """Say where dates are written in another style than most of the text writes them in."""
    for document in agreement.documents:
        yield from _dated(agreement, document)


def _dated(agreement: Agreement, document: Document) -> Iterator[Finding]:
    found: dict[str, list[tuple[Place, str]]] = {_DAY_FIRST: [], _MONTH_FIRST: []}
    for place in places(agreement):
        if place.document is not document or not is_english(place) or not _YEAR.search(place.provision.text):
            continue
        for dated in dates.find(place.provision.text):
            words = place.provision.text[dated.start : dated.end]
            if style := _style_of(words):
                found[style].append((place, words))
    fewer, more = sorted(found, key=lambda style: len(found[style]))
    for path, words in {place.path: words for place, words in found[fewer]}.items():
        usual, there = found[more][0][1], found[more][0][0].path
        message = f"“{words}” stands here, “{usual}” in {there}: two styles of dates. {_CUSTOM}"
        yield info("dates-mixed", path, message, f"Write dates in one style, such as {more}.")


def _style_of(words: str) -> str:
    if _DATE_MONTH_FIRST.match(words):
        return _MONTH_FIRST
    return _DAY_FIRST if _DATE_DAY_FIRST.match(words) and " day" not in words else ""


@cache
def _stems() -> dict[str, str]:
    """Return the beginnings of words that one spelling alone has, with that spelling.

    Those that the other has too are left out: the verb `license`, `practicable`, `cancellation`, `draft`.
    """
    with data("spelling.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if _TELLING.search(row["british"])]
    return {row[kind]: kind for row in rows for kind in _KINDS if row[kind] not in _OF_BOTH}


@cache
def _spelled() -> re.Pattern[str]:
    return re.compile(rf"\b(?:self-)?(?:(?:{by_first_letter(_stems())})[a-z]*|{_ISE}|{_ALONE})\b")


def _kind_of(word: str) -> str:
    """Return which spelling a word is of; what no table has is of those that British spelling alone has."""
    bare = word.removeprefix("self-")
    return next((kind for stem, kind in _stems().items() if bare.startswith(stem)), "british")
