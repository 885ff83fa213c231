"""What a person should know of a day of the calendar."""

from datetime import date
from functools import cache

_WEEKEND = {5: "a Saturday", 6: "a Sunday"}


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
