"""Dates as treaties of each language write them: in figures, in words, in the order and with the months of its pack.

English, which has more ways than a pack can say, is `agreements.language.dates`; dates in figures alone are read so in
every language.
"""

import re
from datetime import date
from functools import cache

from agreements.language import dates, numbers
from agreements.language.dates import Dated
from agreements.languages.folding import Folded, folded, folded_pattern
from agreements.languages.packs import LanguagePack, fold, languages

_BLANK = r"[\s,.]*"
_FIGURES = r"\d{1,2}"
_HAN = f"[{numbers.HAN}]"
_HAN_DAY, _HAN_YEAR = f"|{_HAN}{{1,3}}", f"|{_HAN}{{1,7}}"
_CASE = r"[^\W\d]{0,3}"  # how the name of a month may end
_QUOTE = '[«»“”„"]?'  # a day that was left blank and is filled in: `«3» мая 2011`
_AND = "et|y|e|und|og|och|i|si|en"
_HAN_TONGUES = ("ja", "zh")
_ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
_BUDDHIST = 543  # years before the era of the Thai calendar
_NTH = r"(?:\.(?:[º°ª]|er\b|ro\b|o\b)?|º|°|ª|o\b|er\b|ero\b|ro\b|ere\b|e\b|eme\b|re\b|st\b|nd\b|rd\b|th\b|-\w{1,3}\b)?"


def find(text: str, code: str) -> list[Dated]:
    """Return the full dates in `text`, which is in the language `code`, in order; impossible ones are left out."""
    if code == "en" or code not in languages():
        return dates.find(text)
    words = folded(text)
    found: list[Dated] = []
    for pattern in _patterns(code):
        for match in pattern.finditer(words.text):
            dated = _dated(match, words, languages()[code])
            if dated and not any(dated.start < other.end and other.start < dated.end for other in found):
                found.append(dated)
    plain = dates.find(text)
    found += [d for d in plain if not any(d.start < other.end and other.start < d.end for other in found)]
    return sorted(found, key=lambda dated: dated.start)


@cache
def _patterns(code: str) -> tuple[re.Pattern[str], ...]:
    pack = languages()[code]
    months = sorted((fold(way) for ways in pack.months for way in ways.split("|")), key=len, reverse=True)
    if not months:
        return ()
    between = "|".join(sorted((fold(word) for word in pack.date_words), key=len, reverse=True))
    joint = rf"{_BLANK}(?:(?:{between})(?!\w){_BLANK}){{0,6}}" if between else _BLANK
    han = code in _HAN_TONGUES
    numeral = "|".join(sorted(map(re.escape, pack.amounts()), key=len, reverse=True))
    spelled = rf"|(?:(?:{numeral})[^\W\d]{{0,2}}(?!\w)[\s-]*(?:(?:{_AND})\s)?){{1,3}}" if numeral and not han else ""
    many = rf"|(?:(?:{numeral})[\s-]*(?:(?:{_AND})\s*)?){{2,9}}(?<![\s-])(?!\w)" if numeral and pack.larger else ""
    parts = {
        "day": rf"{_QUOTE}(?P<day>{_FIGURES}{_NTH}{_HAN_DAY if han else spelled}){_QUOTE}",
        "month": rf"(?P<month>{'|'.join(map(re.escape, months))}){'' if han else _CASE}",
        "year": rf"(?P<year>\d{{4}}{_HAN_YEAR if han else many})",
    }
    made = []
    for order in pack.dates:
        pattern = joint.join(map(_literal, folded_pattern(order).split(" ")))
        for name, part in parts.items():
            pattern = pattern.replace(f"{{{name}}}", part)
        made.append(re.compile(rf"(?<!\d)(?P<era>{'|'.join(map(fold, _ERAS))})?{pattern}(?!\d)"))
    return tuple(made)


def _literal(piece: str) -> str:
    """Return a piece of an order as a pattern: its gaps stay, what stands beside them is as printed."""
    return "".join(part if part.startswith("{") else re.escape(part) for part in re.split(r"(\{\w+\})", piece))


def _dated(match: re.Match[str], words: Folded, pack: LanguagePack) -> Dated | None:
    years, days = _year(match, pack), _value(match["day"], pack)
    months = next((n for n, ways in enumerate(pack.months, 1) for w in ways.split("|") if fold(w) == match["month"]), 0)
    if not years or not days:
        return None
    try:
        day = date(years, months, days)
    except ValueError:
        return None
    end = match.end() - (len(match.group()) - len(match.group().rstrip(" ,")))
    return Dated(day.isoformat(), words.start(match.start()), words.end(end)) if 1500 <= day.year <= 2100 else None


def _year(match: re.Match[str], pack: LanguagePack) -> int | None:
    year = _value(match["year"], pack)
    if year is None:
        return None
    if match["era"]:
        return year + next(first for era, first in _ERAS.items() if fold(era) == match["era"])
    return year - _BUDDHIST if pack.code == "th" and year > 2400 else year


def _value(words: str, pack: LanguagePack) -> int | None:
    if figures := re.match(r"\d+", words):
        return int(figures.group())
    if pack.code in _HAN_TONGUES:
        return numbers.han(words)
    bare = words.strip(" -")
    return next((value for cut in range(3) if (value := spelled(bare[: len(bare) - cut], pack))), None)


def spelled(words: str, pack: LanguagePack) -> int | None:
    """Return the value of a number in folded words of the language of `pack`: `deux mille onze`, `duemilaundici`."""
    amounts = pack.amounts()
    longest = sorted(amounts, key=len, reverse=True)
    total = group = 0
    rest = words.strip(" -")
    while rest:
        word = next((each for each in longest if rest.startswith(each)), "")
        if not word:
            joined = re.match(rf"(?:{_AND})\b\s*|[\s-]+|(?:und|en|e|و)(?=\w)", rest)
            if not joined:
                return None
            rest = rest[joined.end() :]
            continue
        rest, value = rest[len(word) :], amounts[word]
        if value >= 1000:
            total, group = total + (group or 1) * value, 0
        elif value == 100:
            group = (group or 1) * 100
        else:
            group += value
    return total + group or None
