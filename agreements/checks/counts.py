"""Checks of what a text counts: a number against the list or the years that follow it, shares against the whole."""

import re
from collections.abc import Iterator

from agreements.checks.passages import is_english, is_operative
from agreements.findings import Finding, warning
from agreements.language.money import sums
from agreements.language.numbers import quantities
from agreements.model import Agreement
from agreements.reference import Place, places

_DIGIT = re.compile(r"\d")
_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
# `five (5) contribution years, 2031 through 2035`; through counts the last, to and until may not.
_YEARS = re.compile(r" (?:\w+ ){0,2}years?(?:,| \(|:)? (?:from |namely )?(?P<first>\d{4}) through (?P<last>\d{4})\b")
_MONTHS = re.compile(
    rf" (?:\w+ ){{0,2}}\w+s,? (?:in|on the first day of) (?P<list>(?:(?:{_MONTH})(?:, (?:and )?| and )?){{2,12}})"
)
_MONTH_NAME = re.compile(_MONTH)
_SHARE = re.compile(r"\b(?P<share>\d{1,3}(?:\.\d+)?) (?:percent|per cent)\b")
_RATED = re.compile(r"\b(?:tariffs?|rates|charges|fees)\b", re.IGNORECASE)
_DIVIDED = re.compile(r"\b(?:shares?|categor\w+|divided|distributed|allocated|proportions?)\b", re.IGNORECASE)


def counts(agreement: Agreement) -> Iterator[Finding]:
    """Say where a number is not that of the years or the months that the same words then name."""
    for place in places(agreement):
        text = place.provision.text
        if not is_english(place) or not is_operative(place) or _DIGIT.search(text) is None:
            continue
        for quantity in quantities(text):
            named, words = _named(text, quantity.end)
            said = quantity.in_words if quantity.in_words is not None else quantity.in_figures
            if named and said is not None and said != named:
                message = f"“{text[quantity.start : quantity.end]}” is said of {words}, which are {named}."
                yield warning("count-differs", place.path, message, "Correct the number, or the list.")


def _named(text: str, at: int) -> tuple[int, str]:
    """Return how many years or months the words at `at` name, and those words; 0 where they name none."""
    if years := _YEARS.match(text, at):
        return int(years["last"]) - int(years["first"]) + 1, f"{years['first']} through {years['last']}"
    if months := _MONTHS.match(text, at):
        return len(_MONTH_NAME.findall(months["list"])), f"“{months['list'].strip(' ,')}”"
    return 0, ""


def shares(agreement: Agreement) -> Iterator[Finding]:
    """Say where a list divides a whole into shares that are not a hundred percent together."""
    for place in places(agreement):
        points = place.provision.children
        if not is_english(place) or len(points) < 2 or not _DIVIDED.search(place.provision.text):
            continue
        stated = [_SHARE.findall(point.text) for point in points]
        if all(len(found) == 1 for found in stated):
            total = sum(float(found[0]) for found in stated)
            if total != 100:
                yield _apart(place, total)


def _apart(place: Place, total: float) -> Finding:
    message = f"The shares of this list are {total:g} percent together."
    return warning("shares-sum", place.path, message, "Make them a hundred percent, or say what becomes of the rest.")


def rates(agreement: Agreement) -> Iterator[Finding]:
    """Say where a point of an annex of rates has no currency, and the others have one."""
    for place in places(agreement):
        if place.document.role != "annex" or not is_english(place) or not _RATED.search(place.document.title or ""):
            continue
        points = place.provision.children
        bare = [point for point in points if not any(sums(point.text)) and not _SHARE.search(point.text)]
        for point in bare if len(bare) * 2 < len(points) else ():
            path = f"{place.path}.{(point.number or '').strip('().')}"
            message = "This rate has no currency, the others have one."
            yield warning("rate-without-currency", path, message, "Name the currency of the sum.")
