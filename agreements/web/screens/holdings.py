"""What is held: all agreements as a list that can be narrowed and sorted."""

from collections.abc import Callable
from typing import Any

from agreements.errors import QueryError
from agreements.families import FAMILIES
from agreements.web.layout import as_command
from agreements.web.screen import PageView, Screen, Visit, get

_PAGE = 100
_SORTS: dict[str, Callable[[Any], Any]] = {
    "title": lambda facts: (facts.title or facts.called).casefold(),
    "signed": lambda facts: max(facts.signed, default=""),
    "family": lambda facts: (facts.family, (facts.title or facts.called).casefold()),
    "status": lambda facts: (facts.status, (facts.title or facts.called).casefold()),
}
_TEXTS = ("any", "held", "facts")


def _show(visit: Visit) -> PageView:
    families, parties = visit.all("family"), visit.all("party")
    if strange := next((value for value in families if value not in FAMILIES), ""):
        raise QueryError(f"There is no family {strange!r}.", hint="Known: " + ", ".join(sorted(FAMILIES)) + ".")
    text, sort = visit.choice("text", _TEXTS), visit.choice("sort", tuple(_SORTS))
    offset = visit.number("offset", 0, most=1_000_000)
    held = {"any": None, "held": True, "facts": False}[text]
    rows = visit.desk.listing(families=families, parties=parties, text_held=held, specimens=visit.flag("specimens"))
    ordered = sorted(rows, key=_SORTS[sort], reverse=sort == "signed")
    shown = ordered[offset : offset + _PAGE]
    counts = {each.id: 0 for each in FAMILIES.values()}
    for facts in visit.desk.listing(specimens=visit.flag("specimens")):
        counts[facts.family] = counts.get(facts.family, 0) + 1
    values = {
        "rows": shown,
        "total": len(ordered),
        "invented": sum(facts.standing == "specimen" for facts in ordered),
        "offset": offset,
        "earlier": max(0, offset - _PAGE),
        "later": offset + _PAGE if offset + _PAGE < len(ordered) else 0,
        "families": [(id_, FAMILIES[id_].short if id_ in FAMILIES else id_, n) for id_, n in counts.items() if n],
        "chosen": families,
        "party": ", ".join(parties),
        "text": text,
        "sort": sort,
        "specimens": visit.flag("specimens"),
    }
    words = [word for value in families for word in ("--family", value)]
    words += [word for value in parties for word in ("--party", value)]
    return PageView("holdings.html", "Agreements", values, command=[as_command("list", *words)], wide=True)


SCREEN = Screen("holdings", (get("/agreements", _show),), rail="Agreements", order=20, key="a")
