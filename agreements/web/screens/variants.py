"""Variants of a clause: which agreement has which, when it was signed, and the words that it rests on."""

from collections.abc import Iterator, Sequence
from typing import Any

from agreements.families import FAMILIES
from agreements.library import variant_kinds
from agreements.web.layout import as_command
from agreements.web.screen import PageView, Screen, Visit, get

_PAGE = 120  # agreements of a page


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
    first = visit.number("from", 1, least=1) - 1
    count = sum(len(rows) for table in tables for rows in table.groups.values())
    values = {
        "tables": list(_window(tables, first)),
        "known": known,
        **how,
        "first": first + 1,
        "last": min(first + _PAGE, count),
        "count": count,
        "before": max(first - _PAGE, 0) + 1 if first else 0,
        "after": first + _PAGE + 1 if first + _PAGE < count else 0,
    }
    return PageView("variants.html", title, values, command=[command])


def _window(tables: Sequence[Any], first: int) -> Iterator[tuple[Any, list[tuple[str, int, Sequence[Any]]]]]:
    """Yield the tables with the groups that a page shows of them: code, how many have it, the rows from `first` on."""
    at = 0
    for table in tables:
        groups = []
        for code, rows in table.groups.items():
            shown = rows[max(first - at, 0) : max(first + _PAGE - at, 0)]
            groups += [(code, len(rows), shown)] if shown else []
            at += len(rows)
        if groups or not table.groups:
            yield table, groups


def _given(values: tuple[str, ...], option: str) -> list[str]:
    return [word for value in values for word in (option, value)]


SCREEN = Screen("variants", (get("/variants", _kinds), get("/variants/{topic}", _show)), rail="Variants", order=42)
