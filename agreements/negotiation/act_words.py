"""What an act on a negotiation did, in words: which office cleared which text, which step was recorded, which fact set.

The words are read off the versions of the record before and after the act, so that an act of long ago says as much as
one of today. Of positions, which may be closer held than the rest, only the keys are named.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from agreements.errors import AgreementsError
from agreements.marking import highest
from agreements.negotiation.file import Negotiation
from agreements.negotiation.positions import POSITIONS_FILE, Positions
from agreements.negotiation.records import read_record
from agreements.negotiation.store import FILE, HISTORY, Negotiations, hash_of
from agreements.repository import Act

_LISTS: Mapping[str, str] = {
    "stages": "stage {stage}",
    "rounds": "round {number} {place}",
    "texts": "text {number}, {side}, {name}",
    "approvals": "{office} {state} {about}",
    "clearances": "",
    "articles": "{path} {state}",
    "steps": "next step {number}: {what} {who}",
    "holds": "hold: {reason}",
    "language_texts": "text in {language} {state} by {by}",
    "closing": "step {number}, {step}, by {by}",
    "follows": "{kind} {number}: {title}",
    "answers": "answer on {number}, {question}: {answer}, by {by}",
}
"""The lists of the record, each with the words for an entry; `clearances` has words of its own."""
_SIDES = {"us": "ours", "partner": "received", "joint": "joint", "draft": "draft inside"}
_CODED = ("state", "stage", "step", "kind", "question")  # their values are names with hyphens
_DAYS = ("date", "sent", "since")


@dataclass(frozen=True, slots=True)
class ActInWords:
    """What an act on a negotiation did (`said`), and the marking of the record as the act left it."""

    said: str
    marking: str = ""


def acts_in_words(store: Negotiations, acts: Iterable[Act]) -> dict[int, ActInWords]:
    """Return by the number of an act on a negotiation what it did.

    An act is left out where a version of the record before or after it is no longer kept, or where it changed who may
    see the negotiation.
    """
    found: dict[int, ActInWords] = {}
    by_hash: dict[str, dict[str, Path]] = {}
    read = cache(_record)
    for act in acts:
        if act.kind != "negotiation":
            continue
        kept = by_hash.setdefault(act.id, _kept(store.folder(act.id)))
        try:
            said = "; ".join(_said(act, kept, read))
            markings = [each for name, (_, after) in act.files.items() for each in _markings(name, kept[after], read)]
        except (AgreementsError, KeyError):  # a version that is damaged says nothing, and hides no other
            continue
        if said:
            found[act.number] = ActInWords(said, highest(markings))
    return found


def _record(path: Path) -> Negotiation:
    return read_record(path, Negotiation)


def _kept(folder: Path) -> dict[str, Path]:
    """Return all versions of the record and of its positions by their hashes."""
    paths = [folder / FILE, folder / POSITIONS_FILE, *(folder / HISTORY).glob("*.yaml")]
    return {hash_of(path): path for path in paths if path.is_file()}


def _said(act: Act, kept: Mapping[str, Path], read: Any) -> Iterator[str]:
    for name, (before, after) in act.files.items():
        if name == FILE:
            was = read(kept[before]).model_dump() if before else {}
            yield from _between(was, read(kept[after]).model_dump())
        elif name == POSITIONS_FILE:
            old, new = (Positions.load(kept[each]).positions if each else () for each in (before, after))
            keys = dict.fromkeys(each.key for each in (*new, *old) if (each in old) != (each in new))
            yield f"position on {', '.join(keys)}" if keys else "the marking of the positions"


def _markings(name: str, path: Path, read: Any) -> tuple[str, ...]:
    return tuple(read(path).markings()) if name == FILE else (Positions.load(path).marking,)


def _between(was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    """Yield what one state of the record has and the other has not."""
    for name in dict.fromkeys((*now, *was)):
        old, new = was.get(name), now.get(name)
        if not _is_other(old, new) or name in ("undone", "id"):
            continue
        if name in _LISTS:
            yield from _entries(name, old or (), new or ())
        elif isinstance(old or new, dict):
            fields = dict.fromkeys((*(new or {}), *(old or {})))
            both = {each: ((old or {}).get(each), (new or {}).get(each)) for each in fields}
            yield from (_fact(f"{name} {each}", new) for each, (old, new) in both.items() if _is_other(old, new))
        else:
            yield _fact(name, new)


def _is_other(old: Any, new: Any) -> bool:
    return old != new and bool(old or new)  # what is empty is nothing, however it is written


def _fact(name: str, value: Any) -> str:
    said = "; ".join(map(_one, value)) if isinstance(value, (list, tuple)) else "" if value is None else str(value)
    return f"{name.replace('_', ' ')}: {said or 'nothing'}"


def _one(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(_one(each) for each in value.values() if each)
    return " and ".join(map(_one, value)) if isinstance(value, (list, tuple)) else str(value)


def _entries(name: str, old: Iterable[Any], new: Iterable[Any]) -> Iterator[str]:
    """Yield the entries of a list that came, went, or were filled in."""
    before, after = list(old), list(new)
    gone = [each for each in before if each not in after]
    come = [each for each in after if each not in before]
    if name == "clearances":
        yield from _rounds_of_clearance(gone, come)
        return
    yield from _told(name, come)
    numbers = {entry.get("number") for entry in come} - {None}
    left = [each for each in gone if each.get("number") not in numbers]  # the others were filled in, and came
    yield from (f"takes back {each}" for each in _told(name, left))


def _told(name: str, entries: list[Any]) -> Iterator[str]:
    """Yield each entry in words, provisions of which the same was said together."""
    if name != "articles":
        yield from (_entry(name, each) for each in entries)
        return
    together: dict[str, list[str]] = {}
    for each in entries:
        together.setdefault(_entry(name, {**each, "path": ""}), []).append(each["path"])
    yield from (f"{', '.join(paths)} {said}" for said, paths in together.items())


def _rounds_of_clearance(gone: list[Any], come: list[Any]) -> Iterator[str]:
    earlier = {entry["number"]: entry for entry in gone}
    for entry in come:
        was = earlier.pop(entry["number"], {})
        asked = [each for each in entry.get("offices", ()) if each not in was.get("offices", ())]
        if asked:
            due = f", to answer by {entry['due']}" if entry.get("due") else ""
            yield f"{', '.join(asked)} asked to clear text {entry['text']}{due}"
        returned, had = entry.get("returned", ()), was.get("returned", ())
        yield from (f"{r['office']} returned {r['name']} of {r['date']}" for r in returned if r not in had)
        yield from (f"takes back what {r['office']} returned, {r['name']}" for r in had if r not in returned)
    yield from (f"takes back the question to {', '.join(each.get('offices', ()))}" for each in earlier.values())


def _entry(name: str, entry: Mapping[str, Any]) -> str:
    said = " ".join(_LISTS[name].format_map({key: _value(key, value) for key, value in entry.items()}).split())
    text = f", text {entry['text']}" if entry.get("text") and name != "texts" else ""
    day = next((f", {entry[each]}" for each in _DAYS if entry.get(each)), "")
    return f"{said}{text}{day}"


def _value(field: str, value: Any) -> str:
    said = "" if value is None else str(value)
    if field == "side":
        return _SIDES.get(said, said)
    return said.replace("-", " ") if field in _CODED else said
