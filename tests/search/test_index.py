"""The index as a cache: stale when it should be, replaced as a whole, changed in place, safe when interrupted."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from agreements.errors import RepositoryError
from agreements.model import Agreement
from agreements.search import Filters, Index, Searcher, analysis, search


@pytest.fixture
def index(tmp_path: Path, engine: str, collection: tuple[Agreement, ...]) -> Index:
    made = Index(tmp_path / "index", engine)
    fill(made, collection)
    return made


def fill(index: Index, agreements: tuple[Agreement, ...], fingerprint: str = "one") -> None:
    with index.building() as batch:
        for agreement in agreements:
            batch.put(agreement)
        batch.fingerprint = fingerprint


def found(index: Index, query: str, engine: str) -> list[str]:
    hits = search(index.folder, query, Filters(specimens=True), engine=engine, limit=50).hits
    return sorted({hit.agreement for hit in hits})


def test_fresh_index_is_not_stale(index: Index) -> None:
    assert not index.is_stale("one") and index.is_stale("two") and index.is_usable()


def test_missing_or_damaged_stamp_is_stale(index: Index) -> None:
    (index.folder / "stamp.json").write_text("{", encoding="utf-8")
    assert index.is_stale("one") and not index.is_usable()
    with pytest.raises(RepositoryError):
        index.open()


def test_other_version_is_stale(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analysis, "VERSION", "another")
    assert index.is_stale("one") and not index.is_usable()


def test_index_of_another_engine_is_stale(index: Index, engine: str) -> None:
    other = Index(index.folder, "whoosh" if engine == "tantivy" else "tantivy")
    assert other.is_stale("one") and not other.is_usable()


def test_lost_files_are_a_clear_error(index: Index) -> None:
    stamp = json.loads((index.folder / "stamp.json").read_text(encoding="utf-8"))
    for path in sorted((index.folder / stamp["generation"] / "paragraph").iterdir()):
        path.unlink()
    with pytest.raises(RepositoryError) as raised:
        search(index.folder, "claims", engine=stamp["engine"])
    assert "rebuild" in raised.value.hint


def test_update_replaces_one_agreement(index: Index, engine: str, collection: tuple[Agreement, ...]) -> None:
    changed = collection[1].model_copy(update={"documents": collection[0].documents[:1]})
    with index.updating() as batch:
        batch.put(changed)
        batch.fingerprint = "two"
    assert not index.is_stale("two")
    assert found(index, "fuel", engine) == []
    assert found(index, "umpire", engine) == ["norlandia-supply-2011", "valdoria-tamaris-1999"]


def test_putting_twice_in_one_batch_keeps_the_last(
    index: Index, engine: str, collection: tuple[Agreement, ...]
) -> None:
    with index.updating() as batch:
        batch.put(collection[0])
        batch.put(collection[0].model_copy(update={"documents": collection[1].documents}))
        batch.fingerprint = "two"
    hits = search(index.folder, "umpire OR fuel", engine=engine, limit=50).hits
    assert sorted(h.ref for h in hits) == ["norlandia-supply-2011#annex-a.1", "valdoria-tamaris-1999#annex-a.1"]


def test_changes_do_not_make_the_index_grow(tmp_path: Path, engine: str, collection: tuple[Agreement, ...]) -> None:
    """What a change replaces must leave the disk: an index of a desk that works is no bigger than a new one."""
    if engine == "opensearch":
        pytest.skip("a server keeps house by itself: it merges what was removed away")
    many = [collection[n % 2].model_copy(update={"id": f"copy-{n}"}) for n in range(24)]
    updated, fresh = Index(tmp_path / "updated", engine), Index(tmp_path / "fresh", engine)
    fill(updated, tuple(many))
    fill(fresh, tuple(many))
    for number in range(10):
        with updated.updating() as batch:
            for agreement in many[:3]:
                batch.put(agreement)
            batch.fingerprint = str(number)
    sizes = [sum(f.stat().st_size for f in index.folder.rglob("*") if f.is_file()) for index in (updated, fresh)]
    assert sizes[0] < 1.3 * sizes[1]


def test_drop_takes_an_agreement_out_at_every_level(index: Index, engine: str) -> None:
    with index.updating() as batch:
        batch.drop("norlandia-supply-2011")
        batch.fingerprint = "two"
    for by in ("paragraph", "article"):
        assert search(index.folder, "fuel", engine=engine, by=by).total == 0
    assert found(index, "umpire", engine) == ["valdoria-tamaris-1999"]


def test_failed_update_changes_nothing_but_the_stamp_is_told(index: Index, engine: str) -> None:
    with pytest.raises(RuntimeError), index.updating() as batch:
        batch.drop("norlandia-supply-2011")
        raise RuntimeError
    assert found(index, "fuel", engine) == ["norlandia-supply-2011"] and not index.is_stale("one")


def test_failed_build_leaves_the_old_index(index: Index, engine: str, collection: tuple[Agreement, ...]) -> None:
    with pytest.raises(RuntimeError), index.building() as batch:
        batch.put(collection[2])
        raise RuntimeError
    assert not index.is_stale("one") and found(index, "fuel", engine) == ["norlandia-supply-2011"]
    assert sum(path.is_dir() for path in index.folder.iterdir()) == 1


def test_reader_open_during_a_build_keeps_its_answer(
    index: Index, engine: str, collection: tuple[Agreement, ...]
) -> None:
    with Searcher(index.folder, engine) as before:
        assert before.search("fuel").total == 1
        fill(index, collection[:1], "two")
        assert before.search("fuel").total == 1
    assert found(index, "fuel", engine) == []


def test_update_without_an_index_is_refused(tmp_path: Path, engine: str) -> None:
    with pytest.raises(RepositoryError), Index(tmp_path, engine).updating():
        pass


def test_only_specimens_held_are_shown_and_said(index: Index, engine: str, collection: tuple[Agreement, ...]) -> None:
    fill(index, collection[2:])
    results = search(index.folder, "claims", engine=engine)
    assert [hit.agreement for hit in results.hits] == ["specimen-sofa"]
    assert any("specimen" in note for note in results.notes)


def test_empty_index_answers(tmp_path: Path, engine: str) -> None:
    fill(Index(tmp_path, engine), ())
    results = search(tmp_path, "claims AND umpi* NOT x", engine=engine)
    assert results.total == 0 and results.hits == [] and results.facets["family"] == {}


def test_killed_build_leaves_no_index_and_the_next_cleans_up(tmp_path: Path, collection: tuple[Agreement, ...]) -> None:
    program = (
        "import os, sys; from pathlib import Path; from agreements.search import Index; "
        "from agreements.model import Agreement; "
        "building = Index(Path(sys.argv[1])).building(); batch = building.__enter__(); "
        "batch.put(Agreement.model_validate_json(sys.argv[2])); os._exit(9)"
    )
    argument = collection[0].model_dump_json()
    killed = subprocess.run([sys.executable, "-c", program, str(tmp_path), argument], check=False, timeout=60)
    assert killed.returncode == 9
    index = Index(tmp_path)
    assert index.is_stale("one")
    fill(index, collection)
    assert found(index, "umpire", "tantivy") == ["valdoria-tamaris-1999"]
    assert sum(path.is_dir() for path in tmp_path.iterdir()) == 1


def test_searching_loads_nothing_heavy(tmp_path: Path, collection: tuple[Agreement, ...]) -> None:
    fill(Index(tmp_path), collection)
    program = (
        "import sys; from pathlib import Path; from agreements.search import search; "
        "assert search(Path(sys.argv[1]), 'party:JOR OR umpire').total == 1; "
        "print([m for m in ('pydantic', 'whoosh', 'yaml', 'docx', 'jinja2', 'filelock') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"


def test_result_is_json_as_promised(index: Index, engine: str) -> None:
    shown = json.loads(json.dumps(search(index.folder, "umpire", engine=engine).as_json()))
    assert {"query", "total", "took_ms", "hits", "facets", "suggestion"} <= set(shown)
    promised = {"ref", "agreement", "path", "heading", "citation", "score", "text", "snippet", "highlights", "topics"}
    assert promised <= set(shown["hits"][0]) and shown["hits"][0]["highlights"] == [[3, 9]]
    assert set(shown["facets"]) == {"family", "party", "topic", "decade", "status"}


def test_any_byte_that_is_not_as_it_was_written_is_found(tmp_path: Path, collection: tuple[Agreement, ...]) -> None:
    index = Index(tmp_path / "index", "tantivy")
    fill(index, collection[:2])
    with index.updating() as batch:  # a second segment, and rows that are deleted
        batch.put(collection[0])
        batch.fingerprint = "two"
    assert index.problem() == ""
    level = (
        index.folder / json.loads((index.folder / "stamp.json").read_text(encoding="utf-8"))["generation"] / "article"
    )
    files = [path for path in sorted(level.iterdir()) if path.suffix != ".json" and path.name[0] != "."]
    segments = {path.stem.partition(".")[0] for path in files if path.suffix == ".store"}
    parts = [path for path in files if path.stem.partition(".")[0] in segments]
    assert {".fast", ".fieldnorm", ".idx", ".pos", ".store", ".term"} <= {path.suffix for path in parts}
    for number, part in enumerate(parts):  # of a copy that nobody has open
        copied = Index(tmp_path / f"copy-{number}", "tantivy")
        shutil.copytree(index.folder, copied.folder)
        path = copied.folder / part.relative_to(index.folder)
        whole = path.read_bytes()
        path.unlink()
        if path.suffix != ".del":
            assert copied.problem()
        path.write_bytes(whole[:3] + bytes([whole[3] ^ 4]) + whole[4:])
        assert path.name in copied.problem()
