"""Coverage: core topics by agreements, each cell a place or what is known of none; readings that are kept."""

from collections.abc import Sequence
from typing import Any

from agreements.citation import called
from agreements.errors import NotFoundError
from agreements.families import FAMILIES
from agreements.topics import topic as known_topic
from agreements.web.layout import as_command
from agreements.web.screen import Elsewhere, PageView, Screen, Visit, get, post

_COLUMNS = 12  # agreements of one page
_MARKS = {"carried": "●", "by-reference": "→", "not-found": "·", "not-in-text": "×", "not-read": "?"}
_OPEN = "○"  # a clause names the topic and settles nothing of it


def _show(visit: Visit) -> PageView:
    how = _chosen(visit)
    found = visit.desk.matrix(**how)
    offset = visit.number("offset", 0)
    shown = found.agreements[offset : offset + _COLUMNS]
    last = offset + len(shown)
    values: dict[str, Any] = {
        **how,
        "found": found,
        "shown": shown,
        "first": offset + 1,
        "last": last,
        "marks": _MARKS,
        "open_mark": _OPEN,
        "any_not_read": any(found.not_read(facts.id) for facts in shown),
        "known": sorted(FAMILIES.values(), key=lambda family: family.short.casefold()),
        "earlier": visit.link(offset=max(offset - _COLUMNS, 0) or None) if offset else "",
        "later": visit.link(offset=last) if last < len(found.agreements) else "",
    }
    return PageView("matrix.html", "Coverage", values, command=[_command("matrix", how)], wide=True)


def _chosen(visit: Visit) -> dict[str, Any]:
    families = visit.all("family")
    if strange := next((family for family in families if family not in FAMILIES), ""):
        raise NotFoundError(f"There is no family {strange!r}.", hint="Known: " + ", ".join(sorted(FAMILIES)) + ".")
    return {
        "families": families,
        "parties": tuple(name.strip() for given in visit.all("party") for name in given.split(",")),
        "since": visit.text("since"),
        "until": visit.text("until"),
        "specimens": visit.flag("specimens"),
    }


def _command(name: str, how: dict[str, Any]) -> str:
    words: list[object] = [name]
    for key, option in (("families", "--family"), ("parties", "--party")):
        words += [word for value in how[key] for word in (option, value)]
    for key in ("since", "until"):
        words += [f"--{key}", how[key]] if how.get(key) else []
    return as_command(*words, *(["--specimens"] if how["specimens"] else []))


def _cell(visit: Visit) -> PageView:
    """Show what is known of one topic in one agreement, and take a person's reading of the text."""
    identifier, topic = visit.path["id"], known_topic(visit.path["topic"])
    core = known_topic(topic.core)
    shown = visit.desk.get(identifier)
    found = visit.desk.matrix(ids=(identifier,))
    readings = [row for row in visit.desk.absence_readings(identifier) if row.reading.topic == core.id]
    cell = found.every[identifier].get(core.id) if identifier in found.every else None
    values: dict[str, Any] = {
        "agreement": shown.agreement,
        "topic": core,
        "cell": cell,
        "mark": _MARKS[cell.state] if cell else "",
        "readings": readings,
        "texts": visit.desk.text_names(identifier),
        "by": visit.desk.by or visit.desk.user,
    }
    title = f"{core.label} in {called(shown.agreement)}"
    command = [as_command("not-in-text", identifier, core.id, "--by", "NAME")]
    return PageView("matrix_cell.html", title, values, command=command, markings=[shown.agreement.marking])


def _record(visit: Visit) -> Elsewhere:
    identifier, topic = visit.path["id"], visit.path["topic"]
    if visit.flag("withdraw"):
        visit.desk.withdraw_absence(identifier, [topic])
    else:
        visit.desk.record_absence(
            identifier,
            [topic],
            by=visit.text("by"),
            on=visit.text("on"),
            texts=_texts(visit.all("text")),
            anyway=visit.flag("anyway"),
        )
    return Elsewhere(visit.address)


def _texts(chosen: Sequence[str]) -> tuple[str, ...]:
    """Return the texts that were ticked; none: all that are held."""
    return () if "all" in chosen else tuple(chosen)


SCREEN = Screen(
    "matrix",
    (get("/matrix", _show), get("/matrix/{id}/{topic}", _cell), post("/matrix/{id}/{topic}", _record)),
    rail="Coverage",
    order=40,
    key="m",
)
