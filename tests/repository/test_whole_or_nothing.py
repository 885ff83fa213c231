"""Killed at any point, disk full, two writers: the repository is as before or as after, never between."""

import json
import os
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, tzinfo
from pathlib import Path

import pytest

from agreements import platform
from agreements.errors import RepositoryError
from agreements.model import Agreement
from agreements.repository import Repository

Make = Callable[..., Agreement]
ROOT = Path(__file__).resolve().parents[2]


class Killed(BaseException):
    """Stands for a process that ends between two steps."""


def steps(monkeypatch: pytest.MonkeyPatch, fatal: int, error: BaseException) -> Iterator[int]:
    """Make the `fatal`-th step that touches the disk raise `error`, and all later ones, as in a dead process."""
    count = 0

    def breaking(real: Callable[..., None]) -> Callable[..., None]:
        def step(*args: object, **options: object) -> None:
            nonlocal count
            count += 1
            if count >= fatal:
                raise error
            real(*args, **options)

        return step

    for name in ("write_bytes", "append_bytes", "move", "remove_tree", "sync_folder"):
        monkeypatch.setattr(platform, name, breaking(getattr(platform, name)))
    yield count


def state(root: Path) -> dict[str, tuple[str, int]]:
    """What a reader sees: the words and the number of earlier texts of every agreement."""
    repository = Repository(root)
    return {
        a.id: (a.documents[0].provisions[0].children[0].text, len(repository.history(a.id)))
        for a in repository.each()
        if isinstance(a, Agreement)
    }


@pytest.mark.parametrize("error", [Killed(), OSError(28, "No space left on device")], ids=["killed", "disk full"])
@pytest.mark.parametrize("fatal", range(1, 14))
def test_a_replacement_broken_at_any_step(
    tmp_path: Path, make: Make, monkeypatch: pytest.MonkeyPatch, fatal: int, error: BaseException
) -> None:
    Repository(tmp_path).add(make(words="Before."), source=b"1")
    Repository(tmp_path).replace(make(words="Earlier."), source=b"2")
    with monkeypatch.context() as patch:
        list(steps(patch, fatal, error))
        with suppress(Killed, RepositoryError, OSError):
            Repository(tmp_path).replace(make(words="After."), source=b"3")
    assert {words for words, _ in state(tmp_path).values()} <= {"Earlier.", "After."}
    assert state(tmp_path).keys() == {"valdoria-2019"}
    Repository(tmp_path).add(make("next", words="Next.", signed=""), source=b"4")  # tidies up
    after = state(tmp_path)
    assert after["valdoria-2019"] in {("Earlier.", 1), ("After.", 2)}
    assert after["next"] == ("Next.", 0)
    assert not [p.name for p in (tmp_path / "agreements").iterdir() if p.name.startswith(".")]


@pytest.mark.parametrize("fatal", range(1, 8))
def test_a_purge_broken_at_any_step_is_finished_or_never_began(
    tmp_path: Path, make: Make, monkeypatch: pytest.MonkeyPatch, fatal: int
) -> None:
    Repository(tmp_path).add(make(words="Spilled words."), source=b"Spilled source")
    with monkeypatch.context() as patch:
        list(steps(patch, fatal, Killed()))
        with pytest.raises(Killed):
            Repository(tmp_path).purge("valdoria-2019", "spill", spill="S-1")
            raise Killed
    Repository(tmp_path).add(make("next", words="Next.", signed=""), source=b"4")
    texts = b"".join(p.read_bytes() for p in tmp_path.rglob("*") if p.is_file())
    if Repository(tmp_path).tombstones():
        assert b"Spilled" not in texts
        assert Repository(tmp_path).ids() == ("next",)
    else:
        assert state(tmp_path)["valdoria-2019"] == ("Spilled words.", 0)


def test_a_full_disk_is_said_and_leaves_nothing(tmp_path: Path, make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    repository = Repository(tmp_path / "r")
    repository.add(make("first", signed=""), source=b"1")

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(platform, "write_bytes", full)
        with pytest.raises(RepositoryError, match="No space left") as caught:
            repository.add(make("second", signed=""), source=b"2")
    assert "room" in caught.value.hint
    assert repository.ids() == ("first",)
    assert not [p for p in (tmp_path / "r" / "agreements").iterdir() if p.name.startswith(".")]


def script(body: str, *args: str) -> subprocess.Popen[str]:
    head = """
import sys, time
from pathlib import Path
from agreements.model import *
from agreements.repository import Repository
"""
    return subprocess.Popen(
        [sys.executable, "-c", head + body, *args],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


WRITE = """
with Repository(Path(sys.argv[1])).writing() as writer:
    for n in range(100000):
        text = Provision(kind="text", text=f"Words {n}.")
        writer.add(Agreement(id=f"a-{n}", documents=(Document(provisions=(text,)),)), source=b"%d" % n)
        print(n, flush=True)
"""


def test_a_process_killed_while_it_writes_leaves_whole_agreements(tmp_path: Path, make: Make) -> None:
    process = script(WRITE, str(tmp_path / "r"))
    assert process.stdout is not None
    for line in process.stdout:
        if int(line) >= 150:
            break
    process.kill()
    process.communicate()
    repository = Repository(tmp_path / "r")
    assert len(repository.ids()) >= 64
    for agreement in repository.each():
        assert isinstance(agreement, Agreement)
        assert agreement.documents[0].provisions[0].text == f"Words {agreement.id[2:]}."
    assert repository.add(make(), source=b"x").status == "new"  # the lock died with its owner
    assert not [p for p in (tmp_path / "r" / "agreements").iterdir() if p.name.startswith(".")]


HOLD = """
with Repository(Path(sys.argv[1])).lock():
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_second_writer_is_told_who_writes(tmp_path: Path) -> None:
    process = script(HOLD, str(tmp_path / "r"))
    assert process.stdout is not None
    try:
        assert process.stdout.readline() == "held\n"
        writing = Repository(tmp_path / "r").writing(wait=0.2)
        with pytest.raises(RepositoryError, match=f"written by process {process.pid} ") as caught, writing:
            pass
        assert "Wait" in caught.value.hint
        assert Repository(tmp_path / "r").ids() == ()  # readers need no lock
    finally:
        process.kill()
        process.communicate()


SEVERAL = """
repository = Repository(Path(sys.argv[1]))
for n in range(15):
    text = Provision(kind="text", text=f"Words {sys.argv[2]} {n}.")
    a = Agreement(id=f"{sys.argv[2]}-{n}", documents=(Document(provisions=(text,)),))
    assert repository.add(a, source=f"{sys.argv[2]}{n}".encode()).status == "new"
"""


def test_two_writers_at_once_take_turns(tmp_path: Path) -> None:
    processes = [script(SEVERAL, str(tmp_path / "r"), name) for name in ("a", "b")]
    for process in processes:
        _, errors = process.communicate(timeout=60)
        assert process.returncode == 0, errors
    assert len(Repository(tmp_path / "r").list()) == 30


def test_readers_see_no_gap_while_an_agreement_is_replaced(repository: Repository, make: Make) -> None:
    repository.add(make(), source=b"0")
    stop = threading.Event()

    def write() -> None:
        for n in range(60):
            Repository(repository.root).replace(make(words=f"Words {n}."), source=b"%d" % n)
        stop.set()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        while not stop.is_set():
            assert repository.ids() == ("valdoria-2019",)
            assert repository.problems() == ()
            assert repository.get("valdoria-2019").text_held
            time.sleep(0.001)
    finally:
        writer.join()


def test_the_note_of_who_writes_goes_with_the_lock(repository: Repository) -> None:
    with repository.lock():
        note = json.loads((repository.root / ".writer.json").read_text())
        assert note["process"] == os.getpid()
        with repository.lock():
            pass
        assert (repository.root / ".writer.json").exists()
    assert not (repository.root / ".writer.json").exists()


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_a_disk_that_does_not_take_what_was_written_is_said(
    repository: Repository, make: Make, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    real = os.fsync

    def failing(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode) == (kind == "folder"):
            raise OSError(5, "Input/output error")
        real(descriptor)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", failing)
        with pytest.raises(RepositoryError, match="Input/output error"):
            repository.add(make(), source=b"1")


def test_a_file_system_that_cannot_force_folders_is_no_failure(
    repository: Repository, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.fsync

    def failing(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(22, "Invalid argument")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", failing)
    assert repository.add(make(), source=b"1").status == "new"


def test_a_clock_that_stands_still_loses_no_earlier_text(
    repository: Repository, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Stopped(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "Stopped":
            return cls(2026, 1, 1, tzinfo=tz)

    monkeypatch.setattr("agreements.repository.journal.datetime", Stopped)
    for n in range(4):
        repository.replace(make(words=f"Words {n}."), source=b"%d" % n)
    earlier = [text.read() for text in repository.history("valdoria-2019")]
    words = [a.documents[0].provisions[0].children[0].text for a in earlier]
    assert words == ["Words 2.", "Words 1.", "Words 0."]
