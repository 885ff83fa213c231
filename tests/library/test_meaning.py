"""`index --semantic` and `search --mode hybrid` over a repository, with a stand-in for the model."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from agreements import library
from agreements.errors import NotFoundError

np = pytest.importorskip("numpy", reason="the extra `semantic` is not installed")

SENSES = (("doctor", "ill", "hospital"), ("lorry", "vehicle", "drive"), ("tax", "vat", "duty"))


class SenseEncoder:
    """Knows three senses by a few words each."""

    folder, checksum, dimensions = Path("model"), "0" * 64, len(SENSES) + 1

    def encode(self, texts: Sequence[str]) -> object:
        rows = np.array([[*(sum(w in t.lower() for w in sense) for sense in SENSES), 0.1] for t in texts], np.float32)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("agreements.search.embeddings.Encoder", SenseEncoder)
    body = "## Article I\n\n1. A hospital admits members of a ship's crew.\n\n2. No vehicle pays a toll.\n"
    (tmp_path / "arland.md").write_text(f"# Agreement of Arland\n\n{body}", encoding="utf-8")
    library.import_files(tmp_path / "repository", [tmp_path / "arland.md"])
    return tmp_path / "repository"


def test_vectors_are_made_once_and_used(repository: Path) -> None:
    told: list[str] = []
    made = library.read_for_meaning(repository, tell=told.append)
    assert made.made == made.held > 2
    assert any("provisions for meaning" in line for line in told)
    assert library.read_for_meaning(repository).made == 0
    assert library.search(repository, "a doctor").hits == []
    found = library.search(repository, "who is ill", mode="hybrid")
    assert found.hits[0].path == "I.1"


def test_a_hybrid_search_reads_what_is_missing_first(repository: Path) -> None:
    assert library.search(repository, "who may steer a lorry", mode="hybrid").hits[0].path == "I.2"
    assert library.read_for_meaning(repository).made == 0


def test_texts_that_are_gone_leave_no_vector(repository: Path, tmp_path: Path) -> None:
    before = library.read_for_meaning(repository).held
    (tmp_path / "borduria.md").write_text("# Pact\n\n## Article I\n\nNo vat.\n", encoding="utf-8")
    library.import_files(repository, [tmp_path / "borduria.md"])
    assert library.read_for_meaning(repository).held > before
    library.purge(repository, "borduria", reason="test", spill="S-1")
    assert not (repository / ".cache" / "vectors").exists()
    assert library.read_for_meaning(repository).held == before


def test_without_the_extra_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "arland.md").write_text("# Pact\n\n## Article I\n\nNo tax.\n", encoding="utf-8")
    library.import_files(tmp_path / "repository", [tmp_path / "arland.md"])
    monkeypatch.delenv("AGREEMENTS_MODEL", raising=False)
    monkeypatch.setattr("agreements.search.encoder._PACKAGE", "no_such_package_is_installed")
    with pytest.raises(NotFoundError) as error:
        library.search(tmp_path / "repository", "taxes", mode="hybrid")
    assert "pip install" in error.value.hint
