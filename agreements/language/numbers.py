"""Numbers as treaties print them: Arabic, Roman, in letters, in words, in both; and the values they may have."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
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
_TENS_BY_VALUE = {value: word for word, value in _TENS.items()}
_MISSPELT = {"fourty": 40, "ninty": 90}  # slips that real texts have, and that mean one thing only
_SCALES = {"thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_SHORT_SCALES = {"mn": 10**6, "bn": 10**9, "tn": 10**12}
_CARDINALS = {**{word: value for value, word in enumerate(_UNITS, 1)}, **_TENS}
_ORDINAL_VALUES = {
    **{word: value for value, word in enumerate(_ORDINALS, 1)},
    **{ten[:-1] + "ieth": value for ten, value in _TENS.items()},
}
_WORDS = {**_CARDINALS, **_ORDINAL_VALUES}
ORDINALS = tuple(_ORDINAL_VALUES)
"""The ordinals of one word: `first` to `nineteenth`, `twentieth` to `ninetieth`."""

_JOINTS = re.compile(r"[\s\u00a0-]+")

SPELLED = by_first_letter(_WORDS)
"""The alternatives of a pattern that matches one spelled number word (tens and units are joined by `-` or a blank)."""

_COUNTING = by_first_letter([*_CARDINALS, *_MISSPELT, *_SCALES, "hundred"])
IN_WORDS = rf"(?:{_COUNTING})(?:[\s\u00a0-]+(?:and[\s\u00a0-]+)?(?:{_COUNTING})\b){{0,14}}"
"""A pattern for a cardinal number in words: `twenty-one`, `one hundred and eighty`; also words that make none."""

IN_FIGURES = r"\d{1,3}(?:[,.'’ \u00a0\u202f]\d{3}){1,4}(?:[.,]\d{1,4})?(?!\d)|\d{1,9}(?:\.\d{1,4})?(?![\d])"
"""A pattern for a number in figures, its thousands apart or not: `1,480.50`, `24 500 000`, `30`."""

_HALF = r"(?: and (?:an?|one)[ -]half| 1/2|½)?"
_BRACKETED = r"(?:[ \u00a0]?\((?P<bracket>[\w½][\w .,'’½/-]{0,70})\))?"
_QUANTITY = re.compile(
    rf"(?<![\w.,/-])(?:(?P<words>(?:an? (?=hundred|thousand|million|billion))?{IN_WORDS})|(?P<figures>{IN_FIGURES}))"
    rf"(?P<half>{_HALF}){_BRACKETED}(?: (?P<scale>{'|'.join([*_SCALES, *_SHORT_SCALES])})\b)?"
    rf"(?P<percent> ?%| per ?cent\b)?(?!\w|-(?:{by_first_letter(_ORDINAL_VALUES)})\b)",
    re.IGNORECASE,
)
_SHARES = {"½": Decimal("0.5"), "1/2": Decimal("0.5")}
_GROUPED = re.compile(r"\d{1,3}(?P<sign>[,.'’ \u00a0\u202f])\d{3}(?:(?P=sign)\d{3})*(?:[.,]\d{1,4})?")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a text, from character `start` to `end`: its value, and what it is in words and in figures.

    `value` is None where words and figures say different numbers, or where the figures can be read in two ways
    (`5.000`).
    """

    start: int
    end: int
    value: Decimal | None
    in_words: Decimal | None = None
    in_figures: Decimal | None = None
    is_percent: bool = False

    @property
    def disagrees(self) -> bool:
        """Whether the number is printed twice, and not alike: `thirty (20)`."""
        return self.in_words is not None and self.in_figures is not None and self.in_words != self.in_figures


def quantities(text: str) -> Iterator[Quantity]:
    """Yield the numbers in `text`, in order: in figures, in words, in both; with `million` or `per cent` after them."""
    for found in _QUANTITY.finditer(text):
        if read := _quantity(found):
            yield read


def _quantity(found: re.Match[str]) -> Quantity | None:
    first = found["words"] or found["figures"]
    main = decimal(first)
    if main is None and found["words"]:
        return None
    half = Decimal("0.5") if found["half"] else Decimal(0)
    scale = Decimal({**_SCALES, **_SHORT_SCALES}.get((found["scale"] or "").lower(), 1))
    bracket = _inside(found["bracket"], scale)
    end = found.end() if bracket is not None or not found["bracket"] else found.start("bracket") - 1
    value = None if main is None else (main + half) * scale
    words, figures = (value, bracket) if found["words"] else (bracket, value)
    agreed = value if bracket is None or bracket == value else None
    trimmed = end - len(found.string[found.start() : end]) + len(found.string[found.start() : end].rstrip())
    return Quantity(found.start(), trimmed, agreed, words, figures, is_percent=bool(found["percent"]))


def _inside(words: str | None, scale: Decimal) -> Decimal | None:
    """Return the number that stands in brackets after another; None where that is no number (`thirty (as agreed)`)."""
    if not words:
        return None
    plain = re.sub(r"(?: and (?:an?|one)[ -]half|[ -]?1/2|½)$", "", words.strip())
    value = decimal(plain) if plain else Decimal(0)
    if value is None:
        return None
    whole = value + (Decimal("0.5") if plain != words.strip() else 0)
    return whole * scale if whole < scale else whole


def decimal(text: str) -> Decimal | None:
    """Return the value of a number in words or figures, None where it is none or can be read in two ways."""
    plain = text.strip().lower()
    if not plain[:1].isdigit():
        value = spelled(plain)
        return None if value is None else Decimal(value)
    if grouped := _GROUPED.fullmatch(plain):
        sign = grouped["sign"]
        if sign == "." and plain.count(".") == 1 and "," not in plain:
            return None  # a thousand in one country, one in another
        point = "," if sign == "." else "."
        plain = plain.replace(sign, "").replace(point, ".")
    return Decimal(plain) if re.fullmatch(r"\d+(?:\.\d+)?", plain, re.ASCII) else None


def roman(text: str) -> int | None:
    """Return the value of a well-formed Roman number (either case), or None."""
    if not _ROMAN.fullmatch(text):
        return None
    values = [_ROMAN_VALUES[c] for c in text.lower()]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < following else value for value, following in pairs)


def spelled(text: str) -> int | None:
    """Return the value of a number in words, cardinal or ordinal (`twenty-one`, `Nineteenth`, `one hundred and five`).

    None where the words make no number (`two three`, `thirty and`).
    """
    low = text.strip().lower()
    if (one := _WORDS.get(low)) is not None:
        return one
    words = _JOINTS.split(low)
    if words[:1] in (["a"], ["an"]) and words[1:2] and (words[1] in _SCALES or words[1] == "hundred"):
        words[0] = "one"
    if not words or words[-1] == "and" or words[0] == "and":
        return None
    return _summed([word for word in words if word != "and"])


def in_words(value: int) -> str:
    """Return a whole number in words: `forty-five`, `one hundred eighty`, `zero`; below a thousand billion billion."""
    if value < 0:
        return "minus " + in_words(-value)
    if value <= len(_UNITS):
        return _UNITS[value - 1] if value else "zero"
    if value < 100:
        ten = _TENS_BY_VALUE[value - value % 10]
        return f"{ten}-{_UNITS[value % 10 - 1]}" if value % 10 else ten
    scale, name = next(((n, word) for word, n in reversed(_SCALES.items()) if value >= n), (100, "hundred"))
    high, rest = divmod(value, scale)
    return f"{in_words(high)} {name}" + (f" {in_words(rest)}" if rest else "")


def ways_in_words(value: int) -> tuple[str, ...]:
    """Return how treaties write a number from 1 to 999 in words: `one hundred eighty`, `one hundred and eighty`."""
    if not 0 < value < 1000:
        return ()
    words = in_words(value)
    return tuple(dict.fromkeys((words, words.replace(" hundred ", " hundred and "))))


def _summed(words: list[str]) -> int | None:
    total, group, room, largest = 0, 0, 1000, 10**15  # room: what the next small number must stay below
    for at, word in enumerate(words):
        last = at == len(words) - 1
        plain = word.removesuffix("th") if last else word
        if plain == "hundred":
            if not 0 < group < 100 and not (at == 0 and last):
                return None
            group, room = (group or 1) * 100, 100
        elif (scale := _SCALES.get(plain)) is not None:
            if not group or scale >= largest:
                return None
            total, group, room, largest = total + group * scale, 0, 1000, scale
        else:
            value = _CARDINALS.get(word, _MISSPELT.get(word, _ORDINAL_VALUES.get(word) if last else None))
            if value is None or value >= room:
                return None
            group, room = group + value, 10 if value >= 20 else 0
    return total + group


_ALPHABETS = (
    "αβγδεζηθικλμνξοπρστυφχψω",
    "абвгґдђѓеєёжзѕиіїйјкќлљмнњопрстћуўфхцчџшщ",  # of all languages: lists of each leave letters out
    "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտ",
    "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ",
    "אבגדהוזחטיכלמנסעפצקרשת",
    "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ",
)
LETTERS = "".join(_ALPHABETS)
"""The letters of other alphabets than ours that open the items of lists."""


def letters(text: str) -> int | None:
    """Return the place in a lettered list: a=1 ... z=26, aa=27 ... zz=52, in other alphabets as their lists count."""
    low = text.lower()
    if len(low) == 1 and low in LETTERS:
        return next(alphabet.index(low) + 1 for alphabet in _ALPHABETS if low in alphabet)
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
