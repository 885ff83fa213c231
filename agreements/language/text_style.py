"""One style for a text: what in an English line is written otherwise than the style says, and how it would be written.

Five things are looked at: the comma before the last point of a list, dates, spelling, quotation marks, and `U.S.` or
`United States` before a noun. Only what is certain is named: short lists, dates in letters, words that one spelling
alone has, marks that stand in pairs. Names keep their spelling: a word with a capital is not touched for it.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from agreements.language.numbers import by_first_letter
from agreements.resources import data

DateForm = Literal["month-first", "day-first"]
Spelling = Literal["us", "uk"]
QuotationMarks = Literal["double", "single"]
StateAsNoun = Literal["U.S.", "United States"]


@dataclass(frozen=True, slots=True)
class TextStyle:
    """The style of a text; the defaults are those of texts of the Department of State.

    Texts of the United States write the serial comma and dates as `March 14, 1999`, many partners `14 March 1999`
    (docs/practice.md, "Word customs"). `united_states` is what stands before a noun: `U.S. forces`.
    """

    serial_comma: bool = True
    dates: DateForm = "month-first"
    spelling: Spelling = "us"
    quotes: QuotationMarks = "double"
    united_states: StateAsNoun = "U.S."

    def words(self) -> str:
        """Return the style in a line for people."""
        comma = "with" if self.serial_comma else "without"
        day = "March 14, 1999" if self.dates == "month-first" else "14 March 1999"
        spelt = "American" if self.spelling == "us" else "British"
        marks = f"{self.quotes} quotation marks"
        return f"short lists {comma} a serial comma; dates as {day}; {spelt} spelling; {marks}; {self.united_states}"


@dataclass(frozen=True, slots=True)
class StyleChange:
    """Characters `start` to `end` that a style would write as `words`; `about` says what it is (`date`)."""

    start: int
    end: int
    words: str
    about: str


def style_changes(text: str, style: TextStyle) -> tuple[StyleChange, ...]:
    """Return what in `text` is certainly written otherwise than `style` says, in order, no two at one place."""
    found = sorted(
        (
            *_dates(text, style.dates),
            *_listed(text, serial=style.serial_comma),
            *_spelled(text, style.spelling),
            *_quotes(text, style.quotes),
            *_states(text, style.united_states),
        ),
        key=lambda change: (change.start, change.end),
    )
    kept: list[StyleChange] = []
    for change in found:
        if not kept or change.start >= kept[-1].end:
            kept.append(change)
    return tuple(kept)


def serial_commas(text: str) -> tuple[tuple[int, bool], ...]:
    """Return the place behind the last point but one of each sure list in `text`, and whether a comma stands there."""
    found = [(change.start, not serial) for serial in (True, False) for change in _listed(text, serial=serial)]
    return tuple(sorted(found))


# ---------------------------------------------------------------------- dates

_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_DAY_FIRST = re.compile(rf"\b(?P<day>\d{{1,2}})(?P<gap>[ \u00a0])(?P<month>{_MONTH}) (?P<year>\d{{4}})\b")
_MONTH_FIRST = re.compile(rf"\b(?P<month>{_MONTH})(?P<gap>[ \u00a0])(?P<day>\d{{1,2}}), (?P<year>\d{{4}})\b")
_DAY = r"(?:3[01]|[12]\d|[1-9])"
_YEARLY_DAY_FIRST = re.compile(
    rf"(?<![\w.,/–-])(?<!\d )(?P<day>{_DAY})(?P<gap>[ \u00a0])(?P<month>{_MONTH})\b(?!,? \d{{4}}\b|[’'-]"
    rf"| (?:and|or|to|until) {_DAY} (?:{_MONTH}) \d{{4}}\b)"
)
_YEARLY_MONTH_FIRST = re.compile(
    rf"\b(?P<month>{_MONTH})(?P<gap>[ \u00a0])(?P<day>{_DAY})\b(?!, \d{{4}}\b|[./–-]?\d| (?:and|or|to) \d| {_MONTH}"
    rf"| (?:to|and|or|until|through) (?:{_MONTH}) {_DAY}, \d)"
)
_LINK = r"(?P<link> (?:to|and|or|until|through) )"
_RANGE_DAY_FIRST = re.compile(
    rf"\b(?P<day>{_DAY})(?P<gap>[ \u00a0])(?P<month>{_MONTH}){_LINK}(?P<day_2>{_DAY})[ \u00a0](?P<month_2>{_MONTH})"
    r" (?P<year>\d{4})\b"
)
_RANGE_MONTH_FIRST = re.compile(
    rf"\b(?P<month>{_MONTH})(?P<gap>[ \u00a0])(?P<day>{_DAY}){_LINK}(?P<month_2>{_MONTH})[ \u00a0](?P<day_2>{_DAY}),"
    r" (?P<year>\d{4})\b"
)
_COUNTS = re.compile(r"\b(?:[Aa]rticles?|[Pp]aragraphs?|[Ss]ections?|Annex|No\.|[Nn]umbers?|items?)[ \u00a0]$")
_SHARED = re.compile(
    r"\d (?:and|or|to) $|\d[-–/]$|\b(?:and|to) \d{1,2} $"
)  # `5 and 9 July 1987` has one year for two days


def _dates(text: str, form: DateForm) -> Iterator[StyleChange]:
    for found in (_DAY_FIRST if form == "month-first" else _MONTH_FIRST).finditer(text):
        before = text[max(0, found.start() - 24) : found.start()]
        if _SHARED.search(before) or re.search(rf"(?:{_MONTH}) (?:and|or|to) $", before):
            continue
        day, month, year, gap = found["day"], found["month"], found["year"], found["gap"]
        words = f"{month}{gap}{day}, {year}" if form == "month-first" else f"{day}{gap}{month} {year}"
        yield StyleChange(found.start(), found.end(), words, "date")
    yield from _ranges(text, form)
    yield from _yearly_days(text, form)


def _ranges(text: str, form: DateForm) -> Iterator[StyleChange]:
    """Yield two days that share the year behind them, `May 1 to June 30, 2028`, and are written the other way."""
    for found in (_RANGE_DAY_FIRST if form == "month-first" else _RANGE_MONTH_FIRST).finditer(text):
        day, month, gap, link = found["day"], found["month"], found["gap"], found["link"]
        day_2, month_2, year = found["day_2"], found["month_2"], found["year"]
        words = f"{month}{gap}{day}{link}{month_2}{gap}{day_2}, {year}"
        if form == "day-first":
            words = f"{day}{gap}{month}{link}{day_2}{gap}{month_2} {year}"
        yield StyleChange(found.start(), found.end(), words, "date")


def _yearly_days(text: str, form: DateForm) -> Iterator[StyleChange]:
    """Yield the days of any year, `by 1 December`, that are written the other way."""
    for found in (_YEARLY_DAY_FIRST if form == "month-first" else _YEARLY_MONTH_FIRST).finditer(text):
        before = text[max(0, found.start() - 24) : found.start()]
        if _COUNTS.search(before) or (form == "month-first" and _SHARED.search(before)):
            continue
        day, month, gap = found["day"], found["month"], found["gap"]
        words = f"{month}{gap}{day}" if form == "month-first" else f"{day}{gap}{month}"
        yield StyleChange(found.start(), found.end(), words, "date")


# ---------------------------------------------------------------------- lists

_POINT = r"(?:U\.S\. )?[a-z][\w’'-]*+(?: (?:and )?[a-z][\w’'-]*+){0,2}?"
_SERIES = re.compile(
    rf"(?<![\w’'-])(?P<first>[\w’'-]++), (?P<more>(?:{_POINT}, ){{0,6}})(?P<last>{_POINT})(?P<comma>,?) (?:and|or)"
    r" (?P<end>(?:(?:any )?(?P<rest>other|similar) )?(?:U\.S\. )?[a-z][\w’'-]*)"
)
# What is surely a list, whatever stands around it: months, annexes, numbers of articles.
_NAMED = re.compile(
    rf"(?<!, )\b(?:(?:{_MONTH})(?:, (?:{_MONTH}))++|Annex [A-Z](?:, Annex [A-Z])++|Articles [IVXL]++(?:, [IVXL]++)++"
    rf"|Articles \d++(?:, \d++)++|paragraphs \d++(?:, \d++)++)"
    rf"(?P<comma>,?) and (?={_MONTH}|Annex [A-Z]\b|[IVXL]+\b|\d)"
)
_NO_POINT = re.compile(
    r"\b(?:shall|may|must|will|can|could|would|should|is|are|was|were|be|been|has|have|had|do|does|which|who|whose|whom|that"
    r"|whoever|whatever|whichever|wherever|where|when|if|unless|until|as|so|but|not|nor|it|they|he|she|this|these|those|such|there|provided|subject|including"
    r"|excluding|except|whether|both|either|neither|between|among|other|namely|however|in|on|at|for|with|without"
    r"|under|upon|by|from|to|of|into|through|and|or)\b"
)
_OPENS_ASIDE = re.compile(
    r"(?:^|[.;:,(] )(?:in|on|at|for|where|when|if|upon|under|with|without|notwithstanding|subject|pursuant|except"
    r"|unless|after|before|during|to|as|by|until|within|while|which|who|whose|provided|from|through|once|since|of|consistent"
    r"|having|taking)\b[^.;:,]*$",
    re.IGNORECASE,
)
_DETERMINED = re.compile(r"(?:the|an?|its|their|his|any|each|every|no)\b")
_DOES = re.compile(r"[a-z]+ (?:the|an?|its|their)\b")
_OPENS = re.compile(r"(?:^|[.;:”\"] )$")
_VERB_BEFORE = re.compile(
    r"\b(?:shall|may|must|will|can|should|is|are|was|were|be|has|have|and|or|that|it|they|also|not)$"
)
_JOINING = "of|in|for|that|to|by|from|on|with|at|under|shall|may|must|will|is|are|and|or"
_PLAIN = rf"(?: (?!(?:{_JOINING})\b)[\w’'-]+){{0,2}}"
_ASIDE = (
    r"(?:save|other|otherwise|the Part|which|who|whose|that|shall|may|must|will|is|are|unless|in|except|without|where"
    r"|when|provided|as|but|including|whether|of|to|by|for|from|under|with|within|if|at|on|so|any|each"
    r"|nor|not|subject|until)"
)
_ENDS_ASIDE = re.compile(r"[\w’'-]*,")
_SAYS = re.compile(
    rf"[\w’'-]*{_PLAIN} (?:may|shall|must|will|can|should|would|is|are|was|were|has|have|had|do|does|need|intend)\b"
)
_SUBJECT = re.compile(r"(?:^|[.;:”\"] )(?:(?:The|All|Any|Each|Every|No|Such) )?$")
# The list goes on behind the last point: `the name, rank or grade, and signature`, `runway, aprons and hangars, port`
_GOES_ON = re.compile(rf"{_PLAIN}(?:,? (?:and|or)\b|, (?!{_ASIDE}))")
_AS_IT_IS = re.compile(
    r"\bwear and tear\b|\b(?:terms|goods) and (?:conditions|chattels)\b"
    r"|\bsupport, supplies, and services\b"  # a term of art of 10 U.S.C. 2350, with that comma
)


_OPENING = re.compile(r"[\"“'‘]?(?:\(?\w{1,4}[.)] )?")  # of a line that another text quotes, with its number


def _listed(text: str, *, serial: bool) -> Iterator[StyleChange]:
    """Yield what `_commas` and `_named_lists` find; a line that is quoted with its number is read as it is alone."""
    opening = _OPENING.match(text)
    before = opening.end() if opening else 0
    for change in (*_commas(text[before:], serial=serial), *_named_lists(text[before:], serial=serial)):
        yield StyleChange(change.start + before, change.end + before, change.words, change.about)


def _commas(text: str, *, serial: bool) -> Iterator[StyleChange]:
    """Yield the short lists whose last comma stands, or is missing, against the style.

    A list is at least three points of one to three words in small letters, none with a verb or preposition, and what
    stands before its first comma does not open an aside (`in time of war, forces and dependents`).
    """
    at = 0
    while found := _SERIES.search(text, at):
        at = found.end("first") + 1
        if bool(found["comma"]) is serial or not _is_series(text, found):
            continue
        start = found.end("last")
        yield StyleChange(start, found.end("comma"), "," if serial else "", "serial comma")
        at = found.end()


def _named_lists(text: str, *, serial: bool) -> Iterator[StyleChange]:
    """Yield the lists of months, annexes and numbers whose last comma stands, or is missing, against the style."""
    for found in _NAMED.finditer(text) if ", " in text else ():
        if bool(found["comma"]) is not serial:
            yield StyleChange(*found.span("comma"), "," if serial else "", "serial comma")


def _is_series(text: str, found: re.Match[str]) -> bool:
    return not (_has_what_is_no_point(text, found) or _opens_otherwise(text, found)) and not (
        _GOES_ON.match(text, found.end()) or _AS_IT_IS.search(found.group())
    )


def _has_what_is_no_point(text: str, found: re.Match[str]) -> bool:
    """Whether one of the points holds a verb or a preposition, or the last two are one point."""
    end = "" if found["rest"] else found["end"]  # `and other goods` closes a list, and nothing else
    points = [*(p for p in found["more"].split(", ") if p), found["last"], end]
    return (
        # `the types, the place and duration of storage`: the pair is one point
        bool(_DETERMINED.match(found["last"]) and not _DETERMINED.match(found["end"]))
        or found["last"].endswith("ly")  # `shall grant, promptly and free of charge, the visas`
        or any(_NO_POINT.search(point) for point in points)
        or any(_DOES.match(point) for point in points)  # `give help, secure the place and the supplies`
        or bool(_NO_POINT.fullmatch(found["first"]))  # `service with, or employment by, U.S. forces or the activities`
        or (not found["more"] and not found["rest"] and _may_be_a_pair(text, found))
    )


def _opens_otherwise(text: str, found: re.Match[str]) -> bool:
    """Whether what stands before the first comma is a number, a name, an aside or what a verb begins: no point."""
    if any(char.isdigit() for char in found["first"]):
        return True
    if found["first"][0].isupper() and not _OPENS.search(text, 0, found.start()):
        return True  # a name: what follows its comma may describe it
    before = text[: found.end("first")]
    dated = _MONTH_FIRST.sub(lambda date: date.group().replace(",", " "), before[-160:])  # its comma divides nothing
    return bool(_OPENS_ASIDE.search(dated) or _VERB_BEFORE.search(before))


def _may_be_a_pair(text: str, found: re.Match[str]) -> bool:
    """Whether what stands before the one comma may be no point: `persons, military and civilian, who`.

    Or may end what opens a sentence: `whether or not the force is present, forces and contractors may enter`. Where the
    first point begins the sentence itself, it is the subject.
    """
    if _ENDS_ASIDE.match(text, found.end()):
        return True
    return bool(_SAYS.match(text, found.end())) and not _SUBJECT.search(text, 0, found.start())


# ---------------------------------------------------------------------- spelling

_TELLING = re.compile(r"(?:our|tre|fenc|tenc)$|^(?:programme|manoeuvre|(?:re)?fuell)$")
_OF_BOTH = ("meter",)  # what measures is a meter in either spelling
_NO_PROGRAMME = re.compile(r"\b(?:computer|software) $", re.IGNORECASE)
_ENDINGS = {
    "our": (
        "",
        "s",
        "ed",
        "ing",
        "er",
        "ers",
        "able",
        "ably",
        "ful",
        "less",
        "hood",
        "ite",
        "ites",
        "al",
        "ally",
        "ly",
    ),
    "tre": ("", "s"),
    "enc": ("e", "es", "eless"),
    "mme": ("", "s"),
    "vre": ("", "s"),
    "ell": ("ed", "ing"),
}  # others have another word behind the stem: `laboratory`, `honorary`, `centred`


def _spelled(text: str, spelling: Spelling) -> Iterator[StyleChange]:
    wrong = _stems(spelling)
    for found in _words_of(spelling).finditer(text):
        right, endings = wrong[found["stem"]]
        if found["ending"] in endings and not _NO_PROGRAMME.search(text, max(0, found.start() - 10), found.start()):
            yield StyleChange(found.start(), found.end(), f"{right}{found['ending']}", "spelling")


@cache
def _stems(spelling: Spelling) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return the stems that a text in `spelling` does not have, each with its own and the endings it may have."""
    with data("spelling.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if _TELLING.search(row["british"])]
    there, here = ("british", "american") if spelling == "us" else ("american", "british")
    rows = [row for row in rows if row["british"] != row["american"] and row[there] not in _OF_BOTH]
    return {row[there]: (row[here], _ENDINGS[row["british"][-3:]]) for row in rows}


@cache
def _words_of(spelling: Spelling) -> re.Pattern[str]:
    return re.compile(rf"\b(?P<stem>{by_first_letter(_stems(spelling))})(?P<ending>[a-z]{{0,6}})\b")


# ---------------------------------------------------------------------- quotation marks

_SINGLE = re.compile(r"(?<![\w’'])'(?=\w)(?P<inside>[^'\"]*[^'\"\s])'(?!\w)")
_DOUBLE = re.compile(r'"(?P<inside>[^"]*)"')


def _quotes(text: str, marks: QuotationMarks) -> Iterator[StyleChange]:
    """Yield the pairs of straight marks that are of the other kind; marks in marks change places with them.

    Where a line has an odd number of double marks (a quotation over several lines) none is touched.
    """
    if text.count('"') % 2:
        return
    if marks == "single":
        for found in _DOUBLE.finditer(text):
            yield from _pair(found.start(), found.end(), "'")
            for inner in _SINGLE.finditer(text, found.start() + 1, found.end() - 1):
                yield from _pair(inner.start(), inner.end(), '"')
        return
    outer = [found.span() for found in _DOUBLE.finditer(text)]
    for found in _SINGLE.finditer(text):
        if not any(start <= found.start() and found.end() <= end for start, end in outer):
            yield from _pair(found.start(), found.end(), '"')


def _pair(start: int, end: int, mark: str) -> Iterator[StyleChange]:
    yield StyleChange(start, start + 1, mark, "quotation marks")
    yield StyleChange(end - 1, end, mark, "quotation marks")


# ---------------------------------------------------------------------- the United States before a noun

_ABBREVIATED = re.compile(r"\bU\.S\.(?=[ \u00a0](?:[a-z]|Government\b|Armed\b|Department\b|Embassy\b))")
_IN_FULL = re.compile(r"(?<![Tt]he )(?<![Tt]he\u00a0)\bUnited States(?= [a-z])")
_NO_NOUN = re.compile(
    r" (?:and|or|of|in|to|for|on|at|by|with|from|under|shall|may|must|will|is|are|was|were|has|have|had|if|as|that"
    r"|which|who|when|where|while|until|unless|than|but|nor|not|agrees?|waives?|pays?|grants?|undertakes?)\b"
)


def _states(text: str, wanted: StateAsNoun) -> Iterator[StyleChange]:
    pattern = _IN_FULL if wanted == "U.S." else _ABBREVIATED
    for found in pattern.finditer(text):
        if not _NO_NOUN.match(text, found.end()):
            yield StyleChange(found.start(), found.end(), wanted, "name of the United States")
