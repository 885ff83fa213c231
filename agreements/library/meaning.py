"""Search by meaning over a repository: the vectors of its provisions, made once, and what is near to a text."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from agreements.library.indexing import Tell, index_of, refresh_index
from agreements.library.repositories import open_repository
from agreements.search import DEFAULT, Searcher
from agreements.search.encoder import Encoder
from agreements.search.fields import LEVELS
from agreements.search.passages import passages
from agreements.search.vectors import Vectors

if TYPE_CHECKING:
    from pathlib import Path

    from agreements.repository import Repository

_BATCH = 32  # texts encoded between two writings: what a kill may cost
_RATE = 14  # texts a second that one core encodes
_OFTEN = 5.0  # seconds between two lines of progress


@dataclass(frozen=True, slots=True)
class MeaningReport:
    """What search by meaning works with: folder and SHA-256 of the model, vectors made now, vectors held."""

    model: str
    checksum: str
    made: int
    held: int


def read_for_meaning(folder: "Path", *, engine: str | None = None, tell: Tell | None = None) -> MeaningReport:
    """Make the vectors of all provisions of the repository in `folder` that have none yet.

    `tell` gets progress. Raises `NotFoundError` that says what to install where the extra or the model is missing,
    `RepositoryError` when there is no repository.
    """
    refresh_index(folder, engine=engine, tell=tell)
    return RepositoryMeaning(open_repository(folder), engine or DEFAULT).complete(tell)


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


def vectors_folder(repository: "Repository") -> "Path":
    """Return where the vectors of `repository` lie."""
    return repository.root / ".cache" / "vectors"
