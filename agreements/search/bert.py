"""A sentence encoder of the BERT kind, computed with numpy alone from the weights of its folder.

Reads `config.json` and `model.safetensors` as the sentence-transformers models publish them (all-MiniLM-L6-v2 and its
like): embeddings, layers of attention and feed-forward, and the mean of the last layer. One text at a time, so
nothing is padded and no mask is needed.
"""

import json
import math
from collections.abc import Sequence
from pathlib import Path

from agreements.search.numeric import VectorMatrix, np

_TYPES = {"F32": np.float32, "F16": np.float16}


class Bert:
    """The encoder in `folder`; raises `OSError`, `ValueError` or `KeyError` when its files are not of this kind."""

    def __init__(self, folder: Path) -> None:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        if config["model_type"] != "bert" or config.get("hidden_act", "gelu") != "gelu":
            raise ValueError("the model is no BERT with the GELU activation")
        self._weights = _tensors(folder / "model.safetensors")
        self._layers = int(config["num_hidden_layers"])
        self._heads = int(config["num_attention_heads"])
        self._epsilon = float(config["layer_norm_eps"])
        self.dimensions = int(config["hidden_size"])

    def encode(self, ids: Sequence[int]) -> VectorMatrix:
        """Return the mean of the last layer over the tokens with these `ids`; zeros when there are none."""
        if not ids:
            return np.zeros(self.dimensions, np.float32)
        held = self._weights
        words = held["embeddings.word_embeddings.weight"][list(ids)]
        places = held["embeddings.position_embeddings.weight"][: len(ids)]
        x = self._normed(words + places + held["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
        for number in range(self._layers):
            layer = f"encoder.layer.{number}"
            attended = self._dense(self._attention(x, f"{layer}.attention.self"), f"{layer}.attention.output.dense")
            x = self._normed(x + attended, f"{layer}.attention.output.LayerNorm")
            inner = _gelu(self._dense(x, f"{layer}.intermediate.dense"))
            x = self._normed(x + self._dense(inner, f"{layer}.output.dense"), f"{layer}.output.LayerNorm")
        mean: VectorMatrix = x.mean(axis=0)
        return mean

    def _attention(self, x: VectorMatrix, name: str) -> VectorMatrix:
        query, key, value = (self._heads_of(self._dense(x, f"{name}.{part}")) for part in ("query", "key", "value"))
        scores = query @ key.transpose(0, 2, 1) / math.sqrt(query.shape[-1])
        scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
        scores /= scores.sum(axis=-1, keepdims=True)
        joined: VectorMatrix = (scores @ value).transpose(1, 0, 2).reshape(x.shape)
        return joined

    def _heads_of(self, x: VectorMatrix) -> VectorMatrix:
        return x.reshape(x.shape[0], self._heads, -1).transpose(1, 0, 2)

    def _dense(self, x: VectorMatrix, name: str) -> VectorMatrix:
        out: VectorMatrix = x @ self._weights[f"{name}.weight"].T + self._weights[f"{name}.bias"]
        return out

    def _normed(self, x: VectorMatrix, name: str) -> VectorMatrix:
        centred = x - x.mean(axis=-1, keepdims=True)
        spread = np.sqrt((centred * centred).mean(axis=-1, keepdims=True) + self._epsilon)
        out: VectorMatrix = centred / spread * self._weights[f"{name}.weight"] + self._weights[f"{name}.bias"]
        return out


def _gelu(x: VectorMatrix) -> VectorMatrix:
    """Return x times the normal distribution at x; erf by formula 7.1.26 of Abramowitz and Stegun (error < 2e-7)."""
    z = np.abs(x) / np.float32(math.sqrt(2))
    t = 1 / (1 + np.float32(0.3275911) * z)
    poly = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    erf = np.sign(x) * (1 - poly * np.exp(-z * z))
    out: VectorMatrix = (0.5 * x * (1 + erf)).astype(np.float32)
    return out


def _tensors(file: Path) -> dict[str, VectorMatrix]:
    """Return the tensors of a safetensors `file`: eight bytes of length, a JSON head, then the numbers."""
    raw = np.memmap(file, mode="r", dtype=np.uint8)
    size = int(raw[:8].view("<u8")[0])
    head = json.loads(bytes(raw[8 : 8 + size]))
    out = {}
    for name, row in head.items():
        if name != "__metadata__" and row["dtype"] in _TYPES:
            first, last = row["data_offsets"]
            numbers = raw[8 + size + first : 8 + size + last].view(_TYPES[row["dtype"]])
            out[name.removeprefix("bert.")] = numbers.reshape(row["shape"]).astype(np.float32)
    return out
