"""Undoing an act on a negotiation: its facts or positions become again what they were, by a new act.

What was tabled, received, cleared or decided stays on record: its entry goes from its list to those that were `undone`,
and its file stays where it is. Positions are undone one by one: those that the act changed become again what they were,
and what was recorded on others since stands.
"""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from agreements.isodates import today
from agreements.negotiation.file import RECORDS, Negotiation, UndoneEntry
from agreements.negotiation.positions import POSITIONS_FILE, Position, Positions
from agreements.negotiation.records import RecordError, print_record, read_record
from agreements.negotiation.store import FILE, HISTORY, Negotiations, hash_of
from agreements.repository import Act, find_act, refuse_final

_MARKING = "the marking"  # no key of a position: it holds a blank
_OWN_WAY = {
    "begin": ("a negotiation that was begun is ended, not undone.", "`agreements negotiation set ID --stage ended`."),
    "access": ("who may see it is set anew, not undone.", "`agreements negotiation access ID --add`, `--remove`."),
}


def undo(store: Negotiations, number: int) -> Act:
    """Reverse the act `number` on a negotiation and return the act that does.

    Raises `NotFoundError` for an unknown number, `RepositoryError` and `RecordError` where the act cannot be undone.
    """
    with store.writing():
        acts = store.acts()
        act = find_act(acts, number)
        if act.what in _OWN_WAY:
            message, hint = _OWN_WAY[act.what]
            raise RecordError(f"Act {number}: {message}", hint=hint)
        if POSITIONS_FILE in act.files:  # asked first: what a hand changed is of no act, and none rests on it
            _refuse_changed(store, act, _last_on_positions(act, acts))
            refuse_final(_with_keys(store, act, besides=True), [_with_keys(store, a) for a in acts if a.id == act.id])
        else:
            refuse_final(act, acts)
            _refuse_changed(store, act, act)
        ((name, (before, _)),) = act.files.items()
        store.put(act.id, name, _content(store, act, name, before), "undo", undoes=number)
        return store.acts()[-1]


def _content(store: Negotiations, act: Act, name: str, before: str) -> str:
    """Return what the file is to be: as it was, with the records that the act made among those undone."""
    if name == POSITIONS_FILE:
        return _merged(store, act)
    earlier = _kept(store.folder(act.id), act, name, before)
    if act.undoes:
        return earlier.read_text("utf-8")
    was, is_now = read_record(earlier, Negotiation), store.get(act.id)
    gone = [
        UndoneEntry(what=kind, act=act.number, on=today(), entry=each.model_dump(mode="json", exclude_defaults=True))
        for kind in RECORDS
        for each in getattr(is_now, kind)
        if each not in getattr(was, kind)
    ]
    return print_record(was.model_copy(update={"undone": (*is_now.undone, *gone)}))


# ---------------------------------------------------------------------- positions


def _merged(store: Negotiations, act: Act) -> str:
    """Return the positions as they stand, with those that the act changed as they were before it."""
    path = store.folder(act.id) / POSITIONS_FILE
    before, now = act.files[POSITIONS_FILE]
    if before and hash_of(path) == now:
        return _kept(path.parent, act, POSITIONS_FILE, before).read_text("utf-8")
    was, left, stands = _before(store, act), _after(store, act), Positions.load(path)
    changed, old, new = _changed(was, left), _by_key(was), _by_key(stands)
    if moved := sorted(changed & _changed(left, stands)):
        raise RecordError(
            f"Act {act.number} cannot be undone: the position on {', '.join(moved)} was changed by hand since.",
            hint="Record it anew with `agreements negotiation position`.",
        )
    keys = dict.fromkeys([*old, *new])
    kept = [each for key in keys for each in (old if key in changed else new).get(key, ())]
    marking = was.marking if _MARKING in changed else stands.marking
    return Positions(marking=marking, positions=tuple(kept)).print()


def _with_keys(store: Negotiations, act: Act, *, besides: bool = False) -> Act:
    """Return an act on positions with the keys of those that it changed as its parts, and any other act as it is.

    Where a version is no longer kept the act is on the whole file, for all that is known: with `besides` the file is
    among the parts too, so that such an act is found to rest on it.
    """
    if POSITIONS_FILE not in act.files:
        return act
    try:
        keys = _changed(_before(store, act), _after(store, act))
    except RecordError:
        return act
    return replace(act, parts=(*keys, POSITIONS_FILE) if besides else tuple(keys))


def _before(store: Negotiations, act: Act) -> Positions:
    before, _ = act.files[POSITIONS_FILE]
    return Positions.load(_kept(store.folder(act.id), act, POSITIONS_FILE, before)) if before else Positions()


def _after(store: Negotiations, act: Act) -> Positions:
    return Positions.load(_kept(store.folder(act.id), act, POSITIONS_FILE, act.files[POSITIONS_FILE][1]))


def _changed(one: Positions, other: Positions) -> set[str]:
    """Return the keys of the positions in which two states differ, and `marking` where that differs."""
    old, new = _by_key(one), _by_key(other)
    keys = {key for key in {*old, *new} if old.get(key) != new.get(key)}
    return keys | ({_MARKING} if one.marking != other.marking else set())


def _by_key(positions: Positions) -> dict[str, list[Position]]:
    found: dict[str, list[Position]] = {}
    for position in positions.positions:
        found.setdefault(position.key, []).append(position)
    return found


# ---------------------------------------------------------------------- what stands, and what is kept


def _last_on_positions(act: Act, acts: Iterable[Act]) -> Act:
    return max((a for a in acts if a.id == act.id and POSITIONS_FILE in a.files), key=lambda a: a.number)


def _refuse_changed(store: Negotiations, act: Act, last: Act) -> None:
    """Raise `RecordError` where a file is not as `last` left it, by which no later act changed it."""
    for name in last.files:
        if not _stands(store, last, name):
            raise RecordError(
                f"Act {act.number} cannot be undone: {name} of {act.id} was changed by hand since.",
                hint="Put the file back as it was.",
            )


def _stands(store: Negotiations, act: Act, name: str) -> bool:
    """Whether the file says what it did after the act; what was undone since stands in it besides."""
    folder, now = store.folder(act.id), act.files[name][1]
    if (folder / name).is_file() and hash_of(folder / name) == now:
        return True
    if name != FILE or act.undoes:
        return False
    left = read_record(_kept(folder, act, name, now), Negotiation)
    return left.model_copy(update={"undone": ()}) == store.get(act.id).model_copy(update={"undone": ()})


def _kept(folder: Path, act: Act, name: str, sha256: str) -> Path:
    """Return the file, or the earlier version of it, with that hash."""
    for path in (folder / name, *sorted((folder / HISTORY).glob(f"*-{name}"))):
        if hash_of(path) == sha256:
            return path
    raise RecordError(
        f"Act {act.number} cannot be undone: {name} of {act.id} as it was then is no longer kept.",
        hint="Look for it in a copy of the repository.",
    )
