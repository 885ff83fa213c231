"""The desk: what a person should see on Monday morning."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import quote

from agreements.errors import RepositoryError
from agreements.marking import highest
from agreements.web.layout import as_command
from agreements.web.screen import PageView, Screen, Visit, get

_AHEAD = 60  # days
_WORST = 3


def _show(visit: Visit) -> PageView:
    desk = visit.desk
    rows = desk.listing()
    agreements = [facts for facts in rows if facts.standing == "agreement"]
    talks, damaged = desk.negotiation_list()
    open_talks = [held for held in talks if held.stage != "ended"]
    values: dict[str, Any] = {
        "held": len(agreements),
        "with_text": sum(facts.text_held for facts in agreements),
        "specimens": sum(facts.standing == "specimen" for facts in rows),
        "negotiations": [(held, _next(held)) for held in open_talks],
        "damaged": damaged,
    }
    lines = [as_command("negotiation", "list"), as_command("calendar"), as_command("saved"), as_command("doctor")]
    return PageView("desk.html", "Desk", values, command=lines, markings=[held.marking for held in open_talks])


def _kept(visit: Visit) -> PageView:
    """Show the saved searches; the desk takes them in once it is shown."""
    return PageView("desk_saved.html", "Saved searches", {"saved": _saved(visit)}, command=[as_command("saved")])


def _due(visit: Visit) -> PageView:
    """Show what falls due soon. The desk takes it in once it is shown: working it out first would keep it waiting."""
    today = date.today()
    last = (today + timedelta(days=_AHEAD)).isoformat()
    deadlines = visit.desk.calendar()
    near = [each for each in deadlines if today.isoformat() <= each.due <= last]
    markings = [each.subject.marking for each in near]
    values = {
        "deadlines": near,
        "undated": sum(not each.due for each in deadlines),
        "marked": highest(markings),
    }
    return PageView("desk_due.html", "Due in 60 days", values, command=[as_command("calendar")], markings=markings)


def _health(visit: Visit) -> PageView:
    """Show what the doctor says, the worst first; the desk takes in the first three."""
    concerns = visit.desk.doctor().concerns
    values = {"worst": concerns[:_WORST], "others": concerns[_WORST:]}
    return PageView("desk_health.html", "To look at first", values, command=[as_command("doctor")])


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
            "address": f"/saved/{quote(each.name)}",
        }
        for each in found
    ]


SCREEN = Screen(
    "desk",
    (get("/", _show), get("/desk/saved", _kept), get("/desk/due", _due), get("/desk/health", _health)),
    rail="Desk",
    order=0,
    key="d",
)
