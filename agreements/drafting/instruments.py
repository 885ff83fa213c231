"""A cited agreement as one thing: its title, parties, place and date, citation and amendments, in words for a sentence.

Its title names the Parties in the order of each original, as the text does (the alternat): the agreement is the same,
and each side cites it as it stands in its own copy. A parameter file gives it as words, or part by part:

    amended_title: {title: Agreement on Defense Cooperation, between: governments, place: Norhavn, date: 2027-05-05}

Words in which both Parties are named after `between` are put in order too; all others stay as they are.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from agreements.drafting.alternat import Original
from agreements.drafting.phrases import date_words, listed
from agreements.drafting.values import CitedInstrument, DraftParty

_KIND = re.compile(
    r"(?:the )?(?P<kind>.*?\b(?:Agreement|Treaty|Convention|Protocol|Arrangement|Exchange of (?:Notes|Letters)"
    r"|Memorandum(?: of (?:Understanding|Agreement))?)\b)(?P<rest>.*)",
    re.IGNORECASE,
)


def in_order(values: Mapping[str, Any], original: Original) -> dict[str, Any]:
    """Return the values of a draft with each cited agreement in words, in the order of `original`."""
    parties = values.get("sending"), values.get("receiving")
    return {name: _worded(value, parties, original) for name, value in values.items()}


def _worded(value: Any, parties: tuple[Any, Any], original: Original) -> Any:
    if isinstance(value, tuple) and any(isinstance(item, CitedInstrument) for item in value):
        return tuple(_worded(item, parties, original) for item in value)
    if not isinstance(value, CitedInstrument):
        return value
    sending, receiving = parties
    if not isinstance(sending, DraftParty) or not isinstance(receiving, DraftParty):
        return value.plain  # the Parties are missing, which is said elsewhere
    holders = (receiving, sending) if original == "partner" else (sending, receiving)
    return named(value, holders)


def named(instrument: CitedInstrument, holders: tuple[DraftParty, DraftParty]) -> str:
    """Return `instrument` in words, the first of `holders` named first."""
    if instrument.words:
        return _reordered(instrument.words, holders)
    found = _KIND.fullmatch(instrument.title)
    kind, rest = (found["kind"], found["rest"]) if found else (instrument.title.removeprefix("the "), "")
    pair = (
        f" between {' and '.join(_name(party, instrument.between) for party in holders)}" if instrument.between else ""
    )
    return f"the {kind}{pair}{rest}{_concluded(instrument)}{_as_amended(instrument)}"


def _name(party: DraftParty, style: str) -> str:
    return {"governments": party.the_government, "departments": party.the_department}.get(style, party.the_long)


def _concluded(instrument: CitedInstrument) -> str:
    day = date_words(instrument.date) if instrument.date else ""
    if instrument.effected == "notes":
        of = f" of {day}" if day else ""
        return f", effected by the exchange of notes{f' at {instrument.place}' if instrument.place else ''}{of}"
    said = [f"at {instrument.place}" if instrument.place else "", f"on {day}" if day else ""]
    return f", signed {' '.join(x for x in said if x)}" if any(said) else ""


def _as_amended(instrument: CitedInstrument) -> str:
    """Return how the agreement was amended, as far as it is given: by which instruments, or on which days."""
    by = [
        f"{each.title}{f' of {date_words(each.date)}' if each.date else ''}"
        for each in instrument.amended_by
        if each.title
    ]
    on = [date_words(each.date) for each in instrument.amended_by if each.date and not each.title]
    said = [f"by {listed(by)}" if by else "", f"on {listed(on)}" if on else ""]
    return f", as amended {' and '.join(x for x in said if x)}" if any(said) else ""


def _reordered(words: str, holders: tuple[DraftParty, DraftParty]) -> str:
    """Return `words` with both Parties after `between` in the order of `holders`."""
    return _pair(*holders).sub(lambda found: _swapped(found, holders[0]), words)


def _swapped(found: re.Match[str], first: DraftParty) -> str:
    one, other = found["one"], found["other"]
    if one.lower() in {name.lower() for name in _names(first)}:
        return found.group()
    return f"{found['lead']}{other}{found['joint']}{one}"


@lru_cache(maxsize=64)
def _pair(a: DraftParty, b: DraftParty) -> re.Pattern[str]:
    """Return what finds `between A and B` and `between B and A`, by any name of the two Parties."""
    either = "|".join(sorted(map(re.escape, {*_names(a), *_names(b)}), key=len, reverse=True))
    return re.compile(
        rf"(?P<lead>\bbetween )(?P<one>{either})(?P<joint>,? and )(?P<other>{either})(?![\w-])", re.IGNORECASE
    )


def _names(party: DraftParty) -> Iterator[str]:
    for name in (party.the_government, party.the_department, party.the_ministry, party.the_long, party.the_short):
        yield name
        yield name.removeprefix("the ")
