"""Reading many files on all cores: what there is to read, reading one of it, the processes that read.

A process that dies, or does not end, costs the one file that it read.
"""

import glob
import os
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType
from typing import Any

from agreements import classifying, parsing, reading
from agreements.errors import AgreementsError, ClassifiedError, UnreadableError
from agreements.families import FAMILIES
from agreements.findings import Finding, info, warning
from agreements.intake.files import asked_id, id_from, spare_id
from agreements.model import Agreement
from agreements.platform import limited_memory, printable, safe_name
from agreements.processes import AHEAD, end_pool, start_pool, submit
from agreements.reading import source
from agreements.repository import is_repository
from agreements.repository.incoming import PreparedAgreement
from agreements.repository.preparing import prepare
from agreements.search.fresh import rows_for

_GLOB = frozenset("*?[")
_WORD = re.compile(r"\w+")
_PATIENCE = 300.0  # seconds for any file, and for each megabyte of it: some ten pages of a scan
_PATIENCE_PER_MEGABYTE = 60.0
_SELDOM = 10.0  # seconds between two lines that say that a file is still being read
MEMORY_LIMIT = 4 * 1024**3
"""Bytes that a process may use to read one file; some 25 times what a book of treaties takes."""


@dataclass(frozen=True, slots=True)
class Job:
    """One text to read: a file at `path`, or the `text` of a collection's record. `failure` says it cannot be.

    `code` says what sort of reason that is. `spare` is the id to take where `id` is held under another name; without
    one a person chose the id. `called` is the name of the file that keeps the text of a record.
    """

    name: str
    id: str = ""
    family: str = ""
    path: Path | None = None
    text: str = ""
    title: str = ""
    failure: str = ""
    code: str = "unreadable"
    spare: str = ""
    called: str = ""
    password: str = field(default="", repr=False)

    def size(self) -> int:
        """Return how many bytes there are to read, 0 where that is not known."""
        try:
            return self.path.stat().st_size if self.path else len(self.text)
        except OSError:
            return 0


@dataclass(frozen=True, slots=True)
class JobResult:
    """What a job gave: the agreement ready to be stored, with findings and rows for the index, or a `failure`.

    An e-mail or archive gives `parts`, one for each file in it.
    """

    name: str
    file_name: str = ""
    source: Path | bytes | None = None
    prepared: PreparedAgreement | None = None
    evidence: tuple[Any, ...] = ()
    findings: tuple[Finding, ...] = ()
    rows: Any = None
    failure: str = ""
    code: str = ""
    spare: str = ""
    parts: "tuple[JobResult, ...]" = ()

    def ready(self) -> PreparedAgreement:
        """Return the agreement of a job that did not fail."""
        if self.prepared is None:
            raise ValueError(f"{self.name} was not read: {self.failure}")
        return self.prepared


def jobs_for(
    files: Sequence[str | Path], *, agreement_id: str | None, family: str, password: str = ""
) -> Iterator[Job]:
    """Yield a job for each document in `files`: files, folders (all readable files in them), globs, collections.

    `agreement_id` is the id of a single document; with several, each gets the id of its own name. `password` opens
    protected PDF files.
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
            own, spare = (asked_id(agreement_id), "") if agreement_id else (id_from(path.name), spare_id(path.name))
            yield Job(printable(path), own, family, path, spare=spare, password=password)


def read_one(job: Job) -> JobResult:
    """Read one document; whatever goes wrong with it is said in the result, so that the others go on."""
    try:
        with limited_memory(MEMORY_LIMIT):
            return _read(job)
    except MemoryError:
        limit = f"{MEMORY_LIMIT / 1024**3:.0f} GB"
        failure = f"{job.name} takes more memory to be read than {limit}, which is the limit. Split it."
        return JobResult(job.name, failure=failure, code="too-large")
    except AgreementsError as error:
        return JobResult(job.name, failure=f"{error} {error.hint}".strip(), code=error.code)
    except Exception as error:  # a fault of ours in one file must not cost the others
        failure = f"{job.name} could not be read ({type(error).__name__}); this is a fault of the program."
        return JobResult(job.name, failure=failure, code="fault")


def _read(job: Job) -> JobResult:
    if job.path is None:
        text = job.text.encode("utf-8", "surrogatepass")
        return _read_document(job, reading.read_text(job.text, name=job.called), text)
    loaded = replace(source.load(job.path), password=job.password)
    if reading.is_container(loaded):
        return _read_container(job, loaded)
    return _read_document(job, reading.read_source(loaded), job.path)


def _read_document(job: Job, taken: reading.Reading, content: Path | bytes) -> JobResult:
    parsed = parsing.parse(taken, id=job.id, family=job.family)
    agreement, said = _titled(parsed.agreement, job)
    agreement, proposed = _with_family(agreement, job)
    findings = (*parsed.findings, *said, *proposed)
    return JobResult(
        name=job.name,
        file_name=taken.name,
        source=content,
        prepared=prepare(agreement, content, taken.name, parsed.evidence, findings),
        evidence=parsed.evidence,
        findings=findings,
        rows=rows_for(agreement),
        spare=job.spare,
    )


def _read_container(job: Job, container: source.SourceFile) -> JobResult:
    """Read every document in an e-mail or archive; one that bears a marking has the whole refused."""
    found = reading.unpack(container)
    if not found.documents and not found.others:
        raise UnreadableError(
            f"{job.name} holds no file.", hint="Where the text stands in the e-mail itself, save it as a text file."
        )
    alone = len(found.documents) == 1
    said = reading.beside(found)  # told with the first of the documents
    parts = [
        _read_part(job, name, own, () if number else said, alone=alone)
        for number, (name, own) in enumerate(found.documents)
    ]
    parts += (
        JobResult(name, failure=f"{name} was not read. {advice}", code="not-read") for name, advice in found.others
    )
    return JobResult(job.name, parts=tuple(parts))


def _inside(job: Job, name: str) -> str:
    """Return what to call a file in a container, whose `name` begins with that of the container: with its folder."""
    return job.name + name.removeprefix(Path(job.name).name)


def _read_part(job: Job, name: str, own: source.SourceFile, said: tuple[Finding, ...], *, alone: bool) -> JobResult:
    shown = _inside(job, name)
    chosen = alone and not job.spare  # the id that a person gave
    part = Job(shown, job.id if chosen else id_from(own.name), job.family, spare="" if chosen else spare_id(own.name))
    try:
        taken = reading.read_source(replace(own, password=job.password))
        return _read_document(part, replace(taken, findings=(*taken.findings, *said)), own.data)
    except ClassifiedError:
        raise
    except AgreementsError as error:
        return JobResult(shown, failure=f"{error} {error.hint}".strip(), code=error.code)


def _titled(agreement: Agreement, job: Job) -> tuple[Agreement, tuple[Finding, ...]]:
    """Take the title of a collection's record where the text itself states none.

    Not a line of the text that names no instrument: makers of collections have taken the first that is set as a
    heading, a letterhead or the `Definitions` of an annex (48 of 870 records of one).
    """
    title = " ".join(job.title.split())
    if agreement.title or not title:
        return agreement, ()
    if _is_a_mere_line(title, job.text, agreement):
        message = f"The text states no title; that of its record, “{title}”, is a line of it that names no instrument."
        return agreement, (warning("title-not-taken", job.id, message),)
    finding = warning("title-from-record", job.id, "The text states no title; that of its record is used.")
    return agreement.model_copy(update={"title": title}), (finding,)


def _is_a_mere_line(title: str, text: str, agreement: Agreement) -> bool:
    language = agreement.documents[0].language if agreement.documents else ""
    if parsing.may_be_a_title(title, language):
        return False
    return _words(title) in map(_words, text.splitlines())


def _words(line: str) -> list[str]:
    """Return the words of a line without the number that it may begin with."""
    return _WORD.findall(line.casefold().lstrip("#*_ .()0123456789"))


def _with_family(agreement: Agreement, job: Job) -> tuple[Agreement, tuple[Finding, ...]]:
    """Take the family that the text speaks for where neither a person nor the title gives one, and say so."""
    if job.family or agreement.family != "other":
        return agreement, ()
    proposal = classifying.propose(agreement)
    if proposal is None or not proposal.fills:
        return agreement, ()  # a lesser guess is told by the doctor
    message = f"The title gives no family; {FAMILIES[proposal.family].short} is taken by the text: {proposal.why}."
    finding = info("family-proposed", "family", message, "Correct `family` in agreement.md where it is another.")
    return agreement.model_copy(update={"family": proposal.family}), (finding,)


def _records(path: Path, family: str) -> Iterator[Job]:
    name = printable(path)
    try:
        for record in reading.records(path):
            if record.error:
                yield Job(f"{name}:{record.line}", failure=record.error, code=record.code)
            else:
                whole = record.id + "." if "." in record.id else record.id  # no suffix is taken off
                own, spare = id_from(whole), spare_id(whole)
                called = f"{own if record.id.lower() == own else safe_name(record.id)}.md"
                said = f"{name}:{record.id}"
                yield Job(said, own, family, None, record.text, record.title, spare=spare, called=called)
    except AgreementsError as error:
        yield Job(name, failure=str(error))


def _expanded(files: Iterable[str | Path]) -> Iterator[Path | Job]:
    for given in files:
        path = Path(given).expanduser()
        if path.is_dir():
            yield from _in_folder(path)
        elif path.exists() or not _GLOB & set(str(given)):
            yield path
        elif found := sorted(glob.glob(str(path), recursive=True)):  # noqa: PTH207  (shells of Windows leave globs to us)
            yield from _expanded(found)
        else:
            yield Job(str(given), failure="no file has a name like this")


def _in_folder(folder: Path) -> Iterator[Path | Job]:
    """Yield what there is below `folder`, in order: documents, and a job that says why for what is not read.

    What programs keep for themselves (hidden files, Word's lock files) is passed over. Links that lead out of the
    folder, pipes and devices are not followed.
    """
    root = folder.resolve()
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        try:
            entries = sorted(here.iterdir(), key=lambda path: path.name)
        except OSError as error:
            yield _unread(here, f"It cannot be opened: {error.strerror or error}.")
            continue
        below = []
        for path in entries:
            if source.is_system_file(path.name):
                if path.name.startswith(".") and not path.name.startswith("._") and source.is_document(path):
                    yield _unread(path, "It is hidden. Name it to have it read.")
                continue
            if path.is_symlink() and not _leads_inside(path, root):
                yield _unread(path, "It is a link that leads out of the folder or nowhere. Name what it leads to.")
            elif path.is_symlink() and path.is_dir():
                continue  # what it leads to is in the folder, and read there
            elif path.is_dir():
                below += [] if is_repository(path) else [path]  # a repository is no folder of files
            elif not path.is_file():
                yield _unread(path, "It is a pipe or a device. Save it as a file first.")
            elif source.is_document(path) or reading.is_collection(path):
                yield path
            else:
                yield _unread(path, source.advice_for(path.name))
        waiting += reversed(below)


def _leads_inside(path: Path, root: Path) -> bool:
    try:
        return path.resolve(strict=True).is_relative_to(root)
    except (OSError, RuntimeError):
        return False


def _unread(path: Path, advice: str) -> Job:
    return Job(printable(path), failure=f"{printable(path.name)} was not read. {advice}", code="not-read")


# ---------------------------------------------------------------------- many processes


def read_all(
    jobs: Iterable[Job], *, processes: int | None = None, tell: Callable[[str], None] | None = None
) -> Iterator[JobResult]:
    """Yield what each job gives, in order, reading in `processes` processes (default: one a core), never in this one.

    Each has a limit of memory, and of time for each job. Jobs are taken as they are needed, so the memory does not grow
    with their number. `tell` gets a line for a file that takes long.
    """
    count = processes or os.cpu_count() or 1
    with _Crew(count, tell) as crew:
        for job in jobs:
            if crew.is_busy():
                yield crew.next()
            crew.take(job)
        while crew.waiting:
            yield crew.next()


class _Crew:
    """The processes and what they were given, in order."""

    def __init__(self, count: int, tell: Callable[[str], None] | None = None) -> None:
        self._count = count
        self._tell = tell
        self._pool: ProcessPoolExecutor | None = None
        self.waiting: deque[tuple[Job, Future[JobResult] | None]] = deque()

    def __enter__(self) -> "_Crew":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool and kind is None:
            self._pool.shutdown(wait=True, cancel_futures=True)
        elif self._pool:
            end_pool(self._pool)

    def is_busy(self) -> bool:
        """Whether enough is waiting."""
        return len(self.waiting) >= self._count * AHEAD

    def take(self, job: Job) -> None:
        """Give `job` to the processes; None stands for a job that they will not read, because they died."""
        self._pool = self._pool or start_pool(self._count)
        try:
            self.waiting.append((job, submit(self._pool, read_one, job)))
        except BrokenProcessPool:
            self._bury()
            self.waiting.append((job, None))

    def next(self) -> JobResult:
        """Return what the first job that is waiting gave; jobs are begun in order, so it is being read by now."""
        job, future = self.waiting.popleft()
        if future is not None:
            try:
                return self._result(job, future)
            except TimeoutError:
                self._begin_anew()
                return _too_long(job)
            except BrokenProcessPool:
                self._bury()
        return _read_alone(job)

    def _result(self, job: Job, future: "Future[JobResult]") -> JobResult:
        """Return what a job gives; raises `TimeoutError` when it takes longer than it may."""
        left = patience(job)
        waited = 0.0
        while waited + _SELDOM < left:
            try:
                return future.result(timeout=_SELDOM)
            except TimeoutError:
                waited += _SELDOM
                if self._tell and not future.done():
                    self._tell(f"{job.name}: still being read, for {waited:.0f} seconds now")
        return future.result(timeout=max(0.0, left - waited))

    def _begin_anew(self) -> None:
        """End the processes, one of which would not end by itself, and give the jobs they had to new ones."""
        if self._pool:
            end_pool(self._pool)
        self._pool = None
        waiting, self.waiting = self.waiting, deque()
        for job, future in waiting:
            if future is None or _has_result(future):
                self.waiting.append((job, future))
            else:
                self.take(job)

    def _bury(self) -> None:
        """One of these jobs killed its process, and nobody knows which: what is not read is to be read alone."""
        self.waiting = deque((job, future if future and _has_result(future) else None) for job, future in self.waiting)
        if self._pool:
            self._pool.shutdown(wait=True, cancel_futures=True)
        self._pool = None


def patience(job: Job) -> float:
    """Return how many seconds a process may read `job`, by its size; recognition takes some seconds a page."""
    return _PATIENCE + _PATIENCE_PER_MEGABYTE * job.size() / 1e6


def _too_long(job: Job) -> JobResult:
    minutes = patience(job) / 60
    failure = f"{job.name}: reading it took longer than {minutes:.0f} minutes and was stopped; the others were read."
    return JobResult(job.name, failure=failure, code="too-slow")


def _has_result(future: Future[JobResult]) -> bool:
    return future.done() and not future.cancelled() and future.exception() is None


def _read_alone(job: Job) -> JobResult:
    """Read one job in a process of its own, which it may kill."""
    with start_pool(1) as pool:
        try:
            return submit(pool, read_one, job).result(timeout=patience(job))
        except TimeoutError:
            end_pool(pool)
            return _too_long(job)
        except BrokenProcessPool:
            failure = f"{job.name}: the process that read it was ended by the system, perhaps for want of memory."
            return JobResult(job.name, failure=failure, code="killed")
