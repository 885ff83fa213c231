"""A legal hold keeps an agreement from being purged, whoever asks, until it is released."""

import shutil
from pathlib import Path

import pytest

from agreements.errors import NotFoundError, RepositoryError
from agreements.model import Agreement, Document, Provision
from agreements.repository import Repository
from agreements.repository.fsck import file_damages
from agreements.repository.layout import Layout

HELD = Agreement(id="held", documents=(Document(provisions=(Provision(kind="article", number="I", text="Words."),)),))


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = Repository(tmp_path / "r")
    made.add(HELD)
    return made


def test_what_is_held_is_not_purged_before_it_is_released(repository: Repository) -> None:
    repository.hold("held", "Litigation", "L")
    repository.hold("held", "Another suit")
    with pytest.raises(RepositoryError, match=r"legal hold since \d{4}-\d\d-\d\d by L \(Litigation\)"):
        repository.purge("held", "spill", spill="S-1")
    assert repository.get("held", places=False).documents == HELD.documents
    assert [h.is_in_force for h in repository.release("held")] == [False, False]
    assert repository.purge("held", "spill", spill="S-1").id == "held"
    assert [h.reason for h in repository.legal_holds()] == ["Litigation", "Another suit"]


def test_what_is_not_there_or_not_held_is_told(repository: Repository) -> None:
    with pytest.raises(NotFoundError):
        repository.hold("nowhere", "Litigation")
    with pytest.raises(RepositoryError, match="no legal hold"):
        repository.release("held")
    with pytest.raises(RepositoryError, match="needs a reason"):
        repository.hold("held", " ")


def test_a_damaged_hold_stops_the_purge(repository: Repository) -> None:
    repository.hold("held", "Litigation")
    next((repository.root / "holds").iterdir()).write_text("[{", encoding="utf-8")
    with pytest.raises(RepositoryError, match="damaged"):
        repository.purge("held", "spill", spill="S-1")
    assert repository.ids() == ("held",)


def test_a_repository_that_lost_its_marker_is_known_by_its_folders(repository: Repository) -> None:
    repository.hold("held", "Litigation")
    (repository.root / "repository.json").unlink()
    assert Repository(repository.root).ids() == ("held",)


def test_a_hold_that_was_released_before_the_purge_is_no_damage(repository: Repository) -> None:
    repository.hold("held", "Litigation")
    repository.release("held")
    repository.purge("held", "spill", spill="S-1")
    assert [d.finding for d in file_damages(Layout(repository.root), {}) if d.finding.code == "orphan"] == []


def test_an_agreement_that_is_gone_under_a_hold_is(repository: Repository) -> None:
    repository.hold("held", "Litigation")
    shutil.rmtree(Layout(repository.root).folder("held"))
    (found,) = [d.finding for d in file_damages(Layout(repository.root), {}) if d.finding.code == "orphan"]
    assert "is under a legal hold, and is not held any more" in found.message
