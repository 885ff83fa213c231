"""Sums of money: the amount in figures, in words or in both, and the currency by sign, code or name.

The currencies are `data/currencies.csv`. A name that several States use (`dollars`, `francs`) has no code: which is
meant is for the text to say elsewhere.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from agreements.language.numbers import Quantity, by_first_letter, quantities
from agreements.resources import data

_BETWEEN = re.compile(r"[\s\u00a0]*(?:of )?")
_SECOND = re.compile(r"[\s\u00a0]*\($")
_CLOSE = re.compile(r"[^\d()]{0,20}\)")


@dataclass(frozen=True, slots=True)
class StatedSum:
    """A sum in a text, from character `start` to `end`.

    `amount` is None where it is printed twice, and not alike; `currency` is an ISO 4217 code, empty where the words
    (`named`, as printed) fit several.
    """

    start: int
    end: int
    amount: Decimal | None
    currency: str
    named: str


def sums(text: str) -> Iterator[StatedSum]:
    """Yield the sums of money in `text`, in order; one printed in words and again in figures is one."""
    last: StatedSum | None = None
    for quantity in quantities(text):
        found = _sum(text, quantity)
        if found is None:
            continue
        if last is not None and (whole := _repeated(text, last, found)):
            last = whole
            continue
        if last is not None:
            yield last
        last = found
    if last is not None:
        yield last


def _sum(text: str, quantity: Quantity) -> StatedSum | None:
    if before := _before().search(text, max(0, quantity.start - 10), quantity.start):
        return StatedSum(before.start(), quantity.end, quantity.value, *_read(before["sign"]))
    gap = _BETWEEN.match(text, quantity.end)
    at = gap.end() if gap else quantity.end
    if after := _after().match(text, at):
        return StatedSum(quantity.start, after.end(), quantity.value, *_read(after["name"]))
    return None


def _read(words: str) -> tuple[str, str]:
    key = words.lower()
    table = _table()
    return table.get(key, table.get(key.removesuffix("s"), "")), words


def _repeated(text: str, first: StatedSum, second: StatedSum) -> StatedSum | None:
    """Return the one sum that `first` and `second`, in brackets behind it, are; None where they are two."""
    if not _SECOND.fullmatch(text, first.end, second.start) or not (close := _CLOSE.match(text, second.end)):
        return None
    amount = first.amount if first.amount == second.amount else None
    return StatedSum(first.start, close.end(), amount, first.currency or second.currency, first.named)


def names() -> dict[str, str]:
    """Return the names of currencies in small letters, in singular and plural, each with its code or itself."""
    found = {name.lower(): code for code, every, _ in _rows() for name in every}
    found = {name: code or f"{name.removesuffix('s')}s" for name, code in found.items()}
    return found | {f"{name}s": code for name, code in found.items()}


def signs() -> tuple[str, ...]:
    """Return the signs and codes of currencies as they are printed."""
    return tuple(dict.fromkeys(sign for _, _, every in _rows() for sign in every))


def code_of(sign: str) -> str:
    """Return the ISO 4217 code of a sign, code or name in any case; empty where several have it, or none."""
    return _table().get(sign.strip().lower(), "")


@cache
def _rows() -> tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]:
    with data("currencies.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return tuple(
        (r["code"], tuple(filter(None, r["names"].split("|"))), tuple(filter(None, r["signs"].split("|"))))
        for r in rows
    )


@cache
def _table() -> dict[str, str]:
    return {words.lower(): code for code, names, signs in _rows() for words in (*names, *signs)}


@cache
def _before() -> re.Pattern[str]:
    """Return a pattern for a sign or code right before a number."""
    signs = sorted((re.escape(sign) for _, _, signs in _rows() for sign in signs), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?P<sign>{'|'.join(signs)})[\s\u00a0]?$")


@cache
def _after() -> re.Pattern[str]:
    """Return a pattern for the name or code of a currency right after a number."""
    names = by_first_letter(name.lower() for _, names, _ in _rows() for name in names)
    codes = "|".join(sign for _, _, signs in _rows() for sign in signs if sign.isalpha() and sign.isupper())
    return re.compile(rf"(?P<name>(?i:(?:{names})s?)|(?:{codes})|€|£)(?!\w)")
