"""What is worked out of each agreement by itself, kept until its files change, so that a question parses nothing.

A kind of row (`coverage`, `dates`, `health`) is worked out by the room that asks for it and kept in
`.cache/derived-<kind>.json` with the stamp of the files that it rests on. A row of other files, of another version of
the rules, or of a damaged cache is worked out anew: the cache is never wrong and can always be deleted; a purge
deletes it. Facts of one agreement alone may be kept so, nothing that depends on what else is held.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from agreements.errors import NotFoundError
from agreements.platform import replace_file

if TYPE_CHECKING:
    from agreements.repository.store import Repository

_OFTEN = 200  # agreements after which what was worked out is kept: a stop costs no more than that, or a third of all
_TOGETHER = 200  # agreements that are worked out at a time


def one_by_one(
    make: "Callable[[Repository, str], Any]",
) -> "Callable[[Repository, Sequence[str]], Iterator[tuple[str, Any]]]":
    """Return what works out the rows of many ids by `make`, which works out one; an agreement that is gone has none."""

    def each(repository: "Repository", ids: Sequence[str]) -> Iterator[tuple[str, Any]]:
        for agreement_id in ids:
            with suppress(NotFoundError):  # purged meanwhile
                yield agreement_id, make(repository, agreement_id)

    return each


def forget_rows(repository: "Repository") -> None:
    """Delete the rows of every kind: whoever asks has them worked out anew."""
    for file in repository.cache.glob("derived-*.json"):
        file.unlink(missing_ok=True)
    repository.close()


@dataclass(frozen=True, slots=True)
class Derived:
    """A kind of row, as JSON. `version` changes with the rules that make it.

    `make` yields the rows of ids as they are worked out; what is not held any more, or not read, it may leave out.
    """

    kind: str
    version: int
    make: "Callable[[Repository, Sequence[str]], Iterable[tuple[str, Any]]]"

    def rows(
        self,
        repository: "Repository",
        ids: Iterable[str],
        *,
        may_keep: Callable[[], bool] = lambda: True,
        progress: Callable[[int, int, str], None] | None = None,
    ) -> Mapping[str, Any]:
        """Return the row of each of `ids` that is held, working out those that are not kept.

        `may_keep` is asked before any is worked out: what is made of something that is behind the files is not kept.
        `progress` is told how many are done, of how many, and the id, for those that are worked out alone. Raises what
        `make` raises; what was worked out before is kept.
        """
        kept = repository.once(f"derived {self.kind}", lambda: self._load(repository))
        stamps = repository.stamps()
        wanted = [i for i in ids if i in stamps]
        missing = [i for i in wanted if i not in kept or kept[i][0] != stamps[i]]
        if missing:
            stale = set(missing)  # what `make` leaves out has no row, and not its last one
            kept = {i: row for i, row in kept.items() if i in stamps and i not in stale}
            if not may_keep():
                made = dict(self._made(repository, missing))
                return {i: made[i] if i in stale else kept[i][1] for i in wanted if i in made or i in kept}
            try:
                following = _OFTEN
                for done, (agreement_id, row) in enumerate(self._made(repository, missing), start=1):
                    kept[agreement_id] = stamps[agreement_id], row
                    if progress:
                        progress(done, len(missing), agreement_id)
                    if done == following:
                        self._save(repository, kept)
                        following += max(_OFTEN, done // 2)  # all is written each time
            finally:
                self._save(repository, kept)
                repository.keep(f"derived {self.kind}", kept)
        return {i: kept[i][1] for i in wanted if i in kept}

    def _made(self, repository: "Repository", ids: Sequence[str]) -> Iterator[tuple[str, Any]]:
        """Yield the rows of `ids`, worked out a few agreements at a time: what is read for them fills no memory."""
        for start in range(0, len(ids), _TOGETHER):
            yield from self.make(repository, ids[start : start + _TOGETHER])

    def _load(self, repository: "Repository") -> dict[str, tuple[str, Any]]:
        for folder in dict.fromkeys((repository.cache, repository.shared_cache)):
            try:
                held = json.loads((folder / f"derived-{self.kind}.json").read_bytes())
                if held["made by"] == self._made_by:
                    return {agreement_id: (stamp, row) for agreement_id, (stamp, row) in held["rows"].items()}
            except (OSError, ValueError, KeyError, TypeError, AttributeError):
                continue
        return {}

    def _save(self, repository: "Repository", rows: Mapping[str, tuple[str, Any]]) -> None:
        content = json.dumps({"made by": self._made_by, "rows": rows}, ensure_ascii=False, separators=(",", ":"))
        with suppress(OSError):  # a repository on a read-only or full disk is only slower
            repository.cache.mkdir(parents=True, exist_ok=True)
            replace_file(repository.cache / f"derived-{self.kind}.json", content.encode())

    @property
    def _made_by(self) -> str:
        from agreements.version import __version__

        return f"{__version__} {self.version}"
