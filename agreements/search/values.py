"""Values that a query or a filter gives for keyword fields: forgiving in form, exact in the index."""

import re

from agreements.states import code_of


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
        return party_code(plain) or plain.upper()
    return re.sub(r"\s+", "-", plain.lower())


def _family(name: str) -> str:
    from agreements.families import id_of  # read only where a family is asked for

    return id_of(name) or name
