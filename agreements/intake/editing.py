"""Edits by hand: change the text or the facts of an agreement by hand, checked before it takes effect."""

import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from agreements import parsing
from agreements.checks import check
from agreements.display import shown_short
from agreements.errors import AgreementsError, ChangedMeanwhileError, ClassifiedError, RepositoryError
from agreements.findings import Finding
from agreements.platform import editor_command
from agreements.repository import Repository, WorkingCopy
from agreements.repository.editing import give_up
from agreements.search.fresh import Tell, refresh_stored

Again = Callable[[RepositoryError], bool]
_CHECKS = ("numbering", "bodies", "references", "dates")


@shown_short
@dataclass(frozen=True, slots=True)
class Edited:
    """What an edit came to: whether anything changed, and what the checks say of the agreement as it now is."""

    id: str
    changed: bool
    findings: tuple[Finding, ...] = ()


def edit(
    repository: Repository,
    agreement: str,
    document: str = "",
    *,
    again: Again = lambda problem: False,
    editor: Sequence[str] | None = None,
    expected: str = "",
    tell: Tell | None = None,
) -> Edited:
    """Open a file of `agreement` in the person's editor and take the edit over when it can be read.

    `document` is another text than the main one (`annex-a.en`). When what was saved cannot be read, `again` is asked
    whether to open it once more. An edit is never lost: one that was not taken over is gone on with next time.
    Raises `NotFoundError`, and `RepositoryError` naming file, line and where the edit is kept.
    """
    begun = repository.edit(agreement, document)
    if begun.resumed and tell:
        tell(f"An edit of {begun.id} was begun before and goes on.")
    command = list(editor or editor_command())
    if not command:
        raise AgreementsError(
            "No editor was found.", hint=f"Set EDITOR, or edit {begun.copy} and run this again with --from FILE."
        )
    while True:
        _run([*command, str(begun.copy)], begun)
        try:
            return _finish(repository, begun, tell, expected)
        except ChangedMeanwhileError:
            raise
        except RepositoryError as problem:
            if not again(problem):
                raise RepositoryError(
                    str(problem), hint=f"{problem.hint} Your edit is kept: run `agreements edit {begun.id}` again."
                ) from problem


def edit_from(
    repository: Repository,
    agreement: str,
    text: Path,
    document: str = "",
    *,
    expected: str = "",
    tell: Tell | None = None,
) -> Edited:
    """Take over `text`, a file in the form of `agreement.md`, as an edit of `agreement`; raises as `edit`."""
    begun = repository.edit(agreement, document)
    if begun.resumed and text.resolve() != begun.copy.resolve():
        raise RepositoryError(
            f"An edit of {begun.id} is begun and not taken over: {begun.copy}.",
            hint=f"Finish it with `agreements edit {begun.id}`, or delete it.",
        )
    _refuse_marked(text)
    begun.put(text.read_bytes())
    try:
        return _finish(repository, begun, tell, expected)
    except RepositoryError:
        if expected:  # whoever says what was seen has the text, and is asked again
            give_up(begun)
        raise


def _finish(repository: Repository, begun: WorkingCopy, tell: Tell | None, expected: str) -> Edited:
    if not begun.is_changed:
        give_up(begun)
        return Edited(begun.id, changed=False)
    try:
        _refuse_marked(begun.copy)
    except ClassifiedError:
        give_up(begun)
        raise
    agreement = repository.take_over(begun, expected)
    refresh_stored(repository, tell=tell)
    return Edited(begun.id, changed=True, findings=check(agreement, _CHECKS) if agreement.text_held else ())


def _refuse_marked(text: Path) -> None:
    """Raise `ClassifiedError` where an edited text bears a marking in use; whoever keeps it deletes it then."""
    parsing.gate_text(text.read_text(encoding="utf-8", errors="replace"), text.name)


def _run(command: Sequence[str], begun: WorkingCopy) -> None:
    try:
        status = subprocess.run(command, check=False).returncode
    except OSError as error:
        raise AgreementsError(
            f"The editor {command[0]} could not be started: {error.strerror or error}.",
            hint="Set EDITOR to the name of your editor.",
        ) from error
    if status:
        raise AgreementsError(
            f"The editor ended with status {status}; nothing was taken over.",
            hint=f"Your edit is kept: run `agreements edit {begun.id}` again.",
        )
