"""Markings of what is kept and written: the highest of several, and the refusal of classified entries.

Outputs take the highest marking of their inputs. CUI (32 CFR part 2002) replaces the older SENSITIVE BUT
UNCLASSIFIED, so it ranks above it; a marking that is not known here ranks above plain UNCLASSIFIED, never below.
"""

import re
from collections.abc import Iterable

from agreements.errors import ClassifiedError
from agreements.parsing.classified import refuse_classified
from agreements.reading.blocks import Block, Reading

NOTICE = (
    "Real negotiating positions are often classified. This system is for unclassified text only: where a position is "
    "classified, record a pointer to where it is held (held_elsewhere) and none of its words."
)
"""What is said to a person whenever positions are entered."""

_RANKS = (("CUI", 4), ("CONTROLLED UNCLASSIFIED", 4), ("SENSITIVE BUT UNCLASSIFIED", 3), ("SBU", 3))
_OTHER, _PLAIN, _NONE = 2, 1, 0
_PORTION = re.compile(r"\s*\((?:TS|S|C|NS|NC|NR|CTS)(?://[A-Z0-9 ,/-]+)?\)\s*\S")
_CLASSIFIED = re.compile(r"\b(?:TOP SECRET|SECRET|CONFIDENTIAL|RESTRICTED)\b")


def highest(markings: Iterable[str]) -> str:
    """Return the highest of `markings`; several of the same rank are all named, in the order given."""
    given = list(dict.fromkeys(" ".join(m.split()) for m in markings if m.strip()))
    top = max(map(_rank, given), default=_NONE)
    return "; ".join(m for m in given if _rank(m) == top)


def refuse_classified_entry(entry: str, *, what: str, marking: str = "") -> None:
    """Raise `ClassifiedError`, naming `what` and quoting nothing, when `entry` or its `marking` is classified.

    Stricter than for files: an entry that opens with one portion mark such as `(S)` is refused already.
    """
    lines = [" ".join(line.split()) for line in entry.splitlines() if line.strip()]
    blocks = [Block(line) for line in lines]
    refuse_classified(Reading(what, "", entry, blocks=tuple(blocks)), blocks)
    if any(_PORTION.match(line) for line in lines[:1]) or _CLASSIFIED.search(marking.upper()):
        raise ClassifiedError(
            f"{what} bears a classification marking and was refused; nothing of it was kept.",
            hint="This system is for unclassified text only. Record where it is held instead of its words, "
            "and call your security officer if it should not be on this computer.",
        )


def _rank(marking: str) -> int:
    upper = marking.upper()
    if upper == "UNCLASSIFIED":
        return _PLAIN
    return next((rank for name, rank in _RANKS if name in upper), _OTHER)
