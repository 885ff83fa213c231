"""Days, weeks, months and years that a treaty counts off: `the thirtieth day`, `на тридцатый день`, `le premier jour`.

The sentence that fixes the entry into force often has no other number. An ordinal is read with the unit that it counts,
from the stems of its language's pack; one that nothing answers is named, and never taken for the same.
"""

import re
from dataclasses import dataclass
from functools import cache

from agreements.language import numbers
from agreements.languages import calendar
from agreements.languages.folding import folded
from agreements.languages.packs import fold, languages

_BETWEEN = r"(?:\s[^\W\d_]{5,14}){0,1}\s"  # an adjective: the thirtieth calendar day
_BRACKET = r"(?:\s?\(\s?\d{1,3}[^\W\d_]{0,4}\.?\s?\))?"
_FIGURE = r"\d{1,3}(?:\.?\s?[º°ª]|(?:st|nd|rd|th|er|ere|re|eme|e|ste|de)\b|-[^\W\d_]{1,3}\b)"
_DOTTED = ("de", "pl", "tr", "cs", "sk", "hu", "da", "no", "fi", "sl", "hr")  # languages of `30. Tag`
_JOINTS = r"[\s-]+(?:(?:et|y|e|i|and)[\s-]+)?"
_ONTO_JOINTS = {"de": ("und",), "nl": ("en",)}  # what stands in one word before a ten: fünfundvierzigste
_ONTO = {
    "de": ("ein", "zwei", "drei", "vier", "funf", "sechs", "sieben", "acht", "neun"),
    "nl": ("een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen"),
}
_TENS = (20, 100)  # a ten may stand before the ordinal of a unit, a hundred before both


@dataclass(frozen=True, slots=True)
class Ordinal:
    """An ordinal number with the unit that it counts, and its words from character `start` on."""

    words: str
    start: int
    value: int
    unit: str


def reads_ordinals(code: str) -> bool:
    """Whether the ordinal numbers of a language are read."""
    return code in ("en", "ar") or bool(code in languages() and languages()[code].nth)


def ordinals_in(text: str, code: str) -> list[Ordinal]:
    """Return the days, weeks, months and years that `text` counts off, in order; those of a date are none."""
    if not reads_ordinals(code):
        return []
    low = folded(text)
    dated = [(each.start, each.end) for each in calendar.find(text, code)]
    found = []
    for match in _pattern(code).finditer(low.text):
        value = _value(match, code)
        start, end = low.start(match.start()), low.end(match.end())
        if value and not any(s < end and start < e for s, e in dated):
            found.append(Ordinal(text[start:end], start, value, _units(code)[match["unit"]]))
    return found


@cache
def _units(code: str) -> dict[str, str]:
    rows = languages()[code].periods.items()
    units = {fold(way): name for name, ways in rows for way in ways if name[0].isalpha() and name != "hours"}
    return units | ({"ال" + way: name for way, name in units.items()} if code == "ar" else {})


@cache
def _pattern(code: str) -> re.Pattern[str]:
    units = "|".join(sorted(map(re.escape, _units(code)), key=len, reverse=True))
    if code == "ar":
        words = "|".join(sorted(map(re.escape, _arabic()), key=len, reverse=True))
        return re.compile(rf"(?<!\w)(?P<unit>{units})\s(?P<nth>(?:{words})(?:\sو(?:{words}))?)(?!\w)")
    figure = rf"{_FIGURE}|\d{{1,3}}\." if code in _DOTTED else _FIGURE
    return re.compile(
        rf"(?<!\w)(?:(?P<figure>{figure})|(?P<nth>{_words(code)})(?!\w)){_BRACKET}{_BETWEEN}(?P<unit>{units})(?!\w)"
    )


def _words(code: str) -> str:
    if code == "en":
        tens = "|".join(("hundred", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"))
        return rf"(?:(?:one\s)?(?:{tens}){_JOINTS}){{0,2}}(?:{'|'.join(numbers.ORDINALS)})"
    pack = languages()[code]
    endings = "|".join(sorted((fold(x).replace("*", "") for x in pack.nth_endings), key=len, reverse=True))
    stems = "|".join(sorted(_stems(code), key=len, reverse=True))
    tens = "|".join(sorted(_before(code), key=len, reverse=True))
    onto = "".join(rf"(?:(?P<onto>{'|'.join(_ONTO[code])}){joint})?" for joint in _ONTO_JOINTS.get(code, ()))
    return rf"(?P<tens>(?:(?:{tens}){_JOINTS}){{0,2}}){onto}(?P<stem>{stems})(?:{endings})"


@cache
def _stems(code: str) -> dict[str, int]:
    rows = (row.split(" ", 1) for row in languages()[code].nth)
    return {fold(stem): int(value) for value, stem in rows}


@cache
def _before(code: str) -> dict[str, int]:
    """Return the words of tens and hundreds that may stand before an ordinal: cardinals (`сорок`) and ordinals."""
    pack = languages()[code]
    tens = {stem: value for stem, value in _stems(code).items() if _TENS[0] <= value <= _TENS[1]}
    ordered = {stem + fold(end).replace("*", ""): value for stem, value in tens.items() for end in pack.nth_endings}
    return ordered | {word: value for word, value in pack.amounts().items() if _TENS[0] <= value <= _TENS[1]}


@cache
def _arabic() -> dict[str, int]:
    """Return the ordinals of Arabic, with their article: `الثلاثين`, `الخامس والأربعين` in two parts."""
    pack = languages()["ar"]
    tens = {word: value for word, value in pack.amounts().items() if 20 <= value <= 90}
    ordered = {word: value for word, value in pack.ordered().items() if word.startswith("ال")}
    return ordered | {"ال" + word.removeprefix("ال"): value for word, value in tens.items()}


def _value(match: re.Match[str], code: str) -> int:
    if code == "ar":
        return sum(_arabic().get(part, 0) for part in _parts(match["nth"]))
    if figures := re.match(r"\d+", match["figure"] or ""):
        return int(figures.group())
    if code == "en":
        return numbers.spelled(match["nth"]) or 0
    onto = _ONTO[code].index(match["onto"]) + 1 if code in _ONTO and match["onto"] else 0
    return _tens(match["tens"], code) + onto + _stems(code)[match["stem"]]


def _parts(words: str) -> list[str]:
    """Return the two parts of an ordinal of Arabic (`الخامس والأربعين`), or the one that it is (`الحادي عشر`)."""
    first, _, second = words.rpartition(" و")
    return [first, second] if first else [words]


def _tens(words: str, code: str) -> int:
    """Return the sum of the words before an ordinal: `сто двадцать `, `cuadragésimo `."""
    known, total = _before(code), 0
    while word := max((each for each in known if words.startswith(each)), key=len, default=""):
        total += known[word]
        words = re.sub(rf"^{_JOINTS}", "", words[len(word) :])
    return total
