"""Values that a query or a filter gives for keyword fields and days: forgiving in form, exact in the index."""

import re

from agreements.search.fields import first_day, last_day
from agreements.states import code_of

FIRST, LAST = 0, 99991231
_DATE = r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?"
_BETWEEN = re.compile(rf"({_DATE})(?:\s*(?:\.\.|[-–])\s*({_DATE}))?")
_FAMILIES = {"faa": "facilities_access", "stateflights": "state_flights"}


def party_code(name: str) -> str | None:
    """Return the code of the State or organisation with this code, name or alias; None when it is not known."""
    code = name.strip().upper()
    if re.fullmatch(r"[A-Z]{2,8}", code) and (code == name.strip() or len(code) == 3):
        return code_of(name) or code
    return code_of(name)


def keyword(field: str, value: str) -> str:
    """Return `value` as the index holds it in the keyword `field`."""
    plain = value.strip().strip('"')
    if field in ("family", "topic", "core"):
        plain = re.sub(r"[\s-]+", "_", plain.lower())
        return _FAMILIES.get(plain, plain) if field == "family" else plain
    if field == "party":
        return party_code(plain) or plain.upper()
    return re.sub(r"\s+", "-", plain.lower())


def days(text: str) -> tuple[int, int] | None:
    """Return the first and last day that `text` (`2001`, `2001-05`, `1990-2000`) means; None when it means none."""
    found = _BETWEEN.fullmatch(text.strip().strip('"'))
    if not found:
        return None
    return first_day(found[1]), last_day(found[2] or found[1])
