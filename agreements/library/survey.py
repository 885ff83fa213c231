"""Verbs over what is held as a whole: what happened when, what acts on what."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from agreements.lineage.history import Event, Related


def timeline(
    folder: Path, *, families: Sequence[str] = (), parties: Sequence[str] = (), since: str = "", until: str = ""
) -> "tuple[Event, ...]":
    """Return what was signed, entered into force and ended, the earliest first.

    Of any of `families` with all of `parties`, from `since` to `until`. Raises as `listing`.
    """
    from agreements.library.repositories import listing, open_repository
    from agreements.lineage.history import events_of

    chosen = listing(folder, families=families, parties=parties, specimens=False)
    every = {facts.id: facts for facts in open_repository(folder).list()}
    return events_of(chosen, every, since=since, until=until)


def relations(folder: Path, agreement: str, *, as_of: str = "") -> "tuple[Related, ...]":
    """Return what other agreements are to `agreement`, stated by its own facts or by theirs, by kind and date.

    `as_of` is the day for which the status is said. Raises `NotFoundError`, `RepositoryError`.
    """
    from agreements.library.repositories import open_repository
    from agreements.lineage.history import related

    return related(open_repository(folder), agreement, as_of=as_of)
