"""An import: read files on all cores, store them one after the other, index what changed."""

import os
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agreements.display import shown_short
from agreements.errors import AgreementsError, ClassifiedError, IndexWriteError
from agreements.export import tables
from agreements.families import family as known_family
from agreements.findings import Finding, info, warning
from agreements.garbage import collecting_rarely
from agreements.intake.jobs import Job, JobResult, jobs_for, read_all
from agreements.marking import refuse_name
from agreements.repository import Repository
from agreements.repository.record import digest, file_digest
from agreements.search.fresh import Updates, rows_for

if TYPE_CHECKING:
    from agreements.repository import RepositoryWriter

Progress = Callable[[int, int, str, float], None]
"""What is told of an import: texts done, texts in all, the name of the last one, the share (0 to 1) of the bytes."""
_GROUP = 128  # agreements published together: bounds the memory that waits
_SOON = 5.0  # seconds after which what was read is published, however little it is
_LOCKED = 60.0  # seconds to wait for another writer when what was read is to be published
_HEAD = ("file", "id", "status", "severity", "code", "where", "message", "fix")


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of one file (or record of a collection)."""

    file: str
    id: str
    status: str
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Failed:
    """A file that could not be read, and why."""

    file: str
    error: str
    code: str = "unreadable"


@shown_short
@dataclass(slots=True)
class ImportReport:
    """All that an import did; the `import` shape of the JSON contract by `as_json`."""

    imported: list[Imported] = field(default_factory=list)
    failed: list[Failed] = field(default_factory=list)

    @property
    def is_settled(self) -> bool:
        """Whether everything was taken in and nothing waits for a person to say whether two texts are one."""
        return not self.failed and not any(
            row.status in ("conflict", "refused") or any(f.code == "may-be-same" for f in row.findings)
            for row in self.imported
        )

    def as_json(self) -> dict[str, Any]:
        """Return `{imported: [{file, id, status, findings}], failed: [{file, error}]}`."""
        return {
            "imported": [
                {"file": r.file, "id": r.id, "status": r.status, "findings": [f.as_json() for f in r.findings]}
                for r in self.imported
            ],
            "failed": [{"file": r.file, "error": r.error, "code": r.code} for r in self.failed],
        }

    def write_findings(self, target: Path) -> None:
        """Write every finding, and every file that was not read, as a row of the CSV file `target`.

        Raises `AgreementsError` when it cannot be written.
        """
        found = [
            (r.file, r.id, r.status, f.severity, f.code, f.where, f.message, f.fix)
            for r in self.imported
            for f in r.findings
        ]
        not_read = [(_named(f.file), "", "not read", "error", f.code, "", f.error, "") for f in self.failed]
        tables.write_csv(target, _HEAD, [*not_read, *found])

    def summary(self) -> str:
        """Return one line that counts the outcomes: `27 imported: 25 new, 2 filled; 1 not read`."""
        counts: dict[str, int] = {}
        for row in self.imported:
            counts[row.status] = counts.get(row.status, 0) + 1
        parts = ", ".join(f"{count} {status}" for status, count in sorted(counts.items()))
        read = f"{len(self.imported)} read: {parts}" if parts else "nothing read"
        return read + (f"; {len(self.failed)} not read" if self.failed else "") + "."


def _named(file: str) -> str:
    """Return the name of a file that was not read, or what stands for it where the name itself is marked."""
    try:
        refuse_name(file)
    except ClassifiedError:
        return "a file whose name bears a marking"
    return file


def import_files(
    repository: Repository,
    files: Sequence[str | Path],
    *,
    agreement_id: str | None = None,
    family: str | None = None,
    replace: bool = False,
    restore: bool = False,
    jobs: int | None = None,
    progress: Progress | None = None,
    tell: Callable[[str], None] | None = None,
    password: str = "",
) -> ImportReport:
    """Read `files` (files, folders, globs) into `repository`, and index what changed.

    `agreement_id` names the agreement when there is one file only. `family` is used for all. `replace` lets a
    different text take the place of the one held under the same id, `restore` lets a purged text come back.
    `jobs` is the number of processes (default: one a core). `password` opens protected PDF files and is kept nowhere.
    One bad file stops nothing: see the report. Raises `NotFoundError` for an unknown family, `RepositoryError` when
    another process is writing or the disk refuses.
    """
    known = known_family(family).id if family else ""
    report = ImportReport()
    with repository.writing():  # says at once who else is writing, and tidies
        survey = _Survey(repository, report, again=replace)
    sizes = [size for size in survey.take(jobs_for(files, agreement_id=agreement_id, family=known)) if size]
    all_bytes = sum(sizes)
    shares = (so_far / all_bytes for so_far in accumulate(sizes))
    work = survey.left(jobs_for(files, agreement_id=agreement_id, family=known, password=password))
    processes = min(jobs or os.cpu_count() or 1, max(1, len(sizes)))
    with collecting_rarely(), _Publication(repository, report, overwrite=replace, restore=restore, tell=tell) as put:
        for done, read in enumerate(read_all(work, processes=processes, tell=tell), 1):
            put.take(read)
            if progress:
                progress(done, len(sizes), read.name, next(shares, 1.0))
    return report


class _Publication:
    """What was read goes into the repository and its index in groups: only then is the repository locked.

    Reading is done outside the lock, so others go on with their work while a scan is recognised for an hour. What was
    read is published when the block ends, also where it ends by an error.
    """

    def __init__(
        self,
        repository: Repository,
        report: ImportReport,
        *,
        overwrite: bool,
        restore: bool,
        tell: Callable[[str], None] | None,
    ) -> None:
        self._repository = repository
        self._report = report
        self._how = {"overwrite": overwrite, "restore": restore}
        self._tell = tell
        self._waiting: list[JobResult] = []
        self._since = 0.0

    def __enter__(self) -> "_Publication":
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None or not issubclass(kind, AgreementsError):
            self.publish()

    def take(self, read: JobResult) -> None:
        """Take what a job gave; what waits is published when it is much, or has waited for some seconds."""
        for part in read.parts or (read,):
            if part.failure:
                self._report.failed.append(Failed(part.name, part.failure, part.code))
            else:
                self._since = self._since if self._waiting else time.monotonic()
                self._waiting.append(part)
        if len(self._waiting) >= _GROUP or (self._waiting and time.monotonic() - self._since > _SOON):
            self.publish()

    def publish(self) -> None:
        """Put what waits into the repository and the index, under the lock; raises `RepositoryError`."""
        waiting, self._waiting = self._waiting, []
        if not waiting:
            return
        before = len(self._report.imported)
        with (
            self._repository.writing(wait=_LOCKED) as writer,
            Updates(self._repository, tell=self._tell) as updates,
        ):
            for part in waiting:
                _store(part, writer, updates, self._report, **self._how)
                if lost := writer.take_lost():
                    self._take_back(lost, before, updates)
            writer.flush()
        if updates.problem:
            self._report.imported[before:] = [
                _not_indexed(row, updates.problem) for row in self._report.imported[before:]
            ]
            if self._tell:
                self._tell(f"Stored, not indexed: {updates.problem.why}. {updates.problem.hint}")

    def _take_back(self, lost: Collection[str], since: int, updates: Updates) -> None:
        """Tell as failed what the rows from `since` on call stored and was not, for the reason of the last file."""
        why, rows = self._report.failed[-1], self._report.imported[since:]
        self._report.imported[since:] = [row for row in rows if row.id not in lost]
        self._report.failed += [Failed(row.file, why.error, why.code) for row in rows if row.id in lost]
        updates.give_up(IndexWriteError("not all could be stored"))


def _not_indexed(row: Imported, problem: IndexWriteError) -> Imported:
    kept = any(f.code == "may-be-same" for f in row.findings)
    if row.status in ("refused", "unchanged") or (row.status == "conflict" and not kept):
        return row
    said = warning("not-indexed", row.file, f"Stored as {row.id}, not indexed: {problem.why}.", problem.hint)
    return Imported(row.file, row.id, row.status, (*row.findings, said))


def _store(
    read: JobResult,
    writer: "RepositoryWriter",
    updates: Updates,
    report: ImportReport,
    *,
    overwrite: bool,
    restore: bool,
) -> None:
    try:
        outcome = writer.add(
            read.ready(),
            source=read.source,
            name=read.file_name,
            evidence=read.evidence,
            findings=read.findings,
            overwrite=overwrite,
            restore=restore,
            spare=read.spare,
        )
    except AgreementsError as error:
        report.failed.append(Failed(read.name, f"{error} {error.hint}".strip(), error.code))
        return
    is_kept = outcome.status not in ("unchanged", "refused")  # of what is refused no word is shown
    findings = (*read.findings, *outcome.findings) if is_kept else outcome.findings
    report.imported.append(Imported(read.name, outcome.id, outcome.status, findings))
    # Facts that were held before show in the rows; those of a new agreement are as read.
    if outcome.status == "new" and outcome.id == read.ready().facts.id:
        updates.put(outcome.id, read.rows)
    elif outcome.agreement is not None:
        updates.put(outcome.id, rows_for(outcome.agreement))


class _Survey:
    """What an import has to read: every job is looked at once to see whether it is held, and read in a second pass.

    So an import that was killed goes on where it stopped, and the texts of a large collection are never all in
    memory.
    """

    def __init__(self, repository: Repository, report: ImportReport, *, again: bool) -> None:
        self._repository = repository
        self._report = report
        rows = repository.list()
        self._holders = {} if again else {sha: facts.id for facts in rows for sha in facts.hashes}
        self._facts_only = {facts.id for facts in rows if not facts.text_held}
        self._done: set[tuple[int, str]] = set()

    def take(self, work: Iterable[Job]) -> Iterator[int]:
        """Yield the size of each job that is to be read (bytes, at least 1), 0 for the others, which are reported."""
        for place, job in enumerate(work):
            known = self._report_known(job)
            if known:
                self._done.add((place, job.name))
            yield 0 if known else max(1, job.size())

    def left(self, work: Iterable[Job]) -> Iterator[Job]:
        """Yield the jobs of the same `work` that are to be read."""
        return (job for place, job in enumerate(work) if (place, job.name) not in self._done)

    def _report_known(self, job: Job) -> bool:
        if job.failure:
            self._report.failed.append(Failed(job.name, job.failure, job.code))
            return True
        holder = self._holders.get(_content_hash(job)) if self._holders else None
        # Facts that are held under the id now given: a person says that the text belongs to them.
        if holder is None or (job.id != holder and job.id in self._facts_only) or self._repository.edited(holder):
            return False
        said = (info("held-as", job.name, f"This file is already held as {holder}."),) if holder != job.id else ()
        self._report.imported.append(Imported(job.name, holder, "unchanged", said))
        return True


def _content_hash(job: Job) -> str:
    try:
        return file_digest(job.path) if job.path else digest(job.text)
    except OSError:
        return ""  # reading it will say why
