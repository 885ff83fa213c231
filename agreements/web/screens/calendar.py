"""The calendar: what is due by month, by which rule and counted from what; what cannot be computed stands first."""

import secrets
from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any

from agreements.library import deadlines_within, write_calendar
from agreements.platform import private_folder, remove_tree
from agreements.web.layout import as_command
from agreements.web.screen import FileSent, PageView, Screen, Visit, get

_PAGE = 120  # deadlines of a page


def _show(visit: Visit) -> PageView:
    today = date.today()
    found, shown, unknown = _found(visit, today)
    dated = [each for each in shown if each.due]
    first = visit.number("from", 1, least=1) - 1
    listed = dated[first : first + _PAGE]
    values: dict[str, Any] = {
        **_asked(visit),
        "found": found,
        "months": [(month, list(rows)) for month, rows in groupby(listed, lambda each: each.due[:7])],
        "unknown": unknown,
        "most": _PAGE,
        "first": first + 1,
        "last": first + len(listed),
        "before": max(first - _PAGE, 0) + 1 if first else 0,
        "after": first + _PAGE + 1 if first + _PAGE < len(dated) else 0,
        "dated": len(dated),
        "outside": sum(bool(each.due) for each in found) - len(dated),
        "today": today.isoformat(),
        "ics": visit.link("/calendar.ics", **{name: value for name, value in _asked(visit).items() if value}),
    }
    markings = [each.subject.marking for each in (*shown, *unknown)]
    return PageView("calendar.html", "Calendar", values, command=[_command(_asked(visit))], markings=markings)


def _asked(visit: Visit) -> dict[str, Any]:
    return {
        "family": visit.text("family"),
        "party": visit.text("party"),
        "since": visit.text("since"),
        "until": visit.text("until"),
        "all": visit.text("all"),
    }


def _found(visit: Visit, today: date) -> tuple[Sequence[Any], Sequence[Any], Sequence[Any]]:
    asked = _asked(visit)
    found = visit.desk.calendar(families=visit.all("family"), parties=visit.all("party"), today=today)
    shown, unknown = deadlines_within(
        found, since=asked["since"], until=asked["until"], everything=bool(asked["all"]), today=today
    )
    return found, shown, unknown


def _download(visit: Visit) -> FileSent:
    today = date.today()
    _, shown, _ = _found(visit, today)
    folder = private_folder(visit.session.folder / f"calendar-{secrets.token_hex(8)}")
    try:
        target = folder / "deadlines.ics"
        write_calendar(shown, target, today=today)
        return FileSent(target.read_bytes(), target.name, "text/calendar; charset=utf-8")
    finally:
        remove_tree(folder)


def _command(asked: dict[str, Any]) -> str:
    words = [
        word for name in ("family", "party", "since", "until") if asked[name] for word in (f"--{name}", asked[name])
    ]
    return as_command("calendar", *words, *(["--all"] if asked["all"] else []))


SCREEN = Screen(
    "calendar", (get("/calendar", _show), get("/calendar.ics", _download)), rail="Calendar", order=55, key="c"
)
