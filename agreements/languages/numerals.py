"""Numbers as treaties print them: Arabic, Roman, spelled out, letters; and the values they may have."""

import re
from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter


def by_first_letter(alternatives: Iterable[str]) -> str:
    """Return a pattern of plain words, the longest first, that asks for the first letter of many only once.

    A pattern that tries sixty words at every place of a text is ten times as slow.
    """
    longest_first = sorted(alternatives, key=lambda word: (word[0], -len(word)))
    groups = ((letter, [word[1:] for word in found]) for letter, found in groupby(longest_first, key=itemgetter(0)))
    return "|".join(f"{letter}(?:{'|'.join(rests)})" for letter, rests in groups)


_ROMAN = re.compile(r"(?=[MDCLXVI])M{0,3}(CM|CD|D?C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})", re.IGNORECASE)
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_UNITS = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_ORDINALS = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh"),
    *("twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth"),
)
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_ORDINAL_TENS = {ten[:-1] + "ieth": value for ten, value in _TENS.items()}
_WORDS = {
    **{word: value for value, word in enumerate(_UNITS, 1)},
    **{word: value for value, word in enumerate(_ORDINALS, 1)},
    **_TENS,
    **_ORDINAL_TENS,
}

SPELLED = by_first_letter(_WORDS)
"""The alternatives of a pattern that matches one spelled number word (tens and units are joined by `-` or a blank)."""


def roman(text: str) -> int | None:
    """Return the value of a well-formed Roman number (either case), or None."""
    if not _ROMAN.fullmatch(text):
        return None
    values = [_ROMAN_VALUES[c] for c in text.lower()]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < following else value for value, following in pairs)


def spelled(text: str) -> int | None:
    """Return the value of a number in words (`twenty-one`, `Nineteenth`), or None."""
    words = re.split(r"[\s\u00a0-]+", text.lower())
    if len(words) == 1:
        return _WORDS.get(words[0])
    if len(words) == 2 and words[0] in _TENS and (units := _WORDS.get(words[1], 0)) in range(1, 10):
        return _TENS[words[0]] + units
    return None


def letters(text: str) -> int | None:
    """Return the place in a lettered list: a=1 ... z=26, aa=27 ... zz=52; or None for other letters."""
    low = text.lower()
    if len(low) == 1 and "a" <= low <= "z":
        return ord(low) - 96
    if len(low) == 2 and low[0] == low[1] and "a" <= low[0] <= "z":
        return ord(low[0]) - 96 + 26
    return None


def number(text: str) -> int | None:
    """Return the value of an article's number (`7`, `VII`, `Seven`, `7.2` gives 2), or None."""
    if text.isascii() and text.isdigit():
        return int(text)
    if last := re.fullmatch(r"[\dIVXLC]+(?:[./-]\d+)*[./-](\d+)", text):
        return int(last.group(1))
    return roman(text) or spelled(text)


HAN = "〇零一二三四五六七八九十百千两０１２３４５６７８９"
"""The signs of numbers in Chinese and Japanese heads."""
_HAN_UNITS = {sign: value for value, sign in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_HAN_TENS = {"十": 10, "百": 100, "千": 1000}


def han(text: str) -> int | None:
    """Return the value of a number in Chinese signs (`二十一`, `一〇一`) or in wide figures, or None."""
    if text.isdecimal():
        return int(text)
    if not text or any(c not in _HAN_UNITS and c not in _HAN_TENS for c in text):
        return None
    if not any(c in _HAN_TENS for c in text):
        return int("".join(str(_HAN_UNITS[c]) for c in text))
    total = current = 0
    for sign in text:
        if sign in _HAN_TENS:
            total, current = total + (current or 1) * _HAN_TENS[sign], 0
        else:
            current = _HAN_UNITS[sign]
    return total + current
