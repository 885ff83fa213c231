"""Hand-over: what a file tells beside its text, and a copy without it. Whether it is released, a person decides."""

import secrets
import shutil
from pathlib import Path
from typing import Any

from agreements.errors import NotFoundError, QueryError
from agreements.library import handover, make_handover
from agreements.platform import private_folder, remove_tree
from agreements.web.layout import as_command
from agreements.web.screen import Answer, Elsewhere, FileSent, PageView, Screen, Visit, get, post

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_REVISIONS = {
    "refuse": "wait: no copy while there are any",
    "accept": "accept all in the copy",
    "reject": "reject all in the copy",
    "keep": "keep them, under the name of a side",
}


def _ask(visit: Visit) -> PageView:
    return PageView("handover_ask.html", "Hand-over", command=[as_command("handover", "FILE")])


def _take(visit: Visit) -> Answer:
    if not visit.uploads:
        raise QueryError("No file was chosen.", hint="Go back and choose a Word file.")
    upload = visit.uploads[0]
    handover(upload.path)  # what is refused is not kept
    key = secrets.token_hex(8)
    folder = private_folder(visit.session.folder / f"handover-{key}")
    shutil.move(upload.path, folder / upload.path.name)
    return Elsewhere(f"/handover/{key}")


def _file(visit: Visit) -> Path:
    """Return the file that this person dropped; raises `NotFoundError`."""
    key = visit.path["key"]
    folder = visit.session.folder / f"handover-{key}"
    files = sorted(folder.iterdir()) if key.isascii() and key.isalnum() and folder.is_dir() else []
    if not files:
        raise NotFoundError("That file is no longer here.", hint="Drop it again: files go when the workbench ends.")
    return files[0]


def _show(visit: Visit) -> PageView:
    return _page(visit, handover(_file(visit)))


def _page(visit: Visit, result: Any, *, waits: bool = False) -> PageView:
    file = _file(visit)
    values = {
        "name": file.name,
        "asked": [each for each in result.found if each.kind.fate != "goes"],
        "gone": [each for each in result.found if each.kind.fate == "goes"],
        "result": result,
        "waits": sum(len(each.open) for each in result.open) if waits else 0,
        "revisions": _REVISIONS,
        "chosen": visit.text("revisions", "refuse"),
        "side": visit.text("side"),
    }
    command = [as_command("handover", file.name), as_command("handover", file.name, "-o", "COPY.docx")]
    return PageView("handover.html", file.name, values, command=command)


def _copy(visit: Visit) -> Answer:
    file = _file(visit)
    revisions = visit.choice("revisions", tuple(_REVISIONS))
    folder = private_folder(visit.session.folder / f"copy-{secrets.token_hex(8)}")
    try:
        target = folder / file.with_suffix(".docx").name
        result = make_handover(
            file,
            target,
            revisions=revisions,  # type: ignore[arg-type]
            authors={"": visit.text("side")} if visit.text("side") else None,
            allow=visit.all("allow"),
            remove=visit.all("remove"),
            anonymise=visit.flag("anonymise"),
        )
        if result.output is None:
            return _page(visit, result, waits=True)
        return FileSent(result.output.read_bytes(), target.name, _WORD)
    finally:
        remove_tree(folder)


def _forget(visit: Visit) -> Elsewhere:
    remove_tree(_file(visit).parent)
    return Elsewhere("/handover")


SCREEN = Screen(
    "handover",
    (
        get("/handover", _ask),
        post("/handover", _take, writes=False),
        get("/handover/{key}", _show),
        post("/handover/{key}", _copy, writes=False),
        post("/handover/{key}/forget", _forget, writes=False),
    ),
    rail="Hand-over",
    order=70,
    key="o",
)
