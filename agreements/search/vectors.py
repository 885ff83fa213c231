"""The vectors of wordings, kept beside the index: made once for each wording, whatever agreements have it.

    <folder>/meta.json      the model's checksum and the number of dimensions
    <folder>/wordings       the keys (`fields.wording_of`), sixteen characters each
    <folder>/vectors.f16    one row of half-precision numbers for each key, in the same order

Rows are added at the end, first the numbers, then the keys: what a kill leaves over is cut off by the next writing.
"""

import json
import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from agreements.search.numeric import NDArray, VectorMatrix, np

_KEY = 16
_CHUNK = 20_000  # rows multiplied at once: bounds the memory


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
