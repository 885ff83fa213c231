"""The journal says what was done, and any act is undone as long as no later one rests on it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from agreements import platform
from agreements.errors import NotFoundError, RepositoryError
from agreements.model import Agreement
from agreements.repository import Repository, journal
from agreements.repository.journal import acting_as, moment_after
from tests.repository.test_whole_or_nothing import Killed, steps

Make = Callable[..., Agreement]
ROOT = Path(__file__).resolve().parents[2]
OWN = "valdoria-2019"


def edited(repository: Repository, before: str, after: str, document: str = "") -> None:
    edit = repository.edit(OWN, document)
    text = edit.copy.read_text("utf-8")
    assert before in text
    edit.copy.write_text(text.replace(before, after), "utf-8")
    repository.take_over(edit)


def words(repository: Repository) -> str:
    return repository.get(OWN).documents[0].provisions[0].children[0].text


def whats(repository: Repository) -> list[tuple[int, str, int, int]]:
    return [(a.number, a.what, a.undoes, a.reversed_by) for a in repository.acts()]


@pytest.fixture
def kept(repository: Repository, make: Make) -> Repository:
    """Act 1 imports, act 2 replaces, act 3 edits the annex."""
    with acting_as("Mara Quill"):
        repository.add(make(words="First."), source=b"1")
    repository.replace(make(words="Second."), source=b"2")
    edited(repository, "Camp Aster", "Camp Birch", "annex-a.en")
    return repository


def test_each_act_says_who_what_and_of_what(kept: Repository) -> None:
    first, second, third = kept.acts()
    assert (first.what, second.what, third.what) == ("import", "replace", "edit")
    assert first.by == "Mara Quill"
    assert second.by == platform.login_name() != ""
    assert {a.id for a in kept.acts()} == {OWN}
    assert set(third.files) == {"documents/annex-a.en.md"}
    assert first.when <= second.when <= third.when
    assert {was for was, _ in first.files.values()} == {""}


def test_nothing_of_a_text_stands_in_the_journal(kept: Repository) -> None:
    content = b"".join(p.read_bytes() for p in (kept.root / "journal").iterdir())
    assert b"Second" not in content
    assert b"Camp" not in content


def test_the_last_act_is_undone_and_done_again(kept: Repository) -> None:
    undone = kept.undo(3)
    assert (undone.number, undone.what, undone.undoes) == (4, "undo", 3)
    assert "Camp Aster" in kept.get(OWN).documents[1].provisions[0].text
    again = kept.undo(4)
    assert "Camp Birch" in kept.get(OWN).documents[1].provisions[0].text
    assert whats(kept) == [
        (1, "import", 0, 0),
        (2, "replace", 0, 0),
        (3, "edit", 0, 0),
        (4, "undo", 3, 5),
        (5, "undo", 4, 0),
    ]
    assert again.number == 5


def test_an_act_that_nothing_rests_on_is_undone_before_later_ones(kept: Repository) -> None:
    kept.undo(2)  # the annex was changed later, the main text was not
    assert words(kept) == "First."
    assert "Camp Birch" in kept.get(OWN).documents[1].provisions[0].text
    assert (kept.folder(OWN) / "source").is_dir()


def test_what_a_later_act_rests_on_is_refused_and_the_later_acts_are_named(kept: Repository) -> None:
    edited(kept, "Second.", "Third.")
    with pytest.raises(RepositoryError, match=r"built on by 4 \(edit\)") as refused:
        kept.undo(2)
    assert "Undo that one first" in refused.value.hint
    with pytest.raises(RepositoryError, match=r"2 \(replace\), 3 \(edit\), 4 \(edit\)"):
        kept.undo(1)
    kept.undo(4)
    kept.undo(2)
    assert words(kept) == "First."


def test_an_import_is_undone_and_comes_back_with_its_history(kept: Repository) -> None:
    for number in (3, 2, 1):
        kept.undo(number)
    assert kept.ids() == ()
    assert kept.list() == ()
    with pytest.raises(NotFoundError):
        kept.get(OWN)
    kept.undo(6)
    assert words(kept) == "First."
    assert len(kept.history(OWN)) == 4
    kept.undo(5)
    assert words(kept) == "Second."
    assert (kept.folder(OWN) / "source" / f"{OWN}.txt").read_bytes() == b"2"


def test_what_was_imported_again_stands_in_the_way_of_an_old_text(repository: Repository, make: Make) -> None:
    repository.add(make(words="First."), source=b"1")
    repository.undo(1)
    repository.add(make(words="Other."), source=b"2")
    with pytest.raises(RepositoryError, match=r"by 3 \(import\)"):
        repository.undo(2)
    repository.undo(3)
    repository.undo(2)
    assert words(repository) == "First."


def test_an_undone_act_is_not_undone_twice(kept: Repository) -> None:
    kept.undo(3)
    with pytest.raises(RepositoryError, match="was undone by act 4"):
        kept.undo(3)
    with pytest.raises(NotFoundError, match="no act 9"):
        kept.undo(9)


def test_what_a_person_changed_in_the_folder_is_never_overwritten(kept: Repository) -> None:
    main = kept.folder(OWN) / "agreement.md"
    main.write_text(main.read_text("utf-8").replace("Second.", "By hand."), "utf-8")
    with pytest.raises(RepositoryError, match=r"agreement\.md .* changed by hand"):
        kept.undo(2)
    assert words(kept) == "By hand."


def test_a_filled_text_goes_and_the_facts_stay(repository: Repository, make: Make) -> None:
    repository.add(make(text=False))
    repository.add(make(words="The text."), source=b"1")
    assert [a.what for a in repository.acts()] == ["import", "fill"]
    repository.undo(2)
    assert not repository.get(OWN).text_held
    repository.undo(3)
    assert words(repository) == "The text."


def test_a_text_that_was_moved_into_another_comes_back(repository: Repository, make: Make) -> None:
    facts = make("facts", text=False, title="Another matter", signed="1990-01-01", parties=("ORL", "TAM"))
    repository.add(facts)
    repository.add(make(words="The text."), source=b"1")
    repository.add(make("facts", words="The text."), source=b"1")
    assert [(a.what, a.id) for a in repository.acts()][2:] == [("fill", "facts"), ("move", OWN)]
    assert repository.ids() == ("facts",)
    repository.undo(4)
    assert words(repository) == "The text."


def test_under_a_legal_hold_an_import_stays_and_holds_are_released_not_undone(kept: Repository, make: Make) -> None:
    kept.add(make("next", signed=""), source=b"n")
    kept.hold("next", "litigation", "L")
    with pytest.raises(RepositoryError, match="released, not undone"):
        kept.undo(5)
    with pytest.raises(RepositoryError, match=r"by 5 \(hold\)"):
        kept.undo(4)
    kept.release("next")
    assert [a.what for a in kept.acts()][3:] == ["import", "hold", "release"]


def test_a_purge_takes_the_files_out_of_the_journal_and_is_final(kept: Repository, make: Make) -> None:
    kept.undo(3)
    kept.add(make("next", signed=""), source=b"n")
    kept.purge(OWN, "a spill", spill="S-1")
    for act in kept.acts():
        assert bool(act.files) == (act.id == "next")
    assert [a.what for a in kept.acts()] == ["import", "replace", "edit", "undo", "import", "purge"]
    with pytest.raises(RepositoryError, match="final"):
        kept.undo(6)
    with pytest.raises(RepositoryError, match="purged since"):
        kept.undo(2)


def test_a_purge_reaches_what_was_put_aside(repository: Repository, make: Make) -> None:
    repository.add(make(words="Spilled words."), source=b"Spilled source")
    repository.undo(1)
    assert any(b"Spilled" in p.read_bytes() for p in repository.root.rglob("*") if p.is_file())
    stone = repository.purge(OWN, "a spill", spill="S-1")
    assert not any(b"Spilled" in p.read_bytes() for p in repository.root.rglob("*") if p.is_file())
    assert len(stone.hashes) >= 2


def test_a_clock_that_stands_still_or_runs_back_breaks_no_order(
    kept: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Stopped(journal.datetime):  # type: ignore[misc, name-defined]
        at = journal.datetime(2001, 1, 1, tzinfo=journal.UTC)

        @classmethod
        def now(cls, tz: object = None) -> journal.datetime:  # type: ignore[name-defined]
            return cls.at

    monkeypatch.setattr(journal, "datetime", Stopped)
    edited(kept, "Second.", "Later.")
    edited(kept, "Later.", "Latest.")
    assert [a.number for a in kept.acts()] == [1, 2, 3, 4, 5]
    assert [e.read().documents[0].provisions[0].children[0].text for e in kept.history(OWN)] == [
        "Later.", "Second.", "Second.", "First.",
    ]  # fmt: skip
    assert moment_after(["20010101T000000.000000Z"]) == "20010101T000000.000001Z"


def test_a_source_that_did_not_change_is_kept_once(kept: Repository) -> None:
    edited(kept, "Second.", "Third.")
    sources = [p for p in kept.folder(OWN).rglob("source/*") if p.read_bytes() == b"2"]
    assert len(sources) == 1


# ------------------------------------------------------------------ killed between steps


def agrees(repository: Repository) -> None:
    """Every file is as the last act that touched it says, and every agreement was imported by an act."""
    now: dict[tuple[str, str], str] = {}
    for act in repository.acts():
        for name, (was, after) in act.files.items():
            assert now.get((act.id, name), "") == was, f"act {act.number} does not follow on what was before"
            now[act.id, name] = after
    from agreements.repository.publishing import hashes_of

    held = {(i, n): sha for i in repository.ids() for n, sha in hashes_of(repository.folder(i)).items()}
    assert held == {place: sha for place, sha in now.items() if sha}


@pytest.mark.parametrize("error", [Killed(), OSError(28, "No space left on device")], ids=["killed", "disk full"])
@pytest.mark.parametrize("what", ["replace", "undo", "withdraw"])
@pytest.mark.parametrize("fatal", range(1, 18))
def test_the_journal_agrees_with_the_files_after_any_step(  # noqa: PLR0917
    tmp_path: Path, make: Make, monkeypatch: pytest.MonkeyPatch, fatal: int, what: str, error: BaseException
) -> None:
    repository = Repository(tmp_path)
    repository.add(make(words="First."), source=b"1")
    if what == "undo":
        repository.replace(make(words="Second."), source=b"2")
    with monkeypatch.context() as patch:
        list(steps(patch, fatal, error))
        with suppress(Killed, RepositoryError, OSError):
            if what == "replace":
                repository.replace(make(words="After."), source=b"3")
            else:
                repository.undo(2 if what == "undo" else 1)
    Repository(tmp_path).add(make("next", signed=""), source=b"n")
    agrees(Repository(tmp_path))


def test_a_line_that_was_not_finished_is_cut_off_and_a_damaged_one_is_named(kept: Repository, make: Make) -> None:
    path = kept.root / "journal" / "acts.jsonl"
    with path.open("ab") as file:
        file.write(b'{"number":4,"wh')
    assert len(kept.acts()) == 3
    kept.add(make("next", signed=""), source=b"n")
    assert [a.number for a in kept.acts()] == [1, 2, 3, 4]
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([lines[0], b"junk\n", *lines[2:]]))
    with pytest.raises(RepositoryError, match="Line 2 of the journal"):
        kept.acts()
    assert kept.add(make("third", words="Third.", signed=""), source=b"t").status == "conflict"  # writing goes on


WRITE = """
import sys
from pathlib import Path
from agreements.model import *
from agreements.repository import Repository
repository = Repository(Path(sys.argv[1]))
for n in range(100000):
    text = Provision(kind="text", text=f"Words {n}.")
    repository.replace(Agreement(id=f"a-{n % 7}", documents=(Document(provisions=(text,)),)), source=b"%d" % n)
    if n % 3 == 0:
        repository.undo(repository.acts()[-1].number)
    print(n, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_a_process_killed_at_any_moment_leaves_a_journal_that_the_next_writer_mends(tmp_path: Path, make: Make) -> None:
    for kill in range(6):
        process = subprocess.Popen(
            [sys.executable, "-c", WRITE, str(tmp_path)],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
        )
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(0.02 + 0.037 * kill)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        Repository(tmp_path).add(make(f"next-{kill}", words=f"Next {kill}.", signed=""), source=b"n%d" % kill)
        agrees(Repository(tmp_path))
    numbers = [act.number for act in Repository(tmp_path).acts()]
    assert numbers == sorted(set(numbers))
