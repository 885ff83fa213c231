"""Numbers as Word's lists print them: `4` in the format `lowerRoman` is `iv`, and back."""

import re
from dataclasses import dataclass
from functools import lru_cache

_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_NUMBER = re.compile(r"([(\[]?)(\d{1,5}|[ivxlcdm]{1,15}|[IVXLCDM]{1,15}|([a-z])\3{0,3}|([A-Z])\4{0,3})([.)\]:]{0,2})")
LARGEST_ROMAN = 3999
_FORMATS = ("decimal", "lowerLetter", "lowerRoman", "upperRoman", "upperLetter")


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """How one level of a list prints its number: the `w:numFmt`, and what stands `before` and `after` it."""

    numeral: str
    before: str = ""
    after: str = ""

    def text(self, value: int) -> str:
        """Return `value` as printed at this level: `(iv)`."""
        return self.before + numeral(value, self.numeral) + self.after

    def level_text(self, level: int) -> str:
        """Return the `w:lvlText` of this format at `level` (from 0): `(%4)`."""
        return f"{self.before}%{level + 1}{self.after}"


_FIGURES = 18  # more than any list or identifier has; longer ones are no numbers, and slow to read


def whole(text: str | None, otherwise: int = 0) -> int:
    """Return the whole number that an attribute holds, `otherwise` where it holds none or one beyond all use."""
    digits = (text or "").strip()
    bare = digits.removeprefix("-")
    return int(digits) if bare.isdecimal() and len(bare) <= _FIGURES else otherwise


def numeral(value: int, form: str) -> str:
    """Return `value` (from 1) in the `w:numFmt` named `form`; letters go on a ... z, aa, bb as Word does."""
    if form.endswith("Letter"):
        text = chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)
    elif form.endswith("Roman"):
        text = _roman(value)
    else:
        return str(value)
    return text.upper() if form.startswith("upper") else text


@lru_cache  # texts number with the same few figures and letters
def readings(number: str) -> tuple[tuple[NumberFormat, int], ...]:
    """Return every format and value that print exactly `number`: `(i)` is a letter and a Roman one."""
    found = _NUMBER.fullmatch(number)
    if not found:
        return ()
    before, core, after = found.group(1), found.group(2), found.group(5)
    return tuple(
        (NumberFormat(form, before, after), value)
        for form in _FORMATS
        for value in [_value(core, form)]
        if value > 0 and (not form.endswith("Roman") or value <= LARGEST_ROMAN) and numeral(value, form) == core
    )


def _value(core: str, form: str) -> int:
    low = core.lower()
    if form == "decimal":
        return int(core) if core.isdigit() else 0
    if core.isdigit():
        return 0
    if form.endswith("Letter"):
        return ord(low[0]) - ord("a") + 1 + 26 * (len(low) - 1)
    return _roman_value(low)


def _roman(value: int) -> str:
    text = ""
    for worth, letters in _ROMAN:
        count, value = divmod(value, worth)
        text += letters * count
    return text


def _roman_value(text: str) -> int:
    values = {letters: worth for worth, letters in _ROMAN}
    worths = [values.get(letter, 0) for letter in text]
    if 0 in worths:
        return 0
    pairs = zip(worths, [*worths[1:], 0], strict=True)
    return sum(-worth if worth < following else worth for worth, following in pairs)
