"""Values that were typed over in Word: twelve months in the draft, six in the edited file, at the very place."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from agreements.display import shown_short
from agreements.drafting import DraftProvenance, FamilyTemplate, Origin, family, phrases
from agreements.drafting.parameters import validate
from agreements.drafting.values import CitedInstrument, CompoundValue, Money, Period
from agreements.language.numbers import in_words, quantities
from agreements.updating.bases import RecordedLine
from agreements.updating.edited import EditedDraft
from agreements.updating.weaving import LineEdit, word_edits

_SHORTEST = 3  # characters of words that are looked for: fewer stand anywhere
_UNIT = re.compile(r"\b(hour|day|week|month|year)s?\b", re.IGNORECASE)
_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?(?: day of)? ([A-Z][a-z]+),? (\d{4})")


@shown_short
@dataclass(frozen=True, slots=True)
class TypedValue:
    """A value of the draft that was typed over: its `name` (`receiving.short`), what was there, what was `typed`.

    `value` is what a parameter file says for it, `path` where it was typed, in the edited file.
    """

    name: str
    was: str
    typed: str
    value: Any
    path: str


@dataclass(frozen=True, slots=True)
class _Printed:
    """A value by the words in which it stands in a text."""

    name: str
    words: str
    value: Any


def typed_values(known: DraftProvenance, edited: EditedDraft) -> tuple[TypedValue, ...]:
    """Return the values of the draft with the record `known` that were typed over, in reading order."""
    template = family(known.family)
    printed = _printed(known, template)
    at = edited.by_origin
    found: list[TypedValue] = []
    for origin in known.origins:
        each = at.get(origin.path)
        if each is None:
            continue
        base = RecordedLine.recorded(origin, (each.provision.heading or "",))
        edits = word_edits(base.text, each.provision.text)
        for name, start, end, value in _places(origin, base.text, printed):
            typed = _typed(base.text, each.provision.text, start, end, edits)
            if typed is not None and (new := _read(value, typed)) is not None:
                found.append(TypedValue(name, base.text[start:end], typed, new, each.place.path))
    return tuple(found)


class TakenValues:
    """Which edits are those of values that are taken into the parameters: the new assembly has them already."""

    def __init__(self, known: DraftProvenance, names: frozenset[str]) -> None:
        self._names = names
        self._printed = _printed(known, family(known.family)) if names else {}

    def __call__(self, origin: Origin, edit: LineEdit) -> bool:
        """Whether `edit` lies in the place of a value that was taken."""
        if not self._names:
            return False
        base = RecordedLine.recorded(origin, ()).text
        places = _places(origin, base, self._printed)
        return any(name in self._names and start <= edit.start and edit.end <= end for name, start, end, _ in places)


def _printed(known: DraftProvenance, template: FamilyTemplate) -> Mapping[str, list[_Printed]]:
    """Return how the values of the draft stand in it, by the parameter that each belongs to."""
    given: dict[str, Any] = {}
    for origin in known.origins:
        given |= {name: value for name, value in origin.parameters.items() if value is not None}
    values = validate(template, known.form, given).values
    used = {name for origin in known.origins for name in origin.parameters}
    return {
        name: list(_forms(name, value))
        for name, value in values.items()
        if name in used and name in template.parameters and template.parameters[name].type not in ("choice", "boolean")
    }


def _forms(name: str, value: Any) -> Iterator[_Printed]:
    if isinstance(value, CitedInstrument):
        value = value.words  # of one given part by part no single part stands in the text by itself
    if isinstance(value, CompoundValue) and not isinstance(value, Period | Money):
        for own in type(value).model_fields:
            yield from _forms(f"{name}.{own}", getattr(value, own))
    elif isinstance(value, tuple | list):
        for index, item in enumerate(value, start=1):
            yield from _forms(f"{name}.{index}", item)
    else:
        yield from (_Printed(name, words, value) for words in _words(value))


def _words(value: Any) -> tuple[str, ...]:
    """Return how a single value is printed."""
    found: tuple[str, ...] = ()
    match value:
        case Period():
            found = (value.words, f"{in_words(value.count)} ({value.count})")
        case Money():
            found = (value.words,)
        case Decimal():
            found = (phrases.grouped(value),)
        case date():
            found = (phrases.date_words(value),)
        case int() if not isinstance(value, bool):
            found = (f"{in_words(value)} ({value})", in_words(value), str(value))
        case str() if len(value) >= _SHORTEST:
            found = (value,)
    return found


def _places(origin: Origin, text: str, printed: Mapping[str, list[_Printed]]) -> Iterator[tuple[str, int, int, Any]]:
    """Yield name, start, end and value of each value of its clause that stands in `text`; the longest form counts."""
    for name in origin.parameters:
        taken: list[tuple[int, int]] = []
        for each in sorted(printed.get(name, ()), key=lambda p: -len(p.words)):
            for found in re.finditer(rf"(?<!\w){re.escape(each.words)}(?!\w)", text):
                if not any(start < found.end() and found.start() < end for start, end in taken):
                    taken.append(found.span())
                    yield each.name, found.start(), found.end(), each.value


def _typed(base: str, edited: str, start: int, end: int, edits: list[LineEdit]) -> str | None:
    """Return what stands now in place of `base` from `start` to `end`, None where it is the same or unclear."""
    inside = [edit for edit in edits if start <= edit.start and edit.end <= end]
    if not inside or any(edit not in inside and edit.start < end and start < edit.end for edit in edits):
        return None
    first, last = inside[0], inside[-1]
    words = edited[first.edited_start - (first.start - start) : last.edited_end + (end - last.end)].strip()
    return words if words and words != base[start:end] else None


def _read(value: Any, typed: str) -> Any:
    """Return what a parameter file says for a value like `value` that is printed as `typed`, None where it is none."""
    if isinstance(value, str):
        return typed
    if isinstance(value, date):
        return _day(typed)
    found = list(quantities(typed))
    if len(found) != 1 or found[0].value is None:
        return None
    beside = typed[: found[0].start] + typed[found[0].end :]
    if re.search(r"\w", _UNIT.sub("", beside).replace(value.currency if isinstance(value, Money) else " ", "")):
        return None  # more was typed than a value
    return _number(value, typed, found[0].value)


def _number(value: Any, typed: str, number: Decimal) -> Any:
    """Return what a parameter file says for a sum, a period, a share or a count of `number`."""
    if isinstance(value, Money):
        return {"amount": f"{number:f}", "currency": value.currency}
    if isinstance(value, Decimal):
        return f"{number:f}"
    if number != int(number):
        return None
    if isinstance(value, Period):
        unit = _UNIT.search(typed)
        return {f"{unit.group(1).lower() if unit else value.unit}s": str(int(number))}
    return str(int(number))


def _day(typed: str) -> str | None:
    found = _DAY.search(typed)
    if not found:
        return None
    day, month, year = found.groups()
    for number in range(1, 13):
        if phrases.date_words(date(2000, number, 1)) == f"1 {month} 2000":
            try:
                return date(int(year), number, int(day)).isoformat()
            except ValueError:
                return None
    return None
