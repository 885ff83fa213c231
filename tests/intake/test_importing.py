"""Bulk import: goes on after a kill without reading again, survives a dead worker, keeps the index in step."""

import csv
import errno
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from agreements.intake import importing
from agreements.intake import jobs as workers
from agreements.intake.jobs import Job, JobResult, jobs_for
from agreements.library import hold, import_files, refresh_index, search
from agreements.repository import Repository, publishing
from agreements.search import fresh

ROOT = Path(__file__).resolve().parents[2]
TREATY = """\
# Agreement between Arland and Borduria on Visits number {number}

## Article I

### Claims

1. Each Party waives claims for damage number{number} to its property.

2. A dispute is put to an arbitrator.

## Article II

This Agreement shall enter into force on the date of signature.

DONE at Kestrel City, this {day}th day of March, 1999.
"""


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """A folder of six small treaties."""
    folder = tmp_path / "texts"
    folder.mkdir()
    for number in range(6):
        (folder / f"visit-{number}.md").write_text(TREATY.format(number=number, day=number + 10), encoding="utf-8")
    return folder


def read_names(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note the name of each file that is given to a process to be read from here on."""
    names: list[str] = []
    real = workers.submit

    def noting(pool: Any, work: Any, job: Job) -> Any:
        names.append(Path(job.name).name)
        return real(pool, work, job)

    monkeypatch.setattr(workers, "submit", noting)
    return names


def in_step(folder: Path) -> bool:
    repository = Repository(folder)
    return not fresh.index_of(repository).is_stale(repository.fingerprint())


def test_a_stopped_import_goes_on_where_it_was(tmp_path: Path, texts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Stop(BaseException):
        pass

    def stopping(done: int, total: int, name: str, share: float) -> None:
        if done == 4:
            raise Stop

    with pytest.raises(Stop):
        import_files(tmp_path / "r", [texts], jobs=1, progress=stopping)
    assert len(Repository(tmp_path / "r").ids()) == 4
    read = read_names(monkeypatch)
    report = import_files(tmp_path / "r", [texts], jobs=1)
    assert read == ["visit-4.md", "visit-5.md"]
    assert report.summary() == "6 read: 2 new, 4 unchanged."
    assert in_step(tmp_path / "r")
    assert search(tmp_path / "r", "arbitrator").total == 6


def test_a_killed_import_goes_on_where_it_was(tmp_path: Path) -> None:
    """Killed for good, with its helpers: what was written is whole, is not read again, and nobody stays behind."""
    collection = tmp_path / "many.jsonl"
    rows = [{"id": f"t-{n}", "title": "x", "text": TREATY.format(number=n, day=10)} for n in range(130)]
    collection.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    command = [sys.executable, "-m", "agreements", "--repo", str(tmp_path / "r"), "import", str(collection)]
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    agreements = tmp_path / "r" / "agreements"
    deadline = time.monotonic() + 200
    while time.monotonic() < deadline and process.poll() is None:
        if agreements.is_dir() and sum(1 for p in agreements.iterdir() if not p.name.startswith(".")) >= 64:
            break
        time.sleep(0.01)
    process.kill()
    process.wait()
    assert _all_end(process.pid)
    before = len(Repository(tmp_path / "r").list())
    assert 64 <= before <= 130
    report = import_files(tmp_path / "r", [collection], jobs=1)
    assert [r.status for r in report.imported].count("unchanged") == before
    assert not report.failed
    assert len(Repository(tmp_path / "r").ids()) == 130
    assert in_step(tmp_path / "r")
    assert search(tmp_path / "r", "number129").total == 1


NOTES = """### MINISTRY OF FERRIES

Sellin, 4 May 1998. The Ministry of Ferries presents its compliments to the Embassy of the Republic of Varenna and has
the honour to propose the following, which shall with the reply constitute an agreement between the two Governments.

### 1 Definitions

In this arrangement "ferry" means any vessel that carries passengers.
"""
GIVEN = [
    ("Definitions", "", "title-not-taken", "the heading of a paragraph"),
    ("MINISTRY OF FERRIES.", "", "title-not-taken", "a letterhead"),
    (
        "Ferries between Varenna and Tolland",
        "Ferries between Varenna and Tolland",
        "title-from-record",
        "not in the text",
    ),
    ("Notes on ferries", "Notes on ferries", "title-from-record", "it names what it is"),
]


@pytest.mark.parametrize(("given", "title", "code", "why"), GIVEN, ids=[row[3] for row in GIVEN])
def test_a_line_of_the_text_that_names_no_instrument_is_no_title(
    tmp_path: Path, given: str, title: str, code: str, why: str
) -> None:
    collection = tmp_path / "notes.jsonl"
    text = NOTES + ("\n### Notes on ferries\n\nNothing more." if given.startswith("Notes") else "")
    collection.write_text(json.dumps({"id": "ferries", "title": given, "text": text}), encoding="utf-8")
    report = import_files(tmp_path / "r", [collection])
    assert Repository(tmp_path / "r").get("ferries").title == title, why
    assert code in {finding.code for finding in report.imported[0].findings}, why


def _all_end(group: int) -> bool:
    """Whether every process of the group ends within a few seconds (always so where there are no groups)."""
    for _ in range(300 if hasattr(os, "killpg") else 0):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return not hasattr(os, "killpg")


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="processes are ended otherwise here")
def test_a_worker_that_is_killed_costs_only_its_file(tmp_path: Path, texts: Path) -> None:
    deadly = [
        j if "visit-2" not in j.name else _Deadly(j.name) for j in jobs_for([texts], agreement_id=None, family="")
    ]
    found = list(workers.read_all(deadly, processes=2))
    assert [Path(r.name).stem for r in found] == [f"visit-{n}" for n in range(6)]
    assert [r.code for r in found] == ["", "", "killed", "", "", ""]
    assert "ended by the system" in found[2].failure


def test_a_file_that_is_never_read_to_its_end_costs_only_itself(
    tmp_path: Path, texts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "_PATIENCE", 15.0)
    jobs = list(jobs_for([texts], agreement_id=None, family=""))
    jobs.insert(2, _Endless("endless.txt"))
    found = list(workers.read_all(jobs, processes=2))
    assert [r.code for r in found] == ["", "", "too-slow", "", "", "", ""]
    assert [Path(r.name).stem for r in found] == [Path(j.name).stem for j in jobs]
    assert "endless.txt" in found[2].failure
    assert "was stopped" in found[2].failure


def test_larger_files_may_take_longer(tmp_path: Path) -> None:
    large = tmp_path / "large.txt"
    with large.open("wb") as file:
        file.truncate(20_000_000)
    small = workers.patience(Job("a", text="Article 1"))
    assert small >= 60
    assert workers.patience(Job("b", path=large)) > 2 * small
    assert workers.patience(Job("c", path=tmp_path / "missing.txt")) <= small


def test_progress_is_told_by_the_bytes(tmp_path: Path, texts: Path) -> None:
    (texts / "visit-0.md").write_text("Article 1\n" + "The Parties consult each other. " * 2000, encoding="utf-8")
    told: list[tuple[int, int, float]] = []
    import_files(
        tmp_path / "r", [texts], jobs=1, progress=lambda done, total, _, share: told.append((done, total, share))
    )
    assert [(done, total) for done, total, _ in told] == [(n, 6) for n in range(1, 7)]
    assert told[0][2] > 0.9
    assert told[-1][2] == 1.0
    assert [share for *_, share in told] == sorted(share for *_, share in told)


def test_a_script_without_a_guard_runs_once(tmp_path: Path, texts: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "import sys\nfrom pathlib import Path\nfrom agreements.library import import_files\n"
        "print(import_files(Path(sys.argv[1]), [sys.argv[2]], jobs=2).summary())\n",
        encoding="utf-8",
    )
    command = [sys.executable, str(script), str(tmp_path / "r"), str(texts)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    assert done.stdout.split("\n") == ["6 read: 6 new.", ""]


class _Endless(Job):
    """Looks like a job, and keeps the process that it is sent to for ever."""

    def __init__(self, name: str) -> None:
        super().__init__(name)

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return _stay, (os.getpid(), self.name)


def _stay(home: int, name: str) -> Job:
    while os.getpid() != home:
        time.sleep(1)
    return Job(name)


class _Deadly(Job):
    """Looks like a job, and kills the process that it is sent to."""

    def __init__(self, name: str) -> None:
        super().__init__(name)

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return _arrive, (os.getpid(), self.name)


def _arrive(home: int, name: str) -> Job:
    if os.getpid() != home:
        os.kill(os.getpid(), signal.SIGKILL)
    return Job(name)


def test_a_text_that_fills_or_is_held_elsewhere_is_not_read_again(
    tmp_path: Path, texts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_files(tmp_path / "r", [texts / "visit-0.md"], agreement_id="another-name")
    read = read_names(monkeypatch)
    report = import_files(tmp_path / "r", [texts / "visit-0.md"])
    assert read == []
    assert (report.imported[0].id, report.imported[0].status) == ("another-name", "unchanged")
    assert report.imported[0].findings[0].code == "held-as"


def test_a_hand_edit_is_seen_by_the_import_and_by_the_index(
    tmp_path: Path, texts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_files(tmp_path / "r", [texts], jobs=1)
    edited = tmp_path / "r" / "agreements" / "visit-3" / "agreement.md"
    edited.write_text(edited.read_text(encoding="utf-8").replace("arbitrator", "umpire"), encoding="utf-8")
    read = read_names(monkeypatch)
    report = import_files(tmp_path / "r", [texts], jobs=1)
    assert read == ["visit-3.md"]
    assert {f.code for r in report.imported for f in r.findings} == {"hand-edited"}
    assert search(tmp_path / "r", "umpire").total == 1


@pytest.mark.parametrize("engine", ["tantivy", "whoosh"])
def test_only_what_changed_is_indexed_again(tmp_path: Path, texts: Path, engine: str) -> None:
    folder = tmp_path / "r"
    import_files(folder, [texts], jobs=1)
    refresh_index(folder, engine=engine)
    edited = folder / "agreements" / "visit-1" / "agreement.md"
    edited.write_text(edited.read_text(encoding="utf-8").replace("arbitrator", "umpire"), encoding="utf-8")
    report = refresh_index(folder, engine=engine)
    whole = refresh_index(folder, engine=engine, rebuild=True).provisions
    assert not report.rebuilt
    assert 0 < report.provisions < whole / 4
    assert search(folder, "umpire", engine=engine).total == 1
    assert search(folder, "arbitrator", engine=engine).total == 5


def test_what_the_disk_refuses_after_it_was_taken_is_told_as_failed_and_found_nowhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second text asks what the first says, which is put on the disk then: the disk refuses it, once."""
    twins = [tmp_path / f"twin-{number}.md" for number in range(3)]
    for number, twin in enumerate(twins):
        twin.write_text(TREATY.format(number=1, day=11).replace("an arbitrator", "a court " * (number + 1)), "utf-8")
    force, refusals = publishing._force_all, iter([OSError(errno.ENOSPC, "No space left on device")])

    def refuse(folders: Sequence[Path]) -> None:
        if folders and (problem := next(refusals, None)):
            raise problem
        force(folders)

    monkeypatch.setattr(publishing, "_force_all", refuse)
    report = import_files(tmp_path / "r", twins, jobs=1)
    assert [(Path(row.file).name, row.code) for row in report.failed] == [
        ("twin-1.md", "repository"), ("twin-0.md", "repository"),
    ]  # fmt: skip
    (stored,) = report.imported
    assert Repository(tmp_path / "r").ids() == (stored.id,)
    assert stored.status == "new" and "twin-2" in stored.file
    assert {hit.ref.split("#")[0] for hit in search(tmp_path / "r", "dispute").hits} == {stored.id}


def test_an_agreement_whose_folder_is_taken_away_leaves_the_index(tmp_path: Path, texts: Path) -> None:
    import_files(tmp_path / "r", [texts], jobs=1)
    (tmp_path / "r" / "agreements" / "visit-1").rename(tmp_path / "elsewhere")
    assert search(tmp_path / "r", "arbitrator").total == 5


def test_findings_become_a_table_that_runs_nothing(tmp_path: Path, texts: Path) -> None:
    (texts / "=cmd.txt").write_bytes(b"")
    report = import_files(tmp_path / "r", [texts / "=cmd.txt", texts / "visit-1.md"])
    report.failed[0] = importing.Failed("=cmd|' /C calc'!A0", "empty")
    report.write_findings(tmp_path / "findings.csv")
    rows = list(csv.DictReader((tmp_path / "findings.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert rows[0]["file"].startswith("'=")
    assert rows[0]["status"] == "not read"
    assert {r["code"] for r in rows[1:]} == {f.code for r in report.imported for f in r.findings}


def test_jobs_are_taken_as_they_are_needed() -> None:
    """So the memory does not grow with a collection."""
    taken = 0

    def endless() -> Iterator[Job]:
        nonlocal taken
        while True:
            taken += 1
            yield Job(f"n{taken}", failure="", id=f"n{taken}", text=TREATY.format(number=taken, day=10))

    results = workers.read_all(endless(), processes=2)
    found: Sequence[JobResult] = [next(results) for _ in range(5)]
    assert [r.name for r in found] == ["n1", "n2", "n3", "n4", "n5"]
    assert taken < 50


def test_others_write_while_a_file_is_read(tmp_path: Path, texts: Path) -> None:
    """The lock is held to publish only: a legal hold is put while a file is still being read."""
    import_files(tmp_path / "r", [texts / "visit-0.md"])
    begun = []

    def told(done: int, total: int, name: str, share: float) -> None:
        if not begun:
            begun.append(hold(tmp_path / "r", "visit-0", "litigation"))

    report = import_files(tmp_path / "r", [texts], progress=told)
    assert len(begun) == 1
    assert not report.failed
    assert in_step(tmp_path / "r")


LIMITED = """\
from pathlib import Path
from agreements.intake import jobs
small = jobs.Job("small", "small", path=Path({small!r}))
jobs.read_one(small)  # loads what reading needs
jobs.MEMORY_LIMIT = 1_000_000
text = "Article 1\\n\\nWords of it.\\n\\n" * 40_000
large = jobs.read_one(jobs.Job("large.md", "large", text=text, called="large.md"))
print(large.code, "the limit" in large.failure, jobs.read_one(small).code in ("", "too-large"))
"""


def test_a_file_that_takes_too_much_memory_costs_only_itself(texts: Path) -> None:
    """In a process of its own: one that has read much holds free memory that it may use without asking for more."""
    script = LIMITED.format(small=str(texts / "visit-1.md"))
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    assert ran.stdout.split() == ["too-large", "True", "True"]


def test_a_million_articles_are_refused_by_a_named_limit(tmp_path: Path) -> None:
    file = tmp_path / "huge.txt"
    file.write_text("".join(f"Article {n}\nWords.\n\n" for n in range(1_000_000)), encoding="utf-8")
    report = import_files(tmp_path / "r", [file])
    assert "the limit is 400,000" in report.failed[0].error
