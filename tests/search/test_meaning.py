"""Search by meaning: the encoder on a small model made here, vectors that survive a kill, and what they add."""

import json
import struct
from collections.abc import Sequence
from pathlib import Path

import pytest

from agreements.errors import NotFoundError
from agreements.search import Filters, Searcher
from agreements.search.embeddings import passages
from agreements.search.fields import wording_of

np = pytest.importorskip("numpy", reason="the extra `semantic` is not installed")
tokenizers = pytest.importorskip("tokenizers", reason="the extra `semantic` is not installed")

from agreements.search.embeddings import Vectors  # noqa: E402
from agreements.search.encoder import Encoder  # noqa: E402 (needs the extra)

WORDS = ("[UNK]", "doctor", "ship", "harbour", "tax", "the", "a")
WIDTH, INNER = 4, 8


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A folder with a BERT of one layer and a vocabulary of seven words."""
    folder = tmp_path / "model"
    folder.mkdir()
    config = {
        "model_type": "bert", "hidden_act": "gelu", "num_hidden_layers": 1, "num_attention_heads": 2,
        "hidden_size": WIDTH, "layer_norm_eps": 1e-12,
    }  # fmt: skip
    (folder / "config.json").write_text(json.dumps(config))
    vocabulary = {word: place for place, word in enumerate(WORDS)}
    tokenizer = tokenizers.Tokenizer(tokenizers.models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.Whitespace()
    tokenizer.save(str(folder / "tokenizer.json"))
    _write_tensors(folder / "model.safetensors")
    return folder


def _write_tensors(file: Path) -> None:
    chance = np.random.default_rng(7)
    layer = "encoder.layer.0"
    shapes = {
        "embeddings.word_embeddings.weight": (len(WORDS), WIDTH),
        "embeddings.position_embeddings.weight": (300, WIDTH),
        "embeddings.token_type_embeddings.weight": (2, WIDTH),
    }
    for name, (rows, columns) in {
        **{f"{layer}.attention.self.{part}": (WIDTH, WIDTH) for part in ("query", "key", "value")},
        f"{layer}.attention.output.dense": (WIDTH, WIDTH),
        f"{layer}.intermediate.dense": (INNER, WIDTH),
        f"{layer}.output.dense": (WIDTH, INNER),
    }.items():
        shapes |= {f"{name}.weight": (rows, columns), f"{name}.bias": (rows,)}
    for name in ("embeddings.LayerNorm", f"{layer}.attention.output.LayerNorm", f"{layer}.output.LayerNorm"):
        shapes |= {f"{name}.weight": (WIDTH,), f"{name}.bias": (WIDTH,)}
    head, body = {}, b""
    for name, shape in shapes.items():
        numbers = chance.normal(size=shape).astype("<f4").tobytes()
        head[name] = {"dtype": "F32", "shape": shape, "data_offsets": [len(body), len(body) + len(numbers)]}
        body += numbers
    written = json.dumps(head).encode()
    file.write_bytes(struct.pack("<Q", len(written)) + written + body)


def test_the_encoder_gives_rows_of_length_one_whatever_stands_beside(model: Path) -> None:
    encoder = Encoder(model)
    rows = encoder.encode(["the ship", "a doctor", "the ship"])
    assert rows.shape == (3, WIDTH) == (3, encoder.dimensions)
    assert np.linalg.norm(rows, axis=1) == pytest.approx(1, abs=1e-5)
    assert np.array_equal(rows[0], rows[2])
    assert np.array_equal(rows[0], encoder.encode(["the ship"])[0])
    assert not np.allclose(encoder.encode(["ship harbour"]), encoder.encode(["harbour ship"]))  # order is read
    assert encoder.encode(["tax " * 5000]).shape == (1, WIDTH)  # cut to what the model reads
    assert not encoder.encode([""]).any()


def test_the_activation_is_the_one_of_the_normal_distribution() -> None:
    from math import erf, sqrt

    from agreements.search.bert import _gelu

    x = np.linspace(-6, 6, 241, dtype=np.float32)
    exact = [float(v) * (1 + erf(float(v) / sqrt(2))) / 2 for v in x]
    assert _gelu(x) == pytest.approx(exact, abs=2e-6)


@pytest.mark.parametrize("file", ["tokenizer.json", "config.json", "model.safetensors"])
def test_a_folder_without_a_model_says_what_it_needs(model: Path, file: str) -> None:
    (model / file).unlink()
    with pytest.raises(NotFoundError, match="no sentence encoder") as error:
        Encoder(model)
    assert "model.safetensors" in error.value.hint


def test_without_a_model_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AGREEMENTS_MODEL", raising=False)
    monkeypatch.setattr("agreements.search.encoder._PACKAGE", "no_such_package_is_installed")
    with pytest.raises(NotFoundError) as error:
        Encoder()
    assert "[semantic]" in error.value.hint
    assert "AGREEMENTS_MODEL" in error.value.hint


KEYS = [wording_of("", text) for text in "abcd"]
ROWS = np.eye(4, dtype=np.float32)


def test_vectors_are_found_again_by_nearness(tmp_path: Path) -> None:
    held = Vectors(tmp_path, "sum", 4)
    held.add(KEYS[:2], ROWS[:2])
    held.add(KEYS[2:], ROWS[2:])
    again = Vectors(tmp_path, "sum", 4)
    assert again.keys == KEYS
    wanted = np.array([0.6, 0.0, 0.8, 0.0], np.float32)
    assert [key for key, _ in again.nearest(wanted, 2)] == [KEYS[2], KEYS[0]]
    assert again.nearest(wanted, 1)[0][1] == pytest.approx(0.8, abs=1e-3)
    again.keep([KEYS[3], KEYS[0]])
    assert Vectors(tmp_path, "sum", 4).keys == [KEYS[0], KEYS[3]]
    assert Vectors(tmp_path, "sum", 4).nearest(ROWS[3], 1)[0][0] == KEYS[3]


def test_vectors_of_another_model_are_not_mixed_in(tmp_path: Path) -> None:
    Vectors(tmp_path, "one", 4).add(KEYS, ROWS)
    other = Vectors(tmp_path, "two", 4)
    assert other.keys == []
    assert other.nearest(ROWS[0], 5) == []
    other.add(KEYS[:1], ROWS[1:2])
    assert Vectors(tmp_path, "two", 4).keys == KEYS[:1]
    assert Vectors(tmp_path, "one", 4).keys == []


@pytest.mark.parametrize("lost", ["wordings", "vectors.f16"])
def test_half_a_writing_is_cut_off(tmp_path: Path, lost: str) -> None:
    Vectors(tmp_path, "sum", 4).add(KEYS[:3], ROWS[:3])
    file = tmp_path / lost
    file.write_bytes(file.read_bytes()[:-3])  # as a kill in the middle of the third leaves it
    held = Vectors(tmp_path, "sum", 4)
    assert held.keys == KEYS[:2]
    held.add(KEYS[3:], ROWS[3:])
    again = Vectors(tmp_path, "sum", 4)
    assert again.keys == [*KEYS[:2], KEYS[3]]
    assert again.nearest(ROWS[3], 1)[0][0] == KEYS[3]


IX = "valdoria-tamaris-1999#IX"


def _near(searcher: Searcher, ref: str) -> Sequence[tuple[str, float]]:
    """Return the wordings of the index as if that of `ref` were by far the nearest to any text."""
    reader = searcher.reader("paragraph")
    found = {wording for wording, _ in passages(reader)}
    hits = searcher.search("*", limit=100).hits
    nearest = next(wording_of(hit.heading, hit.text) for hit in hits if hit.ref == ref)
    return [(nearest, 0.9), *((wording, 0.1) for wording in sorted(found - {nearest}))]


def test_meaning_finds_what_no_word_finds_and_every_condition_holds(searcher: Searcher) -> None:
    near = _near(searcher, IX)

    def meaning(text: str, count: int) -> Sequence[tuple[str, float]]:
        assert text == "may I steer a barrow"
        return near[:1]

    asked = "may I steer a barrow"
    assert searcher.search(asked, meaning=meaning).hits[0].ref == IX
    for query, filters in (
        (f"{asked} -licence", None),
        (f"{asked} family:acsa", None),
        (asked, Filters(party=("MRD",))),
    ):
        refs = {hit.ref for hit in searcher.search(query, filters, limit=100, meaning=meaning).hits}
        assert IX not in refs, query


@pytest.mark.parametrize("query", ["may I steer a barrow", "(may I steer a barrow) AND id:valdoria-tamaris-1999"])
def test_the_nearest_are_counted_after_the_conditions(searcher: Searcher, query: str) -> None:
    elsewhere = [(f"{number:016x}", 0.9) for number in range(5000)]  # of other agreements, all of them nearer
    ranked = [*elsewhere, *_near(searcher, IX)]
    filters = Filters(agreement=("valdoria-tamaris-1999",))
    hits = searcher.search(query, filters, meaning=lambda text, count: ranked[:count]).hits
    assert hits[0].ref == IX


def test_words_keep_their_worth_beside_meaning(searcher: Searcher) -> None:
    near = _near(searcher, IX)
    found = searcher.search("umpire board", meaning=lambda text, count: near)
    assert found.hits[0].ref == "valdoria-tamaris-1999#VIII.2"
    assert IX in {hit.ref for hit in found.hits}
    assert found.total >= len(found.hits)


def test_a_phrase_is_looked_for_as_it_stands(searcher: Searcher) -> None:
    def meaning(text: str, count: int) -> Sequence[tuple[str, float]]:
        raise AssertionError(text)

    assert {h.ref for h in searcher.search('"official duty"', meaning=meaning).hits} == {"valdoria-tamaris-1999#VIII.2"}
