"""Dates as agreements have them: ISO 8601, but many stop at the year or month, and then mean all its days; periods."""

import re
from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from agreements.errors import QueryError

PeriodUnit = Literal["days", "months", "years", "month-end"]
FIRST, LAST = 0, 99991231
_DATE = r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?"
_BETWEEN = re.compile(rf"({_DATE})(?:\s*(?:\.\.|[-–])\s*({_DATE}))?")


def first_day(date: str) -> int:
    """Return the first day of an ISO date that may stop at year or month, as a number: `1951` is 19510101."""
    return _day(date, "0101")


def last_day(date: str) -> int:
    """Return the last day of an ISO date that may stop at year or month, as a number: `1951` is 19511231."""
    return _day(date, "1231")


def days(text: str) -> tuple[int, int] | None:
    """Return the first and last day that `text` (`2001`, `2001-05`, `1990-2000`) means; None when it means none."""
    found = _BETWEEN.fullmatch(text.strip().strip('"'))
    if not found:
        return None
    return first_day(found[1]), last_day(found[2] or found[1])


def day_after(day: int, step: int = 1) -> int:
    """Return the number of the day after `day` (19591231 gives 19600101), or `step` days from it; an end stays."""
    if not FIRST < day < LAST:
        return day
    moved = date(day // 10000, day // 100 % 100, min(day % 100, monthrange(day // 10000, day // 100 % 100)[1]))
    return int((moved + timedelta(days=step)).strftime("%Y%m%d"))


def shifted(day: date, count: int, unit: PeriodUnit) -> date:
    """Return the day `count` units after `day` (before it where `count` is negative).

    A period of months or years ends on the day of the same number, or on the last day of a shorter month;
    `month-end` is the last day of the month that lies `count` months on. The day itself is not counted.
    Raises `OverflowError` beyond the years 1 to 9999.
    """
    if unit == "days":
        return day + timedelta(days=count)
    months = day.year * 12 + day.month - 1 + count * (12 if unit == "years" else 1)
    year, month = divmod(months, 12)
    if not date.min.year <= year <= date.max.year:
        raise OverflowError(f"{count} {unit} from {day} lie outside the calendar")
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, last if unit == "month-end" else min(day.day, last))


def a_day(text: str) -> str:
    """Return `text` when it is a date that may stop at year or month; raises `QueryError`."""
    if days(text) is None or ".." in text:
        raise QueryError(f"{text!r} is not a date.", hint="Write a year, a month or a day: 1951, 1951-06, 1951-06-19.")
    return text.strip()


def earlier(first: str, second: str) -> str:
    """Return the one of two dates (that may stop at year or month) that ends first; an empty one is no date."""
    return min((date for date in (first, second) if date), key=_last, default="")


def today() -> str:
    """Return the day (UTC) as an ISO date."""
    return datetime.now(UTC).date().isoformat()


def _last(date: str) -> int:
    found = days(date)
    return found[1] if found else 0


def _day(date: str, rest: str) -> int:
    digits = date.replace("-", "")
    return int((digits + (rest if len(digits) == 4 else rest[2:]))[:8])


def notice_words(months: int | None, days: int | None) -> str:
    """Return a period of notice in words: `180 days` where its days are known, else `6 months`; empty for none."""
    number, unit = (days, "day") if days is not None else (months, "month")
    return f"{number} {unit}{'s' * (number != 1)}" if number is not None else ""
