"""The desk: what a person should see on Monday morning."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from agreements.errors import RepositoryError
from agreements.web.layout import as_command
from agreements.web.screen import PageView, Screen, Visit, get

_AHEAD = 60  # days
_WORST = 3


def _show(visit: Visit) -> PageView:
    desk = visit.desk
    rows = desk.listing()
    agreements = [facts for facts in rows if facts.standing == "agreement"]
    talks, damaged = desk.negotiation_list()
    health = desk.doctor()
    today = date.today()
    deadlines = desk.calendar()
    last = (today + timedelta(days=_AHEAD)).isoformat()
    near = [each for each in deadlines if today.isoformat() <= each.due <= last]
    open_talks = [held for held in talks if held.stage != "ended"]
    concerns = health.concerns
    values: dict[str, Any] = {
        "held": len(agreements),
        "with_text": sum(facts.text_held for facts in agreements),
        "specimens": sum(facts.standing == "specimen" for facts in rows),
        "negotiations": [(held, _next(held)) for held in open_talks],
        "damaged": damaged,
        "deadlines": near,
        "undated": sum(not each.due for each in deadlines),
        "saved": _saved(visit),
        "concerns": concerns[:_WORST],
        "more_concerns": len(concerns[_WORST:]),
    }
    lines = [as_command("negotiation", "list"), as_command("calendar"), as_command("saved"), as_command("doctor")]
    markings = [held.marking for held in open_talks] + [each.subject.marking for each in near]
    return PageView("desk.html", "Desk", values, command=lines, markings=markings)


def _next(negotiation: Any) -> Any:
    """Return the step of a negotiation that is due first, None where none is open."""
    steps = (step for step in negotiation.steps if not step.done)
    return min(steps, key=lambda step: (step.due is None, step.due or "", step.number), default=None)


def _saved(visit: Visit) -> list[dict[str, str]]:
    try:
        found = visit.desk.saved_searches()
    except RepositoryError:  # a damaged one is among what the doctor says
        return []
    return [
        {
            "name": each.name,
            "query": each.query,
            "note": each.note,
            "last_run": each.last_run,
            "address": "/search?" + urlencode({"q": each.query} | _set(each.options), doseq=True),
        }
        for each in found
    ]


def _set(options: Any) -> dict[str, Any]:
    return {name: 1 if value is True else value for name, value in options.items() if value}


SCREEN = Screen("desk", (get("/", _show),), rail="Desk", order=0, key="d")
