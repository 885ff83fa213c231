"""Two texts side by side, provision beside provision, with the words that differ; files are read and not kept."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from agreements.citation import called
from agreements.reference import Reference
from agreements.web.layout import as_command, counted, in_words
from agreements.web.screen import PageView, Screen, Visit, get, post

_MOST_NAMED = 400  # agreements that the fields offer by name
_PART = 150_000  # letters of a page, with its markup, from which on a comparison is read in parts
_ROW, _FOLDED = 650, 75  # letters of markup of a row, and of a provision that is folded


def _show(visit: Visit) -> PageView:
    if not (visit.text("a") and visit.text("b")):
        return PageView("compare_ask.html", "Compare", _asked(visit), command=[as_command("compare", "A", "B")])
    return _compared(visit, Reference.parse(visit.text("a")), Reference.parse(visit.text("b")))


def _uploaded(visit: Visit) -> PageView:
    """Compare what was uploaded, or an upload with a text that is held."""
    files = {upload.field: upload.path for upload in visit.uploads}
    a, b = (files.get(f"file_{side}") or _named(visit, side) for side in ("a", "b"))
    if a is None or b is None:
        which = "A" if a is None else "B"
        values = _asked(visit) | {"lacking": f"{which} is not named: choose a file, or write a reference."}
        return PageView("compare_ask.html", "Compare", values, status=400)
    return _compared(visit, a, b)


def _named(visit: Visit, side: str) -> Reference | None:
    return Reference.parse(visit.text(side)) if visit.text(side) else None


def _asked(visit: Visit) -> dict[str, Any]:
    held = [facts for facts in visit.desk.listing() if facts.text_held]
    return {
        "a": visit.text("a"),
        "b": visit.text("b"),
        "topic": visit.text("topic"),
        "held": held if len(held) <= _MOST_NAMED else [],
        "lacking": "",
    }


def _compared(visit: Visit, a: Path | Reference, b: Path | Reference) -> PageView:
    topic, everything = visit.text("topic"), visit.flag("all")
    found = visit.desk.compare(a, b, topic=topic)
    names = [each.name if isinstance(each, Path) else str(each) for each in (a, b)]
    words = ["compare", *names, *(["--topic", topic] if topic else []), *(["--all"] if everything else [])]
    files, whole = any(isinstance(each, Path) for each in (a, b)), visit.flag("whole")

    def sheet() -> tuple[Sequence[str], Sequence[Sequence[dict[str, Any]]]]:
        return found.said(), _parts(list(_runs(found.runs(), everything=everything)), whole=files or whole)

    # counting words and weighing rows takes as long as the rest; files go, and another may come under the same name
    asked = (a, b, topic, everything, whole)
    said, parts = sheet() if files else visit.desk.repository.once_for("sheet of a comparison", asked, sheet, most=3)
    part = visit.number("part", 1, least=1, most=len(parts))
    values: dict[str, Any] = {
        "found": found,
        "runs": parts[part - 1],
        "part": part,
        "part_count": len(parts),
        "topic": topic,
        "everything": everything,
        "sides": [_side(found.a, a), _side(found.b, b)],
        "files": files,
        "said": said,
        "not_seen": [(side.upper(), words) for side, words in found.not_seen.items()],
    }
    markings = [found.a.agreement.marking, found.b.agreement.marking]
    title = f"{found.a.name} and {found.b.name}"
    cited = "; ".join(f"{letter}: {_citation(visit, each)}" for letter, each in (("A", a), ("B", b)))
    command = [as_command(*words)]
    return PageView("compare.html", title, values, command=command, markings=markings, citation=cited, wide=True)


def _citation(visit: Visit, named: Path | Reference) -> str:
    return named.name if isinstance(named, Path) else visit.desk.get(str(named)).citation


def _side(compared: Any, named: Path | Reference) -> dict[str, Any]:
    agreement = compared.agreement
    return {
        "name": compared.name,
        "title": called(agreement),
        "id": "" if isinstance(named, Path) else agreement.id,
        "language": next((d.language for d in agreement.documents if d.language), "") or "",
    }


def _runs(runs: Sequence[tuple[bool, Sequence[Any]]], *, everything: bool) -> Iterator[dict[str, Any]]:
    """Yield what stands below one another: a provision that changed, or how many neighbours did not."""
    for stands, pairs in runs:
        kinds = Counter(pair.change for pair in pairs)
        yield {"pairs": pairs, "folded": _folded(kinds, len(pairs)) if stands and not everything else ""}


def _parts(runs: Sequence[dict[str, Any]], *, whole: bool) -> list[list[dict[str, Any]]]:
    """Return the runs in parts that are no heavier than a page should be; in one for the `whole`."""
    parts, weight = [list[dict[str, Any]]()], 0
    for run in runs:
        for pairs in [run["pairs"]] if run["folded"] else [[pair] for pair in run["pairs"]]:
            heavy = _FOLDED * len(pairs) if run["folded"] else _ROW + sum(_letters(pair) for pair in pairs)
            if weight and weight + heavy > _PART and not whole:
                parts.append([])
                weight = 0
            weight += heavy
            parts[-1].append({**run, "pairs": pairs})
    return parts


def _letters(pair: Any) -> int:
    """Return how many letters of a row are words of the texts, and of what marks them."""
    texts = sum(len(side.text or "") for side in (pair.a, pair.b) if side)
    return texts + 11 * len(pair.text or ())


def _folded(kinds: Counter[str], count: int) -> str:
    if set(kinds) == {"same"}:
        return f"{counted(count, 'provision')} {'is' if count == 1 else 'are'} the same"
    parts = ", ".join(f"{n} {in_words(kind)}" for kind, n in kinds.items())
    return f"{counted(count, 'provision')} without a changed word: {parts}"


SCREEN = Screen(
    "compare", (get("/compare", _show), post("/compare", _uploaded, writes=False)), rail="Compare", order=30
)
