"""The clause library: the variants of each clause side by side, with effect, rationale and precedents."""

from itertools import groupby

from agreements.families import FAMILIES
from agreements.library import clause_variants
from agreements.web.layout import as_command
from agreements.web.screen import PageView, Screen, Visit, get


def _list(visit: Visit) -> PageView:
    found = [row for row in clause_variants() if row.family in FAMILIES]
    counts: dict[str, set[str]] = {}
    for row in found:
        counts.setdefault(row.family, set()).add(row.clause)
    families = [(family, len(counts.get(family.id, ()))) for family in FAMILIES.values() if family.id in counts]
    return PageView("clauses_list.html", "Clauses", {"families": families}, command=[as_command("templates", "list")])


def _show(visit: Visit) -> PageView:
    name = visit.path["family"]
    wanted = visit.text("clause")
    found = clause_variants(name)
    every = [
        (clause, list(rows)) for clause, rows in groupby(sorted(found, key=lambda r: r.clause), lambda r: r.clause)
    ]
    shown = [(clause, rows) for clause, rows in every if not wanted or clause == wanted]
    values = {"family": name, "every": [clause for clause, _ in every], "clauses": shown, "wanted": wanted}
    title = f"Clauses of {FAMILIES[name].short if name in FAMILIES else name}"
    command = [as_command("templates", "list", name)]
    return PageView("clauses.html", title, values, command=command, wide=True)


SCREEN = Screen("clauses", (get("/clauses", _list), get("/clauses/{family}", _show)), rail="Clauses", order=62)
