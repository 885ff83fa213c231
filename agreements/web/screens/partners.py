"""Partners: everything with one State or organisation, the life of each agreement as a picture and as a table."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from agreements.web.drawing import YearScale
from agreements.web.layout import as_command, state_label
from agreements.web.screen import PageView, Screen, Visit, get

_LINE = 46  # units of height of one agreement
_PAGE = 60  # instruments of a page
_ROOM = 64  # characters of a name in the picture
_ABOUT = re.compile(r" (?:concerning|regarding|relating to|on|for) ")


@dataclass(frozen=True, slots=True)
class LifeMark:
    """A day in the life of an agreement: what happened or falls due, `by` which agreement, and how it is known."""

    day: str
    what: str
    note: str = ""
    at: float = 0.0
    kind: str = "event"


@dataclass(frozen=True, slots=True)
class LifeLine:
    """The life of an agreement: its marks in order, and from where to where its bar is drawn."""

    id: str
    title: str
    top: int
    begin: float
    end: float
    is_over: bool
    unsure: bool
    marks: Sequence[LifeMark]

    @property
    def name(self) -> str:
        """The title for the picture: of a long one the parties go first, which most on the page have in common."""
        head, between, rest = self.title.partition(" between ")
        about = _ABOUT.search(rest)
        return f"{head} …{rest[about.start() :]}" if between and about and len(self.title) > _ROOM else self.title


def _list(visit: Visit) -> PageView:
    rows = [facts for facts in visit.desk.listing() if facts.standing == "agreement"]
    counts = Counter(party for facts in rows for party in facts.parties)
    held = Counter(party for facts in rows if facts.text_held for party in facts.parties)
    partners = sorted(((state_label(code), code, n, held[code]) for code, n in counts.items()), key=lambda row: row[0])
    return PageView("partners.html", "Partners", {"partners": partners}, command=[as_command("list")])


def _show(visit: Visit) -> PageView:
    named, as_of = visit.path["code"], visit.text("as_of")
    found = visit.desk.partner(named, as_of=as_of)
    first, own = visit.number("from", 1, least=1) - 1, len(found.bilateral)
    bilateral = found.bilateral[first : first + _PAGE]
    multilateral = found.multilateral[max(first - own, 0) : max(first + _PAGE - own, 0)]
    count = own + len(found.multilateral)
    values: dict[str, Any] = {
        "found": found,
        "today": date.today().isoformat(),
        "groups": [("Bilateral", own, bilateral), ("Multilateral", len(found.multilateral), multilateral)],
        "first": first + 1,
        "before": max(first - _PAGE, 0) + 1 if first else 0,
        "after": first + _PAGE + 1 if first + _PAGE < count else 0,
        "last": min(first + _PAGE, count),
        "count": count,
    }
    values |= _lives(visit, bilateral)
    command = as_command("partner", found.code, *(["--as-of", as_of] if as_of else []))
    return PageView("partner.html", found.name, values, command=[command])


def _lives(visit: Visit, instruments: Sequence[Any]) -> dict[str, Any]:
    """Return what is drawn of the lives of agreements, and the scale on which it stands."""
    today = date.today()
    chained = {i.id: {i.id, *i.chain} for i in instruments}
    events: dict[str, list[Any]] = {}
    for event in visit.desk.timeline():
        events.setdefault(event.agreement, []).append(event)
    known = {facts.id for facts in visit.desk.listing()}
    running = [i.id for i in instruments if not i.is_over and i.id in known]
    due: dict[str, list[Any]] = {}
    for deadline in visit.desk.calendar(running, today=today) if running else ():
        if deadline.due and deadline.done is None:
            due.setdefault(deadline.subject.id, []).append(deadline)
    lives = {i.id: _marks(i, chained[i.id], events, due.get(i.id, ())) for i in instruments}
    scale = YearScale.of((mark.day for marks in lives.values() for mark in marks), today)
    drawn = [i for i in instruments if lives[i.id]]
    lines = [_line(i, lives[i.id], scale, n * _LINE, today) for n, i in enumerate(drawn)]
    return {
        "lines": lines,
        "undated": [i for i in instruments if not lives[i.id]],
        "height": len(lines) * _LINE + 34,
        "foot": len(lines) * _LINE,
        "years": scale.marks(),
        "now": scale.at(today.isoformat()),
    }


def _marks(instrument: Any, chain: set[str], events: dict[str, list[Any]], due: Sequence[Any]) -> list[LifeMark]:
    own = [
        LifeMark(event.date, f"{event.what} by then" if event.by else event.what, event.note)
        for event in events.get(instrument.id, ())
    ]
    others = [
        LifeMark(event.date, f"{event.what}: {event.title}", event.agreement, kind="other")
        for each in sorted(chain - {instrument.id})
        for event in events.get(each, ())
        if event.what != "ended"
    ]
    windows = [LifeMark(each.due, each.rule.title, each.rule.citation, kind="due") for each in due]
    return sorted((*own, *others, *windows), key=lambda mark: (mark.day, mark.what))


def _line(instrument: Any, marks: list[LifeMark], scale: YearScale, top: int, today: date) -> LifeLine:
    own = [mark for mark in marks if mark.kind == "event"]
    ends = [mark.day for mark in own if mark.what.startswith("ended")]
    begin = min((mark.day for mark in own), default=marks[0].day)
    end = max(ends) if ends else begin if instrument.is_over else max(begin, today.isoformat())
    placed = [LifeMark(m.day, m.what, m.note, scale.at(m.day), m.kind) for m in marks]
    return LifeLine(
        id=instrument.id,
        title=instrument.title,
        top=top,
        begin=scale.at(begin),
        end=scale.at(end),
        is_over=instrument.is_over,
        unsure=not instrument.status.startswith("in force"),
        marks=placed,
    )


SCREEN = Screen(
    "partners", (get("/partners", _list), get("/partners/{code}", _show)), rail="Partners", order=50, key="p"
)
