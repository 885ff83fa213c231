"""Periods of time: how long (`six (6) months`, `ten-year`), at most or at least, from when, to do what."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from agreements.language.numbers import IN_WORDS, ORDINALS, by_first_letter, decimal
from agreements.language.sentences import Sentence, around

_UNIT = r"(?:hour|day|week|month|year)"
_KINDS = r"(?:(?:calendar|full|clear|consecutive|successive|working|business|whole|additional|further|more)[\s\u00a0]+)"
_BLANK = r"[\s\u00a0-]+"
_HALF = r"(?: and (?:an?|one)[\s-]half| 1/2|½)?"
_BRACKET = r"(?:[\s\u00a0]?\(\w[\w\s½/-]{0,60}\))?"
_AN = rf"(?<!once )(?<!twice )(?<!times )an?(?= (?:full |further |whole |calendar )?{_UNIT})"
_ORDINALS = rf"(?:{IN_WORDS}[\s-])?(?:{by_first_letter(ORDINALS)})|\d{{1,3}}(?:st|nd|rd|th)"
_COUNT = rf"(?:{IN_WORDS}|{_AN}|\d{{1,3}})"
_POINT = rf"(?:{_ORDINALS}){_BLANK}(?:calendar )?(?:day|month|year)(?= (?:next )?(?:after|from|following)\b)"
PERIOD = rf"(?:\bhalf an? year\b|\b{_POINT}|\b{_COUNT}{_HALF}{_BRACKET}{_BLANK}{_KINDS}{{0,2}}{_UNIT}s?\b)"
"""A pattern for one period of time, without groups, to be part of the patterns of rules."""

_OF_TIME = re.compile(_UNIT, re.IGNORECASE)
_PARTS = re.compile(
    rf"\b(?:(?P<halfyear>half an? year)\b|(?P<point>{_POINT})|(?P<count>{_COUNT})(?P<half>{_HALF})"
    rf"(?P<bracket>{_BRACKET}){_BLANK}(?P<kinds>{_KINDS}{{0,2}})(?P<unit>{_UNIT})s?\b"
    rf"(?:[’']?[ ]?\((?P<late>\d{{1,3}})\))?)",
    re.IGNORECASE,
)
_DAYS = {"hours": 1 / 24, "days": 1, "weeks": 7, "months": 30.4, "years": 365}
_MOST = re.compile(
    r"\b(?:within|not (?:later|more) than|no (?:later|more) than|not exceed(?:ing)?|(?:up|at most) to|at most"
    r"|(?<!not )(?<!no )less than|a maximum of|at the latest|not be later than|every|before the (?:end|expiry) of)"
    r"(?: (?:a|an|the|each))?(?: (?:further|maximum|minimum|initial))?(?: (?:period|term|time limit) of)?"
    r"(?: not more than)?\s*$",
    re.IGNORECASE,
)
_LEAST = re.compile(
    r"\b(?:(?:not|no) (?:less|fewer|earlier|sooner) than|at least|a minimum of|more than)"
    r"(?: (?:a|an|the))?(?: (?:period|term) of)?\s*$",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"[’']?s?[\s\u00a0]*(?:\(\d{1,3}\)[\s\u00a0]*)?(?P<relation>after|from|following|of|before|prior to"
    r"|in advance of|preceding|since|as from|as of|upon|ahead of|(?:beginning|starting) (?:on|with|from)"
    r"|(?:counted|reckoned) from)\s+"
    r"(?P<event>[^,;:()]{1,160})",
    re.IGNORECASE,
)
_EVENT_ENDS = re.compile(
    r"\s(?:(?:shall|may|will|must|is|are|unless|except|if|provided|whichever|whereas|either)\b|to (?!th|an? )[a-z])"
)
_LEAD = re.compile(
    r",? ?\b(?:(?:within|at (?:least|most)|not? (?:later|less|more|earlier) than|for|by|upon|with|giving|every|after"
    r"|subject to|during)\b[\w\s]{0,40}|(?:in|on|of)(?: (?:an?|the))?\s*)$",
    re.IGNORECASE,
)
_MODAL = re.compile(r"\b(?:shall|may|will|must|should|can|is to|are to|undertakes? to|agrees? to)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class StatedPeriod:
    """A period in a text, from character `start` to `end`.

    `number` is None where it is printed twice, and not alike (`six (9) months`); `unit` is `hours`, `days`, `weeks`,
    `months` or `years`; `kind` is `working` for days of work, else empty. `bound` says whether it is the `most` or the
    `least`; `relation` and `event` say from when it runs, or before what it lies, as printed; `action` what is to be
    done in it. What the text does not say is empty.
    """

    start: int
    end: int
    number: int | None
    unit: str
    kind: str = ""
    bound: str = ""
    relation: str = ""
    event: str = ""
    action: str = ""

    @property
    def days(self) -> float | None:
        """The period in days, near enough to compare two; None where its number is not known."""
        return None if self.number is None else self.number * _DAYS[self.unit]

    @property
    def months(self) -> int | None:
        """The period in whole months, None where it is not one of months or years."""
        if self.number is None or self.unit not in ("months", "years"):
            return None
        return self.number * (12 if self.unit == "years" else 1)


def period(text: str) -> StatedPeriod | None:
    """Return the first period in `text`; None where there is none, or where its number is printed twice, not alike."""
    first = next(periods(text), None)
    return first if first and first.number is not None else None


def period_at(text: str, at: int) -> StatedPeriod | None:
    """Return the period that begins at the character `at` of `text` (where `PERIOD` matched), as `period` does."""
    found = _PARTS.match(text, at)
    number, unit = _read(found) if found else (None, "")
    return StatedPeriod(at, found.end(), number, unit) if found and number is not None else None


def periods(text: str) -> Iterator[StatedPeriod]:
    """Yield the periods in `text`, in order, with what their sentences say of them."""
    return iter(_periods(text))


@lru_cache(maxsize=512)  # the readers of one provision all ask for its periods
def _periods(text: str) -> tuple[StatedPeriod, ...]:
    return tuple(_stated(text)) if _OF_TIME.search(text) else ()


def _stated(text: str) -> Iterator[StatedPeriod]:
    for found in _PARTS.finditer(text):
        number, unit = _read(found)
        if number is None and unit == "":
            continue
        sentence = around(text, found.start(), found.end())
        yield _told(found, number, unit, sentence)


def _told(found: re.Match[str], number: int | None, unit: str, sentence: Sentence) -> StatedPeriod:
    text = sentence.text
    before = text[max(sentence.start, found.start() - 60) : found.start()]
    bound = "most" if _MOST.search(before) else "least" if _LEAST.search(before) else ""
    runs = _FROM.match(text, found.end(), sentence.end)
    event = ""
    if runs:
        stop = _EVENT_ENDS.search(text, runs.start("event"), runs.end("event"))
        event = text[runs.start("event") : stop.start() if stop else runs.end("event")].rstrip(" .")
    kinds = (found["kinds"] or "").lower()
    kind = "working" if "working" in kinds or "business" in kinds else ""
    relation = runs["relation"].lower() if runs and event else ""
    action = _action(text, sentence, found.start(), found.end())
    return StatedPeriod(found.start(), found.end(), number, unit, kind, bound, relation, event, action)


def _action(text: str, sentence: Sentence, start: int, end: int) -> str:
    """Return what is to be done in the period: what stands between a verb and it, else after the verb behind it."""
    verbs = [*_MODAL.finditer(text, sentence.start, start)]
    if verbs and (words := _LEAD.sub("", text[verbs[-1].end() : start]).strip(" ,")):
        return words
    following = _MODAL.search(text, end, sentence.end)
    return text[following.end() : sentence.end].strip(" .;,") if following else ""


def _read(found: re.Match[str]) -> tuple[int | None, str]:
    if found["halfyear"]:
        return 6, "months"
    if point := found["point"]:
        last = re.split(r"[\s\u00a0-]", point)[-1]
        return _ordinal(point[: -len(last)]), last.lower() + "s"
    unit = found["unit"].lower() + "s"
    value = _count(found["count"])
    if value is None:
        return None, ""
    if found["half"]:
        value, unit = (value + Decimal("0.5")) * 12, "months"
        if found["unit"].lower() != "year":
            return None, ""
    bracket = found["bracket"].strip(" \u00a0()") or found["late"]
    repeated = _count(bracket.removesuffix("½").removesuffix(" 1/2")) if bracket and not found["half"] else value
    if repeated is None:  # words that are no number (`thirty (calendar) days`) repeat nothing
        repeated = value
    return (int(value) if value == repeated else None), unit


def _count(words: str) -> Decimal | None:
    low = words.strip().lower()
    value = Decimal(1) if low in ("a", "an") else decimal(low)
    return value or None


def _ordinal(words: str) -> int | None:
    bare = words.lower().strip(" -\t\u00a0").removesuffix("calendar").strip(" -\t\u00a0")
    value = decimal(bare[:-2] if bare[:1].isdigit() else bare)
    return int(value) if value else None
