"""How `draft explain` prints: clause by clause in the order of the draft, what changed first to the eye."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from agreements.commands import output

if TYPE_CHECKING:
    from agreements.library import Explained


def show(rows: Sequence["Explained"]) -> None:
    """Print `rows`: each clause with its values and precedents, and what was changed in it by itself."""
    for _, group in groupby(rows, key=_alike):
        own = list(group)
        origin, state = own[0].origin, _state(own[0])
        paths = origin.path if len(own) == 1 else f"{origin.path} to {own[-1].origin.path}"
        clause = f"{origin.clause}/{origin.variant}".rstrip("/")
        output.say(f"{output.bold(paths)}  {clause}{f'  {state}' if state else ''}")
        for line in _told(own[0]):
            output.say(output.dim(output.wrapped(line, "    ", "    ")))
    changed = sum(not row.same for row in rows)
    output.say(f"\n{len(rows)} provisions: {changed} read otherwise than the draft or are gone." if changed else
               f"\n{len(rows)} provisions, all as drafted.")  # fmt: skip


def _alike(row: "Explained") -> tuple[str, str, str]:
    return row.origin.clause, row.origin.variant, _state(row)


def _state(row: "Explained") -> str:
    if not row.now:
        return "GONE"
    moved = f"now {row.now}" if row.now != row.origin.path else ""
    return ", ".join(x for x in (moved, "" if row.same else "CHANGED") if x)


def _told(row: "Explained") -> Iterator[str]:
    origin = row.origin
    label = " ".join(x for x in (f"({origin.code})" if origin.code else "", origin.label) if x)
    if label:
        yield label
    given = [f"{name} = {value}" for name, value in origin.parameters.items() if isinstance(value, str)]
    others = [name for name, value in origin.parameters.items() if not isinstance(value, str)]
    if given or others:
        yield f"Built on: {', '.join([*given, *others])}"
    if origin.precedents:
        yield f"Precedents: {', '.join(origin.precedents)}"
