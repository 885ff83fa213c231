"""Values as a person types them on one line: `72 hours`, `USD 24,500,000`, `en English; fr French`."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from agreements.drafting.declarations import Declaration

# The fields of compound values in the order in which they are typed, separated by semicolons.
FIELDS: Mapping[str, tuple[str, ...]] = {
    "signer": ("name", "title"),
    "site": ("name", "description", "location", "use", "exclusive_part"),
    "contact": ("office", "address", "telephone", "email"),
    "change": ("action", "path", "words", "heading"),
}
# How compound values are written: their fields in order, and what stands between them.
_ORDER: Mapping[str, tuple[tuple[str, ...], str]] = {
    "party": (("long",), ""),
    "money": (("currency", "amount"), " "),
    "language": (("code", "name"), " "),
    **{kind: (names, "; ") for kind, names in FIELDS.items()},
}
_YES = frozenset({"yes", "y", "true", "1"})
_NO = frozenset({"no", "n", "false", "0"})
_UNITS = ("hours", "days", "weeks", "months", "years")


def read(declaration: Declaration, words: str) -> Any:
    """Return what `words` mean as a value for the parameter file; of a list, one item.

    Raises `ValueError` saying how to write it. Whether the value is allowed is judged by `parameters.validate`.
    """
    kind = declaration.item if declaration.type == "list" else declaration.type
    words = words.strip()
    if kind == "choice":
        return _choice(declaration, words)
    reader = _READERS.get(str(kind))
    return reader(words) if reader else words


def written(declaration: Declaration, value: Any) -> str:
    """Return `value`, as it stands in a parameter file, the way a person would type it; lists with a bar between."""
    if isinstance(value, (list, tuple)) and declaration.type == "list":
        return " | ".join(_written(declaration.item or "line", item) for item in value)
    return _written(declaration.type, value)


def _written(kind: str, value: Any) -> str:
    if kind == "languages":
        return "; ".join(_written("language", item) for item in value)
    if not isinstance(value, Mapping):
        return str(value)
    if kind == "period":
        unit, count = next(iter(value.items()))
        return f"{count} {unit}"
    order, separator = _ORDER.get(kind, (tuple(value), "; "))
    words: str = separator.join(str(value.get(field, "")) for field in order)
    return words.rstrip(separator)


def _choice(declaration: Declaration, words: str) -> str:
    """The value of a choice, or its number in the list shown."""
    known = list(declaration.choices)
    if words in known:
        return words
    if words.isdecimal() and 1 <= int(words) <= len(known):
        return known[int(words) - 1]
    near = [value for value in known if value.lower().startswith(words.lower())]
    if len(near) == 1:
        return near[0]
    raise ValueError(f"Type one of: {', '.join(known)}, or a number from 1 to {len(known)}.")


def _boolean(words: str) -> str:
    if words.lower() in _YES | _NO:
        return "yes" if words.lower() in _YES else "no"
    raise ValueError("Type yes or no.")


def _period(words: str) -> dict[str, str]:
    found = re.fullmatch(r"(\d+)\s*([a-z]+)", words.lower())
    unit = next((u for u in _UNITS if found and u.startswith(found.group(2).rstrip("s"))), None)
    if not found or not unit:
        raise ValueError("Type a number and a unit, for example 72 hours, 30 days, 12 months or 10 years.")
    return {unit: found.group(1)}


def _money(words: str) -> dict[str, str]:
    found = re.fullmatch(r"(\D+?)\s*([\d,]+(?:\.\d+)?)", words)
    if not found:
        raise ValueError("Type the currency and the amount, for example USD 24,500,000.")
    return {"currency": found.group(1), "amount": found.group(2).replace(",", "")}


def _language(words: str) -> dict[str, str]:
    code, _, name = words.partition(" ")
    if not re.fullmatch(r"[a-z]{2,3}", code) or not name.strip():
        raise ValueError("Type the code and the name of the language, for example fr French.")
    return {"code": code, "name": name.strip()}


def _languages(words: str) -> list[dict[str, str]]:
    return [_language(part.strip()) for part in words.split(";") if part.strip()]


def _fields(kind: str) -> Callable[[str], dict[str, str]]:
    def fields(words: str) -> dict[str, str]:
        parts = [part.strip() for part in words.split(";")]
        names = FIELDS[kind]
        if len(parts) > len(names):
            raise ValueError(f"Type at most: {'; '.join(names)}.")
        return {name: part for name, part in zip(names, parts, strict=False) if part}

    return fields


_READERS: Mapping[str, Callable[[str], Any]] = {
    "boolean": _boolean,
    "period": _period,
    "money": _money,
    "language": _language,
    "languages": _languages,
    "integer": lambda words: words.replace(",", ""),
    "decimal": lambda words: words.replace(",", ""),
    "percent": lambda words: re.sub(r"\s*(%|percent|per cent)$", "", words),
    **{kind: _fields(kind) for kind in FIELDS},
}
