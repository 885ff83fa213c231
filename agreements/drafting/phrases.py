"""Numbers, dates, periods and sums as treaties print them."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from agreements.language.numbers import in_words

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_ORDINALS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth",
}  # fmt: skip


def ordinal_words(value: int) -> str:
    """Return an ordinal in words: `second`, `thirtieth`, `twenty-first`."""
    words = in_words(value)
    cut = max(words.rfind(" "), words.rfind("-")) + 1
    head, last = words[:cut], words[cut:]
    if last in _ORDINALS:
        return head + _ORDINALS[last]
    return head + (last[:-1] + "ieth" if last.endswith("y") else last + "th")


def ordinal_figures(value: int) -> str:
    """Return an ordinal in figures: `1st`, `22nd`, `11th`."""
    suffix = "th" if 10 <= value % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return f"{value}{suffix}"


def counted(value: int, unit: str) -> str:
    """Return a count in words and figures with its unit: `thirty (30) days`, `one (1) year`."""
    return f"{in_words(value)} ({value}) {unit}{'' if value == 1 else 's'}"


def date_words(value: date) -> str:
    """Return a date in treaty order: `14 March 1999`."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def done_on(value: date) -> str:
    """Return a date as a testimonium has it: `22nd day of November, 2026`."""
    return f"{ordinal_figures(value.day)} day of {_MONTHS[value.month - 1]}, {value.year}"


def grouped(value: Decimal | int) -> str:
    """Return an amount with groups of three digits: `24,500,000`, `1,480.50`."""
    return f"{value:,}"


def listed(items: Sequence[str], conjunction: str = "and") -> str:
    """Return items as a list in a sentence: `a`, `a and b`, `a, b and c`."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {conjunction} {items[-1]}"


def enumerated(items: Sequence[str]) -> str:
    """Return items that may hold commas as a list in a sentence: `a; b; and c`; two of them `a; and b`."""
    if len(items) < 2:
        return "".join(items)
    return f"{'; '.join(items[:-1])}; and {items[-1]}"


def roman(value: int) -> str:
    """Return a positive number in Roman capitals: `XIV`."""
    out = ""
    for size, sign in (
        (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
        (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    ):  # fmt: skip
        while value >= size:
            out += sign
            value -= size
    return out


def letter(value: int) -> str:
    """Return the letter of a subparagraph, counted from 1: `a` to `z`, then `aa`, `bb`."""
    times, index = divmod(value - 1, 26)
    return chr(ord("a") + index) * (times + 1)
