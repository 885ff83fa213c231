"""Variants of a clause: which agreement has which, when it was signed, and the words that it rests on."""

from typing import Any

from agreements.families import FAMILIES
from agreements.library import variant_kinds
from agreements.web.layout import as_command
from agreements.web.screen import PageView, Screen, Visit, get


def _kinds(visit: Visit) -> PageView:
    values = {"kinds": variant_kinds()}
    return PageView("variants_list.html", "Variants", values, command=[as_command("variants")])


def _show(visit: Visit) -> PageView:
    name = visit.path["topic"]
    how: dict[str, Any] = {
        "families": visit.all("family"),
        "parties": tuple(name.strip() for given in visit.all("party") for name in given.split(",")),
        "specimens": visit.flag("specimens"),
    }
    tables = [visit.desk.accepted_variants(kind, **how) for kind in variant_kinds(name)]
    words = [
        word for key, option in (("families", "--family"), ("parties", "--party")) for word in _given(how[key], option)
    ]
    command = as_command("variants", name, *words, *(["--specimens"] if how["specimens"] else []))
    known = sorted(FAMILIES.values(), key=lambda family: family.short.casefold())
    title = " and ".join(table.label for table in tables)
    values = {"tables": tables, "known": known, **how}
    return PageView("variants.html", title, values, command=[command])


def _given(values: tuple[str, ...], option: str) -> list[str]:
    return [word for value in values for word in (option, value)]


SCREEN = Screen("variants", (get("/variants", _kinds), get("/variants/{topic}", _show)), rail="Variants", order=42)
