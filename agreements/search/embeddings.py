"""The embeddings of a repository: vectors of meaning, made once for each wording, and what is near to a text.

    <folder>/meta.json      the model's checksum and the number of dimensions
    <folder>/wordings       the keys (`fields.wording_of`), sixteen characters each
    <folder>/vectors.f16    one row of half-precision numbers for each key, in the same order

Rows are added at the end, first the numbers, then the keys: what a kill leaves over is cut off by the next writing.
"""

import json
import os
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from agreements.search.clauses import KeywordClause
from agreements.search.encoder import Encoder
from agreements.search.engine import DEFAULT, IndexReader
from agreements.search.fields import LEVELS, wording_of
from agreements.search.fresh import Tell, index_of, refresh
from agreements.search.numeric import NDArray, VectorMatrix, np
from agreements.search.searching import Searcher

if TYPE_CHECKING:
    from agreements.repository import Repository

_BATCH = 32  # texts encoded between two writings: what a kill may cost
_RATE = 14  # texts a second that one core encodes
_OFTEN = 5.0  # seconds between two lines of progress
_KEY = 16
_CHUNK = 20_000  # rows multiplied at once: bounds the memory
_PROVISIONS = 100_000  # provisions of one agreement


@dataclass(frozen=True, slots=True)
class MeaningReport:
    """What search by meaning works with: folder and SHA-256 of the model, vectors made now, vectors held."""

    model: str
    checksum: str
    made: int
    held: int


def complete_embeddings(
    repository: "Repository", engine: str | None = None, *, tell: Tell | None = None
) -> MeaningReport:
    """Make the vectors of all provisions of `repository` that have none yet; its index is brought in step first.

    `tell` gets progress. Raises `NotFoundError` that says what to install where the extra or the model is missing.
    """
    refresh(repository, engine, tell=tell)
    return RepositoryMeaning(repository, engine or DEFAULT).complete(tell)


class RepositoryMeaning:
    """What is near in meaning in a repository, whose index must be in step; a `search.meaning.Meaning`.

    Raises `NotFoundError` where the extra or the model is missing.
    """

    def __init__(self, repository: "Repository", engine: str) -> None:
        self._repository = repository
        self._engine = engine
        self._encoder = Encoder()
        self._vectors = Vectors(vectors_folder(repository), self._encoder.checksum, self._encoder.dimensions)

    def __call__(self, text: str, count: int) -> list[tuple[str, float]]:
        """Return the `count` wordings nearest to `text`, with their cosine."""
        return self._vectors.nearest(self._encoder.encode([text])[0], count)

    def complete(self, tell: Tell | None = None) -> MeaningReport:
        """Make the vectors that are missing and remove those of texts that are gone; `tell` gets progress."""
        wanted = dict(_wordings(self._repository, self._engine))
        self._vectors.keep(wanted)
        held = set(self._vectors.keys)
        missing = [key for key in wanted if key not in held]
        if tell and missing:
            tell(f"Reading {len(missing)} provisions for meaning, about {len(missing) / _RATE:.0f} s ...")
        began = told = time.monotonic()
        for at in range(0, len(missing), _BATCH):
            keys = missing[at : at + _BATCH]
            self._vectors.add(keys, self._encoder.encode([wanted[key] for key in keys]))
            now, done = time.monotonic(), at + len(keys)
            if tell and now - told > _OFTEN:
                told = now
                left = (now - began) / done * (len(missing) - done)
                tell(f"Reading for meaning: {done} of {len(missing)} provisions, about {left:.0f} s left.")
        return MeaningReport(str(self._encoder.folder), self._encoder.checksum, len(missing), len(self._vectors.keys))


def _wordings(repository: "Repository", engine: str) -> Iterator[tuple[str, str]]:
    with Searcher(index_of(repository, engine).folder, engine) as searcher:
        for level in LEVELS:
            yield from passages(searcher.reader(level))


def vectors_folder(repository: "Repository") -> Path:
    """Return where the vectors of `repository` lie."""
    return repository.cache / "vectors"


def passages(reader: IndexReader) -> Iterator[tuple[str, str]]:
    """Yield for every provision of the index of `reader` its wording and the text that is encoded for it."""
    for agreement, _ in reader.vocabulary("agreement", ""):
        for _, payload in reader.search(KeywordClause("agreement", agreement), limit=_PROVISIONS).rows:
            shown = json.loads(payload)
            heading, text = shown["heading"], shown["text"]
            yield wording_of(heading, text), f"{heading}. {text}" if heading else text


class Vectors:
    """The vectors in `folder` made by the model with this `checksum`; those of another model are not looked at."""

    def __init__(self, folder: Path, checksum: str, dimensions: int) -> None:
        self._folder = folder
        self._meta = {"model": checksum, "dimensions": dimensions}
        self._dimensions = dimensions
        self.keys: list[str] = []
        self._read()

    def add(self, keys: Sequence[str], rows: VectorMatrix) -> None:
        """Add unit vectors `rows` for `keys`; both are on the disk when this returns."""
        if not self.keys:
            self._begin()
        _append(self._numbers, len(self.keys) * self._dimensions * 2, rows.astype(np.float16).tobytes())
        _append(self._names, len(self.keys) * _KEY, "".join(keys).encode("ascii"))
        self.keys += keys

    def keep(self, keys: Iterable[str]) -> None:
        """Remove the vectors of all wordings but `keys`."""
        wanted = set(keys)
        kept = [place for place, key in enumerate(self.keys) if key in wanted]
        if len(kept) < len(self.keys):
            rows = self._matrix()[kept].astype(np.float32)
            names = [self.keys[place] for place in kept]
            self.keys = []
            self.add(names, rows)

    def nearest(self, vector: VectorMatrix, count: int) -> list[tuple[str, float]]:
        """Return the `count` keys nearest to the unit `vector`, the nearest first, with their cosine."""
        held = self._matrix()
        parts = [held[at : at + _CHUNK].astype(np.float32) @ vector for at in range(0, len(held), _CHUNK)]
        cosines = np.concatenate(parts) if parts else np.empty(0, np.float32)
        best = np.argsort(-cosines, kind="stable")[:count]
        return [(self.keys[place], float(cosines[place])) for place in best]

    @property
    def _names(self) -> Path:
        return self._folder / "wordings"

    @property
    def _numbers(self) -> Path:
        return self._folder / "vectors.f16"

    def _matrix(self) -> NDArray[np.float16]:
        if not self.keys:
            return np.empty((0, self._dimensions), np.float16)
        return np.memmap(self._numbers, np.float16, "r", shape=(len(self.keys), self._dimensions))

    def _read(self) -> None:
        try:
            if json.loads((self._folder / "meta.json").read_text(encoding="utf-8")) == self._meta:
                names = self._names.read_bytes().decode("ascii")
                rows = self._numbers.stat().st_size // (self._dimensions * 2)
                self.keys = [names[at : at + _KEY] for at in range(0, len(names) - _KEY + 1, _KEY)][:rows]
        except (OSError, ValueError):
            self.keys = []

    def _begin(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        for file in (self._names, self._numbers):
            file.unlink(missing_ok=True)  # before the note says that they are of this model
        (self._folder / "meta.json").write_text(json.dumps(self._meta), encoding="utf-8")


def _append(file: Path, size: int, content: bytes) -> None:
    """Write `content` into `file` after its first `size` bytes and cut off what stood there."""
    with file.open("r+b" if file.exists() else "w+b") as out:
        out.seek(size)
        out.write(content)
        out.truncate()
        out.flush()
        os.fsync(out.fileno())
