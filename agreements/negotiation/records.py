"""Plain YAML files of typed records: read strictly, every scalar as the text that was typed, written in order."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from agreements.errors import AgreementsError
from agreements.marking import refuse, values
from agreements.platform import printable

M = TypeVar("M", bound=BaseModel)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class RecordError(AgreementsError):
    """A file or an entry of a negotiation is not as it should be; the message names the file and the field."""

    code = "negotiation"


def read_record(path: Path, kind: type[M]) -> M:
    """Return the record of `kind` in the YAML file at `path`; raises `RecordError` naming file, field and reason.

    Raises `ClassifiedError` where the words or comments of the file bear a marking in use.
    """
    from agreements.drafting import strictyaml

    try:
        content = strictyaml.load_file(path)
    except (ValueError, OSError) as error:
        reason = getattr(error, "strerror", None) or error
        raise RecordError(
            f"{printable(path)}: {reason}.", hint="Correct the file, or put it back from its history."
        ) from error
    if not isinstance(content, dict):
        raise RecordError(f"{printable(path)}: it is not a list of `name: value` lines.")
    return _validated(content, kind, printable(path))


def validated(content: dict[str, Any], kind: type[M], where: str, *, known: Mapping[str, Any] | None = None) -> M:
    """Return what was typed in as a record of `kind`; of `known`, an entry that it changes, the days stand as they are.

    Raises `RecordError` naming every field that is wrong, after `where`, and `ClassifiedError`.
    """
    refuse(list(values(content, "")), what="The entry", typed=True)
    made = _validated(content, kind, where)
    stands = set(_days(known or {}))
    wrong = [f"{day} is no day of the calendar" for day in _days(content) if day not in stands and not _is_a_day(day)]
    if wrong:
        raise RecordError(f"{where}: {'; '.join(wrong)}.", hint="Write the day that is meant.")
    return made


def _days(value: Any) -> Iterator[str]:
    """Yield all that is written as a day in the values of a record."""
    if isinstance(value, str):
        yield from (value,) if _DAY.fullmatch(value) else ()
    elif isinstance(value, Mapping):
        yield from (day for own in value.values() for day in _days(own))
    elif isinstance(value, list | tuple):
        yield from (day for own in value for day in _days(own))


def _is_a_day(day: str) -> bool:
    try:
        return bool(date.fromisoformat(day))
    except ValueError:
        return False


def _validated(content: dict[str, Any], kind: type[M], where: str) -> M:
    try:
        return kind.model_validate(_without_empty(content))
    except ValidationError as error:
        found = error.errors()[:5]
        unknown = any(e["type"] == "extra_forbidden" for e in found)  # else only values are wrong
        hint = f"Known fields: {', '.join(kind.model_fields)}." if unknown else ""
        raise RecordError(f"{where}: {'; '.join(map(_problem, found))}.", hint=hint) from error


def print_record(record: BaseModel) -> str:
    """Return the YAML of `record`: only the fields that say something, in the order in which they are declared."""
    from agreements.drafting import strictyaml

    return strictyaml.block(record.model_dump(exclude_defaults=True, mode="json"))


def _problem(error: Any) -> str:
    where = ".".join(str(part) for part in error["loc"])
    if error["type"] == "extra_forbidden":
        return f"{where} is not a field"
    message = error["msg"].removeprefix("Value error, ")
    return f"{where}: {message}" if where else str(message)


def _without_empty(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_empty(own) for name, own in value.items() if own != ""}
    return [_without_empty(own) for own in value] if isinstance(value, list) else value
