"""Undoing an act on a negotiation: its facts or positions become again what they were, by a new act.

What was tabled, received, cleared or decided stays on record: its entry goes from its list to those that were `undone`,
and its file stays where it is.
"""

from pathlib import Path

from agreements.isodates import today
from agreements.negotiation.file import RECORDS, Negotiation, UndoneEntry
from agreements.negotiation.positions import Positions
from agreements.negotiation.records import RecordError, print_record, read_record
from agreements.negotiation.store import FILE, HISTORY, Negotiations, hash_of
from agreements.repository import Act, find_act, refuse_final

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
        refuse_final(act, acts)
        ((name, (before, now)),) = act.files.items()
        if not _stands(store, act, name, now):
            raise RecordError(
                f"Act {number} cannot be undone: {name} of {act.id} was changed by hand since.",
                hint="Put the file back as it was.",
            )
        store.put(act.id, name, _content(store, act, name, before), "undo", undoes=number)
        return store.acts()[-1]


def _content(store: Negotiations, act: Act, name: str, before: str) -> str:
    """Return what the file is to be: as it was, with the records that the act made among those undone."""
    if not before:
        return Positions().print()
    earlier = _kept(store.folder(act.id), act, name, before)
    if name != FILE or act.undoes:
        return earlier.read_text("utf-8")
    was, is_now = read_record(earlier, Negotiation), store.get(act.id)
    gone = [
        UndoneEntry(what=kind, act=act.number, on=today(), entry=each.model_dump(mode="json", exclude_defaults=True))
        for kind in RECORDS
        for each in getattr(is_now, kind)
        if each not in getattr(was, kind)
    ]
    return print_record(was.model_copy(update={"undone": (*is_now.undone, *gone)}))


def _stands(store: Negotiations, act: Act, name: str, now: str) -> bool:
    """Whether the file says what it did after the act; what was undone since stands in it besides."""
    folder = store.folder(act.id)
    if (folder / name).is_file() and hash_of(folder / name) == now:
        return True
    if name != FILE or act.undoes:
        return False
    left = read_record(_kept(folder, act, name, now), Negotiation)
    return left.model_copy(update={"undone": ()}) == store.get(act.id).model_copy(update={"undone": ()})


def _kept(folder: Path, act: Act, name: str, sha256: str) -> Path:
    """Return the earlier version of a file with that hash."""
    for path in sorted((folder / HISTORY).glob(f"*-{name}")):
        if hash_of(path) == sha256:
            return path
    raise RecordError(
        f"Act {act.number} cannot be undone: {name} of {act.id} as it was before is no longer kept.",
        hint="Look for it in a copy of the repository.",
    )
