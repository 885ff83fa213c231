"""A repository held open: the verbs answer the same, work out less, and never answer from what is no longer so."""

import inspect
import os
import shutil
import threading
from pathlib import Path

import pytest

from agreements import library
from agreements.errors import NotFoundError, RepositoryError
from agreements.library import Desk
from agreements.repository import Repository, held


@pytest.fixture
def repository(desk: Path, tmp_path: Path) -> Path:
    """Return a copy of the repository of all tests, to be written to."""
    return shutil.copytree(desk, tmp_path / "r")


@pytest.fixture
def opened(repository: Path) -> Desk:
    return Desk(repository)


def test_every_method_is_a_verb_and_answers_as_it_does(repository: Path, opened: Desk) -> None:
    names = [n for n, value in vars(Desk).items() if callable(value) and not n.startswith("_") and n != "close"]
    assert len(names) > 35
    assert all(callable(getattr(library, name)) for name in names)
    assert opened.listing() == library.listing(repository)
    assert opened.search("claims").hits == library.search(repository, "claims").hits
    assert opened.calendar() == library.calendar(repository)
    assert opened.matrix().as_json() == library.matrix(repository).as_json()
    assert opened.partner("DEU").as_json() == library.partner(repository, "DEU").as_json()


def test_methods_are_documented_as_the_verbs(opened: Desk) -> None:
    assert inspect.getdoc(opened.partner) == inspect.getdoc(library.partner)


def test_what_was_worked_out_is_not_worked_out_again(opened: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    first = opened.listing()
    opened.search("claims")
    monkeypatch.setattr("agreements.repository.store.scan", lambda *_: pytest.fail("read again"))
    monkeypatch.setattr("agreements.search.index.Index.open", lambda *_: pytest.fail("opened again"))
    assert opened.listing() == first
    assert opened.search("uniforms").hits


def test_what_another_process_wrote_is_seen_at_once(repository: Path, opened: Desk) -> None:
    before = len(opened.listing())
    opened.search("claims")
    gone = opened.listing()[0].id
    Repository(repository).purge(gone, "asked for by the partner", spill="S-1")
    assert len(opened.listing()) == before - 1
    assert gone not in {hit.agreement for hit in opened.search("claims").hits}
    with pytest.raises(NotFoundError):
        opened.get(gone)


def test_what_a_person_edited_is_seen_when_the_files_are_looked_at_again(
    repository: Path, opened: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("agreements.repository.store._LOOKED_AT_AGAIN", -1.0)
    monkeypatch.setattr("agreements.repository.store._LOOKING", 0)
    held_text = next(facts for facts in opened.listing() if facts.text_held)
    main = repository / "agreements" / held_text.id / "agreement.md"
    text = main.read_text(encoding="utf-8")
    main.write_text(text.replace("family: ", "short_title: Edited by hand\nfamily: ", 1), encoding="utf-8")
    assert "Edited by hand" in {facts.short_title for facts in opened.listing()}


def test_several_threads_may_ask(opened: Desk) -> None:
    found: list[object] = []
    threads = [threading.Thread(target=lambda: found.append(opened.search("claims").total)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(found)) == 1


def test_a_desk_that_was_closed_answers_again(opened: Desk) -> None:
    total = opened.search("claims").total
    opened.close()
    assert opened.search("claims").total == total


def test_the_repository_of_a_desk_is_for_its_folder_alone(tmp_path: Path, opened: Desk) -> None:
    other = tmp_path / "other"
    Repository(other).add(library.open_repository(opened.repository.root).get(opened.listing()[0].id))
    with held(opened.repository):
        assert library.open_repository(other) is not opened.repository
        assert library.open_repository(os.fspath(opened.repository.root)) is opened.repository


def test_there_is_no_desk_without_a_repository(tmp_path: Path) -> None:
    with pytest.raises(RepositoryError, match="no repository"):
        Desk(tmp_path / "nothing")


def test_what_is_done_at_a_desk_is_done_by_whoever_sits_there_and_is_undone_there(repository: Path) -> None:
    with Desk(repository, by="Mara  Quill") as desk:
        gone = desk.listing()[0].id
        desk.hold(gone, "an inquiry", by="L")
        other = desk.listing()[1].id
        text = repository / "other.md"
        main = desk.repository.folder(other) / "agreement.md"
        before = main.read_text("utf-8")
        text.write_text(before.replace("\ntitle: ", "\ntitle: Amberfold ", 1), "utf-8")
        desk.edit_from(other, text)
        assert "Amberfold" in desk.get(other).agreement.title
        assert [(act.by, act.what, act.id) for act in desk.acts(last=2)] == [
            ("Mara Quill", "hold", gone),
            ("Mara Quill", "edit", other),
        ]
        assert desk.undo(desk.acts()[-1].number).by == "Mara Quill"
        assert main.read_text("utf-8") == before
        assert "Amberfold" not in desk.get(other).agreement.title
        assert [act.what for act in desk.acts(other, last=2)] == ["edit", "undo"]
