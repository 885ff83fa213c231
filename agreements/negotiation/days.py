"""Days of the calendar: periods counted from a day, and what a person should know of a day."""

import calendar
from datetime import date, timedelta
from functools import cache
from typing import Literal

PeriodUnit = Literal["days", "months", "years", "month-end"]
_WEEKEND = {5: "a Saturday", 6: "a Sunday"}


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
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, last if unit == "month-end" else min(day.day, last))


def remark(day: date) -> str:
    """Return what makes `day` no working day of the United States Government (5 U.S.C. 6103), or nothing.

    The day is never moved: whether a period that ends on such a day runs on is for the rule, and a person, to say.
    """
    holiday = _holidays(day.year).get(day)
    said = (_WEEKEND.get(day.weekday()), f"a federal holiday ({holiday})" if holiday else None)
    return " and ".join(words for words in said if words)


@cache
def _holidays(year: int) -> dict[date, str]:
    from holidays import country_holidays  # brings the tables of many States: only where a day is looked up

    return dict(country_holidays("US", years=year, language="en_US"))
