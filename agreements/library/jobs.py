"""Reading many files: what there is to read, and reading one of it."""

import glob
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from agreements import parsing, reading
from agreements.errors import AgreementsError, UnreadableError
from agreements.findings import Finding, warning
from agreements.intake.files import id_from
from agreements.library.indexing import rows_for
from agreements.model import Agreement
from agreements.platform import printable
from agreements.reading.source import is_document
from agreements.repository.incoming import PreparedAgreement
from agreements.repository.preparing import prepare

_GLOB = frozenset("*?[")


@dataclass(frozen=True, slots=True)
class Job:
    """One text to read: a file at `path`, or the `text` of a collection's record. `failure` says it cannot be.

    `code` says what sort of reason that is.
    """

    name: str
    id: str = ""
    family: str = ""
    path: Path | None = None
    text: str = ""
    title: str = ""
    failure: str = ""
    code: str = "unreadable"

    def size(self) -> int:
        """Return how many bytes there are to read, 0 where that is not known."""
        try:
            return self.path.stat().st_size if self.path else len(self.text)
        except OSError:
            return 0


@dataclass(frozen=True, slots=True)
class JobResult:
    """What a job gave: the agreement ready to be stored, with findings and rows for the index, or a `failure`."""

    name: str
    file_name: str = ""
    source: Path | bytes | None = None
    prepared: PreparedAgreement | None = None
    evidence: tuple[Any, ...] = ()
    findings: tuple[Finding, ...] = ()
    rows: Any = None
    failure: str = ""
    code: str = ""

    def ready(self) -> PreparedAgreement:
        """Return the agreement of a job that did not fail."""
        if self.prepared is None:
            raise ValueError(f"{self.name} was not read: {self.failure}")
        return self.prepared


def jobs_for(files: Sequence[str | Path], *, agreement_id: str | None, family: str) -> Iterator[Job]:
    """Yield a job for each document in `files`: files, folders (all readable files in them), globs, collections.

    `agreement_id` is the id of a single document; with several, each gets the id of its own name.
    """
    paths = list(_expanded(files))
    single = len(paths) == 1 and not (isinstance(paths[0], Path) and reading.is_collection(paths[0]))
    if agreement_id and not single:
        raise UnreadableError(
            f"--id {agreement_id} names one agreement, but there are {len(paths)} files.",
            hint="Import the files without --id, or one at a time.",
        )
    for path in paths:
        if isinstance(path, Job):
            yield path
        elif reading.is_collection(path):
            yield from _records(path, family)
        else:
            yield Job(printable(path), agreement_id or id_from(path.name), family, path)


def read_one(job: Job) -> JobResult:
    """Read one document; whatever goes wrong with it is said in the result, so that the others go on."""
    try:
        return _read(job)
    except AgreementsError as error:
        return JobResult(job.name, failure=f"{error} {error.hint}".strip(), code=error.code)
    except Exception as error:  # a fault of ours in one file must not cost the others
        failure = f"{job.name} could not be read ({type(error).__name__}); this is a fault of the program."
        return JobResult(job.name, failure=failure, code="fault")


def _read(job: Job) -> JobResult:
    taken = reading.read(job.path) if job.path else reading.read_text(job.text, name=f"{job.id}.md")
    parsed = parsing.parse(taken, id=job.id, family=job.family)
    agreement, said = _titled(parsed.agreement, job)
    findings = (*parsed.findings, *said)
    text = job.text.encode("utf-8", "surrogatepass")
    return JobResult(
        name=job.name,
        file_name=taken.name,
        source=job.path or text,
        prepared=prepare(agreement, job.path or text, taken.name, parsed.evidence, findings),
        evidence=parsed.evidence,
        findings=findings,
        rows=rows_for(agreement),
    )


def _titled(agreement: Agreement, job: Job) -> tuple[Agreement, tuple[Finding, ...]]:
    """Take the title of a collection's record where the text itself states none."""
    if agreement.title or not job.title:
        return agreement, ()
    title = " ".join(job.title.split())
    finding = warning("title-from-record", job.id, "The text states no title; that of its record is used.")
    return agreement.model_copy(update={"title": title}), (finding,)


def _records(path: Path, family: str) -> Iterator[Job]:
    name = printable(path)
    try:
        for record in reading.records(path):
            if record.error:
                yield Job(f"{name}:{record.line}", failure=record.error, code=record.code)
            else:
                key = id_from(record.id + ".") if "." in record.id else id_from(record.id)
                yield Job(f"{name}:{record.id}", key, family, None, record.text, record.title)
    except AgreementsError as error:
        yield Job(name, failure=str(error))


def _expanded(files: Iterable[str | Path]) -> Iterator[Path | Job]:
    for given in files:
        path = Path(given).expanduser()
        if path.is_dir():
            yield from sorted(_readable(path))
        elif path.is_file() or not _GLOB & set(str(given)):
            yield path
        elif found := sorted(glob.glob(str(path), recursive=True)):  # noqa: PTH207  (shells of Windows leave globs to us)
            yield from _expanded(found)
        else:
            yield Job(str(given), failure="no file has a name like this")


def _readable(folder: Path) -> Iterator[Path]:
    """Yield the documents below `folder`: known suffixes, neither hidden nor Word's lock files."""
    for path in folder.rglob("*"):
        hidden = any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts)
        if not hidden and path.is_file() and (is_document(path) or reading.is_collection(path)):
            yield path
