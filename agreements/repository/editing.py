"""Editing a file of an agreement by hand: on a copy that is never lost, taken over only when it is whole.

The copy lies in `edits/<id>/` of the repository until it is taken over or given up, with the text it was made from
beside it (`.base`), so that an edit is never laid over a text that changed meanwhile.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from agreements.errors import ChangedMeanwhileError, NotFoundError, RepositoryError, unknown
from agreements.model import Agreement
from agreements.platform import remove_tree, replace_file, safe_name
from agreements.repository.facts import facts_of, remember
from agreements.repository.fileform import read_agreement
from agreements.repository.incoming import files_in
from agreements.repository.layout import DOCUMENTS, MAIN_FILE, SOURCES, Layout
from agreements.repository.publishing import Publisher
from agreements.repository.record import refuse_edited, text_fingerprint


@dataclass(frozen=True, slots=True)
class WorkingCopy:
    """An edit that was begun: the `copy` to work on, the file of the agreement it is of, and whether it waited."""

    id: str
    name: str
    copy: Path
    base: Path
    resumed: bool = False

    @property
    def is_changed(self) -> bool:
        """Whether the copy says anything else than the text it was made from."""
        return self.copy.read_bytes() != self.base.read_bytes()

    def put(self, content: bytes) -> None:
        """Write `content` as what was edited; raises `RepositoryError` when the disk refuses: nothing changes."""
        with _refusals(self):
            replace_file(self.copy, content)


def begin(layout: Layout, agreement_id: str, document: str = "") -> WorkingCopy:
    """Return an edit of `agreement.md`, or of the other `document` (`annex-a.en`); one that was begun goes on.

    Raises `NotFoundError` that lists the known documents, `RepositoryError` when the disk refuses, `ClassifiedError`
    where the text bears a marking in use: no copy of it is made.
    """
    folder = layout.folder(agreement_id)
    refuse_edited(folder)
    name = _name(folder, document)
    copy = layout.edits / folder.name / Path(name).name
    edit = WorkingCopy(agreement_id, name, copy, copy.with_suffix(".base"))
    if edit.copy.is_file() and edit.base.is_file():
        return WorkingCopy(edit.id, edit.name, edit.copy, edit.base, resumed=edit.is_changed)
    with _refusals(edit):
        copy.parent.mkdir(parents=True, exist_ok=True)
        content = (folder / name).read_bytes()
        replace_file(edit.base, content)
        replace_file(edit.copy, content)
    return edit


@contextmanager
def _refusals(edit: WorkingCopy) -> Iterator[None]:
    """Tell in words for a person that the disk refused to keep the copy of an edit."""
    try:
        yield
    except OSError as error:
        raise RepositoryError(
            f"{edit.copy} cannot be written: {error.strerror or error}.", hint="Make room, or check your rights."
        ) from error


def read_edited(layout: Layout, edit: WorkingCopy) -> Agreement:
    """Return the agreement as it would be with the edit; raises `RepositoryError` naming the copy and the line."""
    folder = layout.folder(edit.id)
    with tempfile.TemporaryDirectory(prefix="edit-") as scratch:
        for name, content in files_in(folder).items():
            if not name.startswith(f"{SOURCES}/"):
                path = Path(scratch) / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
        edited = Path(scratch) / edit.name
        edited.write_bytes(edit.copy.read_bytes())
        try:
            agreement = read_agreement(Path(scratch))
        except RepositoryError as problem:
            words = str(problem).replace(str(edited), str(edit.copy)).replace(scratch, str(folder))
            raise RepositoryError(words, hint=problem.hint) from problem
    if agreement.id != edit.id:
        raise RepositoryError(f"{edit.copy}: the id must stay {edit.id!r}; it is {agreement.id!r}.")
    return agreement


def take_over(layout: Layout, edit: WorkingCopy, expected: str = "") -> Agreement:
    """Put the edit in the place of what it was made from, which goes into the history. Use it under the lock.

    `expected` is the fingerprint of the texts that it was made from, as `text_fingerprint` gave it. Raises
    `RepositoryError`, and the copy stays, when the edit cannot be read, `ChangedMeanwhileError` when the text changed.
    """
    agreement = read_edited(layout, edit)
    folder = layout.folder(edit.id)
    seen_otherwise = expected not in ("", text_fingerprint(folder))
    if seen_otherwise or (folder / edit.name).read_bytes() != edit.base.read_bytes():
        raise ChangedMeanwhileError(
            f"{edit.id} was changed by somebody else while you edited it; your edit is in {edit.copy}.",
            hint=f"Compare it with {folder / edit.name}, make your changes there, then delete your copy.",
            ours=edit.copy.read_text("utf-8", "replace"),
            theirs=(folder / edit.name).read_text("utf-8", "replace"),
        )
    publisher = Publisher(layout)
    publisher.stage(edit.id, {**files_in(folder), edit.name: edit.copy.read_bytes()}, "edit")
    publisher.flush()
    remember(layout, [facts_of(agreement)])
    give_up(edit)
    return agreement


def give_up(edit: WorkingCopy) -> None:
    """Delete the copy and what it was made from."""
    edit.copy.unlink(missing_ok=True)
    edit.base.unlink(missing_ok=True)
    with suppress(OSError):  # an editor may keep something of its own there
        edit.copy.parent.rmdir()


def forget_edits(layout: Layout, agreement_id: str) -> None:
    """Delete every edit that was begun of an agreement which is purged."""
    remove_tree(layout.edits / safe_name(agreement_id))


def _name(folder: Path, document: str) -> str:
    if document in ("", "main"):
        return MAIN_FILE
    known = {p.stem: p for p in (folder / DOCUMENTS).glob("*.md")}
    if document not in known:
        if not known:
            raise NotFoundError(f"{folder.name} has no document but its main text.", hint="Leave out --document.")
        raise unknown("document", document, known)
    return f"{DOCUMENTS}/{known[document].name}"


__all__ = ["WorkingCopy", "begin", "forget_edits", "give_up", "read_edited", "take_over"]
