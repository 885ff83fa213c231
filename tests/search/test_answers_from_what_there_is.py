"""A search reads: without rights, room or the lock it answers from what there is, and says so in one line."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from agreements import library
from agreements.errors import AgreementsError, IndexWriteError
from agreements.repository import Repository
from agreements.search import fresh
from agreements.search.index import Index
from tests.reading_only import read_only, small_disk

TEXT = "Agreement between Valdoria and Tolland on {title}\n\nArticle I\n\nThe Parties {words} each other.\n"


def write(folder: Path, name: str, words: str) -> Path:
    file = folder / f"{name}.txt"
    file.write_text(TEXT.format(title=name, words=words), encoding="utf-8")
    return file


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("agreements.repository.layout.cache_folder", lambda: tmp_path / "own")
    return tmp_path / "own"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    library.import_files(tmp_path / "r", [write(tmp_path, "claims", "waive all claims against")], jobs=1)
    return tmp_path / "r"


def found(folder: Path, query: str) -> tuple[list[str], list[str]]:
    results = library.search(folder, query)
    return [hit.agreement for hit in results.hits], results.notes


@contextmanager
def busy(folder: Path) -> Iterator[None]:
    """Another program writes the index while the block runs."""
    from filelock import FileLock

    with FileLock(folder / ".cache" / "index-tantivy" / "write.lock"):
        yield


def add_unindexed(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Add an agreement that the index does not know."""

    def refuse(*_: object, **__: object) -> None:
        raise IndexWriteError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr(Index, "updating", refuse)
        patch.setattr(Index, "building", refuse)
        report = library.import_files(folder, [write(tmp_path, "visits", "admit vessels of")], jobs=1)
    assert [f.code for f in report.imported[0].findings if f.code == "not-indexed"] == ["not-indexed"]


VERBS: list[Callable[[Path], object]] = [
    library.listing,
    library.matrix,
    lambda folder: library.partner(folder, "NLD"),
    library.calendar,
    lambda folder: library.relations(folder, "claims"),
    lambda folder: library.get(folder, "claims#I"),
    lambda folder: library.similar(folder, "claims#I"),
    library.doctor,
]


def test_a_share_that_cannot_be_written_answers(folder: Path, own_cache: Path) -> None:
    with read_only(folder):
        assert found(folder, "waive claims") == (["claims"], [])
        for verb in VERBS:
            verb(folder)
    assert own_cache.stat().st_mode & 0o077 == 0 or any(own_cache.iterdir())
    assert all(path.stat().st_mode & 0o077 == 0 for path in own_cache.iterdir())


def test_a_share_without_an_index_gets_one_in_the_users_own_folder(folder: Path, own_cache: Path) -> None:
    from agreements.platform import remove_tree

    remove_tree(folder / ".cache")
    with read_only(folder):
        assert found(folder, "waive claims") == (["claims"], [])
    assert list(own_cache.glob("*/index-tantivy/stamp.json"))


def test_what_was_added_since_is_in_the_users_own_index(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with read_only(folder):
        found(folder, "claims")
    add_unindexed(folder, tmp_path, monkeypatch)
    with read_only(folder):
        assert found(folder, "vessels") == (["visits"], [])


def test_a_purge_by_another_user_reaches_the_users_own_index_when_next_looked(folder: Path, own_cache: Path) -> None:
    with read_only(folder):
        found(folder, "claims")
    own = next(own_cache.iterdir())
    kept = own.rename(own_cache / "kept")  # what a purge on another machine cannot reach
    library.purge(folder, "claims", "spill", spill="R-1")
    kept.rename(own)
    with read_only(folder):
        assert found(folder, "claims")[0] == []
    assert not [p for p in own_cache.rglob("*") if p.is_file() and b"waive" in p.read_bytes()]


def test_a_purge_deletes_the_users_own_index(folder: Path, own_cache: Path) -> None:
    with read_only(folder):
        found(folder, "claims")
    library.purge(folder, "claims", "spill", spill="R-1")
    assert not [p for p in own_cache.rglob("*") if p.is_file() and b"waive" in p.read_bytes()]


def test_while_another_program_writes_the_index_the_old_one_answers_and_says_so(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_unindexed(folder, tmp_path, monkeypatch)
    with busy(folder):
        hits, notes = found(folder, "claims")
        assert (hits, len(notes)) == (["claims"], 1)
        assert "another program is writing it" in notes[0] and "1 agreement changed since" in notes[0]
        with library.Desk(folder) as desk:  # and one that stays open does not keep the old one
            assert desk.search("vessels").hits == []
    assert found(folder, "vessels") == (["visits"], [])
    with library.Desk(folder) as desk:
        assert [hit.agreement for hit in desk.search("vessels").hits] == ["visits"]


def test_a_stale_index_is_brought_in_step_by_whoever_may(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, own_cache: Path
) -> None:
    add_unindexed(folder, tmp_path, monkeypatch)
    assert found(folder, "vessels") == (["visits"], [])
    assert not own_cache.exists()
    assert not fresh.index_of(Repository(folder)).is_stale(Repository(folder).fingerprint())


def test_an_index_that_cannot_be_read_is_made_anew(folder: Path) -> None:
    for file in folder.glob(".cache/index-tantivy/*/*/meta.json"):
        file.write_bytes(b"{")
    assert found(folder, "waive claims") == (["claims"], [])


def test_no_index_and_no_place_for_one_is_a_clear_line(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for file in folder.glob(".cache/index-tantivy/stamp.json"):
        file.unlink()

    def refuse(*_: object, **__: object) -> None:
        raise IndexWriteError("disk full")

    monkeypatch.setattr(Index, "building", refuse)
    with pytest.raises(IndexWriteError, match="cannot be written: disk full") as caught:
        library.search(folder, "claims")
    assert "agreements index" in caught.value.hint


def test_an_edit_is_stored_where_the_index_is_not(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edited = tmp_path / "edited.md"
    text = (folder / "agreements" / "claims" / "agreement.md").read_text(encoding="utf-8")
    edited.write_text(text.replace("waive all claims", "waive all debts"), encoding="utf-8")

    def refuse(*_: object, **__: object) -> None:
        raise IndexWriteError("disk full")

    told: list[str] = []
    with monkeypatch.context() as patch:
        patch.setattr(Index, "updating", refuse)
        patch.setattr(Index, "building", refuse)
        library.edit_from(folder, "claims", edited, tell=told.append)
    assert any(line.startswith("Stored, not indexed: disk full.") for line in told)
    assert found(folder, "debts")[0] == ["claims"]


@pytest.mark.parametrize("size", ["300k", "700k", "1500k"])
def test_a_disk_that_fills_up_during_an_import_loses_nothing(tmp_path: Path, size: str) -> None:
    texts = [
        write(tmp_path, f"text-{n}", f"waive claims of kind {n} {os.urandom(6000).hex()} against") for n in range(40)
    ]
    with small_disk(tmp_path / "disk", size):
        folder = tmp_path / "disk" / "r"
        told: list[str] = []
        try:
            report = library.import_files(folder, texts, jobs=1, tell=told.append)
        except AgreementsError as problem:
            assert "disk full" in str(problem).lower() or "no space" in str(problem).lower()
        else:
            for row in report.imported:
                assert library.get(folder, row.id)
                assert row.status in ("new", "conflict")  # they have title and parties in common
            assert len(report.imported) + len(report.failed) == len(texts)
        repository = Repository(folder)
        held = [a for a in repository.each() if not hasattr(a, "code")]
        assert len(held) == len(repository.ids())
        assert not list((folder / "agreements").glob(".tmp-*"))


def _states(folder: Path, agreement: str) -> dict[str, str]:
    return {topic: cell.state for topic, cell in library.matrix(folder).every[agreement].items()}


def _variants(folder: Path, agreement: str) -> str:
    groups = library.accepted_variants(folder, "claims").groups
    return next(code for code, rows in groups.items() if agreement in {row.agreement for row in rows})


def test_what_was_made_of_an_index_that_is_behind_is_not_kept(folder: Path, tmp_path: Path) -> None:
    words = "waives all claims against the other Party for damage to its property"
    main = folder / "agreements" / "claims" / "agreement.md"
    with library.Desk(folder) as desk:
        desk.matrix()
        main.write_text(main.read_text("utf-8").replace("waive all claims against", "admit vessels of"), "utf-8")
        library.refresh_index(folder)
        without = _states(folder, "claims"), _variants(folder, "claims")
        with busy(folder):
            text = main.read_text("utf-8").replace("The Parties admit vessels of each other", f"Each Party {words}")
            main.write_text(text, "utf-8")
            desk.repository.close()
            behind = {topic: cell.state for topic, cell in desk.matrix().every["claims"].items()}
            assert (behind, _states(folder, "claims")) == (without[0], without[0])
            desk.accepted_variants("claims")
            assert _variants(folder, "claims") == without[1]
        assert _states(folder, "claims") != without[0]
        assert {topic: cell.state for topic, cell in desk.matrix().every["claims"].items()} == _states(folder, "claims")
        assert desk.accepted_variants("claims").as_json() == library.accepted_variants(folder, "claims").as_json()
        assert _variants(folder, "claims") != without[1]
