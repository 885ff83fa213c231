"""Values that a query or a filter gives for keyword fields: forgiving in form, exact in the index."""

import re
from collections.abc import Collection

from agreements.errors import unknown
from agreements.states import code_of, party_key
from agreements.topics import topics

STATUSES = ("in-force", "provisional", "signed", "not-in-force", "superseded", "expired", "terminated", "unknown")
STANDINGS = ("agreement", "draft", "rejected", "specimen")
FORMS = (
    "agreement",
    "treaty",
    "exchange-of-notes",
    "note-of-termination",
    "mou",
    "protocol",
    "implementing-arrangement",
    "agreed-minutes",
)
"""The values of facts of agreements (`model.StatusValue` and others, which this path does not load)."""


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
        return _family(plain) if field == "family" else plain
    if field == "party":
        return party_code(plain) or party_key(plain)
    return re.sub(r"\s+", "-", plain.lower())


def known_values(field: str) -> Collection[str]:
    """Return the values that there are of a keyword field; empty for one that may have any."""
    match field:
        case "family":
            from agreements.families import FAMILIES

            return FAMILIES.keys()
        case "topic":
            return dict.fromkeys(value for each in topics().values() for value in (each.id, each.core))
        case "status":
            return STATUSES
        case "standing":
            return STANDINGS
        case "form":
            return FORMS
    return ()


def checked(field: str, value: str) -> str:
    """Return `value` as the index holds it in the keyword `field`; raises `NotFoundError` naming near ones."""
    plain, known = keyword(field, value), known_values(field)
    if known and plain not in known:
        raise unknown(field, value, known)
    return plain


def _family(name: str) -> str:
    from agreements.families import id_of  # read only where a family is asked for

    return id_of(name) or name
