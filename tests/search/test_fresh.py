"""Many agreements are prepared by several processes, and come out as one process makes them."""

import multiprocessing
import os
from pathlib import Path

import pytest

from agreements.library import import_files, refresh_index
from agreements.processes import spread
from agreements.repository import Repository
from agreements.search import fresh
from agreements.search.fresh import rows_of_all


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    folder = tmp_path_factory.mktemp("preparing")
    for number in range(11):
        text = f"Agreement number {number} on Claims\n\nArticle I\n\nThe Parties waive all claims of kind {number}.\n"
        (folder / f"text-{number:02}.txt").write_text(text, encoding="utf-8")
    import_files(folder / "r", [folder], jobs=1)
    return Repository(folder / "r")


def test_several_processes_make_the_same_rows_in_the_same_order(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = list(repository.ids())
    alone = list(rows_of_all(repository, ids))
    monkeypatch.setattr(fresh, "_MANY", 2)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    assert list(rows_of_all(repository, ids)) == alone
    assert [name for name, _ in alone] == ids and len(ids) == 11
    assert refresh_index(repository.root, rebuild=True).provisions >= len(ids)


def test_what_a_dead_process_had_to_do_is_done_here() -> None:
    here = os.getpid()
    assert list(spread(_Lethal(here), [1, 2, 3], 1)) == [1, 2, 3]


class _Lethal:
    """Ends every process but that with the id `survivor`; gives back its task there."""

    def __init__(self, survivor: int) -> None:
        self.survivor = survivor

    def __reduce__(self) -> tuple[object, ...]:
        return os._exit, (9,)  # what a process that unpacks this does: this module is none that it can import

    def __call__(self, task: int) -> int:
        assert os.getpid() == self.survivor
        return task


def test_processes_start_where_the_folder_for_temporary_files_has_a_long_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / ("long" * 20)
    folder.mkdir()
    for variable in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(variable, str(folder))
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.delitem(multiprocessing.current_process()._config, "tempdir", raising=False)
    assert list(spread(abs, [-1, -2, -3], 2)) == [1, 2, 3]
