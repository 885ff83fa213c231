"""What the index will hold of many agreements, worked out by all cores: that takes most of the time of a build."""

import os
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from agreements.findings import Finding
from agreements.library.indexing import rows_for
from agreements.library.workers import spread
from agreements.repository import Repository

if TYPE_CHECKING:
    from agreements.search.batch import PreparedRows

_MANY = 100  # agreements from which on starting processes pays
_TOGETHER = 8  # agreements to a task


def rows_of_all(repository: Repository, ids: Sequence[str]) -> Iterator[tuple[str, "PreparedRows"]]:
    """Yield id and rows of those of the agreements `ids` whose text is held, in order.

    Many are worked out in several processes; what is damaged is left out, as it is from a listing.
    """
    cores = os.cpu_count() or 1
    if len(ids) < _MANY or cores == 1:
        yield from _rows(repository, ids)
        return
    remaining = iter(ids)
    tasks = iter(lambda: [str(repository.root), *islice(remaining, _TOGETHER)], [str(repository.root)])
    for rows in spread(_task, tasks, cores):
        yield from rows


def _task(named: Sequence[str]) -> "list[tuple[str, PreparedRows]]":
    """Return ids and rows of the agreements that stand after the folder of the repository; runs in any process."""
    return list(_rows(Repository(Path(named[0])), named[1:]))


def _rows(repository: Repository, ids: Sequence[str]) -> Iterator[tuple[str, "PreparedRows"]]:
    for agreement in repository.each(ids):
        if not isinstance(agreement, Finding) and agreement.text_held:
            yield agreement.id, rows_for(agreement)
