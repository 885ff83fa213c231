"""Import: files of the person go into the repository, with progress, and with what is to be settled by hand."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from agreements.errors import AgreementsError, NotFoundError
from agreements.families import FAMILIES
from agreements.web.jobs import BackgroundJob
from agreements.web.layout import as_command
from agreements.web.screen import Elsewhere, EventStream, PageView, Screen, Visit, get, post

_MOMENT = 0.7  # seconds: what is finished by then is shown at once


def _form(visit: Visit) -> PageView:
    jobs = sorted(visit.session.jobs.values(), key=lambda job: -job.number)
    families = [(each.id, each.label) for each in FAMILIES.values()]
    values = {"jobs": jobs, "families": families}
    return PageView("import.html", "Import", values, command=[as_command("import", "FILE", "FOLDER")])


def _begin(visit: Visit) -> Elsewhere:
    uploads = [upload for upload in visit.uploads if upload.field == "files"]
    if not uploads:
        raise AgreementsError("No file was chosen.", hint="Go back, and choose files or drop them on the page.")
    desk, family, replace = visit.desk, visit.text("family") or None, visit.flag("replace")

    def work(job: BackgroundJob) -> Any:
        paths = [upload.path for upload in uploads]
        return desk.import_files(paths, family=family, replace=replace, progress=job.progress, tell=job.tell)

    title = uploads[0].name if len(uploads) == 1 else f"{len(uploads)} files"
    job = BackgroundJob(visit.session, f"Import of {title}", work, uploads)
    job.wait(_MOMENT)
    return Elsewhere(f"/jobs/{job.number}")


def _job(visit: Visit) -> BackgroundJob:
    number = visit.path["number"]
    job = visit.session.jobs.get(int(number)) if number.isascii() and number.isdigit() else None
    if not isinstance(job, BackgroundJob):
        raise NotFoundError(
            f"There is no job {number} in this session.", hint="What it finished is kept; see the list."
        )
    return job


def _watch(visit: Visit) -> PageView:
    job = _job(visit)
    state = job.state  # read once: the job goes on while its page is made
    report = job.result if state == "done" else None
    rows: Sequence[Any] = report.imported if report else ()
    tasks = [(row, finding) for row in rows for finding in row.findings if finding.severity != "info"]
    failed: Sequence[Any] = report.failed if report else ()
    names = {row.file: Path(row.file).name for row in (*rows, *failed)}  # where an upload lay is nobody's concern
    values = {"job": job, "state": state, "report": report, "tasks": tasks, "names": names}
    return PageView("job.html", job.title, values, command=[as_command("import", "FILE")])


def _events(visit: Visit) -> EventStream:
    return EventStream(_job(visit).events())


def _stop(visit: Visit) -> Elsewhere:
    job = _job(visit)
    job.cancel()
    job.wait(_MOMENT)
    return Elsewhere(f"/jobs/{job.number}")


SCREEN = Screen(
    "import",
    (
        get("/import", _form),
        post("/import", _begin),
        get("/jobs/{number}", _watch),
        get("/jobs/{number}/events", _events),
        post("/jobs/{number}/stop", _stop, writes=False),
    ),
    rail="Import",
    order=80,
    key="i",
)
