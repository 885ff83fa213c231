"""Binders: provisions that a person gathers, in an order of their own and with notes, to print or to send."""

import secrets
from typing import Any

from agreements.errors import NotFoundError
from agreements.platform import private_folder, remove_tree
from agreements.reference import Reference
from agreements.web.screen import Elsewhere, FileSent, PageView, Screen, Visit, get, post

_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def _list(visit: Visit) -> PageView:
    add = str(Reference.parse(visit.text("add"))) if visit.text("add") else ""
    return PageView("binders.html", "Binders", {"binders": visit.desk.named_binders(), "add": add})


def _begin(visit: Visit) -> Elsewhere:
    name = visit.named("name")
    visit.desk.keep_binder(name, [(ref, "") for ref in visit.all("add")], title=visit.text("title"))
    return Elsewhere(f"/binder/{name}")


def _show(visit: Visit) -> PageView:
    kept = visit.desk.named_binder(visit.path["name"])
    binder = visit.desk.read_binder(kept.name)
    values: dict[str, Any] = {"kept": kept, "binder": binder, "read": {e.hit.ref: e for e in binder.entries}}
    return PageView("binder.html", kept.title or kept.name, values, markings=[binder.marking], citation=kept.title)


def _change(visit: Visit) -> Elsewhere:
    """Keep the notes, and do what was pressed: put in, move up or down, take out."""
    kept = visit.desk.named_binder(visit.path["name"])
    items = list(zip(visit.form.get("ref", ()), (note.strip() for note in visit.form.get("note", ())), strict=False))
    moved = None
    for act, step in (("up", -1), ("down", 1)):
        if visit.flag(act):
            at = visit.number(act, 0, most=len(items) - 1)
            to = min(max(at + step, 0), len(items) - 1)
            items.insert(to, items.pop(at))
            moved = to
    if visit.flag("drop"):
        items.pop(visit.number("drop", 0, most=len(items) - 1))
    items += [(str(Reference.parse(ref)), "") for ref in visit.all("add")]
    visit.desk.keep_binder(kept.name, items, title=visit.text("title"), state=visit.text("state"))
    return Elsewhere(visit.address + (f"#item-{moved}" if moved is not None else ""))


def _add(visit: Visit) -> Elsewhere:
    """Put one more provision into a binder from elsewhere; what is in it stays as it is."""
    kept = visit.desk.named_binder(visit.path["name"])
    items = [(item.ref, item.note) for item in kept.items]
    items += [(ref, "") for ref in visit.all("add")]
    visit.desk.keep_binder(kept.name, items, title=kept.title, state=kept.state)
    return Elsewhere(f"/binder/{kept.name}")


def _download(visit: Visit) -> FileSent:
    name, suffix = visit.path["name"], visit.path["kind"]
    if suffix not in _TYPES:
        raise NotFoundError(f"There is no such file of a binder: {suffix}.", hint="Known: docx, xlsx.")
    folder = private_folder(visit.session.folder / f"binder-{secrets.token_hex(8)}")
    try:
        target = folder / f"{name}.{suffix}"
        visit.desk.write_binder(name, target)
        return FileSent(target.read_bytes(), target.name, _TYPES[suffix])
    finally:
        remove_tree(folder)


SCREEN = Screen(
    "binder",
    (
        get("/binder", _list),
        post("/binder", _begin),
        get("/binder/{name}", _show),
        post("/binder/{name}", _change),
        post("/binder/{name}/add", _add),
        get("/binder/{name}/{kind}", _download),
    ),
    rail="Binders",
    order=75,
    key="b",
)
