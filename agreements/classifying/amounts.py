"""Periods as treaties print them: `six (6) months`, `30 days`, `one year`, `ten-year`. Pure."""

import re

_UNITS = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen"),
    *("fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORDS = {w: n for n, w in enumerate(_UNITS, 1)} | {w: 10 * n for n, w in enumerate(_TENS, 2)} | {"a": 1, "an": 1}
_SPELLED = rf"(?:(?:{'|'.join(_TENS)})(?:[\s-](?:{'|'.join(_UNITS[:9])}))?|{'|'.join(reversed(_UNITS))})"
_NUMBER = rf"(?:one hundred and eighty|{_SPELLED}|an?(?= year| month)|\d{{1,3}})(?: ?\(\w[\w -]*\))?"

PERIOD = rf"(?:{_NUMBER})(?:[\s-](?:calendar |full )?)(?:days?|months?|years?)\b"
"""A pattern for one period of time."""

_PARTS = re.compile(rf"(?P<number>{_NUMBER})[\s-](?:calendar |full )?(?P<unit>day|month|year)", re.IGNORECASE)


def period(text: str) -> tuple[int, str] | None:
    """Return number and unit (`days`, `months`, `years`) of the first period in `text`; None where there is none.

    A number that is printed twice in different ways (`six (9)`) is none.
    """
    found = _PARTS.search(text)
    if not found:
        return None
    number, _, bracket = found.group("number").partition("(")
    value = _value(number)
    repeated = _value(bracket.rstrip(")")) if bracket else value
    return (value, found.group("unit").lower() + "s") if value and value == repeated else None


def _value(words: str) -> int:
    plain = words.strip().lower()
    if plain.isdigit():
        return int(plain)
    if plain == "one hundred and eighty":
        return 180
    return sum(_WORDS.get(part, 0) for part in re.split(r"[\s-]", plain))
