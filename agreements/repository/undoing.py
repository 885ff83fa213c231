"""Undoing an act on an agreement: the files that it changed become again what they were, by a new act.

What was replaced is never gone but by a purge, so the bytes that stood before are found by their hash: in the history
of the agreement, or among what was put aside when an import was undone. An act is reversed where what it changed still
stands as it left it; where a later act changed the same, that one is to be undone first, and it is named.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from agreements.errors import RepositoryError
from agreements.platform import replace_file, safe_name
from agreements.repository.holds import refuse_when_held
from agreements.repository.incoming import files_in
from agreements.repository.journal import Act, find_act, live_after
from agreements.repository.layout import MAIN_FILE, Layout
from agreements.repository.publishing import Publisher, hashes_of, journal_of, path_of
from agreements.repository.record import file_digest

_OWN_WAY = {
    "purge": (
        "A purge is final: nothing is kept that could be put back.",
        "Import the text again where that is right.",
    ),
    "hold": (
        "A legal hold is released, not undone.",
        "`agreements hold ID --release` releases it, and both stay kept.",
    ),
    "release": ("The release of a legal hold is not undone.", "`agreements hold ID --reason TEXT` puts on another."),
}


def undo(layout: Layout, number: int) -> Act:
    """Reverse the act `number` on an agreement and return the act that does. Use it under the lock.

    Raises `NotFoundError` for an unknown number, `RepositoryError` where the act cannot be undone, which says why and
    names the later acts that have to be undone first.
    """
    acts = journal_of(layout).acts()
    act = find_act(acts, number)
    refuse_final(act, acts)
    _refuse_changed(layout, act)
    if any(path_of(layout, act.id, name).parent in (layout.readings, layout.legal_holds) for name in act.files):
        _put_words_back(layout, act)
    elif act.files.get(MAIN_FILE, ("-", "-"))[0] == "":
        refuse_when_held(layout, act.id)
        Publisher(layout).withdraw(act.id, undoes=number)
    elif act.undoes and act.files.get(MAIN_FILE, ("-", "-"))[1] == "":
        Publisher(layout).bring_back(act.id, _aside(layout, act), undoes=number)
    else:
        _put_back(layout, act)
    return journal_of(layout).acts()[-1]


def refuse_final(act: Act, acts: Iterable[Act]) -> None:
    """Raise `RepositoryError` for an act that is not undone, was undone already, or that later `acts` rest on."""
    if act.what in _OWN_WAY:
        message, hint = _OWN_WAY[act.what]
        raise RepositoryError(f"Act {act.number}: {message}", hint=hint)
    if act.reversed_by:
        raise RepositoryError(
            f"Act {act.number} was undone by act {act.reversed_by}.",
            hint=f"`agreements undo {act.reversed_by}` does it again.",
        )
    if not act.files:
        raise RepositoryError(f"Act {act.number} is on what was purged since; nothing of it is kept.")
    whole = any("" in act.files.get(name, ("-", "-")) for name in (MAIN_FILE, "negotiation.yaml"))
    if later := [a for a in live_after(act, acts) if a.files and (whole or a.places & act.places)]:
        named = ", ".join(f"{a.number} ({a.what})" for a in later)
        raise RepositoryError(
            f"Act {act.number} ({act.what} of {act.id}) cannot be undone: it was built on by {named}.",
            hint=f"Undo {'that one' if len(later) == 1 else 'those'} first, the last one first.",
        )


def _refuse_changed(layout: Layout, act: Act) -> None:
    """Raise `RepositoryError` where a file is no longer as the act left it, though no later act says so."""
    paths = {name: path_of(layout, act.id, name) for name in act.files}
    changed = [
        name
        for name, (_, now) in act.files.items()
        if (file_digest(paths[name]) if paths[name].is_file() else "") != now
    ]
    if changed:
        raise RepositoryError(
            f"Act {act.number} cannot be undone: {', '.join(changed)} of {act.id} was changed by hand since.",
            hint="Put the file back as it was, or edit it by `agreements edit`.",
        )


def _put_back(layout: Layout, act: Act) -> None:
    """Stage the files of the agreement as they were before the act, beside what it did not touch."""
    folder = layout.folder(act.id) if layout.holds(act.id) else None
    files = files_in(folder) if folder else {}
    for name, (before, _) in act.files.items():
        files.pop(name, None)
        if before:
            files[name] = _bytes_of(layout, act, name, before)
    publisher = Publisher(layout)
    publisher.stage(act.id, files, "undo", undoes=act.number)
    publisher.flush()


def _put_words_back(layout: Layout, act: Act) -> None:
    """Put back a small file of the repository whose words the act itself keeps."""
    journal, files = journal_of(layout), {name: (now, before) for name, (before, now) in act.files.items()}
    kept = {now: path_of(layout, act.id, name).read_text("utf-8") for name, (_, now) in act.files.items() if now}
    journal.intend([Act(0, "", "", "undo", act.kind, act.id, files, act.number, kept=kept)])
    for name, (before, _) in act.files.items():
        path = path_of(layout, act.id, name)
        if before:
            replace_file(path, act.kept[before].encode())
        else:
            path.unlink()
    journal.settle()


def _bytes_of(layout: Layout, act: Act, name: str, sha256: str) -> bytes:
    """Return the bytes of that hash, which a file called `name` had before the act."""
    for path in _earlier_files(layout, act):
        if path.name == Path(name).name and file_digest(path) == sha256:
            return path.read_bytes()
    raise _gone(act, name)


def _earlier_files(layout: Layout, act: Act) -> Iterator[Path]:
    """Yield every file that is kept of the agreement, now and earlier."""
    for agreement_id in dict.fromkeys([act.id, act.into]):
        if agreement_id:
            for root in (layout.place(agreement_id), layout.undone / safe_name(agreement_id)):
                yield from (path for path in root.rglob("*") if path.is_file())


def _aside(layout: Layout, act: Act) -> Path:
    """Return the folder into which an undone import was put."""
    wanted = {name: before for name, (before, _) in act.files.items()}
    root = layout.undone / safe_name(act.id)
    for folder in sorted(root.iterdir(), reverse=True) if root.is_dir() else ():
        if hashes_of(folder) == wanted:
            return folder
    raise _gone(act, MAIN_FILE)


def _gone(act: Act, name: str) -> RepositoryError:
    return RepositoryError(
        f"Act {act.number} cannot be undone: {name} of {act.id} as it was before is no longer kept.",
        hint="Look for it in a copy of the repository.",
    )
