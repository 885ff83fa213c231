"""Purging: text, sources and earlier versions of an agreement go, a tombstone stays."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from agreements import platform
from agreements.errors import RepositoryError
from agreements.repository.editing import forget_edits
from agreements.repository.fileform import read_agreement
from agreements.repository.holds import refuse_when_held
from agreements.repository.incoming import text_hash
from agreements.repository.journal import Act, who_acts
from agreements.repository.layout import HISTORY, MAIN_FILE, SOURCES, TEMPORARY, Layout
from agreements.repository.publishing import journal_of
from agreements.repository.readings import forget_readings
from agreements.repository.record import digest, load_record
from agreements.repository.tombstones import PurgeOrder, Tombstone, put, tombstones


def purge(layout: Layout, agreement_id: str, order: PurgeOrder) -> Tombstone:
    """Delete all that is held of `agreement_id`, now and earlier, and return the tombstone. Use it under the lock.

    Raises `NotFoundError` when it is not held, `RepositoryError` as `PurgeOrder.checked`, under a legal hold, or when
    the disk refuses.
    """
    order = order.checked()
    aside = _entries(layout.undone / platform.safe_name(agreement_id))  # imports of it that were undone
    folders = aside if aside and not layout.holds(agreement_id) else (layout.folder(agreement_id), *aside)
    refuse_when_held(layout, agreement_id)
    earlier = {h for stone in tombstones(layout) if stone.id == agreement_id for h in stone.hashes}
    hashes = tuple(sorted(earlier.union(*map(_hashes, folders))))
    today = datetime.now(UTC).date().isoformat()
    given = {"authority": order.authority, "spill": order.spill, "by": who_acts()}
    stone = Tombstone(agreement_id, today, order.reason, hashes, finished=False, **given)
    try:
        put(layout, stone)
        journal_of(layout).intend([Act(0, "", "", "purge", "agreement", agreement_id)])
        done = _finish(layout, stone)
        journal_of(layout).settle()
    except OSError as error:
        raise RepositoryError(
            f"{agreement_id} could not be purged: {error.strerror or error}.",
            hint="Close programs that have its files open, then purge it again.",
        ) from error
    return done


def finish_purges(layout: Layout) -> None:
    """Complete the purges that a kill interrupted. Use it under the lock."""
    for stone in tombstones(layout):
        if not stone.finished:
            _finish(layout, stone)


def _finish(layout: Layout, stone: Tombstone) -> Tombstone:
    if layout.holds(stone.id):
        doomed = layout.agreements / f"{TEMPORARY}{uuid4().hex[:12]}"
        platform.move(layout.folder(stone.id), doomed)
        platform.remove_tree(doomed)
    forget_edits(layout, stone.id)
    forget_readings(layout, stone.id)
    platform.remove_tree(layout.undone / platform.safe_name(stone.id))
    journal_of(layout).forget(stone.id)
    platform.remove_tree(layout.shared_cache)  # the quick facts hold its title
    layout.forget_purged(all_of_it=True)
    done = replace(stone, finished=True)
    put(layout, done)
    return done


def _hashes(folder: Path) -> Iterator[str]:
    """Yield the hashes of every source and text in `folder` and its history."""
    for version in (folder, *_entries(folder / HISTORY)):
        for source in _entries(version / SOURCES):
            yield digest(source.read_bytes())
        yield from _text_as_written(version)
        try:
            agreement = read_agreement(version)
        except RepositoryError:
            main = version / MAIN_FILE  # damaged: its bytes are all there is to know it by
            yield from [digest(main.read_bytes())] if main.is_file() else []
            continue
        yield from (s.sha256 for s in agreement.sources if s.sha256)
        yield from [text_hash(agreement)] if agreement.text_held else []


def _text_as_written(version: Path) -> Iterator[str]:
    """Yield the hash of the text as it was before a person edited it."""
    with suppress(RepositoryError):
        if (record := load_record(version)) and record.text:
            yield record.text


def _entries(folder: Path) -> tuple[Path, ...]:
    return tuple(sorted(folder.iterdir())) if folder.is_dir() else ()
