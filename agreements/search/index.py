"""The search index of a repository: a cache beside the files, made anew whenever it does not fit them.

    <folder>/stamp.json                   what the index was made by, of what, and which generation is current
    <folder>/<generation>/paragraph       one engine index for each level
    <folder>/<generation>/article

A build goes into a new generation; the stamp is replaced last, in one step, so that a reader finds the old index
or the new one and never half of one. An update changes the current generation; until the stamp says what it now
holds, the index counts as stale and is made anew.
"""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from agreements.errors import AgreementsError, IndexWriteError, RepositoryError
from agreements.platform import is_full, why_not
from agreements.search import analysis
from agreements.search.clauses import Every
from agreements.search.engine import DEFAULT, IndexReader, IndexWriter, engine, summed_engine
from agreements.search.fields import LEVELS, SCHEMA_VERSION, UnitLevel

if TYPE_CHECKING:
    from agreements.search.batch import Batch

_STAMP = "stamp.json"
_LOCK = "write.lock"
_ALL = 1_000_000  # more rows than there are
WAIT = 10.0
"""Seconds in which another program that writes the index may finish."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What an index was made by and of; `fingerprint` is the repository's."""

    schema: str
    analysis: str
    engine: str
    engine_version: str
    fingerprint: str
    generation: str


class Index:
    """The index in `folder`, kept by the engine of that name. Nothing is read or written until asked for."""

    def __init__(self, folder: Path, engine_name: str = DEFAULT) -> None:
        self.folder = folder
        self._engine = engine(engine_name)

    @property
    def engine_name(self) -> str:
        """The name of the engine that keeps it."""
        return self._engine.name

    def stamp(self) -> Stamp | None:
        """Return the stamp; None when there is no index, or one that cannot be read."""
        try:
            return Stamp(**json.loads((self.folder / _STAMP).read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def is_stale(self, fingerprint: str) -> bool:
        """Whether the index is missing, of another version, or not made of what `fingerprint` stands for."""
        stamp = self.stamp()
        return stamp is None or stamp != self._stamp(fingerprint, stamp.generation)

    def is_usable(self) -> bool:
        """Whether there is an index of this version that can be searched and updated, stale or not."""
        stamp = self.stamp()
        return stamp is not None and stamp == self._stamp(stamp.fingerprint, stamp.generation)

    def open(self, level: str = "paragraph") -> IndexReader:
        """Open one level for searching; raises `RepositoryError` when it cannot be read (build it anew)."""
        stamp = self.stamp()
        if stamp is not None:
            try:
                return self._engine.open(self.folder / stamp.generation / level)
            except (OSError, ValueError) as error:
                raise self._unreadable() from error
        raise self._unreadable()

    def problem(self) -> str:
        """Return why a level of it cannot be read, empty where every byte of it is as it was written.

        Of an engine that keeps no sums of its files every row is read instead.
        """
        for level in LEVELS:
            try:
                reader = self.open(level)
                try:
                    if found := self._damage(level, reader):
                        return found
                finally:
                    reader.close()
            except (AgreementsError, OSError, ValueError) as problem:
                return " ".join(str(problem).split())[:200]
        return ""

    def _damage(self, level: str, reader: IndexReader) -> str:
        stamp, summed = self.stamp(), summed_engine(self.engine_name)
        if summed and stamp:
            with suppress(ValueError):  # of a form that is not known: then it is read
                return summed.damage(self.folder / stamp.generation / level)
        reader.search(Every(), limit=_ALL)
        return ""

    @contextmanager
    def building(self, *, wait: float = WAIT) -> Iterator["Batch"]:
        """Make the index anew from what is put into the batch; the old one serves until the batch ends well.

        The caller sets `batch.fingerprint` to what the repository's is when everything has been put. Raises
        `IndexWriteError` when the disk refuses, or another program still writes after `wait` seconds.
        """
        with self._alone(wait):
            generation = uuid4().hex[:12]
            with self._batch(generation) as batch:
                yield batch
            self._write_stamp(self._stamp(batch.fingerprint, generation))
            self._clean(generation)

    @contextmanager
    def updating(self, *, wait: float = WAIT) -> Iterator["Batch"]:
        """Put and drop agreements in the index as it stands; raises `RepositoryError` when there is none.

        Raises `IndexWriteError` as `building`.
        """
        with self._alone(wait):
            stamp = self.stamp()
            if stamp is None or not self.is_usable():
                raise self._unreadable()
            with self._batch(stamp.generation) as batch:
                yield batch
                self._write_stamp(self._stamp("", stamp.generation))  # stale while the levels are being committed
            self._write_stamp(self._stamp(batch.fingerprint, stamp.generation))

    @contextmanager
    def _batch(self, generation: str) -> Iterator["Batch"]:
        from agreements.search.batch import Batch

        try:
            with self._writers(generation) as writers:
                yield Batch(writers)
        except BaseException:
            stamp = self.stamp()
            if stamp is None or stamp.generation != generation:
                shutil.rmtree(self.folder / generation, ignore_errors=True)
            raise

    @contextmanager
    def _writers(self, generation: str) -> Iterator[dict[UnitLevel, IndexWriter]]:
        """Open a writer for each level; they end side by side, for most of an ending is waiting for the disk."""
        from concurrent.futures import ThreadPoolExecutor

        contexts = [self._engine.writing(self.folder / generation / level) for level in LEVELS]
        with ExitStack() as stack:
            yield dict(zip(LEVELS, map(stack.enter_context, contexts), strict=True))
            stack.pop_all()  # all went well: from here each ends by itself
            with ThreadPoolExecutor(len(contexts)) as pool:
                list(pool.map(lambda context: context.__exit__(None, None, None), contexts))

    def copy_of(self, other: "Index", *, wait: float = WAIT) -> None:
        """Become a copy of `other`, which may not be written here; raises `IndexWriteError`."""
        if (stamp := other.stamp()) is None:
            return
        with self._alone(wait):
            shutil.rmtree(self.folder / stamp.generation, ignore_errors=True)
            shutil.copytree(other.folder / stamp.generation, self.folder / stamp.generation)
            self._write_stamp(stamp)
            self._clean(stamp.generation)

    @contextmanager
    def _alone(self, wait: float) -> Iterator[None]:
        from filelock import FileLock, Timeout

        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            if is_full(self.folder):
                raise IndexWriteError("disk full")
            with FileLock(self.folder / _LOCK, timeout=wait):
                yield
        except Timeout as error:
            raise IndexWriteError(
                "another program is writing it", hint="Try again when it has finished.", busy=True
            ) from error
        except OSError as error:
            raise IndexWriteError(why_not(error)) from error

    def _stamp(self, fingerprint: str, generation: str) -> Stamp:
        return Stamp(
            schema=SCHEMA_VERSION,
            analysis=analysis.VERSION,
            engine=self._engine.name,
            engine_version=self._engine.version(),
            fingerprint=fingerprint,
            generation=generation,
        )

    def _write_stamp(self, stamp: Stamp) -> None:
        path = self.folder / _STAMP
        new = path.with_suffix(".new")
        with new.open("w", encoding="utf-8") as out:
            json.dump(asdict(stamp), out)
            out.flush()
            os.fsync(out.fileno())
        new.replace(path)

    def _clean(self, generation: str) -> None:
        """Remove what earlier and interrupted builds left; a folder that is still open elsewhere goes next time."""
        for folder in self.folder.iterdir():
            if folder.is_dir() and folder.name != generation:
                shutil.rmtree(folder, ignore_errors=True)

    def _unreadable(self) -> RepositoryError:
        return RepositoryError(
            f"The search index in {self.folder} is missing or cannot be read.",
            hint="Run: agreements index --rebuild",
        )
