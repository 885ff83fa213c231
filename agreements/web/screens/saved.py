"""Saved searches: keep one from the search page, and see what is new since last time."""

from typing import Any
from urllib.parse import quote, urlencode

from agreements.errors import QueryError
from agreements.web.layout import as_command
from agreements.web.screen import Elsewhere, PageView, Screen, Visit, get, post

_LISTS = ("family", "party", "topic", "status")
_WORDS = ("since", "until", "by")
_FLAGS = ("specimens", "drafts")


def _save(visit: Visit) -> Elsewhere:
    name = visit.text("name").lower().replace(" ", "-")
    if not name:
        raise QueryError("A saved search needs a name.", hint="Go back and type one: letters, digits, hyphens.")
    options: dict[str, Any] = {field: list(visit.all(field)) for field in _LISTS if visit.all(field)}
    options |= {field: visit.text(field) for field in _WORDS if visit.text(field)}
    options |= {field: True for field in _FLAGS if visit.flag(field)}
    saved = visit.desk.save_search(name, visit.text("q") or "*", note=visit.text("note"), **options)
    return Elsewhere(f"/saved/{quote(saved.name)}")


def _show(visit: Visit) -> PageView:
    rerun = visit.desk.run_saved(visit.path["name"], keep=True)
    options = {name: 1 if value is True else value for name, value in rerun.search.options.items() if value}
    values = {
        "rerun": rerun,
        "again": "/search?" + urlencode({"q": rerun.search.query} | options, doseq=True),
        "changed_refs": {hit.ref for hit in rerun.changed},
    }
    command = [as_command("saved", "run", rerun.search.name, "--keep")]
    return PageView("saved.html", f"Saved search {rerun.search.name}", values, command=command)


def _seen(visit: Visit) -> Elsewhere:
    visit.desk.run_saved(visit.path["name"])
    return Elsewhere(f"/saved/{quote(visit.path['name'])}")


def _forget(visit: Visit) -> Elsewhere:
    visit.desk.forget_saved(visit.path["name"])
    return Elsewhere("/")


SCREEN = Screen(
    "saved",
    (
        post("/search/save", _save),
        get("/saved/{name}", _show),
        post("/saved/{name}/seen", _seen),
        post("/saved/{name}/forget", _forget),
    ),
)
