"""What a desk keeps of files: as long as they have not moved, never of what was changed a moment ago."""

import os
import shutil
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from agreements import library, registry
from agreements.library import Desk
from agreements.repository import Repository, filestates, store
from agreements.repository.filestates import FolderListings, FolderTree
from agreements.search.provisions import ClauseRow, clause_rows

ID = "base-1999"


@pytest.fixture
def repository(desk: Path, tmp_path: Path) -> Path:
    """Return a copy of the repository of all tests, to be written to."""
    return shutil.copytree(desk, tmp_path / "r")


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have every file taken for one that was last changed long ago."""
    monkeypatch.setattr(filestates, "_SETTLED", -(10**18))


def _main(repository: Path) -> Path:
    return repository / "agreements" / ID / "agreement.md"


def _turn_one_letter(path: Path, old: bytes, new: bytes) -> None:
    """Change `path` and give it back its size and its times."""
    before, content = path.stat(), path.read_bytes()
    assert content.count(old)
    assert len(old) == len(new)
    path.write_bytes(content.replace(old, new))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


@pytest.mark.usefixtures("settled")
def test_an_agreement_is_read_once_while_its_files_do_not_move(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Desk(repository) as desk:
        first = desk.get(ID)
        monkeypatch.setattr("agreements.repository.fileform.read_agreement", lambda *_: pytest.fail("read again"))
        assert desk.get(ID) == first


@pytest.mark.usefixtures("settled")
@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no time of the last change of rights or name")
def test_an_edit_is_shown_at_once_with_the_fingerprint_of_what_is_shown(repository: Path) -> None:
    with Desk(repository) as desk:
        before = desk.get(ID)
        _turn_one_letter(_main(repository), b"Claims", b"Clams!")
        after = desk.get(ID)
        assert "Clams!" in {p.heading for d in after.agreement.documents for p in d.walk()}
        assert after.fingerprint != before.fingerprint
        assert after.fingerprint == library.get(repository, ID).fingerprint


def test_what_was_changed_a_moment_ago_is_read_again(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _main(repository).write_bytes(_main(repository).read_bytes() + b"\n")
    reads = []
    real = store.HeldOpen.while_same

    def counted(held, name, key, states, make):  # type: ignore[no-untyped-def]
        return real(held, name, key, states, lambda: reads.append(name) or make())

    monkeypatch.setattr(store.HeldOpen, "while_same", counted)
    with Desk(repository) as desk:
        for _ in range(2):
            desk.get(ID)
    assert reads.count("agreements") == 2


@pytest.mark.usefixtures("settled")
@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no time of the last change of rights or name")
def test_the_doctor_reads_again_when_a_source_has_moved_and_says_when_it_did(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = next((repository / "agreements" / ID / "source").iterdir())
    with Desk(repository) as desk:
        desk.doctor()  # writes what it worked out
        first = desk.doctor()
        assert first.read_at
        monkeypatch.setattr("agreements.repository.looking.digest", lambda *_: pytest.fail("hashed again"))
        assert desk.doctor() is first
        monkeypatch.undo()
        monkeypatch.setattr(filestates, "_SETTLED", -(10**18))
        _turn_one_letter(source, b"Claims", b"Clams!")
        again = desk.doctor()
        assert "source-changed" in {concern.finding.code for concern in again.concerns}
        assert "source-changed" not in {concern.finding.code for concern in first.concerns}
        assert library.doctor(repository).concerns == again.concerns


@pytest.mark.skipif(os.name == "nt", reason="rights of files")
@pytest.mark.usefixtures("settled")
def test_the_doctor_sees_rights_that_were_changed(repository: Path) -> None:
    with Desk(repository) as desk:
        desk.begin_negotiation("lantern-talks", {"partner": "DEU", "family": "sofa"})
        desk.doctor()
        assert "folder-open" not in {concern.finding.code for concern in desk.doctor().concerns}
        (repository / "negotiations" / "lantern-talks").chmod(0o755)
        assert "folder-open" in {concern.finding.code for concern in desk.doctor().concerns}


def test_answers_are_kept_by_what_was_asked_and_only_the_last_ones(repository: Path) -> None:
    made: list[int] = []

    def make(number: int) -> int:
        made.append(number)
        return number

    with Desk(repository) as desk:
        for number in (1, 2, 1, 2, 3, 3, 1):
            assert desk.repository.once_for("numbers", number, lambda number=number: make(number), most=2) == number  # type: ignore[misc]
        assert made == [1, 2, 3, 1]
        (repository / "agreements" / ID / "agreement.md").touch()
        desk.repository._held._looked = float("-inf")  # type: ignore[union-attr]
        desk.repository.once_for("numbers", 1, lambda: make(1), most=2)
    assert made == [1, 2, 3, 1, 1]


def test_others_may_ask_while_an_answer_is_made(repository: Path) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow() -> str:
        begun.set()
        assert go_on.wait(20)
        return "slow"

    with Desk(repository) as desk:
        thread = threading.Thread(target=lambda: desk.repository.once_for("slow", 0, slow))
        thread.start()
        assert begun.wait(20)
        answered = threading.Thread(target=desk.listing)
        answered.start()
        answered.join(20)
        assert not answered.is_alive()
        go_on.set()
        thread.join()


@pytest.mark.usefixtures("settled")
def test_what_people_read_is_seen_at_a_desk_at_once(repository: Path) -> None:
    with Desk(repository) as desk:
        seen = desk.matrix()
        topic = next(t for t, cell in seen.every[ID].items() if cell.state == "not-found")
        library.record_absence(repository, ID, [topic], by="L. Quill", on="2026-11-29")
        read = desk.matrix()
        assert read.cells[ID][topic].state == "not-in-text"
        assert read.as_json() == library.matrix(repository).as_json()
        assert topic not in seen.topics
        library.record_absence(repository, ID, [topic], by="Orla Stone", on="2026-11-29")
        assert "Orla Stone" in desk.matrix().cells[ID][topic].said
        library.withdraw_absence(repository, ID, [topic])
        assert desk.matrix().as_json() == seen.as_json()


@pytest.mark.usefixtures("settled")
def test_folders_are_listed_again_when_a_name_comes_or_goes(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "one").write_text("1", "utf-8")
    listings = FolderListings()
    first = listings.of(str(tmp_path))
    assert first is not None
    assert (first.files, first.folders) == ({"one": str(tmp_path / "one")}, (str(tmp_path / "inner"),))
    assert listings.of(str(tmp_path)) is first or os.name == "nt"
    (tmp_path / "two").write_text("2", "utf-8")
    again = listings.of(str(tmp_path))
    assert again is not None
    assert sorted(again.files) == ["one", "two"]
    assert listings.of(str(tmp_path / "none")) is None
    tree = FolderTree()
    before = tree.states([str(tmp_path)])
    (tmp_path / "inner" / "three").write_text("3", "utf-8")
    after = tree.states([str(tmp_path)])
    assert set(map(Path, after.keys() - before.keys())) == {tmp_path / "inner" / "three"}


@pytest.mark.usefixtures("settled")
def test_variants_are_worked_out_once_until_a_text_or_a_reading_changes(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from agreements.survey import accepted

    with Desk(repository) as desk:
        first = desk.accepted_variants("claims")
        with monkeypatch.context() as patch:
            patch.setattr(accepted, "clause_rows", lambda *_, **__: pytest.fail("read again"))
            assert desk.accepted_variants("claims") is first
        topic = registry.VARIANTS["claims"].topics[0]
        library.record_absence(repository, "detachment-2003", [topic], by="L. Quill", anyway=True)
        assert desk.accepted_variants("claims").as_json() == library.accepted_variants(repository, "claims").as_json()
        text = _main(repository).read_text("utf-8")
        own_cost = "shall bear its own loss or damage caused by"
        assert "waives all claims against" in text
        _main(repository).write_text(text.replace("waives all claims against", own_cost), "utf-8")
        desk.repository._held._looked = float("-inf")  # type: ignore[union-attr]
        read: list[str] = []

        def counted(repository: Repository, ids: Sequence[str], **how: Any) -> Iterator[ClauseRow]:
            read.extend(ids)
            yield from clause_rows(repository, ids, **how)

        with monkeypatch.context() as patch:
            patch.setattr(accepted, "clause_rows", counted)
            again = desk.accepted_variants("claims")
        assert set(read) == {ID}
        assert again.as_json() == library.accepted_variants(repository, "claims").as_json() != first.as_json()


def test_files_are_looked_at_more_seldom_where_there_are_many_and_what_the_program_writes_is_seen_at_once(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "_LOOKING", 10**9)
    with Desk(repository) as desk:
        before = desk.listing()
        assert desk.repository._held._pause > 60  # type: ignore[union-attr]
        library.purge(repository, ID, "asked for by the partner", spill="S-1")
        assert {facts.id for facts in before} - {facts.id for facts in desk.listing()} == {ID}


def test_the_listing_of_a_desk_looks_at_the_files_no_second_time(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = library.listing(repository)
    monkeypatch.setattr("agreements.repository.facts.stamp", lambda *_: pytest.fail("looked at again"))
    with Desk(repository) as desk:
        assert desk.listing() == before


def test_the_timeline_of_a_desk_is_made_once_until_a_file_changes(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Desk(repository) as desk:
        first = desk.timeline()
        with monkeypatch.context() as patch:
            patch.setattr("agreements.lineage.history.events_of", lambda *_, **__: pytest.fail("made again"))
            assert desk.timeline() is first
        assert desk.timeline(since="2001") == library.timeline(repository, since="2001") != first
        library.purge(repository, ID, "asked for by the partner", spill="S-1")
        assert desk.timeline() == library.timeline(repository) != first
