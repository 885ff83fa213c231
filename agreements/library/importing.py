"""The verb `import`: read files on all cores, store them one after the other, index what changed."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agreements.errors import AgreementsError
from agreements.families import family as known_family
from agreements.findings import Finding
from agreements.library import indexing
from agreements.library.jobs import Job, Read, jobs_for, read_all
from agreements.repository import Repository
from agreements.repository.record import digest

if TYPE_CHECKING:
    from agreements.repository import Writer

Progress = Callable[[int, int, str], None]
_GROUP = 64  # agreements written to the disk together: bounds the memory that waits


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


@dataclass(slots=True)
class ImportReport:
    """All that an import did; the `import` shape of the JSON contract by `as_json`."""

    imported: list[Imported] = field(default_factory=list)
    failed: list[Failed] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Return `{imported: [{file, id, status, findings}], failed: [{file, error}]}`."""
        return {
            "imported": [
                {"file": r.file, "id": r.id, "status": r.status, "findings": [f.as_json() for f in r.findings]}
                for r in self.imported
            ],
            "failed": [{"file": r.file, "error": r.error, "code": r.code} for r in self.failed],
        }

    def summary(self) -> str:
        """Return one line that counts the outcomes: `27 imported: 25 new, 2 filled; 1 not read`."""
        counts: dict[str, int] = {}
        for row in self.imported:
            counts[row.status] = counts.get(row.status, 0) + 1
        parts = ", ".join(f"{count} {status}" for status, count in sorted(counts.items()))
        read = f"{len(self.imported)} read: {parts}" if parts else "nothing read"
        return read + (f"; {len(self.failed)} not read" if self.failed else "") + "."


def import_files(
    folder: Path,
    files: Sequence[str | Path],
    *,
    agreement_id: str | None = None,
    family: str | None = None,
    replace: bool = False,
    restore: bool = False,
    jobs: int | None = None,
    progress: Progress | None = None,
    tell: Callable[[str], None] | None = None,
) -> ImportReport:
    """Read `files` (files, folders, globs) into the repository in `folder`, and index what changed.

    `agreement_id` names the agreement when there is one file only. `family` is used for all. `replace` lets a
    different text take the place of the one held under the same id, `restore` lets a purged text come back.
    `jobs` is the number of processes (default: one a core). One bad file stops nothing: see the report. Raises
    `NotFoundError` for an unknown family, `RepositoryError` when another process is writing or the disk refuses.
    """
    known = known_family(family).id if family else ""
    repository = Repository(folder)
    report = ImportReport()
    work = _new_work(repository, jobs_for(files, agreement_id=agreement_id, family=known), report, replace=replace)
    with repository.writing() as writer, indexing.Updates(repository, tell=tell) as updates:
        for done, read in enumerate(read_all(work, processes=jobs), 1):
            if read.failure:
                report.failed.append(Failed(read.name, read.failure, read.code))
            else:
                _store(read, writer, updates, report, overwrite=replace, restore=restore)
            if done % _GROUP == 0:
                writer.flush()
            if progress:
                progress(done, len(work), read.name)
        writer.flush()
    return report


def _store(
    read: Read, writer: "Writer", updates: indexing.Updates, report: ImportReport, *, overwrite: bool, restore: bool
) -> None:
    agreement = read.parsed()
    try:
        outcome = writer.add(
            agreement,
            source=read.source,
            name=read.file_name,
            evidence=read.evidence,
            findings=read.findings,
            overwrite=overwrite,
            restore=restore,
        )
    except AgreementsError as error:
        report.failed.append(Failed(read.name, f"{error} {error.hint}".strip(), error.code))
        return
    findings = (*read.findings, *outcome.findings) if outcome.status != "unchanged" else outcome.findings
    report.imported.append(Imported(read.name, outcome.id, outcome.status, findings))
    if outcome.agreement is not None:
        # facts that were held before show in the rows; those of a new agreement are as they were read
        updates.add(outcome.agreement, read.rows if outcome.status == "new" else None)


def _new_work(repository: Repository, work: Iterable[Job], report: ImportReport, *, replace: bool) -> list[Job]:
    """Return the jobs that are not known by their content already; the others are reported as unchanged."""
    holders = {sha: facts.id for facts in repository.list() for sha in facts.hashes}
    new: list[Job] = []
    for job in work:
        if job.failure:
            report.failed.append(Failed(job.name, job.failure))
            continue
        holder = holders.get(_content_hash(job)) if holders and not replace else None
        if holder == job.id and not repository.edited(holder):
            report.imported.append(Imported(job.name, holder, "unchanged"))
        else:
            new.append(job)
    return new


def _content_hash(job: Job) -> str:
    try:
        return digest(job.path.read_bytes() if job.path else job.text)
    except OSError:
        return ""  # reading it will say why
