"""What is worked out of each agreement by itself, kept until its files change, so that a question parses nothing.

A kind of row (`coverage`, `dates`, `health`) is worked out by the room that asks for it and kept in
`.cache/derived-<kind>.json` with the stamp of the files that it rests on. A row of other files, of another version of
the rules, or of a damaged cache is worked out anew: the cache is never wrong and can always be deleted; a purge
deletes it. Facts of one agreement alone may be kept so, nothing that depends on what else is held.

The file is JSON with a row on each line, and a sum over all rows in the first. Rows are kept as they stand there and
read when they are asked for: taken apart, those of ten thousand agreements fill ten times the memory.
"""

import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from agreements.errors import NotFoundError
from agreements.platform import replace_file

if TYPE_CHECKING:
    from agreements.repository.store import Repository

_DECODER = json.JSONDecoder()
_OFTEN = 200  # agreements after which what was worked out is kept: a stop costs no more than that, or a third of all


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


class DerivedRows(Mapping[str, Any]):
    """Rows by agreement, each taken apart from its JSON whenever it is asked for."""

    __slots__ = ("_packed",)

    def __init__(self, packed: Mapping[str, str]) -> None:
        self._packed = packed

    def __getitem__(self, agreement_id: str) -> Any:
        return json.loads(self._packed[agreement_id])

    def __iter__(self) -> Iterator[str]:
        return iter(self._packed)

    def __len__(self) -> int:
        return len(self._packed)

    def __contains__(self, agreement_id: object) -> bool:
        return agreement_id in self._packed


@dataclass(frozen=True, slots=True)
class Derived:
    """A kind of row, as JSON. `version` changes with the rules that make it.

    `make` yields the rows of ids as they are worked out; what is not held any more, or not read, it may leave out. It
    is asked for so many `together` (0: for all), where what it reads for them would fill the memory.
    """

    kind: str
    version: int
    make: "Callable[[Repository, Sequence[str]], Iterable[tuple[str, Any]]]"
    together: int = 0

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
                made = {i: _packed(row) for i, row in self._made(repository, missing)}
                return DerivedRows({i: made[i] if i in stale else kept[i][1] for i in wanted if i in made or i in kept})
            try:
                following = _OFTEN
                for done, (agreement_id, row) in enumerate(self._made(repository, missing), start=1):
                    kept[agreement_id] = stamps[agreement_id], _packed(row)
                    if progress:
                        progress(done, len(missing), agreement_id)
                    if done == following:
                        self._save(repository, kept)
                        following += max(_OFTEN, done // 2)  # all is written each time
            finally:
                self._save(repository, kept)
                repository.keep(f"derived {self.kind}", kept)
        return DerivedRows({i: kept[i][1] for i in wanted if i in kept})

    def _made(self, repository: "Repository", ids: Sequence[str]) -> Iterator[tuple[str, Any]]:
        together = self.together or len(ids)
        for start in range(0, len(ids), together):
            yield from self.make(repository, ids[start : start + together])

    def _load(self, repository: "Repository") -> dict[str, tuple[str, str]]:
        for folder in dict.fromkeys((repository.cache, repository.shared_cache)):
            try:
                text = (folder / f"derived-{self.kind}.json").read_text(encoding="utf-8")
                head, _, body = text.partition("\n")
                if head == self._head(body):
                    return dict(map(_taken_apart, body.split("\n")[:-1]))
            except (OSError, ValueError, IndexError):
                continue
        return {}

    def _save(self, repository: "Repository", rows: Mapping[str, tuple[str, str]]) -> None:
        lines = (f"{_packed(i)}:[{_packed(stamp)},{row}]" for i, (stamp, row) in rows.items())
        body = ",\n".join(lines) + "\n}}"
        with suppress(OSError):  # a repository on a read-only or full disk is only slower
            repository.cache.mkdir(parents=True, exist_ok=True)
            replace_file(repository.cache / f"derived-{self.kind}.json", f"{self._head(body)}\n{body}".encode())

    def _head(self, body: str) -> str:
        return f'{{"made by":{_packed(self._made_by)},"sum":{zlib.crc32(body.encode())},"rows":{{'

    @property
    def _made_by(self) -> str:
        from agreements.version import __version__

        return f"{__version__} {self.version}"


def _packed(row: Any) -> str:
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))


def _taken_apart(line: str) -> tuple[str, tuple[str, str]]:
    """Return id, stamp and row of a line `"ID":["STAMP",ROW],`; the last one has no comma."""
    agreement_id, at = _DECODER.raw_decode(line)
    stamp, at = _DECODER.raw_decode(line, at + 2)
    return agreement_id, (stamp, line[at + 1 :].removesuffix(",").removesuffix("]"))
