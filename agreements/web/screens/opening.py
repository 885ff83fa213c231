"""A file that a person opened with `agreements open FILE`: what it is, and the screens that take it.

The file stays where it is and is not copied before a reader's gate let it in; who opened it named it at the command
line, and a page names it by its key alone.
"""

import secrets
import shutil
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from agreements import library
from agreements.errors import AgreementsError, ClassifiedError, NotFoundError, QueryError
from agreements.platform import private_folder
from agreements.web.jobs import BackgroundJob
from agreements.web.layout import as_command
from agreements.web.recording import posted
from agreements.web.screen import Answer, Elsewhere, PageView, Screen, Visit, get, post
from agreements.web.sessions import offered

_WORD = (".docx", ".docm", ".dotx", ".doc")
_MOMENT = 0.7  # seconds: what is finished by then is shown at once
_SIDES = ("partner", "us", "joint", "draft")


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a file is: kept already (`negotiation`, `number`), its tracked changes (None: it has none to have)."""

    changes: int | None
    authors: tuple[str, ...]
    kept: tuple[tuple[Any, Any], ...]
    problem: AgreementsError | None = None


def _file(visit: Visit) -> Path:
    file = offered(visit.session.folder.parent, visit.path["key"])
    if file is None or not file.is_file():
        raise NotFoundError(
            "That file is not here any more, or was opened with another workbench.", hint="Open it again."
        )
    return file


def _look(visit: Visit, file: Path) -> _Seen:
    digest = sha256(file.read_bytes()).hexdigest()
    talks, _ = visit.desk.negotiation_list()
    kept = tuple((held, text) for held in talks for text in held.texts if text.sha256 == digest)
    if file.suffix.lower() not in _WORD:
        return _Seen(None, (), kept)
    try:
        report = library.read_changes(file)
    except ClassifiedError:
        raise
    except AgreementsError as problem:
        return _Seen(None, (), kept, problem)
    return _Seen(len(report.changes), tuple(sorted({change.author for _, change in report.changes})), kept)


def _show(visit: Visit) -> Answer:
    file = _file(visit)
    seen = _look(visit, file)
    for held, text in seen.kept:
        if text.side == "partner" and not visit.flag("stay"):
            return Elsewhere(f"/n/{held.id}/review/{text.number}")
    return _page(visit)


def _page(visit: Visit) -> PageView:
    file = _file(visit)
    seen = _look(visit, file)
    talks, _ = visit.desk.negotiation_list()
    open_talks = [held for held in talks if held.stage != "ended"]
    values = {
        "file": file,
        "key": visit.path["key"],
        "seen": seen,
        "talks": [(held.id, held.title or held.id) for held in open_talks],
        "is_word": file.suffix.lower() in _WORD,
        "address": f"/open/{visit.path['key']}",
    }
    command = [as_command("import", file.name), as_command("handover", file.name)]
    markings = [mark for held in open_talks for mark in held.markings()]
    return PageView("open.html", file.name, values, command=command, markings=markings)


def _handover(visit: Visit) -> str:
    """Look at the file as the hand-over does; it is copied once it was let in."""
    file, key = _file(visit), secrets.token_hex(8)
    library.handover(file)
    shutil.copyfile(file, private_folder(visit.session.folder / f"handover-{key}") / file.name)
    return f"/handover/{key}"


def _review(visit: Visit) -> str:
    """Review the file against ours, which is chosen on the page."""
    file, key = _file(visit), secrets.token_hex(8)
    ours = next((upload for upload in visit.uploads if upload.field == "file"), None)
    if ours is None:
        raise QueryError("Which text of ours does it answer?", hint="Choose the file as we sent it.")
    library.review(ours.path, file, precedents=False)
    folder = private_folder(visit.session.folder / f"review-{key}")
    shutil.move(ours.path, private_folder(folder / "ours") / ours.name)
    shutil.copyfile(file, private_folder(folder / "theirs") / file.name)
    return f"/review/{key}"


def _import(visit: Visit) -> str:
    file, desk = _file(visit), visit.desk

    def work(job: BackgroundJob) -> Any:
        return desk.import_files([file], progress=job.progress, tell=job.tell)

    job = BackgroundJob(visit.session, f"Import of {file.name}", work)
    job.wait(_MOMENT)
    return f"/jobs/{job.number}"


def _keep(visit: Visit) -> str:
    """Keep the file as a text of a negotiation; one of theirs is reviewed next."""
    file, negotiation = _file(visit), visit.text("negotiation")
    side = visit.choice("side", _SIDES)
    kept = visit.desk.keep_text(negotiation, file, side, {"date": visit.text("date")} if visit.text("date") else {})  # type: ignore[arg-type]
    visit.session.notes[f"/n/{negotiation}"] = kept
    return f"/n/{negotiation}/review/{kept.text.number}" if side == "partner" else f"/n/{negotiation}#texts"


SCREEN = Screen(
    "open",
    (
        get("/open/{key}", _show),
        post("/open/{key}", posted(_page, {"handover": _handover, "review": _review}), writes=False),
        post("/open/{key}/keep", posted(_page, {"import": _import, "text": _keep})),
    ),
)
