"""The same provision in other agreements: wordings in groups, the most frequent first, with the words that differ."""

from typing import Any

from agreements.web.layout import as_command
from agreements.web.screen import PageView, Screen, Visit, get, post

_PAGE = 20


def _show(visit: Visit) -> PageView:
    reference = f"{visit.path['id']}#{visit.path['path']}"
    shown = visit.desk.get(reference)
    how = _chosen(visit)
    found = visit.desk.similar(reference, limit=_PAGE, **how)
    values = _values(found, how) | {"reference": reference, "citation": shown.citation}
    command = [as_command("similar", reference, "--limit", _PAGE, *(["--by", how["by"]] if how["by"] else []))]
    return PageView("similar.html", f"Like {reference}", values, command=command, markings=[shown.agreement.marking])


def _own_words(visit: Visit) -> PageView:
    """Show what is like words that were typed; they are not kept."""
    how = _chosen(visit)
    found = visit.desk.similar(text=visit.text("text"), limit=_PAGE, **how)
    values = _values(found, how) | {"reference": "", "citation": ""}
    command = [as_command("similar", "--text", "FILE", "--limit", _PAGE)]
    return PageView("similar.html", "Like these words", values, command=command)


def _ask(visit: Visit) -> PageView:
    return PageView("similar_ask.html", "Similar provisions", command=[as_command("similar", "REF")])


def _chosen(visit: Visit) -> dict[str, Any]:
    by = visit.choice("by", ("", "paragraph", "article"))
    return {"by": by or None, "family": visit.all("family"), "party": visit.all("party")}


def _values(found: Any, how: dict[str, Any]) -> dict[str, Any]:
    groups = [
        {"rows": rows, "among": sum(row.wording == rows[0].wording for row in found.alike)} for rows in found.wordings()
    ]
    return {"found": found, "groups": groups, "by": how["by"] or ""}


SCREEN = Screen(
    "similar",
    (
        get("/similar/{id}/{path}", _show),
        get("/similar", _ask),
        post("/similar", _own_words, writes=False),
    ),
)
