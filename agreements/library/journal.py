"""Verbs over the journal of acts: what was done here, by whom and when, and to undo it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from agreements.platform import StrPath, as_path

if TYPE_CHECKING:
    from agreements.repository import Act


def acts(folder: StrPath, about: str = "", *, last: int = 0) -> "tuple[Act, ...]":
    """Return what was done in the repository, the first act first: all, or the `last` ones.

    `about` is the id of an agreement or a negotiation: only acts on it. Raises `RepositoryError` when there is no
    repository or a line of the journal is damaged.
    """
    folder = as_path(folder)
    from agreements.repository import open_repository

    found = [act for act in open_repository(folder).acts() if about in ("", act.id)]
    return tuple(found[-last:] if last else found)


def undo(folder: StrPath, number: int, *, tell: Callable[[str], None] | None = None) -> "Act":
    """Reverse the act `number` by a new act, which is returned; undoing that one does it again.

    `tell` gets a line when the index is brought up to date. Raises `NotFoundError` for an unknown number, and
    `RepositoryError` where the act cannot be undone: it says why, and names the later acts that rest on it.
    """
    folder = as_path(folder)
    from agreements.library.keep import refresh_index
    from agreements.repository import find_act, open_repository, refuse_final

    repository = open_repository(folder)
    known = repository.acts()
    refuse_final(find_act(known, number), known)  # said before anybody is kept waiting
    made = repository.undo(number)
    refresh_index(folder, tell=tell)
    return made
