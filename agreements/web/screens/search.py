"""Search: who accepted this wording, when, and where exactly; every state of it is an address."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from agreements.errors import QueryError
from agreements.families import FAMILIES
from agreements.topics import topics
from agreements.web.layout import as_command, family_label, in_words, topic_label
from agreements.web.screen import PageView, Screen, Visit, get

_PAGE = 20  # articles
_FARTHEST = 1_000  # articles: who reads so far narrows the search
_SHOWN = 12  # values of a facet
_STATUSES = (*("in-force", "provisional", "signed", "not-in-force", "superseded", "expired", "terminated", "unknown"),)
_STANDINGS = {"specimen": "specimens", "draft": "drafts", "rejected": "rejected texts"}


@dataclass(frozen=True, slots=True)
class SearchFacet:
    """A way to narrow a search: its name in the address, its label, and value, label, count, chosen of each row."""

    name: str
    label: str
    values: Sequence[tuple[str, str, int, bool]]


def _show(visit: Visit) -> PageView:
    query = visit.text("q")
    chosen = {name: visit.all(name) for name in ("family", "party", "topic", "status")}
    _refuse_unknown(chosen)
    how: dict[str, Any] = {
        **chosen,
        "since": visit.text("since"),
        "until": visit.text("until"),
        "by": visit.choice("by", ("paragraph", "article")),
        "sort": visit.choice("sort", ("relevance", "date")),
        "specimens": visit.flag("specimens"),
        "drafts": visit.flag("drafts"),
        "as_of": visit.text("as_of"),
        "take_off": visit.all("take_off"),
    }
    offset, every = visit.number("offset", 0, most=_FARTHEST), visit.flag("all")
    asked = bool(query or any(chosen.values()) or how["since"] or how["until"])
    values: dict[str, Any] = {"query": query, "asked": asked, "every": every, **how}
    if not asked:
        return PageView("search.html", "Search", values, command=[as_command("search", "WORDS")])
    results, page = visit.desk.search_page(query or "*", size=_PAGE, offset=offset, every=every, **how)
    values |= {
        "results": results,
        "page": page,
        "offset": offset,
        "earlier": max(offset - _PAGE, 0),
        "later": offset + len(page.lines) if page.more else 0,
        "facets": list(_facets(results.facets, chosen)),
        "beside": ", ".join(f"{count} in {_STANDINGS[standing]}" for standing, count in results.beside.items()),
        "party": ", ".join(chosen["party"]),
        "then": {"as_of": how["as_of"]} if how["as_of"] else {},
    }
    return PageView("search.html", query or "Search", values, command=[_command(query, how | {"every": every}, offset)])


def _refuse_unknown(chosen: dict[str, tuple[str, ...]]) -> None:
    """Raise `QueryError` for a filter that nothing can answer, so that a slip does not read as "nobody has it"."""
    for name, known in (("family", set(FAMILIES)), ("topic", set(topics())), ("status", set(_STATUSES))):
        if strange := next((value for value in chosen[name] if value not in known), ""):
            raise QueryError(f"There is no {name} {strange!r}.", hint="Known: " + ", ".join(sorted(known)) + ".")


def _facets(counts: dict[str, dict[str, int]], chosen: dict[str, tuple[str, ...]]) -> Iterator[SearchFacet]:
    for name, title, label in (
        ("family", "Family", family_label),
        ("topic", "Topic", topic_label),
        ("status", "Status", in_words),
    ):
        rows = dict.fromkeys(chosen[name], 0) | counts.get(name, {})
        kept = [value for value in rows if value in chosen[name]]
        kept += [value for value in rows if value not in kept][: _SHOWN - len(kept)]
        if kept:
            yield SearchFacet(name, title, [(v, label(v), rows[v], v in chosen[name]) for v in kept])


def _command(query: str, how: dict[str, Any], offset: int) -> str:
    words: list[object] = ["search", query or "*", "--limit", _PAGE]
    for name in ("family", "party", "topic", "status"):
        words += [word for value in how[name] for word in (f"--{name}", value)]
    words += [word for each in how["take_off"] for word in ("--take-off", each)]
    for name, option in (("since", "--since"), ("until", "--until"), ("as_of", "--as-of")):
        words += [option, how[name]] if how[name] else []
    words += ["--by", "article"] if how["by"] == "article" else []
    words += ["--sort", "date"] if how["sort"] == "date" else []
    words += [f"--{name}" for name in ("specimens", "drafts") if how[name]]
    words += ["--all"] if how["every"] else []
    words += ["--offset", offset] if offset else []
    return as_command(*words)


SCREEN = Screen("search", (get("/search", _show),), rail="Search", order=10, key="s")
