"""Refusing what bears a marking in use, and the highest of several markings that are carried.

A refusal names the marking and its place and quotes nothing. `No marking recognised` is all that is ever said of the
rest: the program knows markings, not what is secret.
"""

from collections.abc import Iterable, Sequence

from agreements.errors import ClassifiedError
from agreements.marking.examining import Declassification, Marking, Verdict, examine
from agreements.marking.grammar import tokens_of
from agreements.marking.passages import PlacedText, entries, name_pieces

NOTICE = (
    "Real negotiating positions are often classified. This system is for unclassified text only: where a position is "
    "classified, record a pointer to where it is held (held_elsewhere) and none of its words."
)
"""What is said to a person whenever positions are entered."""

SPILL = (
    "This system is for unclassified text only. Do not open, copy, send or delete it further: call your security "
    "officer, who decides what becomes of it and of what it was on."
)
DECLASSIFIED = (
    "A declassified print is let in by its own declassification line (DECLASSIFIED, by whose authority, a date that "
    "is past) with every banner struck or replaced by UNCLASSIFIED; a U.S. date does not free information of NATO, "
    "of other States or Restricted Data. If the words are no marking in use, have a person with authority say so, "
    "and strike or replace them in a copy."
)
_KEPT, _LIES = "nothing of it was kept", "it lies where it was written, and nothing else was made of it"
_ELSEWHERE = "Record where it is held instead of its words."
_RANKS = (("cui", 4), ("controlled unclassified", 4), ("sensitive but unclassified", 3), ("sbu", 3))
_OTHER, _PLAIN = 2, 1


def refuse(
    pieces: Sequence[PlacedText], *, what: str, typed: bool = False, lies: bool = False
) -> Declassification | None:
    """Raise `ClassifiedError` where `pieces` of `what` bear a marking in use; its words quote nothing of them.

    Return the declassification line that freed markings which were there, None where there was nothing to free.
    `typed` is for what a person entered: then the advice is to record where it is held; `lies` for what a person wrote
    into a folder of ours, where it stays.
    """
    verdict = examine(pieces)
    if verdict.highest is not None:
        raise _refusal(verdict, verdict.highest, what, typed=typed, lies=lies)
    return verdict.declassified


def refuse_entry(entry: str, *, what: str, marking: str = "") -> None:
    """Raise `ClassifiedError`, naming `what`, when a typed `entry` or its `marking` is classified."""
    pieces = [*entries(entry, "what was entered"), *entries(marking, "the marking", "marking")]
    refuse(pieces, what=what, typed=True)


def refuse_name(name: str) -> None:
    """Raise `ClassifiedError` when the `name` of a file bears a marking in use; the name is not repeated."""
    refuse(name_pieces(name), what="A file")


def highest(markings: Iterable[str]) -> str:
    """Return the highest of `markings` that are carried; several of the same rank are all named, in the order given.

    CUI (32 CFR part 2002) replaces the older SENSITIVE BUT UNCLASSIFIED, so it ranks above it; a marking that is not
    known here ranks above plain UNCLASSIFIED, never below.
    """
    given = list(dict.fromkeys(" ".join(m.split()) for m in markings if m.strip()))
    top = max(map(_rank, given), default=None)
    return "; ".join(m for m in given if _rank(m) == top)


def named(marking: Marking) -> str:
    """Return a marking in words: its name, and for words of a national law whose they are and what they equal."""
    if marking.level == "authority":
        return f"a classification authority block ({marking.name})"
    owner = f" ({marking.owner}: {marking.level})" if marking.owner else ""
    return f"the classification marking {marking.name}{owner}"


def _refusal(verdict: Verdict, top: Marking, what: str, *, typed: bool, lies: bool) -> ClassifiedError:
    more = len({(each.name, each.where) for each in verdict.markings} - {(top.name, top.where)})
    others = f"; {more} more" if more else ""
    message = f"{what} bears {named(top)} ({top.where}{others}) and was refused; {_LIES if lies else _KEPT}."
    hint = f"{SPILL} {_ELSEWHERE if typed else DECLASSIFIED}"
    return ClassifiedError(message, hint=hint, marking=top.name, level=top.level, where=top.where)


def _rank(marking: str) -> int:
    words = " ".join(word.key for word in tokens_of(marking))
    if words == "unclassified":
        return _PLAIN
    return next((rank for name, rank in _RANKS if f" {name} " in f" {words} "), _OTHER)
